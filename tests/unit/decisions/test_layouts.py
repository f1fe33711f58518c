"""Layouts of papers: nested lists by their marks, plans as tables, questions titled among decisions, who signs."""

from __future__ import annotations

import pytest

from decisions.reading.containers.html import load_html
from decisions.reading.model import ReadDocument
from decisions.reading.reader import read_text
from schools.registry_file import read_registry

A = "Управление образования Лесного района"
REGISTRY = read_registry(
    "\n".join(
        [
            "authority,canonical,full_name,kind,settlement,number,named_after,aliases",
            *(f"{A},СОШ № {n},,СОШ,,{n},," for n in (1, 2, 3, 4)),
            f"{A},Гимназия № 5,,гимназия,,5,,",
            f"{A},Лицей,,лицей,,,,",
            f"{A},СОШ п. Озёрный,,СОШ,п. Озёрный,,,",
            f"{A},Методический центр,,методический центр,,,,РМЦ",
        ]
    ).encode()
)
PROTOCOL = (
    f"{A}\n\nПРОТОКОЛ № 4\nсовещания руководителей школ\n\nот 12 октября 2023 г.\n\n"
    "Председатель: Белова А.А.\nСекретарь: Громов И.И.\n\n"
)
SIGNED = "\n\nПредседатель          А.А. Белова\nСекретарь            И.И. Громов\n"


def read(text: str) -> ReadDocument:
    return read_text(text, registry=None).document


def test_a_list_with_brackets_stands_under_a_list_with_dots_even_under_its_first_point() -> None:
    paper = read(
        "ПРОТОКОЛ № 2\nзаседания совета\nот 30 октября 2025 г.\nПОСТАНОВИЛИ:\n"
        "1. Руководителям объединений:\n1) спланировать работу;\n2) провести уроки;\n3) сдать отчёты.\n"
        "2. Школам принять участие в вебинаре.\n3. Учителям использовать банк заданий."
    )
    assert [c.path for c in paper.decisions] == ["1", "1/1", "1/2", "1/3", "2", "3"]


def test_a_plan_is_read_though_nobody_decides_in_it_and_its_titles_are_no_clauses() -> None:
    paper = read(
        "План мероприятий на 2025/26 учебный год\n\n№ п/п\tМероприятия\tСроки\tОтветственные\n"
        "1. Организация\n1.1.\tИздание приказа\tОктябрь 2025\tУО\n2.\tМетодическая работа\t\t\n"
        "2.1.\tСеминары\tдо 15.12.2025\tметодисты"
    )
    assert [(c.number, c.deadline.kind) for c in paper.decisions] == [("1.1", "month"), ("2.1", "date")]
    assert [p.text for c in paper.decisions for p in c.addressees] == ["УО", "методисты"]


def test_columns_may_stand_in_any_order_and_be_called_by_other_words() -> None:
    paper = read(
        "ПРОТОКОЛ № 2\nсовещания\nот 10 апреля 2023 г.\nРЕШЕНИЕ:\nДата\tМероприятие\tКто отвечает\n"
        "17–21 апреля\tРодительские собрания в 9 и 11 классах\tклассные руководители\n25.04.2023\tПробный экзамен\tруководители школ"
    )
    assert [c.deadline.due.isoformat() for c in paper.decisions if c.deadline.due] == ["2023-04-21", "2023-04-25"]


def test_a_question_titled_among_the_decisions_is_not_a_decision() -> None:
    paper = read(
        "ПРОТОКОЛ № 9\nсовещания\nот 14.11.2025\n\n1. О питании (Белова Н.Н.)\nРешение:\n1. Провести мониторинг до 1 декабря.\n"
        "2. О безопасности (Сидорова М.М.)\nРешение:\n1. Обновить паспорта до 25.11.2025.\n"
    )
    assert [c.path for c in paper.decisions] == ["Q1/1", "Q2/1"]


def test_who_signs_by_surname_or_is_called_secretary_in_brackets_is_found() -> None:
    paper = read(
        "Протокол № 2 планёрки\n30.09.2024\n\nБыли: Шульга Н.Ф. (вёл), Дик А.А. (секретарь)\n\nРешили:\n1. Уточнить смету.\n\nШульга"
    )
    assert (paper.chair, paper.secretary) == ("Н.Ф. Шульга", "А.А. Дик")
    assert [c.text for c in paper.decisions] == ["Уточнить смету."]


def test_a_date_beside_another_language_is_the_papers_date() -> None:
    paper = read(
        "РЕСПУБЛИКАСЫ МӘГАРИФ ИДАРӘСЕ        УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\nБЕРКЕТМӘ / ПРОТОКОЛ\nзаседания совета\n"
        "30 март 2022 ел / 30 марта 2022 года          № 3\n\nРЕШИЛИ:\n1. Провести собрания в течение месяца.\n\n"
        "Начальник управления            Ф.Р. Аминева"
    )
    assert (str(paper.date), paper.chair) == ("2022-03-30", "Ф.Р. Аминева")


def test_a_saved_page_keeps_the_numbers_of_its_nested_lists() -> None:
    page = (
        "<html><body><ol><li>Первый<ol><li>Вложенный</ol><li value=5>Пятый<ol type=a><li>буква</ol></ol>"
        "<ol start=7><li>Седьмой</li><ol><li>рядом</li></ol></ol><ol type=I><li>раздел</ol></body></html>"
    )
    lines = [line for line in load_html(page.encode()).text.split("\n") if line]
    assert lines == ["1. Первый", "1.1. Вложенный", "5. Пятый", "а) буква", "7. Седьмой", "7.1. рядом", "I. раздел"]


def test_a_clause_of_forty_thousand_letters_is_read() -> None:
    head = "ПРОТОКОЛ № 1\nсовещания\nот 12.03.2024\nРЕШИЛИ:\n1. Провести "
    for piece in ("СОШ № 5, ", "отв. ", "кроме СОШ № 5 ", "МБОУ «Лицей «", "(", "а", "до 5 мая "):
        assert len(read(head + piece * (8_000 // len(piece))).decisions) == 1


# What is decided, as printed; then for each clause its path, who must act, by when.
LAYOUTS = {
    "a list in one line, small letters behind brackets": (
        "ПОСТАНОВИЛИ: 1) директорам школ провести диагностику до 20.10.2023; 2) СОШ № 1, СОШ № 2 представить планы до "
        "25 октября; 3) контроль возложить на Громова И.И.",
        [("1", "директорам школ", "2023-10-20"), ("2", "СОШ № 1, СОШ № 2", "2023-10-25"), ("3", "Громова И.И.", None)],
    ),
    "letters in one line": (
        "РЕШИЛИ:\n1. Директорам школ: а) провести собрания до 1 ноября; б) обновить стенды.\n2. СОШ № 4: а) доложить до 20 ноября.",
        [
            ("1", "Директорам школ", None),
            ("1/а", "Директорам школ", "2023-11-01"),
            ("1/б", "Директорам школ", None),
            ("2", "СОШ № 4", None),
            ("2/а", "СОШ № 4", "2023-11-20"),
        ],
    ),
    "«Поручить:», below it executors with tasks of their own": (
        "Решили:\nПоручить:\n• директорам школ:\n- провести собрания до 01.11.2023;\n• методическому центру:\n- подготовить памятки.",
        [
            ("-1", "", None),
            ("-1/-1", "директорам школ", None),
            ("-1/-1/-1", "директорам школ", "2023-11-01"),
            ("-1/-1/-2", "Методический центр", None),
            ("-1/-1/-2/-1", "Методический центр", None),
        ],
    ),
    "dashes on both sides of the executor": (
        "Решили:\n– директору СОШ № 1 – завершить ремонт до 1 ноября;\n– Громову И.И. – проверить исполнение;",
        [("-1", "СОШ № 1", "2023-11-01"), ("-2", "Громову И.И.", None)],
    ),
    "three levels under titles that order nothing": (
        "РЕШИЛИ:\n1. Качество образования\n1.1. Руководителям школ\n1.1.1. провести анализ до 20.10.2023;\n"
        "2. Безопасность\n2.1. СОШ № 3 устранить замечания до 1 декабря.",
        [
            ("1.1", "Руководителям школ", None),
            ("1.1.1", "Руководителям школ", "2023-10-20"),
            ("2.1", "СОШ № 3", "2023-12-01"),
        ],
    ),
    "numbers of sections and clauses in one": (
        "РЕШИЛИ:\nI.1. Директорам школ провести мониторинг до 20.10.2023.\nII.1. СОШ № 2 представить план.",
        [("I.1", "Директорам школ", "2023-10-20"), ("II.1", "СОШ № 2", None)],
    ),
    "paragraph signs": (
        "РЕШИЛИ:\n§ 1. Директорам школ обеспечить явку до 20.10.2023.\n§ 2. СОШ № 2 представить план.",
        [("1", "Директорам школ", "2023-10-20"), ("2", "СОШ № 2", None)],
    ),
    "the word «пункт» before numbers": (
        "РЕШИЛИ:\nПункт 1. Директорам школ обеспечить явку до 20.10.2023.\nПункт 2. СОШ № 2 представить план.",
        [("1", "Директорам школ", "2023-10-20"), ("2", "СОШ № 2", None)],
    ),
    "numbers in brackets": (
        "РЕШИЛИ:\n(1) Директорам школ обеспечить явку до 20.10.2023.\n(2) СОШ № 3 провести опрос.",
        [("1", "Директорам школ", "2023-10-20"), ("2", "СОШ № 3", None)],
    ),
    "numbers without dots": (
        "РЕШИЛИ:\n1 Директорам школ провести мониторинг до 20.10.2023\n2 СОШ № 2 представить план до 25.10.2023",
        [("1", "Директорам школ", "2023-10-20"), ("2", "СОШ № 2", "2023-10-25")],
    ),
    "numbers and dashes": (
        "РЕШИЛИ:\n1 – Директорам школ провести анализ до 20.10.2023.\n2 – СОШ № 3 провести опрос.",
        [("1", "Директорам школ", "2023-10-20"), ("2", "СОШ № 3", None)],
    ),
    "executors on lines of their own": (
        "РЕШЕНИЕ:\n\nСОШ № 1\nПровести ремонт до 01.12.2023.\nПредставить акт.\n\nМетодический центр\nПодготовить график до 25 октября.",
        [
            ("-1", "СОШ № 1", None),
            ("-1/-1", "СОШ № 1", "2023-12-01"),
            ("-1/-2", "СОШ № 1", None),
            ("-2", "Методический центр", None),
            ("-2/-1", "Методический центр", "2023-10-25"),
        ],
    ),
    "terms as headings": (
        "РЕШЕНИЕ:\n\nДо 20 октября 2023 года:\n1. Директорам школ сдать отчёты.\n\nДо 1 ноября 2023 года:\n2. СОШ № 3 представить план.",
        [
            ("-1", "", "2023-10-20"),
            ("1", "Директорам школ", "2023-10-20"),
            ("-2", "", "2023-11-01"),
            ("2", "СОШ № 3", "2023-11-01"),
        ],
    ),
    "a table in markdown": (
        "РЕШИЛИ:\n\n| № | Что сделать | Срок реализации | Ответственный исполнитель |\n|---|---|---|---|\n"
        "| 1 | Провести мониторинг | до 20.10.2023 | руководители школ |\n| 2 | Подготовить справку | 01.11.2023 | РМЦ |",
        [("1", "руководители школ", "2023-10-20"), ("2", "Методический центр", "2023-11-01")],
    ),
    "a table drawn as a box, cells of two lines": (
        "РЕШИЛИ:\n+----+-----------------+----------+--------------+\n| №  | Мероприятие     | Кто      | Срок         |\n"
        "+----+-----------------+----------+--------------+\n| 1  | Провести        | СОШ № 1, | до 20        |\n"
        "|    | мониторинг      | СОШ № 2  | октября 2023 |\n+----+-----------------+----------+--------------+\n"
        "| 2  | Сдать отчёт     | Лицей    | 01.11.2023   |\n+----+-----------------+----------+--------------+",
        [("1", "СОШ № 1, СОШ № 2", "2023-10-20"), ("2", "Лицей", "2023-11-01")],
    ),
    "a table held together by spaces": (
        "РЕШИЛИ:\n\n№    Мероприятие                      Срок             Ответственный\n"
        "1    Провести мониторинг качества     до 20.10.2023    СОШ № 1\n"
        "2    Подготовить сводную справку      01.11.2023       Методический центр\n     по району",
        [("1", "СОШ № 1", "2023-10-20"), ("2", "Методический центр", "2023-11-01")],
    ),
    "who and when in one column": (
        "РЕШИЛИ:\n№\tПоручение\tИсполнитель, срок\n1\tПровести мониторинг качества\tСОШ № 1, до 20.10.2023",
        [("1", "СОШ № 1", "2023-10-20")],
    ),
    "rows grouped by who is responsible": (
        "РЕШИЛИ:\nОтветственный\tПоручение\tСрок\nСОШ № 1\tПровести ремонт\t01.12.2023\n\tПредставить акт\t10.12.2023\n"
        "Гимназия № 5\tОрганизовать олимпиаду\t20.11.2023\n\tСдать отчёт\t",
        [
            ("1", "СОШ № 1", "2023-12-01"),
            ("2", "СОШ № 1", "2023-12-10"),
            ("3", "Гимназия № 5", "2023-11-20"),
            ("4", "Гимназия № 5", None),
        ],
    ),
    "labels of each instruction": (
        "Поручение 1: провести мониторинг\nИсполнитель: СОШ № 1\nСрок исполнения: до 20.10.2023\n\n"
        "Поручение 2: подготовить справку\nИсполнитель: Методический центр\nСрок исполнения: 01.11.2023",
        [("1", "СОШ № 1", "2023-10-20"), ("2", "Методический центр", "2023-11-01")],
    ),
    "nothing says that it is decided": (
        "По итогам совещания:\n– директорам школ провести собрания до 1 ноября;\n– методическому центру подготовить памятки.",
        [("-1", "директорам школ", "2023-11-01"), ("-2", "Методический центр", None)],
    ),
    "the page's head in the middle of a sentence": (
        "РЕШИЛИ:\n1. Директорам школ провести мониторинг и представить\nПротокол совещания от 12.10.2023\n2\nрезультаты до 20.10.2023.\n"
        "2. СОШ № 2 представить план.\nПротокол совещания от 12.10.2023\n3\n3. СОШ № 3 провести опрос.",
        [("1", "Директорам школ", "2023-10-20"), ("2", "СОШ № 2", None), ("3", "СОШ № 3", None)],
    ),
    "points left out of an extract": (
        "РЕШИЛИ:\n1. СОШ № 1 представить план до 20.10.2023.\n<...>\n3. Методическому центру провести семинар.",
        [("1", "СОШ № 1", "2023-10-20"), ("3", "Методический центр", None)],
    ),
}


@pytest.mark.parametrize(("decided", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_clauses_parties_and_terms_come_out_of_any_layout(
    decided: str, expected: list[tuple[str, str, str | None]]
) -> None:
    paper = read_text(PROTOCOL + decided + SIGNED, registry=REGISTRY).document
    read_as = [
        (c.path, ", ".join(a.school or a.text for a in c.addressees), c.deadline.due and c.deadline.due.isoformat())
        for c in paper.decisions
    ]
    assert read_as == expected
    assert (paper.chair, paper.secretary) == ("А.А. Белова", "И.И. Громов")


def test_decisions_told_in_prose_name_everybody_and_are_asked_about() -> None:
    told = "Решили: информацию принять к сведению. Директору СОШ № 1 представить анализ до 1 ноября. Методическому центру провести семинар."
    [clause] = read_text(PROTOCOL + told + SIGNED, registry=REGISTRY).document.decisions
    assert [a.school for a in clause.addressees] == ["СОШ № 1", "Методический центр"]
    assert "text" in {ask.field for ask in clause.ask}


def test_an_order_without_line_breaks_has_its_heading_its_clauses_and_its_signature() -> None:
    paper = read_text(
        f"{A} ПРИКАЗ от 12.10.2023 № 55 О подготовке к ГИА В целях качественной подготовки приказываю: 1. Утвердить план "
        "(приложение). 2. Директорам школ: 2.1. провести собрания до 1 ноября 2023 года; 2.2. назначить ответственных. "
        "3. Контроль за исполнением оставляю за собой. Начальник управления А.А. Белова",
        registry=REGISTRY,
    ).document
    assert (paper.kind, paper.number, str(paper.date), paper.chair) == ("order", "55", "2023-10-12", "А.А. Белова")
    assert [c.path for c in paper.decisions] == ["1", "2", "2.1", "2.2", "3"]
    assert paper.authority == A


def test_a_long_paper_in_one_line_is_read_clause_by_clause() -> None:
    told = " ".join(f"{n}. Школам провести мониторинг до 20.10.2023." for n in range(1, 100))
    paper = read_text(PROTOCOL + "РЕШИЛИ: " + told, registry=REGISTRY).document
    assert [c.number for c in paper.decisions] == [str(n) for n in range(1, 100)]


def test_more_clauses_in_one_line_than_a_program_may_call_itself_are_read() -> None:
    told = " ".join(
        f"{n}. Школам: " + " ".join(f"{n}.{m}. сдать отчёт до 20.10.2023;" for m in range(1, 41)) for n in range(1, 28)
    )
    paper = read_text(PROTOCOL + "РЕШИЛИ: " + told, registry=REGISTRY).document
    assert len(paper.decisions) == 27 * 41
    assert paper.decisions[-1].path == "27.40"


def test_titles_of_questions_above_dotted_decisions_order_nothing_and_who_reported_signs_nothing() -> None:
    paper = read(
        "ПРОТОКОЛ № 2\nсовещания\nот 23 мая 2025 г.\n\n1. Об итогах года\n(Громов И.И.)\n\n"
        "1.1. Принять к сведению информацию.\n1.2. Школам провести анализ до 20.06.2025.\n\n"
        "2. О подготовке к новому году\n(Белова А.А.)\n\n2.1. Школам завершить ремонт.\nСрок: до 15.08.2025.\n"
        "2.2. Методистам провести семинар 22 августа.\n\nНачальник управления    А.А. Белова\n"
    )
    assert [c.number for c in paper.decisions] == ["1.1", "1.2", "2.1", "2.2"]
    assert paper.chair == "А.А. Белова"


def test_an_executor_printed_last_above_the_signature_belongs_to_the_clause() -> None:
    paper = read(
        "ПРИКАЗ\n05.03.2024 № 5\n\nПРИКАЗЫВАЮ:\n1. Собрать отчёты.\nСрок: 05.10.2024.\nИсполнитель - Громов И.И.\n\n"
        "Начальник отдела    А.А. Белова\n\nИсп. Дик О.О., 2-14-15\n"
    )
    (clause,) = paper.decisions
    assert [p.text for p in clause.addressees] == ["Громов И.И."] and paper.chair == "А.А. Белова"


def test_a_list_without_marks_is_over_where_its_last_item_has_its_stop() -> None:
    paper = read(
        "ПРОТОКОЛ № 3\nсовещания\n24 января 2025 г.\n\nРЕШЕНИЕ:\n\nМетодистам провести консультации:\nдля учителей – 30 января;\n"
        "для завучей – 31 января.\n\nВсем школам обновить сайты до 1 марта.\n"
    )
    assert [c.path for c in paper.decisions] == ["-1", "-1/-1", "-1/-2", "-2"]


def test_notes_without_any_mark_of_decisions_are_read_as_their_one_list() -> None:
    paper = read(
        "отдел образования района\nпротокол планёрки №41 от 11.11.24\n\nбыли: громов, дик\n\n1. олимпиада – отчёт до 5.12\n"
        "2. питание – акты до 15.11\n3. отпуска – графики до 1 декабря\n"
    )
    assert [str(c.deadline.due) for c in paper.decisions] == ["2024-12-05", "2024-11-15", "2024-12-01"]


def test_a_number_that_an_editor_put_on_a_line_of_its_own_belongs_to_the_words_below_it() -> None:
    paper = read(
        "ПРИКАЗ\n05.03.2024 № 5\n\nПРИКАЗЫВАЮ:\n1.\nМетодистам собрать отчёты до 01.04.2024.\n2.\nДиректорам сдать отчёты.\n"
        "2.1.\nСдать акт.\n3.\nКонтроль оставляю за собой.\n\nНачальник отдела    А.А. Белова\n"
    )
    assert [c.number for c in paper.decisions] == ["1", "2", "2.1", "3"]


def test_paragraphs_of_an_order_are_sections_when_lists_stand_in_them_and_an_acting_head_signs() -> None:
    paper = read(
        "ПРИКАЗ\n20.08.2024 № 61\n\nПРИКАЗЫВАЮ:\n\n§ 1\nДиректорам школ:\n1. Провести линейки 2 сентября.\n2. Представить отчёты.\n"
        "§ 2\nМетодистам собрать сведения до 10.09.2024.\n\nИ.о. министра      О.О. Ярцев\n"
    )
    assert [c.path for c in paper.decisions] == ["1", "1/1", "1/2", "2"] and paper.chair == "О.О. Ярцев"
    assert [[p.text for p in c.addressees] for c in paper.decisions][2:] == [["Директорам школ"], ["Методистам"]]


def test_those_who_were_counted_and_not_named_contradict_no_list() -> None:
    paper = read(
        "ПРОТОКОЛ № 9\nсовещания\nот 11 марта 2025 г.\n\nПрисутствовали:\nБелова А.А. – начальник;\nдиректора школ – 16 человек.\n\n"
        "Решили:\n1. Школам сдать отчёт до 1 мая.\n"
    )
    assert "attendees_mismatch" not in paper.warnings


def test_who_reported_on_a_question_between_roman_titles_is_no_decision() -> None:
    paper = read(
        "ПРОТОКОЛ № 10\nсовещания директоров школ\nДата: 15 мая 2025 г.\nМесто: СОШ № 7\n\nI. Об окончании года\n"
        "Информацию представила Дик О.О.\nРешение:\n1. Провести звонки 24 мая (все школы).\n\nII. О лагерях\n"
        "Информацию представил Громов И.И.\nРешение:\n1. Директорам школ открыть лагеря до 2 июня.\n"
    )
    assert [c.text for c in paper.decisions] == [
        "Провести звонки 24 мая (все школы).",
        "Директорам школ открыть лагеря до 2 июня.",
    ]
    assert paper.meeting == "совещание директоров школ"
    assert [p.text for p in paper.decisions[0].addressees] == ["все школы"]


def test_a_drawn_table_whose_cells_were_broken_and_whose_last_column_is_empty_keeps_its_rows() -> None:
    paper = read(
        "ПРОТОКОЛ № 2\nаппаратного совещания\n15.01.2025\n\nПОРУЧЕНИЯ:\n\n"
        "№ п/п | Содержание поручения | Исполнитель | Срок исполнения | Отметка\n"
        "1 | Направить отчёт\nо питании | Дик О.О. | 17.01.2025 |\n2 | Проверить жалобы | Громов И.И.,\nБелова А.А. | до 24.01.2025 |\n"
        "3 | Подготовить проект | Громов И.И. | в течение 10 дней | вып.\n"
    )
    assert [(c.number, c.text) for c in paper.decisions][:2] == [
        ("1", "Направить отчёт о питании"),
        ("2", "Проверить жалобы"),
    ]
    assert [[p.text for p in c.addressees] for c in paper.decisions][1] == ["Громов И.И.", "Белова А.А."]


def test_a_heading_of_a_section_that_names_who_acts_may_take_several_printed_lines() -> None:
    paper = read(
        "РЕШЕНИЕ\nколлегии\n12.10.2023 № 4\nКоллегия\nРЕШИЛА:\n\nI. Об итогах четверти\n\n1. Одобрить опыт школ.\n\n"
        "II. Руководителям общеобразовательных организаций, подведомственных\nуправлению:\n\n"
        "1. Провести сверку до 1 ноября 2023 года.\n2. Усилить контроль.\n\n"
        "III. Методическому центру\n(Иванова И.И.):\n\n1. Подготовить справку к 10 ноября 2023 года."
    )
    assert [c.path for c in paper.decisions] == ["I/1", "II", "II/1", "II/2", "III", "III/1"]
    assert [[a.text for a in c.addressees] for c in paper.decisions[2:4]] == [
        ["Руководителям общеобразовательных организаций, подведомственных управлению"]
    ] * 2
    assert paper.decisions[4].is_heading and paper.decisions[5].addressees[1].text == "Иванова И.И."
