"""Terms that move: a school asks, the office decides or moves dates itself, several at once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import numbers_of
from decisions.actions import extensions
from decisions.actions.bulk import Outcome
from decisions.actions.moves import place_of
from decisions.enums import RequestState
from decisions.errors import Refused
from decisions.excerpts import with_words
from decisions.forms_life import AskForm, DecisionForm, MoveForm, first_sentence
from decisions.models import Assignment, ExtensionRequest
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.task_life import Line, lines_of
from decisions.views.answers import kept
from decisions.views.gate import person
from decisions.views.tasks import elsewhere, own_tasks

PAGE = 40
MOST = 200  # tasks in one form
TABS = (("waiting", "Ждут решения"), ("decided", "Рассмотренные"))


def posted_ids(request: HttpRequest, name: str) -> set[int]:
    """Ids of a form's boxes; rubbish and numbers no row can have are nobody's."""
    values = [*request.POST.getlist(name), *request.GET.getlist(name)]
    return numbers_of(values)


@require_http_methods(["GET", "POST"])
def extension_ask(request: HttpRequest) -> HttpResponse:
    """A school asks to prolong the terms of the ticked tasks; those refused stay on the page with the reason."""
    user = person(request)
    if not user.may("task.answer"):
        raise PermissionDenied
    rows = (
        own_tasks(user)
        .filter(state__in=OPEN_STATES, effective_due__isnull=False, recommended=False)
        .select_related("clause", "document", "organization__authority")
        .defer(*whole_papers("document"))
        .order_by("effective_due", "clause__position")[:MOST]
    )
    tasks = with_words(rows, office=user.reach("document.view").authorities)
    waiting = set(
        ExtensionRequest.objects.waiting().filter(assignment__in=tasks).values_list("assignment_id", flat=True)
    )
    chosen = posted_ids(request, "task")
    form = AskForm(request.POST or None)
    error = ""
    if request.method == "POST":
        picked = [t for t in tasks if t.pk in chosen]
        strange = chosen - {t.pk for t in tasks}
        if strange and not Assignment.objects.visible_to(user).filter(pk__in=strange).count() == len(strange):
            raise Http404
        if not picked:
            error = "Отметьте хотя бы одно поручение, срок которого нужно продлить."
        elif form.is_valid():
            data = form.cleaned_data
            found = extensions.ask_many(
                by=user, assignments=picked, wanted=data["wanted"], reason=data["reason"], batch=secrets.token_hex(8)
            )
            if found.done:
                _say(request, found, "Просьба отправлена начальнику управления")
                return redirect("decisions:extension_list")
            error = found.refusals(place_of)
    context = {
        "form": form,
        "error": error,
        "tasks": tasks,
        "chosen": chosen,
        "waiting": waiting,
        "today": clock.today(user.active.organization.zone if user.active else ""),
        "several_schools": elsewhere(user, (t.organization_id for t in tasks)),
        "days": extensions.cutoff_of(tasks[0].authority_id) if tasks else 0,
    }
    status = 422 if error or (form.is_bound and not form.is_valid()) else 200
    return render(request, "decisions/extension_ask.html", context, status=status)


@require_GET
def extension_list(request: HttpRequest) -> HttpResponse:
    """Requests to prolong: those waiting, those decided. The office decides here, a school sees its own."""
    user = person(request)
    if not (user.may("task.move") or user.may("task.check") or user.may("task.answer")):
        raise PermissionDenied
    decides = user.reach("task.move").authorities
    rows = ExtensionRequest.objects.visible_to(user)
    tab = "decided" if request.GET.get("tab") == "decided" else "waiting"
    counts = {"waiting": rows.waiting().count()}
    counts["decided"] = rows.count() - counts["waiting"]
    shown = rows.waiting().order_by("-pk") if tab == "waiting" else rows.exclude(state=RequestState.WAITING)
    shown = shown.select_related(
        "assignment__clause",
        "assignment__document",
        "assignment__organization",
        "asked_by__person",
        "decided_by__person",
    ).defer(*whole_papers("assignment__document"))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    lines = lines_of(list(page.object_list), user)
    context = {
        "tabs": [(key, label, counts[key]) for key, label in TABS],
        "tab": tab,
        "page": page,
        "groups": _by_batch(lines),
        "decides": decides,
        "answers": user.reach("task.answer").organizations,
        "office": bool(user.reach("document.view").authorities),
        "today": clock.today(user.zone),
    }
    return render(request, "decisions/extension_list.html", context)


def _by_batch(lines: Iterable[Line]) -> list[tuple[Line, list[Line]]]:
    out: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        out.setdefault((line.batch, line.assignment.organization_id), []).append(line)
    for own in out.values():
        own.sort(key=lambda line: (line.assignment.document_id, line.assignment.clause.position))
    return [(own[0], own) for own in out.values()]


@require_POST
def extensions_decide(request: HttpRequest) -> HttpResponse:
    """One decision for the ticked requests: agree, another date, refuse. Each is checked by itself."""
    user = person(request)
    reach = user.reach("task.move").authorities
    if not reach:
        raise PermissionDenied
    wanted = posted_ids(request, "request")
    rows = list(
        ExtensionRequest.objects.filter(pk__in=wanted, assignment__authority_id__in=reach).select_related(
            "assignment__clause", "assignment__document", "assignment__organization"
        )
    )
    if len(rows) != len(wanted):
        raise Http404
    form = DecisionForm(request.POST)
    if not rows:
        messages.error(request, "Отметьте просьбы, по которым принимаете решение.")
    elif not form.is_valid():
        messages.error(request, first_sentence(form) + kept(request, "answer"))
    else:
        data = form.cleaned_data
        found = extensions.decide_many(
            by=user,
            requests=rows,
            verb=data["verb"],
            day=data["day"],
            answer=data["answer"],
            consent=data["consent"],
        )
        done = "В продлении отказано" if data["verb"] == "refuse" else "Срок продлён"
        _say(request, found, done, name=lambda one: f"{one.assignment.organization}, {place_of(one.assignment)}")
        if found.refused and data["answer"]:
            messages.info(request, f"Ваше пояснение: «{data['answer']}»")
    return redirect("decisions:extension_list")


@require_POST
def extension_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The school takes its request back."""
    user = person(request)
    row = get_object_or_404(ExtensionRequest.objects.visible_to(user).select_related("assignment"), pk=pk)
    if not user.can("task.answer", at=row.assignment.organization_id):
        raise PermissionDenied
    try:
        extensions.drop(by=user, request=row)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "Просьба отозвана: срок прежний.")
    return redirect("decisions:extension_list")


@require_http_methods(["GET", "POST"])
def dates_move(request: HttpRequest) -> HttpResponse:
    """The office moves the terms of the chosen tasks itself: first the chosen ones are shown, then the day is given."""
    user = person(request)
    reach = user.reach("task.move").authorities
    if not reach:
        raise PermissionDenied
    wanted = posted_ids(request, "task")
    tasks = list(
        Assignment.objects.filter(pk__in=wanted, authority_id__in=reach)
        .select_related("clause", "document", "organization__authority")
        .defer(*whole_papers("document"))
        .order_by("document_id", "clause__position", "organization__sort_key")[:MOST]
    )
    if not tasks or len(tasks) != len(wanted):
        raise Http404
    sent = request.method == "POST" and request.POST.get("confirm") == "1"
    form = MoveForm(request.POST if sent else None)
    error = ""
    if sent and form.is_valid():
        data = form.cleaned_data
        found = extensions.move_dates(
            by=user, assignments=tasks, day=data["day"], reason=data["reason"], consent=data["consent"]
        )
        if found.done:
            _say(request, found, "Срок перенесён", name=lambda row: f"{row.organization}, {place_of(row)}")
            return redirect("decisions:matrix_detail", pk=tasks[0].document_id)
        error = found.refusals(lambda row: f"{row.organization}, {place_of(row)}")
    context = {
        "form": form,
        "tasks": tasks,
        "error": error,
        "today": clock.today(user.zone),
        "bounds": sorted({(b.day, b.document) for b in extensions.bounds_of(tasks).values() if b is not None}),
    }
    return render(request, "decisions/dates_move.html", context, status=422 if error or form.errors else 200)


def _say(request: HttpRequest, found: Outcome, done: str, *, name: Any = None) -> None:
    """Tells what was done and, apart, what was not and why."""
    if found.done:
        messages.success(request, found.sentence(done))
    if found.refused:
        messages.warning(request, found.refusals(name or place_of))
