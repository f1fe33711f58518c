"""What a reading gives: plain frozen values, and their JSON in the schema of the labels (gold README, sections 1 and 11).

Spans are half-open pairs `(start, end)` of code points in `Reading.source_text` (NFC, line ends LF); a value that a page
break or a column interrupts has several. A reading never guesses silently: what the program doubts stands in `Ask`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Spans = tuple[tuple[int, int], ...]

DocumentKind = Literal["protocol", "order", "annex"]
PartyType = Literal["group", "school", "org", "person", "role"]
OtherRole = Literal["co_executor", "controller", "recipient", "base", "donor", "excluded"]
AskField = Literal["deadline", "addressees", "number", "text"]
Nature = Literal["heading", "states", "orders", "recommends"]
DeadlineKind = Literal[
    "date",
    "month",
    "period",
    "quarter",
    "year",
    "school_year",
    "ongoing",
    "relative",
    "recurring",
    "event",
    "invalid",
    "none",
]


@dataclass(frozen=True, slots=True)
class Ask:
    """A doubt that a person must settle: which field, and why, in one Russian sentence."""

    field: AskField
    reason: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A term as printed (`text`) and as understood. `rule` is a short English phrase, `rrule` is RFC 5545."""

    kind: DeadlineKind = "none"
    due: date | None = None
    start: date | None = None
    text: str | None = None
    days: int | None = None
    months: int | None = None
    unit: Literal["calendar", "working"] | None = None
    rule: str | None = None
    rrule: str | None = None
    span: Spans = ()
    inherited_from: str | None = None


NO_DEADLINE = Deadline()


@dataclass(frozen=True, slots=True)
class Addressee:
    """A responsible party. `school` is the canonical registry name (of the workplace, for a person) or None."""

    type: PartyType
    text: str
    school: str | None = None
    span: Spans = ()
    inherited_from: str | None = None
    key: int | str | None = None  # the registry row's own identity, for callers that have one


@dataclass(frozen=True, slots=True)
class Other:
    """An organisation or person that the clause names in another part than responsible."""

    role: OtherRole
    text: str
    school: str | None = None
    span: Spans = ()


@dataclass(frozen=True, slots=True)
class Clause:
    path: str
    number: str
    text: str
    is_heading: bool = False
    addressees: tuple[Addressee, ...] = ()
    mentions: tuple[str, ...] = ()
    mentioned: tuple[Addressee, ...] = ()  # where and how the mentions are printed
    deadline: Deadline = NO_DEADLINE
    others: tuple[Other, ...] = ()
    ask: tuple[Ask, ...] = ()
    nature: Nature = "orders"
    span: Spans = ()


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document of a file; further documents of the same file stand in `parts` of the first."""

    kind: DocumentKind
    number: str | None = None
    date: date | None = None
    authority: str | None = None
    meeting: str | None = None
    chair: str | None = None
    secretary: str | None = None
    attendees_count: int | None = None
    attendees: tuple[str, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    decisions: tuple[Clause, ...] = ()
    warnings: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    parts: tuple[ReadDocument, ...] = ()
    title: str | None = None  # the heading of an order or annex («Об итогах …»), for the screen; not in the labels
    span: Spans = ()


@dataclass(frozen=True, slots=True)
class Reading:
    source_text: str
    document: ReadDocument
    notes: tuple[str, ...] = field(default=())  # about the file itself («приняты исправления рецензентов»), Russian


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading in the schema of the labels with the extra keys of a program."""
    return {
        **_document(reading.document),
        "source_text": reading.source_text,
        "notes": list(reading.notes),
    }


def _document(d: ReadDocument) -> dict[str, Any]:
    return {
        "kind": d.kind,
        "number": d.number,
        "date": _iso(d.date),
        "authority": d.authority,
        "meeting": d.meeting,
        "title": d.title,
        "chair": d.chair,
        "secretary": d.secretary,
        "attendees_count": d.attendees_count,
        "attendees": list(d.attendees),
        "agenda": [{"number": a.number, "text": a.text} for a in d.agenda],
        "decisions": [_clause(c) for c in d.decisions],
        "warnings": list(d.warnings),
        "attachments": list(d.attachments),
        "parts": [_document(p) for p in d.parts],
        "span": [list(s) for s in d.span],
    }


def _clause(c: Clause) -> dict[str, Any]:
    return {
        "path": c.path,
        "number": c.number,
        "text": c.text,
        "is_heading": c.is_heading,
        "addressees": [_addressee(a) for a in c.addressees],
        "mentions": list(c.mentions),
        "mentioned": [{"text": m.text, "school": m.school, "span": _spans(m.span)} for m in c.mentioned],
        "deadline": _deadline(c.deadline),
        "others": [{"role": o.role, "text": o.text, "school": o.school, "span": _spans(o.span)} for o in c.others],
        "ask": [{"field": a.field, "reason": a.reason} for a in c.ask],
        "nature": c.nature,
        "span": _spans(c.span),
    }


def _addressee(a: Addressee) -> dict[str, Any]:
    out: dict[str, Any] = {"type": a.type, "text": a.text, "school": a.school, "span": _spans(a.span)}
    if a.inherited_from is not None:
        out["inherited_from"] = a.inherited_from
    return out


def _deadline(d: Deadline) -> dict[str, Any]:
    out: dict[str, Any] = {
        "kind": d.kind,
        "due": _iso(d.due),
        "start": _iso(d.start),
        "text": d.text,
        "span": _spans(d.span),
    }
    if d.kind == "relative":
        out |= {"unit": d.unit, "days": d.days}
        if d.months is not None:
            out["months"] = d.months
    if d.kind == "recurring":
        out |= {"rule": d.rule, "rrule": d.rrule}
    if d.inherited_from is not None:
        out["inherited_from"] = d.inherited_from
    return out


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _spans(spans: Spans) -> list[list[int]]:
    return [list(s) for s in spans]
