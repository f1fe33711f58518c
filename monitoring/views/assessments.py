"""An assessment entered by hand, and in one place what each school of the office has in it: a result, nothing, «не проводилась»."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from config.numbers import is_number, numbers_of
from monitoring.actions import by_hand
from monitoring.enums import Held
from monitoring.forms_looking import AssessmentForm, NotHeldForm
from monitoring.models import Assessment, Holding, Result
from monitoring.views.gate import office_with, person
from schools.errors import Refused
from schools.models import Organization


def _office(request: HttpRequest) -> Organization:
    user = person(request)
    reach = user.reach("results.import").authorities
    asked = request.GET.get("office", "")
    if is_number(asked) and int(asked) in reach:
        return Organization.objects.get(pk=int(asked))
    return office_with(user, reach)


@require_http_methods(["GET", "POST"])
def assessment_create(request: HttpRequest) -> HttpResponse:
    office = _office(request)
    form = AssessmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = by_hand.create_assessment(by=person(request), office=office, facts=form.facts())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Процедура записана. Внесите результаты школ или загрузите таблицу.")
            return redirect("monitoring:assessment_schools", pk=row.pk)
    context = {"form": form, "office": office}
    return render(request, "monitoring/assessment_create.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def assessment_schools(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands for each school; those ticked, or the whole office, are marked «не проводилась» at once."""
    office = _office(request)
    row = get_object_or_404(Assessment.objects.visible_to(person(request)), pk=pk)
    if row.authority_id not in (None, office.pk):
        raise PermissionDenied
    schools = Organization.objects.below(office).schools().order_by("sort_key", "pk")
    form = NotHeldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = numbers_of(request.POST.getlist("school")[:5000])
        whole = request.POST.get("whole") == "on"
        places = [office] if whole else [one for one in schools if one.pk in chosen]
        try:
            by_hand.say_not_held(
                by=person(request),
                assessment=row,
                office=office,
                places=places,
                held=request.POST.get("verb") == "held",
                reason=form.cleaned_data["reason"],
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Записано.")
            return redirect("monitoring:assessment_schools", pk=pk)
    results = {one.organization_id: one for one in Result.objects.filter(assessment=row, organization__in=schools)}
    places_of = [office.pk, *(one.pk for one in schools)]
    said = Holding.objects.filter(assessment=row, organization__in=places_of, held=Held.NOT_HELD)
    not_held = {one.organization_id: one.reason for one in said}
    context = {
        "assessment": row,
        "office": office,
        "form": form,
        "whole": not_held.get(office.pk),
        "rows": [(one, results.get(one.pk), not_held.get(one.pk)) for one in schools],
        "chosen": set(request.POST.getlist("school")) if form.is_bound else set(),
    }
    return render(request, "monitoring/assessment_schools.html", context, status=422 if form.is_bound else 200)
