"""The production calendar: transfers of five-day and six-day weeks, working Saturdays, years nobody has published."""

from __future__ import annotations

import datetime as dt

import pytest

from config.ui.words import term
from schools import production


@pytest.mark.parametrize(
    ("day", "five", "six"),
    [
        ("2026-01-09", False, True),  # moved from a Saturday: not for those who work on Saturdays
        ("2025-12-31", False, False),  # moved from a Sunday: for everybody
        ("2026-03-09", False, False),  # 8 March was a Sunday
        ("2026-05-11", False, True),  # 9 May was a Saturday
        ("2025-11-01", True, True),  # a Saturday worked by transfer
        ("2025-11-08", False, True),  # an ordinary Saturday
        ("2025-11-09", False, False),
        ("2026-02-23", False, False),
        ("2026-02-24", True, True),
    ],
)
def test_whether_a_day_is_worked(day: str, five: bool, six: bool) -> None:
    date = dt.date.fromisoformat(day)
    assert (production.is_working(date), production.is_working(date, six_day=True)) == (five, six)


def test_a_year_without_published_transfers_is_known_as_such() -> None:
    assert production.transfers_known(2026)
    assert not production.transfers_known(2035)
    assert not production.transfers_known(9999)
    assert production.days_off(2035)[dt.date(2035, 1, 7)] == "Рождество Христово"


def test_what_a_day_off_is_called() -> None:
    assert production.days_off(2025)[dt.date(2025, 12, 31)] == "выходной перенесён с 05.01.2025"
    assert production.days_off(2026)[dt.date(2026, 6, 12)] == "День России"


def test_both_days_are_said_where_the_printed_one_is_moved() -> None:
    printed, moved = dt.date(2026, 1, 1), dt.date(2025, 12, 30)
    assert term(printed, moved) == "срок 01.01.2026, действует 30.12.2025"
    assert term(printed, printed) == "срок 01.01.2026"
    assert term(None, None) == ""
