"""A school in care as its curator, its director and the office see it: what is due, risks, visits, results, the thread."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from config import clock
from decisions.excerpts import with_words
from decisions.models import Assignment
from decisions.models.documents import whole_papers
from mentoring.actions import visits as acts
from mentoring.enums import MentorState, VisitState
from mentoring.models import Agreement, CareMessage, Curatorship, Mentorship, RiskProfile, Visit
from mentoring.skills import weak_skills
from mentoring.views.gate import REFUSED, person, require, school_for, this_year
from monitoring.models import Result
from schools.models import Organization, User

TASKS = 12
SIGHTS = ("care.view", "care.own", "care.help")


@require_GET
def school_list(request: HttpRequest) -> HttpResponse:
    """«Школы, где я куратор»: the schools in the person's care with what is due and the next visit."""
    user = require(request, "care.help")
    today = clock.today(user.zone)
    return render(request, "mentoring/school_list.html", {"lines": wards_of(user, today), "today": today})


def wards_of(user: User, today: Any) -> list[dict[str, Any]]:
    """Schools in care by membership, with counts of tasks and the nearest visit; four queries whatever their number."""
    pks = user.reach("care.help").organizations
    schools = list(Organization.objects.filter(pk__in=pks).order_by("sort_key", "pk"))
    open_now = Q(state__in=["assigned", "acknowledged", "in_work", "returned"], reports=True, recommended=False)
    counts = {
        row["organization_id"]: row
        for row in Assignment.objects.visible_to(user)
        .filter(organization__in=pks)
        .values("organization_id")
        .annotate(
            running=Count("pk", filter=open_now),
            late=Count("pk", filter=open_now & Q(effective_due__lt=today)),
            nearest=Min("effective_due", filter=open_now & Q(effective_due__gte=today)),
        )
        .order_by()
    }
    next_visit = dict(
        Visit.objects.filter(school__in=pks, by=user, state=VisitState.PLANNED, planned_on__gte=today)
        .values_list("school_id")
        .annotate(day=Min("planned_on"))
        .order_by()
    )
    last_visit = dict(
        Visit.objects.filter(school__in=pks, by=user, state=VisitState.HELD)
        .values_list("school_id")
        .annotate(day=Max("held_on"))
        .order_by()
    )
    return [
        {
            "school": school,
            "counts": counts.get(school.pk, {"running": 0, "late": 0, "nearest": None}),
            "next": next_visit.get(school.pk),
            "last": last_visit.get(school.pk),
        }
        for school in schools
    ]


@require_GET
def school_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The school in care. A curator sees tasks, risks, results, visits and the thread; accepts nothing."""
    school = school_for(request, pk, *SIGHTS)
    user = person(request)
    office = user.can("care.view", at=school)
    helps = user.can("care.help", at=school)
    context = {
        "school": school,
        "office": office,
        "edits": user.can("care.edit", at=school),
        "helps": helps,
        "own": user.can("care.own", at=school),
        **story_of(school, user),
    }
    if office or helps:
        rows = (
            CareMessage.objects.visible_to(user)
            .filter(school=school)
            .select_related("by__person")
            .order_by("-at", "-pk")
        )
        context["thread"] = list(rows[:50])[::-1]
    context["years"] = _results(school, user)
    return render(request, "mentoring/school_detail.html", context)


def story_of(school: Organization, user: User) -> dict[str, Any]:
    """What the page, the printed sheet and the fragment of the passport share."""
    today = clock.today(school.zone)
    cares = list(
        Curatorship.objects.filter(school=school)
        .select_related("person", "workplace", "document", "clause")
        .order_by("state", "-valid_from", "-pk")
    )
    tasks = (
        Assignment.objects.visible_to(user)
        .filter(organization=school, state__in=["assigned", "acknowledged", "in_work", "returned", "on_check"])
        .select_related("clause", "document", "organization")
        .defer(*whole_papers("document"))
        .order_by("effective_due", "pk")
    )
    profile = RiskProfile.objects.filter(school=school).order_by("-school_year").first()
    return {
        "today": today,
        "cares": [one for one in cares if one.runs_on(today)],
        "past_cares": [one for one in cares if not one.runs_on(today)],
        "mentorships": list(
            Mentorship.objects.filter(Q(school=school) | Q(donor=school))
            .exclude(state=MentorState.DECLINED)
            .select_related("school", "donor")[:20]
        ),
        "tasks": with_words(tasks[:TASKS], office=user.reach("document.view").authorities),
        "profile": profile,
        "risks": list(profile.risks.select_related("kind")) if profile else [],
        "year": this_year(user),
        "visits": list(
            Visit.objects.filter(school=school)
            .select_related("by__person", "document")
            .prefetch_related("agreements__clause__assignments")[:8]
        ),
    }


def _results(school: Organization, user: User) -> list[tuple[str, list[Result]]]:
    """Results of the two newest school years the person may see; counts of people, shares are of the template."""
    rows = list(
        Result.objects.visible_to(user)  # type: ignore[attr-defined]
        .filter(organization=school, participants__gt=0)
        .select_related("assessment")
        .order_by("-assessment__school_year", "assessment__procedure", "assessment__subject", "assessment__grade")[:60]
    )
    years = sorted({row.assessment.school_year for row in rows}, reverse=True)[:2]
    return [(f"{y - 1}/{y}", [row for row in rows if row.assessment.school_year == y]) for y in years]


@require_GET
def school_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """«К визиту»: one sheet to print — open tasks, weak results, last agreements, questions to ask."""
    school = school_for(request, pk, "care.view", "care.help")
    user = person(request)
    years = _results(school, user)
    weak = [
        row
        for _, rows in years[:1]
        for row in rows
        if row.low and row.participants and row.low / row.participants >= 0.2
    ]
    weak.sort(key=lambda row: (row.assessment.subject, row.assessment.grade))
    last = Agreement.objects.filter(visit__school=school, visit__state=VisitState.HELD).select_related(
        "visit", "clause"
    )
    context = {
        "school": school,
        "weak": weak[:12],
        "results_year": years[0][0] if years else "",
        "skills": weak_skills(school, user),
        "agreements": list(last.prefetch_related("clause__assignments").order_by("-visit__held_on", "position")[:10]),
        **story_of(school, user),
    }
    return render(request, "mentoring/school_sheet.html", context)


@require_GET
def school_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    """«Кураторы и наставники» on the school's passport."""
    school = school_for(request, pk, *SIGHTS)
    user = person(request)
    running = Curatorship.objects.running(clock.today(school.zone))
    cares = running.filter(school=school).select_related("person", "workplace")
    given = running.filter(workplace=school).count()
    mentorships = (
        Mentorship.objects.open().filter(Q(school=school) | Q(donor=school)).select_related("school", "donor")[:10]
    )
    context = {
        "school": school,
        "cares": cares,
        "given": given,
        "mentorships": mentorships,
        "edits": user.can("care.edit", at=school),
    }
    return render(request, "mentoring/school_fragment.html", context)


@require_POST
def message_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of the thread: a curator asks, the office answers."""
    school = school_for(request, pk, "care.edit", "care.help")
    user = person(request)
    office = user.can("care.edit", at=school)
    try:
        acts.write(by=user, school=school, text=request.POST.get("text", ""), from_curator=not office)
    except REFUSED as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "Ответ отправлен." if office else "Вопрос передан в управление.")
    return redirect(reverse("mentoring:school_detail", args=[pk]) + "#thread")


def curator_only(request: HttpRequest, school: Organization) -> User:
    user = person(request)
    if not user.can("care.help", at=school):
        raise PermissionDenied
    return user
