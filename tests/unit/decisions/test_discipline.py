"""Execution discipline on paper-sized examples: what counts, what does not, and both sides of each boundary."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from decisions.discipline import Period, Tally, Work, kind_of, percent, tallies, tally, usual_periods

MARCH = Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
LATER = dt.date(2026, 5, 20)  # the day the report is made, unless said otherwise


def march(day: int) -> dt.date:
    return dt.date(2026, 3, day)


def work(state: str = "assigned", due: dt.date | None = None, answered: dt.date | None = None, **more: Any) -> Work:
    return Work(
        organization=more.pop("organization", 1),
        document=more.pop("document", 1),
        state=state,
        given=more.pop("given", dt.date(2026, 2, 1)),
        due=due,
        answered_on=answered,
        **more,
    )


def done(due: dt.date, answered: dt.date, **more: Any) -> Work:
    return work("done", due, answered, **more)


def test_a_month_of_eight_tasks_as_one_would_count_them_on_paper() -> None:
    works = [
        done(march(10), march(9)),
        done(march(10), march(10)),
        done(march(10), march(11)),
        work("on_check", march(20), march(19)),
        work("returned", march(20)),
        work("withdrawn", march(15), march(14)),
        work("withdrawn", march(15), not_done=True),
        done(march(25), march(25), first_due=march(12)),
    ]
    found = tally(works, MARCH, LATER)
    assert (found.planned, found.done, found.in_time, found.late, found.not_done) == (8, 6, 5, 1, 2)
    assert (found.on_check, found.extended) == (1, 1)
    assert (found.rate, found.in_time_rate) == (Decimal("75.0"), Decimal("62.5"))


def test_recommended_standing_undated_and_without_report_stay_outside_n() -> None:
    works = [
        done(march(10), march(10)),
        work("assigned", march(5), recommended=True),
        work("done", march(5), march(5), recommended=True),
        work("in_work", standing=True),
        work("done", None, march(5), standing=True),
        work("assigned"),
        work("assigned", march(5), reports=False),
    ]
    found = tally(works, MARCH, LATER)
    assert (found.planned, found.rate) == (1, Decimal("100.0"))
    assert (found.recommended, found.recommended_done) == (2, 1)
    assert (found.standing, found.standing_done) == (2, 1)


@pytest.mark.parametrize(
    "released",
    [
        work("cancelled", march(10)),
        work("withdrawn", march(10)),
        work("on_check", march(10), march(9), disputed=True),
    ],
)
def test_what_is_not_the_schools_leaves_the_denominator(released: Work) -> None:
    assert tally([done(march(10), march(10)), released], MARCH, LATER) == Tally(in_time=1)


@pytest.mark.parametrize(
    ("due", "counts"),
    [
        (dt.date(2026, 2, 28), False),
        (march(1), True),
        (march(31), True),
        (dt.date(2026, 4, 1), False),
    ],
)
def test_a_term_belongs_to_the_period_by_its_first_and_last_day(due: dt.date, counts: bool) -> None:
    assert bool(tally([done(due, due)], MARCH, LATER).planned) is counts


def test_the_day_of_the_answer_decides_on_both_sides_of_the_term() -> None:
    assert kind_of(done(march(10), march(10)), MARCH, LATER) == "in_time"
    assert kind_of(done(march(10), march(11)), MARCH, LATER) == "late"


def test_an_answer_after_the_period_does_not_mend_it_but_is_told() -> None:
    assert kind_of(done(march(20), march(31)), MARCH, LATER) == "late"
    after = tally([done(march(20), dt.date(2026, 4, 1))], MARCH, LATER)
    assert (after.done, after.not_done, after.later) == (0, 1, 1)


def test_a_term_of_today_is_still_ahead_and_of_yesterday_is_not_done() -> None:
    today = march(15)
    assert kind_of(work("in_work", march(15)), MARCH, today) == "ahead"
    assert kind_of(work("in_work", march(14)), MARCH, today) == "not_done"
    assert kind_of(work("withdrawn", march(20), not_done=True), MARCH, today) == "not_done"


def test_a_task_done_before_its_term_counts_before_the_term_comes() -> None:
    assert kind_of(done(march(25), march(5)), MARCH, march(6)) == "in_time"


def test_a_prolonged_task_counts_by_its_new_term() -> None:
    moved_out = work("in_work", dt.date(2026, 4, 10), first_due=march(20))
    moved_in = done(march(20), march(18), first_due=dt.date(2026, 2, 10))
    found = tally([moved_out, moved_in], MARCH, LATER)
    assert (found.planned, found.moved, found.extended) == (1, 1, 1)


def test_debts_of_earlier_periods_are_told_apart() -> None:
    february = dt.date(2026, 2, 10)
    found = tally(
        [work("in_work", february), done(february, march(3)), done(february, dt.date(2026, 2, 27))], MARCH, LATER
    )
    assert (found.planned, found.carried, found.rate) == (0, 2, None)


def test_figures_go_by_school_and_by_document() -> None:
    works = [
        done(march(1), march(1), organization=1, document=7),
        work("in_work", march(1), organization=1, document=8),
        done(march(1), march(2), organization=2, document=8),
    ]
    schools = tallies(works, MARCH, LATER, by=lambda one: one.organization)
    papers = tallies(works, MARCH, LATER, by=lambda one: one.document)
    assert {key: row.rate for key, row in schools.items()} == {1: Decimal("50.0"), 2: Decimal("100.0")}
    assert {key: (row.planned, row.in_time_rate) for key, row in papers.items()} == {
        7: (1, Decimal("100.0")),
        8: (2, Decimal("0.0")),
    }


def test_a_share_is_rounded_half_up_and_of_nothing_there_is_none() -> None:
    assert percent(2, 3) == Decimal("66.7")
    assert percent(1, 16) == Decimal("6.3")  # 6.25
    assert percent(0, 0) is None


def test_usual_periods_at_the_turn_of_the_year_and_of_the_school_year() -> None:
    named = dict(usual_periods(dt.date(2026, 1, 15)))
    assert named["прошлый месяц"] == Period(dt.date(2025, 12, 1), dt.date(2025, 12, 31))
    assert named["прошлый квартал"] == Period(dt.date(2025, 10, 1), dt.date(2025, 12, 31))
    assert named["учебный год"] == Period(dt.date(2025, 9, 1), dt.date(2026, 8, 31))
    assert dict(usual_periods(dt.date(2026, 9, 1)))["учебный год"].start == dt.date(2026, 9, 1)
    assert dict(usual_periods(dt.date(2026, 8, 31)))["учебный год"].start == dt.date(2025, 9, 1)
