"""Documents: the list, taking one in, its page, its files."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from config import clock, slots
from decisions.acknowledging import own_of, readers_of
from decisions.actions.intake import start_empty, store_source, take_in
from decisions.actions.numbers import next_number, successor_of
from decisions.actions.questions import family
from decisions.calendar import OfficeCalendar, shift_of
from decisions.enums import Circulation, DocumentState, Entry, ParticipantRole, TaskState
from decisions.errors import Refused
from decisions.excerpts import cut_words
from decisions.filters_documents import DocumentFilter
from decisions.forms import IntakeForm, ReasonForm, RegisterForm, SignedForm, StartForm
from decisions.history import history_of
from decisions.links import clause_notes, gives_to_offices, links_of
from decisions.models import CollectionForm, Document, EditOperation
from decisions.models.tasks import OPEN_STATES, Assignment
from decisions.outlines import shown_items
from decisions.reading.child import PASTED, read_file
from decisions.reading.containers import Unreadable
from decisions.rows import rows_for
from decisions.templates_of_meetings import TEMPLATES, template_of
from decisions.views.gate import document_for, office_authority, person
from decisions.views.review import effective_days
from schools.models import IssuedPaper, Organization
from schools.registry_rows import registry_of

PAGE = 30


@require_GET
def document_list(request: HttpRequest) -> HttpResponse:
    """All documents the person sees, newest first, with how far their tasks are."""
    user = person(request)
    # A school counts its own tasks, the office all.
    office_view = user.may("document.view")
    own = Q(assignments__authority_id__in=user.reach("document.view").authorities) | Q(
        assignments__organization_id__in=user.reach("document.view_own").organizations
    )
    rows = (
        Document.objects.visible_to(user)
        .tops()
        .annotate(
            tasks=Count("assignments", filter=own & ~Q(assignments__state="cancelled")),
            done=Count("assignments", filter=own & Q(assignments__state="done")),
            late=Count(
                "assignments",
                filter=own
                & Q(
                    assignments__state__in=OPEN_STATES,
                    assignments__effective_due__lt=clock.today(user.zone),
                    assignments__reports=True,
                    assignments__recommended=False,
                ),
            ),
        )
        .select_related("authority")
        .defer("source_text", "reading")
        .order_by("-date", "-pk")
    )
    found = DocumentFilter(request.GET, queryset=rows, request=request)
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    office = user.may("document.edit")
    return render(
        request,
        "decisions/document_list.html",
        {"page": page, "filter": found, "office": office, "wide": office_view},
    )


@require_http_methods(["GET", "POST"])
def document_create(request: HttpRequest) -> HttpResponse:
    """One field takes a file or pasted text; a second later the review opens."""
    authority = office_authority(request, "document.edit")
    form = IntakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = _take_in(request, form)
        except (Unreadable, Refused) as why:
            form.add_error(None, str(why))
        else:
            return redirect("decisions:document_review", pk=document.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "start": StartForm(), "templates": TEMPLATES, "authority": authority}
    return render(request, "decisions/document_create.html", context, status=status)


def _take_in(request: HttpRequest, form: IntakeForm) -> Document:
    user = person(request)
    authority = office_authority(request, "document.edit")
    upload, text = form.cleaned_data["file"], form.cleaned_data["text"]
    name = upload.name if upload else PASTED
    if upload and upload.size > settings.MAX_UPLOAD_BYTES:
        megabytes = settings.MAX_UPLOAD_BYTES // 1024 // 1024
        raise Unreadable(
            f"Файл «{name}» больше {megabytes} МБ. Удалите из него рисунки или вставьте текст документа в поле ниже."
        )
    content: bytes = upload.read() if upload else text.encode()
    limits = settings.READING_LIMITS
    reading, loaded = read_file(
        content,
        name,
        registry=registry_of(authority),
        seconds=limits["seconds"],
        megabytes=limits["megabytes"],
    )
    source = store_source(
        by=user,
        authority=authority,
        name=name,
        content=content,
        content_type=(upload.content_type or "") if upload else "text/plain; charset=utf-8",
    )
    document = take_in(
        by=user,
        authority=authority,
        reading=reading,
        entry=Entry(form.cleaned_data["entry"]),
        source=source,
        source_name=name if upload else "",
    )
    if loaded.scan:
        messages.warning(
            request,
            "В файле только изображение страниц. Он сохранён как подписанный экземпляр: "
            "вставьте текст документа или загрузите файл Word, чтобы прочитать пункты.",
        )
    return document


@require_http_methods(["POST"])
def document_start(request: HttpRequest) -> HttpResponse:
    """An empty protocol or order, or one from a template of a usual meeting."""
    authority = office_authority(request, "document.edit")
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Выберите вид документа.")
        return redirect("decisions:document_create")
    data = form.cleaned_data
    chosen = template_of(data["template"])
    document = start_empty(
        by=person(request),
        authority=authority,
        kind=chosen.kind if chosen else data["kind"],
        meeting=data["meeting"] or (chosen.meeting if chosen else ""),
        agenda=chosen.agenda if chosen else (),
    )
    return redirect("decisions:document_review", pk=document.pk)


def _with_excerpts(document: Document, own: Collection[int] | None) -> list[Organization]:
    """Who has an excerpt of the document: everybody it gave a task (`own` None), or those of these organisations."""
    given = Assignment.objects.filter(document=document).exclude(state=TaskState.CANCELLED)
    if own is not None:
        given = given.filter(organization__in=own)
    return list(Organization.objects.filter(pk__in=given.values("organization")).order_by("sort_key", "pk"))


@require_GET
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it stands: what was decided, how far it is, what comes next. A draft opens in the editor."""
    user = person(request)
    rows = Document.objects.visible_to(user).select_related(
        "authority", "part_of", "created_by__person", "registered_by__person"
    )
    document = rows.filter(pk=pk).first()
    if document is None:
        raise Http404
    if document.part_of_id:
        return redirect("decisions:document_detail", pk=document.part_of_id)
    office = user.can("document.view", at=document.authority)
    may_edit = user.can("document.edit", at=document.authority)
    if document.state == DocumentState.DRAFT and may_edit:
        return redirect("decisions:document_review", pk=pk)
    calendar, shift = OfficeCalendar(document.authority), shift_of(document.authority)
    parts = []
    for part in family(document):
        items = shown_items(part, user)
        lines = rows_for(items, effective=effective_days(items, calendar, shift))
        if not office and document.circulation == Circulation.EXCERPT:
            own = user.reach("document.view_own").organizations
            for line in lines:
                line.words = cut_words(line.clause.text, line.item.own_parties, own)
        parts.append((part, lines))
    links = links_of(document, user)
    notes = clause_notes(links)
    for _, lines in parts:
        for line in lines:
            line.notes = notes.get(line.clause.pk, [])
    if office:
        forms = dict(CollectionForm.objects.filter(clause__document__in=family(document)).values_list("clause", "pk"))
        for _, lines in parts:
            for line in lines:
                line.form_pk = forms.get(line.clause.pk)
    context: dict[str, Any] = {
        "document": document,
        "parts": [(part, rows) for part, rows in parts if rows or part.pk == document.pk],
        "office": office,
        "may_edit": may_edit,
        "may_register": user.can("document.register", at=document.authority),
        "links": links,
        "chained": document.state == DocumentState.SENT and gives_to_offices(document),
        "entered_again": successor_of(document) if document.state == DocumentState.ANNULLED and office else None,
        "progress": _progress(document, user) if document.state == DocumentState.SENT else None,
        "page_notes": [
            note
            for one in slots.page_notes
            if one.page == "decisions:document_detail"
            for note in one.notes(user, document)
        ],
    }
    if document.state == DocumentState.SENT:
        context["excerpts"] = _with_excerpts(
            document, None if office else user.reach("document.view_own").organizations
        )
        readers = readers_of(document)
        own_lines = own_of(readers, user)
        context |= {
            "to_read": next((one for one in own_lines if not one.done), None),
            "have_read": next((one for one in own_lines if one.done), None),
            "reading_total": len(readers) if office else 0,
            "reading_done": sum(one.done for one in readers),
        }
    if office:
        context["scans"] = document.scans.filter(confirmed_at__isnull=False).select_related(
            "file", "confirmed_by__person"
        )
        context["may_sign"] = user.can("document.sign", at=document.authority)
        context["papers"] = IssuedPaper.objects.of(document).select_related("file", "issued_by__person")
    if may_edit:
        context |= {
            "signed_form": SignedForm(initial={"signed_on": clock.today(user.zone), "signed_by": signer_of(document)}),
            "register_form": RegisterForm(),
            "reason_form": ReasonForm(),
            "history": history_of(document),
        }
        if document.state == DocumentState.SIGNED:
            context["next_number"] = next_number(document)
    return render(request, "decisions/document_detail.html", context)


def signer_of(document: Document) -> str:
    """Who signs by the heading: the chair of a meeting or the one named under an order."""
    signers = document.participants.filter(role__in=[ParticipantRole.CHAIR, ParticipantRole.SIGNATORY])
    return signers.values_list("name", flat=True).first() or ""


def _progress(document: Document, user: Any) -> dict[str, int]:
    """How many tasks of the document the person sees are in which state."""
    today = clock.today(user.zone)
    rows = Assignment.objects.visible_to(user).filter(document=document).exclude(state="cancelled")
    open_now = Q(state__in=OPEN_STATES)
    late = open_now & Q(effective_due__lt=today, reports=True, recommended=False)
    return rows.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state="done")),
        waiting=Count("pk", filter=Q(state="on_check")),
        late=Count("pk", filter=late),
        running=Count("pk", filter=open_now & ~late),
    )


@require_GET
def document_source(request: HttpRequest, pk: int) -> FileResponse:
    """The source file as it came, for the office only, never shown inline."""
    document = document_for(request, pk)
    if document.source_file is None:
        raise Http404
    return stored_file(document.source_file)


@require_GET
def document_scan(request: HttpRequest, pk: int) -> FileResponse:
    document = document_for(request, pk)
    if document.signed_scan is None:
        raise Http404
    return stored_file(document.signed_scan)


def stored_file(file: Any) -> FileResponse:
    """A stored file as an attachment that a browser never opens as a page."""
    response = FileResponse(
        file.content.open("rb"), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_GET
def document_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The edits of a draft, newest first: who, when, what."""
    document = document_for(request, pk, "document.edit")
    rows = EditOperation.objects.filter(document__in=family(document)).select_related("by__person")[:100]
    return render(request, "decisions/document_changes.html", {"document": document, "rows": rows})
