"""Terms by an event: the office enters the day («ЕГЭ прошёл 28.05»), the tasks that wait for it get their term."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse

from decisions.actions.intake import load_items
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.enums import DateChangeKind, DeadlineKind, DocumentState
from decisions.errors import Refused
from decisions.models import Assignment, AssignmentEvent, Clause, DateChange, EventDay
from decisions.models.tasks import OPEN_STATES
from decisions.news import people_of, tell
from schools.audit import record
from schools.models import User


@transaction.atomic
def set_event_day(*, by: User, clause: Clause, happened: dt.date, due: dt.date) -> int:
    """The day of the event and the term it gives to every open task under the clause; may be corrected later."""
    held = (
        Clause.objects.select_for_update(of=("self",))
        .select_related("document__authority", "document__part_of")
        .get(pk=clause.pk)
    )
    top = held.document.part_of or held.document
    if top.state != DocumentState.SENT:
        raise Refused("Документ не разослан: срок указывают в проверке.")
    if held.deadline_kind != DeadlineKind.EVENT:
        raise Refused("Срок этого пункта не зависит от события.")
    if top.date and due < top.date:
        raise Refused(f"Срок {due:%d.%m.%Y} раньше самого документа ({top.date:%d.%m.%Y}).")
    before = EventDay.objects.filter(pk=held.pk).values("happened", "due").first()
    EventDay.objects.update_or_create(clause=held, defaults={"happened": happened, "due": due, "entered_by": by})
    below = [item.clause.pk for item in load_items(held.document) if item.deadline_clause.pk == held.pk]
    calendar, shift = OfficeCalendar(top.authority), shift_of(top.authority)
    rows = list(
        Assignment.objects.select_for_update(of=("self",))
        .filter(clause__in=below, state__in=OPEN_STATES, clause__control_date__isnull=True)
        .exclude(due=due)
        .order_by("pk")
    )
    changes = []
    for row in rows:
        was = row.effective_due
        row.due, row.effective_due = due, effective(due, office_calendar=calendar.of(row.organization_id), shift=shift)
        row.version += 1
        row.save(update_fields=["due", "effective_due", "version"])
        changes.append(
            DateChange(
                assignment=row,
                by=by,
                kind=DateChangeKind.MOVED,
                before=was,
                after=row.effective_due,
                reason=f"Событие {happened:%d.%m.%Y}",
            )
        )
    DateChange.objects.bulk_create(changes)
    AssignmentEvent.objects.bulk_create(
        AssignmentEvent(
            assignment=row,
            by=by,
            kind="назначен срок по событию",
            state=row.state,
            comment=f"Событие {happened:%d.%m.%Y}, срок до {due:%d.%m.%Y}",
        )
        for row in rows
    )
    record(
        by=by,
        action="clause.event_day",
        row=held,
        authority=top.authority_id,
        summary=f"{top.short_title}, п. {held.shown_number or held.path}",
        before={name: str(day) for name, day in before.items()} if before else None,
        after={"happened": happened.isoformat(), "due": due.isoformat()},
    )
    people = people_of({row.organization_id for row in rows})
    for row in rows:
        tell(
            users=people.get(row.organization_id, []),
            kind="task.event_day",
            row=row,
            text=f"{top.short_title}, п. {held.shown_number or 'без номера'}: срок до {due:%d.%m.%Y}",
            url=reverse("decisions:task_detail", args=[row.pk]),
        )
    return len(rows)
