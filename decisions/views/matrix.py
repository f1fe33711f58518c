"""The execution matrix: clauses down, organisations across, a mark for each task; totals at the edges."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from config import clock
from decisions.models import Assignment, Clause, Document
from decisions.views.gate import document_for, person
from schools.models import Organization

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DONE = ("ok", "late_ok")
# mark key → (sign, words)
SIGNS = {
    "ok": ("✓", "исполнено"),
    "late_ok": ("✓", "исполнено с нарушением срока"),
    "wait": ("?", "на проверке"),
    "run": ("·", "в работе"),
    "bad": ("!", "просрочено"),
    "back": ("↩", "возвращено"),
    "off": ("–", "снято"),
}


@dataclass(frozen=True)
class Cell:
    task: Assignment | None
    mark: str = ""

    @property
    def sign(self) -> str:
        return SIGNS[self.mark][0] if self.mark else ""

    @property
    def words(self) -> str:
        return SIGNS[self.mark][1] if self.mark else "не требуется"


def mark_of(task: Assignment, today: dt.date) -> str:
    """One of `SIGNS`, from the task's state and days."""
    if task.state == "done":
        return "late_ok" if task.done_late else "ok"
    if task.state == "on_check":
        return "wait"
    if task.state in ("withdrawn", "cancelled"):
        return "off"
    if task.is_overdue(today):
        return "bad"
    return "back" if task.state == "returned" else "run"


@dataclass
class Matrix:
    """Clauses down, organisations across; `rows` are (clause, cells, done, given), `foot` (done, late, given)."""

    across: list[Organization]
    rows: list[tuple[Clause, list[Cell], int, int]]
    foot: list[tuple[int, int, int]]
    total: int
    done: int
    late: int
    waiting: int


def matrix_of(request: HttpRequest, document: Document, today: dt.date) -> Matrix:
    tasks = list(
        Assignment.objects.visible_to(person(request))
        .filter(document=document)
        .exclude(state="cancelled")
        .select_related("organization", "clause")
    )
    organizations: dict[int, Organization] = {t.organization_id: t.organization for t in tasks}
    across = sorted(organizations.values(), key=lambda o: (o.sort_key, o.pk))
    clauses: dict[int, Clause] = {t.clause_id: t.clause for t in tasks}
    down = sorted(clauses.values(), key=lambda c: (c.document_id, c.position))
    cells = {(t.clause_id, t.organization_id): Cell(t, mark_of(t, today)) for t in tasks}
    rows = []
    for clause in down:
        line = [cells.get((clause.pk, o.pk), Cell(None)) for o in across]
        given = [c for c in line if c.task]
        rows.append((clause, line, sum(c.mark in DONE for c in given), len(given)))
    foot = []
    for o in across:
        own = [cell for (_, organization), cell in cells.items() if organization == o.pk]
        foot.append((sum(c.mark in DONE for c in own), sum(c.mark == "bad" for c in own), len(own)))
    marks = [cell.mark for cell in cells.values()]
    return Matrix(
        across, rows, foot, len(tasks), sum(m in DONE for m in marks), marks.count("bad"), marks.count("wait")
    )


@require_GET
def matrix_detail(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.view")
    today = clock.today(document.authority.zone)
    context = {
        "document": document,
        "matrix": matrix_of(request, document, today),
        "legend": [(key, *SIGNS[key]) for key in SIGNS],
        "today": today,
        "may_check": person(request).can("task.check", at=document.authority),
    }
    return render(request, "decisions/matrix_detail.html", context)


@require_GET
def matrix_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same table for Excel: words instead of signs."""
    document = document_for(request, pk, "document.view")
    matrix = matrix_of(request, document, clock.today(document.authority.zone))
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Исполнение"
    sheet.append(["Пункт", "Содержание", "Срок", *(safe_cell(str(o)) for o in matrix.across), "Исполнено", "Всего"])
    for clause, line, done, given in matrix.rows:
        number, text = safe_cell(clause.shown_number), safe_cell(clause.text)
        sheet.append([number, text, clause.deadline_due, *(c.words if c.task else "" for c in line), done, given])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in sheet.iter_rows(min_row=2, min_col=2, max_col=3):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
        row[1].number_format = "DD.MM.YYYY"
    sheet.column_dimensions["B"].width = 70
    sheet.freeze_panes = "C2"
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    name = f"Исполнение, {document.short_title}.xlsx".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def safe_cell(text: str) -> str:
    """Words that Excel would take for a formula are kept as words."""
    return f"\u200b{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
