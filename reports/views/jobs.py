"""Papers made in the background: asked for here, watched here, taken here. A person sees own jobs only."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from decisions.enums import DocumentState
from decisions.models import Document
from reports.actions.jobs import start_job
from reports.enums import JobKind
from reports.models import AnalyticalNote, PaperJob
from reports.views.gate_cycle import person, year_of_results
from reports.views.notes import looked_at
from reports.views.paper import file_answer
from schools.models import Organization


def _watcher(request: HttpRequest) -> None:
    user = person(request)
    if not any(user.may(one) for one in ("document.view", "cycle.view", "school.view")):
        raise PermissionDenied


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    _watcher(request)
    rows = PaperJob.objects.visible_to(person(request)).select_related("result")
    return render(request, "reports/job_list.html", {"page": Paginator(rows, 30).get_page(request.GET.get("page"))})


@require_GET
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress; the page asks again by itself while the paper is being made, and may be left and come back to."""
    _watcher(request)
    job = get_object_or_404(PaperJob.objects.visible_to(person(request)).select_related("result"), pk=pk)
    part = request.headers.get("HX-Request") == "true"
    return render(request, "reports/_job.html" if part else "reports/job_detail.html", {"job": job})


@require_GET
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    _watcher(request)
    job = get_object_or_404(PaperJob.objects.visible_to(person(request)).select_related("result"), pk=pk)
    if job.result is None:
        raise Http404("Документ ещё не готов.")
    note = AnalyticalNote.objects.filter(pk=job.params.get("note")).first()
    if note is not None:
        looked_at(person(request), note, "note.file")
    with job.result.content.open("rb") as stored:
        content = stored.read()
    return file_answer(content, job.result.content_type, job.result.name)


def _document(request: HttpRequest, pk: int) -> Document:
    user = person(request)
    row = get_object_or_404(
        Document.objects.visible_to(user).tops().select_related("authority").defer("source_text", "reading"), pk=pk
    )
    if not user.can("document.view", at=row.authority):
        raise PermissionDenied
    return row


@require_POST
def excerpts_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Excerpts for all organisations of a sent document as one ZIP."""
    document = _document(request, pk)
    if document.state not in (DocumentState.SENT, DocumentState.REGISTERED, DocumentState.ARCHIVED):
        raise Http404("Выписки готовятся после регистрации.")
    title = f"Выписки, {document.short_title}"
    return _start(request, document.authority, JobKind.EXCERPTS, title, {"document": document.pk})


@require_POST
def execution_start(request: HttpRequest, pk: int) -> HttpResponse:
    document = _document(request, pk)
    title = f"Сводка исполнения, {document.short_title}"
    return _start(request, document.authority, JobKind.EXECUTION, title, {"document": document.pk})


@require_GET
def passport_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a school's page that asks for its passport; empty for what is not a school."""
    school = _school(request, pk)
    return render(request, "reports/passport_card.html", {"school": school})


def _school(request: HttpRequest, pk: int) -> Organization:
    user = person(request)
    school = get_object_or_404(Organization.objects.visible_to(user).select_related("authority"), pk=pk)
    if not (user.can("results.view", at=school) or user.can("results.view_own", at=school)):
        raise PermissionDenied
    return school


@require_POST
def passport_start(request: HttpRequest, pk: int) -> HttpResponse:
    """The passport of a school: for the office that sees its results, and for the school itself."""
    school = _school(request, pk)
    if not school.is_school:
        raise Http404
    assert school.authority is not None
    params = {"organization": school.pk, "year": year_of_results(school.authority)}
    return _start(request, school.authority, JobKind.PASSPORT, f"Паспорт, {school.name}", params)


def _start(
    request: HttpRequest, authority: Organization, kind: JobKind, title: str, params: dict[str, int]
) -> HttpResponse:
    job = start_job(by=person(request), authority=authority, kind=kind, title=title, params=params)
    return redirect("reports:job_detail", pk=job.pk)
