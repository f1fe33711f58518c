"""Parts of a task inside a school. The director's own business: no word of it reaches the office."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from config import clock
from decisions.actions.moves import hold
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, SubTask
from schools.models import Person, User

MOST = 30


@transaction.atomic
def add_subtask(
    *, by: User, assignment: Assignment, text: str, person: Person | None, name: str, due: dt.date | None
) -> SubTask:
    """A part of an open task for a person of the school, or for a name as typed."""
    row = hold([assignment])[0]
    _own(row, by)
    if not row.is_open:
        raise Conflict(f"Поручение сейчас «{row.get_state_display()}»: делить его на части уже поздно.")
    if not text.strip():
        raise Refused("Напишите, что сделать.")
    who = person.surname_first if person else " ".join(name.split())
    if not who:
        raise Refused("Укажите, кто это сделает: выберите сотрудника или напишите фамилию.")
    if person is not None and not person.positions.filter(organization=row.organization_id).exists():
        raise Refused("Этот сотрудник работает не в вашей школе. Напишите фамилию словами.")
    if due is not None and due < clock.today(row.organization.zone):
        raise Refused(f"Дата {due:%d.%m.%Y} уже прошла: укажите день не раньше сегодняшнего.")
    if row.subtasks.count() >= MOST:
        raise Refused(f"У поручения уже {MOST} частей: этого достаточно.")
    return SubTask.objects.create(
        assignment=row, text=text.strip()[:500], person=person, name=who[:200], due=due, created_by=by
    )


@transaction.atomic
def mark_subtask(*, by: User, subtask: SubTask, done: bool) -> SubTask:
    """Done, or not done after all."""
    held = SubTask.objects.select_for_update(of=("self",)).select_related("assignment__organization").get(pk=subtask.pk)
    _own(held.assignment, by)
    held.done_on = clock.today(held.assignment.organization.zone) if done else None
    held.done_by = by if done else None
    held.save(update_fields=["done_on", "done_by"])
    return held


@transaction.atomic
def remove_subtask(*, by: User, subtask: SubTask) -> None:
    _own(subtask.assignment, by)
    SubTask.objects.filter(pk=subtask.pk).delete()


def _own(row: Assignment, by: User) -> None:
    if row.organization_id not in by.reach("task.answer").organizations:
        raise Refused("Делить поручение на части может школа, которой оно дано.")
