"""Who takes part in tasks: co-executors, controllers, own terms inside a clause; and what a co-executor adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from config import clock
from decisions import outline
from decisions.actions.bulk import one_by_one
from decisions.actions.extensions import move_date
from decisions.actions.moves import acting_words, hold, place_of, refuse_closed
from decisions.control_words import keeps_to_oneself, lays_control, same_person
from decisions.enums import DateChangeKind, DocumentState, PartyRole, TaskState
from decisions.errors import Conflict, Refused
from decisions.models import (
    Addressee,
    Assignment,
    AssignmentEvent,
    Clause,
    ClauseDue,
    CoExecutor,
    CoExecutorFile,
    DateChange,
    Document,
)
from decisions.models.tasks import OPEN_STATES
from decisions.news import people_of, tell
from schools.audit import record
from schools.enums import Role
from schools.models import Organization, StoredFile, User

if TYPE_CHECKING:
    from decisions.actions.plan import Plan

MOST_FILES = 30


def appoint(plan: Plan, made: Sequence[Assignment]) -> None:
    """Co-executors and controllers of new tasks, as their clauses and the document name them."""
    items = {task.item.clause.pk: task.item for task in plan.tasks}
    parts = [
        CoExecutor(assignment=row, organization_id=pk)
        for row in made
        for pk in co_executors_of(items[row.clause_id])
        if pk != row.organization_id
    ]
    CoExecutor.objects.bulk_create(parts)
    common: User | None = controller_of_document(plan.document)
    people = list(office_users(plan.document))
    by_user: dict[int, list[int]] = {}
    for row in made:
        user = _controller_of(items[row.clause_id], people) or (common.pk if common else None)
        if user is not None:
            row.controller_id = user
            by_user.setdefault(user, []).append(row.pk)
    for user, rows in by_user.items():
        Assignment.objects.filter(pk__in=rows).update(controller=user)


def same_co_executors(made: Sequence[Assignment]) -> None:
    """The next occurrence of a duty has the co-executors of the one before it."""
    known: dict[tuple[int, int, int], list[int]] = {}
    rows = CoExecutor.objects.filter(assignment__clause__in={row.clause_id for row in made})
    for clause, organization, occurrence, part in rows.values_list(
        "assignment__clause", "assignment__organization", "assignment__occurrence", "organization"
    ):
        known.setdefault((clause, organization, occurrence), []).append(part)
    CoExecutor.objects.bulk_create(
        CoExecutor(assignment=row, organization_id=part)
        for row in made
        for part in known.get((row.clause_id, row.organization_id, row.occurrence - 1), [])
    )


def co_executors_of(item: outline.Item) -> list[int]:
    """Organisations the clause names as co-executors; else those of the heading its parties stand on."""
    for node in (item, item.parties_from):
        if node is None:
            continue
        rows = [p for p in node.own_parties if p.role == PartyRole.CO_EXECUTOR and p.organization_id]
        if rows:
            return list(dict.fromkeys(p.organization_id for p in rows if p.organization_id))
    return []


def _controller_of(item: outline.Item, people: Sequence[User]) -> int | None:
    """The controller of one clause: set by hand, named in it, or in a heading above."""
    node: outline.Item | None = item
    while node is not None:
        if node.clause.controller_id:
            return node.clause.controller_id
        for party in node.own_parties:
            if party.role == PartyRole.CONTROLLER and (found := _one(party.text, people)):
                return found.pk
        node = node.parent
    return None


def controller_of_document(document: Document) -> User | None:
    """On whom the document lays the control of the whole: «контроль за исполнением … возложить на …»; nobody when unsure."""
    clauses = Clause.objects.filter(document__in=[document, *document.parts.all()]).prefetch_related("parties")
    people = list(office_users(document))
    for clause in clauses.order_by("-document_id", "-position"):
        if not lays_control(clause.text):
            continue
        if keeps_to_oneself(clause.text):
            heads = [u for u in people if any(m.role == Role.HEAD for m in u.memberships.all())]
            return heads[0] if len(heads) == 1 else None
        names = [p.text for p in clause.parties.all() if p.type == "person"] or [clause.text]
        return _one(" ".join(names), people)
    return None


def office_users(document: Document) -> Iterable[User]:
    """People of the authority who may be a controller: its head and methodists of today."""
    members = User.objects.filter(
        memberships__in=document.authority.memberships.held_on(clock.today()).filter(
            role__in=[Role.HEAD, Role.METHODIST]
        ),
        is_active=True,
    )
    return members.select_related("person").prefetch_related("memberships").distinct().order_by("pk")


def _one(printed: str, people: Sequence[User]) -> User | None:
    found = [
        user
        for user in people
        if user.person
        and same_person(
            printed, last=user.person.last_name, first=user.person.first_name, patronymic=user.person.patronymic
        )
    ]
    return found[0] if len(found) == 1 else None


def moved_apart(clause: Clause) -> set[int]:
    """Tasks of a clause whose term is their own: extended, moved or set for the school; mending a reading leaves them."""
    own = ClauseDue.objects.filter(clause=clause).values("organization")
    rows = Assignment.objects.filter(clause=clause)
    apart = DateChange.objects.filter(assignment__clause=clause).exclude(kind=DateChangeKind.MENDED)
    return set(rows.filter(organization__in=own).values_list("pk", flat=True)) | set(
        apart.values_list("assignment", flat=True)
    )


@transaction.atomic
def set_execution(
    *,
    by: User,
    clause: Clause,
    own_dues: Mapping[int, dt.date | None],
    co_executors: Sequence[Organization],
    controller: User | None,
    reason: str = "",
) -> list[str]:
    """Own terms of organisations, co-executors and the controller of a clause; of a sent one with a reason, in its tasks too.

    Gives sentences about what could not be done; the rest is done.
    """
    document = clause.document.part_of or clause.document
    sent = document.state == DocumentState.SENT
    if document.state not in (DocumentState.SENT, DocumentState.DRAFT):
        raise Refused("Изменить исполнение пункта можно в черновике или после рассылки.")
    if sent and len(reason.strip()) < 5:
        raise Refused("Напишите причину: она останется в истории поручений.")
    if any(one.authority_id != document.authority_id for one in co_executors):
        raise Refused("Соисполнитель не относится к вашему органу управления.")
    _set_named(clause, co_executors, controller)
    before = dict(clause.own_dues.values_list("organization", "due"))
    wanted = {pk: due for pk, due in own_dues.items() if due is not None}
    clause.own_dues.exclude(organization__in=wanted).delete()
    for pk, due in wanted.items():
        if before.get(pk) != due:
            ClauseDue.objects.update_or_create(
                clause=clause, organization_id=pk, defaults={"due": due, "set_by": by, "set_at": clock.now()}
            )
    record(
        by=by,
        action="clause.execution",
        row=clause,
        authority=document.authority_id,
        summary=f"{document.short_title}, п. {clause.shown_number or clause.path}",
        before={"own": {str(k): str(v) for k, v in before.items()}},
        after={"own": {str(k): str(v) for k, v in wanted.items()}, "controller": controller.pk if controller else None},
        reason=reason.strip(),
    )
    if not sent:
        return []
    rows = hold(list(clause.assignments.filter(state__in=[*OPEN_STATES, TaskState.ON_CHECK])))
    for row in rows:
        _level(row, by=by, co_executors=co_executors, controller=controller, reason=reason.strip())
    changed = [row for row in rows if (new := wanted.get(row.organization_id)) and new != row.due]
    found = one_by_one(
        changed,
        lambda row: move_date(
            by=by,
            assignment=row,
            day=wanted[row.organization_id],
            reason=reason,
            kind=DateChangeKind.OWN,
        ),
    )
    for row, _ in found.refused:  # what was not moved keeps no own term either
        clause.own_dues.filter(organization=row.organization_id).delete()
    return [f"{row.organization}: {why}" for row, why in found.refused]


def _set_named(clause: Clause, co_executors: Sequence[Organization], controller: User | None) -> None:
    kept = {p.organization_id for p in clause.parties.filter(role=PartyRole.CO_EXECUTOR) if p.organization_id}
    wanted = {one.pk for one in co_executors}
    clause.parties.filter(role=PartyRole.CO_EXECUTOR, organization__isnull=False).exclude(
        organization__in=wanted
    ).delete()
    Addressee.objects.bulk_create(
        Addressee(
            clause=clause,
            role=PartyRole.CO_EXECUTOR,
            type="school" if one.is_school else "org",
            text=one.name,
            organization=one,
            position=900,
        )
        for one in co_executors
        if one.pk not in kept
    )
    clause.controller = controller
    clause.save(update_fields=["controller"])


def _level(
    row: Assignment, *, by: User, co_executors: Sequence[Organization], controller: User | None, reason: str
) -> None:
    """Makes participants of one task equal to what the clause names; a part already written stays."""
    wanted = {one.pk: one for one in co_executors if one.pk != row.organization_id}
    now = {part.organization_id: part for part in row.co_executors.select_related("organization")}
    words = []
    for pk, one in wanted.items():
        if pk not in now:
            CoExecutor.objects.create(assignment=row, organization=one)
            words.append(f"соисполнитель: {one}")
    for pk, part in now.items():
        if pk not in wanted and not part.part and not part.files.exists():
            part.delete()
            words.append(f"больше не соисполнитель: {part.organization}")
    if row.controller_id != (controller.pk if controller else None):
        row.controller = controller
        words.append(f"контролирует: {controller or 'начальник управления'}")
    if not words:
        return
    row.version += 1
    row.save(update_fields=["controller", "version"])
    AssignmentEvent.objects.create(
        assignment=row, by=by, kind="участники", state=row.state, comment="; ".join(words) + f". {reason}"
    )


# --- the co-executor's part ---


@transaction.atomic
def contribute(*, by: User, part: CoExecutor, text: str, version: int | None = None) -> CoExecutor:
    """A co-executor writes its part for the responsible organisation; the answer stays the responsible one's."""
    held = _held_part(part, by)
    if version is not None and version != held.version and held.part != text:
        raise Conflict(f"Эту часть уже изменил другой сотрудник. Ваш текст: «{text}»")
    held.part, held.part_by, held.part_at = text.strip(), by, clock.now()
    held.version += 1
    held.save()
    row = held.assignment
    AssignmentEvent.objects.create(
        assignment=row,
        by=by,
        kind="соисполнитель добавил свою часть",
        state=row.state,
        comment=str(held.organization),
        acting=acting_words(by, held.organization_id),
    )
    tell(
        users=people_of([row.organization_id]).get(row.organization_id, []),
        kind="task.part",
        row=held,
        text=f"{place_of(row)}: соисполнитель добавил свою часть",
        url=reverse("decisions:task_detail", args=[row.pk]),
    )
    return held


@transaction.atomic
def attach_part(*, by: User, part: CoExecutor, file: StoredFile) -> CoExecutorFile:
    held = _held_part(part, by)
    if held.files.count() >= MOST_FILES:
        raise Refused("К своей части можно приложить не больше 30 файлов. Соберите листы в один PDF.")
    same = held.files.filter(file__sha256=file.sha256, file__name=file.name).first()
    return same or CoExecutorFile.objects.create(part_of=held, file=file)


def _held_part(part: CoExecutor, by: User) -> CoExecutor:
    held = (
        CoExecutor.objects.select_for_update(of=("self",))
        .select_related(
            "organization__authority", "assignment__organization", "assignment__document", "assignment__clause"
        )
        .get(pk=part.pk)
    )
    refuse_closed(held.organization)
    if not by.can("task.answer", at=held.organization):
        raise Refused("Эту часть пишет соисполнитель.")
    if held.assignment.state not in OPEN_STATES:
        raise Conflict(
            f"Поручение сейчас «{held.assignment.get_state_display()}»: свою часть уже не изменить. "
            "Напишите ответственному исполнителю."
        )
    return held
