"""A decision changes an earlier one: suggested from its words, confirmed by a person on review, executed by registering.

Cancelling and replacing close the open tasks of the earlier clause (with everything below it), extending moves their day,
taking off control closes what is done and what is not. The paper's words never change; both documents show the link.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from config import clock
from decisions import amendments as wording
from decisions import outline
from decisions.actions.drafts import editing
from decisions.actions.intake import load_items
from decisions.actions.questions import family, settle_for
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.enums import (
    AmendmentKind,
    Control,
    DateChangeKind,
    DocumentState,
    LinkState,
    Nature,
    PartyRole,
    QuestionField,
    RequestState,
    TaskState,
)
from decisions.errors import Refused
from decisions.models import (
    Addressee,
    Amendment,
    Assignment,
    AssignmentEvent,
    Clause,
    DateChange,
    Document,
    Duty,
    ExtensionRequest,
)
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.news import people_of, tell
from schools.audit import record
from schools.models import User

UNFINISHED = (*OPEN_STATES, TaskState.ON_CHECK)
CLOSING = (AmendmentKind.CANCELS, AmendmentKind.REPLACES, AmendmentKind.WITHDRAWS)
MOST = 60  # clauses of an earlier document offered for one sentence
EVENTS = {
    AmendmentKind.CANCELS: "отменено",
    AmendmentKind.REPLACES: "отменено: пункт заменён",
    AmendmentKind.WITHDRAWS: "снято с контроля",
    AmendmentKind.EXTENDS: "срок продлён",
}


@dataclass(frozen=True)
class Suggestion:
    """A clause of the draft and the earlier clause it seems to change."""

    clause: Clause
    target: Clause
    kind: AmendmentKind
    new_due: dt.date | None


def suggestions(document: Document, items: Sequence[outline.Item]) -> list[Suggestion]:
    """What the words of a draft seem to change, without what was already decided; four queries whatever its length."""
    said = [(item, named) for item in items if (named := _said(item)) is not None]
    if not said:
        return []
    rows = list(
        Document.objects.filter(
            authority=document.authority_id,
            state__in=[DocumentState.SENT, DocumentState.ARCHIVED],
            part_of__isnull=True,
            date__in={one.document_date for _, one in said},
        )
        .exclude(pk=document.pk)
        .defer("source_text", "reading")[:100]
    )
    clauses: dict[int, list[Clause]] = {}
    found = Clause.objects.filter(document__in=[row.pk for row in rows]).select_related("document")
    for clause in found.defer(*whole_papers("document")).order_by("position"):
        clauses.setdefault(clause.document_id, []).append(clause)
    decided = set(Amendment.objects.filter(clause__document=document).values_list("clause_id", "target_id"))
    out = []
    for item, one in said:
        for row in rows:
            if not _is_that(row, one):
                continue
            for target in _named_clauses(clauses.get(row.pk, []), one)[:MOST]:
                if (item.clause.pk, target.pk) not in decided:
                    out.append(Suggestion(item.clause, target, AmendmentKind(one.kind), one.new_due))
    return out


def _said(item: outline.Item) -> wording.Said | None:
    """What a clause says; where it names no document, the nearest heading above it does."""
    one = wording.said_in(item.clause.text)
    node = item.parent
    while one is not None and one.document_kind is None and node is not None:
        if named := wording.document_in(node.clause.text):
            return wording.Said(one.kind, one.numbers, *named, one.new_due)
        node = node.parent
    return one if one is not None and one.document_kind is not None and one.document_date is not None else None


def _is_that(row: Document, one: wording.Said) -> bool:
    if one.document_kind and row.kind != one.document_kind:
        return False
    if one.document_number and row.number.casefold() != one.document_number.casefold():
        return False
    return row.date == one.document_date


def _named_clauses(clauses: list[Clause], one: wording.Said) -> list[Clause]:
    """By printed numbers (all that carry one, for numbers may repeat); the top ones when the whole document is meant."""
    if not one.numbers:
        return [clause for clause in clauses if clause.parent_id is None and clause.nature != Nature.STATES]
    wanted = {number.casefold() for number in one.numbers}
    return [clause for clause in clauses if clause.number.replace(" ", "").strip(".)").casefold() in wanted]


def confirm(
    *, by: User, clause: Clause, target: Clause, kind: AmendmentKind, new_due: dt.date | None = None
) -> Amendment:
    """A person says that the clause changes the earlier one. A clause that only cancels, extends or takes off control gives
    no tasks itself; a replacing one goes, unless it names others, to those whom the replaced one went to."""
    _may_target(clause, target)
    if kind == AmendmentKind.EXTENDS:
        latest = _latest_due(target)
        if new_due is None:
            raise Refused("Укажите новый срок.")
        if latest and new_due <= latest:
            raise Refused(f"Новый срок {new_due:%d.%m.%Y} не позже действующего ({latest:%d.%m.%Y}).")
    number = target.shown_number or "без номера"
    label = f"{kind.label.capitalize()} п. {number}: {target.document.short_title}"
    with editing(document=clause.document, by=by, label=label):
        fresh = Clause.objects.get(pk=clause.pk)
        row, _ = Amendment.objects.update_or_create(
            clause=fresh,
            target=target,
            defaults={
                "kind": kind,
                "new_due": new_due if kind == AmendmentKind.EXTENDS else None,
                "state": LinkState.CONFIRMED,
                "decided_by": by,
                "decided_at": clock.now(),
            },
        )
        if kind == AmendmentKind.REPLACES:
            _address_as_before(fresh, target)
        else:
            fresh.nature, fresh.control = Nature.STATES, Control.INFO
            fresh.save(update_fields=["nature", "control"])
            for field in (QuestionField.ADDRESSEES, QuestionField.DEADLINE):
                settle_for(by=by, clause=fresh, field=field)
    return row


@transaction.atomic
def decline(*, by: User, clause: Clause, target: Clause, kind: AmendmentKind) -> None:
    """«Не связано»: the suggestion is not made again."""
    _may_target(clause, target)
    Amendment.objects.update_or_create(
        clause=clause,
        target=target,
        defaults={"kind": kind, "new_due": None, "state": LinkState.DECLINED, "decided_by": by},
    )


@transaction.atomic
def take_back(*, by: User, amendment: Amendment) -> None:
    """Forgets a decision about a draft, so that it is asked again. What the clause is stays for the person to set."""
    held = Amendment.objects.select_for_update(of=("self",)).select_related("clause__document").get(pk=amendment.pk)
    if held.executed_at or held.clause.document.state != DocumentState.DRAFT:
        raise Refused("Документ уже зарегистрирован: изменение исполнено.")
    held.delete()


def _may_target(clause: Clause, target: Clause) -> None:
    top = target.document.part_of or target.document
    mine = clause.document.part_of_id or clause.document_id
    if top.authority_id != clause.document.authority_id:
        raise Refused("Прежний документ издан другим органом: изменить его нельзя.")
    if top.pk == mine:
        raise Refused("Пункт не может изменять свой же документ.")
    if top.state not in (DocumentState.SENT, DocumentState.ARCHIVED):
        raise Refused(f"{top.short_title} не разослан: правьте его самого.")


def _latest_due(target: Clause) -> dt.date | None:
    days = Assignment.objects.filter(clause__in=_below(target), state__in=UNFINISHED, due__isnull=False)
    return days.order_by("-due").values_list("due", flat=True).first()


def _below(target: Clause) -> list[int]:
    """The clause and everything below it: «утратившим силу п. 3» takes 3.1 with it. One query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Clause.objects.filter(document=target.document_id).values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    out, queue = [], [target.pk]
    while queue:
        pk = queue.pop()
        out.append(pk)
        queue += children.get(pk, [])
    return out


def _address_as_before(clause: Clause, target: Clause) -> None:
    if clause.parties.filter(role=PartyRole.RESPONSIBLE).exists():
        return
    item = next((i for i in load_items(target.document) if i.clause.pk == target.pk), None)
    own = next((i for i in load_items(clause.document) if i.clause.pk == clause.pk), None)
    if item is None or (own is not None and own.responsible):
        return
    Addressee.objects.bulk_create(
        Addressee(
            clause=clause,
            role=party.role,
            type=party.type,
            text=party.text,
            organization=party.organization,
            group=party.group,
            person=party.person,
            position=n,
        )
        for n, party in enumerate([*item.responsible, *item.excluded])
    )


def confirmed(document: Document) -> list[Amendment]:
    """Confirmed changes of a document and its parts that are not executed yet."""
    return list(
        Amendment.objects.filter(
            clause__document__in=family(document), state=LinkState.CONFIRMED, executed_at__isnull=True
        )
        .select_related("clause__document", "target__document__authority", "target__document__part_of")
        .defer(*whole_papers("clause__document", "target__document", "target__document__part_of"))
    )


def execute(*, by: User, document: Document) -> int:
    """Carries out the confirmed changes inside the transaction that sends the document; how many tasks were touched."""
    touched: dict[int, list[Assignment]] = {}
    for row in confirmed(document):
        touched.setdefault(row.pk, []).extend(_execute_one(row, by=by, document=document))
    rows = [task for tasks in touched.values() for task in tasks]
    _tell(document, rows)
    return len(rows)


def _execute_one(row: Amendment, *, by: User, document: Document) -> list[Assignment]:
    kind = AmendmentKind(row.kind)
    states = (*UNFINISHED, TaskState.DONE) if kind == AmendmentKind.WITHDRAWS else UNFINISHED
    below = _below(row.target)
    tasks = list(
        Assignment.objects.select_for_update(of=("self",))
        .filter(clause__in=below, state__in=states)
        .select_related("organization__authority", "document", "clause")
        .defer(*whole_papers("document"))
        .order_by("pk")
    )
    calendar, shift = OfficeCalendar(document.authority), shift_of(document.authority)
    where = document.short_title + (f", п. {row.clause.shown_number}" if row.clause.shown_number else "")
    undo: list[dict[str, Any]] = []
    events, changes = [], []
    for task in tasks:
        was = task.effective_due
        before = {
            "task": task.pk,
            "state": task.state,
            "due": task.due.isoformat() if task.due else None,
            "effective_due": task.effective_due.isoformat() if task.effective_due else None,
        }
        comment = where
        if kind == AmendmentKind.EXTENDS:
            old = f"с {task.due:%d.%m.%Y} " if task.due else ""
            comment = f"{old}до {row.new_due:%d.%m.%Y}: {where}"
            task.due, task.effective_due = (
                row.new_due,
                effective(row.new_due, office_calendar=calendar.of(task.organization_id), shift=shift),
            )
            changes.append(
                DateChange(
                    assignment=task,
                    by=by,
                    kind=DateChangeKind.MOVED,
                    before=was,
                    after=task.effective_due,
                    reason=where,
                )
            )
        else:
            task.state = TaskState.WITHDRAWN if kind == AmendmentKind.WITHDRAWS else TaskState.CANCELLED
            task.closed_on = clock.today(task.organization.zone)
        task.version += 1
        task.save(update_fields=["due", "effective_due", "state", "closed_on", "version"])
        undo.append({**before, "version": task.version})
        events.append(AssignmentEvent(assignment=task, by=by, kind=EVENTS[kind], state=task.state, comment=comment))
    AssignmentEvent.objects.bulk_create(events)
    DateChange.objects.bulk_create(changes)
    if kind in CLOSING:
        ExtensionRequest.objects.filter(assignment__in=tasks, state=RequestState.WAITING).update(
            state=RequestState.MOOT, decided_by=by, decided_at=clock.now()
        )
        Duty.objects.filter(pk__in=below, ended_on__isnull=True).update(
            ended_on=clock.today(document.authority.zone), ended_by=by, ended_reason=where[:500]
        )
    row.executed_at, row.undo = clock.now(), undo
    row.save(update_fields=["executed_at", "undo"])
    record(
        by=by,
        action=f"clause.{kind.value}",
        row=row.target.document.part_of or row.target.document,
        authority=document.authority_id,
        summary=f"п. {row.target.shown_number}: {kind.label} {where}",
        after={"tasks": len(tasks), "new_due": row.new_due.isoformat() if row.new_due else None},
    )
    return tasks


@transaction.atomic
def revert(*, by: User, document: Document) -> None:
    """The registration is annulled: tasks become what they were, unless somebody has moved them since."""
    where = document.short_title
    for row in Amendment.objects.select_for_update(of=("self",)).filter(
        clause__document__in=family(document), executed_at__isnull=False
    ):
        kept = {entry["task"]: entry for entry in row.undo}
        tasks = list(Assignment.objects.select_for_update(of=("self",)).filter(pk__in=kept).order_by("pk"))
        if any(task.version != kept[task.pk]["version"] for task in tasks):
            raise Refused(
                "Поручения, которые изменил этот документ, с тех пор менялись: аннулировать нельзя. "
                "Измените решение другим документом."
            )
        for task in tasks:
            entry = kept[task.pk]
            task.state, task.closed_on = entry["state"], None
            was = task.effective_due
            task.due = dt.date.fromisoformat(entry["due"]) if entry["due"] else None
            task.effective_due = dt.date.fromisoformat(entry["effective_due"]) if entry["effective_due"] else None
            task.version += 1
            task.save()
            if task.effective_due != was:
                DateChange.objects.create(
                    assignment=task,
                    by=by,
                    kind=DateChangeKind.MOVED,
                    before=was,
                    after=task.effective_due,
                    reason=f"{where}: регистрация аннулирована",
                )
            AssignmentEvent.objects.create(
                assignment=task,
                by=by,
                kind="восстановлено",
                state=task.state,
                comment=f"{where}: регистрация аннулирована",
            )
        if row.kind in CLOSING:
            Duty.objects.filter(pk__in=_below(row.target), ended_reason__startswith=where).update(
                ended_on=None, ended_by=None, ended_reason=""
            )
        row.executed_at, row.undo = None, []
        row.save(update_fields=["executed_at", "undo"])


def in_force(documents: Iterable[Document]) -> tuple[set[int], dict[int, dt.date]]:
    """Clauses that executed changes closed (with those below), and the days they moved terms to. At most two queries."""
    rows = list(
        Amendment.objects.filter(target__document__in=documents, executed_at__isnull=False)
        .select_related("target")
        .order_by("executed_at")
    )
    closed: set[int] = set()
    moved: dict[int, dt.date] = {}
    if not rows:
        return closed, moved
    children: dict[int | None, list[int]] = {}
    pairs = Clause.objects.filter(document__in={row.target.document_id for row in rows}).values_list("pk", "parent_id")
    for pk, parent in pairs:
        children.setdefault(parent, []).append(pk)
    for row in rows:
        queue = [row.target_id]
        while queue:
            pk = queue.pop()
            queue += children.get(pk, [])
            if row.kind in CLOSING:
                closed.add(pk)
            elif row.new_due:
                moved[pk] = row.new_due
    return closed, moved


def _tell(document: Document, rows: Sequence[Assignment]) -> None:
    """Each school once: its tasks of an earlier document were changed by this one."""
    people = people_of({row.organization_id for row in rows})
    for organization_id in {row.organization_id for row in rows}:
        tell(
            users=people.get(organization_id, []),
            kind="clause.amended",
            row=document,
            text=f"{document.short_title} меняет прежние поручения: посмотрите сроки и отменённые пункты",
            url=reverse("decisions:task_list"),
        )
