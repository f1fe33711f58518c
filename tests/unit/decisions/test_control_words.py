"""On whom the control is laid: the sentence of the document and the name in any case of the declension."""

from __future__ import annotations

import pytest

from decisions.control_words import keeps_to_oneself, lays_control, same_person
from decisions.reading.grammar import PERSON


@pytest.mark.parametrize(
    ("text", "lays"),
    [
        ("Контроль за исполнением приказа возложить на заместителя начальника Орлову Н.П.", True),
        ("Контроль исполнения настоящего приказа оставляю за собой.", True),
        ("Общий контроль за исполнением возлагаю на Громова А.В.", True),
        ("Усилить контроль за посещаемостью.", False),
        ("Контроль качества знаний провести до 1 мая.", False),
    ],
)
def test_a_clause_that_lays_control_is_known(text: str, lays: bool) -> None:
    assert lays_control(text) is lays


def test_control_kept_to_oneself() -> None:
    assert keeps_to_oneself("Контроль за исполнением приказа оставляю за собой.")
    assert not keeps_to_oneself("Контроль возложить на Орлову Н.П.")


@pytest.mark.parametrize(
    ("printed", "last", "first", "patronymic", "same"),
    [
        ("Орлову Н.П.", "Орлова", "Наталья", "Петровна", True),
        ("Н. П. Орлову", "Орлова", "Наталья", "Петровна", True),
        ("Орлову Наталью Петровну", "Орлова", "Наталья", "Петровна", True),
        ("Громова А.В.", "Громов", "Андрей", "Викторович", True),
        ("Минскую Е.А.", "Минская", "Елена", "Андреевна", True),
        ("Петрову-Водкину Елену Кузьминичну", "Петрова-Водкина", "Елена", "Кузьминична", True),
        ("Петрову-Малькову Е.К.", "Петрова-Водкина", "Елена", "Кузьминична", False),
        ("Орлову Н.И.", "Орлова", "Наталья", "Петровна", False),
        ("Орлову И.П.", "Орлова", "Наталья", "Петровна", False),
        ("Орловскую Н.П.", "Орлова", "Наталья", "Петровна", False),
        ("заместителя начальника", "Орлова", "Наталья", "Петровна", False),
    ],
)
def test_a_name_in_another_case_is_the_same_person(
    printed: str, last: str, first: str, patronymic: str, same: bool
) -> None:
    assert same_person(printed, last=last, first=first, patronymic=patronymic) is same


@pytest.mark.parametrize("name", ["Гулиеву Севду Рашид кызы", "Гулиева Рашида Мамед-оглы", "Коваля Павла Ильича"])
def test_a_full_name_is_read_whole(name: str) -> None:
    found = PERSON.search(f"МБОУ «СОШ № 2» – {name}, заведующую библиотекой")
    assert found is not None
    assert found.group() == name
