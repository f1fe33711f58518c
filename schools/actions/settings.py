"""What an office sets for itself: how it counts and writes, and when it reminds."""

from __future__ import annotations

from django.db import transaction

from config import clock
from schools.audit import record
from schools.models import OfficeSettings, ReminderPlan, User


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
