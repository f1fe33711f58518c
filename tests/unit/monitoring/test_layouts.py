"""Layouts that offices invent: what is certain is read, what is not is left to a person."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.reading.mapping import WrongMapping, describe, mapping_of, read_with_mapping
from monitoring.reading.model import to_json
from monitoring.reading.reader import read_results
from schools.registry import RegistryEntry
from tests.monitoring.containers import Page, write

ONE, TWO = "МБОУ СОШ № 1 г. Белореченск", "МБОУ СОШ № 2 г. Белореченск"
KNOWN = [
    RegistryEntry("СОШ № 1 г. Белореченск", fisoko_login="edu991001", rcoi_code="9101", key=1),
    RegistryEntry("СОШ № 2 г. Белореченск", fisoko_login="edu991002", rcoi_code="9102", key=2),
]
MARKS = {"2": 1, "3": 2, "4": 3, "5": 4}


def read(
    rows: list[list[Any]], merges: tuple[tuple[int, int, int, int], ...] = (), kind: str = "xlsx"
) -> dict[str, Any]:
    return to_json(read_results(write(kind, [Page("Лист1", rows, list(merges))]), "файл", registry=KNOWN))


def rows_of(reading: dict[str, Any], table: int = 0) -> list[tuple[Any, ...]]:
    return [(r["school"], r["participants"], r["counts"]) for r in reading["tables"][table]["rows"]]


def codes(reading: dict[str, Any]) -> list[str]:
    return [p["code"] for p in reading["problems"]]


def test_subjects_across_with_one_number_each_wait_for_a_person() -> None:
    reading = read(
        [["Доля «2», ВПР 2026, 5 класс"], ["Школа", "Русский язык", "Математика"], [ONE, 12.5, 10], [TWO, 3, 4]]
    )
    assert reading["tables"][0]["needs_mapping"] and rows_of(reading) == [] and codes(reading) == ["needs_mapping"]


def test_of_two_columns_of_participants_the_written_one_is_taken_and_two_alike_wait_for_a_person() -> None:
    title = [["Контрольная работа по химии, 9 класс, 12.10.2025"]]
    wrote = read(
        [
            *title,
            ["ОУ", "Кол-во участников по списку", "Кол-во писавших", "2", "3", "4", "5"],
            [ONE, 12, 10, 1, 2, 3, 4],
        ]
    )
    assert rows_of(wrote) == [("СОШ № 1 г. Белореченск", 10, MARKS)]
    unclear = read([*title, ["ОУ", "Кол-во участников", "Участвовали", "2", "3", "4", "5"], [ONE, 12, 10, 1, 2, 3, 4]])
    assert unclear["tables"][0]["needs_mapping"] and rows_of(unclear) == []


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "merges lost in CSV"])
def test_three_rows_of_headings_part_two_subjects(merged: bool) -> None:
    rows = [
        ["Итоги ВПР-2026, 5 классы"],
        ["№", "ОО", "Русский язык", *[None] * 4, "Математика", *[None] * 4],
        [None, None, "Писали", "Получили отметку", None, None, None, "Писали", "Получили отметку", None, None, None],
        [None, None, None, "2", "3", "4", "5", None, "2", "3", "4", "5"],
        [1, ONE, 10, 1, 2, 3, 4, 20, 5, 5, 5, 5],
    ]
    merges = (
        (1, 0, 3, 0),
        (1, 1, 3, 1),
        (1, 2, 1, 6),
        (1, 7, 1, 11),
        (2, 2, 3, 2),
        (2, 7, 3, 7),
        (2, 3, 2, 6),
        (2, 8, 2, 11),
    )
    reading = read(rows, merges) if merged else read(rows, kind="csv-cp1251-semicolon")
    assert [t["subject"] for t in reading["tables"]] == ["Русский язык", "Математика"]
    assert rows_of(reading) == [("СОШ № 1 г. Белореченск", 10, MARKS)]
    assert rows_of(reading, 1) == [("СОШ № 1 г. Белореченск", 20, {"2": 5, "3": 5, "4": 5, "5": 5})]


def test_a_trial_exam_is_never_the_exam() -> None:
    reading = read(
        [
            ["Пробный ОГЭ по математике, 9 класс, март 2026 г."],
            ["ОО", "Кол-во участников", "2", "3", "4", "5"],
            [ONE, 10, 1, 2, 3, 4],
        ]
    )
    table = reading["tables"][0]
    assert (table["form"], table["procedure"], table["grade"], table["date"]) == ("plain_table", "КР", 9, None)


def test_fractions_without_a_format_are_not_taken_for_per_cent() -> None:
    reading = read(
        [
            ["ВПР 2026 Химия 8 класс"],
            ["Школа", "Кол-во участников", "2", "3", "4", "5"],
            [ONE, 10, 0.1, 0.2, 0.3, 0.4],
            [TWO, 20, 0.1, 0.2, 0.3, 0.4],
        ]
    )
    assert [r[2] for r in rows_of(reading)] == [None, None] and codes(reading) == ["sum_mismatch"] * 2


def test_a_code_and_a_full_name_of_different_schools_name_neither() -> None:
    reading = read(
        [
            ["ОГЭ 2026 математика"],
            ["Код ОО", "ОО", "Кол-во участников", "2", "3", "4", "5"],
            [9101, TWO, 10, 1, 2, 3, 4],
        ]
    )
    assert rows_of(reading) == [(None, 10, MARKS)] and codes(reading) == ["unknown_school"]


def test_a_dash_among_numbers_and_a_cell_shifted_to_the_left_are_told() -> None:
    reading = read(
        [
            ["ОГЭ 2026 математика"],
            ["ОО", "Кол-во участников", "2", "3", "4", "5"],
            [ONE, 9, "-", 2, 3, 4],
            [TWO, 1, 2, 3, 4],
        ]
    )
    assert [r[2] for r in rows_of(reading)] == [None, None] and codes(reading) == ["bad_number"] * 2


def test_a_column_of_schools_without_a_heading_is_found_by_its_names() -> None:
    reading = read(
        [["ОГЭ 2026 математика"], [None, "Всего", "2", "3", "4", "5"], [ONE, 10, 1, 2, 3, 4], [TWO, 10, 1, 2, 3, 4]]
    )
    assert rows_of(reading) == [("СОШ № 1 г. Белореченск", 10, MARKS), ("СОШ № 2 г. Белореченск", 10, MARKS)]


def test_grades_in_a_column_are_tables_of_their_own() -> None:
    reading = read(
        [
            ["Результаты ВПР 2026 по математике"],
            ["ОО", "Класс", "Кол-во участников", "2", "3", "4", "5"],
            [ONE, 5, 10, 1, 2, 3, 4],
            [ONE, 6, 20, 5, 5, 5, 5],
        ]
    )
    assert [(t["grade"], len(t["rows"])) for t in reading["tables"]] == [(5, 1), (6, 1)] and codes(reading) == []


@pytest.mark.parametrize("kind", ["xlsx", "csv-utf8-semicolon"])
def test_lines_of_classes_under_one_printed_name_are_never_the_school(kind: str) -> None:
    rows = [
        ["ВПР 2026 Химия 8 класс"],
        ["Школа", "Класс", "Кол-во участников", "2", "3", "4", "5"],
        [ONE, "8А", 10, 1, 2, 3, 4],
        [None, "8Б", 10, 1, 2, 3, 4],
        [TWO, "8", 10, 1, 2, 3, 4],
    ]
    reading = read(rows, ((2, 0, 3, 0),), kind)
    assert rows_of(reading) == [("СОШ № 1 г. Белореченск", None, None), ("СОШ № 2 г. Белореченск", 10, MARKS)]
    assert codes(reading) == ["class_rows"]


def test_a_line_of_the_whole_school_speaks_for_it_among_its_classes() -> None:
    heads = [["ВПР 2026 Химия 8 класс"], ["Школа", "Класс", "Кол-во участников", "2", "3", "4", "5"]]
    reading = read([*heads, [ONE, "8А", 4, 1, 1, 1, 1], [ONE, "8Б", 6, 0, 1, 2, 3], [ONE, "всего", 10, 1, 2, 3, 4]])
    assert rows_of(reading) == [("СОШ № 1 г. Белореченск", 10, MARKS)] and codes(reading) == []


def test_points_are_not_marks_and_a_school_called_secondary_is_no_average() -> None:
    points = read(
        [
            ["Баллы, химия"],
            ["ОО", "Кол-во участников", "0 баллов", "1 балл", "2 балла", "3 балла", "4 балла", "5 баллов"],
            [ONE, 10, 0, 0, 1, 2, 3, 4],
            [TWO, 10, 0, 0, 1, 2, 3, 4],
        ]
    )
    assert not points["tables"][0]["rows"]
    lines = read(
        [
            ["ОГЭ 2026 математика"],
            ["ОО", "Кол-во участников", "2", "3", "4", "5"],
            ["Средняя школа с. Дальнее", 10, 1, 2, 3, 4],
            ["Средние", None, 1, 2, 3, 4],
        ]
    )
    assert rows_of(lines) == [(None, 10, MARKS)] and codes(lines) == ["unknown_school"]


def test_names_of_pupils_are_in_no_word_of_the_reading() -> None:
    reading = read(
        [
            ["Контрольная работа по химии 9 класс 12.10.2025"],
            ["ФИО", "Школа", "Класс", "Оценка"],
            ["Невидимкин П.", ONE, "9А", 5],
            ["Скрытнева О.", ONE, "9Б", "2О"],
            ["Тайнов И.", TWO, "9А", "н"],
        ]
    )
    assert "Невидимкин" not in str(reading) and "Скрытнева" not in str(reading) and "Тайнов" not in str(reading)
    assert rows_of(reading) == [("СОШ № 1 г. Белореченск", 2, None)] and codes(reading) == [
        "bad_number",
        "personal_data_dropped",
    ]


def test_a_list_of_telephones_is_no_table_of_results() -> None:
    reading = read([["Телефоны"], ["Школа", "Телефон"], [ONE, 21530], [TWO, 21531]])
    assert reading["tables"][0]["rows"] == []


UNKNOWN = [
    ["Контрольная работа по химии, 9 класс, 2025-2026 учебный год"],
    ["Площадка", "Народу", "Плохо", "Так себе", "Нормально", "Прекрасно"],
    [ONE, 10, 1, 2, 3, 4],
    [TWO, 9, 1, 2, 3, 4],
]


def test_an_unknown_table_is_described_for_a_person_and_read_by_the_answer() -> None:
    data = write("xlsx", [Page("Лист1", UNKNOWN)])
    reading = to_json(read_results(data, "файл", registry=KNOWN))
    assert reading["tables"][0]["needs_mapping"] and reading["tables"][0]["rows"] == []
    (table,) = describe(data, "файл", registry=KNOWN)["sheets"][0]["tables"]
    assert [c["heading"] for c in table["columns"]] == UNKNOWN[1]
    assert (
        table["columns"][0]["guess"] == "school" and table["sample"][0]["cells"][1] == "10" and table["first_line"] == 3
    )
    answer = mapping_of(
        {
            "columns": {"school": 0, "participants": 1, "mark_2": 2, "mark_3": 3, "mark_4": 4, "mark_5": 5},
            "headings_key": table["headings_key"],
        }
    )
    read_again = to_json(read_with_mapping(data, "файл", answer, registry=KNOWN))
    assert rows_of(read_again) == [("СОШ № 1 г. Белореченск", 10, MARKS), ("СОШ № 2 г. Белореченск", 9, None)]
    assert (read_again["tables"][0]["procedure"], read_again["tables"][0]["grade"]) == ("КР", 9)
    assert codes(read_again) == ["sum_mismatch"]


def test_a_remembered_answer_says_nothing_of_what_the_next_file_is_about_and_leaves_other_tables_as_they_are() -> None:
    known = [["ВПР 2026 Физика 8 класс"], ["Школа", "Писали", "2", "3", "4", "5"], [ONE, 10, 1, 2, 3, 4]]
    physics = [["Контрольная работа по физике, 7 класс, 2025-2026 учебный год"], *UNKNOWN[1:], [], *UNKNOWN]
    data = write("xlsx", [Page("Свод", physics), Page("Лист2", known)])
    (table, *_) = describe(data, "файл", registry=KNOWN)["sheets"][0]["tables"]
    columns = {"school": 0, "participants": 1, "mark_2": 2, "mark_3": 3, "mark_4": 4, "mark_5": 5}
    kept = {"columns": columns, "headings_key": table["headings_key"], "sheet": "Лист1", "subject": "Химия", "grade": 9}
    reading = to_json(read_with_mapping(data, "файл", mapping_of(kept), registry=KNOWN))
    about = [(t["procedure"], t["subject"], t["grade"], len(t["rows"])) for t in reading["tables"]]
    assert ("КР", "Физика", 7, 2) in about and ("ВПР", "Физика", 8, 1) in about
    assert "needs_mapping" not in codes(reading)


def test_the_answer_is_remembered_by_headings_and_a_table_that_moved_asks_again() -> None:
    other_year = [["Сводка за другой год"], UNKNOWN[1], [TWO, 12, 3, 3, 3, 3], [ONE, 8, 2, 2, 2, 2]]
    moved = [[None, *row] for row in UNKNOWN]
    keys = [
        describe(write(kind, [Page("Лист1", rows)]), "файл", registry=KNOWN)["sheets"][0]["tables"][0]["headings_key"]
        for kind, rows in (("xlsx", UNKNOWN), ("xls", UNKNOWN), ("csv-cp1251-semicolon", other_year), ("xlsx", moved))
    ]
    assert len(set(keys[:3])) == 1 and keys[3] != keys[0]


@pytest.mark.parametrize(
    ("columns", "said"),
    [({"mark_2": 1}, "Укажите столбец с названием"), ({"school": 0, "mark_2": 1}, "все четыре"),
     ({"school": 0, "mean": 0}, "выбран дважды"), ({"school": 0, "height": 2}, "Неизвестное назначение"), ({"school": 0}, "отметок, средний")],
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_refused_in_words(columns: dict[str, int], said: str) -> None:
    with pytest.raises(WrongMapping, match=said):
        mapping_of({"columns": columns})


def test_base_and_profile_of_mathematics_are_told_by_a_column_or_by_the_means() -> None:
    rows = [
        ["ЕГЭ 2026 математика"],
        ["ОО", "Уровень", "Участников", "Средний балл", "Не преодолели порог, чел."],
        *[
            [name, level, *said]
            for name in (ONE, TWO)
            for level, said in (("база", (10, 4.1, 1)), ("профиль", (8, 55.5, 2)))
        ],
    ]
    tables = read(rows)["tables"]
    assert [(t["level"], [r["below_minimum"] for r in t["rows"]]) for t in tables] == [
        ("база", [1, 1]),
        ("профиль", [2, 2]),
    ]
    alone = read([["ЕГЭ 2026 математика"], ["ОО", "Участников", "Средний балл"], [ONE, 8, 55.5]])
    assert alone["tables"][0]["level"] == "профиль"


def test_a_share_below_the_minimum_without_a_sign_is_never_a_number_of_people() -> None:
    heads = ["ОО", "Участников", "Средний балл", "Не преодолели порог"]
    reading = read([["ЕГЭ 2026 Химия"], heads, [ONE, 60, 55.5, 50], [TWO, 24, 55.5, 4.17]])
    assert [r["below_minimum"] for r in reading["tables"][0]["rows"]] == [30, 1]
