"""Analytical notes: composed, edited section by section, recalculated, approved; «проект решения» opens the editor of protocols."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.numbers import is_number, numbers_of
from reports.actions import notes
from reports.actions.jobs import start_job
from reports.enums import JobKind, SectionKind
from reports.forms_notes import ApproveForm, NoteForm
from reports.models import AnalyticalNote, NoteSection
from reports.notes import render as printing
from reports.notes.content import picked, results_of
from reports.notes.drafting import changed
from reports.views.gate_cycle import current_year, note_for, office_for, person, year_of_results
from schools.actions.papers import current
from schools.audit import seen
from schools.errors import Refused
from schools.models import User
from schools.views.papers import pdf_answer

CHARTS_SHOWN = 4


@require_GET
def note_list(request: HttpRequest) -> HttpResponse:
    user, office = person(request), office_for(request, "cycle.view")
    rows = (
        AnalyticalNote.objects.visible_to(user)
        .select_related("created_by__person", "authority", "direction")
        .defer("figures", "figures_before")
    )
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    context = {"page": page, "edits": user.can("cycle.edit", at=office)}
    return render(request, "reports/note_list.html", context)


@require_http_methods(["GET", "POST"])
def note_create(request: HttpRequest) -> HttpResponse:
    office = office_for(request, "cycle.edit")
    year = current_year(office)
    first = {"school_year": year_of_results(office), "title": "О результатах оценочных процедур"}
    form = NoteForm(request.POST or None, initial=first, office=office, newest=year)
    if request.method == "POST" and form.is_valid():
        note = notes.start_note(
            by=person(request),
            authority=office,
            school_year=form.cleaned_data["school_year"],
            title=form.cleaned_data["title"],
            direction=form.cleaned_data["direction"],
        )
        return redirect("reports:note_detail", pk=note.pk)
    return render(request, "reports/note_create.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def note_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The note: its sections to edit with what the program would say now beside, figures in tables and charts."""
    note = note_for(request, pk)
    user = person(request)
    sections = notes.ordered(note)
    if note.figures.get("low_list"):
        if not user.can("lists.view", at=note.authority):
            raise PermissionDenied
        looked_at(user, note, "note.view")
    tables, charts = results_of(note.figures)
    context = {
        "note": note,
        "sections": sections,
        "tables": picked(note.figures, tables),
        "charts": [printing.chart(one) for one in charts[:CHARTS_SHOWN]],
        "changed": changed(note.figures_before, note.figures) if note.figures_before else [],
        "edits": note.is_open and user.can("cycle.edit", at=note.authority),
        "approves": note.is_open and user.can("cycle.approve", at=note.authority),
        "decides": user.can("cycle.edit", at=note.authority) and user.can("document.edit", at=note.authority),
        "may_ask": user.can("cycle.view", at=note.authority),
        "paper": current(note),
        "form": ApproveForm(),
        "official": SectionKind.LOW,
    }
    return render(request, "reports/note_detail.html", context)


def looked_at(user: User, note: AnalyticalNote, what: str) -> None:
    """A note that speaks of a low-result list is looked at with a trace, as the list is."""
    if note.figures.get("low_list"):
        seen(by=user, what=what, row=note, authority=note.authority_id, title=note.title)


def _section(request: HttpRequest, pk: int) -> NoteSection:
    user = person(request)
    if not user.may("cycle.edit"):
        raise PermissionDenied
    rows = NoteSection.objects.filter(note__in=AnalyticalNote.objects.visible_to(user)).select_related(
        "note__authority"
    )
    row = get_object_or_404(rows, pk=pk)
    if not user.can("cycle.edit", at=row.note.authority):
        raise PermissionDenied
    return row


@require_POST
def section_save(request: HttpRequest, pk: int) -> HttpResponse:
    """A section's words, saved by a button or as they are typed. A conflict keeps the typed text on the page (409)."""
    section = _section(request, pk)
    version = request.POST.get("version", "")
    quiet = request.headers.get("X-Requested-With") == "fetch"
    try:
        saved = notes.save_section(
            by=person(request),
            section=section,
            text=request.POST.get("text", "")[:50_000],
            version=int(version) if is_number(version) else 0,
            included=request.POST.get("included") == "on",
            compared=not quiet or request.POST.get("compared") == "on",
        )
    except Refused as why:
        if quiet:
            return JsonResponse({"error": str(why)}, status=409)
        context: dict[str, Any] = {"section": section, "typed": request.POST.get("text", ""), "why": str(why)}
        return render(request, "reports/section_conflict.html", context, status=409)
    if quiet:
        return JsonResponse({"version": saved.version, "edited": saved.edited, "stale": saved.stale})
    messages.success(request, f"Сохранено: {saved}.")
    return redirect("reports:note_detail", pk=section.note_id)


@require_POST
def section_redraft(request: HttpRequest, pk: int) -> HttpResponse:
    section = _section(request, pk)
    return _done(
        request,
        section.note,
        lambda: notes.redraft(by=person(request), section=section),
        "Текст раздела взят из данных.",
    )


@require_POST
def note_recalculate(request: HttpRequest, pk: int) -> HttpResponse:
    note = note_for(request, pk, "cycle.edit")
    return _done(
        request,
        note,
        lambda: notes.recalculate(by=person(request), note=note),
        "Данные обновлены. Ваши правки остались; что изменилось, показано на странице.",
    )


@require_POST
def note_approve(request: HttpRequest, pk: int) -> HttpResponse:
    note = note_for(request, pk, "cycle.approve")
    form = ApproveForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["number"]))
        return redirect("reports:note_detail", pk=pk)
    number = form.cleaned_data["number"]
    return _done(
        request,
        note,
        lambda: notes.approve(by=person(request), note=note, number=number),
        "Справка утверждена и выпущена. Загрузки её результатов теперь нельзя отменить.",
    )


@require_POST
def note_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """«Проект решения»: a draft protocol of the conclusions and recommendations."""
    note = note_for(request, pk, "cycle.edit")
    document = notes.draft_decision(by=person(request), note=note)
    return redirect("decisions:document_review", pk=document.pk)


@require_http_methods(["GET", "POST"])
def note_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The issued bytes of an approved note at once; the PDF of a draft is asked for and made in the background."""
    note = note_for(request, pk)
    issued = current(note)
    if issued is not None:
        looked_at(person(request), note, "note.file")
        return pdf_answer(request, issued)
    if request.method == "GET":
        return redirect("reports:note_detail", pk=pk)
    return _paper(request, note, JobKind.NOTE_PDF)


@require_POST
def note_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Word is made in the background: charts are drawn as pictures."""
    return _paper(request, note_for(request, pk), JobKind.NOTE_DOCX)


def _paper(request: HttpRequest, note: AnalyticalNote, kind: JobKind) -> HttpResponse:
    job = start_job(by=person(request), authority=note.authority, kind=kind, title=note.title, params={"note": note.pk})
    return redirect("reports:job_detail", pk=job.pk)


@require_POST
def note_selection(request: HttpRequest, pk: int) -> HttpResponse:
    """«В решение» from a table of the note: ticked schools become addressees of a clause, each with its own figures of the note's moment."""
    note = note_for(request, pk, "cycle.edit")
    user = person(request)
    if not user.can("document.edit", at=note.authority):
        raise PermissionDenied
    line = request.POST.get("line", "")
    chosen = numbers_of(request.POST.getlist("organization")[:3000])
    if line == "low" and not user.can("lists.view", at=note.authority):
        raise PermissionDenied
    place = None if line == "low" else int(line) if is_number(line) else -1
    try:
        selection = notes.select_from(by=user, note=note, line=place, schools=chosen)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("reports:note_detail", pk=pk)
    return redirect("decisions:selection_clause", pk=selection.pk)


def _done(request: HttpRequest, note: AnalyticalNote, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return redirect("reports:note_detail", pk=note.pk)
