"""Morning lines of this app: a visit tomorrow, an interview near, what waits for a word. Texts name no school but one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse

from config.slots import Morning
from mentoring.enums import InterviewState, VisitState
from mentoring.home import office, school
from mentoring.models import Interview, Visit
from schools.enums import Role
from schools.models import Membership, User

Lines = list[tuple[str, list[tuple[str, str]]]]
DAY = dt.timedelta(days=1)


def _visits(day: dt.date) -> Q:
    return Q(state=VisitState.PLANNED, planned_on__in=[day, day + DAY])


def people(morning: Morning) -> Iterable[int]:
    """Curators and directors with a visit tomorrow, directors with an interview tomorrow."""
    tomorrow = morning.day + DAY
    visits = list(
        Visit.objects.filter(authority_id=morning.authority, state=VisitState.PLANNED, planned_on=tomorrow).values_list(
            "by_id", "school_id"
        )
    )
    talks = Interview.objects.filter(
        authority_id=morning.authority, state=InterviewState.PLANNED, day=tomorrow
    ).values_list("school_id", flat=True)
    schools = {pk for _, pk in visits} | set(talks)
    heads = Membership.objects.held_on(morning.day).filter(role=Role.DIRECTOR, organization_id__in=schools)
    return {pk for pk, _ in visits} | set(heads.values_list("user_id", flat=True))


def bell(ids: Sequence[int], morning: Morning) -> dict[int, tuple[str, str]]:
    """User id → «Завтра визит»."""
    rows = Visit.objects.filter(by_id__in=ids, state=VisitState.PLANNED, planned_on=morning.day + DAY)
    return {row.by_id: ("Завтра визит в школу", reverse("mentoring:visit_detail", args=[row.pk])) for row in rows}


def lines(user: User, day: dt.date) -> Lines:
    """What is open for this person: own visits, what the school or the office is waited for."""
    out: Lines = []
    if user.reach("care.help").organizations:
        rows = Visit.objects.filter(_visits(day), by=user).select_related("school")[:8]
        mine = [
            (
                f"{'Сегодня' if row.planned_on == day else 'Завтра'} визит: {row.school}",
                reverse("mentoring:visit_detail", args=[row.pk]),
            )
            for row in rows
        ]
        if mine:
            out.append(("Визиты", mine))
    for block in (office(user), school(user)):
        if block:
            out.append((block["title"], block["lines"]))
    return out
