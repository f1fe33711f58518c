"""XLS (BIFF) by xlrd: the reader that keeps number formats of old files."""

from __future__ import annotations

import io
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code

from .formats import kind_of
from .grid import Broken, Sheet, Shown, Span, Unreadable, Value, is_error, plain, scaled, text
from .package import BROKEN, ENCRYPTED


def read_xls(data: bytes) -> list[Sheet]:
    """Sheets in order, hidden ones marked. Raises Unreadable."""
    book, formats = _open(data)
    out = []
    for sheet in book.sheets():
        try:
            read = _sheet(book, sheet, formats)
        except Unreadable:
            if sheet.visibility == 0:
                raise
            read = Sheet(sheet.name, unread=True)
        read.hidden = sheet.visibility != 0
        out.append(read)
    return out


def _open(data: bytes) -> tuple[Any, bool]:
    for formats in (True, False):  # some exports break xlrd's formats only
        try:
            return xlrd.open_workbook(file_contents=data, formatting_info=formats, logfile=io.StringIO()), formats
        except xlrd.XLRDError as why:
            if "encrypt" in str(why).lower() or "password" in str(why).lower():
                raise Unreadable(ENCRYPTED) from why
            last: Exception = why
        except MemoryError:
            raise
        except Exception as why:  # xlrd raises whatever a broken record leads it to
            last = why
    raise Unreadable(BROKEN) from last


def _sheet(book: Any, source: Any, formats: bool) -> Sheet:
    sheet = Sheet(source.name)
    if formats:
        sheet.spans = [Span(top + 1, left, bottom, right - 1) for top, bottom, left, right in source.merged_cells]
    filled = 0
    for row in range(source.nrows):
        cells: dict[int, Value] = {}
        kinds, values = source.row_types(row), source.row_values(row)
        for column, (kind, raw) in enumerate(zip(kinds, values, strict=True)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            value = _value(book, source, formats, row, column, kind, raw)
            if value is not None:
                cells[column] = value
        filled = sheet.add(row + 1, cells, filled)
    return sheet


def _value(book: Any, source: Any, formats: bool, row: int, column: int, kind: int, raw: Any) -> Value:
    if kind == xlrd.XL_CELL_TEXT:
        word = text(raw)
        return Broken(word) if word and is_error(word) else word
    if kind == xlrd.XL_CELL_ERROR:
        return Broken(error_text_from_code.get(raw, "#ОШИБКА!"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(raw)
    if kind == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(raw, book.datemode)
        except (ValueError, OverflowError, xlrd.XLDateError):
            return Broken(str(raw))
    if formats:
        shape = book.format_map.get(book.xf_list[source.cell_xf_index(row, column)].format_key)
        of = kind_of(shape.format_str if shape else None)
        if of == "percent":
            return scaled(raw)
        if of in ("1", "2", "3") and row < 60:
            return Shown(raw, f"{raw:.{int(of)}f}")
    return plain(raw)
