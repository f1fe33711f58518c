"""A sheet of the form as a page draws it, with the places to fill marked: what the methodist confirms. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from decisions.collecting.book import SheetCells
from decisions.collecting.model import Layout, letters

ROWS, COLUMNS = 60, 24


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its words or, for a place to fill, what is asked there. `wide` and `tall` as merged."""

    text: str
    asked: str = ""
    wide: int = 1
    tall: int = 1
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    name: str
    letters: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Box, ...]], ...]
    cut: bool


def drawn(sheet: SheetCells, layout: Layout) -> Drawn:
    """The used part of a sheet, at most 60 rows and 24 columns (`cut` says that there is more)."""
    asked: dict[tuple[int, int], str] = {}
    for place in layout.places({}):
        if place.sheet == sheet.name:
            asked[place.at] = place.heading
    for table in layout.tables:
        if not table.fixed and table.sheet == sheet.name:
            for row in range(table.rows[0], table.rows[0] + min(table.room, 5)):
                asked |= {(row, column.column): column.label for column in table.columns}
    used = [at for at, cell in sheet.cells.items() if not cell.blank or cell.style.boxed] + list(asked)
    last_row, last_column = max((r for r, _ in used), default=1), max((c for _, c in used), default=1)
    rows, columns = min(last_row, ROWS), min(last_column, COLUMNS)
    out = []
    for row in range(1, rows + 1):
        boxes = []
        for column in range(1, columns + 1):
            area = sheet.merge_at(row, column)
            if area and area[:2] != (row, column):
                continue
            cell = sheet.cell(row, column)
            boxes.append(
                Box(
                    text=cell.text[:120],
                    asked=asked.get((row, column), ""),
                    wide=min(area[3], columns) - column + 1 if area else 1,
                    tall=min(area[2], rows) - row + 1 if area else 1,
                    formula=bool(cell.formula),
                )
            )
        out.append((row, tuple(boxes)))
    names = tuple(letters(column) for column in range(1, columns + 1))
    return Drawn(sheet.name, names, tuple(out), last_row > rows or last_column > columns)


__all__ = ["Box", "Drawn", "drawn"]
