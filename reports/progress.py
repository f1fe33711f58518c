"""The course of one document: what is done, clause by clause, and for each overdue task the reason and the measure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from config.ui.words import days
from decisions.actions.progress import named
from decisions.models import Assignment, Clause, Document, Explanation, ExtensionRequest
from reports.paper.model import Sheet
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


def progress_of(user: User, document: Document, today: dt.date) -> Progress:
    """Three questions to the database; recommended tasks and those without a report are not followed here."""
    tasks = list(
        Assignment.objects.visible_to(user)
        .filter(document=document, reports=True, recommended=False)
        .exclude(state="cancelled")
        .select_related("clause", "organization")
        .order_by("clause__document_id", "clause__position", "organization__sort_key", "pk")
    )
    found = Progress(document, today)
    late = [task for task in tasks if task.is_overdue(today)]
    said = dict(Explanation.objects.filter(assignment__in=late).order_by("pk").values_list("assignment_id", "text"))
    asked = dict(
        ExtensionRequest.objects.filter(assignment__in=late, state="waiting").values_list("assignment_id", "wanted")
    )
    lines: dict[int, ClauseLine] = {}
    for task in tasks:
        line = lines.setdefault(task.clause_id, ClauseLine(task.clause))
        line.given += 1
        line.done += task.state in DONE
        line.waiting += task.state == "on_check"
        line.overdue += task.is_overdue(today)
    found.lines = list(lines.values())
    for task in late:
        assert task.effective_due is not None
        gone = (today - task.effective_due).days
        explained = said.get(task.pk, "")
        reason = explained or (f"возвращено: {task.last_remark}" if task.last_remark else "объяснение не представлено")
        found.overdue.append(
            Overdue(task, gone, reason, measure_for(gone, bool(explained), asked.get(task.pk), task.state))
        )
    return found


def measure_for(late: int, explained: bool, wanted: dt.date | None, state: str) -> str:
    """What the office does next about an overdue task, unless a person writes otherwise in the Word file."""
    if wanted is not None:
        return f"рассмотреть продление до {wanted:%d.%m.%Y}"
    if late > LONG:
        return "заслушать руководителя на совещании"
    if state == "returned":
        return "доработать ответ по замечанию"
    return "исполнить и направить отчёт" if explained else "запросить объяснение, направить напоминание"


def sheet_of(found: Progress) -> Sheet:
    """The note as of today: the same for PDF and Word."""
    return Sheet(
        title="СПРАВКА О ХОДЕ ИСПОЛНЕНИЯ",
        subtitle=f"{named(found.document)}. {found.summary}",
        columns=("Организация", "Пункт", "Срок", "Причина", "Меры"),
        rows=tuple(
            (
                str(one.task.organization),
                one.task.clause.shown_number,
                f"{one.task.effective_due:%d.%m.%Y}, {days(one.late)}",
                one.reason,
                one.measure,
            )
            for one in found.overdue
        ),
        widths=(25, 10, 15, 25, 25),
    )
