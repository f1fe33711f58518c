"""A paper as plain values, the same for PDF and DOCX: what stands where, nothing about looks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Line:
    """One clause: its number as printed («2.1.», «а)», «–» or empty), level from 0, the words, and lines below them."""

    number: str
    level: int
    text: str
    notes: tuple[str, ...] = ()
    is_heading: bool = False


@dataclass(frozen=True)
class Speech:
    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """Decisions of one agenda question, or all of them when the record is not divided."""

    title: str = ""
    speeches: tuple[Speech, ...] = ()
    verb: str = "РЕШИЛИ:"
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Signature:
    post: str
    name: str


@dataclass(frozen=True)
class Group:
    """«Присутствовали:» with what follows it."""

    label: str
    text: str


@dataclass(frozen=True)
class Annex:
    """What stands behind a document in the same file: on a new page, with its mark at the top right."""

    mark: str
    title: str
    sections: tuple[Section, ...] = ()
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """Where a reader may ask whether the paper is in force: the address in words, the QR code as a `data:` address of an SVG
    and as the bytes of a PNG."""

    shown: str
    svg: str
    png: bytes


@dataclass(frozen=True)
class Paper:
    kind: str  # protocol, order, excerpt
    issuer: tuple[str, ...]
    title: str
    heading: str
    date: str
    place: str
    number: str
    groups: tuple[Group, ...] = ()
    agenda: tuple[str, ...] = ()
    preamble: str = ""
    sections: tuple[Section, ...] = ()
    signatures: tuple[Signature, ...] = ()
    annexes: tuple[Annex, ...] = ()
    draft: bool = False
    closing: tuple[str, ...] = ()
    file_title: str = ""
    stamp: str = ""  # «РЕГИСТРАЦИЯ АННУЛИРОВАНА 01.09.2026»
    remarks: tuple[str, ...] = ()  # how clauses are read since they were mended
    check: Check | None = None

    @property
    def closing_lines(self) -> tuple[Signature, ...]:
        """«Верно», then the post and the name behind a tab."""
        return tuple(Signature(*(line.partition("\t")[::2])) for line in self.closing)

    @property
    def check_words(self) -> str:
        if self.kind == "excerpt":
            return "Проверить, действует ли документ, из которого сделана выписка:"
        return "Проверить, действует ли документ:"


def paper_from(values: Mapping[str, Any], check: Check | None = None) -> Paper:
    """A paper from the JSON of `dataclasses.asdict`: lists become tuples again; keys it does not know are left out."""
    known = {name: values[name] for name in Paper.__dataclass_fields__ if name in values and name != "check"}
    for name in ("issuer", "agenda", "closing", "remarks"):
        known[name] = tuple(known.get(name, ()))
    known["groups"] = tuple(Group(**one) for one in known.get("groups", ()))
    known["signatures"] = tuple(Signature(**one) for one in known.get("signatures", ()))
    known["sections"] = _sections(known.get("sections", ()))
    known["annexes"] = tuple(
        Annex(
            mark=one["mark"],
            title=one["title"],
            sections=_sections(one.get("sections", ())),
            agenda=tuple(one.get("agenda", ())),
        )
        for one in known.get("annexes", ())
    )
    return Paper(**known, check=check)


def _sections(values: Any) -> tuple[Section, ...]:
    return tuple(
        Section(
            title=one["title"],
            speeches=tuple(Speech(**speech) for speech in one["speeches"]),
            verb=one["verb"],
            lines=tuple(Line(**{**line, "notes": tuple(line["notes"])}) for line in one["lines"]),
        )
        for one in values
    )


def in_short(paper: Paper) -> Paper:
    """The same paper without speeches (domain.md, 6.1, «краткая форма»), and without the code: it is not what was signed."""
    sections = tuple(replace(one, speeches=()) for one in paper.sections)
    return replace(paper, sections=sections, check=None)


@dataclass(frozen=True)
class Sheet:
    """A table to sign (acknowledgement, attendance) or a short note: words, a table, who signs it.

    Without rows and with a `lead` the table is left out. A signature without a name leaves room to write one.
    """

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = field(default=())
    lead: tuple[str, ...] = ()
    table_title: str = ""
    signature: Signature | None = None

    @property
    def has_table(self) -> bool:
        return bool(self.rows) or not self.lead
