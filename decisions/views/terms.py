"""The term of clauses: typed in words or chosen as a day, shown as understood while it is typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from config import clock
from decisions.actions import editing
from decisions.deadlines import parse_term
from decisions.errors import Refused
from decisions.forms import TermForm
from decisions.models import Document
from decisions.reading.model import Deadline
from decisions.views.gate import chosen_clauses, document_for, person
from decisions.views.review import edited, first_error, panel

NOTHING = Deadline()


def term_of(form: TermForm, document: Document) -> Deadline:
    """The term a valid form says; raises `Refused` when the words are not understood."""
    way = form.cleaned_data["way"]
    if way == "none":
        return NOTHING
    if way == "ongoing":
        return Deadline(kind="ongoing", text="постоянно")
    if way == "day":
        day = form.cleaned_data["due"]
        return Deadline(kind="date", due=day, text=f"до {day:%d.%m.%Y}")
    words = form.cleaned_data["words"].strip()
    found = parse_term(words, document.date)
    if found.deadline.kind in ("none", "invalid"):
        raise Refused(
            f"Срок «{words}» не распознан. Напишите иначе, например: до 1 сентября, в течение 5 рабочих дней, "
            "ежемесячно до 10 числа, III квартал 2026 года, — или выберите дату."
        )
    return found.deadline


@require_GET
def term_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How typed words of a term are understood, while they are typed."""
    document = document_for(request, pk, "document.edit")
    words = request.GET.get("words", "").strip()
    found = parse_term(words, document.date) if words else None
    return render(
        request,
        "decisions/term_preview.html",
        {"found": found, "words": words, "today": clock.today(person(request).zone)},
    )


@require_POST
def clauses_term(request: HttpRequest, pk: int) -> HttpResponse:
    """One term for the chosen clauses."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    form = TermForm(request.POST)
    if not form.is_valid():
        return panel(request, document, error=first_error(form))
    return edited(
        request,
        document,
        lambda: editing.set_deadline(by=person(request), clauses=clauses, deadline=term_of(form, clauses[0].document)),
    )
