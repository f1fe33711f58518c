"""What an office sets for itself: how it counts and writes, and when it reminds."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from config import clock
from schools.audit import record
from schools.models import OfficeSettings, Organization, ReminderPlan, SchoolTerm, User


@transaction.atomic
def save_settings(*, by: User, row: OfficeSettings) -> None:
    names = [
        field.attname for field in OfficeSettings._meta.concrete_fields if not field.primary_key and field.editable
    ]
    kept = OfficeSettings.objects.filter(pk=row.pk).first()
    before = {name: getattr(kept, name) for name in names} if kept else None
    if kept is not None and kept.due_shift != row.due_shift:
        row.calendar_changed_at = clock.now()
    row.save()
    after = {name: getattr(row, name) for name in names}
    if before != after:
        record(by=by, action="settings.changed", row=row, authority=row.pk, before=before, after=after)


@transaction.atomic
def save_plan(*, by: User, row: ReminderPlan) -> None:
    """The plan of reminders of one authority; it counts from the next morning on."""
    names = [field.attname for field in ReminderPlan._meta.concrete_fields if not field.primary_key]
    kept = ReminderPlan.objects.filter(pk=row.pk).first()
    before = {name: str(getattr(kept, name)) for name in names} if kept else None
    row.save()
    after = {name: str(getattr(row, name)) for name in names}
    if before != after:
        record(by=by, action="reminders.changed", row=row, authority=row.pk, before=before, after=after)


@transaction.atomic
def save_terms(*, by: User, authority: Organization, year: int, spans: dict[str, tuple[dt.date, dt.date]]) -> None:
    """The whole school year as the office decided it; what is not named is taken away."""
    rows = SchoolTerm.objects.select_for_update().filter(authority=authority, year=year)
    before = {row.kind: [row.start.isoformat(), row.end.isoformat()] for row in rows}
    after = {kind: [start.isoformat(), end.isoformat()] for kind, (start, end) in spans.items()}
    if before == after:
        return
    rows.delete()
    SchoolTerm.objects.bulk_create(
        SchoolTerm(authority=authority, year=year, kind=kind, start=start, end=end)
        for kind, (start, end) in spans.items()
    )
    record(by=by, action="school_year.changed", row=authority, authority=authority, before=before, after=after)
