"""«О ходе исполнения…»: the page with proposals, the note as PDF and Word, the question for a new protocol."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from config import clock
from decisions.actions import progress as actions
from decisions.enums import AmendmentKind, DocumentKind, DocumentState
from decisions.errors import Refused
from decisions.models import Document
from decisions.views.gate import document_for, person
from reports.paper.model import Sheet, Signature
from reports.progress import Progress, progress_of, sheet_of
from reports.views.paper import sheet_answer, verifier

NEW = "new"


def _found(request: HttpRequest, document: Document) -> Progress:
    return progress_of(person(request), document, _as_of(request, document)[0])


def _as_of(request: HttpRequest, document: Document) -> tuple[dt.date, str]:
    """The day asked for with `?day=`, and what is wrong with it: then it is today."""
    today = clock.today(document.authority.zone)
    asked = request.GET.get("day", "").strip()
    if not asked:
        return today, ""
    try:
        day = dt.date.fromisoformat(asked)
    except ValueError:
        return today, "Такого дня нет. Укажите дату, например 01.09.2026; показано на сегодня."
    if day > today:
        return today, f"{day:%d.%m.%Y} ещё не наступило: показано на сегодня."
    return day, ""


def _drafts(request: HttpRequest, document: Document) -> list[Document]:
    rows = Document.objects.visible_to(person(request)).tops().defer("source_text", "reading")
    drafts = rows.filter(authority=document.authority, kind=DocumentKind.PROTOCOL, state=DocumentState.DRAFT)
    return list(drafts.order_by("-saved_at", "-pk")[:20])


@require_http_methods(["GET", "POST"])
def progress_detail(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit" if request.method == "POST" else "document.view")
    day, wrong = _as_of(request, document)
    found = progress_of(person(request), document, day)
    drafts = _drafts(request, document)
    status = 200
    if request.method == "POST":
        try:
            proposals = _proposals(request, found)
            target = next((one for one in drafts if str(one.pk) == request.POST.get("protocol")), None)
            if target is None and request.POST.get("protocol") != NEW:
                raise Refused("Выберите протокол: его черновик уже зарегистрирован или удалён.")
            draft = actions.put_on_agenda(
                by=person(request), about=document, protocol=target, summary=found.summary, proposals=proposals
            )
        except Refused as why:
            messages.error(request, str(why))
            status = 422
        else:
            messages.success(request, "Вопрос внесён в повестку. Проверьте пункты решения.")
            return redirect("decisions:document_review", pk=draft.pk)
    context = {
        "document": document,
        "found": found,
        "drafts": drafts,
        "lines": [
            (line, request.POST.get(f"do-{line.clause.pk}", ""), request.POST.get(f"until-{line.clause.pk}", ""))
            for line in found.lines
        ],
        "may_edit": person(request).can("document.edit", at=document.authority),
        "today": found.today,
        "is_today": found.today == clock.today(document.authority.zone),
        "last_day": clock.today(document.authority.zone),
        "day_wrong": wrong,
    }
    return render(request, "reports/progress_detail.html", context, status=status)


def _proposals(request: HttpRequest, found: Progress) -> list[actions.Proposal]:
    out = []
    for line in found.lines:
        chosen = request.POST.get(f"do-{line.clause.pk}", "")
        if chosen == "close":
            out.append(actions.Proposal(line.clause, AmendmentKind.WITHDRAWS))
        elif chosen == "extend":
            until = _day(request.POST.get(f"until-{line.clause.pk}", ""), line.clause.shown_number)
            out.append(actions.Proposal(line.clause, AmendmentKind.EXTENDS, until))
    return out


def _day(value: str, number: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise Refused(f"Пункт {number}: укажите день, до которого продлить, например 01.09.2026.") from None


def _sheet(request: HttpRequest, document: Document) -> Sheet:
    return sheet_of(_found(request, document), Signature(*verifier(person(request), office=True)))


@require_GET
def progress_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return sheet_answer(request, pk, lambda one: _sheet(request, one), "Справка о ходе исполнения", word=False)


@require_GET
def progress_docx(request: HttpRequest, pk: int) -> HttpResponse:
    return sheet_answer(request, pk, lambda one: _sheet(request, one), "Справка о ходе исполнения", word=True)
