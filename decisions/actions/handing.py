"""A school is reorganised: what it still owes goes to its successor, and history says so."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from config import clock
from decisions.actions.bulk import Outcome, one_by_one
from decisions.actions.moves import hold, move
from decisions.enums import ReportState, TaskState
from decisions.errors import Refused
from decisions.models import Assignment, AssignmentEvent, CoExecutor, ReportItem
from decisions.models.tasks import OPEN_STATES
from decisions.news import people_of, tell
from schools.audit import record
from schools.models import Organization, User


@transaction.atomic
def hand_over(*, by: User, organization: Organization, order: str) -> Outcome:
    """Open tasks of a closed organisation go to its successor. What is on check stays: it was answered before."""
    if organization.successor is None or organization.closed is None:
        raise Refused(f"Сначала укажите в реестре, когда закрыта «{organization}» и кто её правопреемник.")
    if organization.successor.closed and organization.successor.closed <= clock.today():
        raise Refused(f"Правопреемник «{organization.successor}» сам закрыт: исправьте реестр.")
    if not order.strip():
        raise Refused("Укажите приказ о реорганизации: номер и дату.")
    rows = list(Assignment.objects.filter(organization=organization, state__in=OPEN_STATES).order_by("pk"))
    done = one_by_one(rows, lambda row: hand_over_row(hold([row])[0], by=by, order=order))
    _hand_over_parts(organization, organization.successor)
    heir = organization.successor
    if done.done:
        tell(
            users=people_of([heir.pk]).get(heir.pk, []),
            kind="tasks.handed_over",
            row=organization,
            text=f"Вам переданы поручения: {organization} → {heir}. Всего: {len(done.done)}",
            url=reverse("decisions:task_list"),
        )
    record(
        by=by,
        action="tasks.handed_over",
        row=organization,
        authority=organization.authority_id,
        summary=f"{organization} → {heir}: {len(done.done)}",
        reason=order.strip(),
    )
    return done


@transaction.atomic
def hand_over_row(row: Assignment, *, by: User, order: str) -> Assignment:
    """One held task; where the successor already has the same one, that of the closed school is cancelled."""
    old, heir = row.organization, row.organization.successor
    assert heir is not None
    words = f"{old} → {heir}"
    twin = Assignment.objects.filter(clause=row.clause_id, organization=heir, occurrence=row.occurrence).first()
    ReportItem.objects.filter(assignment=row, report__state=ReportState.DRAFT).delete()
    if twin is not None:
        row.closed_on = clock.today(heir.zone)
        move(row, "hand_over", by=by, order=order, note=f"{words}: такое поручение у правопреемника уже есть")
        row.state = TaskState.CANCELLED
        row.save(update_fields=["state", "closed_on"])
        AssignmentEvent.objects.create(assignment=row, by=by, kind="отменено", state=row.state, comment=words)
        return twin
    move(row, "hand_over", by=by, order=order, note=words)
    row.organization = heir
    row.first_seen_at = None
    row.save(update_fields=["organization", "first_seen_at"])
    CoExecutor.objects.filter(assignment=row, organization=heir).delete()
    return row


def _hand_over_parts(old: Organization, heir: Organization) -> None:
    """Where the closed school was a co-executor of what is still open, its successor becomes one."""
    parts = CoExecutor.objects.filter(organization=old, assignment__state__in=OPEN_STATES).select_related("assignment")
    for part in parts:
        taken = CoExecutor.objects.filter(assignment=part.assignment, organization=heir).exists()
        if taken or part.assignment.organization_id == heir.pk:
            continue
        part.organization = heir
        part.save(update_fields=["organization"])
