"""«Мои поручения» of a school, the page of one task, the words for a chat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from config import clock
from config.ui.words import term
from decisions import outline
from decisions.actions.intake import load_items
from decisions.enums import Circulation, ReportState, TaskState
from decisions.excerpts import cut_words, with_words
from decisions.models import Assignment, ClauseGround, ExecutionReport, ExtensionRequest
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.search import readable_tasks
from decisions.task_life import life_of
from decisions.views.gate import person
from schools.models import User

PAGE = 60
STANDING_SHOWN = dt.timedelta(days=30)  # so long before its report a standing duty comes among those with a day
TABS = (("open", "К исполнению"), ("check", "На проверке"), ("done", "Исполнено"))


@dataclass
class Bunch:
    """Tasks under one heading of the list."""

    key: str
    label: str
    rows: list[Assignment] = field(default_factory=list)


def own_tasks(user: User) -> QuerySet[Assignment]:
    """Tasks of the organisations the person answers for (a curator's and an office's lists are others')."""
    return Assignment.objects.visible_to(user).filter(organization_id__in=user.reach("task.answer").organizations)


def elsewhere(user: User, organizations: Iterable[int]) -> bool:
    """Whether rows must say whose they are: of several schools, or of another than the one named above the menu."""
    return bool(set(organizations) - {user.active.organization_id if user.active else None})


@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """What the school owes: overdue, today, this week, later, without a day, constantly; recommended apart."""
    user = person(request)
    answers = user.may("school.tasks")
    rows = own_tasks(user) if answers else Assignment.objects.visible_to(user)
    tab = request.GET.get("tab", "open")
    tab = tab if tab in dict(TABS) else "open"
    today = clock.today(user.active.organization.zone if user.active else "")
    counts = _counts(rows, today)
    states = {"open": OPEN_STATES, "check": (TaskState.ON_CHECK,), "done": (TaskState.DONE, TaskState.WITHDRAWN)}[tab]
    shown = rows.filter(state__in=states)
    shown = readable_tasks(shown, request.GET.get("q", ""), user=user)
    order = ["effective_due", "document_id", "clause__position"] if tab == "open" else ["-answered_on", "-pk"]
    shown = (
        shown.select_related(
            "clause__collection_form", "document", "document__authority", "organization", "checker__person"
        )
        .defer(*whole_papers("document"))
        .order_by(*order)
    )
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    tasks = with_words(page.object_list, office=user.reach("document.view").authorities)
    context = {
        "tabs": [(key, label, counts[key]) for key, label in TABS],
        "tab": tab,
        "page": page,
        "bunches": bunches(tasks, today) if tab == "open" else [Bunch(tab, "", tasks)],
        "today": today,
        "answers": answers,
        "late": counts["late"],
        "several_schools": elsewhere(user, user.reach("task.answer").organizations) or not answers,
        "q": request.GET.get("q", ""),
        "parts": co_executions(user) if answers and tab == "open" else [],
        "asked": ExtensionRequest.objects.visible_to(user).waiting().count() if answers else 0,
    }
    return render(request, "decisions/task_list.html", context)


def co_executions(user: User) -> list[Assignment]:
    """Open tasks of others in which the person's organisations take part; nobody's name stands in restricted words."""
    own = user.reach("task.answer").organizations
    rows = (
        Assignment.objects.filter(co_executors__organization_id__in=own, state__in=OPEN_STATES)
        .exclude(organization_id__in=own)
        .select_related("clause", "document", "organization")
        .defer(*whole_papers("document"))
        .distinct()
        .order_by("effective_due", "pk")[:PAGE]
    )
    return with_words(rows, office=user.reach("document.view").authorities, own=own)


def _counts(rows: QuerySet[Assignment], today: dt.date) -> dict[str, int]:
    return rows.aggregate(
        open=Count("pk", filter=Q(state__in=OPEN_STATES)),
        check=Count("pk", filter=Q(state=TaskState.ON_CHECK)),
        done=Count("pk", filter=Q(state__in=[TaskState.DONE, TaskState.WITHDRAWN])),
        late=Count("pk", filter=Q(state__in=OPEN_STATES, effective_due__lt=today, reports=True, recommended=False)),
    )


def bunches(rows: Any, today: dt.date) -> list[Bunch]:
    """Просрочено · Сегодня · На этой неделе · Позже · Без срока · Постоянно · Рекомендовано."""
    week_end = today + dt.timedelta(days=6 - today.weekday())
    out = {
        key: Bunch(key, label)
        for key, label in (
            ("late", "Просрочено"),
            ("today", "Сегодня"),
            ("week", "На этой неделе"),
            ("later", "Позже"),
            ("undated", "Без срока"),
            ("ongoing", "Постоянно"),
            ("recommended", "Рекомендовано"),
        )
    }
    for row in rows:
        due = row.effective_due
        if row.recommended:
            key = "recommended"
        elif row.ongoing and (due is None or due > today + STANDING_SHOWN):
            key = "ongoing"
        elif due is None:
            key = "undated"
        elif row.is_overdue(today):
            key = "late"
        elif due <= today:
            key = "today"
        elif due <= week_end:
            key = "week"
        else:
            key = "later"
        out[key].rows.append(row)
    return [bunch for bunch in out.values() if bunch.rows]


@require_GET
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what to do, by when, who checks, what was answered and said; by circulation of its document."""
    from decisions.views.chains import chain_of

    user = person(request)
    task = get_object_or_404(
        Assignment.objects.visible_to(user).select_related(
            "clause__collection_form",
            "document",
            "document__authority",
            "organization",
            "checker__person",
            "controller__person",
            "authority",
        ),
        pk=pk,
    )
    office = user.can("document.view", at=task.document.authority)
    items = {item.clause.pk: item for item in load_items(task.clause.document)}
    item = items[task.clause_id]
    restricted = task.document.circulation == Circulation.EXCERPT and not office
    above = _above(item)
    today = clock.today(task.organization.zone)
    life = life_of(task, user, today)
    as_co = life["as_co"]
    own = {part.organization_id for part in life["own_parts"]} if as_co else {task.organization_id}
    words = lambda one: cut_words(one.clause.text, one.own_parties, own) if restricted else one.clause.text  # noqa: E731
    context = {
        "task": task,
        "item": item,
        "term": item.deadline_clause,
        "text": words(item),
        "above": [(one, words(one)) for one in above],
        "today": today,
        "events": [] if as_co else task.events.select_related("by__person").order_by("-at", "-pk"),
        "reports": [] if as_co else _reports(task, user),
        "files": list(task.clause.files.select_related("file")),
        "ground": None
        if as_co
        else ClauseGround.objects.visible_to(user).filter(clause=task.clause, organization=task.organization).first(),
        "last_year": None if as_co else _last_year(task, user),
        "office": office,
        "helps": not office and not as_co and not user.can("task.view", at=task.organization),
        "as_co": as_co,
        "hidden_name": as_co and restricted,
        "life": life,
        "has_form": getattr(getattr(task.clause, "collection_form", None), "current_id", None) is not None,
        "may_answer": user.can("task.answer", at=task.organization) and task.is_open,
        "may_recall": user.can("task.answer", at=task.organization),
        "may_check": user.can("task.check", at=task.authority),
        "may_remind": user.can("task.remind", at=task.authority),
        "may_withdraw": any(life["may"].get(verb) for verb in ("withdraw", "withdraw_undone", "close_undone")),
        "late": task.is_overdue(today),
        "outcome": task.outcome(today),
        "chain": chain_of(task, user, today),
    }
    return render(request, "decisions/task_detail.html", context)


def _above(item: outline.Item) -> list[outline.Item]:
    out = []
    node = item.parent
    while node is not None:
        out.append(node)
        node = node.parent
    return out[::-1]


def _reports(task: Assignment, user: User) -> list[ExecutionReport]:
    return list(
        ExecutionReport.objects.visible_to(user)
        .filter(items__assignment=task, state=ReportState.SENT)
        .select_related("sent_by__person")
        .prefetch_related("files__file", "items__assignment__clause")
        .order_by("-sent_at")
    )


def _last_year(task: Assignment, user: User) -> Assignment | None:
    """What the same school answered to the same words in an earlier document."""
    return (
        Assignment.objects.visible_to(user)
        .filter(organization=task.organization, clause__search=task.clause.search, state__in=["done", "withdrawn"])
        .exclude(pk=task.pk)
        .exclude(clause__search="")
        .select_related("document")
        .order_by("-answered_on")
        .first()
    )


@require_GET
def task_chat(request: HttpRequest, pk: int) -> HttpResponse:
    """«К чату»: words to copy. A restricted document names no school in them."""
    from decisions.views.gate import document_for

    document = document_for(request, pk, "task.check")
    today = clock.today(document.authority.zone)
    rows = (
        Assignment.objects.visible_to(person(request))
        .filter(document=document)
        .unfinished()
        .filter(state__in=OPEN_STATES, reports=True, recommended=False)
        .select_related("clause", "organization")
        .order_by("effective_due", "organization__sort_key")
    )
    return render(
        request,
        "decisions/task_chat.html",
        {"document": document, "lines": chat_lines(rows, document.circulation == Circulation.EXCERPT, today)},
    )


def chat_lines(rows: Any, restricted: bool, today: dt.date) -> list[str]:
    """One line a clause: its number, its term, who has not answered (only their number when restricted)."""
    by_clause: dict[int, list[Assignment]] = {}
    for row in rows:
        by_clause.setdefault(row.clause_id, []).append(row)
    lines = []
    for tasks in by_clause.values():
        first = tasks[0]
        number = f"п. {first.clause.shown_number}" if first.clause.shown_number else "пункт без номера"
        due = f" — {term(first.due, first.effective_due)}" if first.effective_due else ""
        late = ", просрочено" if first.effective_due and first.effective_due < today else ""
        who = f"ждём ответ: {len(tasks)}" if restricted else "ждём: " + ", ".join(str(t.organization) for t in tasks)
        lines.append(f"{number}{due}{late}; {who}")
    return lines
