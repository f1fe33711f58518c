"""Lines of persons (protocols of РЦОИ, individual results of ФИС ОКО) as aggregates by school; names are never kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from schools.registry import RegistryEntry

from .cells import Figure, figure, words
from .columns import Column
from .containers.grid import Line
from .context import Context
from .header import Clue, clue_of_label, facts_of, plain
from .headings import key_of
from .model import Form, ResultRow, ResultTable
from .schools import LOGIN

_LOOK_LIKE_DIGITS = frozenset("зоoilб")
_BANNER = re.compile(r"кол-?во участников\s*:?\s*(\d+)")


@dataclass
class _School:
    """What the persons of one school add up to."""

    line: int
    name: str
    entry: RegistryEntry | None
    marks: list[int] = field(default_factory=list)
    scores: list[Decimal] = field(default_factory=list)
    lowered: int = 0
    confirmed: int = 0
    raised: int = 0
    broken: bool = False
    people: int = 0


def read_persons(
    context: Context, columns: Sequence[Column], body: Sequence[Line], clue: Clue, form: Form | None, first_line: int
) -> list[ResultTable]:
    """One table for the exam, or one for each exam where a column names it."""
    subject = next((c for c in columns if c.kind == "subject"), None)
    if subject is None:
        return [_read(context, columns, body, clue, form, first_line)]
    parts: dict[str, list[Line]] = {}
    for line in body:
        parts.setdefault(words(line[1].get(subject.place)), []).append(line)
    named = {name: lines for name, lines in parts.items() if clue_of_label([name]).subject}
    if not named:
        return [_read(context, columns, body, clue, form, first_line)]
    return [
        _read(context, columns, lines, clue_of_label([name]).over(clue), form, first_line)
        for name, lines in named.items()
    ]


def _read(
    context: Context, columns: Sequence[Column], body: Sequence[Line], clue: Clue, form: Form | None, first_line: int
) -> ResultTable:
    def place(kind: str) -> int | None:
        return next((c.place for c in columns if c.kind == kind), None)

    mark, score, journal = place("mark_of_person"), place("score"), place("journal")
    if any(c.kind in ("person", "pupil") for c in columns):
        context.persons = True
    clue = _procedure(clue, columns, body, score, mark)
    facts = facts_of(clue)
    if form is None:
        form = "rcoi_protocol" if facts.procedure in ("ОГЭ", "ЕГЭ", None) else "plain_table"
    by_login = form == "fisoko_individual"
    code, name, login = place("code"), place("school"), place("login")
    schools: dict[str, _School] = {}
    banner: tuple[str, int] | None = None
    for line in body:
        said = " ".join(words(v) for v in line[1].values() if isinstance(v, str))
        if by_login and _BANNER.search(plain(said)):
            banner = (said.split("Кол-во")[0].strip(" |"), line[0])
            continue
        if _is_aside(line, columns):
            continue
        who = [" ".join(words(line[1].get(p)).split()) if p is not None else "" for p in (name, code, login)]
        if by_login and not LOGIN.search(" ".join(who)) and banner and not any(who):
            who[0] = banner[0]
        if not any(who):
            continue
        own = _names_of_school(columns, line, who, by_login)
        found = context.schools.find(*own)
        key = found.entry.canonical if found.entry else f"?{own[0]}|{own[1]}|{own[2]}"
        if key not in schools:
            schools[key] = _School(line[0], own[0] or own[1] or own[2], found.entry)
            if found.entry is None:
                reason = found.reason if own[0] else f"В реестре нет школы с кодом «{own[1] or own[2]}»."
                schools[key].name = reason
        _add(context, schools[key], line, mark, score, journal)
    rows = []
    order = {entry.canonical: i for i, entry in enumerate(context.schools.entries)}
    for item in sorted(schools.values(), key=lambda s: order.get(s.entry.canonical, 10**6) if s.entry else 10**6):
        if item.people == 0:
            continue
        if item.entry is None:
            context.note("unknown_school", "error", item.name, item.line)
        rows.append(_aggregate(context, item, clue, score is not None, journal is not None, by_login))
    return ResultTable(form, facts, tuple(rows), context.sheet.name, first_line, key_of(columns))


def _names_of_school(columns: Sequence[Column], line: Line, who: list[str], by_login: bool) -> tuple[str, str, str]:
    name, code, login = who
    if by_login:
        other = next(
            (
                words(line[1].get(c.place))
                for c in columns
                if c.kind == "school" and c.place in line[1] and words(line[1].get(c.place)) != name
            ),
            "",
        )
        found = LOGIN.search(name)
        if found and LOGIN.fullmatch(name.strip()):
            return other, code, found[1]
    return name, code, login


def _is_aside(line: Line, columns: Sequence[Column]) -> bool:
    """«Средние», totals and notes are not persons."""
    first = next((plain(words(line[1][p])) for p in sorted(line[1]) if words(line[1][p]).strip()), "")
    return bool(re.match(r"средни|среднее|итого|всего|примечани|исполнител", first)) or len(line[1]) < 3


def _procedure(
    clue: Clue, columns: Sequence[Column], body: Sequence[Line], score: int | None, mark: int | None
) -> Clue:
    """The title may not say which exam it is: the test score or the grade of the pupils does."""
    if clue.procedure is not None:
        return clue
    if score is not None and any(re.search(r"тестов", plain(c.title)) for c in columns if c.kind == "score"):
        return replace(clue, procedure="ЕГЭ")
    grade = next((c.place for c in columns if c.kind == "class"), None)
    if grade is None or mark is None:
        return clue
    grades = {m[1] for line in body if (m := re.match(r"\s*(\d{1,2})", words(line[1].get(grade))))}
    if grades == {"9"}:
        return replace(clue, procedure="ОГЭ")
    if grades and grades <= {"11", "12"}:
        level = "база" if clue.subject == "Математика" and score is None else clue.level
        return replace(clue, procedure="ЕГЭ", level=level)
    return clue


def _add(
    context: Context, school: _School, line: Line, mark: int | None, score: int | None, journal: int | None
) -> None:
    """Adds one person. No mark and no score: not a participant."""
    given = figure(line[1].get(mark)) if mark is not None else Figure("blank")
    points = figure(line[1].get(score)) if score is not None else Figure("blank")
    if _absent(given) and _absent(points):
        return
    school.people += 1
    for cell, low, high in ((given, 2, 5), (points, 0, 100)):
        if _absent(cell):
            continue
        value = cell.people
        if value is None or not low <= value <= high:
            school.broken = True
            context.note("bad_number", "error", f"Не отметка и не балл: «{cell.shown}».", line[0], value=cell.shown)
            return
    if not _absent(given):
        school.marks.append(given.people or 0)
    if not _absent(points):
        school.scores.append(points.value)
    if journal is not None and not _absent(given):
        other = figure(line[1].get(journal))
        if other.people in (2, 3, 4, 5):
            before, now = other.people or 0, given.people or 0
            school.lowered += now < before
            school.confirmed += now == before
            school.raised += now > before


def _absent(cell: Figure) -> bool:
    """A blank, a dash, a word («неявка», «нет отметки», «удалён»): no result. A number with a letter in it is broken."""
    return cell.kind in ("blank", "dash") or (
        cell.kind == "bad"
        and not re.search(r"\d|#|формула", cell.shown)
        and cell.shown.casefold() not in _LOOK_LIKE_DIGITS
    )


def _aggregate(
    context: Context, item: _School, clue: Clue, scored: bool, compared: bool, individual: bool
) -> ResultRow:
    row = ResultRow(
        "school",
        item.entry.canonical if item.entry else None,
        item.entry.canonical if item.entry else "",
        item.line,
        participants=item.people,
        key=item.entry.key if item.entry else None,
    )
    if item.broken:
        return row
    facts = facts_of(clue)
    counts = {str(m): item.marks.count(m) for m in (2, 3, 4, 5)} if len(item.marks) == item.people else None
    mean = None
    values = item.scores if item.scores else [Decimal(m) for m in item.marks]
    if len(values) == item.people:
        mean = (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    row = replace(row, counts=counts if facts.procedure != "ЕГЭ" or not item.scores else None, mean_score=mean)
    if facts.procedure == "ЕГЭ":
        row = replace(row, below_minimum=_below(context, item, facts.subject, facts.level))
    if compared:
        row = replace(row, comparison={"lowered": item.lowered, "confirmed": item.confirmed, "raised": item.raised})
    return row


def _below(context: Context, item: _School, subject: str | None, level: str | None) -> int | None:
    minimum = context.minimum_for(subject, level)
    if minimum is None:
        return None
    if minimum.score is not None and len(item.scores) == item.people:
        return sum(score < minimum.score for score in item.scores)
    if minimum.mark is not None and len(item.marks) == item.people:
        return sum(mark < minimum.mark for mark in item.marks)
    return None
