"""The office's side of answers: the queue, accepting and returning, answers on paper, taking off control, their files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.forms import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from config.numbers import is_number, numbers_of
from decisions.actions import answers
from decisions.actions.bulk import Outcome, together
from decisions.actions.moves import place_of
from decisions.enums import TaskState, Verdict
from decisions.forms import DayField
from decisions.models import Assignment, Document, ExecutionReport, ReportFile, ReportItem
from decisions.models.documents import whole_papers
from decisions.views.answers import act, kept, task_for
from decisions.views.documents import stored_file
from decisions.views.gate import person

QUEUE_PAGE = 20  # answers of schools on a page, each with all its clauses
WHOLE_PAGE = 100  # of one document: a whole protocol is judged in one go


@require_GET
def answer_list(request: HttpRequest) -> HttpResponse:
    """The queue: answers that wait to be checked, the oldest first; and what schools say is not theirs.

    Of one chosen document all marked answers can be accepted at once, the single ones returned before.
    """
    user = person(request)
    if not user.may("task.check"):
        raise PermissionDenied
    reach = user.reach("task.check").authorities
    mine = request.GET.get("mine") == "1"
    waiting = ReportItem.objects.filter(
        verdict=Verdict.WAITING,
        report__state="sent",
        assignment__authority_id__in=reach,
        assignment__state=TaskState.ON_CHECK,
    )
    if mine:
        waiting = waiting.filter(assignment__checker=user)
    counts = dict(waiting.values_list("assignment__document").annotate(n=Count("pk")).order_by())
    asked = request.GET.get("document", "")
    chosen = int(asked) if is_number(asked) and int(asked) in counts else None
    if chosen:
        waiting = waiting.filter(assignment__document_id=chosen)
    reports = (
        ExecutionReport.objects.filter(pk__in=waiting.values("report"))
        .select_related("sent_by__person", "organization", "document")
        .defer(*whole_papers("document"))
        .prefetch_related("files__file")
        .order_by("sent_at", "pk")
    )
    page = Paginator(reports, WHOLE_PAGE if chosen else QUEUE_PAGE).get_page(request.GET.get("page"))
    declined = (
        Assignment.objects.filter(authority_id__in=reach, state=TaskState.ON_CHECK)
        .exclude(not_ours_reason="")
        .select_related("clause", "document", "organization")
        .defer(*whole_papers("document"))
    )
    context = {
        "page": page,
        "groups": _with_items(list(page.object_list), waiting),
        "total": counts[chosen] if chosen else sum(counts.values()),
        "documents": _documents(counts),
        "chosen": chosen,
        "declined": list(declined[:30]),
        "mine": mine,
    }
    return render(request, "decisions/answer_list.html", context)


def _with_items(reports: list[ExecutionReport], waiting: Any) -> list[tuple[ExecutionReport, list[ReportItem]]]:
    rows: dict[int, list[ReportItem]] = {report.pk: [] for report in reports}
    items = (
        waiting.filter(report__in=reports)
        .select_related("assignment__clause__collection_form", "assignment__document", "assignment__organization")
        .defer(*whole_papers("assignment__document"))
        .order_by("assignment__clause__position", "pk")
    )
    for item in items:
        rows[item.report_id].append(item)
    return [(report, rows[report.pk]) for report in reports]


def _documents(counts: dict[int, int]) -> list[tuple[Document, int]]:
    """The documents whose answers wait, with how many."""
    rows = Document.objects.filter(pk__in=counts).defer("source_text", "reading").order_by("-date", "-pk")
    return [(row, counts[row.pk]) for row in rows]


@require_POST
def answers_judge(request: HttpRequest) -> HttpResponse:
    """Accepts or returns the chosen answers: of one school (`accept` or `return` with the report's number), or all (`accept=all`)."""
    user = person(request)
    reach = user.reach("task.check").authorities
    if not reach:
        raise PermissionDenied
    wanted = numbers_of(request.POST.getlist("item"))
    items = list(
        ReportItem.objects.filter(pk__in=wanted, assignment__authority_id__in=reach).select_related(
            "assignment__organization", "assignment__clause", "assignment__document"
        )
    )
    if len(items) != len(wanted):
        raise Http404
    verb = "return" if "return" in request.POST else request.POST.get("verb", "accept")
    only = request.POST.get("return") or request.POST.get("accept", "")
    if is_number(only):
        items = [item for item in items if item.report_id == int(only)]
    if not items:
        messages.error(request, "Отметьте ответы.")
        return _back(request)
    field = f"remark-{only}" if is_number(only) else "remark"
    if verb == "return":
        remark = request.POST.get(field, "")
        found = together(items, lambda chosen: answers.return_(by=user, items=chosen, remark=remark))
        done = "Возвращено, школа увидит замечание"
    else:
        found = together(items, lambda chosen: answers.accept(by=user, items=chosen))
        done = "Принято"
    if found.done:
        messages.success(request, found.sentence(done, forms=("ответ", "ответа", "ответов")))
    if found.refused:
        words = found.refusals(lambda item: f"{item.assignment.organization}, {place_of(item.assignment)}")
        messages.error(request, words + kept(request, field))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("back", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return HttpResponseRedirect(asked)
    return redirect("decisions:answer_list")


@require_POST
def not_ours_judge(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk, "task.check")
    if request.POST.get("verb") == "agree":
        return act(
            request,
            lambda: answers.agree_not_ours(by=person(request), assignment=task),
            "Согласовано: поручение снято.",
            "decisions:answer_list",
        )
    remark = request.POST.get("remark", "")
    return act(
        request,
        lambda: answers.refuse_not_ours(by=person(request), assignment=task, remark=remark),
        "Поручение осталось за школой.",
        "decisions:answer_list",
    )


@require_POST
def tasks_on_paper(request: HttpRequest) -> HttpResponse:
    """«Принято на бумаге» with the true date, for the chosen tasks."""
    tasks = _chosen(request, "task.check")
    field = DayField()
    try:
        day: dt.date = field.clean(request.POST.get("day", ""))
    except ValidationError as why:
        messages.error(request, f"Дата ответа: {why.messages[0]}")
        return redirect("decisions:matrix_detail", pk=tasks[0].document_id)
    note = request.POST.get("note", "")
    found = together(
        tasks, lambda rows: answers.accept_on_paper(by=person(request), assignments=rows, day=day, note=note)
    )
    return _bulk_done(request, found, "Отмечено принятым на бумаге", tasks[0])


@require_POST
def tasks_withdraw(request: HttpRequest) -> HttpResponse:
    """Снять с контроля."""
    tasks = _chosen(request, "task.withdraw")
    reason, how = request.POST.get("reason", ""), request.POST.get("how", "")
    found = together(
        tasks,
        lambda rows: answers.withdraw(by=person(request), assignments=rows, reason=reason, not_done=how == "not_done"),
    )
    return _bulk_done(request, found, "Снято с контроля", tasks[0])


def _bulk_done(request: HttpRequest, found: Outcome, done: str, first: Assignment) -> HttpResponse:
    """Tells what was done and what was not, and goes back where the person was."""
    if found.done:
        messages.success(request, found.sentence(done))
    if found.refused:
        words = found.refusals(lambda row: f"{row.organization}, {place_of(row)}")
        messages.error(request, words + kept(request, "reason", "note"))
    asked = request.POST.get("back", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return HttpResponseRedirect(asked)
    return redirect("decisions:matrix_detail", pk=first.document_id)


def _chosen(request: HttpRequest, permission: str) -> list[Assignment]:
    """The tasks a form names, all of them of authorities where the permission holds, or controlled by the person."""
    user = person(request)
    reach = user.reach(permission).authorities
    wanted = numbers_of(request.POST.getlist("task"))
    rows = Assignment.objects.visible_to(user).filter(pk__in=wanted)
    own = Q(controller=user) if permission == "task.withdraw" else Q(pk__in=[])
    if not reach and not rows.filter(own).exists():
        raise PermissionDenied
    tasks = list(
        rows.filter(Q(authority_id__in=reach) | own)
        .select_related("clause", "document", "organization")
        .defer(*whole_papers("document"))
    )
    if not tasks or len(tasks) != len(wanted):
        raise Http404
    return tasks


# --- files ---


@require_GET
def report_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of an answer, through the answer's own permission."""
    reports = ExecutionReport.objects.visible_to(person(request))
    row = get_object_or_404(ReportFile.objects.filter(report__in=reports).select_related("file"), pk=pk)
    return stored_file(row.file)
