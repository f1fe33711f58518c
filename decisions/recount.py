"""Effective days of open tasks counted anew after an office changed its calendar or its rule for days off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from config import clock
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.models import Assignment, AssignmentEvent
from schools.heartbeat import beat
from schools.models import OfficeSettings

MOVED = dt.timedelta(days=31)  # a working day is never further from the printed one


def recount_changed() -> int:
    """Every authority whose calendar was changed since its last recount; returns how many tasks got another day."""
    moved = 0
    offices = OfficeSettings.objects.filter(calendar_changed_at__isnull=False).select_related("authority")
    for office in offices:
        moved += _recount(office)
    beat("due-days", note=f"перенесено действующих сроков: {moved}" if moved else "")
    return moved


@transaction.atomic
def _recount(office: OfficeSettings) -> int:
    """One update for each printed day and kind of week, so the cost does not grow with the number of schools."""
    authority, changed = office.authority, office.calendar_changed_at
    shift = shift_of(authority)
    rows = Assignment.objects.filter(authority=authority, due__isnull=False).open()
    rows = rows.filter(effective_due__range=(F("due") - MOVED, F("due") + MOVED))
    moved = 0
    common = OfficeCalendar(authority)
    for six_day, calendar in ((False, common), (True, common.six_days)):
        those = rows.filter(organization__school__six_day_week=True)
        those = those if six_day else rows.exclude(pk__in=those.values("pk"))
        for due in list(those.values_list("due", flat=True).order_by("due").distinct()):
            day = effective(due, office_calendar=calendar, shift=shift)
            changing = list(those.filter(due=due).exclude(effective_due=day).values_list("pk", "state"))
            Assignment.objects.filter(pk__in=[pk for pk, _ in changing]).update(
                effective_due=day, version=F("version") + 1
            )
            AssignmentEvent.objects.bulk_create(
                AssignmentEvent(
                    assignment_id=pk,
                    kind="действующий срок пересчитан",
                    state=state,
                    comment=f"По производственному календарю: {day:%d.%m.%Y}.",
                    at=clock.now(),
                )
                for pk, state in changing
            )
            moved += len(changing)
    # A change that came meanwhile has another moment and waits for the next recount.
    OfficeSettings.objects.filter(pk=office.pk, calendar_changed_at=changed).update(calendar_changed_at=None)
    return moved
