"""Writing XLSX that a clerk can add up and that nobody can turn against the clerk. Pure.

Numbers and days are real numbers and days. Words are always words: what begins with «=», «+», «-», «@», a tab or a carriage
return is written as text with Excel's mark of text (quotePrefix), so it is never a formula, not even after it is edited.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_CELL = 32_767  # characters a cell of Excel holds
MAX_ROWS = 1_048_576
EXACT = 10**15  # whole numbers beyond it Excel rounds: they are written as words

Kind = Literal["text", "number", "whole", "percent", "money", "date", "moment"]
FORMATS: dict[str, str] = {
    "text": "General",
    "number": "General",
    "whole": "0",
    "percent": "0.0%",
    "money": "#,##0.00",
    "date": "DD.MM.YYYY",
    "moment": "DD.MM.YYYY HH:MM",
}
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, width in characters, and kind. A percent is a share: 0.41 is shown as 41 %."""

    title: str
    width: float = 14
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: rows are plain values in the order of columns (None is an empty cell); `total` is a last row in bold.

    `notes` stand above the heading, one a row: what the table is, as of which day.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    total: Sequence[Any] | None = None
    notes: Sequence[str] = field(default=())


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of an XLSX file; a book with no sheet gets one empty sheet, as Excel opens no other."""
    book = Workbook(write_only=True)
    styles = {name: _style(book, name) for name in ("head", "total", "note")}
    taken: set[str] = set()
    for sheet in [*sheets] or [Sheet("Лист 1", (), ())]:
        _write(book, sheet, title_of(sheet.title, taken), styles)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def title_of(words: str, taken: set[str]) -> str:
    """A name Excel allows for a sheet: at most 31 characters, no []:*?/\\, not twice whatever the case; added to `taken`."""
    plain = " ".join(_TITLE.sub(" ", words).split()).strip("'") or "Лист"
    name, number = plain[:31].rstrip(), 1
    while name.casefold() in taken:
        number += 1
        tail = f" ({number})"
        name = plain[: 31 - len(tail)].rstrip() + tail
    taken.add(name.casefold())
    return name


def plain_text(value: object) -> str:
    """Words as a cell may hold them: no control characters, at most 32 767 characters."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:MAX_CELL]


def _style(book: Workbook, name: str) -> NamedStyle:
    thin = Side(style="thin", color="FFC2CCD6")
    style = {
        "head": NamedStyle(
            "head",
            font=Font(bold=True),
            fill=PatternFill("solid", fgColor="FFEEF1F5"),
            alignment=Alignment(wrap_text=True, vertical="center"),
            border=Border(bottom=thin),
        ),
        "total": NamedStyle("total", font=Font(bold=True), border=Border(top=thin)),
        "note": NamedStyle("note", font=Font(italic=True)),
    }[name]
    book.add_named_style(style)
    return style


def _write(book: Workbook, sheet: Sheet, title: str, styles: dict[str, NamedStyle]) -> None:
    page = book.create_sheet(title)
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = max(4, min(column.width, 120))
    head = len(sheet.notes) + 1
    if sheet.columns:
        page.freeze_panes = f"A{head + 1}"
    for note in sheet.notes:
        page.append([_text(page, note, styles["note"])])
    page.append([_text(page, column.title, styles["head"]) for column in sheet.columns])
    last = head
    for row in sheet.rows:
        last += 1
        if last > MAX_ROWS:
            raise ValueError(f"Строк больше, чем помещает лист Excel ({MAX_ROWS}).")
        page.append([_cell(page, value, column) for value, column in zip(row, sheet.columns, strict=True)])
    if sheet.columns and last > head:
        page.auto_filter.ref = f"A{head}:{get_column_letter(len(sheet.columns))}{last}"
    if sheet.total is not None:
        page.append(
            [_cell(page, v, column, styles["total"]) for v, column in zip(sheet.total, sheet.columns, strict=True)]
        )


def _text(page: Any, words: object, style: NamedStyle | None = None) -> WriteOnlyCell:
    text = plain_text(words)
    cell = WriteOnlyCell(page, None)
    if style is not None:
        cell.style = style.name
    cell.value = text
    cell.data_type = "s"  # not a formula and not an error, whatever it begins with
    if text.startswith(_RISKY):
        cell.quotePrefix = True
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(page: Any, value: Any, column: Column, style: NamedStyle | None = None) -> WriteOnlyCell | None:
    if value is None or value == "":
        return WriteOnlyCell(page, None) if style is None else _text(page, "", style)
    known = _real(value)
    if known is None or column.kind == "text" and not isinstance(known, (dt.date, dt.datetime)):
        return _text(page, "да" if value is True else "нет" if value is False else value, style)
    cell = WriteOnlyCell(page, None)
    if style is not None:
        cell.style = style.name
    cell.value = known
    if isinstance(known, dt.datetime):
        cell.number_format = FORMATS["date" if column.kind == "date" else "moment"]
    elif isinstance(known, dt.date):
        cell.number_format = FORMATS["date"]
    else:
        cell.number_format = FORMATS["number" if column.kind in ("date", "moment") else column.kind]
    return cell


def _real(value: Any) -> int | float | Decimal | dt.date | dt.datetime | None:
    """A number or a day that Excel keeps exactly, else None: it is then written as words."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < EXACT else None
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value) < EXACT else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None) if value.year >= 1901 else None
    if isinstance(value, dt.date):
        return value if value.year >= 1901 else None
    return None


__all__ = ["FORMATS", "MEDIA", "Column", "Kind", "Sheet", "plain_text", "title_of", "workbook"]
