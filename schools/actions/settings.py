"""What an office sets for itself: how it counts and writes, and the days that differ from the common calendar."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from schools.audit import record
from schools.models import CalendarDay, OfficeSettings, Organization, User


@transaction.atomic
def save_settings(*, by: User, row: OfficeSettings) -> None:
    names = [field.attname for field in OfficeSettings._meta.concrete_fields if not field.primary_key]
    kept = OfficeSettings.objects.filter(pk=row.pk).first()
    before = {name: getattr(kept, name) for name in names} if kept else None
    row.save()
    after = {name: getattr(row, name) for name in names}
    if before != after:
        record(by=by, action="settings.changed", row=row, authority=row.pk, before=before, after=after)


@transaction.atomic
def set_calendar_day(*, by: User, authority: Organization, day: dt.date, working: bool, name: str) -> CalendarDay:
    """A day that this office counts otherwise than the common calendar."""
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
    return row


@transaction.atomic
def drop_calendar_day(*, by: User, row: CalendarDay) -> None:
    record(by=by, action="calendar.dropped", row=row, authority=row.authority_id, summary=str(row))
    row.delete()
