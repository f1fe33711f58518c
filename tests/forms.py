"""Workbooks that tests make: a table of rows into XLSX, boxes and merges where asked."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side

_SIDE = Side(style="thin")
BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def workbook_of(
    rows: Sequence[Sequence[Any]],
    *,
    sheet: str = "Форма",
    boxes: Sequence[str] = (),
    merges: Sequence[str] = (),
    change: Callable[[Any], None] | None = None,
) -> bytes:
    """One sheet of these rows; `boxes` and `merges` are areas («A4:F9»), `change(book)` does the rest."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for area in boxes:
        found = page[area]
        for line in found if isinstance(found, tuple) else ((found,),):
            for cell in line if isinstance(line, tuple) else (line,):
                cell.border = BOX
    for area in merges:
        page.merge_cells(area)
    if change:
        change(book)
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The file as a person would save it after `change(book)`."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)
