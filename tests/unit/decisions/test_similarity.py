"""Clauses that say nearly the same, and those that only look so."""

import pytest

from decisions.similarity import THRESHOLD, alike, nearest, words_of

SAME = [
    (
        "Провести анализ результатов всероссийских проверочных работ до 15.05.2026.",
        "Провести анализ результатов всероссийских проверочных работ в срок до 1 июня 2026 года.",
    ),
    (
        "Разместить на сайте школы телефоны горячей линии по вопросам аттестации.",
        "Телефоны горячей линии по вопросам аттестации разместить на сайте школы.",
    ),
    (
        "Направить в методический центр план работы с обучающимися.",
        "Направить в методический центр планы работы с обучающимися до 01.04.2026",
    ),
    ("Провести диагностику в 5 классах.", "Провести диагностику в 5-х классах до 01.10.2026."),
]
OTHER = [
    ("Провести диагностику по математике в 5 классах.", "Провести диагностику по математике в 9 классах."),
    ("Провести родительские собрания о порядке аттестации.", "Провести семинар для учителей математики."),
    (
        "Направить в методический центр план работы с обучающимися.",
        "Направить в методический центр сведения о победителях олимпиады.",
    ),
    ("Принять участие.", "Принять участие."),
    ("", ""),
]


@pytest.mark.parametrize(("one", "another"), SAME)
def test_the_same_in_other_words_or_with_another_day(one: str, another: str) -> None:
    assert alike(words_of(one), words_of(another)) >= THRESHOLD


@pytest.mark.parametrize(("one", "another"), OTHER)
def test_another_demand(one: str, another: str) -> None:
    assert alike(words_of(one), words_of(another)) < THRESHOLD


def test_the_likest_come_first_and_no_more_than_asked() -> None:
    others = [words_of(text) for pair in SAME + OTHER for text in pair]
    found = nearest(words_of(SAME[0][0]), others)
    assert found[0] == (0, 100.0) and [index for index, _ in found] == [0, 1]
