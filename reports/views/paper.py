"""Printed papers as PDF and Word. A school gets the whole of a freely circulated document, or only its own excerpt."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from config.pdf import render_pdf
from decisions.enums import Circulation, ReportState
from decisions.excerpts import with_words
from decisions.models import Assignment, Document, ExecutionReport
from reports.docx import paper_docx, sheet_docx
from reports.paper import build
from reports.paper.html import paper_html, sheet_html
from reports.paper.issued import excerpt_as_issued, paper_as_issued
from reports.paper.model import Paper, Sheet, in_short
from schools.actions import papers
from schools.models import IssuedPaper, Organization, User
from schools.views.papers import pdf_answer

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _document(request: HttpRequest, pk: int) -> tuple[Document, User, bool]:
    """The document, the person, and whether the person sees it as the office does."""
    user = request.user
    assert isinstance(user, User)
    rows = Document.objects.visible_to(user).select_related("authority", "authority__office", "part_of")
    document = get_object_or_404(rows, pk=pk, part_of__isnull=True)
    return document, user, user.can("document.view", at=document.authority)


def _whole(request: HttpRequest, pk: int) -> Document:
    document, _, office = _document(request, pk)
    if not office and document.circulation != Circulation.FULL:
        raise Http404("Ограниченная рассылка: организация получает только выписку.")
    return document


def _office_only(request: HttpRequest, pk: int) -> Document:
    document, _, office = _document(request, pk)
    if not office:
        raise PermissionDenied
    return document


def file_answer(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(not inline, name)
    if disposition:
        response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _name(document: Document, what: str, extension: str) -> str:
    day = f" от {document.date:%d.%m.%Y}" if document.date else ""
    number = f" {document.number}" if document.number else ""
    return f"{what}{number}{day}.{extension}".replace("/", "-")


@require_GET
def protocol_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole paper; once it went to be signed or was registered, the very bytes that were issued. `?short=1` leaves out
    speeches."""
    document = _whole(request, pk)
    paper = papers.current(document) if document.is_locked else None
    if request.GET.get("short") == "1":
        name = _name(document, f"{document.get_kind_display().capitalize()} краткий", "pdf")
        return file_answer(
            render_pdf(paper_html(in_short(_says(document, paper)))), "application/pdf", name, inline=True
        )
    if paper is not None:
        return pdf_answer(request, paper)
    name = _name(document, document.get_kind_display().capitalize(), "pdf")
    return file_answer(render_pdf(paper_html(_says(document, None))), "application/pdf", name, inline=True)


def _says(document: Document, paper: IssuedPaper | None) -> Paper:
    return paper_as_issued(paper) if paper is not None else build.paper_of(document)


@require_GET
def protocol_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same in Word: of what was issued where it was issued, so that it says what the PDF says."""
    document = _whole(request, pk)
    says = _says(document, papers.current(document) if document.is_locked else None)
    what = document.get_kind_display().capitalize()
    if request.GET.get("short") == "1":
        says, what = in_short(says), f"{what} краткий"
    return file_answer(paper_docx(says), DOCX, _name(document, what, "docx"))


def _excerpt(request: HttpRequest, pk: int, organization_pk: int) -> tuple[Document, Paper]:
    document, user, office = _document(request, pk)
    organization = get_object_or_404(Organization, pk=organization_pk)
    if not office and organization.pk not in user.reach("document.view_own").organizations:
        raise Http404
    if not Assignment.objects.filter(document=document, organization=organization).exclude(state="cancelled").exists():
        raise Http404("Для этой организации в документе нет поручений.")
    return document, excerpt_as_issued(document, organization, verified_by=verifier(user, office=office))


def verifier(user: User, *, office: bool) -> tuple[str, str]:
    """Post and name of who vouches for a paper with a signature; empty for a school: the office writes itself in."""
    if not office or user.person is None:
        return ("", "")
    position = user.person.positions.order_by("-is_head", "pk").first()
    return (position.title.capitalize() if position else "", user.person.initials_first)


@require_GET
def excerpt_pdf(request: HttpRequest, pk: int, organization_pk: int) -> HttpResponse:
    document, paper = _excerpt(request, pk, organization_pk)
    return file_answer(render_pdf(paper_html(paper)), "application/pdf", _name(document, "Выписка", "pdf"), inline=True)


@require_GET
def excerpt_docx(request: HttpRequest, pk: int, organization_pk: int) -> HttpResponse:
    document, paper = _excerpt(request, pk, organization_pk)
    return file_answer(paper_docx(paper), DOCX, _name(document, "Выписка", "docx"))


@require_GET
def answer_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What a school sent and when: words, files with their sums, clauses with the verdict. For those who see the answer."""
    user = request.user
    assert isinstance(user, User)
    reports = ExecutionReport.objects.visible_to(user).filter(state=ReportState.SENT)
    report = get_object_or_404(reports.select_related("document__authority", "organization", "sent_by__person"), pk=pk)
    rows = list(
        report.items.filter(assignment__in=Assignment.objects.visible_to(user))
        .select_related("assignment__clause", "assignment__document", "assignment__organization", "checked_by__person")
        .order_by("assignment__clause__position")
    )
    office = user.reach("document.view").authorities
    with_words([item.assignment for item in rows], office=office)
    context = {
        "report": report,
        "items": rows,
        "files": report.files.select_related("file"),
        "zone": report.organization.zone or settings.TIME_ZONE,
    }
    name = f"Ответ {report.organization} от {report.sent_at:%d.%m.%Y}.pdf".replace("/", "-")
    return file_answer(render_pdf(render_to_string("pdf/receipt.html", context)), "application/pdf", name, inline=True)


def sheet_answer(
    request: HttpRequest, pk: int, make: Callable[[Document], Sheet], what: str, *, word: bool
) -> HttpResponse:
    document = _office_only(request, pk)
    sheet = make(document)
    if word:
        return file_answer(sheet_docx(sheet), DOCX, _name(document, what, "docx"))
    return file_answer(render_pdf(sheet_html(sheet)), "application/pdf", _name(document, what, "pdf"), inline=True)


@require_GET
def acknowledgement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return sheet_answer(request, pk, build.acknowledgement_of, "Лист ознакомления", word=False)


@require_GET
def acknowledgement_docx(request: HttpRequest, pk: int) -> HttpResponse:
    return sheet_answer(request, pk, build.acknowledgement_of, "Лист ознакомления", word=True)


@require_GET
def attendance_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return sheet_answer(request, pk, build.attendance_of, "Лист регистрации", word=False)


@require_GET
def attendance_docx(request: HttpRequest, pk: int) -> HttpResponse:
    return sheet_answer(request, pk, build.attendance_of, "Лист регистрации", word=True)
