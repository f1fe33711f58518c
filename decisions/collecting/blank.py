"""A workbook for a form composed in the browser: single fields on one sheet, each table on a sheet of its own. Pure."""

from __future__ import annotations

import dataclasses
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from config.sheets import plain_text, title_of
from decisions.collecting.model import KINDS, MAX_ROWS, Field, Layout, Table
from decisions.collecting.values import limit

_THIN = Side(style="thin", color="FF86919F")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="FFEEF1F5")
_INPUT = PatternFill("solid", fgColor="FFFFFBEA")
_FORMATS = {"text": "@", "whole": "0", "money": "#,##0.00", "date": "DD.MM.YYYY", "choice": "@", "yesno": "@"}
_WRAP = Alignment(wrap_text=True, vertical="top")
_ROOM = 60  # rows drawn with a box; more may be added below


def composed(title: str, note: str, layout: Layout) -> tuple[bytes, Layout]:
    """The bytes of the workbook and the layout with every place in it."""
    book = Workbook()
    book.remove(book.active)
    taken: set[str] = set()
    parts: list[Field | Table] = []
    page = None
    row = 0
    for part in layout.parts:
        if isinstance(part, Table):
            parts.append(_table(book, part, title_of(part.title or "Таблица", taken)))
            continue
        if page is None:
            page = book.create_sheet(title_of("Форма", taken), 0)
            row = _cap(page, title, note)
        row += 1
        parts.append(_field(page, part, row))
    if page is not None:
        page.protection.sheet = True  # no password: it only keeps headings from being overwritten by mistake
        page.protection.formatColumns = page.protection.formatRows = False
    if not book.sheetnames:
        book.create_sheet("Форма")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), Layout(tuple(parts))


def _say(cell, words: str, *, bold: bool = False) -> None:  # type: ignore[no-untyped-def]
    cell.value = plain_text(words)
    cell.data_type = "s"
    cell.alignment = _WRAP
    if bold:
        cell.font = Font(bold=True)


def _cap(page, title: str, note: str) -> int:  # type: ignore[no-untyped-def]
    for letter, width in (("A", 52), ("B", 30), ("C", 52)):
        page.column_dimensions[letter].width = width
    _say(page["A1"], title, bold=True)
    page.merge_cells("A1:C1")
    if note:
        _say(page["A2"], note)
        page.merge_cells("A2:C2")
    return 3


def _field(page, part: Field, row: int) -> Field:  # type: ignore[no-untyped-def]
    _say(page.cell(row, 1), part.label)
    page.cell(row, 1).border = _BOX
    _input(page, part, row, 2)
    _say(page.cell(row, 3), help_of(part))
    page.cell(row, 3).font = Font(color="FF505B6A", italic=True)
    return dataclasses.replace(part, sheet=page.title, row=row, column=2)


def _table(book: Workbook, part: Table, name: str) -> Table:
    page = book.create_sheet(name)
    shift = 1 if part.fixed else 0
    _say(page.cell(1, 1), part.title, bold=True)
    heads = [*([""] if part.fixed else []), *(c.label for c in part.columns)]
    for number, words in enumerate(heads, start=1):
        cell = page.cell(3, number)
        _say(cell, words, bold=True)
        cell.fill, cell.border = _HEAD, _BOX
        page.column_dimensions[get_column_letter(number)].width = 28 if part.fixed and number == 1 else 20
    columns = tuple(dataclasses.replace(c, sheet=name, row=0, column=i + 1 + shift) for i, c in enumerate(part.columns))
    rows = tuple(range(4, 4 + len(part.labels))) if part.fixed else (4,)
    for at, row in enumerate(rows if part.fixed else range(4, 4 + _ROOM)):
        if part.fixed:
            _say(page.cell(row, 1), part.labels[at])
            page.cell(row, 1).border = _BOX
        for column in columns:
            _input(page, column, row, column.column)
    page.freeze_panes = "B4" if part.fixed else "A4"
    return dataclasses.replace(part, sheet=name, columns=columns, rows=rows, room=MAX_ROWS, closed_below=False)


def _input(page, part: Field, row: int, column: int) -> None:  # type: ignore[no-untyped-def]
    cell = page.cell(row, column)
    cell.border, cell.fill = _BOX, _INPUT
    cell.number_format = _FORMATS.get(part.kind, "General")
    cell.protection = Protection(locked=False)
    cell.alignment = Alignment(wrap_text=part.kind == "text", vertical="top")
    if (rule := _rule(page, part)) is not None:
        rule.add(cell)


def _rule(page, part: Field) -> DataValidation | None:  # type: ignore[no-untyped-def]
    """Excel's own check of a cell, one a kind and limits on a sheet."""
    known: dict[str, DataValidation] = page.__dict__.setdefault("_rules", {})
    low, high = limit(part.low), limit(part.high)
    key = f"{part.kind}|{low}|{high}|{'|'.join(part.choices)}"
    if key in known:
        return known[key]
    rule = None
    words = [*part.choices] if part.kind == "choice" else ["да", "нет"] if part.kind == "yesno" else []
    if words and len(",".join(words)) < 250 and not any(c in w for w in words for c in ',"'):
        rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    elif part.kind in ("whole", "number", "money", "percent"):
        rule = DataValidation(
            type="whole" if part.kind == "whole" else "decimal",
            operator="between",
            formula1=str(low if low is not None else -(10**14)),
            formula2=str(high if high is not None else 10**14),
            allow_blank=True,
        )
    elif part.kind == "date":
        rule = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
    if rule is not None:
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = "Проверьте значение", help_of(part)[:220] or "Значение другого вида."
        page.add_data_validation(rule)
        known[key] = rule
    return rule


def help_of(part: Field, *, optional: bool = True) -> str:
    """What is expected of a field, in one line: «целое число, от 0 до 100; можно не заполнять. Пояснение»."""
    words = KINDS[part.kind]
    if part.kind == "choice":
        words = "одно из: " + "; ".join(part.choices)
    if part.numeric and (part.low or part.high):
        words += "," + (f" от {part.low}" if part.low else "") + (f" до {part.high}" if part.high else "")
    if optional and not part.required:
        words += "; можно не заполнять"
    return f"{words}. {part.hint}" if part.hint else words
