"""The execution matrix of a document: the page with its filters, the print form, the table for Excel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from config import clock, sheets
from config.sheets import Column
from decisions.matrix import SIGNS, matrix_of, wanted_from
from decisions.models import DateChange, Document
from decisions.views.gate import document_for, person
from schools.models import SchoolGroup

CHANGES_SHOWN = 300


def _context(request: HttpRequest, document: Document) -> dict[str, Any]:
    user = person(request)
    today = clock.today(document.authority.zone)
    groups = list(SchoolGroup.objects.visible_to(user).filter(authority=document.authority))
    wanted = wanted_from(request.GET.dict(), groups, today)
    return {
        "document": document,
        "matrix": matrix_of(user, document, today, wanted),
        "legend": [(key, *SIGNS[key]) for key in SIGNS],
        "today": today,
        "groups": groups,
        "wanted": wanted,
        "group": request.GET.get("group", ""),
        "narrowed": bool(wanted.mark or wanted.clause or wanted.members is not None),
        "query": request.GET.urlencode(),
    }


@require_GET
def matrix_detail(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.view")
    context = _context(request, document) | {
        "may_move": person(request).can("task.move", at=document.authority),
        "may_check": person(request).can("task.check", at=document.authority),
    }
    if context["matrix"].moved:
        context["changes"] = (
            DateChange.objects.filter(assignment__document=document)
            .exclude(assignment__state="cancelled")
            .select_related("assignment__clause", "assignment__organization", "by__person")
            .order_by("assignment__clause__position", "assignment__organization__sort_key", "pk")[:CHANGES_SHOWN]
        )
    return render(request, "decisions/matrix_detail.html", context)


@require_GET
def matrix_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Landscape pages: a wide table is cut into several, each with the heads of its columns and rows."""
    document = document_for(request, pk, "document.view")
    return render(request, "decisions/matrix_print.html", _context(request, document))


@require_GET
def matrix_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same table for Excel: words instead of signs."""
    document = document_for(request, pk, "document.view")
    matrix = _context(request, document)["matrix"]
    columns = [
        Column("Пункт", 9),
        Column("Содержание", 70),
        Column("Срок", 12, "date"),
        *(Column(str(o), 16) for o in matrix.across),
        Column("Исполнено", 11, "whole"),
        Column("Всего", 9, "whole"),
    ]
    rows = [
        [
            row.clause.shown_number,
            row.clause.text,
            row.clause.deadline_due,
            *(c.words if c.task else None for c in row.line),
            row.done,
            row.given,
        ]
        for row in matrix.rows
    ]
    response = HttpResponse(sheets.workbook([sheets.Sheet("Исполнение", columns, rows)]), content_type=sheets.MEDIA)
    name = f"Исполнение, {document.short_title}.xlsx".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
