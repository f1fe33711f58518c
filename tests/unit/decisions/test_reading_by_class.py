"""Classes of printing that once let an error pass in silence: figures that are no terms, lists with exceptions, torn cells."""

from __future__ import annotations

from typing import Any

import pytest

from decisions.reading.child import PASTED, read_file
from decisions.reading.containers.loaded import Unreadable
from decisions.reading.model import to_json
from decisions.reading.reader import MAX_CLAUSES, read_text
from schools.registry import Registry, RegistryEntry

HEADING = "ПРОТОКОЛ № 4\nсовещания директоров\n\n10 ноября 2023 года\n\nРЕШИЛИ:\n"
REGISTRY = Registry.of(
    [
        *(RegistryEntry(canonical=f"СОШ № {n}", kind="СОШ", number=str(n), aliases=()) for n in range(1, 8)),
        RegistryEntry(canonical="ООШ с. Липки", kind="ООШ", settlement="с. Липки", aliases=()),
    ]
)


def decisions(body: str, heading: str = HEADING) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = to_json(read_text(heading + body, registry=REGISTRY))["decisions"]
    return out


def schools(clause: dict[str, Any]) -> list[str]:
    return [a["school"] for a in clause["addressees"] if a["type"] == "school"]


def test_a_report_that_is_noted_is_a_decision_and_ends_none() -> None:
    found = decisions("1. Доклад Орлова П.П. принять к сведению.\n2. Информацию одобрить.\n3. Школам сдать отчёт.\n")
    assert [c["number"] for c in found] == ["1", "2", "3"]


@pytest.mark.parametrize("printed", ["6 декабря 2023 года провести слёт.", "6 школам района провести слёт."])
def test_a_clause_that_begins_with_a_figure_is_not_a_number_with_two_levels(printed: str) -> None:
    found = decisions(f"1. Принять к сведению.\n2. {printed}\n3. Провести семинар.\n")
    assert [c["number"] for c in found] == ["1", "2", "3"] and found[1]["text"] == printed


@pytest.mark.parametrize(
    "what", ["пунктов 1.1–1.3", "п. 1.1-1.3", "пп. 2.1, 2.3", "подпунктов 1.1 и 1.2", "п.п. 1-3, 5.1 протокола"]
)
def test_numbers_of_clauses_are_no_days_and_hide_nobody(what: str) -> None:
    (clause,) = decisions(f"1. Контроль за исполнением {what} возложить на Орлову П.П.\n")
    assert clause["deadline"]["kind"] == "none"
    assert [a["text"] for a in clause["addressees"]] == ["Орлову П.П."]


@pytest.mark.parametrize("listed", ["СОШ №№ 2, З и 5", "СОШ № 2, 5 и З", "СОШ № 2, № З, № 5"])
def test_a_letter_read_for_a_figure_in_a_list_loses_no_school(listed: str) -> None:
    (clause,) = decisions(f"1. Директорам {listed} исправить планы до 01.12.2023.\n")
    assert sorted(schools(clause)) == ["СОШ № 2", "СОШ № 3", "СОШ № 5"]


@pytest.mark.parametrize(
    "listed", ["СОШ № 1–4 (кроме СОШ № 3)", "СОШ № 1–4, кроме СОШ № 3,", "СОШ № 1, 2, 3, 4 (за исключением СОШ № 3)"]
)
def test_a_school_excluded_from_a_range_is_not_responsible(listed: str) -> None:
    (clause,) = decisions(f"1. Директорам {listed} обновить стенды.\n")
    assert schools(clause) == ["СОШ № 1", "СОШ № 2", "СОШ № 4"] and clause["mentions"] == ["СОШ № 3"]


def test_the_list_goes_on_behind_the_bracket_of_an_exception() -> None:
    (clause,) = decisions("1. Директорам СОШ № 1–4 (кроме СОШ № 3) и ООШ с. Липки обновить стенды.\n")
    assert schools(clause) == ["СОШ № 1", "СОШ № 2", "СОШ № 4", "ООШ с. Липки"]


def test_a_cell_that_goes_on_in_the_next_printed_row_is_one_clause_and_a_title_is_none() -> None:
    found = decisions(
        "| № | Исполнители | Содержание решения | Срок |\n"
        "| | | I. Ремонт | |\n"
        "| 1 | СОШ № 5 | Отремонтировать зал | до 1 декабря |\n"
        "| | | по предписанию надзора | |\n"
        "| 2 | СОШ № 6 | Сдать отчёт | до 2 декабря |\n"
    )
    assert [c["text"] for c in found] == ["Отремонтировать зал по предписанию надзора", "Сдать отчёт"]


def test_a_term_between_commas_is_no_part_of_a_class_and_a_year_of_a_participle_no_term() -> None:
    (clause,) = decisions("1. Учителям, аттестующимся в 2024 году, в течение трёх недель записаться на курсы.\n")
    assert [a["text"] for a in clause["addressees"]] == ["Учителям, аттестующимся в 2024 году"]
    assert clause["deadline"]["due"] == "2023-12-01"


def test_an_order_whose_first_clause_names_a_class_by_adjectives_begins_there() -> None:
    heading = "РАСПОРЯЖЕНИЕ\nот 1 марта 2024 г. № 5-р\n\nО проверках\n\nРуководствуясь приказом министерства:\n\n"
    found = decisions("1. Муниципальным образовательным учреждениям:\n1.1. Провести проверку.\n", heading)
    assert [c["number"] for c in found] == ["1", "1.1"] and found[1]["addressees"]


def test_an_annex_of_questions_only_decides_nothing() -> None:
    text = (
        HEADING
        + "1. Школам пройти собеседование.\n\nПредседатель      И.И. Орлов\n\nПриложение 1\nк протоколу\n\nПеречень\n\n"
    )
    reading = to_json(read_text(text + "1. Как идёт работа?\n2. Кто отвечает?\n3. Что сделано?\n", registry=REGISTRY))
    (annex,) = reading["parts"]
    assert annex["decisions"] == [] and len(annex["agenda"]) == 3


def test_clauses_beyond_ninety_nine_and_two_hundred_stay_apart() -> None:
    found = decisions("\n".join(f"{n}. Провести проверку журнала {n} класса." for n in range(1, 261)))
    assert [c["number"] for c in found] == [str(n) for n in range(1, 261)]


def test_a_list_of_more_than_a_thousand_clauses_is_read_to_its_end() -> None:
    found = decisions("\n".join(f"{n}. Провести проверку." for n in range(1, 1203)))
    assert found[-1]["number"] == "1202"


def test_a_letter_behind_a_list_of_schools_is_asked_about() -> None:
    (clause,) = decisions("1. Директорам СОШ № 2, 3, б провести смотр.\n")
    assert "addressees" in [a["field"] for a in clause["ask"]]


def test_a_question_with_no_decision_below_its_mark_is_told_of() -> None:
    text = HEADING.replace("РЕШИЛИ:", "По первому вопросу слушали Орлову П.П.\nРЕШИЛИ:\n")
    text += "По второму вопросу слушали Орлову П.П.\nРЕШИЛИ:\n1. Провести слёт.\n"
    notes = read_text(text, registry=REGISTRY).notes
    assert len(notes) == 1 and "По вопросу 1 решения не найдены" in notes[0]


def test_a_large_figure_at_the_beginning_of_a_line_is_no_clause_of_a_short_list() -> None:
    found = decisions("1. Провести тестирование, к которому допустить\n250. Учеников мало.\n2. Сдать отчёт.\n")
    assert "250" not in [c["number"] for c in found]


@pytest.mark.parametrize(
    ("printed", "healed"),
    [
        ("психолого-\nпедагогической", "психолого-педагогической"),
        ("медико-\nсоциальной", "медико-социальной"),
        ("социально-\nпедагогической", "социально-педагогической"),
        ("образова-\nтельной", "образовательной"),
        ("удовле-\nтворительной", "удовлетворительной"),
    ],
)
def test_a_hyphen_at_a_line_end_stays_only_in_a_compound(printed: str, healed: str) -> None:
    (clause,) = decisions(f"1. Провести заседание {printed} комиссии.\n")
    assert healed in clause["text"]


@pytest.mark.parametrize(
    "printed",
    [
        "Соисполнители: СОШ № 5, Орлов И.И.",
        "соисполнитель(и) – СОШ № 5, Орлов И.И.",
        "(соисполнители: СОШ № 5, Орлов И.И.)",
    ],
)
def test_co_executors_help_and_are_not_responsible(printed: str) -> None:
    (clause,) = decisions(f"1. Директорам СОШ № 1 провести слёт. {printed}\n")
    assert schools(clause) == ["СОШ № 1"] and clause["mentions"] == ["СОШ № 5"]
    helping = [(o["text"], o["school"]) for o in clause["others"] if o["role"] == "co_executor"]
    assert helping == [("СОШ № 5", "СОШ № 5"), ("Орлов И.И.", None)]


def test_co_executors_on_a_line_behind_the_responsible_end_their_list() -> None:
    (clause,) = decisions(
        "1. Провести слёт.\nОтветственный: СОШ № 1.\nСоисполнители: СОШ № 5 и СОШ № 6.\nСрок: 1 декабря.\n"
    )
    assert schools(clause) == ["СОШ № 1"] and clause["deadline"]["due"] == "2023-12-01"
    assert [o["school"] for o in clause["others"] if o["role"] == "co_executor"] == ["СОШ № 5", "СОШ № 6"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADING + "1. Провести " + "а" * 200_000, "длиннее десяти тысяч букв"),
        ("\n".join(f"{n}. Провести проверку." for n in range(42_000)), "больше 20000 строк"),
        (HEADING + "- Провести проверку школы.\n" * (MAX_CLAUSES + 1), f"больше {MAX_CLAUSES} пунктов"),
    ],
)
def test_too_much_for_a_document_is_refused_in_words_within_the_limits(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_file(text.encode(), PASTED, registry=None, seconds=30, megabytes=512)


STACKED = """\t№
\tЧто сделать
\tСрок
\tКто отвечает
\t1
\tПринять отчёт к сведению
\t–
\t–
\t2
\tПроверить журналы
\tдо 1 декабря
\tСОШ № 2, 3
\t3
\tСоставить график
\tОрлова П.П.
\t4
\tСобрать заявки
\tпостоянно
\tСОШ № 5
"""


def test_a_table_whose_cells_stand_one_under_another_is_read_by_its_running_numbers() -> None:
    found = decisions(STACKED)
    assert [c["number"] for c in found] == ["1", "2", "3", "4"]
    assert schools(found[1]) == ["СОШ № 2", "СОШ № 3"] and found[1]["deadline"]["due"] == "2023-12-01"
    assert [a["text"] for a in found[2]["addressees"]] == ["Орлова П.П."] and found[2]["deadline"]["kind"] == "none"
    assert schools(found[3]) == ["СОШ № 5"] and found[3]["deadline"]["kind"] == "ongoing"


@pytest.mark.parametrize(
    ("listed", "who"),
    [
        ("СОШ № 1–3, кроме СОШ № 2, и СОШ № 6", ["СОШ № 1", "СОШ № 3", "СОШ № 6"]),
        ("СОШ № 1–6, кроме СОШ № 2 и СОШ № 6,", ["СОШ № 1", "СОШ № 3", "СОШ № 4", "СОШ № 5"]),
    ],
)
def test_an_exception_closed_by_a_comma_and_an_and_gives_the_list_back(listed: str, who: list[str]) -> None:
    (clause,) = decisions(f"1. Директорам {listed} сдать отчёт до 01.12.2023.\n")
    assert sorted(schools(clause)) == who


@pytest.mark.parametrize(
    ("printed", "who"),
    [
        ("Школам, не сдавшим отчёт, в трёхдневный срок сдать его.", "Школам, не сдавшим отчёт"),
        ("Школам, не сдавшим отчёт, не реже раза в месяц писать о ходе.", "Школам, не сдавшим отчёт"),
        ("Директорам школ. Срок исполнения – до 5 декабря:", "Директорам школ"),
        ("Во исполнение письма от 01.11.2023 № 7, директорам школ сдать отчёт.", "директорам школ"),
        ("Орловой П.П. – до 5 декабря подготовить справку.", "Орловой П.П."),
    ],
)
def test_when_and_why_are_no_part_of_who(printed: str, who: str) -> None:
    clause = decisions(
        f"1. {printed}\n- собрать планы;\n- сдать планы.\n" if printed.endswith(":") else f"1. {printed}\n"
    )[0]
    assert [a["text"] for a in clause["addressees"]] == [who]


def test_a_body_called_by_capitals_alone_is_asked_about_and_an_examination_is_nobody() -> None:
    body, examination = decisions("1. РКЦ провести семинар.\n2. ВПР провести по графику.\n")
    assert [a["text"] for a in body["addressees"]] == ["РКЦ"] and body["ask"]
    assert examination["addressees"] == []


def test_a_heading_torn_between_lines_goes_on_to_its_colon() -> None:
    head, below = decisions("1. Директорам СОШ № 1, ООШ с.\nЛипки, СОШ № 4:\n1.1. сдать отчёт до 1 декабря.\n")
    assert schools(head) == schools(below) == ["СОШ № 1", "ООШ с. Липки", "СОШ № 4"]


@pytest.mark.parametrize("mark", ["Решение педагогического часа:", "Решение рабочей встречи:"])
def test_decisions_of_any_meeting_begin_behind_its_mark(mark: str) -> None:
    found = decisions(
        f"{mark}\n\nОтчёт принять к сведению.\nПровести опрос.\nСрок: до 1 декабря.\nОтв.: методисты по УВР.\n"
        "Составить график.\nСрок: до 5 декабря.\n",
        heading=HEADING.replace("РЕШИЛИ:\n", ""),
    )
    assert [c["deadline"]["due"] for c in found] == [None, "2023-12-01", "2023-12-05"]


def test_a_long_speech_and_its_decision_mark_in_one_paragraph_open_the_decisions() -> None:
    speech = "Слушали Орлову П.П. о питании. " + "Она рассказала о столовых и о меню. " * 12
    found = decisions(
        f"Решили:\n1.1. Отчёт одобрить.\n\n2. {speech}«Проверьте весы». Решили:\n2.1. Директорам СОШ № 1, 2 проверить весы.\n",
        heading=HEADING.replace("РЕШИЛИ:\n", "1. Слушали Белову Т.Т. о ремонте.\n"),
    )
    assert [c["number"] for c in found] == ["1.1", "2.1"] and schools(found[1]) == ["СОШ № 1", "СОШ № 2"]


def test_twice_a_year_repeats_and_the_beginning_of_a_half_year_is_waited_for() -> None:
    twice, begins = decisions(
        "1. СОШ № 1 дважды в год сдавать отчёт.\n2. СОШ № 2 к началу II полугодия составить план.\n"
    )
    assert twice["deadline"]["kind"] == "recurring" and begins["deadline"]["kind"] == "event"


def test_what_a_matter_last_of_all_is_about_is_a_clause_and_no_next_question() -> None:
    found = decisions("1. Провести опрос.\n2. Вопрос о питании рассмотреть на следующем совещании.\n")
    assert [c["number"] for c in found] == ["1", "2"]


def test_a_row_whose_cells_were_copied_with_line_ends_is_one_row() -> None:
    found = decisions(
        "№\tЧто сделать\tСрок\tКто отвечает\n1\tПровести опрос\nна базе СОШ № 1\tк 1 декабря\tОрлова П.П.,\nБелова Т.Т.\n"
        "2\tСобрать заявки\tпостоянно\tСОШ № 5\n"
    )
    assert [c["number"] for c in found] == ["1", "2"]
    assert [a["text"] for a in found[0]["addressees"]] == ["Орлова П.П.", "Белова Т.Т."]


def test_a_title_printed_in_every_column_of_a_merged_row_is_no_clause() -> None:
    title = " | ".join(["Раздел 1. Питание"] * 4)
    found = decisions(f"№ п/п | Мероприятие | Срок | Ответственные\n{title}\n1 | Опрос | май 2024 г. | СОШ № 1\n")
    assert [c["number"] for c in found] == ["1"]


def test_the_number_of_the_next_clause_needs_no_space_behind_it() -> None:
    found = decisions(
        "1. СОШ № 1 сдать отчёт по химии. 2.СОШ № 2 сдать отчёт.\n3. Директорам школ сдать списки. 4.Учителям провести опрос.\n"
    )
    assert [c["number"] for c in found][-2:] == ["3", "4"]


def test_things_counted_behind_a_school_are_no_number_of_it_and_boarding_schools_in_general_are_nobody() -> None:
    registry = Registry.of(
        [*REGISTRY.entries, RegistryEntry(canonical="Липкинская школа-интернат", kind="школа-интернат", aliases=())]
    )
    body = "1. СОШ № 1 передать Липкинской школе-интернату 20 комплектов.\n2. Школам, имеющим пришкольные интернаты, провести ремонт.\n"
    first, second = to_json(read_text(HEADING + body, registry=registry))["decisions"]
    assert first["mentions"] == ["Липкинская школа-интернат"] and schools(first) == ["СОШ № 1"]
    assert [(a["type"], a["text"]) for a in second["addressees"]] == [
        ("group", "Школам, имеющим пришкольные интернаты")
    ]


def test_a_school_called_by_capitals_of_its_own_is_found_by_its_alias() -> None:
    registry = Registry.of(
        [RegistryEntry(canonical="Липкинская СОШ № 1", kind="СОШ", number="1", aliases=("ЛСОШ № 1",))]
    )
    (clause,) = to_json(read_text(HEADING + "1. ЛСОШ № 1 выделить зал.\n", registry=registry))["decisions"]
    assert schools(clause) == ["Липкинская СОШ № 1"]


def test_the_staff_of_a_body_is_a_group_and_the_body_itself_no_party() -> None:
    registry = Registry.of([*REGISTRY.entries, RegistryEntry(canonical="Методический центр", kind="центр", aliases=())])
    (clause,) = to_json(
        read_text(HEADING + "1. Специалистам методического центра выехать в школы.\n", registry=registry)
    )["decisions"]
    assert [(a["type"], a["text"]) for a in clause["addressees"]] == [("group", "Специалистам методического центра")]


def test_a_quarter_has_a_month_where_it_is_printed() -> None:
    (clause,) = decisions("1. СОШ № 1 сдавать отчёт ежеквартально, до 15 числа последнего месяца квартала.\n")
    assert clause["deadline"]["due"] == "2023-12-15"


@pytest.mark.parametrize("what", ["— 5 декабря", "– 05.12.2023", "- 5 участников", "– 7 ноября 2023 года"])
def test_a_day_or_a_count_behind_a_dash_is_no_end_of_a_range(what: str) -> None:
    (clause,) = decisions(f"1. Директору СОШ № 1 {what} провести олимпиаду.\n")
    assert schools(clause) == ["СОШ № 1"]


def test_a_range_stays_one_before_the_district_or_an_order() -> None:
    first, second = decisions("1. СОШ № 1–3 района сдать отчёт.\n2. Директорам СОШ № 4 – 6 провести опрос.\n")
    assert schools(first) == ["СОШ № 1", "СОШ № 2", "СОШ № 3"] and schools(second) == ["СОШ № 4", "СОШ № 5", "СОШ № 6"]
