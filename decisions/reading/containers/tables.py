"""A table as lines: a row is a line, its cells are separated by tabs and keep their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_SPAN = 63  # the widest table Word makes

# One merged cell of these columns speaks for every row it spans.
_SHARED = re.compile(r"срок|ответствен|исполнител|дата", re.IGNORECASE)


@dataclass(slots=True)
class Cell:
    lines: list[str]
    column: int
    goes_on: bool = False  # continues the merged cell above

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())


@dataclass(slots=True)
class Row:
    cells: list[Cell] = field(default_factory=list)
    width: int = 0

    def skip(self, columns: int) -> None:
        self.width += min(max(columns, 0), MAX_SPAN)

    def add(self, lines: list[str], *, span: int = 1, goes_on: bool = False) -> None:
        self.cells.append(Cell(lines, self.width, goes_on))
        self.width += min(max(span, 1), MAX_SPAN)

    def at(self, column: int) -> Cell | None:
        return next((cell for cell in self.cells if cell.column == column), None)


def rows_text(rows: Sequence[Row], *, nested: bool = False) -> list[str]:
    """The lines of a table.

    The continuation of a merged cell is empty, except in a column of terms or responsible parties, where the one cell
    is printed for all its rows. A table of one column is only a frame: its paragraphs stay lines of their own.
    """
    if all(len(row.cells) <= 1 for row in rows):
        return [line for row in rows for cell in row.cells if not cell.goes_on for line in cell.lines]
    shared = {c.column for c in rows[0].cells if _SHARED.search(c.text)} if rows else set()
    above: dict[int, str] = {}
    out: list[str] = []
    for row in rows:
        texts = [""] * row.width
        for cell in row.cells:
            text = cell.text
            if cell.goes_on:
                text = above.get(cell.column, "") if cell.column in shared else ""
            else:
                above[cell.column] = text
            texts[cell.column] = text
        if len(row.cells) == 1:
            out.append(row.cells[0].text)
        elif any(texts):
            out.append((" " if nested else "\t").join(texts))
    return out
