"""From draft to tasks: the panel before sending, signing, registering, sending, annulling, mending what was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from decisions.actions import mending, registration
from decisions.actions.numbers import holder_of
from decisions.actions.plan import plan_for
from decisions.enums import Circulation, Control, DocumentState, Entry
from decisions.errors import Refused
from decisions.forms import FOR_CURATORS, SAID, MendTermForm, ReasonForm, RegisterForm, RegisterPaperForm, SignedForm
from decisions.models import Document
from decisions.views.clauses import editor_context
from decisions.views.gate import clause_for, document_for, person
from decisions.views.parties import parties_of
from decisions.views.review import first_error
from decisions.views.scans import take_scan
from decisions.views.terms import term_of
from schools.models import StoredFile


@require_http_methods(["GET", "POST"])
def document_send(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be created, for whom, what lacks a term, what looks wrong; and the button that does it.

    A signed paper is registered and sent in one step; a document we prepare goes to be signed.
    """
    document = document_for(request, pk, "document.edit")
    if document.part_of_id:
        return redirect("decisions:document_send", pk=document.part_of_id)
    if document.state not in (DocumentState.DRAFT, DocumentState.REGISTERED):
        return redirect("decisions:document_detail", pk=pk)
    if document.entry == Entry.PREPARED:
        return _prepared(request, document)
    form = RegisterPaperForm(
        request.POST or None,
        request.FILES or None,
        initial={"number": document.number, "date": document.date, "past": "control"},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = registration.register_paper(
                by=person(request),
                document=document,
                number=data["number"],
                date=data["date"],
                past=data["past"] or "control",
                scan=_scan(request, document, data["scan"]),
            )
        except Refused as why:
            if _done_meanwhile(request, document):
                return redirect("decisions:document_detail", pk=pk)
            form.add_error(None, str(why))
        else:
            _tell(request, len(made))
            return redirect("decisions:document_detail", pk=pk)
    return _panel(request, document, form=form)


def _done_meanwhile(request: HttpRequest, document: Document) -> bool:
    """Whether somebody (or a second window) registered the document while this request waited for it."""
    before = document.state
    document.refresh_from_db(fields=["state"])
    if document.state == before:
        return False
    messages.info(request, f"Документ уже «{document.get_state_display()}»: второй раз ничего не создано.")
    return True


def _prepared(request: HttpRequest, document: Document) -> HttpResponse:
    if request.method == "POST":
        verb = registration.send if document.state == DocumentState.REGISTERED else registration.send_to_sign
        try:
            made = verb(by=person(request), document=document)
        except Refused as why:
            messages.error(request, str(why))
            return redirect("decisions:document_send", pk=document.pk)
        if made is not None:
            _tell(request, len(made))
        else:
            messages.success(request, "Текст закрыт, документ на подписании. Распечатайте его для председателя.")
        return redirect("decisions:document_detail", pk=document.pk)
    return _panel(request, document, form=None)


def _panel(request: HttpRequest, document: Document, *, form: Any) -> HttpResponse:
    plan = plan_for(document)
    told = form is not None and form.is_bound  # the refusal itself says it then
    context = {
        "document": document,
        "form": form,
        "plan": plan,
        "today": clock.today(person(request).zone),
        "holder": holder_of(document, document.number) if document.number and form is not None and not told else None,
        "restricted": document.circulation == Circulation.EXCERPT,
        "to_sign": document.entry == Entry.PREPARED and document.state == DocumentState.DRAFT,
    }
    return render(request, "decisions/document_send.html", context, status=422 if form and form.errors else 200)


def _tell(request: HttpRequest, tasks: int) -> None:
    from config.ui.words import counted

    if tasks:
        messages.success(request, f"Готово: создано {counted(tasks, 'поручение', 'поручения', 'поручений')}.")
    else:
        messages.success(request, "Документ зарегистрирован. Поручений по нему нет.")


def _scan(request: HttpRequest, document: Document, upload: Any) -> StoredFile | None:
    """The signed copy that came with a form: looked at as any scan, refused when its code is of another document."""
    return take_scan(request, document.authority, upload, wanted=document).file if upload is not None else None


def _step(request: HttpRequest, pk: int, action: Callable[[], object], done: str) -> HttpResponse:
    try:
        action()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect("decisions:document_detail", pk=pk)


@require_POST
def document_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.sign")
    return _step(
        request,
        pk,
        lambda: registration.take_back(
            by=person(request), document=document, reason=request.POST.get("reason", "")[:1000]
        ),
        "Документ снова черновик: его можно править.",
    )


@require_POST
def document_signed(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.sign")
    form = SignedForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("decisions:document_detail", pk=pk)
    data = form.cleaned_data
    return _step(
        request,
        pk,
        lambda: registration.mark_signed(
            by=person(request),
            document=document,
            signed_on=data["signed_on"],
            signed_by=data["signed_by"],
            scan=_scan(request, document, data["scan"]),
        ),
        "Отмечено: документ подписан. Теперь его можно зарегистрировать.",
    )


@require_POST
def document_register(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.register")
    form = RegisterForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    return _step(
        request,
        pk,
        lambda: registration.register(by=person(request), document=document, number=number),
        "Документ зарегистрирован. Осталось разослать: школы увидят поручения.",
    )


@require_POST
def document_annul(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.annul")
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _step(
        request,
        pk,
        lambda: registration.annul(by=person(request), document=document, reason=reason),
        "Регистрация аннулирована, поручения отменены. Номер свободен: документ можно внести заново.",
    )


@require_GET
def clause_mend(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that mends our reading of a clause of a sent document."""
    clause = clause_for(request, pk, "document.register")
    context = editor_context([clause]) | {"controls": Control.choices, "for_curators": FOR_CURATORS}
    return render(request, "decisions/clause_mend.html", context)


@require_POST
def clause_mended(request: HttpRequest, pk: int) -> HttpResponse:
    """Another reading of the term, the parties or the control mark, with its reason."""
    clause = clause_for(request, pk, "document.register")
    top = clause.document.part_of_id or clause.document_id
    by, reason, what = person(request), request.POST.get("reason", ""), request.POST.get("what", "")

    def mend() -> None:
        if what == "term":
            form = MendTermForm(request.POST)
            if not form.is_valid():
                raise Refused(first_error(form))
            mending.mend_deadline(by=by, clause=clause, deadline=term_of(form, clause.document), reason=reason)
        elif what == "quality":
            said = request.POST.get("about_quality", "")
            if said not in SAID:
                raise Refused("Такого значения нет в списке.")
            mending.mend_quality(by=by, clause=clause, said=SAID[said], reason=reason)
        elif what == "parties":
            parties = parties_of(request, [clause])
            mending.mend_parties(by=by, clause=clause, parties=parties, reason=reason)
        else:
            mending.mend_control(by=by, clause=clause, control=request.POST.get("control", ""), reason=reason)

    try:
        mend()
    except Refused as why:
        messages.error(request, str(why))
        return redirect("decisions:clause_mend", pk=pk)
    told = "" if what == "quality" else " Тем, кого это касается, придёт одно сообщение."
    messages.success(request, f"Исправлено.{told}")
    return redirect("decisions:document_detail", pk=top)
