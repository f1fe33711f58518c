"""Terms as entries of a personal calendar: neutral titles, no school is named, whatever the circulation."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Min
from django.urls import reverse

from config.slots import CalendarEvent
from decisions.models import Assignment
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.reminders.school import reminded
from schools.models import User

LIMIT = 2000


def events(user: User, first: dt.date, last: dt.date) -> list[CalendarEvent]:
    """A school: each of its open tasks. The office: one entry for a clause and day among those the person checks."""
    return [*_own(user, first, last), *_checked(user, first, last)]


def _own(user: User, first: dt.date, last: dt.date) -> list[CalendarEvent]:
    organizations = user.reach("task.answer").organizations
    if not organizations:
        return []
    rows = (
        Assignment.objects.filter(
            organization_id__in=organizations, state__in=OPEN_STATES, effective_due__range=(first, last)
        )
        .select_related("document", "clause")
        .defer(*whole_papers("document"))
        .order_by("effective_due", "pk")[:LIMIT]
    )
    return [
        CalendarEvent(
            uid=f"task-{row.pk}",
            day=row.effective_due,
            title=_title(row),
            path=reverse("decisions:task_detail", args=[row.pk]),
            stamp=row.created_at,
            sequence=row.version,
        )
        for row in rows
        if row.effective_due
    ]


def _checked(user: User, first: dt.date, last: dt.date) -> list[CalendarEvent]:
    reach = user.reach("task.check").authorities
    if not reach:
        return []
    groups = (
        reminded()
        .filter(authority_id__in=reach, checker=user, effective_due__range=(first, last))
        .values("clause_id", "occurrence", "effective_due")
        .annotate(sample=Min("pk"), stamp=Min("created_at"), sequence=Max("version"))
        .order_by("effective_due", "clause_id")[:LIMIT]
    )
    found = list(groups)
    rows = (
        Assignment.objects.filter(pk__in=[group["sample"] for group in found])
        .select_related("document", "clause")
        .defer(*whole_papers("document"))
        .in_bulk()
    )
    out = []
    for group in found:
        row = rows[group["sample"]]
        day = group["effective_due"]
        out.append(
            CalendarEvent(
                uid=f"clause-{group['clause_id']}-{group['occurrence']}-{day:%Y%m%d}",
                day=day,
                title=_title(row),
                path=reverse("decisions:document_detail", args=[row.document_id]),
                stamp=group["stamp"],
                sequence=group["sequence"],
            )
        )
    return out


def _title(row: Assignment) -> str:
    """«Срок по протоколу № 6, п. 2.1»"""
    kind = {"protocol": "протоколу", "order": "приказу"}.get(row.document.kind, "документу")
    number = f" № {row.document.number}" if row.document.number else ""
    clause = f", п. {row.clause.shown_number}" if row.clause.shown_number else ""
    return f"Срок по {kind}{number}{clause}"
