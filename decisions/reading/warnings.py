"""Codes of what is plainly wrong or absent in a document (gold README, section 7). Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio, ratio

from decisions.reading.grammar import PERSON, WORD, acts_later, is_infinitive
from decisions.reading.model import AgendaPoint, Clause
from decisions.reading.nature import settles
from decisions.reading.raw import RawClause, Structure


@dataclass(frozen=True)
class Read:
    """A clause beside the raw one it was made of, and what the registry did not have."""

    clause: Clause
    raw: RawClause
    unknown: tuple[str, ...] = ()


def warnings_of(
    rows: Sequence[Read],
    *,
    structure: Structure,
    agenda: Sequence[AgendaPoint],
    date: dt.date | None,
    attendees_count: int | None,
    attendees: int,
    registry_known: bool,
) -> tuple[str, ...]:
    codes: set[str] = set()
    for row in rows:
        deadline = row.clause.deadline
        if date and deadline.due and deadline.due < date:
            codes.add("deadline_before_document")
        if deadline.kind == "invalid":
            codes.add("invalid_deadline")
        if registry_known and row.unknown:
            codes.add("unknown_school")
        if orders_something(row):
            if deadline.kind == "none":
                codes.add("no_deadline")
            if not row.clause.addressees:
                codes.add("no_addressee")
    if structure.numbered_questions and agenda and set(structure.questions) != {a.number for a in agenda}:
        codes.add("agenda_mismatch")
    if attendees_count is not None and attendees and attendees != attendees_count:
        codes.add("attendees_mismatch")
    if _repeats(rows):
        codes.add("duplicate_clause")
    codes |= _numbering(rows)
    return tuple(sorted(codes))


def orders_something(row: Read) -> bool:
    """Not a heading, a lead-in whose sub-clauses carry the content, a statement, or a noun phrase under one."""
    clause, raw = row.clause, row.raw
    if clause.is_heading or clause.nature == "states" or settles(clause.text, commanded=clause.nature == "orders"):
        return False
    if raw.children and clause.text.rstrip().endswith(":"):
        return False
    if raw.row is not None and raw.row.appointment:
        return False
    if PERSON.match(clause.text) and clause.deadline.kind == "none" and not _acts(clause.text):
        return False  # a member of a commission: «Иванова И.И. – методист»
    parent = raw.parent
    return not (parent is not None and parent.row is None and _appointing(parent.text))


def _acts(text: str) -> bool:
    return any(is_infinitive(w) or acts_later(w) for w in WORD.findall(text))


def _appointing(text: str) -> bool:
    return bool(
        re.match(r"^(?:назначить|закрепить|утвердить|создать|избрать|образовать|сформировать|включить)\s", text, re.I)
    )


_TERM_AND_MARKS = re.compile(r"[^а-яёa-z0-9 ]+", re.I)


def _bare(clause: Clause) -> str:
    text = clause.text
    if clause.deadline.text and clause.deadline.inherited_from is None:
        text = text.replace(clause.deadline.text, " ")
    text = re.sub(r"\(\s*\)|в\s+срок\b|\bсрок\b", " ", text, flags=re.I)
    return " ".join(_TERM_AND_MARKS.sub(" ", text.casefold()).split())


SAME_WORDS = 24  # of the clauses that share three words in a row, so many are compared: a long paper stays linear


def _repeats(rows: Sequence[Read]) -> bool:
    """Whether a clause comes twice. Only clauses of the same addressees that share three words in a row are compared."""
    sharing: dict[tuple[object, ...], list[tuple[str, Read]]] = {}
    for row in rows:
        words = _bare(row.clause)
        if row.clause.is_heading or len(row.clause.text) < 20 or len(words) < 12:
            continue  # «До 20 октября:», «Срок – …»: nothing but a term
        who = frozenset((a.type, a.school or a.text) for a in row.clause.addressees)
        minor = _is_minor(row)
        near: dict[int, tuple[str, Read]] = {}
        split = words.split()
        for at in range(max(1, len(split) - 2)):
            known = sharing.setdefault((who, *split[at : at + 3]), [])
            near |= {id(other): (other_words, other) for other_words, other in known}
            if len(known) < SAME_WORDS:
                known.append((words, row))
        for other_words, other in near.values():
            short, long = sorted((len(words), len(other_words)))
            if other is row or short < 0.75 * long:
                continue
            if (minor or _is_minor(other)) and other.raw.parent is not row.raw.parent:
                continue
            if ratio(words, other_words) >= 96 or partial_ratio(words, other_words) >= 99:
                return True
    return False


def _is_minor(row: Read) -> bool:
    return row.raw.kind in ("bullet", "letter", "row", "plain") and row.raw.parent is not None


def _numbering(rows: Sequence[Read]) -> set[str]:
    codes = set()
    numbers = [
        row.clause.number
        for row in rows
        if row.clause.number != "-"
        and row.raw.kind != "letter"
        and not (row.raw.kind == "row" and row.raw.parent is not None and row.raw.parent.kind == "number")
    ]
    if len(set(numbers)) < len(numbers):
        codes.add("numbering_restart")
    last: dict[object, list[int]] = {}
    for row in rows:
        number = row.clause.number
        if not re.fullmatch(r"\d+(?:\.\d+)*", number):
            continue
        parts = [int(p) for p in number.split(".")]
        key = (id(row.raw.parent), row.raw.question, row.raw.section, len(parts), tuple(parts[:-1]))
        before = last.get(key)
        if before is not None and parts[-1] > before[-1] + 1:
            codes.add("numbering_gap")
        last[key] = parts
    return codes
