"""Reading a stranger's workbook in a child process with limits of time and memory (`config.child`).

What a form may hold is bounded already (`book`); this bounds what a file may cost before that is known. Only the cells come
back, as JSON; judging them is done here, on what the limits let through.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from config import child
from decisions.collecting.book import Book, Cell, NotAForm, SheetCells, Style, Validation, read_book

TOO_COSTLY = (
    "Файл «{name}» не удалось прочитать {reason}: он слишком велик или повреждён. Скачайте форму заново, перенесите в неё "
    "сведения и верните этот файл."
)


def read_apart(data: bytes, name: str, *, seconds: int, megabytes: int) -> Book:
    """The book as `read_book` gives it. Raises `NotAForm` with a Russian sentence, also when the limits were not enough."""
    try:
        answer = child.run("decisions.collecting.child", {"name": name}, data, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed as why:
        reason = f"за {seconds} секунд" if why.reason == "time" else "при отведённой памяти"
        raise NotAForm(TOO_COSTLY.format(name=name, reason=reason)) from None
    if "error" in answer:
        raise NotAForm(answer["error"])
    return book_from(answer)


def book_to(book: Book) -> dict[str, Any]:
    """The book as JSON values; looks are listed once, cells name them by number."""
    styles: dict[Style, int] = {}
    sheets = []
    for sheet in book.sheets:
        cells = [
            [
                *at,
                cell.text,
                None if cell.number is None else str(cell.number),
                cell.day.isoformat() if cell.day else None,
                cell.formula,
                cell.error,
                styles.setdefault(cell.style, len(styles)),
            ]
            for at, cell in sheet.cells.items()
        ]
        sheets.append(
            {
                "name": sheet.name,
                "part": sheet.part,
                "hidden": sheet.hidden,
                "protected": sheet.protected,
                "cells": cells,
                "merges": sheet.merges,
                "validations": [dataclasses.asdict(one) for one in sheet.validations],
                "hidden_rows": sorted(sheet.hidden_rows),
                "sums": sheet.sums,
            }
        )
    return {"styles": [dataclasses.asdict(style) for style in styles], "sheets": sheets, "names": book.names}


def book_from(values: dict[str, Any]) -> Book:
    """The book again from what `book_to` made."""
    styles = [Style(**one) for one in values["styles"]]
    sheets = []
    for one in values["sheets"]:
        sheet = SheetCells(one["name"], one["part"], one["hidden"], one["protected"])
        for row, column, text, number, day, formula, error, style in one["cells"]:
            sheet.cells[(row, column)] = Cell(
                text,
                None if number is None else Decimal(number),
                dt.date.fromisoformat(day) if day else None,
                formula,
                error,
                styles[style],
            )
        for area in one["merges"]:
            sheet.merge(tuple(area))
        sheet.validations = [
            Validation(**{**rule, "areas": tuple(tuple(area) for area in rule["areas"])}) for rule in one["validations"]
        ]
        sheet.hidden_rows = set(one["hidden_rows"])
        sheet.sums = [tuple(area) for area in one["sums"]]
        sheets.append(sheet)
    return Book(sheets, values["names"])


def _safe(data: bytes, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return book_to(read_book(data, request["name"]))
    except NotAForm as why:
        return {"error": str(why)}


if __name__ == "__main__":
    child.serve(_safe)
