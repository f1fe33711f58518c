"""Reminders: a school is told of a term three days before, on the day, and each week while it is overdue.

The scan may run as often as it likes: an item of the bell is unique by person, kind, row and day, so nothing is said twice.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.urls import reverse

from config import clock
from config.ui.words import left, overdue
from decisions.models import Assignment
from decisions.models.tasks import OPEN_STATES
from decisions.news import people_of, tell
from schools.models import OfficeSettings, Organization

AHEAD = (3, 1, 0)  # days before the term
EVERY = 7  # days between reminders of what is overdue


def remind_all() -> int:
    """One scan over the tasks whose day is near or past, each by the clock of its place."""
    told = 0
    for authority in Organization.objects.filter(kind__in=["authority", "ministry"]):
        told += _remind(authority, clock.today(authority.zone))
    return told


def _remind(authority: Organization, today: dt.date) -> int:
    office = OfficeSettings.objects.filter(authority=authority).first()
    weeks = office.overdue_weeks if office else 6
    days = [today + dt.timedelta(days=n) for n in AHEAD]
    days += [today - dt.timedelta(days=n) for n in range(EVERY, EVERY * weeks + 1, EVERY)]
    rows = list(
        Assignment.objects.filter(authority=authority, state__in=OPEN_STATES, reports=True, recommended=False)
        .filter(Q(effective_due__in=days) | Q(effective_due=today - dt.timedelta(days=1)))
        .select_related("document", "clause")
        .defer("document__source_text", "document__reading")
    )
    people = people_of({row.organization_id for row in rows})
    for row in rows:
        due = row.effective_due
        assert due is not None
        number = f", п. {row.clause.shown_number}" if row.clause.shown_number else ""
        when = overdue(due, today) if due < today else f"срок {due:%d.%m.%Y}, {left(due, today)}"
        tell(
            users=people.get(row.organization_id, []),
            kind="task.overdue" if due < today else "task.near",
            row=row,
            text=f"{row.document.short_title}{number}: {when}",
            url=reverse("decisions:task_detail", args=[row.pk]),
        )
    return len(rows)
