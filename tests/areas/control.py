"""The life of tasks: extensions, explanations, participants, parts inside a school, a reorganised school."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from config import clock
from decisions.actions import extensions, participants, subtasks
from decisions.models import Assignment, CoExecutor, CoExecutorFile, Document, ExtensionRequest
from schools.models import Organization
from tests.cast import Cast

if TYPE_CHECKING:
    from tests.world import World

TABLE = {
    "decisions:extension_list": "mhdns",
    "decisions:extension_ask": "mhdns",
    "decisions:extensions_decide": "h",
    "decisions:extension_drop": "d",
    "decisions:dates_move": "h",
    "decisions:tasks_acknowledge": "d",
    "decisions:tasks_cancel": "h",
    "decisions:task_seen": "mhdco",
    "decisions:task_explain": "d",
    "decisions:task_reopen": "mh",
    "decisions:subtask_add": "d",
    "decisions:subtask_mark": "d",
    "decisions:subtask_remove": "d",
    "decisions:part_save": "n",
    "decisions:part_file": "mhdno",
    "decisions:clause_execution": "mh",
    "decisions:organization_tasks": "mhdco",
    "decisions:tasks_hand_over": "mh",
}

LISTS = {
    ("head", "decisions:extension_list"): 13,
    ("director", "decisions:extension_list"): 12,
    ("director", "decisions:extension_ask"): 9,
}


def future(days: int = 60) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def with_day(task: Assignment, days: int = 20) -> Assignment:
    """The task with a term that is still ahead, whatever day the tests run."""
    day = future(days)
    Assignment.objects.filter(pk=task.pk).update(due=day, effective_due=day)
    task.refresh_from_db()
    return task


def asked(cast: Cast, task: Assignment, *, days: int = 60, batch: str = "b") -> ExtensionRequest:
    return extensions.ask(
        by=cast.director, assignment=task, wanted=future(days), reason="Педагог на больничном", batch=batch
    )


def build(world: World) -> None:
    from tests.world import stored

    cast = world.cast
    own = Assignment.objects.filter(document=world.document, organization=cast.school)
    shared, other = own.get(clause__number="3.1"), own.get(clause__number="2.2")
    part = CoExecutor.objects.create(assignment=shared, organization=cast.neighbour)
    part_file = CoExecutorFile.objects.create(part_of=part, file=stored(cast, "Часть.txt"))
    request = asked(cast, with_day(shared))
    subtask = subtasks.add_subtask(
        by=cast.director, assignment=shared, text="Собрать материалы", person=None, name="Титова Е.А.", due=None
    )
    pk = lambda row: {"pk": row.pk}  # noqa: E731
    world.ids |= {
        "decisions:extension_drop": pk(request),
        "decisions:task_seen": pk(world.task),
        "decisions:task_explain": pk(other),
        "decisions:task_reopen": pk(world.task),
        "decisions:subtask_add": pk(shared),
        "decisions:subtask_mark": pk(subtask),
        "decisions:subtask_remove": pk(subtask),
        "decisions:part_save": pk(part),
        "decisions:part_file": pk(part_file),
        "decisions:clause_execution": pk(shared.clause),
        "decisions:organization_tasks": pk(cast.school),
        "decisions:tasks_hand_over": pk(cast.school),
    }
    world.posts |= {
        "decisions:extensions_decide": {"request": request.pk, "verb": "agree"},
        "decisions:dates_move": {"task": other.pk},
        "decisions:tasks_acknowledge": {"task": other.pk},
        "decisions:tasks_cancel": {"task": other.pk, "reason": "Утратило силу"},
        "decisions:part_save": {"text": "Наша часть сделана."},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    """A request for one task of each document; every school of the district a co-executor of the first."""
    for task in Assignment.objects.filter(organization=cast.school, clause__number="2.2"):
        asked(cast, with_day(task), batch=f"b{task.pk}")
    first = Assignment.objects.filter(document=document, organization=cast.school, clause__number="3.1")[0]
    for school in Organization.objects.filter(authority=cast.authority, kind="school").exclude(pk=cast.school.pk):
        CoExecutor.objects.get_or_create(assignment=first, organization=school)
    own = Assignment.objects.filter(organization=cast.neighbour, clause__number="3.1")
    CoExecutor.objects.bulk_create(CoExecutor(assignment=row, organization=cast.school) for row in own)
    for row in own:
        extensions.move_date(by=cast.head, assignment=row, day=future(90), reason="Перенесено совещанием")
    assert participants.MOST_FILES
