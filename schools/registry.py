"""One row of a registry of organisations, as plain values: what names are matched against.

Pure: no Django, no database. The registry file (its columns are optional but `canonical`), the database and the tests
all make the same `RegistryEntry`, so a document is read in the same way wherever the names come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

# `kind` of a registry row that is not a school: everything else is a school (СОШ, ООШ, НОШ, гимназия, лицей, …).
ORGANISATION_KINDS = frozenset(
    {
        "методический центр",
        "орган управления образованием",
        "институт развития образования",
        "министерство",
        "администрация",
        "организация",
        "центр",
        "организация дополнительного образования",
        "детский сад",
    }
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
        return self.kind.casefold().strip() not in ORGANISATION_KINDS


@dataclass(frozen=True)
class Registry:
    """The rows that one document may be resolved against, grouped by authority."""

    entries: tuple[RegistryEntry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[RegistryEntry]) -> Registry:
        return cls(tuple(entries))
