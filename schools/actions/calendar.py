"""Corrections of the production calendar: single days, transfers of a day off, a whole year confirmed by a person.

Every change asks for a recount of the effective days of open tasks (`OfficeSettings.calendar_changed_at`).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from config import clock
from schools.audit import record
from schools.enums import OrganizationKind
from schools.errors import Refused
from schools.models import CalendarDay, CalendarYear, OfficeSettings, Organization, User
from schools.production import days_off


@transaction.atomic
def set_calendar_day(*, by: User, authority: Organization, day: dt.date, working: bool, name: str) -> CalendarDay:
    """A day that this office (or this region) counts otherwise than the common calendar."""
    row, _ = CalendarDay.objects.update_or_create(
        authority=authority, day=day, defaults={"working": working, "name": name}
    )
    record(
        by=by,
        action="calendar.changed",
        row=row,
        authority=authority,
        summary=str(row),
        after={"day": day.isoformat(), "working": working, "name": name},
    )
    _changed(authority)
    return row


@transaction.atomic
def transfer_day_off(*, by: User, authority: Organization, source: dt.date, target: dt.date) -> None:
    """A day off moved from one day to another: the first is worked if it is a weekend day of no holiday, the second is not.

    A day off that falls on a holiday (4 января, воскресенье → 31 декабря) stays a day off itself.
    """
    if source == target:
        raise Refused("День, с которого переносят, и день, на который переносят, совпадают.")
    if not dt.timedelta(days=-366) < target - source < dt.timedelta(days=366):
        raise Refused("Между днями переноса больше года. Проверьте год.")
    name = f"перенос с {source:%d.%m.%Y} на {target:%d.%m.%Y}"
    set_calendar_day(by=by, authority=authority, day=target, working=False, name=name)
    if not _is_holiday(source):
        set_calendar_day(by=by, authority=authority, day=source, working=True, name=name)


def _is_holiday(day: dt.date) -> bool:
    return day in days_off(day.year)


@transaction.atomic
def drop_calendar_day(*, by: User, row: CalendarDay) -> None:
    assert row.authority is not None
    record(by=by, action="calendar.dropped", row=row, authority=row.authority_id, summary=str(row))
    _changed(row.authority)
    row.delete()


@transaction.atomic
def confirm_year(*, by: User, authority: Organization, year: int) -> None:
    """A person says that the transfers of a year, which the program does not know, were entered by hand."""
    row, made = CalendarYear.objects.get_or_create(
        authority=authority, year=year, defaults={"confirmed_by": by, "confirmed_at": clock.now()}
    )
    if made:
        record(by=by, action="calendar.year_confirmed", row=row, authority=authority, summary=str(year))


def _changed(authority: Organization) -> None:
    """The offices that live by this calendar recount: the office itself, or all below a region."""
    offices = Organization.objects.filter(kind=OrganizationKind.AUTHORITY)
    if authority.kind == OrganizationKind.AUTHORITY:
        offices = offices.filter(pk=authority.pk)
    else:
        offices = offices.filter(parent=authority)
    for office in offices:
        OfficeSettings.objects.update_or_create(authority=office, defaults={"calendar_changed_at": clock.now()})
