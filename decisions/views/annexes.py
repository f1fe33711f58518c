"""Annexes of clauses in the review."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from config.uploads import BadUpload, kind_of
from decisions.actions import annexes
from decisions.actions.intake import store_source
from decisions.models import Clause, ClauseFile
from decisions.views.documents import stored_file
from decisions.views.gate import chosen_clauses, document_for, person
from decisions.views.review import edited, panel


@require_POST
def annex_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Files beside the chosen clauses; each is told by its content."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    uploads = request.FILES.getlist("file")
    if not uploads:
        return panel(request, document, error="Выберите файл приложения.")
    by = person(request)
    for upload in uploads:
        content = upload.read()
        try:
            _, media = kind_of(content, upload.name, limit=settings.MAX_UPLOAD_BYTES)
        except BadUpload as why:
            return panel(request, document, error=str(why))
        file = store_source(by=by, authority=document.authority, name=upload.name, content=content, content_type=media)
        response = edited(request, document, lambda file=file: annexes.add_annex(by=by, clauses=clauses, file=file))  # type: ignore[misc]
    return response


@require_POST
def annex_remove(request: HttpRequest, pk: int) -> HttpResponse:
    annex = get_object_or_404(
        ClauseFile.objects.filter(clause__in=Clause.objects.visible_to(person(request))).select_related(
            "file", "clause__document"
        ),
        pk=pk,
    )
    document = document_for(request, annex.clause.document_id, "document.edit")
    return edited(request, document, lambda: annexes.remove_annex(by=person(request), annex=annex))


@require_GET
def clause_file(request: HttpRequest, pk: int) -> FileResponse:
    """An annex of a clause, for those who see the clause or its task."""
    clauses = Clause.objects.visible_to(person(request))
    row = get_object_or_404(ClauseFile.objects.filter(clause__in=clauses).select_related("file"), pk=pk)
    return stored_file(row.file)
