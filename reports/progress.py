"""The course of one document: what is done, clause by clause, and for each overdue task the reason and the measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from config import clock
from config.ui.words import days
from decisions import past
from decisions.actions.progress import named
from decisions.models import Assignment, AssignmentEvent, Clause, DateChange, Document, Explanation, ExtensionRequest
from reports.paper.model import Sheet, Signature
from schools.models import User

LONG = 30  # days overdue after which the head of the school is heard at a meeting
DONE = ("done", "withdrawn")


@dataclass
class ClauseLine:
    clause: Clause
    done: int = 0
    given: int = 0
    waiting: int = 0
    overdue: int = 0

    @property
    def finished(self) -> bool:
        return self.done == self.given


@dataclass(frozen=True)
class Overdue:
    """One overdue task. `reason` is the school's own word or what the office last said; `measure` follows from both."""

    task: Assignment
    late: int
    reason: str
    measure: str


@dataclass
class Progress:
    document: Document
    today: dt.date
    lines: list[ClauseLine] = field(default_factory=list)
    overdue: list[Overdue] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """«Исполнено 7 из 11, на проверке 1, просрочено 2.»"""
        done, given = sum(one.done for one in self.lines), sum(one.given for one in self.lines)
        waiting = sum(one.waiting for one in self.lines)
        more = (f", на проверке {waiting}" if waiting else "") + (
            f", просрочено {len(self.overdue)}" if self.overdue else ""
        )
        return f"На {self.today:%d.%m.%Y} исполнено {done} из {given}{more}."


def progress_of(user: User, document: Document, day: dt.date) -> Progress:
    """How the document stood at the end of `day`, not later than today; five questions to the database.

    Recommended tasks and those without a report are not followed here.
    """
    zone = ZoneInfo(document.authority.zone or settings.TIME_ZONE)
    tasks = list(
        Assignment.objects.visible_to(user)
        .filter(document=document, reports=True, recommended=False)
        .select_related("clause", "organization")
        .order_by("clause__document_id", "clause__position", "organization__sort_key", "pk")
    )
    if day < clock.today(document.authority.zone):
        _go_back(tasks, document, day, zone)
    tasks = [task for task in tasks if task.state != "cancelled"]
    found = Progress(document, day)
    late = [task for task in tasks if task.is_overdue(day)]
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    said = dict(
        Explanation.objects.filter(assignment__in=late, at__lt=end).order_by("pk").values_list("assignment_id", "text")
    )
    asked = dict(
        ExtensionRequest.objects.filter(Q(decided_at__isnull=True) | Q(decided_at__gte=end))
        .filter(assignment__in=late, asked_at__lt=end)
        .values_list("assignment_id", "wanted")
    )
    lines: dict[int, ClauseLine] = {}
    for task in tasks:
        line = lines.setdefault(task.clause_id, ClauseLine(task.clause))
        line.given += 1
        line.done += task.state in DONE
        line.waiting += task.state == "on_check"
        line.overdue += task.is_overdue(day)
    found.lines = list(lines.values())
    for task in late:
        assert task.effective_due is not None
        gone = (day - task.effective_due).days
        explained = said.get(task.pk, "")
        reason = explained or (f"возвращено: {task.last_remark}" if task.last_remark else "объяснение не представлено")
        found.overdue.append(
            Overdue(task, gone, reason, measure_for(gone, bool(explained), asked.get(task.pk), task.state))
        )
    return found


def _go_back(tasks: list[Assignment], document: Document, day: dt.date, zone: ZoneInfo) -> None:
    """Makes the rows in memory what they were at the end of `day`; those given later leave the list. Never to be saved."""
    states: dict[int, list[tuple[dt.date, str]]] = {}
    remarks: dict[int, str] = {}
    events = AssignmentEvent.objects.filter(assignment__document=document).order_by("at", "pk")
    for pk, at, state, comment in events.values_list("assignment_id", "at", "state", "comment"):
        when = at.astimezone(zone).date()
        states.setdefault(pk, []).append((when, state))
        if state == "returned" and when <= day:
            remarks[pk] = comment
    changes: dict[int, list[tuple[dt.date, dt.date | None]]] = {}
    moved = DateChange.objects.filter(assignment__document=document).order_by("at", "pk")
    for pk, at, before in moved.values_list("assignment_id", "at", "before"):
        changes.setdefault(pk, []).append((at.astimezone(zone).date(), before))
    tasks[:] = [task for task in tasks if min(task.created_at.astimezone(zone).date(), document.date or day) <= day]
    for task in tasks:
        task.state = past.state_on(
            day,
            state=task.state,
            answered_on=task.answered_on,
            closed_on=task.closed_on,
            history=states.get(task.pk, ()),
        )
        task.effective_due = past.due_on(day, due=task.effective_due, changes=changes.get(task.pk, ()))
        task.last_remark = remarks.get(task.pk, "") if task.state == "returned" else ""


def measure_for(late: int, explained: bool, wanted: dt.date | None, state: str) -> str:
    """What the office does next about an overdue task, unless a person writes otherwise in the Word file."""
    if wanted is not None:
        return f"рассмотреть продление до {wanted:%d.%m.%Y}"
    if late > LONG:
        return "заслушать руководителя на совещании"
    if state == "returned":
        return "доработать ответ по замечанию"
    return "исполнить и направить отчёт" if explained else "запросить объяснение, направить напоминание"


def sheet_of(found: Progress, signature: Signature | None = None) -> Sheet:
    """The note as of its day, the same for PDF and Word: organisations with the same to say about a clause share a row."""
    same: dict[tuple[str, str, str, str], list[str]] = {}
    for one in found.overdue:
        number = one.task.clause.shown_number or "без номера"
        term = f"{one.task.effective_due:%d.%m.%Y}, {days(one.late)}"
        same.setdefault((number, term, one.reason, one.measure), []).append(str(one.task.organization))
    return Sheet(
        title="СПРАВКА О ХОДЕ ИСПОЛНЕНИЯ",
        subtitle=f"{named(found.document)} на {found.today:%d.%m.%Y}",
        columns=("Пункт", "Срок, просрочено", "Организации", "Причина", "Меры"),
        rows=tuple((key[0], key[1], _list(names), *key[2:]) for key, names in same.items()),
        widths=(10, 15, 25, 25, 25),
        lead=(found.summary, _clauses(found.lines)) if found.lines else ("Поручений на этот день не было.",),
        table_title="Просроченные поручения" if found.overdue else "",
        signature=signature or Signature("", ""),
    )


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) + (f" (всего {len(names)})" if len(names) > 3 else "")


def _clauses(lines: Sequence[ClauseLine]) -> str:
    """«Исполнены полностью пункты 1, 2.1. Исполнено из назначенного по остальным: 2.2 — 3 из 8; 3 — 0 из 2.»"""
    whole = [one.clause.shown_number or "без номера" for one in lines if one.finished]
    rest = [
        f"{one.clause.shown_number or 'без номера'} — {one.done} из {one.given}" for one in lines if not one.finished
    ]
    said = f"Исполнены полностью пункты: {', '.join(whole)}. " if whole else ""
    others = " по остальным" if whole else ""
    return said + (f"Исполнено из назначенного{others}: {'; '.join(rest)}." if rest else "")
