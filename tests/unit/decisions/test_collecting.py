"""An office's own workbook: what it asks is recognised, what a school returns is read, everything wrong is said at once."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Protection

from decisions.collecting.blank import composed
from decisions.collecting.book import Book, NotAForm, read_book
from decisions.collecting.child import read_apart
from decisions.collecting.join import Answer, carried, changes, join, merged, rolled_up
from decisions.collecting.model import Field, Layout, Table, from_json, to_json
from decisions.collecting.patch import filled
from decisions.collecting.read import Returned, mark_of, read_back
from decisions.collecting.recognise import recognise
from decisions.collecting.values import Unclear, check, understood
from tests.forms import edited, workbook_of

TEACHERS = workbook_of(
    [
        ["Сведения о педагогах"],
        ["Директор", None],
        [],
        ["№ п/п", "ФИО", "Обучающихся", None, "Доля, %", "Примечание"],
        [None, None, "всего", "из них с «2»", None, None],
        [1, 2, 3, 4, 5, 6],
        [1, None, None, None, None, None],
        [2, None, None, None, None, None],
        ["Итого", None, "=SUM(C7:C8)", "=SUM(D7:D8)", None, None],
        ["Исполнитель", None],
    ],
    boxes=["A4:F9", "B2", "B10"],
    merges=["A1:F1", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5"],
)
GRID = workbook_of(
    [
        ["Итоги работы"],
        [],
        ["Класс", "Писали", "Получили «2»", "Дата"],
        ["5 класс"],
        ["6 класс"],
        ["Итого", "=SUM(B4:B5)"],
    ]
)


def layout_of(content: bytes) -> Layout:
    return recognise(read_book(content)).layout


def returned(content: bytes, change: Any) -> Returned:
    layout = layout_of(content)
    sent = filled(content, layout, {}, "1.1.1")
    return read_back(read_book(edited(sent, change)), read_book(content), layout)


def fill_grid(book: Any) -> None:
    page = book.active
    for cell, value in {"B4": 20, "C4": 2, "D4": dt.date(2026, 4, 1), "B5": 18, "C5": 0, "D5": "02.04.2026"}.items():
        page[cell] = value


# --- recognising ---


def test_headings_of_two_rows_with_a_row_of_numbers_and_a_total() -> None:
    first, table, last = layout_of(TEACHERS).parts
    assert isinstance(first, Field) and isinstance(table, Table) and isinstance(last, Field)
    assert (first.label, last.label) == ("Директор", "Исполнитель")
    assert [(c.label, c.kind) for c in table.columns] == [
        ("ФИО", "text"),
        ("Обучающихся — всего", "whole"),
        ("Обучающихся — из них с «2»", "whole"),
        ("Доля, %", "percent"),
        ("Примечание", "text"),
    ]
    assert (table.rows, table.room, table.closed_below) == ((7,), 2, True)
    assert table.columns[2].part_of == table.columns[1].key and not table.columns[4].required


def test_rows_with_labels_are_a_fixed_table_without_its_total() -> None:
    [table] = layout_of(GRID).tables
    assert table.labels == ("5 класс", "6 класс") and [c.kind for c in table.columns] == ["whole", "whole", "date"]


def test_an_indicator_and_its_value_is_a_field() -> None:
    rows = [
        ["Показатель", "Ед. изм.", "Значение"],
        ["Учащихся", "чел."],
        ["Доля отличников", "%"],
        ["Дата проверки", ""],
    ]
    rows[3][1] = "день"
    assert [(f.label, f.kind) for f in layout_of(workbook_of(rows)).fields] == [
        ("Учащихся, чел.", "whole"),
        ("Доля отличников, %", "percent"),
        ("Дата проверки, день", "date"),
    ]


def test_a_protected_sheet_says_itself_what_is_filled() -> None:
    def lock(book: Any) -> None:
        page = book.active
        page.protection.sheet = True
        page["B1"].protection = page["B2"].protection = Protection(locked=False)

    layout = layout_of(
        workbook_of([["Учащихся", None], ["Учителей", 0], ["Всего", "=B1+B2"], ["Подпись", None]], change=lock)
    )
    assert [(f.label, f.row, f.column) for f in layout.fields] == [("Учащихся", 1, 2), ("Учителей", 2, 2)]


def test_a_page_of_plain_words_asks_nothing() -> None:
    found = recognise(read_book(workbook_of([["Уважаемые коллеги"], ["Прочтите приказ"]])))
    assert found.layout.parts == () and "не найдено" in found.notes[0]


def test_a_layout_is_kept_and_read_again() -> None:
    layout = layout_of(TEACHERS)
    assert from_json(to_json(layout)) == layout


# --- writing and reading back ---


def test_the_form_goes_out_filled_and_its_formulas_stay() -> None:
    layout = layout_of(TEACHERS)
    key = layout.tables[0].key
    values = {"f1": "=1+1", f"{key}.0.c1": "Иванова", f"{key}.0.c2": "25", f"{key}.0.c4": "41,5"}
    page = load_workbook(io.BytesIO(filled(TEACHERS, layout, values, "7.1.3.x")))["Форма"]
    assert (page["B2"].value, page["B2"].data_type) == ("=1+1", "s")
    assert (page["B7"].value, page["C7"].value, page["E7"].value) == ("Иванова", 25, 41.5)
    assert page["C9"].value == "=SUM(C7:C8)"
    assert mark_of(read_book(filled(TEACHERS, layout, values, "7.1.3.x"))) == "7.1.3.x"


def test_what_a_school_typed_is_read() -> None:
    found = returned(GRID, fill_grid)
    assert found.problems == []
    assert found.values == {
        "t1.0.c1": "20", "t1.0.c2": "2", "t1.0.c3": "01.04.2026", "t1.1.c1": "18", "t1.1.c2": "0", "t1.1.c3": "02.04.2026",
    }  # fmt: skip


def test_everything_wrong_is_said_at_once_with_its_cell() -> None:
    def spoil(book: Any) -> None:
        fill_grid(book)
        page = book.active
        page["B4"], page["C4"], page["D4"], page["C5"], page["A5"] = "двадцать", -1, "вчера", "=1+", "7 класс"
        page["B6"] = 40
        page["A8"], page["B8"] = "8 класс", 5

    said = {(p.cell, p.value): p.reason for p in returned(GRID, spoil).problems}
    assert "ждём целое число" in said[("B4", "двадцать")]
    assert "меньше наименьшего" in said[("C4", "-1")]
    assert "ждём дату" in said[("D4", "вчера")]
    assert "без посчитанного значения" in said[("C5", "=1+")]
    assert "6 класс" in said[("A5", "7 класс")]
    assert any(cell == "B8" and "лишняя строка" in reason for (cell, _), reason in said.items())


def test_a_total_written_over_by_hand_must_agree() -> None:
    def wrong(book: Any) -> None:
        fill_grid(book)
        book.active["B6"] = 40

    assert [(p.cell, p.reason[:17]) for p in returned(GRID, wrong).problems] == [("B6", "итог не сходится:")]


def test_another_sheet_and_another_form_are_told_apart() -> None:
    def rename(book: Any) -> None:
        fill_grid(book)
        book.active.title = "Лист1"

    renamed = returned(GRID, rename)
    assert renamed.problems == [] and "Лист1" in renamed.notices[0]
    layout = layout_of(GRID)
    other = read_back(read_book(TEACHERS), read_book(GRID), layout)
    assert not other.values and "не похож на форму" in other.problems[0].reason


def test_another_book_instead_of_a_form_of_two_sheets_is_named_once() -> None:
    def second(book: Any) -> None:
        page = book.create_sheet("Кадры")
        page["A1"], page["A2"] = "Вакансий", "Педагогов"

    content = edited(GRID, second)
    other = workbook_of([["Школа", "Учеников"], ["СОШ № 1", 5]], sheet="Отчёт")
    found = read_back(read_book(other), read_book(content), layout_of(content))
    assert [one.reason[:60] for one in found.problems] == [
        "В файле нет ни одного листа формы (есть «Отчёт»): похоже, вы"
    ]


def test_merged_cells_and_errors_of_formulas_are_named() -> None:
    def spoil(book: Any) -> None:
        fill_grid(book)
        page = book.active
        page["C5"] = "#REF!"
        page.merge_cells("B4:C4")

    said = {p.cell: p.reason for p in returned(GRID, spoil).problems}
    assert "объединена с B4" in said["C4"] and "ошибка формулы" in said["C5"]


def test_rows_put_into_a_table_move_what_stands_below() -> None:
    def insert(book: Any) -> None:
        page = book.active
        page["B2"] = "Белова"
        page.unmerge_cells("A1:F1")
        for row, name in ((7, "Иванова"), (8, "Петров"), (9, "Сидоров")):
            for column, value in zip("BCDE", (name, 20, 1, 5), strict=True):
                page[f"{column}{row}"] = value
        page["A9"], page["F9"] = 3, None
        page["A10"], page["C10"], page["D10"] = "Итого", "=SUM(C7:C9)", "=SUM(D7:D9)"
        page["A11"], page["B11"], page["B10"] = "Исполнитель", "Орлов", None

    found = returned(TEACHERS, insert)
    assert found.problems == []
    assert found.values["t2.2.c1"] == "Сидоров" and found.values["f3"] == "Орлов"


def test_more_rows_than_a_closed_table_has_stop_the_file() -> None:
    def beyond(book: Any) -> None:
        page = book.active
        page["B2"] = page["B10"] = "Белова"
        for row in (7, 8):
            for column, value in zip("BCDE", ("Иванова", 20, 1, 5), strict=True):
                page[f"{column}{row}"] = value
        page["C12"] = 7

    assert [(p.cell, p.reason[:13]) for p in returned(TEACHERS, beyond).problems] == [("C12", "лишняя строка")]


# --- hostile files ---


def rewritten(content: bytes, part: str, change: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, change(body) if name == part else body)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "пуст"),
        ("Школа;Учащихся\nСОШ;5".encode("cp1251"), "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "паролем"),
        (b"PK\x03\x04rubbish", "повреждён"),
        (b"%PDF-1.4\0", "не книга"),
        (rewritten(GRID, SHEET, lambda b: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + b), "повреждён"),
        (rewritten(GRID, SHEET, lambda b: b.replace(b"<sheetData>", b"<sheetData>" + b"<row r='9'>" + b"<c/>" * 200_000 + b"</row>")), "слишком велик"),
        (rewritten(GRID, SHEET, lambda b: b + b" " * 60_000_000), "слишком велик"),
        (rewritten(GRID, SHEET, lambda b: b.replace(b"</sheetData>", b"</sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>")), "слишком велик"),
        (rewritten(GRID, SHEET, lambda b: b.replace(b'r="A1"', b'r="ZZZZ1"')), "повреждён"),
        (rewritten(GRID, "xl/workbook.xml", lambda b: b[:100]), "повреждён"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_form_is_refused_with_advice(content: bytes, advice: str) -> None:
    with pytest.raises(NotAForm, match=advice):
        read_book(content)


@pytest.mark.parametrize("content", [GRID, TEACHERS])
def test_a_book_comes_whole_out_of_the_child(content: bytes) -> None:
    assert read_apart(content, "x.xlsx", seconds=20, megabytes=600) == read_book(content)


def test_a_file_that_costs_too_much_is_refused_with_advice() -> None:
    heavy = b"<!--" + random.Random(1).randbytes(5_000_000).hex().encode() + b"-->"  # nothing a pressed size could show
    with pytest.raises(NotAForm, match=r"«x.xlsx» не удалось прочитать при отведённой памяти.*Скачайте форму заново"):
        read_apart(rewritten(GRID, SHEET, lambda b: b + heavy), "x.xlsx", seconds=20, megabytes=48)
    with pytest.raises(NotAForm, match="CSV"):
        read_apart("Школа;Учащихся\nСОШ;5".encode("cp1251"), "x.csv", seconds=20, megabytes=600)


def test_a_cell_at_the_end_of_the_world_costs_nothing() -> None:
    def far(book: Any) -> None:
        book.active["XFD1048576"] = 1

    assert isinstance(read_book(edited(GRID, far)), Book)


# --- values ---


@pytest.mark.parametrize(
    ("kind", "text", "meaning"),
    [
        ("whole", "1 250", "1250"),
        ("number", "−12.50", "-12.50"),
        ("money", "1 250,5 руб.", "1250.5"),
        ("percent", "41,5 %", "41.5"),
        ("date", "1.9.25", "2025-09-01"),
        ("date", "2025-09-01", "2025-09-01"),
        ("yesno", "Да.", "True"),
        ("yesno", "-", "False"),
    ],
)
def test_words_are_understood_as_people_type_them(kind: str, text: str, meaning: str) -> None:
    assert str(understood(Field("f", "Ф", kind), text)) == meaning


@pytest.mark.parametrize(
    ("kind", "text"),
    [("whole", "12,5"), ("whole", "1e3"), ("number", "NaN"), ("number", "9" * 30), ("money", "1,234"), ("date", "31.02.2026"),
     ("date", "45901"), ("yesno", "может быть"), ("text", "я" * 2001)],
)  # fmt: skip
def test_what_does_not_fit_is_told(kind: str, text: str) -> None:
    with pytest.raises(Unclear):
        understood(Field("f", "Ф", kind), text)


def test_a_part_is_not_more_than_the_whole() -> None:
    layout = Layout((Field("a", "Всего", "whole"), Field("b", "из них", "whole", part_of="a")))
    assert [p.key for p in check(layout, {"a": "5", "b": "6"}).problems] == ["b"]
    assert not check(layout, {"a": "5", "b": "5"}).problems


# --- together ---

FORM = Layout(
    (
        Field("f1", "Учащихся", "whole", adds=True),
        Field("f2", "Примечание", required=False),
        Table("t3", "Педагоги", (Field("c1", "ФИО"), Field("c2", "Часов", "number", adds=True))),
    )
)


def test_answers_are_joined_with_totals() -> None:
    rows = [
        Answer(1, "СОШ № 1", {"f1": "10", "t3.0.c1": "А", "t3.0.c2": "1,5"}),
        Answer(2, "СОШ № 2", {"f1": "5", "f2": "нет", "t3.0.c1": "Б", "t3.0.c2": "2", "t3.1.c1": "В", "t3.1.c2": "3"}),
    ]
    single, table = join(FORM, rows)
    assert [str(total) for total in single.totals] == ["15", "None"]
    assert [line.name for line in table.lines] == ["СОШ № 1", "СОШ № 2", "СОШ № 2"]
    assert [str(total) for total in table.totals] == ["None", "6.5"]


def test_answers_from_below_are_summed_upward() -> None:
    rows = [Answer(n, "", {"f1": str(n), "f2": "х", "t3.0.c1": f"У{n}", "t3.0.c2": "1"}) for n in (1, 2)]
    values, number = rolled_up(FORM, [(FORM, row) for row in rows])
    assert values == {"f1": "3", "t3.0.c1": "У1", "t3.0.c2": "1", "t3.1.c1": "У2", "t3.1.c2": "1"} and number == 5


def test_an_answer_goes_over_to_a_changed_form_and_what_is_lost_is_named() -> None:
    new = Layout((Field("f9", "Учащихся", "number"), Field("f8", "Классов", "whole")))
    values, lost = carried(FORM, new, {"f1": "10", "f2": "привет", "t3.0.c1": "А"})
    assert values == {"f9": "10"} and lost == [("Примечание", "привет"), ("строка 1: ФИО", "А")]
    said = changes(FORM, new)
    assert "добавлено «Классов»" in said and "убрано «Примечание»" in said
    assert any(one.startswith("«Учащихся»: теперь число") for one in said)
    assert changes(FORM, FORM) == []


def test_two_people_keep_each_others_words() -> None:
    both = merged({"a": "1", "b": "2"}, {"a": "5", "b": "2", "d": "4"}, {"a": "1", "b": "7"})
    assert both.values == {"a": "5", "b": "7", "d": "4"} and not both.clashes
    assert merged({"a": "1"}, {"a": "2"}, {"a": "3"}).clashes == {"a": ("2", "3")}


def test_a_composed_form_is_a_workbook_that_reads_back() -> None:
    layout = Layout(
        (
            Field("f1", "=Учащихся", "whole", low="0"),
            Field("f2", "Питание", "choice", choices=("горячее", "буфет")),
            Table("t3", "По классам", (Field("c1", "Писали", "whole"),), labels=("5 класс", "6 класс")),
            Table("t4", "Педагоги", (Field("c2", "ФИО"), Field("c3", "Дата", "date"))),
        )
    )
    content, placed = composed("Сведения", "Как заполнять", layout)
    values = {"f1": "5", "f2": "буфет", "t3.0.c1": "7", "t3.1.c1": "8", "t4.0.c2": "007", "t4.0.c3": "01.09.2025"}
    found = read_back(read_book(filled(content, placed, values, "m")), read_book(content), placed)
    assert found.values == values and found.problems == [] and found.notices == []


def test_questions_above_a_boxed_table_are_asked_and_signatures_are_not() -> None:
    layout = layout_of(
        workbook_of(
            [["Сведения"], ["Ответственный:", None], ["Дата заполнения:", None], ["Подпись:", None],
             ["Класс", "Математика", "Физика"], ["9 класс"], ["11 класс"], ["Итого", "=SUM(B6:B7)", "=SUM(C6:C7)"]],
            boxes=["A5:C8"],
        )
    )  # fmt: skip
    assert [(f.label, f.kind) for f in layout.fields] == [("Ответственный", "text"), ("Дата заполнения", "date")]
    [table] = layout.tables
    assert table.title == "Форма"
    assert [(c.label, c.kind, c.adds) for c in table.columns] == [
        ("Математика", "number", True),
        ("Физика", "number", True),
    ]


def test_rows_are_numbered_by_nobody_and_years_of_work_are_not_added() -> None:
    [table] = layout_of(workbook_of([["№ п/п", "ФИО", "Стаж, лет"], [], []], boxes=["A1:C9"])).tables
    assert [(c.label, c.adds) for c in table.columns] == [("ФИО", False), ("Стаж, лет", False)]


def test_a_formula_copied_along_a_row_says_that_all_its_columns_are_numbers() -> None:
    content = workbook_of([["Школа", "Проекты", "Кружки"], ["А"], ["Б"], ["Итого", "=SUM(B2:B3)", "=SUM(C2:C3)"]])
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = (
        parts[sheet]
        .replace(b"<f>SUM(B2:B3)</f>", b'<f t="shared" ref="B4:C4" si="0">SUM(B2:B3)</f>')
        .replace(b"<f>SUM(C2:C3)</f>", b'<f t="shared" si="0"/>')
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    [table] = layout_of(out.getvalue()).tables
    assert [c.kind for c in table.columns] == ["number", "number"]
