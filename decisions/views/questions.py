"""Answers to the questions of the program, given where they stand in the review."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from config import clock
from decisions.actions import editing, questions
from decisions.errors import Refused
from decisions.forms import TermForm
from decisions.views.gate import person, question_for
from decisions.views.parties import parties_of, party_choices
from decisions.views.review import edited, first_error, panel
from decisions.views.terms import term_of
from schools.models import Organization


@require_POST
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the answers: leave as is, this organisation, this day, no term, this kind of part, ask again."""
    question = question_for(request, pk)
    by, verb = person(request), request.POST.get("verb", "")
    document = question.document
    if verb == "dismiss":
        return edited(request, document, lambda: questions.dismiss(by=by, question=question))
    if verb == "reopen":
        return edited(request, document, lambda: questions.reopen(by=by, question=question))
    if verb == "organization":
        organization = get_object_or_404(Organization.objects.visible_to(by), pk=request.POST.get("organization") or 0)
        remember = request.POST.get("remember") == "1"
        return edited(
            request,
            document,
            lambda: questions.confirm_party(by=by, question=question, organization=organization, remember=remember),
        )
    if verb == "day":
        return edited(
            request, document, lambda: questions.accept_day(by=by, question=question, day=_day(request.POST.get("day")))
        )
    if verb == "none":
        return edited(request, document, lambda: questions.accept_day(by=by, question=question, day=None))
    if verb == "part":
        kind = request.POST.get("kind", "")
        return edited(request, document, lambda: questions.set_part_kind(by=by, question=question, kind=kind))
    return panel(request, document, error="Такого ответа нет. Обновите страницу.")


def _day(value: str | None) -> dt.date:
    return editing.day_of(value or "")


@require_GET
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another answer to a question: choose organisations or groups, or write a term, for all its clauses at once."""
    question = question_for(request, pk)
    clauses = list(question.clauses.order_by("position"))
    authority = question.document.authority
    context = {
        "organizations": Organization.objects.of_authority(authority).open_on(clock.today(authority.zone)),
        "question": question,
        "clauses": clauses,
        "document": question.document,
        "term_form": TermForm(initial={"way": "day"}),
        "choices": party_choices(question.document, [] if len(clauses) != 1 else list(clauses[0].parties.all())),
    }
    return render(request, "decisions/question_edit.html", context)


@require_POST
def question_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen parties or the written term, for every clause of the question; the question closes by it."""
    question = question_for(request, pk)
    clauses = list(question.clauses.select_related("document", "document__authority").order_by("position"))
    if not clauses:
        return panel(request, question.document, error="К вопросу не относится ни один пункт.")

    def settle() -> None:
        if question.field == "deadline":
            form = TermForm(request.POST)
            if not form.is_valid():
                raise Refused(first_error(form))
            editing.set_deadline(by=person(request), clauses=clauses, deadline=term_of(form, question.document))
        else:
            parties = parties_of(request, clauses)
            if not parties:
                raise Refused("Отметьте, кому поручено, или оставьте вопрос как есть.")
            editing.set_parties(by=person(request), clauses=clauses, parties=parties)

    return edited(request, question.document, settle)
