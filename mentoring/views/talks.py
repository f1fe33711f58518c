"""Interviews: lists of questions, invitations, the school's answers, the office's notes, the draft of the protocol."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import is_number, numbers_of
from mentoring.actions import talks as acts
from mentoring.enums import InterviewState
from mentoring.forms import InviteForm, Line, QuestionnaireForm, lines_of
from mentoring.models import Interview, Questionnaire
from mentoring.views.gate import REFUSED, authority_for, page_of, person, require, row_for

BLANK = 3


@require_GET
def questionnaire_list(request: HttpRequest) -> HttpResponse:
    user = require(request, "care.view")
    rows = Questionnaire.objects.visible_to(user).prefetch_related("versions")
    return render(
        request, "mentoring/questionnaire_list.html", {"page": page_of(request, rows), "edits": user.may("care.edit")}
    )


@require_http_methods(["GET", "POST"])
def questionnaire_create(request: HttpRequest) -> HttpResponse:
    authority = authority_for(request, "care.edit")
    return _edit(request, authority, None)


@require_http_methods(["GET", "POST"])
def questionnaire_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words now; interviews that began with an earlier version keep it."""
    row = row_for(request, Questionnaire, pk, "authority")
    if not person(request).can("care.edit", at=row.authority):
        raise PermissionDenied
    return _edit(request, row.authority, row)


def _edit(request: HttpRequest, authority: Any, row: Questionnaire | None) -> HttpResponse:
    last = row.versions.order_by("-number").first() if row else None
    initial = {"title": row.title, "questions": "\n".join(q["text"] for q in last.questions)} if row and last else None
    form = QuestionnaireForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_questionnaire(
                by=person(request),
                authority=authority,
                title=form.cleaned_data["title"],
                texts=form.cleaned_data["questions"].splitlines(),
                row=row,
            )
        except REFUSED as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Вопросы сохранены.")
            return redirect("mentoring:questionnaire_list")
    context = {"form": form, "row": row, "last": last}
    return render(request, "mentoring/questionnaire_edit.html", context, status=422 if form.is_bound else 200)


@require_GET
def interview_list(request: HttpRequest) -> HttpResponse:
    """Interviews, newest day first; held ones of a day become one protocol."""
    user = require(request, "care.view", "care.own")
    rows = (
        Interview.objects.visible_to(user)
        .select_related("school", "version__questionnaire", "document")
        .order_by("-day", "school__sort_key", "pk")
    )
    page = page_of(request, rows)
    days: list[dict[str, Any]] = []
    for row in page:
        if not days or days[-1]["day"] != row.day:
            days.append({"day": row.day, "rows": [], "ready": False})
        days[-1]["rows"].append(row)
        days[-1]["ready"] = days[-1]["ready"] or row.state == InterviewState.HELD
    context = {
        "page": page,
        "days": days,
        "edits": user.may("care.edit"),
        "office": user.may("care.view"),
        "today": clock.today(user.zone),
    }
    return render(request, "mentoring/interview_list.html", context)


@require_http_methods(["GET", "POST"])
def interview_create(request: HttpRequest) -> HttpResponse:
    authority = authority_for(request, "care.edit")
    form = InviteForm(request.POST or None, authority=authority)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = acts.invite(
                by=person(request), questionnaire=data["questionnaire"], schools=list(data["schools"]), day=data["day"]
            )
        except REFUSED as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"Назначено собеседований: {len(made)}. Директора получили вопросы.")
            return redirect("mentoring:interview_list")
    has = Questionnaire.objects.filter(authority=authority, archived=False).exists()
    return render(
        request, "mentoring/interview_create.html", {"form": form, "has": has}, status=422 if form.is_bound else 200
    )


def _row(request: HttpRequest, pk: int) -> Interview:
    row: Interview = row_for(request, Interview, pk, "school", "version__questionnaire", "document", "authority")
    return row


@require_GET
def interview_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _row(request, pk))


def _page(
    request: HttpRequest, row: Interview, *, error: str = "", typed: Any = None, advice: list[Line] | None = None
) -> HttpResponse:
    user = person(request)
    office = user.can("care.view", at=row.authority)
    answers = {one.key: one for one in row.answers.all()}
    before = acts.last_time(row)
    earlier = {one.key: one for one in before.answers.all()} if before else {}
    lines = []
    for number, question in enumerate(row.version.questions, start=1):
        key = question["key"]
        now, then = answers.get(key), earlier.get(key)
        lines.append(
            {
                "number": number,
                "key": key,
                "question": question["text"],
                "text": typed.get(f"text-{key}", now.text if now else "") if typed else (now.text if now else ""),
                "note": typed.get(f"note-{key}", now.note if now else "") if typed else (now.note if now else ""),
                "then": then.text if then else "",
            }
        )
    given = list(row.advice.all())
    if advice is None:
        advice = [Line(one.text, one.due.isoformat() if one.due else "") for one in given]
    own = user.can("care.own", at=row.school)
    context = {
        "row": row,
        "lines": lines,
        "before": before,
        "office": office,
        # The office's notes and drafts of conclusions are its own until the protocol says them.
        "edits": user.can("care.edit", at=row.authority) and row.document_id is None,
        "answers": own and row.state in (InterviewState.PLANNED, InterviewState.READY),
        "conclusions": typed.get("conclusions", row.conclusions) if typed else row.conclusions,
        "advice": [*advice, *[Line("", "") for _ in range(BLANK)]],
        "given": given,
        "error": error,
        "today": clock.today(row.authority.zone),
        "saved": row.saved,
    }
    return render(request, "mentoring/interview_detail.html", context, status=422 if error else 200)


def _saved(request: HttpRequest) -> int:
    value = request.POST.get("saved", "")
    if not is_number(value):
        raise Http404
    return int(value)


@require_POST
def interview_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The director's answers: kept as a draft, or handed over."""
    row, user = _row(request, pk), person(request)
    if not user.can("care.own", at=row.school):
        raise PermissionDenied
    keys = [one["key"] for one in row.version.questions]
    texts = {key: request.POST.get(f"text-{key}", "") for key in keys}
    ready = request.POST.get("verb") == "ready"
    try:
        acts.save_answers(by=user, interview=row, saved=_saved(request), texts=texts, ready=ready)
    except REFUSED as why:
        return _page(request, _row(request, pk), error=str(why), typed=request.POST)
    messages.success(request, "Ответы переданы в управление." if ready else "Черновик сохранён.")
    return redirect("mentoring:interview_detail", pk=pk)


@require_POST
def interview_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes, conclusions and recommendations of the office."""
    row, user = _row(request, pk), person(request)
    if not user.can("care.edit", at=row.authority):
        raise PermissionDenied
    advice = lines_of(request.POST, "advice", need_day=False)
    keys = [one["key"] for one in row.version.questions]
    if any(line.error for line in advice):
        return _page(request, row, error="Рекомендации: исправьте отмеченное.", typed=request.POST, advice=advice)
    held = request.POST.get("verb") == "held"
    try:
        acts.save_talk(
            by=user,
            interview=row,
            saved=_saved(request),
            notes={key: request.POST.get(f"note-{key}", "") for key in keys},
            conclusions=request.POST.get("conclusions", ""),
            advice=[(line.text, line.day) for line in advice],
            held=held,
        )
    except REFUSED as why:
        return _page(request, _row(request, pk), error=str(why), typed=request.POST, advice=advice)
    messages.success(request, "Собеседование отмечено проведённым." if held else "Сохранено.")
    return redirect("mentoring:interview_detail", pk=pk)


@require_POST
def interview_protocol(request: HttpRequest) -> HttpResponse:
    """«Составить протокол»: ticked held interviews of one day become a draft in the editor."""
    user = require(request, "care.edit")
    wanted = numbers_of(request.POST.getlist("interview"))
    rows = list(
        Interview.objects.visible_to(user).filter(pk__in=wanted, authority_id__in=user.reach("care.edit").authorities)
    )
    if len(rows) != len(wanted):
        raise Http404
    try:
        document = acts.draft_protocol(by=user, interviews=rows)
    except REFUSED as why:
        messages.error(request, str(why))
        return redirect("mentoring:interview_list")
    messages.success(request, "Проект протокола готов: проверьте пункты и зарегистрируйте его.")
    return redirect("decisions:document_review", pk=document.pk)
