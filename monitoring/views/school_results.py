"""A school's results: for its own people and for the office; whole, one assessment, and as a part of the school's page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from monitoring.models import Assessment
from monitoring.pages import school as page
from monitoring.pages.frame import selection_url, xlsx
from monitoring.views.gate import person, school_for
from schools.models import Organization


@require_GET
def own_results(request: HttpRequest) -> HttpResponse:
    """Where the menu of a school leads: to its results, or to a choice where there are several schools."""
    user = person(request)
    if not user.may("results.view_own"):
        raise PermissionDenied
    schools = list(
        Organization.objects.schools().filter(pk__in=user.reach("results.view_own").organizations).order_by("sort_key")
    )
    if len(schools) == 1:
        return redirect("monitoring:school_results", pk=schools[0].pk)
    return render(request, "monitoring/own_results.html", {"schools": schools})


@require_GET
def school_results(request: HttpRequest, pk: int) -> HttpResponse:
    school, inside = school_for(request, pk)
    found = page.year_page(school, request.GET.get("year", ""), inside=inside)
    user = person(request)
    may_count = user.can("results.confirm_own", at=school) or user.can("results.import", at=school)
    context = {"school": school, "page": found, "inside": inside, "may_count": may_count}
    return render(request, "monitoring/school_results.html", context)


@require_GET
def school_results_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same table; what a school may not see of the others is hidden here too."""
    school, inside = school_for(request, pk)
    outside = request.GET.get("outside") == "on"  # the office gives it to the school
    found = page.year_page(school, request.GET.get("year", ""), inside=inside and not outside)
    year = f"{found.year - 1}/{found.year}" if found.year else ""
    return xlsx(f"{school.name}, {year}", [found.sheet("Результаты", [f"{school.name}, {year} учебный год"])])


@require_GET
def school_assessment(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """One assessment of a school: marks, journal, points, tasks."""
    school, inside = school_for(request, pk)
    user = person(request)
    row = get_object_or_404(Assessment.objects.visible_to(user), pk=assessment_pk)
    context = {
        "school": school,
        "assessment": row,
        "page": page.one_page(school, row, inside=inside),
        "inside": inside,
        "may_edit": user.can("results.import", at=school),
        "selection_url": selection_url()
        if school.authority_id and user.can("document.edit", at=school.authority_id)
        else "",
    }
    return render(request, "monitoring/school_assessment.html", context)


@require_GET
def school_assessment_xlsx(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    school, inside = school_for(request, pk)
    row = get_object_or_404(Assessment.objects.visible_to(person(request)), pk=assessment_pk)
    outside = request.GET.get("outside") == "on"
    found = page.one_page(school, row, inside=inside and not outside)
    return xlsx(f"{school.name}, {row.short_name}", found.sheets([f"{school.name}: {row}"]))


@require_GET
def organization_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The part «Результаты» of a school's page."""
    school, inside = school_for(request, pk)
    found = page.year_page(school, "", inside=inside)
    return render(request, "monitoring/_organization_results.html", {"school": school, "page": found})
