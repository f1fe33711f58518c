"""What the start page, the search line and a document's page show of this app."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from config import clock
from config.ui.words import counted
from decisions.models import Document
from mentoring.enums import InterviewState, MentorState, RoadmapState, VisitState
from mentoring.models import CareMessage, Curatorship, Interview, Mentorship, RiskProfile, Visit
from mentoring.offers import waiting_of
from mentoring.views.schools import wards_of
from schools.models import User
from schools.search import normalized


def curator(user: User) -> dict[str, Any] | None:
    """Schools in care with what is due and the next visit."""
    today = clock.today(user.zone)
    lines = wards_of(user, today)
    return {"lines": lines, "today": today} if lines else None


def office(user: User) -> dict[str, Any] | None:
    """What waits for the office: questions of curators, roadmaps to approve, held interviews without a protocol."""
    reach = user.reach("care.edit").authorities
    if not reach:
        return None
    questions = CareMessage.objects.filter(authority_id__in=reach, waiting=True).values("school").distinct().count()
    roadmaps = RiskProfile.objects.filter(authority_id__in=reach, state=RoadmapState.APPROVING).count()
    talks = Interview.objects.filter(authority_id__in=reach, state=InterviewState.HELD).count()
    lines = []
    if questions:
        lines.append(
            (
                counted(questions, "школа", "школы", "школ") + ": куратор ждёт ответа",
                reverse("mentoring:care_list") + "?tab=helped",
            )
        )
    if roadmaps:
        lines.append(
            (
                counted(roadmaps, "дорожная карта ждёт", "дорожные карты ждут", "дорожных карт ждут") + " утверждения",
                reverse("mentoring:profile_list") + "?state=approving",
            )
        )
    if talks:
        lines.append(
            (
                counted(talks, "собеседование", "собеседования", "собеседований") + " без протокола",
                reverse("mentoring:interview_list"),
            )
        )
    return {"title": "Помощь школам", "lines": lines} if lines else None


def school(user: User) -> dict[str, Any] | None:
    """What waits for the director: agreements to confirm, a visit, a roadmap sent back, questions of an interview."""
    own = user.reach("care.own").organizations
    if not own:
        return None
    today = clock.today(user.zone)
    lines = []
    for visit in (
        Visit.objects.filter(school_id__in=own)
        .filter(
            Q(state=VisitState.PLANNED, planned_on__gte=today)
            | Q(asked_at__isnull=False, confirmed_at__isnull=True, objection="")
        )
        .order_by("planned_on")[:5]
    ):
        url = reverse("mentoring:visit_detail", args=[visit.pk])
        if visit.waits_for_director:
            lines.append((f"Подтвердите, о чём договорились с куратором {visit.day:%d.%m.%Y}", url))
        else:
            lines.append((f"Визит куратора {visit.planned_on:%d.%m.%Y}", url))
    for profile in RiskProfile.objects.filter(school_id__in=own, state=RoadmapState.REMARKED)[:3]:
        lines.append(
            ("Замечания к дорожной карте: исправьте её", reverse("mentoring:profile_detail", args=[profile.pk]))
        )
    for talk in Interview.objects.filter(school_id__in=own, state=InterviewState.PLANNED, day__gte=today)[:3]:
        lines.append(
            (
                f"Собеседование {talk.day:%d.%m.%Y}: подготовьте ответы",
                reverse("mentoring:interview_detail", args=[talk.pk]),
            )
        )
    for pair in Mentorship.objects.filter(
        Q(donor_id__in=own, mentor_name="") | Q(school_id__in=own, teacher_name=""), state=MentorState.PROPOSED
    )[:3]:
        lines.append(
            (
                f"Наставничество, {pair.subject}: назовите педагога",
                reverse("mentoring:mentorship_detail", args=[pair.pk]),
            )
        )
    return {"title": "Куратор, собеседование, наставники", "lines": lines} if lines else None


def offers_on_document(user: User, document: Document) -> list[tuple[str, str]]:
    """«Предложены кураторы: 7» above a registered order that names pairs nobody has answered."""
    if not user.can("care.edit", at=document.authority):
        return []
    waiting = waiting_of(document)
    if not waiting:
        return []
    return [(f"Предложены кураторы: {len(waiting)}", reverse("mentoring:document_curators", args=[document.pk]))]


def search(user: User, words: str) -> list[tuple[str, str, str]]:
    """Curators by name, for the office."""
    reach = user.reach("care.view").authorities
    if not reach:
        return []
    rows = (
        Curatorship.objects.running(clock.today(user.zone))
        .filter(authority_id__in=reach)
        .select_related("person", "school")
    )
    for word in normalized(words).split():
        rows = rows.filter(Q(person__search__contains=word) | Q(school__search__contains=word))
    return [
        (f"{row.person.full_name} → {row.school}", row.post, reverse("mentoring:care_detail", args=[row.pk]))
        for row in rows[:10]
    ]
