"""Registry files as offices really have them: old encodings, merged heads, formulas, kinds in other words."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from schools.registry_kinds import exams_of, kind_of, refusal
from schools.registry_table import NotATable, read_table

TEXT = "Краткое наименование;Вид;Населённый пункт\nСОШ N 10;СОШ;г. Заречный\nООШ с. Лесное;ООШ;с. Лесное\n"


def book(rows: Sequence[Sequence[object]], *merged: str) -> bytes:
    workbook, out = Workbook(), io.BytesIO()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"])
def test_a_registry_saved_by_any_program_is_read(encoding: str) -> None:
    rows = read_table(TEXT.encode(encoding)).rows
    assert [row.values["canonical"] for row in rows] == ["СОШ N 10", "ООШ с. Лесное"]


def test_a_cell_merged_over_rows_is_said_of_each_and_a_title_above_the_head_is_passed_over() -> None:
    head = ["Орган управления", "Краткое название", "Вид"]
    table = read_table(
        book([["Реестр"], head, ["УО", "СОШ № 1", "СОШ"], [None, "СОШ № 2", "СОШ"]], "A1:C1", "A3:A4"), "реестр.xlsx"
    )
    assert [row.values["authority"] for row in table.rows] == ["УО", "УО"]


def test_a_formula_without_its_value_is_named_and_not_lost() -> None:
    with pytest.raises(NotATable, match="A2"):
        read_table(book([["Краткое название"], ['="СОШ № "&2']]), "реестр.xlsx")


def test_a_column_named_twice_is_a_problem() -> None:
    (problem,) = read_table(book([["Вид", "Краткое название", "Вид"], ["СОШ", "СОШ № 1", "ООШ"]])).problems
    assert "дважды" in problem.reason


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("CОШ", ("school", "СОШ")),  # the first letter is Latin
        ("С.О.Ш.", ("school", "СОШ")),
        ("общеобразовательное учреждение", ("school", "общеобразовательное учреждение")),
        ("ОУ", ("school", "")),
        ("НШ/ДС", ("school", "НШ/ДС")),
        ("МБДОУ", ("kindergarten", "МБДОУ")),
        ("ДЮСШ", ("extra", "ДЮСШ")),
        ("информационно-методический центр", ("centre", "информационно-методический центр")),
        ("ЦПМПК", ("other", "ЦПМПК")),
        ("детский сад", ("kindergarten", "")),
        ("", ("school", "")),
    ],
)
def test_a_kind_is_understood_in_the_words_of_offices(words: str, kind: tuple[str, str]) -> None:
    assert kind_of(words, under_school=False) == kind


@pytest.mark.parametrize("words", ["абракадабра", "гимназя", "SCHOOL", "1", "сельсовет"])
def test_a_kind_that_says_nothing_is_refused_with_what_can_be_written(words: str) -> None:
    assert kind_of(words, under_school=False) is None
    assert "СОШ, ООШ" in refusal(words)


def test_a_misprinted_kind_is_offered_its_right_spelling() -> None:
    assert "Может быть, «гимназия»?" in refusal("гимназя")


def test_exams_of_a_school_follow_its_type() -> None:
    assert exams_of("МБОУ СОШ") == (True, True)
    assert exams_of("МБОУ ООШ") == (True, False)
    assert exams_of("начальная школа") == (False, False)
