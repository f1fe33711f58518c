"""ФИС ОКО «Достижение планируемых результатов»: a line for each task, a column for each group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .cells import figure, words
from .columns import Column
from .containers.grid import Line
from .context import Context
from .distributions import heading_of
from .header import Clue, facts_of, plain
from .headings import key_of
from .model import ResultRow, ResultTable
from .names import Names
from .tables import without_doubles


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
