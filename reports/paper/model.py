"""A paper as plain values, the same for PDF and DOCX: what stands where, nothing about looks. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


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


@dataclass(frozen=True)
class Sheet:
    """A table to sign: acknowledgement or attendance."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = field(default=())
