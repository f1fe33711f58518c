"""The catalogue of risks, the risk profile of a school and its roadmap's way to tasks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import is_number
from mentoring.actions import risks as acts
from mentoring.enums import RoadmapState, Significance
from mentoring.forms import Line, lines_of
from mentoring.models import RiskKind, RiskProfile
from mentoring.views.gate import (
    REFUSED,
    authority_for,
    own_schools,
    page_of,
    person,
    require,
    row_for,
    school_for,
    this_year,
    year_choices,
)

BLANK = 2


@require_http_methods(["GET", "POST"])
def risk_kind_list(request: HttpRequest) -> HttpResponse:
    """The editable catalogue of a year."""
    authority = authority_for(request, "care.view")
    user = person(request)
    edits = user.can("care.edit", at=authority)
    years = year_choices(user)
    asked = request.POST.get("year") or request.GET.get("year") or ""
    year = int(asked) if asked in {str(y) for y, _ in years} else this_year(user)
    if request.method == "POST":
        if not edits:
            raise PermissionDenied
        try:
            _change_catalogue(request, authority, year)
        except REFUSED as why:
            messages.error(request, str(why))
        return redirect(f"{reverse('mentoring:risk_kind_list')}?year={year}")
    rows = RiskKind.objects.filter(authority=authority, school_year=year)
    context = {"rows": rows, "year": year, "years": years, "edits": edits}
    return render(request, "mentoring/risk_kind_list.html", context)


def _change_catalogue(request: HttpRequest, authority: Any, year: int) -> None:
    user, verb = person(request), request.POST.get("verb")
    if verb == "fill":
        made = acts.fill_catalogue(by=user, authority=authority, school_year=year)
        messages.success(request, f"Справочник заполнен, видов рисков: {made}. Исправьте названия, если они другие.")
        return
    kind = None
    if pk := request.POST.get("kind", ""):
        kind = get_object_or_404(RiskKind, pk=pk if is_number(pk) else 0, authority=authority, school_year=year)
    acts.save_kind(
        by=user,
        authority=authority,
        school_year=year,
        name=request.POST.get("name", ""),
        kind=kind,
        hidden=verb == "hide",
    )
    messages.success(request, "Сохранено.")


@require_GET
def profile_list(request: HttpRequest) -> HttpResponse:
    """Risk profiles of a year and where their roadmaps stand."""
    user = require(request, "care.view", "care.own", "care.help")
    rows = (
        RiskProfile.objects.visible_to(user)
        .select_related("school")
        .prefetch_related("risks")
        .order_by("-school_year", "school__sort_key", "pk")
    )
    state = request.GET.get("state", "")
    if state in RoadmapState.values:
        rows = rows.filter(state=state)
    context = {
        "page": page_of(request, rows),
        "states": RoadmapState.choices,
        "state": state,
        "office": user.may("care.view"),
        "own": own_schools(user),
    }
    return render(request, "mentoring/profile_list.html", context)


@require_POST
def profile_create(request: HttpRequest, pk: int) -> HttpResponse:
    """The profile of this year (or the one already there)."""
    school = school_for(request, pk, "care.edit", "care.own", "care.help")
    row = acts.open_profile(by=person(request), school=school, school_year=this_year(person(request)))
    return redirect("mentoring:profile_detail", pk=row.pk)


def _profile(request: HttpRequest, pk: int) -> RiskProfile:
    row: RiskProfile = row_for(
        request, RiskProfile, pk, "school__authority", "document", "agreed_by__person", "approved_by__person"
    )
    return row


def _writes(user: Any, row: RiskProfile) -> bool:
    """The school prepares its roadmap; the office may help while it is the school's turn."""
    return row.open_to_school and (user.can("care.own", at=row.school) or user.can("care.edit", at=row.school))


@require_GET
def profile_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _profile(request, pk))


def _page(
    request: HttpRequest,
    row: RiskProfile,
    *,
    error: str = "",
    typed_steps: dict[int, list[Line]] | None = None,
    typed_risks: dict[int, acts.RiskLine] | None = None,
    goal: str | None = None,
) -> HttpResponse:
    user = person(request)
    risks = list(row.risks.select_related("kind").prefetch_related("steps__clause__assignments"))
    writes = _writes(user, row)
    known = {risk.kind_id: risk for risk in risks}
    lines = []
    if writes:
        kinds = RiskKind.objects.filter(authority=row.authority_id, school_year=row.school_year)
        for kind in kinds:
            risk = known.get(kind.pk)
            if kind.hidden and risk is None:
                continue
            typed = (typed_risks or {}).get(kind.pk)
            if typed is None:
                typed = acts.RiskLine(risk.significance, risk.chosen, risk.note) if risk else acts.RiskLine("", False)
            lines.append((kind, typed))
    chosen = []
    for risk in risks:
        if not risk.chosen:
            continue
        steps = (typed_steps or {}).get(risk.pk)
        if steps is None:
            steps = [Line(s.text, s.due.isoformat(), sign=s.sign) for s in risk.steps.all()]
        chosen.append((risk, [*steps, *[Line("", "") for _ in range(BLANK)]]))
    context = {
        "row": row,
        "risks": risks,
        "lines": lines,
        "chosen": chosen,
        "significances": Significance.choices,
        "writes": writes,
        "agrees": row.state == RoadmapState.AGREEING and user.can("care.help", at=row.school),
        "approves": row.state == RoadmapState.APPROVING and user.can("care.edit", at=row.school),
        "office": user.can("care.view", at=row.school),
        "events": list(row.events.select_related("by__person")[:20]),
        "error": error,
        "goal": row.goal if goal is None else goal,
        "today": clock.today(row.school.zone),
        "document_seen": row.document is not None
        and (user.may("document.view") or user.can("care.own", at=row.school)),
    }
    return render(request, "mentoring/profile_detail.html", context, status=422 if error else 200)


def _version(request: HttpRequest) -> int:
    value = request.POST.get("version", "")
    if not is_number(value):
        raise Http404
    return int(value)


@require_POST
def profile_risks(request: HttpRequest, pk: int) -> HttpResponse:
    row = _profile(request, pk)
    if not (person(request).can("care.own", at=row.school) or person(request).can("care.edit", at=row.school)):
        raise PermissionDenied
    typed = {}
    for kind in RiskKind.objects.filter(authority=row.authority_id, school_year=row.school_year):
        significance = request.POST.get(f"significance-{kind.pk}")
        if significance is None:
            continue
        typed[kind.pk] = acts.RiskLine(
            significance if significance in Significance.values else "",
            bool(request.POST.get(f"chosen-{kind.pk}")),
            request.POST.get(f"note-{kind.pk}", "")[:1000],
        )
    goal = request.POST.get("goal", "")[:4000]
    try:
        acts.save_risks(by=person(request), profile=row, version=_version(request), goal=goal, lines=typed)
    except REFUSED as why:
        row = _profile(request, pk)
        return _page(request, row, error=str(why), typed_risks=typed, goal=goal)
    messages.success(request, "Риски сохранены. Теперь — меры по выбранным.")
    return redirect(reverse("mentoring:profile_detail", args=[pk]) + "#steps")


@require_POST
def profile_steps(request: HttpRequest, pk: int) -> HttpResponse:
    row = _profile(request, pk)
    if not (person(request).can("care.own", at=row.school) or person(request).can("care.edit", at=row.school)):
        raise PermissionDenied
    typed: dict[int, list[Line]] = {
        risk.pk: lines_of(request.POST, f"risk{risk.pk}", need_day=True) for risk in row.risks.filter(chosen=True)
    }
    wrong = any(line.error for lines in typed.values() for line in lines)
    try:
        if wrong:
            return _page(request, row, error="Меры: исправьте отмеченное.", typed_steps=typed)
        steps = [
            acts.StepLine(risk, line.text, line.sign, line.day)
            for risk, lines in typed.items()
            for line in lines
            if line.day is not None
        ]
        saved = acts.save_steps(by=person(request), profile=row, version=_version(request), steps=steps)
        if request.POST.get("verb") == "send":
            sent = acts.send(by=person(request), profile=saved, version=saved.version)
            messages.success(request, f"Дорожная карта передана: {sent.get_state_display()}.")
        else:
            messages.success(request, "Меры сохранены.")
    except REFUSED as why:
        return _page(request, _profile(request, pk), error=str(why), typed_steps=typed)
    return redirect(reverse("mentoring:profile_detail", args=[pk]) + "#steps")


@require_POST
def profile_move(request: HttpRequest, pk: int) -> HttpResponse:
    """The curator agrees or remarks, the office approves or remarks; a curator approves nothing."""
    row = _profile(request, pk)
    user, verb = person(request), request.POST.get("verb", "")
    helps, edits = user.can("care.help", at=row.school), user.can("care.edit", at=row.school)
    allowed = {
        "agree": helps,
        "approve": edits,
        "remark": edits or (helps and row.state != RoadmapState.APPROVING),
    }
    if not allowed.get(verb, helps or edits):
        raise PermissionDenied
    version = _version(request)
    try:
        if verb == "agree":
            acts.agree(by=user, profile=row, version=version)
            messages.success(request, "Согласовано и передано на утверждение в управление.")
        elif verb == "approve":
            done = acts.approve(by=user, profile=row, version=version)
            messages.success(request, f"Утверждено: меры стали поручениями «{done.school}».")
        else:
            acts.remark(by=user, profile=row, version=version, words=request.POST.get("words", ""))
            messages.success(request, "Замечания переданы школе.")
    except REFUSED as why:
        return _page(request, _profile(request, pk), error=str(why))
    return redirect("mentoring:profile_detail", pk=pk)
