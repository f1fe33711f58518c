"""The execution matrix: clauses down, organisations across, a mark for each task; totals at the edges."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from config import clock, sheets
from config.sheets import Column
from decisions.models import Assignment, Clause, DateChange, Document
from decisions.views.gate import document_for, person
from schools.models import Organization

DONE = ("ok", "late_ok")
# mark key → (sign, words)
SIGNS = {
    "ok": ("✓", "исполнено"),
    "late_ok": ("✓", "исполнено с нарушением срока"),
    "wait": ("?", "на проверке"),
    "run": ("·", "в работе"),
    "bad": ("!", "просрочено"),
    "back": ("↩", "возвращено"),
    "not_done": ("✕", "не исполнено"),
    "off": ("–", "снято"),
}


@dataclass(frozen=True)
class Cell:
    task: Assignment | None
    mark: str = ""
    moved: bool = False  # the term is not the first one

    @property
    def sign(self) -> str:
        return SIGNS[self.mark][0] if self.mark else ""

    @property
    def words(self) -> str:
        if not self.mark:
            return "не требуется"
        return SIGNS[self.mark][1] + (", срок переносился" if self.moved else "")


def mark_of(task: Assignment, today: dt.date) -> str:
    """One of `SIGNS`, from the task's state and days."""
    if task.state == "done":
        return "late_ok" if task.done_late else "ok"
    if task.state == "on_check":
        return "wait"
    if task.state == "withdrawn" and task.answered_on and not task.not_done:  # the normal end of what is done
        return "late_ok" if task.done_late else "ok"
    if task.state == "withdrawn" and task.not_done:
        return "not_done"
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
    changes: list[DateChange]  # every change of a term, in order of clauses and organisations


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
    changes = list(
        DateChange.objects.filter(assignment__document=document)
        .exclude(assignment__state="cancelled")
        .select_related("assignment__clause", "assignment__organization", "by__person")
        .order_by("assignment__clause__position", "assignment__organization__sort_key", "pk")
    )
    moved = {change.assignment_id for change in changes}
    cells = {(t.clause_id, t.organization_id): Cell(t, mark_of(t, today), t.pk in moved) for t in tasks}
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
        across,
        rows,
        foot,
        len(tasks),
        sum(m in DONE for m in marks),
        marks.count("bad"),
        marks.count("wait"),
        changes,
    )


@require_GET
def matrix_detail(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.view")
    today = clock.today(document.authority.zone)
    matrix = matrix_of(request, document, today)
    context = {
        "document": document,
        "matrix": matrix,
        "changes": matrix.changes[:300],
        "may_move": person(request).can("task.move", at=document.authority),
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
            clause.shown_number,
            clause.text,
            clause.deadline_due,
            *(c.words if c.task else None for c in line),
            done,
            given,
        ]
        for clause, line, done, given in matrix.rows
    ]
    response = HttpResponse(sheets.workbook([sheets.Sheet("Исполнение", columns, rows)]), content_type=sheets.MEDIA)
    name = f"Исполнение, {document.short_title}.xlsx".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
