"""The production calendar of one office: the common days off with transfers, corrected by the region and the office."""

from __future__ import annotations

import datetime as dt
from copy import copy

from django.db.models import Q

from decisions.deadlines import WorkingCalendar, effective_due
from schools import production
from schools.enums import DueShift
from schools.models import CalendarDay, OfficeSettings, Organization, School


class OfficeCalendar(WorkingCalendar):
    """Working days as the office counts them; corrections are read once, when the calendar is made.

    `of(school)` is the same calendar over that school's week; who works six days is read once too, when first asked.
    """

    def __init__(self, authority: Organization) -> None:
        self._authority = authority
        self._six_day = False
        self._corrections = corrections_of(authority)
        self._other: OfficeCalendar | None = None
        self._six_day_schools: set[int] | None = None

    @property
    def six_days(self) -> OfficeCalendar:
        """The same corrections over a six-day week."""
        if self._other is None:
            self._other = copy(self)
            self._other._six_day = True
        return self._other

    def of(self, organization: int) -> OfficeCalendar:
        """The calendar of one organisation (by its id)."""
        if self._six_day_schools is None:
            rows = School.objects.filter(organization__authority=self._authority, six_day_week=True)
            self._six_day_schools = set(rows.values_list("organization_id", flat=True))
        return self.six_days if organization in self._six_day_schools else self

    def is_working(self, day: dt.date) -> bool:
        if day in self._corrections:
            return self._corrections[day]
        return production.is_working(day, six_day=self._six_day)


def corrections_of(authority: Organization) -> dict[dt.date, bool]:
    """Day → whether it is worked: everybody's, then the region's, then the office's own, the nearest wins."""
    chain = [authority.pk, *_above(authority)]
    rows = CalendarDay.objects.filter(Q(authority_id__in=chain) | Q(authority__isnull=True))
    rank = {None: 0} | {pk: len(chain) - n for n, pk in enumerate(chain)}
    return {row.day: row.working for row in sorted(rows, key=lambda row: rank[row.authority_id])}


def _above(authority: Organization) -> list[int]:
    """Ids of the regional nodes above, nearest first."""
    found: list[int] = []
    parent = authority.parent_id
    while parent is not None and parent not in found and len(found) < 5:
        found.append(parent)
        parent = Organization.objects.filter(pk=parent).values_list("parent_id", flat=True).first()
    return found


def shift_of(authority: Organization) -> DueShift:
    office = OfficeSettings.objects.filter(authority=authority).first()
    return DueShift(office.due_shift) if office else DueShift.BACK


def effective(due: dt.date | None, *, office_calendar: OfficeCalendar, shift: DueShift) -> dt.date | None:
    """The day that counts: moved off a day off by the office's setting (domain.md, section 6.4)."""
    return effective_due(due, office_calendar, shift.value) if due else None
