"""Lists of low-result schools: all of the office, one with its reasons, mending a draft, approving, comparing, exporting, the log."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from config.numbers import is_number, numbers_of
from config.sheets import Column, Sheet
from monitoring.actions import lists as actions
from monitoring.enums import ListKind, Trajectory
from monitoring.forecast import forecast_of, ready_for, rules_in_force, rules_of
from monitoring.forms_lists import EntryForm
from monitoring.grounds import years_of
from monitoring.models import LowResultsEntry, LowResultsList
from monitoring.views.confidential import confidential, look, require
from monitoring.views.forecast import REASON_COLUMNS, grounds_of_entry, grounds_of_forecast, reason_rows, sheet_response
from monitoring.views.gate import person
from schools.actions.selections import select_schools
from schools.errors import Refused
from schools.models import AccessLog, Organization
from schools.models.access import User


def list_for(request: HttpRequest, pk: int, permission: str = "lists.view") -> LowResultsList:
    user = require(request, "lists.view")
    rows = LowResultsList.objects.visible_to(user).select_related(
        "authority", "rule_set", "group", "created_by__person", "approved_by__person"
    )
    row = get_object_or_404(rows, pk=pk)
    if not user.can(permission, at=row.authority):
        raise PermissionDenied
    return row


@require_GET
@confidential
def list_list(request: HttpRequest) -> HttpResponse:
    """Lists by year: how many schools, whose, in what state. No school is named here."""
    user = require(request, "lists.view")
    rows = (
        LowResultsList.objects.visible_to(user)
        .select_related("authority", "created_by__person")
        .annotate(size=Count("entries", filter=~Q(entries__trajectory=Trajectory.LEFT)))
        .order_by("-school_year", "authority__sort_key", "kind", "-pk")
    )
    context = {
        "page": Paginator(rows, 30).get_page(request.GET.get("page")),
        "may_edit": user.may("lists.edit"),
        "may_see_log": user.may("lists.approve"),
        "several": len(user.reach("lists.view").authorities) > 1,
    }
    return render(request, "monitoring/list_list.html", context)


@require_GET
@confidential
def list_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = list_for(request, pk)
    user = person(request)
    look(user, "list.view", row=row, authority=row.authority_id, title=str(row))
    entries = list(row.entries.select_related("organization"))
    received = row.kind == ListKind.RECEIVED
    may_edit = row.is_draft and user.can("lists.edit", at=row.authority)
    out = Organization.objects.in_bulk([int(pk) for pk in row.taken_out])
    context = {
        "row": row,
        "entries": [(entry, years_of(entry.reasons)) for entry in entries],
        "members": sum(entry.trajectory != Trajectory.LEFT for entry in entries),
        "received": received,
        "may_edit": may_edit,
        "may_approve": row.is_draft and user.can("lists.approve", at=row.authority),
        "may_decide": user.can("document.edit", at=row.authority),
        "form": EntryForm(authority=row.authority, received=received) if may_edit else None,
        "stale": may_edit and actions.stale(row),
        "taken_out": [(out[int(pk)], why) for pk, why in row.taken_out.items() if int(pk) in out],
    }
    return render(request, "monitoring/list_detail.html", context)


@require_GET
@confidential
def list_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    row = list_for(request, pk)
    look(person(request), "list.export", row=row, authority=row.authority_id, title=str(row))
    entries = list(row.entries.select_related("organization"))
    notes = [f"{row}. {row.get_state_display().capitalize()}.", "Для служебного пользования."]
    if row.kind == ListKind.FORECAST:
        sheet = Sheet(
            "Перечень", REASON_COLUMNS, reason_rows((e.organization, e.reasons) for e in entries), notes=notes
        )
    else:
        columns = [
            Column("Школа", 40),
            Column("Кластер", 10),
            Column("Название кластера", 28),
            Column("Участие в «500+»", 28),
            Column("Динамика", 32),
            Column("Примечание", 40),
        ]
        rows = [
            (e.organization.name, e.cluster_code, e.cluster_name, e.project_500, e.trajectory_text, e.note)
            for e in entries
        ]
        sheet = Sheet("Перечень", columns, rows, notes=[*notes, row.letter])
    return sheet_response([sheet], f"Перечень {row.school_year - 1}-{row.school_year}.xlsx")


@require_POST
def list_approve(request: HttpRequest, pk: int) -> HttpResponse:
    row = list_for(request, pk, "lists.approve")
    return _done(
        request,
        row,
        "Перечень утверждён. Группа его школ обновлена.",
        lambda: actions.approve(by=person(request), listing=row),
    )


@require_POST
def list_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = list_for(request, pk, "lists.edit")
    reason = request.POST.get("reason", "")
    return _done(
        request, row, "Проект отозван.", lambda: actions.withdraw(by=person(request), listing=row, reason=reason)
    )


@require_POST
def list_recompute(request: HttpRequest, pk: int) -> HttpResponse:
    row = list_for(request, pk, "lists.edit")
    return _done(
        request, row, "Пересчитано по сегодняшним данным.", lambda: actions.recompute(by=person(request), listing=row)
    )


@require_POST
@confidential
def entry_put(request: HttpRequest, pk: int) -> HttpResponse:
    """A school put into a draft by hand."""
    row = list_for(request, pk, "lists.edit")
    form = EntryForm(request.POST, authority=row.authority, received=row.kind == ListKind.RECEIVED)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(errors))
        return redirect("monitoring:list_detail", pk=pk)
    data = dict(form.cleaned_data)
    school = data.pop("organization")
    return _done(
        request,
        row,
        f"{school}: записано.",
        lambda: actions.put_school(by=person(request), listing=row, organization=school, words=data),
    )


@require_POST
def entry_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    user = require(request, "lists.edit")
    rows = LowResultsEntry.objects.filter(listing__in=LowResultsList.objects.visible_to(user)).select_related(
        "listing__authority", "organization"
    )
    entry = get_object_or_404(rows, pk=pk)
    row = list_for(request, entry.listing_id, "lists.edit")
    reason = request.POST.get("reason", "")
    return _done(
        request,
        row,
        f"{entry.organization}: убрана из проекта.",
        lambda: actions.take_out(by=user, entry=entry, reason=reason),
    )


def _done(request: HttpRequest, row: LowResultsList, words: str, act: Any) -> HttpResponse:
    try:
        act()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, words)
    return redirect("monitoring:list_detail", pk=row.pk)


@require_GET
@confidential
def list_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The received list beside the forecast of the same year: in both, only there, only here and why."""
    row = list_for(request, pk)
    if row.kind != ListKind.RECEIVED:
        raise Http404
    user = person(request)
    look(user, "list.compare", row=row, authority=row.authority_id, title=f"{row}, сравнение с прогнозом")
    frozen = (
        LowResultsList.objects.in_force()
        .filter(authority=row.authority, kind=ListKind.FORECAST, school_year=row.school_year)
        .first()
    )
    rules = rules_of(frozen.rule_set) if frozen and frozen.rule_set else rules_in_force(row.authority)[0]
    found = forecast_of(row.authority, ready_for(rules, row.authority, row.school_year))
    theirs = {one.organization_id: one for one in row.entries.members().select_related("organization", "listing")}
    ours = (
        {one.organization_id: (one.organization, one.reasons) for one in frozen.entries.select_related("organization")}
        if frozen
        else {one.organization.pk: (one.organization, one.reasons) for one in found.listed}
    )
    near = {one.organization.pk: one.miss for one in found.near}
    context = {
        "row": row,
        "frozen": frozen,
        "rules": rules,
        "data_date": frozen.data_date if frozen else found.data_date,
        "both": [(e, years_of(ours[pk][1])) for pk, e in theirs.items() if pk in ours],
        "only_there": [(e, near.get(pk)) for pk, e in theirs.items() if pk not in ours],
        "only_here": [
            (organization, years_of(reasons)) for pk, (organization, reasons) in ours.items() if pk not in theirs
        ],
    }
    return render(request, "monitoring/list_compare.html", context)


@require_POST
@confidential
def selection_create(request: HttpRequest) -> HttpResponse:
    """«В решение»: the checked schools of a list or of the forecast become a selection; the link carries its id only."""
    user = require(request, "lists.view")
    chosen = numbers_of(request.POST.getlist("school")[:3000])
    source = request.POST.get("list", "")
    if is_number(source):
        row = list_for(request, int(source))
        authority, day, title = row.authority, row.data_date or row.letter_date, str(row)
        grounds = {e.organization_id: grounds_of_entry(e) for e in row.entries.select_related("listing")}
        back = reverse("monitoring:list_detail", args=[row.pk])
    else:
        ask, found, grounds = grounds_of_forecast(request, request.POST.get("query", ""))
        authority, day = ask.authority, found.data_date
        title = f"Прогноз за {ask.year - 1}/{ask.year}"
        back = reverse("monitoring:forecast_detail")
    if not user.can("document.edit", at=authority):
        raise PermissionDenied
    schools = Organization.objects.filter(pk__in=chosen & set(grounds), authority=authority).order_by("sort_key")
    try:
        selection = select_schools(
            by=user,
            authority=authority,
            grounds=[(one, grounds[one.pk]) for one in schools],
            data_date=day,
            title=title,
            text="Разработать и представить план мер по преодолению низких образовательных результатов обучающихся.",
            confidential=True,
        )
    except Refused as why:
        messages.error(request, str(why))
        return redirect(back)
    return redirect("decisions:selection_clause", pk=selection.pk)


WHAT = {
    "list.view": "смотрел перечень",
    "list.export": "выгрузил перечень",
    "list.compare": "сравнивал перечень с прогнозом",
    "forecast.view": "смотрел прогноз",
    "forecast.export": "выгрузил прогноз",
    "list.file": "смотрел файл перечня",
    "school.history": "смотрел историю школы",
    "selection.view": "готовил пункт решения",
    "schools.group": "смотрел служебную группу",
    "care.board": "смотрел, у каких школ нет куратора",
    "note.view": "смотрел справку с перечнем",
    "note.file": "выгружал справку с перечнем",
}


@require_GET
@confidential
def look_list(request: HttpRequest) -> HttpResponse:
    """Who looked at lists and took them away: for the head."""
    user = require(request, "lists.approve")
    offices = sorted(user.reach("lists.approve").authorities)
    rows = (
        AccessLog.objects.filter(what__in=WHAT, details__authority__in=offices)
        .select_related("user__person")
        .order_by("-at", "-pk")
    )
    who = request.GET.get("who", "")
    if is_number(who):
        rows = rows.filter(user=int(who))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, WHAT[one.what], _which(one)) for one in page.object_list],
        "who": who,
        "people": User.objects.filter(pk__in=AccessLog.objects.filter(details__authority__in=offices).values("user"))
        .select_related("person")
        .order_by("person__last_name", "pk")[:200],
    }
    return render(request, "monitoring/look_list.html", context)


def _which(one: AccessLog) -> str:
    words = str(one.details.get("title", ""))
    return f"{words}, с изменёнными правилами" if one.details.get("whatif") else words
