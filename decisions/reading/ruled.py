"""Tables drawn with characters: «1 | Провести … | до 5 мая», markdown, boxes of lines. Their columns become tabs. Pure.

A file of text has no cells; people and programs draw them. Only what repeats is a table: a bar inside one lonely line stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading.text import Healed, Line, joined

_BAR = r"[|│┃║¦]"
_RULE = re.compile(r"^[\s|│┃║¦+\-–—=_:─━═┄┅┈┉┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╟╢╤╧╪]+$")
_BOX = re.compile(r"[+\-–—=_─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬]{3}")


def bars(rows: Sequence[str]) -> tuple[dict[int, list[int]], set[int]]:
    """Which printed lines are rows: line → places of the bars between cells; and the lines that only rule the table."""
    counts = [len(re.findall(_BAR, row)) for row in rows]
    printed = [i for i, row in enumerate(rows) if row.strip()]
    beside: dict[int, int] = {}
    for before, here in zip(printed, printed[1:], strict=False):
        if counts[before] and counts[here]:
            beside[before] = beside.get(before, 0) + counts[here]
            beside[here] = beside.get(here, 0) + counts[before]
    drawn = {i for i in printed if counts[i] >= 2 and (counts[i] >= 3 or i in beside) or counts[i] == 1 and i in beside}
    if len(drawn) < 2:
        return {}, set()
    rules = {i for i in printed if _RULE.match(rows[i]) and _BOX.search(rows[i]) and {i - 1, i + 1} & (drawn | {i})}
    rules = {i for i in rules if i in drawn or _near(i, drawn)}
    return {i: [m.start() for m in re.finditer(_BAR, rows[i])] for i in drawn - rules}, rules


def _near(index: int, drawn: set[int]) -> bool:
    return index - 1 in drawn or index + 1 in drawn


def joined_rows(lines: Sequence[Line], ruled_above: Sequence[bool]) -> list[Line]:
    """Rows of a box whose cells take several printed lines: what stands between two rules is one row.

    `ruled_above[i]`: a rule stands above the line. Only where rules stand between rows, not merely below the heading.
    """
    out: list[Line] = []
    index = 0
    while index < len(lines):
        end = index + 1
        if lines[index].is_row:
            while end < len(lines) and lines[end].is_row:
                end += 1
            out += _table(lines[index:end], ruled_above[index:end])
        else:
            out.append(lines[index])
        index = end
    return out


def _table(rows: Sequence[Line], ruled_above: Sequence[bool]) -> list[Line]:
    """The rows of one table; those between two rules are one where at least three rules stand in it."""
    if sum(ruled_above) < 3:
        return list(rows)
    starts = [i for i, ruled in enumerate(ruled_above) if ruled or i == 0]
    return [_one(rows[a:b]) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _one(rows: Sequence[Line]) -> Line:
    if len(rows) == 1:
        return rows[0]
    columns: list[list[Healed]] = []
    for row in rows:
        position = 0
        for number, cell in enumerate(row.text.split("\t")):
            while len(columns) <= number:
                columns.append([])
            columns[number].append(row.body.cut(position, position + len(cell)))
            position += len(cell) + 1
    text: list[str] = []
    origin: list[int] = []
    for number, pieces in enumerate(columns):
        body = joined(pieces)
        if number:
            text.append("\t")
            origin.append(origin[-1] if origin else rows[0].start)
        text += body.text
        origin += body.origin
    return Line(Healed("".join(text), origin), rows[0].blank_before)
