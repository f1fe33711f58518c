"""Terms of the school year and of events, each checked with a calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from decisions.deadlines.school_terms import Named, due_of_event, named_in, resolved
from schools.school_year import proposed

D = dt.date
SPANS = {(year, kind): span for year in (2025, 2026) for kind, span in proposed(year).items()}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("по итогам I четверти", Named("quarter_1")),
        ("по окончании третьей четверти", Named("quarter_3")),
        ("в течение IV учебной четверти", Named("quarter_4")),
        ("по итогам 1 полугодия", Named("half_1")),
        ("в осенние каникулы", Named("autumn")),
        ("на период зимних каникул", Named("winter")),
        ("до весенних каникул", Named("spring", before=True)),
        ("в школьные каникулы", Named("holidays")),
        ("по итогам квартала", None),
        ("после ЕГЭ", None),
        ("", None),
    ],
)
def test_what_term_the_words_name(words: str, named: Named | None) -> None:
    assert named_in(words) == named


@pytest.mark.parametrize(
    ("words", "after", "due"),
    [
        ("по итогам I четверти", D(2025, 9, 10), D(2025, 10, 24)),
        ("по итогам I четверти", D(2025, 10, 24), D(2025, 10, 24)),
        ("по итогам I четверти", D(2025, 10, 25), D(2026, 10, 23)),
        ("в осенние каникулы", D(2025, 9, 10), D(2025, 11, 2)),
        ("до весенних каникул", D(2025, 9, 10), D(2026, 3, 27)),
        ("в школьные каникулы", D(2025, 11, 3), D(2026, 1, 11)),
        ("по итогам I полугодия", D(2025, 9, 10), D(2025, 12, 30)),
        ("после ЕГЭ", D(2025, 9, 10), None),
    ],
)
def test_the_day_by_the_school_year(words: str, after: dt.date, due: dt.date | None) -> None:
    assert resolved(words, after=after, spans=SPANS) == due


def test_without_terms_nothing_is_guessed() -> None:
    assert resolved("по итогам I четверти", after=D(2025, 9, 1), spans={}) is None


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("после проведения ЕГЭ", D(2026, 5, 28)),
        ("в течение 5 дней после проведения ЕГЭ", D(2026, 6, 2)),
        ("в течение трёх рабочих дней после ЕГЭ", D(2026, 6, 2)),  # 28.05 is a Thursday
        ("не позднее чем за 10 дней до ЕГЭ", D(2026, 5, 18)),
        ("за 2 рабочих дня до ЕГЭ", D(2026, 5, 26)),
        ("через неделю после ЕГЭ", D(2026, 6, 4)),
        ("в течение месяца после ЕГЭ", D(2026, 6, 28)),
    ],
)
def test_the_day_by_the_event(words: str, due: dt.date) -> None:
    assert due_of_event(words, D(2026, 5, 28)) == due


def test_a_month_after_the_last_day_of_january_is_the_last_of_february() -> None:
    assert due_of_event("в течение месяца после события", D(2026, 1, 31)) == D(2026, 2, 28)
