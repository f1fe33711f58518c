"""One row of a registry of organisations, as plain values: what names are matched against.

Pure: no Django, no database. The registry file (its columns are optional but `canonical`), the database and the tests
all make the same `RegistryEntry`, so a document is read in the same way wherever the names come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

# What a school's `kind` says; a row of any other kind is an organisation (a centre, a palace, a kindergarten, an authority).
_SCHOOL = re.compile(
    r"школ|гимнази|лице[йея]|(?<![а-я])(?:[сонв]+ош|сш|ош|нш|цо)(?![а-я])|кадетск|интернат|центр\w* образования|"
    r"(?:обще)?образовательн\w+ (?:комплекс|центр)|общеобразовательн\w+ (?:организаци|учрежден)\w*|"
    r"начальн\w+|основн\w+|средн\w+",
    re.IGNORECASE,
)
_NOT_SCHOOL = re.compile(
    r"детск\w+ сад|(?<![а-я])(?:доу|дс)(?![а-я])|дошкольн|дополнительн|спортивн|музыкальн|искусств|художественн|юношеск|"
    r"институт|методическ|орган |управлени|министерств|дошкол",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """A school or another organisation that a document may name.

    `key` is the caller's own identity of the row (a primary key, a line number); it is carried through unchanged.
    """

    canonical: str
    authority: str = ""
    parent: str = ""
    full_name: str = ""
    kind: str = ""
    settlement: str = ""
    number: str = ""
    named_after: str = ""
    fisoko_login: str = ""
    rcoi_code: str = ""
    inn: str = ""
    opened: str = ""
    closed: str = ""
    time_zone: str = ""
    aliases: tuple[str, ...] = ()
    key: int | str | None = field(default=None, compare=False)

    @property
    def is_school(self) -> bool:
        # a kind of its own says it all: tens of thousands of names share a few kinds
        said = bool(self.kind.strip()) and "филиал" not in self.kind.casefold()
        return is_school_kind(self.kind, "" if said else self.canonical)

    @property
    def is_branch(self) -> bool:
        return any("филиал" in name.casefold() for name in (self.canonical, self.full_name, self.kind))


@lru_cache(maxsize=4096)
def is_school_kind(kind: str, name: str) -> bool:
    """Whether a row is a school: by its kind, by its name where the kind is left out."""
    words = name if "филиал" in kind.casefold() else kind.strip() or name
    if re.search(
        r"школа\s*[-–—]\s*детский сад|начальная школа|(?<![а-я])нш\s*[-–—/]?\s*дс(?![а-я])", words, re.IGNORECASE
    ):
        return True
    return bool(_SCHOOL.search(words)) and not _NOT_SCHOOL.search(words)


@dataclass(frozen=True)
class Registry:
    """The rows that one document may be resolved against, grouped by authority."""

    entries: tuple[RegistryEntry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[RegistryEntry]) -> Registry:
        return cls(tuple(entries))
