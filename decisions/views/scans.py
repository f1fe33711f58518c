"""Scans of signed papers: upload, confirm by the first page, and what was kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import is_number
from decisions.actions import scans
from decisions.enums import DocumentState, Entry, ParticipantRole
from decisions.errors import Refused
from decisions.forms import ScanForm, SignedForm
from decisions.models import Document, Scan
from decisions.scan_reading import BadScan, look_at
from decisions.views.documents import stored_file
from decisions.views.gate import document_for, office_authority, person
from schools.models import Organization

SHOWN = 20


@require_http_methods(["GET", "POST"])
def scan_create(request: HttpRequest) -> HttpResponse:
    """One field takes the scan; the code on it finds the document."""
    wanted = _wanted(request)
    authority = wanted.authority if wanted else office_authority(request, "document.sign")
    form = ScanForm(request.POST or None, request.FILES or None, initial={"document": wanted.pk if wanted else None})
    if request.method == "POST" and form.is_valid():
        try:
            scan = take_scan(request, authority, form.cleaned_data["file"], wanted=wanted)
        except Refused as why:
            form.add_error("file", str(why))
        else:
            return redirect("decisions:scan_confirm", pk=scan.pk)
    waiting = Scan.objects.visible_to(person(request)).waiting().filter(authority=authority)
    context = {
        "form": form,
        "wanted": wanted,
        "waiting": waiting.select_related("file", "document", "created_by__person")[:SHOWN],
    }
    return render(request, "decisions/scan_create.html", context, status=422 if request.method == "POST" else 200)


def take_scan(request: HttpRequest, authority: Organization, upload: Any, *, wanted: Document | None = None) -> Scan:
    """Looks at an upload and keeps it. Raises `Refused` with what is wrong with the file or whose paper it is."""
    if upload.size > settings.MAX_UPLOAD_BYTES:
        limit = settings.MAX_UPLOAD_BYTES // 1024 // 1024
        raise Refused(
            f"«{upload.name[-80:]}» больше {limit} МБ. Отсканируйте с разрешением 200 точек на дюйм, в оттенках серого."
        )
    content = upload.read()
    try:
        look = look_at(content, upload.name, limit=settings.MAX_UPLOAD_BYTES)
    except BadScan as why:
        raise Refused(str(why)) from why
    return scans.keep_scan(
        by=person(request), authority=authority, name=upload.name, content=content, look=look, wanted=wanted
    )


def _wanted(request: HttpRequest) -> Document | None:
    typed = request.POST.get("document") or request.GET.get("document") or ""
    if not is_number(typed):
        return None
    document = document_for(request, int(typed), "document.sign")
    return document.part_of or document


@require_http_methods(["GET", "POST"])
def scan_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The first page beside the document it was found for; where no code was seen, the document is chosen by its number."""
    scan = _scan(request, pk, "document.sign")
    if scan.confirmed_at:
        return redirect("decisions:document_detail", pk=scan.document_id)
    chosen = _wanted(request)
    document = scan.document if scan.paper_id else chosen or scan.document
    if document is not None and document.authority_id != scan.authority_id:
        document = None
    form = _signing_form(request, document)
    if request.method == "POST" and document is not None and (form is None or form.is_valid()):
        try:
            document = scans.confirm_scan(
                by=person(request), scan=scan, document=document, **(_signed(form) if form else {})
            )
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _done(document))
            return redirect("decisions:document_detail", pk=document.pk)
    context: dict[str, Any] = {"scan": scan, "document": document, "form": form, "q": request.GET.get("q", "")[:60]}
    if scan.paper_id is None:
        context["found"] = _candidates(request, scan, context["q"])
    return render(request, "decisions/scan_confirm.html", context, status=422 if request.method == "POST" else 200)


def _done(document: Document) -> str:
    if document.state == DocumentState.SIGNED:
        return f"«{document.short_title}» подписан, скан приложен. Теперь его можно зарегистрировать."
    return f"Скан приложен к документу «{document.short_title}»."


def _signed(form: SignedForm) -> dict[str, Any]:
    return {"signed_on": form.cleaned_data["signed_on"], "signed_by": form.cleaned_data["signed_by"]}


def _signing_form(request: HttpRequest, document: Document | None) -> SignedForm | None:
    """When and by whom, asked only for a document that waits for its signature."""
    if document is None or document.state != DocumentState.SIGNING:
        return None
    roles = [ParticipantRole.SIGNATORY, ParticipantRole.CHAIR]
    signers = {one.role: one.name for one in document.participants.filter(role__in=roles)}
    initial = {
        "signed_on": clock.today(person(request).time_zone),
        "signed_by": signers.get(ParticipantRole.SIGNATORY) or signers.get(ParticipantRole.CHAIR) or "",
    }
    return SignedForm(request.POST or None, initial=initial)


def _candidates(request: HttpRequest, scan: Scan, q: str) -> list[Document]:
    """Documents of the office a scan may belong to; those that wait for their signature first."""
    rows = (
        Document.objects.visible_to(person(request))
        .tops()
        .filter(authority=scan.authority)
        .exclude(state=DocumentState.ANNULLED)
        .exclude(state=DocumentState.DRAFT, entry=Entry.PREPARED)
        .defer("source_text", "reading")
    )
    if q.strip():
        words = q.strip().lstrip("№ ")
        rows = rows.filter(Q(number__iexact=words) | Q(meeting__icontains=words) | Q(title__icontains=words))
    found = list(rows.filter(signed_scan__isnull=True).order_by("-date", "-pk")[:SHOWN])
    if q.strip():
        found += list(rows.filter(signed_scan__isnull=False).order_by("-date", "-pk")[:SHOWN])
    return sorted(found, key=lambda one: one.state != DocumentState.SIGNING)[:SHOWN]


@require_GET
def scan_page(request: HttpRequest, pk: int) -> FileResponse:
    """The first page as a picture we made ourselves, so it may stand on our page."""
    scan = _scan(request, pk)
    answer = FileResponse(scan.preview.content.open("rb"), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@require_GET
def scan_file(request: HttpRequest, pk: int) -> FileResponse:
    return stored_file(_scan(request, pk).file)


@require_POST
def scan_drop(request: HttpRequest, pk: int) -> HttpResponse:
    scan = _scan(request, pk, "document.sign")
    try:
        scans.drop_scan(by=person(request), scan=scan)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "Скан убран.")
    return redirect("decisions:scan_create")


def _scan(request: HttpRequest, pk: int, permission: str = "document.view") -> Scan:
    rows = Scan.objects.visible_to(person(request)).select_related(
        "file", "preview", "authority", "document__authority", "paper", "created_by__person"
    )
    scan = get_object_or_404(rows, pk=pk)
    if not person(request).can(permission, at=scan.authority):
        raise PermissionDenied
    return scan
