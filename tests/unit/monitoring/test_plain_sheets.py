"""Sheets written plainly are read quickly, and exactly as the XML parser reads them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest

from monitoring.reading.containers import load, plainly, xlsx
from tests.monitoring.containers import Page, Pct, write
from tests.unit.monitoring.test_samples import FOLDER

ROWS = [
    ["Статистика по отметкам"],
    [" Школа &amp; <сад> ", "№", "Дата", 3.10, "«2»", "4,5"],
    ["СОШ № 1\nг. Заречный", 8101, dt.date(2026, 4, 21), Pct(0.1236), 0, -1.5],
    [],
    [None, "#ДЕЛ/0!", "  ", 1e20, "0012", "x" * 300],
]


def cells(data: bytes) -> list[Any]:
    """Every line with the values, their types and how they are shown."""
    return [
        (sheet.name, number, place, type(value).__name__, value, getattr(value, "text", None))
        for sheet in load(data)
        for number, line in sheet.lines
        for place, value in sorted(line.items())
    ]


def by_parser(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    with monkeypatch.context() as patch:
        patch.setattr(xlsx.plainly, "lines", lambda content: None)
        patch.setattr(xlsx.plainly, "shared", lambda content: None)
        return cells(data)


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_samples_and_a_sheet_of_every_value_are_read_the_same_both_ways(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [path.read_bytes() for path in sorted(FOLDER.glob("*.xlsx"))] + [write("xlsx", [Page("Лист", ROWS)])]
    quick = 0
    for data in files:
        assert cells(data) == by_parser(data, monkeypatch)
        quick += plainly.lines(part(data, "xl/worksheets/sheet1.xml")) is not None
    assert quick == len(files)


HEAD = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><!-- <c r="B1"><v>2</v></c> --></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>а</t></r><r><t>б</t></r></is></c></row>',
        '<row r="1"><c t="n" r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&nbsp;</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&#0;</t></is></c></row>',
        'слово<row r="1"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_anything_else_than_plain_cells_is_left_to_the_parser(body: str) -> None:
    assert plainly.lines((HEAD + body + TAIL).encode()) is None


def test_plain_cells_of_another_encoding_are_left_to_the_parser() -> None:
    sheet = HEAD.replace("UTF-8", "windows-1251") + '<row r="1"><c r="A1"><v>1</v></c></row>' + TAIL
    assert plainly.lines(sheet.encode("cp1251")) is None
    assert plainly.lines(sheet.replace("windows-1251", "utf-8").encode()) == [(1, [(0, None, "n", "1")])]
