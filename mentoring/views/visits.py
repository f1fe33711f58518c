"""Visits: the log, planning, what was seen and agreed, the director's word, files, the quarter's report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.uploads import BadUpload, kind_of
from decisions.actions.intake import store_source
from decisions.forms import DayField
from decisions.views.documents import stored_file
from mentoring.actions import visits as acts
from mentoring.actions.drafts import visits_report
from mentoring.enums import VisitState
from mentoring.forms import Line, VisitForm, lines_of
from mentoring.models import Visit, VisitFile
from mentoring.quarters import code_of, first_of_quarter, quarter_of, quarter_words
from mentoring.quarters import lines_of as lines_of_schools
from mentoring.views.gate import REFUSED, authority_for, own_schools, page_of, person, require, row_for, school_for
from mentoring.views.schools import curator_only
from schools.models import User

LINES = 3
MOST_VISITS = 500


@require_GET
def visit_list(request: HttpRequest) -> HttpResponse:
    """The log: a curator's own visits, the office's all, a school's own."""
    user = require(request, "care.view", "care.own", "care.help")
    rows = (
        Visit.objects.visible_to(user)
        .select_related("school", "by__person", "document")
        .prefetch_related("agreements")
        .order_by("-planned_on", "-pk")
    )
    context = {"page": page_of(request, rows), "today": clock.today(user.zone), "helps": user.may("care.help")}
    context["own"] = own_schools(user)
    return render(request, "mentoring/visit_list.html", context)


@require_http_methods(["GET", "POST"])
def visit_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A curator plans a visit to a school in care."""
    school = school_for(request, pk, "care.help")
    user = curator_only(request, school)
    today = clock.today(school.zone)
    form = VisitForm(request.POST or None, initial={"day": today})
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.plan(by=user, school=school, **form.cleaned_data)
        except REFUSED as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"Визит запланирован на {row.planned_on:%d.%m.%Y}. Директор получил сообщение.")
            return redirect("mentoring:visit_detail", pk=row.pk)
    context = {"form": form, "school": school}
    return render(request, "mentoring/visit_create.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit. Its curator writes what was seen and agreed; everybody else reads."""
    row: Visit = row_for(request, Visit, pk, "school__authority", "by__person", "document", "confirmed_by__person")
    user = person(request)
    writes = (
        row.by_id == user.pk
        and user.can("care.help", at=row.school)
        and row.confirmed_at is None
        and row.state != VisitState.CANCELLED
    )
    today = clock.today(row.school.zone)
    error, status = "", 200
    typed: dict[str, Any] = {
        "held_on": (row.held_on or min(row.planned_on, today)).isoformat(),
        "findings": row.findings,
        "lines": [Line(one.text, one.due.isoformat()) for one in row.agreements.all()],
    }
    if request.method == "POST":
        if not writes:
            raise PermissionDenied
        lines = lines_of(request.POST, "step", need_day=True)
        typed = {
            "held_on": request.POST.get("held_on", ""),
            "findings": request.POST.get("findings", "")[:8000],
            "lines": lines,
        }
        ask = request.POST.get("verb") == "ask"
        try:
            day = DayField().clean(typed["held_on"])
        except Exception:  # noqa: BLE001 — one sentence says it whatever was typed
            day = None
        if day is None:
            error = "Укажите, когда проведён визит, например 01.09.2026."
        elif any(line.error for line in lines):
            error = "Договорённости: исправьте отмеченное."
        else:
            try:
                acts.hold(
                    by=user,
                    visit=row,
                    held_on=day,
                    findings=typed["findings"],
                    agreements=[(line.text, line.day) for line in lines if line.day],
                    ask=ask,
                )
            except REFUSED as why:
                error = str(why)
            else:
                messages.success(request, "Передано директору на подтверждение." if ask else "Сохранено.")
                return redirect("mentoring:visit_detail", pk=pk)
        status = 422
    while len(typed["lines"]) < LINES:
        typed["lines"].append(Line("", ""))
    context = {
        "row": row,
        "writes": writes,
        "typed": typed,
        "error": error,
        "today": today,
        "agreements": list(row.agreements.select_related("clause").prefetch_related("clause__assignments")),
        "files": list(row.files.select_related("file")),
        "decides": user.can("care.own", at=row.school) and row.waits_for_director,
    }
    return render(request, "mentoring/visit_detail.html", context, status=status)


@require_POST
def visit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    row: Visit = row_for(request, Visit, pk, "school")
    user = curator_only(request, row.school)
    try:
        acts.cancel(by=user, visit=row)
        messages.success(request, "Визит отменён, директор получил сообщение.")
    except REFUSED as why:
        messages.error(request, str(why))
    return redirect("mentoring:visit_detail", pk=pk)


@require_POST
def visit_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The director confirms what was agreed, or says with what not."""
    row: Visit = row_for(request, Visit, pk, "school")
    user = person(request)
    if not user.can("care.own", at=row.school):
        raise PermissionDenied
    try:
        if request.POST.get("verb") == "object":
            acts.object_to(by=user, visit=row, words=request.POST.get("words", ""))
            messages.success(request, "Замечание передано куратору.")
        else:
            acts.confirm(by=user, visit=row, seal=request.POST.get("seal", ""))
            messages.success(request, "Подтверждено. Договорённости — в поручениях школы.")
    except REFUSED as why:
        messages.error(request, str(why))
    return redirect("mentoring:visit_detail", pk=pk)


@require_POST
def visit_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    row: Visit = row_for(request, Visit, pk, "school__authority")
    user = curator_only(request, row.school)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise BadUpload("Выберите файл.")
        if upload.size and upload.size > settings.MAX_UPLOAD_BYTES:
            raise BadUpload(f"Файл больше {settings.MAX_UPLOAD_BYTES // 1024 // 1024} МБ.")
        content = upload.read()
        _, media = kind_of(content, upload.name or "файл", limit=settings.MAX_UPLOAD_BYTES)
        assert row.school.authority is not None
        file = store_source(
            by=user, authority=row.school.authority, name=upload.name or "файл", content=content, content_type=media
        )
        acts.attach(by=user, visit=row, file=file)
        messages.success(request, "Файл приложен.")
    except (BadUpload, *REFUSED) as why:
        messages.error(request, str(why))
    return redirect("mentoring:visit_detail", pk=pk)


@require_GET
def visit_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a visit the person sees, as an attachment."""
    user = require(request, "care.view", "care.own", "care.help")
    row = get_object_or_404(
        VisitFile.objects.filter(visit__in=Visit.objects.visible_to(user)).select_related("file"), pk=pk
    )
    return stored_file(row.file)


def _quarter(request: HttpRequest, user: User, asked: str) -> tuple[dt.date, dt.date, Any]:
    """The days asked for and the visits held in them that the person reports on: a curator the own ones, the office all."""
    first, last = quarter_of(asked, clock.today(user.zone))
    rows = (
        Visit.objects.visible_to(user)
        .filter(state=VisitState.HELD, held_on__gte=first, held_on__lte=last)
        .select_related("school", "by__person")
        .prefetch_related("agreements__clause__assignments")
        .order_by("school__sort_key", "held_on", "pk")
    )
    return first, last, rows if user.may("care.view") else rows.filter(by=user)


@require_GET
def visit_report(request: HttpRequest) -> HttpResponse:
    """The quarter's report made from visits: a curator's own, or of all curators for the office. It prints."""
    user = require(request, "care.view", "care.help")
    today = clock.today(user.zone)
    first, last, rows = _quarter(request, user, request.GET.get("quarter", ""))
    lines = lines_of_schools(rows[:MOST_VISITS], today)
    quarters = []
    start = first_of_quarter(today)
    for _ in range(5):
        quarters.append((code_of(start), quarter_words(start)))
        start = first_of_quarter(start - dt.timedelta(days=1))
    context = {
        "lines": lines,
        "first": first,
        "last": last,
        "words": quarter_words(first),
        "quarters": quarters,
        "chosen": code_of(first),
        "total": sum(len(line.visits) for line in lines),
        "who": "" if user.may("care.view") else str(user),
        "drafts": bool(lines) and user.may("care.edit") and user.may("document.edit"),
    }
    return render(request, "mentoring/visit_report.html", context)


@require_POST
def visit_report_draft(request: HttpRequest) -> HttpResponse:
    """The quarter's report as the annex of a draft protocol, to be edited, registered and signed like any other."""
    authority = authority_for(request, "care.edit")
    user = person(request)
    if not user.can("document.edit", at=authority):
        raise PermissionDenied
    first, last, rows = _quarter(request, user, request.POST.get("quarter", ""))
    lines = lines_of_schools(rows.filter(authority=authority)[:MOST_VISITS], clock.today(user.zone))
    try:
        document = visits_report(by=user, authority=authority, first=first, last=last, lines=lines)
    except REFUSED as why:
        messages.error(request, str(why))
        return redirect("mentoring:visit_report")
    messages.success(request, "Проект протокола готов: отчёт — в приложении, его можно править.")
    return redirect("decisions:document_review", pk=document.pk)
