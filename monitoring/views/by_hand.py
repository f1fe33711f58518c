"""One result by hand, «не проводилась», and our own table to fill."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from config import clock
from monitoring.actions import by_hand
from monitoring.forms_looking import HoldingForm, ResultForm, TemplateForm
from monitoring.models import Assessment, Holding, Result
from monitoring.pages import template
from monitoring.pages.frame import xlsx
from monitoring.views.gate import office_with, person, school_for
from schools.errors import Refused
from schools.models import Organization
from schools.school_year import school_year_of


def _place(request: HttpRequest, pk: int, assessment_pk: int) -> tuple[Organization, Assessment]:
    school, _ = school_for(request, pk)
    user = person(request)
    if not user.can("results.import", at=school):
        raise PermissionDenied
    return school, get_object_or_404(Assessment.objects.visible_to(user), pk=assessment_pk)


@require_http_methods(["GET", "POST"])
def result_edit(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """Entering or correcting one result; what stands, and which file it came from, is shown beside."""
    school, assessment = _place(request, pk, assessment_pk)
    row = Result.objects.filter(assessment=assessment, organization=school).select_related("batch").first()
    initial = {name: getattr(row, name) for name in by_hand.FIELDS} if row else {}
    form = ResultForm(request.POST or None, initial={**initial, "seen": by_hand.seen_of(row)})
    if request.method == "POST" and form.is_valid():
        try:
            by_hand.save_result(
                by=person(request),
                assessment=assessment,
                school=school,
                values=form.values(),
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Результат записан.")
            return redirect("monitoring:school_assessment", pk=school.pk, assessment_pk=assessment.pk)
    context = {
        "school": school,
        "assessment": assessment,
        "row": row,
        "form": form,
        "held": HoldingForm(initial={"held": "yes"}),
        "holding": Holding.objects.filter(assessment=assessment, organization=school).first(),
    }
    return render(request, "monitoring/result_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
def result_held(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    school, assessment = _place(request, pk, assessment_pk)
    form = HoldingForm(request.POST)
    if form.is_valid():
        held = form.cleaned_data["held"] == "yes"
        try:
            by_hand.say_held(
                by=person(request), assessment=assessment, place=school, held=held, reason=form.cleaned_data["reason"]
            )
            messages.success(request, "Записано.")
        except Refused as why:
            messages.error(request, str(why))
    else:
        messages.error(request, "Отметьте, проводилась ли процедура.")
    return redirect("monitoring:result_edit", pk=school.pk, assessment_pk=assessment.pk)


@require_GET
def result_template(request: HttpRequest) -> HttpResponse:
    """A table with the office's schools, to be filled and loaded back."""
    user = person(request)
    office = office_with(user, user.reach("results.import").authorities)
    year = school_year_of(clock.today(user.zone))
    form = TemplateForm(request.GET or None, initial={"school_year": f"{year}/{year + 1}"})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        book = template.sheets_for(
            office, said["procedure"], said["school_year"], said["subject"], str(said["grade"] or "")
        )
        return xlsx(f"{said['procedure']} {said['subject']} {said['grade'] or ''}".strip(), book)
    status = 422 if form.is_bound else 200
    return render(request, "monitoring/result_template.html", {"form": form}, status=status)
