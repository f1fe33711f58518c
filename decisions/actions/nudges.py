"""«Напомнить»: the school hears of it in its next daily message, once a day for one task."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from config import clock
from decisions.errors import Refused
from decisions.models import Assignment, AssignmentEvent, Nudge
from schools.audit import record
from schools.models import User


@transaction.atomic
def nudge(*, by: User, assignments: Sequence[Assignment]) -> tuple[int, int]:
    """(how many tasks will be reminded of, how many were asked for today already). Only open ones that wait for an answer."""
    rows = list(
        Assignment.objects.filter(pk__in=[row.pk for row in assignments])
        .open()
        .filter(reports=True)
        .select_related("authority")
        .order_by("pk")
    )
    if not rows:
        raise Refused("Напоминать не о чем: на эти поручения уже ответили.")
    days = {row.pk: clock.today(row.authority.zone) for row in rows}
    asked = set(
        Nudge.objects.filter(assignment__in=rows, day__in=set(days.values())).values_list("assignment_id", "day")
    )
    fresh = [row for row in rows if (row.pk, days[row.pk]) not in asked]
    made = Nudge.objects.bulk_create(
        (Nudge(assignment=row, by=by, day=days[row.pk]) for row in fresh), ignore_conflicts=True
    )
    AssignmentEvent.objects.bulk_create(
        AssignmentEvent(assignment=row, by=by, kind="напоминание школе", comment="Придёт в ближайшем утреннем письме.")
        for row in fresh
    )
    if fresh:
        record(
            by=by,
            action="task.nudged",
            row=fresh[0],
            authority=fresh[0].authority_id,
            summary=f"Напоминание о поручениях: {len(made)}",
            after={"tasks": [row.pk for row in fresh]},
        )
    return len(fresh), len(rows) - len(fresh)
