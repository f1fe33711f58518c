"""Containers by content: every kind is read alike, hostile and broken ones are refused with a reason."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest

from monitoring.reading.containers import Unreadable, load
from monitoring.reading.containers.formats import kind_of
from monitoring.reading.model import to_json
from monitoring.reading.reader import read_results
from schools.registry import RegistryEntry
from tests.monitoring.containers import CONTAINERS, Page, Pct, write

SCHOOL = RegistryEntry("СОШ № 1", fisoko_login="edu991001", rcoi_code="9101", key=1)
ROWS = [
    ["Результаты ОГЭ 2026 года по математике"],
    ["Код ОО", "ОО", "Кол-во участников", "«2»", "«3»", "«4»", "«5»", "Успеваемость, %"],
    [9101, "МБОУ СОШ № 1", 10, 1, 2, 3, 4, Pct(0.9)],
    [None, "Итого", 10, 1, 2, 3, 4, Pct(0.9)],
]


def read(data: bytes, name: str = "файл.xlsx") -> dict:  # type: ignore[type-arg]
    return to_json(read_results(data, name, registry=[SCHOOL]))


def codes(data: bytes, name: str = "файл.xlsx") -> list[str]:
    reading = read(data, name)
    assert [t["form"] for t in reading["tables"]] == ["unreadable"] and reading["tables"][0]["rows"] == []
    assert all(
        p["where"] is None and p["severity"] == "error" and p["message"].endswith(".") for p in reading["problems"]
    )
    return [p["code"] for p in reading["problems"]]


@pytest.mark.parametrize("kind", CONTAINERS)
def test_the_same_table_is_read_alike_from_every_container_whatever_its_name(kind: str) -> None:
    reading = read(write(kind, [Page("Лист", ROWS)]), "results.doc")
    (table,) = reading["tables"]
    assert (table["form"], table["procedure"], table["school_year"], table["subject"]) == (
        "rcoi_table", "ОГЭ", "2025/2026", "Математика",
    )  # fmt: skip
    assert [(r["group"], r["school"], r["participants"], r["counts"]) for r in table["rows"]] == [
        ("school", "СОШ № 1", 10, {"2": 1, "3": 2, "4": 3, "5": 4}),
        ("municipality", None, 10, {"2": 1, "3": 2, "4": 3, "5": 4}),
    ]
    assert reading["problems"] == []


def test_what_is_no_table_is_unreadable() -> None:
    whole = write("xlsx", [Page("Лист", ROWS)])
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    for data in (
        whole[: len(whole) // 2],
        b"%PDF-1.7\n...",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
        document.getvalue(),
        b"PK\x03\x04 broken",
        bytes(range(256)) * 20,
        "Уважаемые коллеги!\nНаправляем результаты.".encode(),
    ):
        assert codes(data) == ["unreadable"]


def test_a_password_is_named_as_the_reason() -> None:
    with pytest.raises(Unreadable, match="паролем"):
        load(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))


def test_a_file_without_a_value_is_empty_and_a_hidden_sheet_is_not_read() -> None:
    assert codes(write("xlsx", [Page("Лист", [[]])])) == ["empty"]
    assert codes(write("xlsx", [Page("Лист", [[]]), Page("Скрытый", ROWS, hidden=True)])) == ["empty"]
    assert codes(b"\n\n ;;\n", "файл.csv") == ["empty"] and codes(b"", "файл.xlsx") == ["unreadable"]


def test_a_form_without_rows_keeps_its_name_and_is_empty() -> None:
    reading = read(write("xlsx", [Page("Лист", [["Статистика по отметкам"], [], ["ВПР 2026 Математика 5 класс"]])]))
    (table,) = reading["tables"]
    assert (table["form"], table["subject"], table["grade"], table["rows"]) == ("fisoko_marks", "Математика", 5, [])
    assert [(p["code"], p["where"]) for p in reading["problems"]] == [("empty", None)]


def test_limits_of_size_cells_and_unpacking() -> None:
    assert codes(b"x" * (10 * 1024 * 1024 + 1)) == ["too_large"]
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * (101 * 1024 * 1024))
    assert codes(bomb.getvalue()) == ["too_large"]
    line = ("1;" * 99 + "1\n").encode()
    assert codes(line * 2001, "файл.csv") == ["too_large"]
    assert "too_large" not in codes(line * 2000, "файл.csv")


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 5_000_000)
    data = bytearray(made.getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert codes(bytes(data)) == ["unreadable"]


def test_entities_are_never_resolved() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    ml = evil + b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
    assert codes(ml) == ["unreadable"]
    source = zipfile.ZipFile(io.BytesIO(write("xlsx", [Page("Лист", ROWS)])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for item in source.namelist():
            content = source.read(item)
            package.writestr(item, evil + content if item.endswith("sheet1.xml") else content)
    assert codes(out.getvalue()) == ["unreadable"]


def test_a_cell_far_away_costs_nothing() -> None:
    book = openpyxl.Workbook()
    for r, row in enumerate(ROWS, start=1):
        for c, value in enumerate(row, start=1):
            book.active.cell(r, c, value)
    book.active.cell(1_048_576, 16_384, ".")
    out = io.BytesIO()
    book.save(out)
    assert [r["participants"] for r in read(out.getvalue())["tables"][0]["rows"]] == [10, 10]


def test_a_formula_that_was_never_computed_is_told_and_not_read_as_nothing() -> None:
    rows = [list(row) for row in ROWS]
    rows[2][3] = "=1+0"
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            book.active.cell(r, c, value)
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert reading["tables"][0]["rows"][0]["counts"] is None
    assert [(p["code"], p["where"]) for p in reading["problems"]] == [("bad_number", "row 3")]


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [("0%", "percent"), ("0.00%", "percent"), ('0.00"%"', "2"), ("0.00\\%", "2"), ("General", ""), ("@", ""), ("0.00", "2"),
     ("dd.mm.yyyy", "date"), ("[$-419]d mmm;@", "date"), ("#,##0", ""), ('0" чел."', "")],
)  # fmt: skip
def test_what_a_number_format_says(pattern: str, kind: str) -> None:
    assert kind_of(pattern) == kind
