"""The execution matrix of a document: clauses down, organisations across, a mark for each task; totals at the edges.

Made for 60 clauses × 300 schools on a slow PC: a cell is a few bytes (`cells_html`), one handler of the page serves them all,
and heads of rows and columns open lists for those who have no script. Filters leave rows and columns that have something to
show; totals always count every task of a shown row or column.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString

from config.numbers import is_number
from decisions.enums import RequestState
from decisions.models import Assignment, Clause, DateChange, Document, ExtensionRequest
from schools.models import Organization, SchoolGroup, User

DONE = ("ok", "late_ok")
# mark key → (sign, words)
SIGNS = {
    "ok": ("✓", "исполнено"),
    "late_ok": ("±", "исполнено с нарушением срока"),
    "wait": ("?", "на проверке"),
    "run": ("·", "в работе"),
    "bad": ("!", "просрочено"),
    "back": ("↩", "возвращено"),
    "not_done": ("✕", "не исполнено"),
    "off": ("–", "снято"),
}
PRINTED_ACROSS = 24  # columns that fit the width of a landscape page


@dataclass(frozen=True, slots=True)
class Cell:
    task: Assignment | None = None
    mark: str = ""
    moved: bool = False  # the term is not the first one
    asked: bool = False  # a request to prolong waits for a decision
    shown: bool = True

    @property
    def sign(self) -> str:
        return SIGNS[self.mark][0] if self.mark else ""

    @property
    def words(self) -> str:
        if not self.mark:
            return "не требуется"
        return (
            SIGNS[self.mark][1]
            + (", срок переносился" if self.moved else "")
            + (", просят продлить" if self.asked else "")
        )


EMPTY = Cell()


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


@dataclass(frozen=True)
class Wanted:
    """What the page is narrowed to: a mark («asked» and «moved» too), a clause, members of a group."""

    mark: str = ""
    clause: int | None = None
    members: frozenset[int] | None = None

    def shows(self, cell: Cell) -> bool:
        if self.mark == "asked":
            return cell.asked
        if self.mark == "moved":
            return cell.moved
        return not self.mark or cell.mark == self.mark


@dataclass
class Row:
    clause: Clause
    line: list[Cell]
    done: int
    given: int

    @property
    def cells_html(self) -> SafeString:
        """The row's cells: signs, words of our own and whole numbers only, so nothing needs escaping."""
        return SafeString("".join(_cell_html(cell) for cell in self.line))

    @property
    def due(self) -> dt.date | None:
        return self.clause.deadline_due


def _cell_html(cell: Cell) -> str:
    task = cell.task
    if task is None or not cell.shown:
        return "<td>" if task is None else "<td class=x>"
    kind = cell.mark + (" mv" if cell.moved else "") + (" aq" if cell.asked else "")
    kind = f'"{kind}"' if " " in kind else kind
    open_ = " data-o" if task.is_open else ""
    return f"<td class={kind} data-k={task.pk}{open_}>{cell.sign}"


@dataclass
class Matrix:
    """`foot` has (done, late, given) for each organisation of `across`."""

    across: list[Organization]
    rows: list[Row]
    foot: list[tuple[int, int, int]]
    total: int
    done: int
    late: int
    waiting: int
    clauses: list[Clause] = field(default_factory=list)  # all that have tasks, for the filter
    moved: bool = False
    asked: bool = False

    @property
    def sheets(self) -> list[tuple[list[Organization], list[tuple[Row, list[Cell]]], list[tuple[int, int, int]]]]:
        """The same cut into tables that fit a landscape page, each with its heads."""
        out = []
        for start in range(0, len(self.across), PRINTED_ACROSS):
            piece = slice(start, start + PRINTED_ACROSS)
            out.append((self.across[piece], [(row, row.line[piece]) for row in self.rows], self.foot[piece]))
        return out


def matrix_of(user: User, document: Document, today: dt.date, wanted: Wanted | None = None) -> Matrix:
    """Three questions to the database, however many cells."""
    wanted = wanted or Wanted()
    rows: QuerySet[Any] = Assignment.objects.visible_to(user).filter(document=document)
    mine = {"assignment": OuterRef("pk")}
    tasks = list(
        rows.exclude(state="cancelled")
        .annotate(
            was_moved=Exists(DateChange.objects.filter(**mine)),
            is_asked=Exists(ExtensionRequest.objects.filter(**mine, state=RequestState.WAITING)),
        )
        .only(
            "clause_id",
            "organization_id",
            "state",
            "answered_on",
            "effective_due",
            "reports",
            "recommended",
            "not_done",
        )
    )
    across = list(
        Organization.objects.filter(pk__in={t.organization_id for t in tasks})
        .only("name", "full_name", "sort_key")
        .order_by("sort_key", "pk")
    )
    clauses = list(
        Clause.objects.filter(pk__in={t.clause_id for t in tasks})
        .only("document_id", "number", "text", "position", "deadline_due")
        .order_by("document_id", "position", "pk")
    )
    cells: dict[tuple[int, int], Cell] = {}
    for task in tasks:  # of a duty that comes again the last occurrence stands in the cell
        cell = Cell(task, mark_of(task, today), task.was_moved, task.is_asked)
        known = cells.get((task.clause_id, task.organization_id))
        if known is None or known.task is None or known.task.pk < task.pk:
            cells[task.clause_id, task.organization_id] = cell
    down = [clause for clause in clauses if wanted.clause in (None, clause.pk)]
    shown = {
        key
        for key, cell in cells.items()
        if wanted.shows(cell) and (wanted.members is None or key[1] in wanted.members)
    }
    down = [clause for clause in down if any((clause.pk, o.pk) in shown for o in across)]
    kept = [o for o in across if any((clause.pk, o.pk) in shown for clause in down)]
    made = []
    for clause in down:
        line = [_seen(cells.get((clause.pk, o.pk)), (clause.pk, o.pk) in shown) for o in kept]
        given = [cell for o in across if (cell := cells.get((clause.pk, o.pk))) is not None]
        made.append(Row(clause, line, sum(cell.mark in DONE for cell in given), len(given)))
    marks = [cell.mark for cell in cells.values()]
    return Matrix(
        kept,
        made,
        _foot(kept, cells),
        len(cells),
        sum(mark in DONE for mark in marks),
        marks.count("bad"),
        marks.count("wait"),
        clauses,
        any(cell.moved for cell in cells.values()),
        any(cell.asked for cell in cells.values()),
    )


def _seen(cell: Cell | None, shown: bool) -> Cell:
    if cell is None:
        return EMPTY
    return cell if shown else Cell(cell.task, cell.mark, cell.moved, cell.asked, shown=False)


def _foot(across: Iterable[Organization], cells: dict[tuple[int, int], Cell]) -> list[tuple[int, int, int]]:
    found: dict[int, list[int]] = {}
    for (_, organization), cell in cells.items():
        sums = found.setdefault(organization, [0, 0, 0])
        sums[0] += cell.mark in DONE
        sums[1] += cell.mark == "bad"
        sums[2] += 1
    return [(sums[0], sums[1], sums[2]) for o in across for sums in (found[o.pk],)]


def wanted_from(values: dict[str, str], groups: Collection[SchoolGroup], today: dt.date) -> Wanted:
    """Filters from an address; what is not known narrows nothing."""
    mark = values.get("state", "")
    mark = mark if mark in SIGNS or mark in ("asked", "moved") else ""
    clause = values.get("clause", "")
    chosen = next((one for one in groups if str(one.pk) == values.get("group", "")), None)
    members = frozenset(chosen.organizations_on(today).values_list("pk", flat=True)) if chosen else None
    late = values.get("late") == "1"
    return Wanted("bad" if late else mark, int(clause) if is_number(clause) else None, members)
