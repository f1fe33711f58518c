"""«К планёрке»: what is late and why, what is due this week, what waits for a decision; and «Напомнить» by hand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from config import clock, slots
from config.numbers import is_number, numbers_of
from config.ui.words import counted
from decisions.actions.nudges import nudge
from decisions.enums import TaskState
from decisions.errors import Refused
from decisions.models import Assignment, Document, Explanation, ExtensionRequest
from decisions.models.documents import whole_papers
from decisions.reminders.school import reminded
from decisions.views.gate import office_authority, person
from schools.models import User
from schools.views.gate import page_of

PAGE = 60


@dataclass
class LateTask:
    task: Assignment
    reasons: list[str]


@dataclass
class LateDocument:
    document: Document
    rows: list[LateTask] = field(default_factory=list)


@require_GET
def briefing(request: HttpRequest) -> HttpResponse:
    """One page for the meeting on Monday: documents in order of date, schools by name inside a clause."""
    user = person(request)
    authority = office_authority(request, "task.check")
    today = clock.today(user.zone)
    end = today + dt.timedelta(days=6 - today.weekday())
    mine = reminded().filter(authority=authority)
    late = _with_all(mine.filter(effective_due__lt=today)).order_by(
        "document__date", "document_id", "clause__position", "organization__sort_key", "pk"
    )
    page = page_of(request, late, PAGE)
    week = list(
        mine.filter(effective_due__range=(today, end))
        .values("effective_due", "document_id", *_NAME)
        .annotate(tasks=Count("pk"), schools=Count("organization_id", distinct=True), due=Min("due"))
        .order_by("effective_due", "document_id")
    )
    context = {
        "authority": authority,
        "today": today,
        "end": end,
        "page": page,
        "late": _by_document(list(page.object_list), today),
        "week": [row | {"document": _named(row)} for row in week],
        "week_total": sum(row["tasks"] for row in week),
        "waiting": [(source.label, *source.rows(user)) for source in slots.waiting_sources],
        "may_remind": user.can("task.remind", at=authority),
    }
    context["waiting_total"] = sum(number for _, number, _ in context["waiting"])
    return render(request, "decisions/briefing.html", context)


_NAME = ("document__kind", "document__number", "document__date")


def _named(row: dict[str, Any]) -> Document:
    """The document of a grouped row, with what its title is made of and nothing else."""
    return Document(
        pk=row["document_id"],
        kind=row["document__kind"],
        number=row["document__number"],
        date=row["document__date"],
    )


def _with_all(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.select_related("document", "clause", "organization").defer(*whole_papers("document"))


def _by_document(tasks: list[Assignment], today: dt.date) -> list[LateDocument]:
    notes: dict[int, list[str]] = defaultdict(list)
    for source in slots.task_notes:
        for pk, sentences in source.notes(tasks).items():
            notes[pk] += sentences
    out: dict[int, LateDocument] = {}
    for task in tasks:
        group = out.setdefault(task.document_id, LateDocument(task.document))
        group.rows.append(LateTask(task, notes[task.pk] or [_reason(task)]))
    return list(out.values())


def _reason(task: Assignment) -> str:
    """What the program itself knows of a delay."""
    if task.state == TaskState.RETURNED and task.last_remark:
        return f"ответ возвращён: {task.last_remark}"
    if task.first_seen_at is None:
        return "поручение не открывали"
    return f"открыто {task.first_seen_at:%d.%m.%Y}, ответа нет"


def answers_waiting(user: User) -> tuple[int, list[tuple[str, str, str]]]:
    """Answers of schools that wait for a check, by document."""
    rows = (
        Assignment.objects.filter(authority_id__in=user.reach("task.check").authorities, state=TaskState.ON_CHECK)
        .values("document_id", *_NAME)
        .annotate(tasks=Count("pk"), oldest=Min("answered_on"))
        .order_by("oldest", "document_id")
    )
    found = list(rows)
    shown = [
        (
            _named(row).short_title,
            counted(row["tasks"], "ответ", "ответа", "ответов")
            + (f", с {row['oldest']:%d.%m.%Y}" if row["oldest"] else ""),
            f"{reverse('decisions:answer_list')}?document={row['document_id']}",
        )
        for row in found[:10]
    ]
    return sum(row["tasks"] for row in found), shown


def extensions_waiting(user: User) -> tuple[int, list[tuple[str, str, str]]]:
    """Requests to prolong that wait for a decision of the person's office, the oldest first."""
    rows = ExtensionRequest.objects.waiting().filter(assignment__authority_id__in=user.reach("task.check").authorities)
    found = list(
        rows.select_related("assignment__organization", "assignment__document", "assignment__clause")
        .defer(*whole_papers("assignment__document"))
        .order_by("pk")[:10]
    )
    shown = []
    for row in found:
        task = row.assignment
        number = f", п. {task.clause.shown_number}" if task.clause.shown_number else ""
        shown.append(
            (
                f"{task.organization}: {task.document.short_title}{number}",
                f"просят до {row.wanted:%d.%m.%Y}: {row.reason}"[:200],
                reverse("decisions:extension_list"),
            )
        )
    return rows.count(), shown


def why_late(tasks: Sequence[Assignment]) -> dict[int, list[str]]:
    """What the school itself said of its delay: an explanation, a request to prolong."""
    notes: dict[int, list[str]] = {}
    for said in Explanation.objects.filter(assignment__in=tasks).order_by("pk"):
        notes[said.assignment_id] = [f"объяснение: {said.text}"]
    for asked in ExtensionRequest.objects.waiting().filter(assignment__in=tasks):
        notes.setdefault(asked.assignment_id, []).append(f"просят продлить до {asked.wanted:%d.%m.%Y}: {asked.reason}")
    return notes


@require_POST
def tasks_nudge(request: HttpRequest) -> HttpResponse:
    """«Напомнить»: the chosen tasks, or all open ones of a document; the schools hear of it in their next message."""
    user = person(request)
    if not user.may("task.remind"):
        raise PermissionDenied
    rows = Assignment.objects.visible_to(user).select_related("authority")
    ids = numbers_of(request.POST.getlist("task"))
    document = request.POST.get("document", "")
    if ids:
        rows = rows.filter(pk__in=ids)
    elif is_number(document):
        rows = rows.filter(document_id=int(document)).open().filter(reports=True, recommended=False)
    else:
        raise Http404
    found = list(rows)
    if not found:
        if ids:
            raise Http404
        messages.info(request, "Напоминать не о чем: открытых поручений по документу нет.")
        return _back(request)
    if not all(user.can("task.remind", at=row.authority) for row in found):
        raise PermissionDenied
    try:
        fresh, already = nudge(by=user, assignments=found)
    except Refused as why:
        messages.error(request, str(why))
    else:
        said = f"Напомним о {counted(fresh, 'поручении', 'поручениях', 'поручениях')} в ближайшем утреннем письме."
        if not fresh:
            said = "Об этом сегодня уже попросили: напоминание придёт в ближайшем утреннем письме."
        elif already:
            said += f" О {already} сегодня уже просили."
        messages.success(request, said)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return HttpResponseRedirect(back)
    return redirect("decisions:briefing")
