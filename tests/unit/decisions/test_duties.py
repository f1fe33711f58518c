"""Days of reports that come again: each example can be checked with a calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from decisions import duties
from decisions.duties import Rule, days_between, first_due, next_due, rule_of, words_of

D = dt.date
MONTHLY_10 = "FREQ=MONTHLY;BYMONTHDAY=10"
QUARTERLY_10 = "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"


@pytest.mark.parametrize(
    ("rrule", "after", "due"),
    [
        (MONTHLY_10, D(2026, 3, 5), D(2026, 3, 10)),
        (MONTHLY_10, D(2026, 3, 10), D(2026, 4, 10)),
        (MONTHLY_10, D(2025, 12, 10), D(2026, 1, 10)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", D(2026, 4, 1), D(2026, 4, 30)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", D(2026, 1, 31), D(2026, 2, 28)),
        ("FREQ=MONTHLY;BYMONTHDAY=30", D(2028, 2, 1), D(2028, 2, 29)),
        ("FREQ=MONTHLY;BYMONTHDAY=30", D(2026, 2, 28), D(2026, 3, 30)),
        ("FREQ=MONTHLY;BYMONTHDAY=10,31", D(2026, 2, 10), D(2026, 2, 28)),
        ("FREQ=MONTHLY;BYMONTHDAY=10,20,-1", D(2026, 2, 20), D(2026, 2, 28)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", D(2026, 1, 1), D(2026, 2, 28)),
        (QUARTERLY_10, D(2026, 10, 10), D(2027, 1, 10)),
        ("FREQ=WEEKLY;BYDAY=FR", D(2026, 12, 31), D(2027, 1, 1)),
        ("FREQ=MONTHLY;BYDAY=-1FR", D(2026, 12, 25), D(2027, 1, 29)),
        ("", D(2026, 1, 1), None),
    ],
)
def test_the_next_day_of_a_rule(rrule: str, after: dt.date, due: dt.date | None) -> None:
    assert next_due(rrule, start=D(2025, 9, 1), after=after) == due


def test_every_other_week_counts_from_the_start_of_the_duty() -> None:
    rrule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    assert next_due(rrule, start=D(2026, 9, 7), after=D(2026, 9, 7)) == D(2026, 9, 21)
    assert next_due(rrule, start=D(2026, 9, 7), after=D(2026, 9, 20)) == D(2026, 9, 21)


@pytest.mark.parametrize(
    ("kind", "rrule", "phrase", "rule"),
    [
        ("ongoing", "", "", Rule(True)),
        ("recurring", "FREQ=MONTHLY;BYMONTHDAY=5", "monthly by day 5", Rule(False, "FREQ=MONTHLY;BYMONTHDAY=5")),
        ("recurring", "", "monthly", Rule(False, MONTHLY_10)),
        ("recurring", "", "every quarterly", Rule(False, QUARTERLY_10)),
        ("recurring", "", "once times, school term", Rule(False, duties.SCHOOL_TERM)),
        ("recurring", "FREQ=DAILY", "daily", Rule(True)),
        ("recurring", "", "yearly", Rule(True)),
        ("date", "", "", None),
        ("none", "", "", None),
    ],
)
def test_what_repeats_and_how(kind: str, rrule: str, phrase: str, rule: Rule | None) -> None:
    assert rule_of(kind, rrule, phrase) == rule


@pytest.mark.parametrize(
    ("rule", "printed", "start", "due"),
    [
        # default days are for the period that runs: March is reported by 10 April
        (Rule(False, MONTHLY_10), False, D(2026, 3, 5), D(2026, 4, 10)),
        (Rule(False, MONTHLY_10), False, D(2026, 12, 31), D(2027, 1, 10)),
        (Rule(False, QUARTERLY_10), False, D(2026, 2, 1), D(2026, 4, 10)),
        (Rule(False, QUARTERLY_10), False, D(2026, 11, 1), D(2027, 1, 10)),
        # printed days are taken as printed
        (Rule(False, MONTHLY_10), True, D(2026, 3, 5), D(2026, 3, 10)),
        # standing: in June, not within a month from the document
        (Rule(True), False, D(2026, 3, 10), D(2026, 6, 20)),
        (Rule(True), False, D(2026, 6, 1), D(2027, 6, 20)),
    ],
)
def test_the_first_report(rule: Rule, printed: bool, start: dt.date, due: dt.date) -> None:
    assert first_due(rule, rhythm="june", printed=printed, start=start) == due


@pytest.mark.parametrize(
    ("rhythm", "due"),
    [
        ("june", D(2027, 6, 20)),
        ("january", D(2027, 1, 20)),
        ("half_year", D(2027, 1, 20)),
        ("quarter", D(2026, 10, 10)),
        ("never", None),
    ],
)
def test_the_rhythm_of_the_office(rhythm: str, due: dt.date | None) -> None:
    assert first_due(Rule(True), rhythm=rhythm, printed=False, start=D(2026, 9, 1)) == due


def test_missed_days_are_counted_between_two_days() -> None:
    assert days_between(MONTHLY_10, start=D(2026, 1, 1), after=D(2026, 3, 10), before=D(2026, 8, 10)) == 4
    assert days_between(MONTHLY_10, start=D(2026, 1, 1), after=D(2026, 3, 10), before=D(2026, 4, 10)) == 0


def test_terms_of_the_school_year_are_days_of_a_rule() -> None:
    terms = [D(2025, 10, 24), D(2025, 12, 30), D(2026, 3, 27)]
    assert next_due(duties.SCHOOL_TERM, start=D(2025, 9, 1), after=D(2025, 10, 24), terms=terms) == D(2025, 12, 30)
    assert next_due(duties.SCHOOL_TERM, start=D(2025, 9, 1), after=D(2026, 3, 27), terms=terms) is None


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        (MONTHLY_10, "каждый месяц, до 10 числа"),
        ("FREQ=MONTHLY;BYMONTHDAY=5,20", "каждый месяц, до 5 и 20 числа"),
        ("FREQ=WEEKLY;BYDAY=FR", "каждую пятницу"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20", "каждый год: июнь, до 20 числа"),
        ("", "без отчётов"),
    ],
)
def test_a_rule_in_words(rrule: str, words: str) -> None:
    assert words_of(rrule) == words
