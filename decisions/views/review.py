"""The review: source and reading side by side, questions stepped through, the panel after each edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from config import clock
from config.numbers import is_number
from decisions import outline
from decisions.actions import drafts, editing
from decisions.actions.drafts import undo as undo_edit
from decisions.actions.intake import load_items
from decisions.actions.plan import plan_for
from decisions.actions.questions import family
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.enums import DocumentState, PartKind, QuestionState
from decisions.errors import Refused
from decisions.models import Document
from decisions.rows import Row, candidates_of, rows_for
from decisions.source_view import Mark, paragraphs
from decisions.views.gate import document_for, person, top_of
from schools.models import Organization


@dataclass
class PartView:
    """One document of the file as the panel shows it."""

    document: Document
    items: list[outline.Item]
    rows: list[Row]
    part_questions: list[Any]

    @property
    def clause_count(self) -> int:
        return len(self.items)


@require_GET
def document_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a draft; a locked document opens its own page."""
    document = document_for(request, pk, "document.edit")
    if document.part_of_id:
        return redirect("decisions:document_review", pk=document.part_of_id)
    if document.state != DocumentState.DRAFT:
        return redirect("decisions:document_detail", pk=pk)
    context = panel_context(request, document)
    marks = []
    for part in context["parts"]:
        for item in part.items:
            marks += _marks(item)
    context["source"] = paragraphs(document.source_text, marks) if document.source_text else []
    return render(request, "decisions/document_review.html", context)


def _marks(item: outline.Item) -> list[Mark]:
    clause = item.clause
    doubtful = {q.field for q in item.questions if q.state == QuestionState.OPEN}
    out = [Mark(start, end, clause.pk) for start, end in clause.span]
    if "deadline" in doubtful:
        out += [Mark(s, e, clause.pk, asks=True) for s, e in clause.deadline_span]
    printed = {q.data.get("printed") for q in item.questions if q.state == QuestionState.OPEN and q.data.get("party")}
    for party in item.own_parties:
        if party.text in printed:
            out += [Mark(s, e, clause.pk, asks=True) for s, e in party.span]
    return out


def panel_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What the right side shows: parts, items, open questions in order, what would be created."""
    parts, waiting = [], []
    calendar, shift = OfficeCalendar(document.authority), shift_of(document.authority)
    for part in family(document):
        items = load_items(part)
        questions = list(part.questions.all())
        waiting += [q for q in questions if q.state == QuestionState.OPEN]
        organizations = Organization.objects.in_bulk(candidates_of(questions))
        rows = rows_for(items, effective=effective_days(items, calendar, shift), organizations=organizations)
        parts.append(PartView(part, items, rows, [q for q in questions if q.field == "part"]))
    plan = plan_for(document)
    return {
        "document": document,
        "parts": parts,
        "waiting": waiting,
        "clause_total": sum(p.clause_count for p in parts),
        "task_total": len(plan.tasks),
        "school_total": len(plan.by_organization),
        "undated_total": len(plan.undated),
        "can_undo": document.operations.filter(undone_at__isnull=True).exists(),
        "can_redo": document.operations.filter(undone_at__isnull=False).exists(),
        "part_choices": PartKind.choices,
        "today": clock.today(person(request).zone),
    }


def effective_days(items: list[outline.Item], calendar: OfficeCalendar, shift: str) -> dict[int, dt.date]:
    """Clause id → the working day its own term really falls on, where it differs from the printed one."""
    out = {}
    for item in items:
        due = item.clause.deadline_due
        if due and item.clause.deadline_kind != "invalid":
            day = effective(due, office_calendar=calendar, shift=shift)
            if day and day != due:
                out[item.clause.pk] = day
    return out


def panel(request: HttpRequest, document: Document, *, error: str = "", status: int = 200) -> HttpResponse:
    """The panel again after an edit; without HTMX the whole page again."""
    top = Document.objects.select_related("authority").get(pk=top_of(document).pk)
    if not request.htmx:  # type: ignore[attr-defined]
        if error:
            from django.contrib import messages

            messages.error(request, error)
        return redirect("decisions:document_review", pk=top.pk)
    context = panel_context(request, top) | {"error": error}
    return render(request, "decisions/review_panel.html", context, status=status)


def edited(request: HttpRequest, document: Document, action: Callable[[], object]) -> HttpResponse:
    """Runs one edit and shows the panel: a refusal is a sentence above it and nothing is changed."""
    try:
        action()
    except Refused as why:
        return panel(request, document, error=str(why), status=409)
    return panel(request, document)


@require_POST
def document_undo(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit")
    return edited(request, document, lambda: undo_edit(document=document, by=person(request)))


@require_POST
def document_redo(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit")
    return edited(request, document, lambda: drafts.redo(document=document, by=person(request)))


@require_POST
def document_renumber(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit")
    return edited(
        request,
        document,
        lambda: editing.renumber(
            by=person(request), document=document, structure_version=posted_number(request, "structure")
        ),
    )


def first_error(form: Any) -> str:
    """The first thing that is wrong, as one sentence with the field's name."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        return f"{label}: {errors[0]}" if label else str(errors[0])
    return "Проверьте введённое."


def posted_number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not is_number(value):
        raise Http404
    return int(value)
