"""Counting days: working days by a calendar, months, the school calendar, a due day that falls on a day off."""

from __future__ import annotations

import calendar
import datetime as dt

from dateutil.rrule import rrulestr

FIXED_HOLIDAYS = frozenset({(1, d) for d in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})


class WorkingCalendar:
    """The convention of the labels: Monday to Friday without the fixed holidays; yearly transfers are ignored."""

    def is_working(self, day: dt.date) -> bool:
        return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


CONVENTION = WorkingCalendar()


def add_working_days(start: dt.date, days: int, calendar: WorkingCalendar = CONVENTION) -> dt.date:
    """The `days`-th working day after `start` (the next day is day 1)."""
    day, left = start, min(days, 2000)
    while left > 0:
        day += dt.timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def working_days_before(day: dt.date, days: int, calendar: WorkingCalendar = CONVENTION) -> dt.date:
    """The working day that many working days before `day` (0: the day itself, moved back off a day off)."""
    found, left = effective_due(day, calendar), min(days, 2000)
    while left > 0:
        found -= dt.timedelta(days=1)
        left -= calendar.is_working(found)
    return found


def add_months(start: dt.date, months: int) -> dt.date:
    """That day of the month, or the last one where the month is shorter."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def effective_due(due: dt.date, calendar: WorkingCalendar = CONVENTION, mode: str = "back") -> dt.date:
    """The day that counts when `due` is a day off: `back` (default of делопроизводство), `forward` or `stays`."""
    if mode == "stays":
        return due
    step = dt.timedelta(days=-1 if mode == "back" else 1)
    day = due
    for _ in range(30):
        if calendar.is_working(day):
            return day
        day += step
    return due


def occurrences(rrule: str, *, start: dt.date, count: int) -> list[dt.date]:
    """The first `count` days of a rule on or after `start`."""
    rule = rrulestr(rrule, dtstart=dt.datetime.combine(start, dt.time()))
    return [moment.date() for moment, _ in zip(rule, range(count), strict=False)]
