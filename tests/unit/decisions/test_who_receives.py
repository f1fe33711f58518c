"""Who is given something does not carry the order out; who stands in a list with a day of its own does; all means all."""

from __future__ import annotations

import pytest

from decisions.reading.model import Clause
from decisions.reading.reader import read_text
from schools.registry import Registry, RegistryEntry

AUTHORITY = "Отдел образования администрации Залесского района"
REGISTRY = Registry.of(
    [
        RegistryEntry(
            canonical=f"СОШ № {n}", authority=AUTHORITY, kind="СОШ", number=str(n), full_name="", settlement=""
        )
        for n in range(1, 21)
    ]
)


def clause(text: str, present: str = "") -> Clause:
    head = f"{AUTHORITY}\n\nПРОТОКОЛ № 3\nсовещания руководителей\nот 5 февраля 2024 г.\n{present}\nРЕШИЛИ:\n1. "
    return read_text(f"{head}{text}\n2. Отделу подвести итоги.\n", registry=REGISTRY).document.decisions[0]


@pytest.mark.parametrize(
    "text",
    [
        "Воспитанникам СОШ № 7 выдать путёвки до 1 июня 2024 года.",
        "Родителям обучающихся СОШ № 7 разъяснить порядок приёма.",
        "Директору СОШ № 7 объявить замечание.",
        "Педагогам СОШ № 7 вручить грамоты.",
        "Коллективу СОШ № 7 выразить сердечную благодарность.",
        "Педагогам СОШ № 7, подготовившим победителей, начислить премию.",
        "Победителям олимпиады из СОШ № 7 назначить стипендию.",
        "Ученикам СОШ № 7 обеспечить подвоз.",
        "Указать директору СОШ № 7 Орловой П.П. на нарушение сроков.",
    ],
)
def test_who_is_given_something_is_only_mentioned(text: str) -> None:
    found = clause(text)
    assert found.addressees == () and found.mentions == ("СОШ № 7",)


@pytest.mark.parametrize(
    "text",
    [
        "Родителям обеспечить контроль за детьми.",
        "Директору СОШ № 7 выдать учебники ученикам.",
        "Директорам школ вручить грамоты победителям.",
        "СОШ № 7 объявить благодарность педагогам за помощь.",
    ],
)
def test_who_gives_or_cares_does_carry_it_out(text: str) -> None:
    assert clause(text).addressees


OWN_DAYS = (
    ("Провести пробный экзамен: 10 марта – СОШ № 7, 11 марта – СОШ № 8, № 9.", ["7", "8", "9"]),
    ("Провести смотр кабинетов: 10.03 – СОШ № 7; 11.03 – СОШ № 8.", ["7", "8"]),
    ("СОШ № 1 (до 1 апреля), СОШ № 2 (до 5 апреля) представить программы.", ["1", "2"]),
    ("Директорам СОШ № 1, 2 (до 1 апреля), СОШ № 3 (до 5 апреля) сдать акты.", ["1", "2", "3"]),
    ("СОШ № 1 до 1 апреля, СОШ № 2 до 5 апреля представить программы.", ["1", "2"]),
)


@pytest.mark.parametrize(("text", "numbers"), OWN_DAYS)
def test_schools_with_days_of_their_own_all_act_and_the_days_are_asked_about(text: str, numbers: list[str]) -> None:
    found = clause(text)
    assert [a.school for a in found.addressees] == [f"СОШ № {n}" for n in numbers]
    assert "deadline" in {ask.field for ask in found.ask}


def test_a_number_before_a_month_in_the_nominative_is_a_school() -> None:
    assert clause("Провести семинары на базе СОШ № 4 и 10 февраль – апрель 2024 года.").mentions == (
        "СОШ № 4",
        "СОШ № 10",
    )


CLASSES = (
    ("Всем школам, в том числе СОШ № 7, провести собрания.", ["Всем школам", "СОШ № 7"]),
    ("Школам района, прежде всего СОШ № 7, провести собрания.", ["Школам района", "СОШ № 7"]),
    ("Руководителям ОО, в т.ч. СОШ № 7, провести собрания.", ["Руководителям ОО", "СОШ № 7"]),
    ("СОШ № 3 – победитель смотра; всем школам изучить её опыт.", ["всем школам"]),
    ("СОШ № 7 – до 10 марта, всем остальным – до 20 марта сдать планы.", ["СОШ № 7", "всем остальным"]),
    ("СОШ № 7 – до 10.03, остальным школам – до 20.03 сдать планы.", ["СОШ № 7", "остальным школам"]),
    ("СОШ № 7 не позднее трёх рабочих дней со дня выявления сообщать о нём.", ["СОШ № 7"]),
    ("Поставить ученика СОШ № 2 на учёт. СОШ № 7 составить программу.", ["СОШ № 7"]),
    ("Опыт СОШ № 3 – лучшая практика, всем школам изучить его.", ["всем школам"]),
    ("СОШ № 3 – победитель смотра, всем школам изучить её опыт.", ["всем школам"]),
    ("Руководителям школ раз в две недели представлять сведения.", ["Руководителям школ"]),
    ("Отделу воспитания, школам – 1 раз в четверть проводить рейды.", ["Отделу воспитания", "школам"]),
)


@pytest.mark.parametrize(("text", "who"), CLASSES)
def test_a_class_is_read_whole_and_without_how_often(text: str, who: list[str]) -> None:
    assert [a.text for a in clause(text).addressees] == who


def test_who_keeps_the_record_does_not_keep_the_control() -> None:
    found = clause("Контроль оставляю за собой.", "Секретарь: Дик О.О.")
    assert "Дик" not in found.addressees[0].text


def test_a_day_at_the_end_of_what_only_settles_is_asked_about() -> None:
    found = clause("Согласовать график каникул до 20.03.2024.")
    assert found.deadline.kind == "none" and "deadline" in {ask.field for ask in found.ask}
    assert not clause("Принять к сведению отчёт за 2023 год.").ask


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Рекомендовать учителям-предметникам активнее участвовать в конкурсах.", ["учителям-предметникам"]),
        ("Отсутствовавшим на совещании директорам СОШ № 4, СОШ № 5 изучить запись.", ["СОШ № 4", "СОШ № 5"]),
        ("Рекомендовать ГБУЗ «Лесная больница» организовать осмотр в СОШ № 4.", ["ГБУЗ «Лесная больница»"]),
        ("Отделу совместно сМКОУ «СОШ № 4» провести семинар.", ["Отделу"]),
    ],
)
def test_who_acts_is_read_without_what_stands_around(text: str, who: list[str]) -> None:
    assert [a.text for a in clause(text).addressees] == who


BEHIND_LEADS = (
    ("В срок до 10.04.2024 директорам СОШ № 1, 2 представить отчёт.", ["СОШ № 1", "2"]),
    ("В течение марта 2024 года СОШ № 5 провести ремонт.", ["СОШ № 5"]),
    ("К началу учебного года руководителям школ подготовить кабинеты.", ["руководителям школ"]),
    ("До 1 апреля: СОШ № 2, 4 – завершить ремонт; СОШ № 8 – установить камеры.", ["СОШ № 2", "4", "СОШ № 8"]),
    (
        "Начальнику отдела Петровой И.И., директорам СОШ № 3, СОШ № 5 провести сверку.",
        ["Петровой И.И.", "СОШ № 3", "СОШ № 5"],
    ),
)


@pytest.mark.parametrize(("text", "who"), BEHIND_LEADS)
def test_who_acts_is_found_behind_the_term(text: str, who: list[str]) -> None:
    assert [a.text for a in clause(text).addressees] == who


def test_a_person_appointed_in_a_school_works_there() -> None:
    found = clause("Назначить ответственными за работы: в СОШ № 1 – Орлову А.А., в СОШ № 2 – Белову Б.Б.")
    assert [(a.text, a.school) for a in found.addressees] == [("Орлову А.А.", "СОШ № 1"), ("Белову Б.Б.", "СОШ № 2")]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Обеспечить горячее питание (СОШ № 11, 12) с 1 апреля 2024 года.", "addressees"),
        ("СОШ № 7 выделить пять компьютеров.", "addressees"),
        ("СОШ № 7 оказать методическую помощь.", "addressees"),
        ("СОШ № 7 – до 10 марта, всем остальным – до 20 марта сдать планы.", "deadline"),
        ("Провести семинары 10 марта в СОШ № 7, 11 марта в СОШ № 8.", "deadline"),
        ("В СОШ № 15 заменить систему. Срок: II квартал 2024 года. Ответственный: директор.", "addressees"),
        ("В целях повышения качества до 1 мая директорам СОШ № 3, 4 разработать планы.", "addressees"),
        ("Школам провести всеобуч: 1–4 классы – март, 5–9 классы – апрель.", "deadline"),
    ],
)
def test_what_is_not_sure_is_asked(text: str, field: str) -> None:
    assert field in {ask.field for ask in clause(text).ask}
