"""What the page of a task shows of its life, by what the person who looks may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from decisions import extension_rules as rules
from decisions.actions import extensions
from decisions.actions.moves import may_do
from decisions.excerpts import with_words
from decisions.forms_life import SubTaskForm
from decisions.models import Assignment, ExtensionRequest, SubTask
from schools.models import OfficeSettings, Position, User

BUTTONS = (
    "acknowledge",
    "begin",
    "explain",
    "ask_extension",
    "move_date",
    "withdraw",
    "withdraw_undone",
    "close_undone",
    "cancel",
    "reopen",
    "reopen_paper",
)


def life_of(task: Assignment, user: User, today: dt.date) -> dict[str, Any]:
    """What the page of a task shows of its life, by what this person may see: sub-tasks are the school's only."""
    own = user.reach("task.answer").organizations
    parts = list(task.co_executors.select_related("organization", "part_by__person").prefetch_related("files__file"))
    as_co = is_co_executor(task, user)
    if as_co:
        return {"as_co": True, "own_parts": [p for p in parts if p.organization_id in own], "may": {}}
    may = {verb: may_do(user, task, verb) for verb in BUTTONS}
    lines = lines_of(
        list(task.extension_requests.select_related("asked_by__person", "decided_by__person").order_by("-pk")), user
    )
    office = OfficeSettings.objects.filter(pk=task.authority_id).first()
    mine = task.organization_id in own
    return {
        "as_co": False,
        "own_parts": [p for p in parts if p.organization_id in own],
        "parts": parts,
        "requests": lines,
        "waiting": next((one for one in lines if one.is_waiting), None),
        "changes": list(task.date_changes.select_related("by__person")),
        "explanations": list(task.explanations.select_related("by__person")),
        "acting": Position.objects.held_on(today)
        .filter(organization=task.organization_id, acting=True)
        .select_related("person")
        .first(),
        "acceptance": bool(office and office.acceptance_step),
        "subtasks": list(SubTask.objects.visible_to(user).filter(assignment=task).select_related("person")),
        "subtask_form": SubTaskForm(organization=task.organization) if mine and task.is_open else None,
        "mine": mine,
        "may": may,
        "may_execution": user.can("document.register", at=task.authority),
    }


def is_co_executor(task: Assignment, user: User) -> bool:
    """Whether the person sees the task only because an own organisation is its co-executor."""
    reach = user.reach("task.view")
    return (
        task.authority_id not in reach.authorities
        and task.organization_id not in reach.organizations
        and task.organization_id not in reach.authorities
        and task.organization_id not in user.reach("task.view_care").organizations
    )


@dataclass
class Line:
    """A request with what decides it: the higher term that bounds the task, and the words to ask upward with."""

    request: ExtensionRequest
    bound: rules.HigherTerm | None
    upward: str = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.request, name)


def lines_of(requests: Sequence[ExtensionRequest], user: User) -> list[Line]:
    """Requests with their bounds: three queries however many there are."""
    with_words([one.assignment for one in requests], office=user.reach("document.view").authorities)
    bounds = extensions.bounds_of([one.assignment for one in requests])
    lines = []
    for one in requests:
        task, bound = one.assignment, bounds.get(one.assignment_id)
        bound = bound if bound is not None and one.wanted > bound.day else None
        words = ""
        if bound is not None and task.authority_id in user.reach("document.view").authorities:
            words = rules.upward_words(
                bound,
                clause=task.clause.shown_number,
                document=task.document.short_title,
                wanted=one.wanted,
                reason=one.reason,
            )
        lines.append(Line(one, bound, words))
    return lines
