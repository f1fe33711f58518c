"""Data checks: what is doubtful, answered by the school or the methodist; sizes of grades; what the office sets."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import is_number
from monitoring.actions import checks, settings
from monitoring.forms_looking import CheckAnswerForm, GradeSizesForm, MarkersForm
from monitoring.models import DataCheck, GradeSize, MonitoringSettings
from monitoring.views.gate import office_with, person, school_for
from schools.errors import Refused
from schools.models import Organization, User
from schools.school_year import school_year_of


@require_GET
def check_list(request: HttpRequest) -> HttpResponse:
    """Open questions to figures: of the office's schools, or of the own school."""
    user = person(request)
    if not (user.may("results.view") or user.may("results.confirm_own")):
        raise PermissionDenied
    state = request.GET.get("state", "open")
    rows = DataCheck.objects.visible_to(user).select_related("organization", "assessment", "decided_by__person")
    rows = rows.filter(state="open") if state != "done" else rows.filter(state__in=["confirmed", "corrected"])
    page = Paginator(rows.order_by("organization__sort_key", "organization_id", "pk"), 30).get_page(
        request.GET.get("page")
    )
    places = _answering(user)
    context = {
        "page": page,
        "state": state,
        "may_import": user.may("results.import"),
        "may_run": user.may("results.import"),
        "office": user.may("results.view"),
        "answering": [one.pk for one in page if one.organization_id in places[0] or one.authority_id in places[1]],
    }
    return render(request, "monitoring/check_list.html", context)


def _answering(user: User) -> tuple[frozenset[int], frozenset[int]]:
    """Schools and offices whose checks the person may answer."""
    return user.reach("results.confirm_own").organizations, user.reach("results.import").authorities


@require_POST
def check_run(request: HttpRequest) -> HttpResponse:
    user = person(request)
    reach = user.reach("results.import").authorities
    own = office_with(user, reach)
    offices = [own] if own.pk == getattr(user.authority, "pk", None) else Organization.objects.filter(pk__in=reach)
    number = sum(checks.run(authority=one, by=user) for one in offices)
    messages.success(request, f"Данные проверены. Вопросов без ответа: {number}.")
    return redirect("monitoring:check_list")


@require_http_methods(["GET", "POST"])
def check_answer(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    schools, offices = _answering(user)
    if not (schools or offices):
        raise PermissionDenied
    rows = DataCheck.objects.visible_to(user).select_related("organization", "assessment")
    check = get_object_or_404(rows, pk=pk)
    if check.organization_id not in schools and check.authority_id not in offices:
        raise PermissionDenied
    form = CheckAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            checks.answer(
                by=user,
                check=check,
                comment=form.cleaned_data["comment"],
                corrected=form.cleaned_data["answer"] == "corrected",
            )
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, "Ответ записан.")
        return redirect("monitoring:check_list")
    status = 422 if form.is_bound else 200
    return render(request, "monitoring/check_answer.html", {"check": check, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def sizes_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """How many pupils each grade of a school has: what participants are checked against."""
    school, _ = school_for(request, pk)
    user = person(request)
    if not _may_count(user, school):
        raise PermissionDenied
    asked = request.GET.get("year", "")
    newest = school_year_of(clock.today(user.zone)) + 1
    year = int(asked) if is_number(asked) and 2000 <= int(asked) <= 2100 else newest
    kept = dict(GradeSize.objects.filter(organization=school, school_year=year).values_list("grade", "pupils"))
    form = GradeSizesForm(request.POST or None, initial={f"grade_{grade}": n for grade, n in kept.items()})
    if request.method == "POST" and form.is_valid():
        checks.save_sizes(by=user, school=school, school_year=year, pupils=form.pupils())
        messages.success(request, "Число обучающихся записано.")
        return redirect("monitoring:school_results", pk=school.pk)
    context = {"school": school, "year": year, "years": [newest - n for n in range(4)], "form": form}
    return render(request, "monitoring/sizes_edit.html", context, status=422 if form.is_bound else 200)


def _may_count(user: User, school: Organization) -> bool:
    return user.can("results.confirm_own", at=school) or user.can("results.import", at=school)


@require_http_methods(["GET", "POST"])
def markers_edit(request: HttpRequest) -> HttpResponse:
    """What the office sets: small groups, jumps, markers of bias with their sources."""
    office = office_with(person(request), person(request).reach("results.import").authorities)
    row = MonitoringSettings.objects.filter(pk=office.pk).first() or MonitoringSettings(authority=office)
    form = MarkersForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        settings.save(by=person(request), authority=office, **form.values())
        messages.success(request, "Настройки записаны.")
        return redirect("monitoring:markers_edit")
    context = {"form": form, "office": office, "may_import": True}
    return render(request, "monitoring/markers_edit.html", context, status=422 if form.is_bound else 200)
