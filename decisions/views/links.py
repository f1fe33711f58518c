"""Ties of a draft to other documents: what it changes, what repeats it, what it carries out. On the review and on its own page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from config.numbers import is_number
from decisions.actions import amendments, chains
from decisions.actions.intake import load_items
from decisions.actions.plan import plan_for
from decisions.actions.questions import family
from decisions.duplicates import doubles_of
from decisions.enums import AmendmentKind, DocumentState, LinkState
from decisions.errors import Refused
from decisions.forms import DayField
from decisions.models import Amendment, Assignment, Clause, Document, Pursuance
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.views.chains import office_tasks
from decisions.views.gate import clause_for, document_for, person, top_of
from decisions.views.review import panel
from schools.models import User


@require_GET
def document_links(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; `?part=1` gives what the review shows above its clauses."""
    document = document_for(request, pk, "document.edit")
    if document.part_of_id:
        return redirect("decisions:document_links", pk=document.part_of_id)
    if document.state != DocumentState.DRAFT:
        return redirect("decisions:document_detail", pk=pk)
    context = _context(document, person(request))
    name = "decisions/parts/links.html" if request.GET.get("part") else "decisions/document_links.html"
    return render(request, name, context)


def _context(document: Document, user: User) -> dict[str, Any]:
    offered: list[amendments.Suggestion] = []
    clauses: list[Clause] = []
    for part in family(document):
        items = load_items(part)
        clauses += [item.clause for item in items]
        offered += amendments.suggestions(part, items)
    decided = (
        Amendment.objects.filter(clause__in=clauses)
        .select_related("clause", "target__document__part_of", "decided_by__person")
        .defer(*whole_papers("target__document", "target__document__part_of"))
    )
    linked = (
        Pursuance.objects.filter(clause__in=clauses)
        .select_related("clause", "task__clause", "task__document__authority")
        .defer(*whole_papers("task__document"))
    )
    tasks: list[Assignment] = list(
        office_tasks(user)
        .filter(organization=document.authority_id, state__in=OPEN_STATES)
        .select_related("clause", "document__authority")
        .defer(*whole_papers("document"))
        .order_by("-document__date", "clause__position")[:100]
    )
    return {
        "document": document,
        "suggestions": offered,
        "confirmed": [row for row in decided if row.state == LinkState.CONFIRMED],
        "declined": [row for row in decided if row.state == LinkState.DECLINED],
        "doubles": doubles_of(plan_for(document), user),
        "linked": list(linked),
        "tasks": tasks,
        "clauses": [clause for clause in clauses if not clause.is_heading],
        "kinds": AmendmentKind.choices,
    }


def _back(request: HttpRequest, document: Document, *, error: str = "", done: str = "") -> HttpResponse:
    """The panel of the review again, or the page the form stood on."""
    top = top_of(document)
    if request.htmx:  # type: ignore[attr-defined]
        return panel(request, document, error=error, status=409 if error else 200)
    if error:
        messages.error(request, error)
    elif done:
        messages.success(request, done)
    return redirect("decisions:document_links", pk=top.pk)


def _day(typed: str) -> dt.date | None:
    try:
        return DayField(required=False).clean(typed)  # type: ignore[no-any-return]
    except ValidationError as why:
        raise Refused(why.messages[0]) from None


@require_POST
def amendment_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms, declines or takes back what a clause of the draft does to an earlier one (`target`, or `document` + `number`)."""
    clause = clause_for(request, pk)
    user, verb = person(request), request.POST.get("verb", "")
    try:
        target = _target(request, clause)
        kind = request.POST.get("kind", "")
        if verb == "remove":
            row = get_object_or_404(Amendment, clause=clause, target=target)
            amendments.take_back(by=user, amendment=row)
            return _back(request, clause.document, done="Связь убрана.")
        if kind not in AmendmentKind.values:
            raise Refused("Выберите, что пункт делает с прежним: отменяет, заменяет, продлевает, снимает с контроля.")
        if verb == "decline":
            amendments.decline(by=user, clause=clause, target=target, kind=AmendmentKind(kind))
            return _back(request, clause.document, done="Отмечено: пункты не связаны.")
        due = _day(request.POST.get("due", "").strip())
        amendments.confirm(by=user, clause=clause, target=target, kind=AmendmentKind(kind), new_due=due)
    except Refused as why:
        return _back(request, clause.document, error=str(why))
    return _back(request, clause.document, done="Подтверждено: при регистрации изменение будет исполнено.")


def _target(request: HttpRequest, clause: Clause) -> Clause:
    """The earlier clause: by its id from a suggestion, or by the number a person typed for a document of the list."""
    user = person(request)
    rows = Clause.objects.visible_to(user).select_related("document__authority", "document__part_of")
    asked = request.POST.get("target", "")
    if is_number(asked):
        return get_object_or_404(rows, pk=int(asked))
    number, paper = request.POST.get("number", "").strip(), request.POST.get("paper", "").strip()
    if not number or not paper:
        raise Refused("Укажите номер прежнего документа и номер пункта.")
    found = list(
        rows.filter(
            document__authority=clause.document.authority_id,
            document__state=DocumentState.SENT,
            number=number.rstrip(".)"),
        ).filter(document__number__iexact=paper.lstrip("№ "))[:2]
    )
    if not found:
        raise Refused(f"Пункта {number} в документе № {paper.lstrip('№ ')} нет среди разосланных.")
    if len(found) > 1:
        raise Refused(f"Пунктов {number} в документах № {paper.lstrip('№ ')} несколько: назовите дату в тексте пункта.")
    return found[0]


@require_POST
def pursuance_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Links a clause of the draft to a task a higher body gave us, or takes the link away."""
    document = document_for(request, pk, "document.edit")
    user = person(request)
    wanted, asked = request.POST.get("clause", ""), request.POST.get("task", "")
    if not is_number(wanted) or not is_number(asked):
        return _back(request, document, error="Выберите пункт и поручение.")
    clause = get_object_or_404(
        Clause.objects.filter(document__in=family(top_of(document))).select_related("document__part_of"), pk=int(wanted)
    )
    if top_of(document).state != DocumentState.DRAFT:
        raise PermissionDenied
    task = office_tasks(user).filter(pk=int(asked)).select_related("document").first()
    if task is None:
        raise Http404
    try:
        if request.POST.get("verb") == "unlink":
            chains.unlink(by=user, clause=clause, task=task)
            return _back(request, document, done="Связь с поручением убрана.")
        chains.link(by=user, clause=clause, task=task)
    except Refused as why:
        return _back(request, document, error=str(why))
    return _back(request, document, done="Связано: исполнение школ увидит и тот, кто дал поручение.")
