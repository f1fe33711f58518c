"""A table turned round: schools stand in columns and figures in lines. It is turned back before it is read."""

from __future__ import annotations

from collections.abc import Callable

from .cells import words
from .columns import column_of
from .containers.grid import Line, Sheet

ENOUGH = 2


def turned_back(sheet: Sheet, knows: Callable[[str], bool]) -> Sheet | None:
    """The sheet with a line for each school, or None when its schools stand in lines as they should.

    Lines are then numbered as the columns were (A is 1): problems name columns of the file.
    """
    for place, (_, cells) in enumerate(sheet.lines[:30]):
        named = [p for p, value in cells.items() if isinstance(value, str) and knows(" ".join(value.split()))]
        if len(named) < ENOUGH:
            continue
        label = min(named) - 1
        below = _together(sheet.lines[place + 1 :], label)
        kinds = {column_of(0, (words(row[1].get(label)),)).kind for row in below}
        if label < 0 or not kinds & {"participants", "mark", "mean", "below"}:
            return None
        out = Sheet(sheet.name)
        out.lines = [(number, titles) for number, titles in sheet.lines[:place]]
        heads = {0: "Школа"} | {i: words(row[1].get(label)) for i, row in enumerate(below, start=1)}
        out.lines.append((0, dict(heads)))
        for column in sorted(cells):
            if column > label:
                line = {0: cells[column]} | {
                    i: row[1][column] for i, row in enumerate(below, start=1) if column in row[1]
                }
                out.lines.append((column + 1, line))
        return out
    return None


def _together(lines: list[Line], label: int) -> list[Line]:
    """The lines of figures: those with words in the column of labels."""
    return [line for line in lines if isinstance(line[1].get(label), str | int | float)]
