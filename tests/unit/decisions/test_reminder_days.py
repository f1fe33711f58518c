"""On which days a term is told of: seven, three, one day before, on the day, a day after, then weekly for eight weeks."""

from __future__ import annotations

import datetime as dt

from decisions.reminders.days import Plan, terms_late_by, terms_told

TERM = dt.date(2026, 4, 10)


def told_days(plan: Plan) -> list[int]:
    """Days from the term on which the plan speaks of it, looking half a year around."""
    days = [TERM + dt.timedelta(days=n) for n in range(-90, 180)]
    return [(day - TERM).days for day in days if TERM in terms_told(plan, [day])]


def test_the_default_plan_of_an_office() -> None:
    assert told_days(Plan()) == [-7, -3, -1, 0, 1, 7, 14, 21, 28, 35, 42, 49, 56]


def test_an_office_may_keep_silent_after_the_term() -> None:
    assert told_days(Plan(before=(1,), on_day=False, after=(), weeks=0)) == [-1]


def test_days_slept_through_are_made_up_for_once() -> None:
    slept = [TERM + dt.timedelta(days=n) for n in (-4, -3, -2)]
    assert TERM in terms_told(Plan(), slept)
    assert TERM not in terms_told(Plan(), slept[:1] + slept[2:])


def test_a_delay_comes_to_a_step_on_one_day_only() -> None:
    days = [TERM + dt.timedelta(days=n) for n in range(1, 30)]
    assert [(day - TERM).days for day in days if TERM in terms_late_by(14, [day])] == [14]
    assert terms_late_by(0, days) == frozenset()
