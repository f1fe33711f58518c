"""Layouts of papers: nested lists by their marks, plans as tables, questions titled among decisions, who signs."""

from __future__ import annotations

from decisions.reading.containers.html import load_html
from decisions.reading.model import ReadDocument
from decisions.reading.reader import read_text


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
