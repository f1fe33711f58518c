"""ФИС ОКО forms with a column for each primary score or task, and the two shapes of the comparison with journal marks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .cells import Figure, figure, words
from .columns import Column, normal
from .containers.grid import Line, Value
from .context import Context
from .header import Clue, facts_of, plain
from .headings import key_of
from .model import COMPARISON, Form, ResultRow, ResultTable
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
            return _bad(context, row, "Кол-во участников", total)
        if total.people is None:
            return _bad(context, row, "Кол-во участников", total)
        row = replace(row, participants=total.people)
    for place, cell in cells.items():
        if cell.kind != "number" or not 0 <= cell.value <= 100:
            return _bad(context, row, places[place], cell)
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


def _bad(context: Context, row: ResultRow, column: str, cell: Figure) -> ResultRow:
    what = {"blank": "пустая ячейка", "dash": "прочерк"}.get(cell.kind, f"не число: «{cell.shown}»")
    context.note("bad_number", "error", f"Столбец «{column}»: {what}.", row.line, column, cell.shown)
    return row


def read_comparison(
    context: Context, columns: Sequence[Column], body: Sequence[Line], clue: Clue, first_line: int
) -> ResultTable:
    """The flat form: a line for each group; people are read, percentages only where no people are printed."""
    context.begin()
    people: dict[str, Column] = {c.kind: c for c in columns if c.kind in COMPARISON and c.unit != "percent"}
    percent: dict[str, Column] = {c.kind: c for c in columns if c.kind in COMPARISON and c.unit == "percent"}
    total = next((c for c in columns if c.kind == "participants"), None) or next(
        (c for c in columns if c.kind == "weak"), None
    )
    chosen = people if len(people) == 3 else percent
    facts, key = facts_of(clue), key_of(columns)
    if len(chosen) != 3:
        context.note("needs_mapping", "error", "Не найдены столбцы «Понизили», «Подтвердили», «Повысили».", first_line)
        return ResultTable("fisoko_comparison", facts, (), context.sheet.name, first_line, key, needs_mapping=True)
    places = [chosen[name].place for name in COMPARISON]
    first = min(c.place for c in (*chosen.values(), *([total] if total else [])))
    names = Names.of(context, columns, first)
    names.survey(body)
    rows = []
    for line in body:
        if is_numbering(line):
            continue
        cells = [figure(line[1].get(place)) for place in places]
        number = figure(line[1].get(total.place)) if total else None
        has = any(c.kind in ("number", "dash") for c in (*cells, *([number] if number else [])))
        who = names.who(line, figures=has)
        if who is None or who.part:
            continue
        entry = who.found.entry if who.found else None
        if who.group == "school" and entry is None:
            context.note("unknown_school", "error", who.found.reason if who.found else "", line[0], value=who.name)
        row = ResultRow(
            who.group, entry.canonical if entry else None, who.name, line[0], key=entry.key if entry else None
        )
        rows.append(_compared(context, row, number, cells, chosen is people))
    return ResultTable(
        "fisoko_comparison", facts, tuple(without_doubles(context, rows)), context.sheet.name, first_line, key
    )


def _compared(
    context: Context, row: ResultRow, number: Figure | None, cells: Sequence[Figure], as_people: bool
) -> ResultRow:
    filled = any(c.kind == "bad" or (c.kind == "number" and c.value > 0) for c in cells)
    if number is None:
        if not as_people or any(c.people is None for c in cells):
            bad = next((c for c in cells if c.kind != "number"), None)
            return _bad(context, row, "Сравнение", bad) if bad and filled else row
        total = sum(c.people or 0 for c in cells)
    elif number.kind in ("blank", "dash"):
        if filled:
            return _bad(context, row, "Кол-во участников", number)
        context.note("no_participants", "warning", "Участников нет.", row.line)
        return row.without_figures()
    elif number.people is None:
        return _bad(context, row, "Кол-во участников", number)
    else:
        total = number.people
    row = replace(row, participants=total)
    if total == 0:
        if as_people and filled:
            context.note("sum_mismatch", "error", "Участников 0, а сравнение есть.", row.line)
            return row
        context.note("no_participants", "warning", "Участников нет.", row.line)
        return row.without_figures(0)
    bad = next((c for c in cells if c.kind != "number" or (as_people and c.people is None)), None)
    if bad is not None:
        return _bad(context, row, "Сравнение", bad)
    if as_people:
        people = tuple(c.people or 0 for c in cells)
        if sum(people) != total:
            context.note("sum_mismatch", "error", f"Сумма {sum(people)}, а участников {total}.", row.line)
            return row
        return replace(row, comparison=dict(zip(COMPARISON, people, strict=True)))
    decimals = max(c.decimals for c in cells)
    outcome, counts = recovered([c.value for c in cells], total, max(decimals, 2))
    if outcome == "exact":
        return replace(row, comparison=dict(zip(COMPARISON, counts, strict=True)))
    if outcome == "mismatch":
        context.note("sum_mismatch", "error", f"Проценты не дают целого числа людей при {total} участниках.", row.line)
    return row


def is_old_comparison(body: Sequence[Line]) -> bool:
    """Exports to 2022: under each group the lines «Понизили…», «Подтвердили…», «Повысили…», «Всего»."""
    return any(_verb(line) == "lowered" for line in body[:12])


def _verb(line: Line) -> str:
    for value in line[1].values():
        if isinstance(value, str):
            low = plain(value)
            for start, name in (
                ("понизил", "lowered"),
                ("подтвердил", "confirmed"),
                ("повысил", "raised"),
                ("всего", "total"),
            ):
                if low.startswith(start):
                    return name
    return ""


def read_old_comparison(
    context: Context, columns: Sequence[Column], body: Sequence[Line], clue: Clue, first_line: int
) -> ResultTable:
    """Four lines under each group; the column of people is found by its heading."""
    context.begin()
    people = next((c for c in columns if c.kind in ("participants", "weak") and c.unit != "percent"), None)
    facts, key = facts_of(clue), key_of(columns)
    if people is None:
        context.note("needs_mapping", "error", "Не найден столбец с числом участников.", first_line)
        return ResultTable("fisoko_comparison", facts, (), context.sheet.name, first_line, key, needs_mapping=True)
    names = Names.of(context, columns, people.place)
    names.survey(body)
    rows: list[ResultRow] = []
    current: ResultRow | None = None
    reason = ""
    cells: dict[str, Figure] = {}

    def done() -> None:
        if current is None or (current.school is None and current.group == "school" and not cells):
            return  # a note or a signature below the last group
        if current.group == "school" and current.school is None:
            context.note("unknown_school", "error", reason, current.line, value=current.name)
        three = [cells.get(name, Figure("blank")) for name in COMPARISON]
        rows.append(_compared(context, current, cells.get("total"), three, True))

    for line in body:
        verb = _verb(line)
        if verb:
            cells[verb] = figure(line[1].get(people.place))
            if len(line[1]) > 1 and names.school is not None and isinstance(line[1].get(names.school), str):
                if not plain(words(line[1][names.school])).startswith(("понизил", "подтвердил", "повысил", "всего")):
                    verb = ""  # the group and its first line may share a line
            if verb:
                continue
        who = names.who(line, figures=True) if normal(words(names.cell(line, names.school))) else None
        if who is None:
            continue
        done()
        entry = who.found.entry if who.found else None
        first = _verb(line)
        cells = {first: figure(line[1].get(people.place))} if first else {}
        if not first and figure(line[1].get(people.place)).kind == "number":
            cells["total"] = figure(line[1].get(people.place))
        reason = who.found.reason if who.found else ""
        current = ResultRow(
            who.group, entry.canonical if entry else None, who.name, line[0], key=entry.key if entry else None
        )
    done()
    return ResultTable(
        "fisoko_comparison", facts, tuple(without_doubles(context, rows)), context.sheet.name, first_line, key
    )


def read_outcomes(
    context: Context, columns: Sequence[Column], body: Sequence[Line], clue: Clue, first_line: int
) -> ResultTable:
    """«Достижение планируемых результатов»: a line for each task, a column for each group with «N уч.» in its heading."""
    requirement = next(c for c in columns if c.kind == "requirement")
    top = next((c for c in columns if c.kind == "maximum"), None)
    heads = [c for c in columns if c.place > requirement.place and c.kind not in ("maximum", "requirement") and c.path]
    values: dict[int, dict[str, Decimal]] = {c.place: {} for c in heads}
    maximum: dict[str, Decimal] = {}
    broken: set[int] = set()
    for line in body:
        name = words(line[1].get(requirement.place))
        found = re.match(r"\s*(\d{1,2}(?:\.\d{1,2})?\s?(?:[KКkк]\s?\d{1,2})?)(?:[.)\s]|$)", name)
        if not found:
            continue
        task = heading_of(found[1])
        if top is not None and figure(line[1].get(top.place)).kind == "number":
            maximum[task] = figure(line[1].get(top.place)).value
        for column in heads:
            cell = figure(line[1].get(column.place))
            if cell.kind == "number" and 0 <= cell.value <= 100:
                values[column.place][task] = cell.value
            elif cell.kind == "bad":
                broken.add(column.place)
                context.note("bad_number", "error", f"Задание {task}: не число «{cell.shown}».", line[0], column.title)
    names = Names.of(context, [], 0)
    rows = []
    for column in heads:
        if not values[column.place]:
            continue
        said = " ".join(column.path)
        number = re.search(r"(\d[\d\s\u00a0]*)\s*(?:уч|чел)", said)
        name = " ".join(re.sub(r"\d[\d\s\u00a0]*\s*(?:уч|чел)\w*\.?", "", said).split()).strip(" ,;()")
        row = _outcome_row(context, names, name, first_line)
        if row is None:
            continue
        people = int(re.sub(r"\D", "", number[1])) if number else None
        rows.append(replace(row, participants=people, tasks=None if column.place in broken else values[column.place]))
    return ResultTable(
        "fisoko_outcomes",
        facts_of(clue),
        tuple(without_doubles(context, rows)),
        context.sheet.name,
        first_line,
        key_of(columns),
        maximum=maximum or None,
    )


def _outcome_row(context: Context, names: Names, name: str, line: int) -> ResultRow | None:
    low = plain(name)
    if not low:
        return None
    found = context.schools.find(name)
    if found.entry is not None:
        return ResultRow("school", found.entry.canonical, name, line, key=found.entry.key)
    group = names._group(name, low, True)
    if re.search(r"(?<![а-я])обл\.?(?![а-я])", low):
        group = "region"
    if re.search(r"(?<![а-я])(?:р-н|м\.? ?о\.?|г\.? ?о\.?)(?![а-я])", low):
        group = "municipality"
    if group is not None:
        return ResultRow(group, None, name, line)
    context.note("unknown_school", "error", found.reason, line, value=name)
    return ResultRow("school", None, name, line)
