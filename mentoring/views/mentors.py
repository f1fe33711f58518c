"""Needs of schools and mentors of teachers: declared, proposed with reasons, named, ordered by the school, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import is_number, numbers_of
from decisions.forms_life import first_sentence
from decisions.models.documents import whole_papers
from mentoring.actions import mentors as acts
from mentoring.actions.drafts import mentor_order
from mentoring.enums import MentorState
from mentoring.forms import BeginForm, EndMentorForm, NeedForm
from mentoring.models import Mentorship, NeedOfSchool
from mentoring.views.gate import REFUSED, authority_for, page_of, person, require, row_for, year_choices
from schools.models import Organization


@require_http_methods(["GET", "POST"])
def need_list(request: HttpRequest) -> HttpResponse:
    """Declared needs. A director declares the own school's; the office sees all with suggested donor schools."""
    user = require(request, "care.view", "care.own")
    own = user.reach("care.own").organizations
    places = list(Organization.objects.schools().filter(pk__in=own).order_by("sort_key", "pk"))
    form = NeedForm(request.POST or None, years=year_choices(user), initial={"school_year": year_choices(user)[1][0]})
    status = 200
    if request.method == "POST":
        if not places:
            raise PermissionDenied
        asked = request.POST.get("school", str(places[0].pk))
        school = next((place for place in places if str(place.pk) == asked), None)
        if school is None:
            raise PermissionDenied
        status = 422
        if form.is_valid():
            try:
                acts.declare(by=user, school=school, **form.cleaned_data)
            except REFUSED as why:
                form.add_error(None, str(why))
            else:
                messages.success(request, "Потребность заявлена, её увидит управление.")
                return redirect("mentoring:need_list")
    rows = (
        NeedOfSchool.objects.visible_to(user)
        .filter(closed_on__isnull=True)
        .select_related("school", "declared_by__person")
        .prefetch_related("mentorships")
        .order_by("school__sort_key", "subject", "pk")
    )
    page = page_of(request, rows)
    lines = [
        {"need": need, "open": [m for m in need.mentorships.all() if m.state not in ("ended", "declined")]}
        for need in page
    ]
    edits = user.may("care.edit")
    donors: list[Organization] = []
    if edits:
        authority = authority_for(request, "care.edit")
        waiting = [line["need"] for line in lines if not line["open"] and line["need"].authority_id == authority.pk]
        donors = list(Organization.objects.schools().filter(authority=authority, closed__isnull=True))
        offered = acts.suggestions(waiting, authority, donors, today=clock.today(user.zone))
        for line in lines:
            line["offer"] = offered.get(line["need"].pk)
    context = {
        "page": page,
        "lines": lines,
        "form": form,
        "places": places,
        "edits": edits,
        "office": user.may("care.view"),
        "donors": donors,
    }
    return render(request, "mentoring/need_list.html", context, status=status)


@require_POST
def need_close(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_for(request, NeedOfSchool, pk, "school")
    if not (person(request).can("care.own", at=row.school) or person(request).can("care.edit", at=row.school)):
        raise PermissionDenied
    try:
        acts.close_need(by=person(request), need=row)
        messages.success(request, "Потребность снята.")
    except REFUSED as why:
        messages.error(request, str(why))
    return redirect("mentoring:need_list")


@require_POST
def mentorship_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The methodist's click: this need, that school, the reason as shown or typed."""
    need = row_for(request, NeedOfSchool, pk, "school")
    user = person(request)
    if not user.can("care.edit", at=need.school):
        raise PermissionDenied
    asked = request.POST.get("donor", "")
    donor = get_object_or_404(
        Organization.objects.schools().filter(authority=need.authority_id), pk=asked if is_number(asked) else 0
    )
    try:
        row = acts.propose(by=user, need=need, donor=donor, reason=request.POST.get("reason", ""))
    except REFUSED as why:
        messages.error(request, str(why))
        return redirect("mentoring:need_list")
    messages.success(request, f"Предложено: {row.donor} → {row.school}. Директора назовут педагогов.")
    return redirect("mentoring:mentorship_detail", pk=row.pk)


@require_GET
def mentorship_list(request: HttpRequest) -> HttpResponse:
    user = require(request, "care.view", "care.own")
    rows = (
        Mentorship.objects.visible_to(user)
        .select_related("school", "donor", "document")
        .defer(*whole_papers("document"))
        .order_by("school__sort_key", "subject", "pk")
    )
    state = request.GET.get("state", "")
    rows = rows.filter(state=state) if state in MentorState.values else rows.open()
    context = {
        "page": page_of(request, rows),
        "states": MentorState.choices,
        "state": state,
        "today": clock.today(user.zone),
        "office": user.may("care.view"),
        "drafts": user.may("care.edit") and user.may("document.edit"),
    }
    return render(request, "mentoring/mentorship_list.html", context)


@require_POST
def mentorship_order(request: HttpRequest) -> HttpResponse:
    """Ticked mentorships become a draft order that recommends them; each school's own order is recorded later."""
    user = require(request, "care.edit")
    wanted = numbers_of(request.POST.getlist("mentorship")[:500])
    rows = list(
        Mentorship.objects.visible_to(user)
        .filter(pk__in=wanted, authority_id__in=user.reach("care.edit").authorities)
        .select_related("donor", "school", "authority")
        .order_by("donor__sort_key", "subject", "pk")
    )
    if len(rows) != len(wanted):
        raise Http404
    authority = rows[0].authority if rows else authority_for(request, "care.edit")
    if not user.can("document.edit", at=authority):
        raise PermissionDenied
    if any(row.authority_id != authority.pk for row in rows):
        raise Http404
    try:
        document = mentor_order(by=user, authority=authority, mentorships=rows)
    except REFUSED as why:
        messages.error(request, str(why))
        return redirect("mentoring:mentorship_list")
    messages.success(request, "Проект приказа готов: проверьте имена и падежи, допишите срок.")
    return redirect("decisions:document_review", pk=document.pk)


def _row(request: HttpRequest, pk: int) -> Mentorship:
    row: Mentorship = row_for(request, Mentorship, pk, "school", "donor", "need", "authority", "document")
    return row


@require_GET
def mentorship_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _row(request, pk))


def _page(request: HttpRequest, row: Mentorship, **forms: Any) -> HttpResponse:
    user = person(request)
    gives, takes = user.can("care.own", at=row.donor), user.can("care.own", at=row.school)
    today = clock.today(row.donor.zone)
    context = {
        "row": row,
        "gives": gives,
        "takes": takes,
        "edits": user.can("care.edit", at=row.authority),
        "office": user.can("care.view", at=row.authority),
        "today": today,
        "begin_form": forms.get("begin") or BeginForm(initial={"valid_from": today}),
        "end_form": forms.get("end") or EndMentorForm(initial={"day": today}, auto_id="end_%s"),
        "open_now": row.state in (MentorState.PROPOSED, MentorState.AGREED),
    }
    return render(request, "mentoring/mentorship_detail.html", context, status=422 if forms else 200)


@require_POST
def mentorship_name(request: HttpRequest, pk: int) -> HttpResponse:
    """A director names the own teacher."""
    row, user = _row(request, pk), person(request)
    side = "donor" if request.POST.get("side") == "donor" else "school"
    if not user.can("care.own", at=row.donor if side == "donor" else row.school):
        raise PermissionDenied
    try:
        acts.name_teacher(by=user, mentorship=row, side=side, name=request.POST.get("name", ""))
        messages.success(request, "Педагог назван.")
    except REFUSED as why:
        messages.error(request, str(why))
        if row.state in (MentorState.PROPOSED, MentorState.AGREED):  # what was typed stays in its field
            setattr(row, "mentor_name" if side == "donor" else "teacher_name", request.POST.get("name", "")[:200])
            return _page(request, row, named=True)
    return redirect("mentoring:mentorship_detail", pk=pk)


@require_POST
def mentorship_decline(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = _row(request, pk), person(request)
    places = (row.donor, row.school)
    if not (user.can("care.edit", at=row.authority) or any(user.can("care.own", at=place) for place in places)):
        raise PermissionDenied
    try:
        acts.decline(by=user, mentorship=row, reason=request.POST.get("reason", ""))
        messages.success(request, "Отклонено: эта школа больше не предлагается для этой потребности.")
    except REFUSED as why:
        messages.error(request, str(why))
    return redirect("mentoring:mentorship_detail", pk=pk)


@require_POST
def mentorship_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentor's school (or the office from its paper) records consent, order and pay."""
    row, user = _row(request, pk), person(request)
    if not (user.can("care.own", at=row.donor) or user.can("care.edit", at=row.authority)):
        raise PermissionDenied
    form = BeginForm(request.POST)
    if form.is_valid():
        try:
            acts.begin(by=user, mentorship=row, **form.cleaned_data)
        except REFUSED as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Приказ школы записан, наставничество действует.")
            return redirect("mentoring:mentorship_detail", pk=pk)
    return _page(request, row, begin=form)


@require_POST
def mentorship_end(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = _row(request, pk), person(request)
    if not (user.can("care.own", at=row.donor) or user.can("care.edit", at=row.authority)):
        raise PermissionDenied
    form = EndMentorForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        messages.error(request, first_sentence(form))
    else:
        try:
            acts.end(by=user, mentorship=row, **form.cleaned_data)
            messages.success(request, "Наставничество завершено.")
        except REFUSED as why:
            messages.error(request, str(why))
    return redirect("mentoring:mentorship_detail", pk=pk)
