"""Clauses of a draft: the editor in the row, words, number and place, several at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from config import clock
from decisions.actions import editing
from decisions.actions.intake import load_items
from decisions.errors import Conflict, Refused
from decisions.forms import SAID, HandlingForm, TermForm
from decisions.models import Clause
from decisions.views.gate import chosen_clauses, clause_for, document_for, person
from decisions.views.parties import party_choices
from decisions.views.review import edited, first_error, panel, posted_number

MOVES = (
    ("up", "Выше", "arrow-up"),
    ("down", "Ниже", "arrow-down"),
    ("in", "Сделать подпунктом", "text-indent-left"),
    ("out", "Поднять на уровень", "text-indent-right"),
    ("merge", "Объединить с предыдущим", "union"),
    ("add", "Добавить пункт ниже", "plus-lg"),
    ("delete", "Удалить", "trash"),
)


@require_GET
def clause_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of one clause, opened in its row."""
    clause = clause_for(request, pk)
    return render(request, "decisions/clause_edit.html", editor_context([clause]))


@require_GET
def clauses_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of several clauses at once: term, parties, handling."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.GET.getlist("clause"))
    return render(request, "decisions/clause_edit.html", editor_context(clauses))


def editor_context(clauses: list[Clause]) -> dict[str, Any]:
    clause = clauses[0]
    document = clause.document
    several = len(clauses) > 1
    items = {item.clause.pk: item for item in load_items(document)}
    item = items[clause.pk]
    way = {"ongoing": "ongoing", "none": "none", "date": "day"}.get(clause.deadline_kind, "words")
    term = TermForm(
        initial={"way": "day" if several else way, "due": clause.deadline_due, "words": clause.deadline_text}
    )
    handling = HandlingForm(
        authority=document.authority,
        several=several,
        initial={}
        if several
        else {
            "control": clause.control,
            "answer_kind": clause.answer_kind,
            "nature": clause.nature,
            "control_date": clause.control_date,
            "about_quality": next(word for word, said in SAID.items() if said is clause.about_quality),
            "checker": clause.checker_id,
        },
    )
    return {
        "clause": clause,
        "clauses": clauses,
        "several": several,
        "item": item,
        "document": document,
        "term_form": term,
        "handling_form": handling,
        "choices": party_choices(document, [] if several else item.own_parties),
        "moves": MOVES,
        "annexes": [] if several else list(clause.files.select_related("file")),
        "inherited": None if several or item.responsible_own or item.parties_from is None else item.parties_from,
    }


@require_POST
def clause_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Autosave of a clause's words; answers JSON to the script, the panel to a form."""
    clause = clause_for(request, pk)
    version = posted_number(request, "version")
    try:
        fresh = editing.set_text(by=person(request), clause=clause, text=request.POST.get("text", ""), version=version)
    except Refused as why:
        if request.headers.get("X-Requested-With") == "fetch":
            now = Clause.objects.filter(pk=pk).values("text", "version").first()
            return JsonResponse({"error": str(why), "now": now}, status=409 if isinstance(why, Conflict) else 422)
        return panel(request, clause.document, error=str(why), status=409)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"version": fresh.version, "text": fresh.text, "saved": f"{clock.now():%H:%M}"})
    return panel(request, clause.document)


@require_POST
def clause_number(request: HttpRequest, pk: int) -> HttpResponse:
    clause = clause_for(request, pk)
    return edited(
        request,
        clause.document,
        lambda: editing.set_number(
            by=person(request),
            clause=clause,
            number=request.POST.get("number", ""),
            version=posted_number(request, "version"),
        ),
    )


@require_POST
def clause_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Up, down, in, out, merge with the previous, split at a character, delete, add behind."""
    clause = clause_for(request, pk)
    by, verb = person(request), request.POST.get("verb", "")
    structure = posted_number(request, "structure")
    if verb == "merge":
        return edited(
            request,
            clause.document,
            lambda: editing.merge_with_previous(by=by, clause=clause, structure_version=structure),
        )
    if verb == "split":
        return edited(
            request,
            clause.document,
            lambda: editing.split_clause(
                by=by,
                clause=clause,
                at=posted_number(request, "at"),
                version=posted_number(request, "version"),
                structure_version=structure,
            ),
        )
    if verb == "delete":
        return edited(
            request,
            clause.document,
            lambda: editing.delete_clauses(by=by, clauses=[clause], structure_version=structure),
        )
    if verb == "add":
        return edited(
            request,
            clause.document,
            lambda: editing.add_clause(by=by, document=clause.document, after=clause, structure_version=structure),
        )
    return edited(
        request,
        clause.document,
        lambda: editing.move_clause(by=by, clause=clause, direction=verb, structure_version=structure),
    )


@require_POST
def clause_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new clause at the end of a document."""
    document = document_for(request, pk, "document.edit")
    return edited(
        request,
        document,
        lambda: editing.add_clause(
            by=person(request), document=document, after=None, structure_version=posted_number(request, "structure")
        ),
    )


@require_POST
def clauses_handling(request: HttpRequest, pk: int) -> HttpResponse:
    """How the chosen clauses are followed: control, answer, nature, own date, checker."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    several = len(clauses) > 1
    form = HandlingForm(request.POST, authority=document.authority, several=several)
    if not form.is_valid():
        return panel(request, document, error=first_error(form))
    data = form.cleaned_data
    changes: dict[str, Any] = {name: data[name] for name in ("control", "answer_kind", "nature") if data[name]}
    if data["about_quality"]:
        changes["about_quality"] = SAID[data["about_quality"]]
    if not several or data["control_date"]:
        changes["control_date"] = data["control_date"]
    if not several or data["checker"]:
        changes["checker_id"] = data["checker"].pk if data["checker"] else None
    return edited(request, document, lambda: editing.set_handling(by=person(request), clauses=clauses, changes=changes))


@require_POST
def clauses_delete(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    return edited(
        request,
        document,
        lambda: editing.delete_clauses(
            by=person(request), clauses=clauses, structure_version=clauses[0].document.structure_version
        ),
    )
