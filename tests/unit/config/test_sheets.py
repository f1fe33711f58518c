"""A sheet for Excel: numbers add up, days are days, words are never formulas."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from config.sheets import Column, Sheet, workbook


def opened(*sheets: Sheet):  # type: ignore[no-untyped-def]
    return load_workbook(io.BytesIO(workbook(sheets)))


def test_numbers_and_days_are_real() -> None:
    page = opened(
        Sheet(
            "Свод",
            [
                Column("Школа", 30),
                Column("Детей", kind="whole"),
                Column("Доля", kind="percent"),
                Column("День", kind="date"),
            ],
            [["СОШ № 1", 12, Decimal("0.415"), dt.date(2026, 3, 1)], ["СОШ № 2", None, 0.5, None]],
            total=["Всего", 12, None, None],
        )
    )["Свод"]
    assert [c.value for c in page[2]] == ["СОШ № 1", 12, 0.415, dt.datetime(2026, 3, 1)]
    assert [c.number_format for c in page[2]][1:] == ["0", "0.0%", "DD.MM.YYYY"]
    assert [c.value for c in page[4]] == ["Всего", 12, None, None] and page["A4"].font.bold
    assert page.freeze_panes == "A2" and page.auto_filter.ref == "A1:D3"


@pytest.mark.parametrize("words", ["=1+1", "+7 900", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "#N/A"])
def test_words_are_never_a_formula(words: str) -> None:
    cell = opened(Sheet("С", [Column("Слова"), Column("Число", kind="number")], [[words, words]]))["С"]
    for spot in ("A2", "B2"):
        assert cell[spot].data_type == "s" and cell[spot].value.strip() == words.strip()
        assert cell[spot].quotePrefix == (not words.startswith("#"))


def test_what_excel_cannot_hold_is_kept_as_words() -> None:
    row = [12345678901234567890, float("inf"), dt.date(1812, 9, 7), "a\x00b\x0bc", "я" * 40_000, True]
    cells = opened(Sheet("С", [Column("к", kind="number")] * len(row), [row]))["С"][2]
    assert [c.value for c in cells][:4] == ["12345678901234567890", "inf", "1812-09-07", "abc"]
    assert len(cells[4].value) == 32_767 and cells[5].value == "да"


def test_a_number_in_a_column_of_words_stays_words() -> None:
    page = opened(Sheet("С", [Column("Код")], [["007"], [7]]))["С"]
    assert [page["A2"].value, page["A3"].value] == ["007", "7"]


def test_titles_of_sheets_are_those_excel_allows() -> None:
    names = ["Свод [2026]: п. 2/1", "Х" * 40, "х" * 40, "", "'"]
    book = opened(*(Sheet(name, [Column("а")], []) for name in names))
    assert book.sheetnames == ["Свод 2026 п. 2 1", "Х" * 31, "х" * 27 + " (2)", "Лист", "Лист (2)"]
    assert opened().sheetnames == ["Лист 1"]


def test_notes_stand_above_the_heading() -> None:
    page = opened(Sheet("С", [Column("а")], [["1"]], notes=["На 01.03.2026"]))["С"]
    assert [page["A1"].value, page["A2"].value, page["A3"].value] == ["На 01.03.2026", "а", "1"]
    assert page.freeze_panes == "A3"
