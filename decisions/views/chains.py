"""Chains of documents: tasks a higher body gave to our office, our own order from them, and execution rolled up for the giver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from config import clock
from decisions.actions import chains
from decisions.enums import TaskState
from decisions.errors import Refused
from decisions.excerpts import with_words
from decisions.forms import DayField
from decisions.models import Addressee, Assignment, Document
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.views.gate import document_for, person
from decisions.views.parties import parties_of, party_choices
from decisions.views.tasks import own_tasks
from schools.enums import OrganizationKind
from schools.models import Organization, User

PAGE = 40
OFFICES = (OrganizationKind.AUTHORITY, OrganizationKind.MINISTRY)
TABS = (("open", "К исполнению"), ("check", "На проверке"), ("done", "Исполнено"))
STATES: dict[str, Iterable[str]] = {
    "open": OPEN_STATES,
    "check": (TaskState.ON_CHECK,),
    "done": (TaskState.DONE, TaskState.WITHDRAWN),
}


def office_tasks(user: User) -> QuerySet[Assignment]:
    """Tasks given to the offices the person answers for."""
    return own_tasks(user).filter(organization__kind__in=OFFICES)


@require_GET
def office_task_list(request: HttpRequest) -> HttpResponse:
    """«Поручения нам»: what the ministry asked of our office, and how far our schools are with each."""
    user = person(request)
    if not user.may("office.answer"):
        raise PermissionDenied
    tab = request.GET.get("tab", "open")
    tab = tab if tab in STATES else "open"
    today = clock.today(user.zone)
    rows = (
        office_tasks(user)
        .filter(state__in=STATES[tab])
        .select_related("clause", "document__authority", "organization", "checker__person")
        .defer(*whole_papers("document"))
        .order_by(*(["effective_due", "pk"] if tab == "open" else ["-answered_on", "-pk"]))
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    tasks = with_words(page.object_list, office=user.reach("document.view").authorities)
    rolled = chains.rolled_up([task.pk for task in tasks], today)
    lines = [(task, rolled[task.pk], task.is_overdue(today)) for task in tasks]
    context = {"tab": tab, "tabs": TABS, "page": page, "lines": lines, "today": today}
    if not lines:
        context["topmost"] = user.office is not None and user.office.parent_id is None
    return render(request, "decisions/office_task_list.html", context)


def _office_task(request: HttpRequest, pk: int) -> Assignment:
    """A task given to our own office by a higher body, for those who answer for the office and write its documents."""
    user = person(request)
    task = get_object_or_404(
        Assignment.objects.visible_to(user).select_related(
            "clause", "document__authority", "organization__authority", "authority"
        ),
        pk=pk,
    )
    if not user.can("task.answer", at=task.organization) or not user.can("document.edit", at=task.organization):
        raise PermissionDenied
    if task.organization.kind not in OFFICES or task.authority_id == task.organization_id:
        raise Http404
    return task


@dataclass
class WishLine:
    """One higher task on the form: ticked or not, the day offered or typed."""

    task: Assignment
    chosen: bool
    due: dt.date | str | None
    error: str = ""

    @property
    def shown_due(self) -> str:
        return self.due.isoformat() if isinstance(self.due, dt.date) else (self.due or "")


@require_http_methods(["GET", "POST"])
def chain_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Our own order from a higher task in one step: words, an earlier day, all schools; other tasks of the same paper too."""
    task = _office_task(request, pk)
    user, authority = person(request), task.organization
    today = clock.today(authority.zone)
    rows = list(
        office_tasks(user)
        .filter(document=task.document_id, organization=authority, state__in=OPEN_STATES)
        .select_related("clause", "organization", "document__authority")
        .order_by("clause__position")
    )
    if not any(row.pk == pk for row in rows):
        messages.info(request, "Это поручение уже не открыто: приказ по нему не нужен.")
        return redirect("decisions:task_detail", pk=pk)
    error = ""
    if request.method == "GET":
        lines = [WishLine(row, row.pk == pk, chains.earlier_day(row, today=today)) for row in rows]
        parties: list[Any] = chains.all_schools(authority)
    else:
        lines = [_typed(request, row) for row in rows]
        try:
            parties = parties_of(request, [_stub_clause(authority)])
        except Refused as why:
            error, parties = str(why), []
        if not error and not any(line.error for line in lines if line.chosen):
            wishes = [chains.Wish(line.task, line.due) for line in lines if line.chosen]  # type: ignore[arg-type]
            try:
                document = chains.order_from_tasks(by=user, wishes=wishes, parties=parties)
            except Refused as why:
                error = str(why)
            else:
                messages.success(request, "Проект приказа готов: проверьте слова, сроки и исполнителей.")
                return redirect("decisions:document_review", pk=document.pk)
    stub = Document(authority=authority)
    given = [
        Addressee(role=p.role, type=p.type, text=p.text, organization=p.organization, group=p.group) for p in parties
    ]
    context = {
        "task": task,
        "lines": lines,
        "choices": party_choices(stub, given),
        "error": error,
        "today": today,
        "authority": authority,
    }
    return render(request, "decisions/chain_order.html", context, status=422 if request.method == "POST" else 200)


def _typed(request: HttpRequest, row: Assignment) -> WishLine:
    chosen = str(row.pk) in request.POST.getlist("task")
    typed = request.POST.get(f"due-{row.pk}", "").strip()
    if not typed:
        return WishLine(row, chosen, None)
    try:
        day = DayField().clean(typed)
    except ValidationError:
        return WishLine(row, chosen, typed, "Это не дата. Напишите, например, 01.09.2026.")
    if row.document.date and day < row.document.date:
        return WishLine(row, chosen, day, "Срок раньше самого поручения.")
    return WishLine(row, chosen, day)


def _stub_clause(authority: Organization) -> Any:
    """What `parties_of` needs to know: whose registry is meant."""
    from decisions.models import Clause

    return Clause(document=Document(authority=authority))


@require_GET
def chain_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """For the giver: each addressee's own state, its own orders, and how many of its schools are done. Figures, no names."""
    document = document_for(request, pk)
    today = clock.today(document.authority.zone)
    rows = (
        Assignment.objects.visible_to(person(request))
        .filter(document=document)
        .exclude(state=TaskState.CANCELLED)
        .select_related("organization", "clause")
        .order_by("organization__sort_key", "organization_id", "clause__position")
    )
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    tasks = list(page.object_list)
    rolled = chains.rolled_up([task.pk for task in tasks], today)
    lines = [(task, rolled[task.pk], task.is_overdue(today)) for task in tasks]
    return render(
        request, "decisions/chain_detail.html", {"document": document, "lines": lines, "page": page, "today": today}
    )


def chain_of(task: Assignment, user: User, today: dt.date) -> dict[str, Any] | None:
    """What a task's page says of the chain: below it (an authority's task) and above it (a school's task)."""
    if task.organization.kind == OrganizationKind.AUTHORITY and task.authority_id != task.organization_id:
        may_order = user.can("task.answer", at=task.organization) and user.can("document.edit", at=task.organization)
        rolled = chains.rolled_up([task.pk], today)[task.pk]
        seen = set(
            Document.objects.visible_to(user)
            .filter(pk__in=[document.pk for document in rolled.documents])
            .values_list("pk", flat=True)
        )
        return {"rolled": rolled, "may_order": may_order and task.is_open, "seen": seen}
    return None
