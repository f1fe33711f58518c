"""ФИС ОКО forms with a column for each primary score or task."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .cells import Figure, figure, words
from .columns import Column
from .containers.grid import Line, Value
from .context import Context
from .header import Clue, facts_of, plain
from .headings import key_of
from .model import Form, ResultRow, ResultTable
from .names import Names, is_numbering
from .people import LIMIT, recovered
from .tables import without_doubles

_TASK = re.compile(r"\d{1,2}(?:\.\d{1,2})?(?:\.\d)?\s?(?:[кk]\s?\d{0,2})?(?:\.\d)?")


_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(?:19|20)\d\d|(\d{1,2})[.\- ]([а-я]{3})[а-я]*\.?")
_MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


def as_day(value: Value) -> tuple[int, int] | None:
    """Day and month of a heading that became a date: a date cell, «03.10.2026», «03.окт»."""
    if isinstance(value, dt.datetime | dt.date):
        return value.day, value.month
    found = _DAY.fullmatch(value.strip().casefold()) if isinstance(value, str) else None
    if not found:
        return None
    if found[1]:
        return int(found[1]), int(found[2])
    return (int(found[3]), _MONTHS.index(found[4]) + 1) if found[4] in _MONTHS else None


def heading_of(value: Value) -> str:
    """A heading of a task as text with Cyrillic К; «1 (2б)» is «1». A date is given back by `restored`."""
    day = as_day(value)
    if day is not None:
        return f"{day[0]}.{day[1]}"
    low = re.sub(r"\s*\(.*\)\s*$", "", words(value)).strip().replace("K", "К").replace("k", "К").replace("к", "К")
    low = re.sub(r"^(?:задание|зад\.?|№)\s*", "", low, flags=re.IGNORECASE).strip()
    low = re.sub(r"\s+", "", low).replace(",", ".")
    return low.rstrip(".")


def is_task(value: Value) -> bool:
    return as_day(value) is not None or bool(_TASK.fullmatch(heading_of(value).casefold()))


def is_distribution(heads: dict[int, Value]) -> str:
    """«primary» for headings 0, 1, 2 … in a row, «tasks» for names of tasks, "" for neither."""
    names = [heading_of(value) for _, value in sorted(heads.items()) if is_task(value)]
    whole = [int(n) for n in names if n.isdigit()]
    if len(names) >= 5 and len(whole) == len(names) and sorted(whole) == list(range(len(whole))):
        return "primary"
    if len(names) >= 3 and not set(names) <= {"2", "3", "4", "5"}:
        return "tasks"
    return ""


def told_in_percent(heads: dict[int, Value], columns: Sequence[Column], body: Sequence[Line]) -> bool:
    """Whether a table without its title says itself that its figures are per cent: a sign, a heading, a row «Макс. балл», fractions."""
    places = {place for place, value in heads.items() if is_task(value)}
    if any(c.unit == "percent" for c in columns if c.place in places):
        return True
    for line in body[:40]:
        if any(isinstance(v, str) and re.match(r"макс\w*\.? ?балл", plain(v)) for v in line[1].values()):
            return True
        cells = [figure(line[1].get(place)) for place in places]
        if any(cell.kind == "number" and (cell.percent or cell.decimals) for cell in cells):
            return True
    return False


def read_distribution(
    context: Context,
    columns: Sequence[Column],
    heads: dict[int, Value],
    body: Sequence[Line],
    clue: Clue,
    form: Form,
    first_line: int,
) -> ResultTable:
    """`fisoko_primary` (people for each score) or `fisoko_tasks` (per cent of the maximum for each task)."""
    context.begin()
    places = {place: heading_of(value) for place, value in sorted(heads.items()) if is_task(value)}
    if form == "fisoko_tasks" and any(as_day(heads[place]) for place in places):
        context.note(
            "bad_number", "warning", "Номер задания превратился в дату и восстановлен как день.месяц.", first_line
        )
    strange = [place for place in heads if min(places) < place < max(places) and place not in places]
    if len(set(places.values())) != len(places) or strange:
        context.note("needs_mapping", "error", "Номера заданий в заголовке повторяются или не читаются.", first_line)
        return ResultTable(
            form, facts_of(clue), (), context.sheet.name, first_line, key_of(columns), needs_mapping=True
        )
    column = next((c for c in columns if c.kind == "participants" and c.place not in places), None) or next(
        (c for c in columns if c.kind == "weak" and c.place not in places), None
    )
    names = Names.of(context, [c for c in columns if c.place not in places], min(places))
    names.survey(body)
    seen: list[tuple[ResultRow, dict[int, Figure], Figure | None]] = []
    maximum: dict[str, Decimal] | None = None
    for line in body:
        if is_numbering(line):
            continue
        cells = {place: figure(line[1].get(place)) for place in places}
        total = figure(line[1].get(column.place)) if column else None
        has = any(c.kind in ("number", "dash") for c in (*cells.values(), *([total] if total else [])))
        low = plain(words(names.cell(line, names.school)) or names._label(line))
        if re.match(r"макс\w*\.? ?балл", low):
            maximum = {places[p]: c.value for p, c in cells.items() if c.kind == "number"}
            continue
        who = names.who(line, figures=has)
        if who is None or who.part:
            continue
        entry = who.found.entry if who.found else None
        if who.group == "school" and entry is None:
            context.note("unknown_school", "error", who.found.reason if who.found else "", line[0], value=who.name)
        row = ResultRow(
            who.group, entry.canonical if entry else None, who.name, line[0], key=entry.key if entry else None
        )
        seen.append((row, cells, total))
    decimals = min(
        max((c.decimals for _, cells, _ in seen for c in cells.values() if c.kind == "number"), default=0), 6
    )
    rows = [_row(context, row, cells, total, places, form, decimals) for row, cells, total in seen]
    return ResultTable(
        form,
        facts_of(clue),
        tuple(without_doubles(context, rows)),
        context.sheet.name,
        first_line,
        key_of(columns),
        maximum=maximum,
    )


def _row(
    context: Context,
    row: ResultRow,
    cells: dict[int, Figure],
    total: Figure | None,
    places: dict[int, str],
    form: Form,
    decimals: int,
) -> ResultRow:
    filled = any(c.kind == "bad" or (c.kind == "number" and c.value > 0) for c in cells.values())
    if total is not None:
        if total.kind in ("blank", "dash") or total.people == 0:
            if not filled or total.people == 0:
                context.note("no_participants", "warning", "Участников нет.", row.line)
                return row.without_figures(total.people)
            return told_bad(context, row, "Кол-во участников", total)
        if total.people is None:
            return told_bad(context, row, "Кол-во участников", total)
        row = replace(row, participants=total.people)
    for place, cell in cells.items():
        if cell.kind != "number" or not 0 <= cell.value <= 100:
            return told_bad(context, row, places[place], cell)
    values = {places[place]: cell.value for place, cell in cells.items()}
    if form == "fisoko_tasks":
        return replace(row, tasks=values)
    number = row.participants
    if number is None:
        return row
    if number >= LIMIT:
        return replace(row, shares=values)
    outcome, people = recovered(list(values.values()), number, decimals)
    if outcome == "exact":
        return replace(row, points=dict(zip(values, people, strict=True)))
    if outcome == "mismatch":
        context.note("sum_mismatch", "error", f"Проценты не дают целого числа людей при {number} участниках.", row.line)
    else:
        context.note(
            "rounded_shares", "warning", f"Проценты округлены слишком грубо для {number} участников.", row.line
        )
    return replace(row, shares=values) if outcome == "undetermined" else row


def told_bad(context: Context, row: ResultRow, column: str, cell: Figure) -> ResultRow:
    what = {"blank": "пустая ячейка", "dash": "прочерк"}.get(cell.kind, f"не число: «{cell.shown}»")
    context.note("bad_number", "error", f"Столбец «{column}»: {what}.", row.line, column, cell.shown)
    return row
