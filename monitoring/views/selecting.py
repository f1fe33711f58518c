"""«В решение» from a page of results: ticked schools become addressees of a new clause, each with its own figures as ground."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config.numbers import numbers_of
from monitoring.models import Assessment, Result
from monitoring.pages.grounds import grounds_of
from monitoring.views.gate import person
from schools.actions.selections import select_schools
from schools.errors import Refused
from schools.models import Organization

TEXT = "Проанализировать результаты и представить план мер по повышению качества подготовки обучающихся."


@require_POST
def result_selection(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not user.may("results.view"):
        raise PermissionDenied
    reach = user.reach("results.view").authorities
    chosen = numbers_of(request.POST.getlist("organization")[:3000])
    exams = numbers_of(request.POST.getlist("assessment")[:200])
    schools = list(
        Organization.objects.schools()
        .filter(pk__in=chosen, authority_id__in=reach)
        .select_related("authority")
        .order_by("sort_key")
    )
    back = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "monitoring:heat_map"
    if not schools:
        if not user.may("document.edit"):
            raise PermissionDenied
        if chosen:
            raise Http404
        messages.error(request, "Отметьте школы, которым нужно решение.")
        return redirect(back)
    office = schools[0].authority
    if office is None or not user.can("document.edit", at=office):
        raise PermissionDenied
    own = [one for one in schools if one.authority_id == office.pk]
    assessments = list(Assessment.objects.visible_to(user).filter(pk__in=exams))
    rows = Result.objects.filter(assessment__in=assessments, organization__in=own).select_related("assessment")
    grounds = grounds_of(rows, request.POST.get("ground", "")[:300])
    try:
        selection = select_schools(
            by=user,
            authority=office,
            grounds=[(one, grounds.get(one.pk, request.POST.get("ground", "")[:300])) for one in own],
            data_date=max((one.date for one in assessments if one.date), default=None),
            title=request.POST.get("ground", "")[:200] or "По результатам",
            text=request.POST.get("recommend", "")[:1000] or TEXT,
            confidential=True,
        )
    except Refused as why:
        messages.error(request, str(why))
        return redirect(back)
    return redirect("decisions:selection_clause", pk=selection.pk)
