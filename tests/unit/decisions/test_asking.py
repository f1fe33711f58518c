"""What a person asks the search line for."""

from __future__ import annotations

import datetime as dt

import pytest

from decisions.asking import Asked, understand
from schools.word_forms import holds, lemma_words, sentence_with

DAY = dt.date(2021, 7, 16)


@pytest.mark.parametrize(
    ("request_", "asked"),
    [
        ("16.07.2021", Asked(days=(DAY,))),
        ("16.7.21 г.", Asked(days=(DAY,))),
        ("16 июля 2021 года", Asked(days=(DAY,))),
        ("6", Asked(number="6", words=("6",), bare=True)),
        ("7/1", Asked(number="7/1", words=("7", "1"), bare=True)),
        ("№ 45-р", Asked(number="45-р")),
        ("протокол № 6 от 16.07.2021", Asked(days=(DAY,), number="6")),
        ("приказ 320", Asked(number="320")),
        ("п. 2.1", Asked(clause="2.1")),
        ("пункт 3 протокола № 6", Asked(number="6", clause="3")),
        ("СОШ № 5 план", Asked(words=("сош", "5", "план"))),
        ("Педсовет ёлка", Asked(words=("педсовет", "елка"))),
        ("32.13.2021", Asked()),
        ("", Asked()),
    ],
)
def test_days_numbers_and_clauses_are_told_from_words(request_: str, asked: Asked) -> None:
    assert understand(request_) == asked


def test_forms_of_a_word_are_one_word() -> None:
    text = "Руководителям школ направить планы работы."
    assert holds(text, ["школа", "план", "работа"])
    assert not holds(text, ["школа", "отчет"])
    assert " школа " in lemma_words(text) and " план " in lemma_words(text)


def test_a_place_or_initials_do_not_end_the_sentence_that_is_shown() -> None:
    text = "Принять к сведению. Руководителям СОШ № 3, СОШ с. Репьёвка, школы им. Пушкина (Титова Е.А. Отдельно) представить план."
    shown = "".join(piece for piece, _ in sentence_with(text, ["план"]))
    assert shown.startswith("Руководителям СОШ № 3, СОШ с. Репьёвка") and shown.endswith("представить план.")


def test_a_long_text_shows_the_sentence_that_was_asked_for() -> None:
    text = "Первое предложение о другом. " + "Слова " * 60 + "и диагностика затруднений. Третье."
    shown = sentence_with(text, ["диагностика"])
    assert [piece for piece, found in shown if found] == ["диагностика"]
    assert sum(len(piece) for piece, _ in shown) < 260
