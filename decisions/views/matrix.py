"""The execution matrix: clauses down, organisations across, a mark for each task; totals at the edges."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from config import clock
from decisions.models import Assignment, Clause
from decisions.views.gate import document_for, person
from schools.models import Organization

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


@require_GET
def matrix_detail(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.view")
    today = clock.today(document.authority.zone)
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
        rows.append((clause, line, sum(c.mark in ("ok", "late_ok") for c in given), len(given)))
    foot = []
    for o in across:
        own = [cells[key] for key in cells if key[1] == o.pk]
        foot.append((sum(c.mark in ("ok", "late_ok") for c in own), sum(c.mark == "bad" for c in own), len(own)))
    context = {
        "document": document,
        "across": across,
        "rows": rows,
        "foot": foot,
        "done": sum(r[2] for r in rows),
        "total": len(tasks),
        "late": sum(c.mark == "bad" for c in cells.values()),
        "legend": [(key, *SIGNS[key]) for key in ("ok", "late_ok", "wait", "run", "bad", "back", "off")],
        "today": today,
        "may_check": person(request).can("task.check", at=document.authority),
    }
    return render(request, "decisions/matrix_detail.html", context)
