"""After registering the paper's words stay; our reading of them can be mended: parties, the read term, the control mark.

Each mending has a reason, leaves history, and sends one message to those concerned. Nobody issues a protocol for our
mistake (architecture, section 4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from config import clock
from decisions.actions.editing import Party
from decisions.actions.intake import load_items
from decisions.actions.occurrences import resettle
from decisions.actions.papers import issue_mended
from decisions.actions.participants import moved_apart
from decisions.actions.plan import of_quality, plan_for
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.enums import Control, DateChangeKind, DeadlineKind, DocumentState, PartyRole, TaskState
from decisions.errors import Refused
from decisions.models import Addressee, Assignment, AssignmentEvent, Clause, DateChange, Document
from decisions.models.tasks import OPEN_STATES
from decisions.news import people_of, tell
from decisions.reading.model import Deadline
from schools.audit import record
from schools.models import User


@transaction.atomic
def mend_deadline(*, by: User, clause: Clause, deadline: Deadline, reason: str) -> int:
    """Another reading of the term: open tasks of the clause (and of those inheriting it) get the new day."""
    document, reason = _ready(clause, reason)
    before = {"text": clause.deadline_text, "due": str(clause.deadline_due or "")}
    clause.deadline_kind, clause.deadline_start = DeadlineKind(deadline.kind), deadline.start
    clause.deadline_due, clause.deadline_rrule = deadline.due, deadline.rrule or ""
    clause.deadline_rule = (deadline.rule or "")[:200]
    clause.deadline_text = deadline.text or clause.deadline_text
    clause.version += 1
    clause.save()
    calendar, shift = OfficeCalendar(document.authority), shift_of(document.authority)
    touched: list[Assignment] = []
    for item in load_items(clause.document):
        if item.deadline_clause.pk != clause.pk:
            continue
        due = item.clause.control_date or clause.deadline_due
        apart = moved_apart(item.clause)
        for row in item.clause.assignments.select_for_update(of=("self",)).filter(state__in=OPEN_STATES):
            if row.due == due or row.pk in apart:
                continue
            DateChange.objects.create(
                assignment=row,
                by=by,
                kind=DateChangeKind.MENDED,
                before=row.effective_due,
                after=effective(due, office_calendar=calendar.of(row.organization_id), shift=shift),
                reason=reason,
            )
            row.due, row.effective_due = (
                due,
                effective(due, office_calendar=calendar.of(row.organization_id), shift=shift),
            )
            row.ongoing = clause.deadline_kind == DeadlineKind.ONGOING
            touched.append(_save(row, by=by, kind="срок уточнён", comment=reason))
    held = [item for item in load_items(clause.document) if item.deadline_clause.pk == clause.pk]
    resettle(document=document, items=held, today=clock.today(document.authority.zone))
    words = deadline.text or (f"{deadline.due:%d.%m.%Y}" if deadline.due else clause.get_deadline_kind_display())
    _finish(
        clause,
        document,
        by=by,
        reason=reason,
        before=before,
        after={"due": str(deadline.due or "")},
        rows=touched,
        what=f"срок — {words}",
    )
    return len(touched)


@transaction.atomic
def mend_parties(*, by: User, clause: Clause, parties: Sequence[Party], reason: str) -> tuple[int, int]:
    """Another reading of who is responsible: tasks are added for new ones and cancelled for those left out.

    A task that was already answered is never cancelled silently: the whole mending is refused.
    """
    document, reason = _ready(clause, reason)
    before = {"parties": [p.text for p in clause.parties.filter(role=PartyRole.RESPONSIBLE)]}
    clause.parties.filter(role__in=[PartyRole.RESPONSIBLE, PartyRole.EXCLUDED]).delete()
    Addressee.objects.bulk_create(
        Addressee(
            clause=clause,
            role=p.role,
            type=p.type,
            text=p.text[:1000],
            organization=p.organization,
            group=p.group,
            position=n,
        )
        for n, p in enumerate(parties)
    )
    added, cancelled, touched = _level_tasks(document, by=by, reason=reason)
    after = {"parties": [p.text for p in parties]}
    what = "исполнители — " + ", ".join(_shown(p) for p in parties)
    _finish(clause, document, by=by, reason=reason, before=before, after=after, rows=touched, what=what)
    return added, cancelled


@transaction.atomic
def mend_control(*, by: User, clause: Clause, control: str, reason: str) -> tuple[int, int]:
    """Another control mark: «к сведению» cancels the open tasks, «на контроле» makes them."""
    document, reason = _ready(clause, reason)
    if control not in Control.values:
        raise Refused("Такого значения нет в списке.")
    before = {"control": clause.control}
    clause.control = control
    clause.version += 1
    clause.save()
    reports = control == Control.CONTROL
    clause.assignments.filter(state__in=OPEN_STATES).update(reports=reports)
    added, cancelled, touched = _level_tasks(document, by=by, reason=reason)
    what = f"контроль — {Control(control).label}"
    _finish(clause, document, by=by, reason=reason, before=before, after={"control": control}, rows=touched, what=what)
    return added, cancelled


@transaction.atomic
def mend_quality(*, by: User, clause: Clause, said: bool | None, reason: str) -> int:
    """Whether curators of schools see the tasks of the clause (and of those below it); returns how many changed.

    Who helps is nothing the paper says: it gets no new version, and schools are not told.
    """
    document, reason = _ready(clause, reason)
    before = {"about_quality": clause.about_quality}
    clause.about_quality = said
    clause.version += 1
    clause.save()
    changed = 0
    for item in load_items(clause.document):
        seen = of_quality(item, document)
        changed += item.clause.assignments.exclude(about_quality=seen).update(about_quality=seen)
    _record(clause, document, by=by, reason=reason, before=before, after={"about_quality": said})
    return changed


def _level_tasks(document: Document, *, by: User, reason: str) -> tuple[int, int, list[Assignment]]:
    """Makes the tasks of a sent document equal to its plan: adds what is missing, cancels what is no longer planned."""
    from decisions.actions.registration import make_assignments

    plan = plan_for(document)
    live = {
        (row.clause_id, row.organization_id): row
        for row in Assignment.objects.select_for_update(of=("self",))
        .filter(document=document)
        .exclude(state=TaskState.CANCELLED)
        .order_by("occurrence")  # of a duty that comes again the last report counts
    }
    wanted = {(task.item.clause.pk, task.organization.pk) for task in plan.tasks}
    gone = [row for key, row in live.items() if key not in wanted]
    answered = [row for row in gone if row.state not in OPEN_STATES]
    if answered:
        names = ", ".join(sorted({str(row.organization) for row in answered})[:3])
        raise Refused(f"По этому пункту уже ответили: {names}. Сначала верните или примите ответ.")
    today = clock.today(document.authority.zone)
    for row in gone:
        row.state, row.closed_on = TaskState.CANCELLED, today
        _save(row, by=by, kind="отменено: указан ошибочно", comment=reason)
    again = {
        (row.clause_id, row.organization_id): row
        for row in Assignment.objects.filter(document=document, state=TaskState.CANCELLED)
        if row not in gone
    }
    revived = []
    for task in list(plan.tasks):
        key = (task.item.clause.pk, task.organization.pk)
        if key in live:
            plan.tasks.remove(task)
        elif key in again:
            row = again[key]
            row.state, row.closed_on, row.answered_on = TaskState.ASSIGNED, None, None
            revived.append(_save(row, by=by, kind="назначено снова", comment=reason))
            plan.tasks.remove(task)
    made = make_assignments(plan, by=by)
    return len(made) + len(revived), len(gone), [*made, *revived, *gone]


def _ready(clause: Clause, reason: str) -> tuple[Document, str]:
    document = clause.document if clause.document.part_of_id is None else clause.document.part_of
    assert document is not None
    held = Document.objects.select_for_update(of=("self",)).select_related("authority").get(pk=document.pk)
    if held.state != DocumentState.SENT:
        raise Refused("Документ не разослан: правьте его в редакторе.")
    if len(reason.strip()) < 5:
        raise Refused("Напишите причину: она останется в истории документа.")
    return held, reason.strip()


def _save(row: Assignment, *, by: User, kind: str, comment: str) -> Assignment:
    row.version += 1
    row.save()
    AssignmentEvent.objects.create(assignment=row, by=by, kind=kind, state=row.state, comment=comment)
    return row


def _shown(party: Party) -> str:
    words = str(party.organization or party.group or party.text)
    return f"кроме {words}" if party.role == PartyRole.EXCLUDED else words


def _finish(clause, document, *, by, reason, before, after, rows, what) -> None:  # type: ignore[no-untyped-def]
    issue_mended(document, by=by, clause=clause, what=what, reason=reason)
    _record(clause, document, by=by, reason=reason, before=before, after=after)
    people = people_of({row.organization_id for row in rows})
    number = clause.shown_number
    where = f"{document.short_title}, п. {number}" if number else document.short_title
    for organization_id in {row.organization_id for row in rows}:
        tell(
            users=people.get(organization_id, []),
            kind="reading.mended",
            row=clause,
            text=f"{where}: уточнено, как читать пункт",
            url=reverse("decisions:task_list"),
        )


def _record(clause, document, *, by, reason, before, after) -> None:  # type: ignore[no-untyped-def]
    record(
        by=by,
        action="reading.mended",
        row=clause,
        authority=document.authority_id,
        summary=f"{document.short_title}, п. {clause.shown_number or clause.path}",
        before=before,
        after=after,
        reason=reason,
    )


def day_only(day: dt.date) -> Deadline:
    """A plain day as a deadline, with its words."""
    return Deadline(kind="date", due=day, text=f"до {day:%d.%m.%Y}")
