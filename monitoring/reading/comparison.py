"""The two shapes of ФИС ОКО «Сравнение отметок с отметками по журналу»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .cells import Figure, figure, words
from .columns import Column, normal
from .containers.grid import Line
from .context import Context
from .distributions import told_bad
from .header import Clue, facts_of, plain
from .headings import key_of
from .model import COMPARISON, ResultRow, ResultTable
from .names import Names, is_numbering
from .people import recovered
from .tables import without_doubles


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
            return told_bad(context, row, "Сравнение", bad) if bad and filled else row
        total = sum(c.people or 0 for c in cells)
    elif number.kind in ("blank", "dash"):
        if filled:
            return told_bad(context, row, "Кол-во участников", number)
        context.note("no_participants", "warning", "Участников нет.", row.line)
        return row.without_figures()
    elif number.people is None:
        return told_bad(context, row, "Кол-во участников", number)
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
        return told_bad(context, row, "Сравнение", bad)
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
