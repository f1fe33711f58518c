"""Pages of results for an office: the heat map, one assessment from four sides, a subject over the years."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from monitoring.models import Assessment
from monitoring.pages import assessment as assessment_page
from monitoring.pages import heat, subject
from monitoring.pages.frame import choose, selection_url, threshold_of, xlsx
from monitoring.views.gate import looking_office, person
from schools.models import Organization


@require_GET
def heat_map(request: HttpRequest) -> HttpResponse:
    """Schools × assessments of a year."""
    user, office = person(request), looking_office(request)
    chosen = choose(request, office, user)
    found = heat.heat_map(chosen, threshold_of(request))
    picking = user.can("document.edit", at=office)
    context = {
        "chosen": chosen,
        "map": found,
        "body": found.body(picking=picking),
        "picking": picking,
        "may_import": user.may("results.import"),
        "selection_url": selection_url(),
        "ground": f"Доля низких результатов, {chosen.year - 1}/{chosen.year}" if chosen.year else "",
    }
    return render(request, "monitoring/heat_map.html", context)


@require_GET
def heat_map_xlsx(request: HttpRequest) -> HttpResponse:
    user, office = person(request), looking_office(request)
    chosen = choose(request, office, user)
    found = heat.heat_map(chosen, threshold_of(request))
    year = f"{chosen.year - 1}/{chosen.year}" if chosen.year else ""
    notes = [f"{office}: доля участников с низким результатом, {year} учебный год", *outside_notes(chosen.outside)]
    return xlsx(f"Результаты {year}", [found.sheet("Карта результатов", notes)])


@require_GET
def assessment_detail(request: HttpRequest, pk: int, part: str = "marks") -> HttpResponse:
    """One assessment: `part` is marks, journal, points or tasks."""
    user, office, row = _assessment(request, pk)
    page = assessment_page.page_of(row, office, user, part, outside=_outside(request))
    context = {
        "assessment": row,
        "office": office,
        "page": page,
        "part": part,
        "parts": assessment_page.PARTS,
        "outside": _outside(request),
        "selection_url": selection_url() if user.can("document.edit", at=office) else "",
        "query": request.GET.urlencode(),
        "may_import": user.can("results.import", at=office),
    }
    return render(request, f"monitoring/assessment_{part}.html", context)


@require_GET
def assessment_xlsx(request: HttpRequest, pk: int, part: str = "marks") -> HttpResponse:
    user, office, row = _assessment(request, pk)
    page = assessment_page.page_of(row, office, user, part, outside=_outside(request))
    notes = [f"{office}: {row}", *outside_notes(_outside(request))]
    return xlsx(f"{row.short_name}, {row.year_name}", [page.sheet(assessment_page.PARTS[part], notes)])


@require_GET
def subject_detail(request: HttpRequest) -> HttpResponse:
    """A subject over the years: the district by people, its schools, what fails."""
    user, office = person(request), looking_office(request)
    chosen = choose(request, office, user, every_year=True)
    page = subject.page_of(chosen, threshold_of(request))
    context = {
        "chosen": chosen,
        "page": page,
        "may_import": user.may("results.import"),
        "selection_url": selection_url() if user.can("document.edit", at=office) else "",
    }
    return render(request, "monitoring/subject_detail.html", context)


@require_GET
def subject_xlsx(request: HttpRequest) -> HttpResponse:
    user, office = person(request), looking_office(request)
    chosen = choose(request, office, user, every_year=True)
    page = subject.page_of(chosen, threshold_of(request))
    notes = [f"{office}: {page.subject}, доля участников с низким результатом", *outside_notes(chosen.outside)]
    return xlsx(f"{page.subject} по годам", page.sheets(notes))


def outside_notes(outside: bool) -> list[str]:
    return ["Для передачи за пределы управления: малые группы скрыты"] if outside else []


def _outside(request: HttpRequest) -> bool:
    return request.GET.get("outside") == "on"


def _assessment(request: HttpRequest, pk: int) -> tuple[object, Organization, Assessment]:
    user, office = person(request), looking_office(request)
    return user, office, get_object_or_404(Assessment.objects.visible_to(user), pk=pk)
