"""The production calendar of one office: the library's days off with transfers, and the office's own corrections."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays
from django.db.models import Q

from decisions.deadlines import WorkingCalendar, effective_due
from schools.enums import DueShift
from schools.models import CalendarDay, OfficeSettings, Organization


@lru_cache(maxsize=64)
def _library_days(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("RU", years=year))


class OfficeCalendar(WorkingCalendar):
    """Working days as the office counts them. Corrections are read once, when the calendar is made (one query)."""

    def __init__(self, authority: Organization) -> None:
        rows = CalendarDay.objects.filter(Q(authority=authority) | Q(authority__isnull=True)).order_by("authority_id")
        self._corrections = {row.day: row.working for row in sorted(rows, key=lambda r: r.authority_id is not None)}

    def is_working(self, day: dt.date) -> bool:
        if day in self._corrections:
            return self._corrections[day]
        return day.weekday() < 5 and day not in _library_days(day.year)


def shift_of(authority: Organization) -> DueShift:
    office = OfficeSettings.objects.filter(authority=authority).first()
    return DueShift(office.due_shift) if office else DueShift.BACK


def effective(due: dt.date | None, *, office_calendar: OfficeCalendar, shift: DueShift) -> dt.date | None:
    """The day that counts: moved off a day off by the office's setting (domain.md, section 6.4)."""
    return effective_due(due, office_calendar, shift.value) if due else None
