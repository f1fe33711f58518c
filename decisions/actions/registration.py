"""The life of a document: to be signed, signed, registered, sent; or entered as a signed paper; or annulled.

Number, lock, tasks and notifications are one transaction: nothing is half done.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from config import clock
from decisions.actions import amendments
from decisions.actions.numbers import free_number, take_number
from decisions.actions.occurrences import open_duties
from decisions.actions.papers import issue_annulled, issue_registered, issue_to_sign, withdraw
from decisions.actions.participants import appoint
from decisions.actions.plan import Plan, plan_for
from decisions.actions.questions import family
from decisions.actions.scans import settle_scan
from decisions.enums import DocumentState, Entry, PartKind, TaskState
from decisions.errors import Refused
from decisions.models import Assignment, AssignmentEvent, Document, NumberSeries
from decisions.news import tell_about_new_tasks
from schools.audit import record
from schools.models import StoredFile, User


@transaction.atomic
def send_to_sign(*, by: User, document: Document) -> None:
    """Черновик → на подписании: the text is locked while the paper goes round."""
    held = _held(document, DocumentState.DRAFT, "отправить на подпись")
    if held.entry != Entry.PREPARED:
        raise Refused("Этот документ уже подписан на бумаге: зарегистрируйте его.")
    _refuse_unready(plan_for(held))
    _move(held, DocumentState.SIGNING, by=by, sent_to_sign_at=clock.now())
    issue_to_sign(held, by=by)


@transaction.atomic
def take_back(*, by: User, document: Document, reason: str = "") -> None:
    """На подписании or подписан → черновик: the chair wants something changed. A signature is not taken off without a reason."""
    held = _held(document, (DocumentState.SIGNING, DocumentState.SIGNED), "вернуть в черновик")
    if held.state == DocumentState.SIGNED and len(reason.strip()) < 5:
        raise Refused("Напишите, почему подписанный документ возвращается в черновик: причина останется в истории.")
    _move(held, DocumentState.DRAFT, by=by, why=reason, signed_on=None, signed_by="", signed_scan=None)
    withdraw(held)


@transaction.atomic
def mark_signed(
    *, by: User, document: Document, signed_on: dt.date, signed_by: str, scan: StoredFile | None = None
) -> None:
    """На подписании → подписан: when, by whom, the scan."""
    held = _held(document, DocumentState.SIGNING, "отметить подписание")
    if not signed_by.strip():
        raise Refused("Укажите, кто подписал документ.")
    if signed_on > clock.today(held.authority.zone):
        raise Refused("Дата подписания ещё не наступила.")
    _move(held, DocumentState.SIGNED, by=by, signed_on=signed_on, signed_by=signed_by.strip()[:200], signed_scan=scan)
    if scan:
        settle_scan(by=by, file=scan, document=held)


@transaction.atomic
def register(*, by: User, document: Document, number: str = "") -> Document:
    """Подписан → зарегистрирован: the number is taken, the text is locked for good."""
    held = _held(document, DocumentState.SIGNED, "зарегистрировать")
    _refuse_unready(plan_for(held))
    held.number = take_number(held, typed=number.strip())
    _move(held, DocumentState.REGISTERED, by=by, registered_at=clock.now(), registered_by=by)
    issue_registered(held, by=by)
    return held


@transaction.atomic
def send(*, by: User, document: Document) -> list[Assignment]:
    """Зарегистрирован → разослан: tasks go live, people are told."""
    held = _held(document, DocumentState.REGISTERED, "разослать")
    plan = plan_for(held)
    _refuse_unready(plan)
    return _send(plan, by=by)


@transaction.atomic
def register_paper(
    *, by: User, document: Document, number: str, date: dt.date, past: str = "control", scan: StoredFile | None = None
) -> list[Assignment]:
    """A signed paper: keeps its printed number and date, registers and sends in one step.

    `past` says what happens where terms have passed: «control» makes tasks as read, «archive» keeps the document
    searchable without tasks.
    """
    held = _held(document, DocumentState.DRAFT, "зарегистрировать")
    if held.entry != Entry.PAPER:
        raise Refused("Документ готовится в программе: сначала отправьте его на подпись.")
    if date > clock.today(held.authority.zone):
        raise Refused("Дата документа ещё не наступила: у подписанного документа она не позже сегодняшней.")
    held.date, held.number = date, number.strip()[:40]
    held.save(update_fields=["date", "number"])
    plan = plan_for(held)
    _refuse_unready(plan)
    if held.number:
        held.number = take_number(held, typed=held.number)
    held.signed_scan = scan or held.signed_scan
    if scan:
        settle_scan(by=by, file=scan, document=held)
    now = clock.now()
    if past == "archive":
        _move(held, DocumentState.ARCHIVED, by=by, registered_at=now, registered_by=by)
        issue_registered(held, by=by)
        return []
    _move(held, DocumentState.REGISTERED, by=by, registered_at=now, registered_by=by)
    issue_registered(held, by=by)
    return _send(plan, by=by)


@transaction.atomic
def annul(*, by: User, document: Document, reason: str) -> None:
    """Takes back a registration nobody has acted on: the tasks are cancelled, the number is free for the same paper again."""
    held = _held(
        document, (DocumentState.REGISTERED, DocumentState.SENT, DocumentState.ARCHIVED), "аннулировать регистрацию"
    )
    if not reason.strip():
        raise Refused("Напишите, почему регистрация аннулируется.")
    rows = Assignment.objects.select_for_update(of=("self",)).filter(document__in=family(held))
    acted = rows.exclude(state__in=[TaskState.ASSIGNED, TaskState.CANCELLED]).count()
    if acted:
        raise Refused(
            f"По документу уже отвечали ({acted}): аннулировать нельзя. "
            "Исправьте прочитанное или измените решение другим документом."
        )
    amendments.revert(by=by, document=held)
    today = clock.today(held.authority.zone)
    for row in rows.filter(state=TaskState.ASSIGNED):
        row.state, row.closed_on = TaskState.CANCELLED, today
        row.save(update_fields=["state", "closed_on"])
        AssignmentEvent.objects.create(
            assignment=row, by=by, kind="отменено", state=TaskState.CANCELLED, comment=reason.strip()
        )
    free_number(held)
    _move(held, DocumentState.ANNULLED, by=by, annulled_reason=reason.strip())
    issue_annulled(held, by=by, reason=reason.strip())


def _send(plan: Plan, *, by: User) -> list[Assignment]:
    held = plan.document
    made = make_assignments(plan, by=by)
    amendments.execute(by=by, document=held)
    _move(held, DocumentState.SENT, by=by, sent_at=clock.now())
    tell_about_new_tasks(held, made)
    return made


def make_assignments(plan: Plan, *, by: User) -> list[Assignment]:
    """One row a clause and organisation, as the plan shows; groups are thereby kept as a snapshot."""
    rows = [
        Assignment(
            authority_id=plan.document.authority_id,
            document_id=plan.document.pk,
            clause=task.item.clause,
            organization=task.organization,
            reports=task.reports,
            recommended=task.recommended,
            ongoing=task.ongoing,
            about_quality=task.about_quality,
            due=task.due,
            effective_due=task.effective_due,
            checker_id=task.item.clause.checker_id or by.pk,
        )
        for task in plan.tasks
    ]
    made = Assignment.objects.bulk_create(rows)
    AssignmentEvent.objects.bulk_create(
        AssignmentEvent(assignment=row, by=by, kind="назначено", state=TaskState.ASSIGNED) for row in made
    )
    open_duties(
        ((task.item.clause, task.duty) for task in plan.tasks if task.duty),
        plan.document.date or clock.today(plan.document.authority.zone),
    )
    appoint(plan, made)
    return made


def _refuse_unready(plan: Plan) -> None:
    if plan.stops:
        first = plan.stops[0].text
        more = f" Всего замечаний, без которых нельзя: {len(plan.stops)}." if len(plan.stops) > 1 else ""
        raise Refused(f"Документ ещё не готов. {first}{more}")


def _held(document: Document, states: str | tuple[str, ...], verb: str) -> Document:
    held = Document.objects.select_for_update(of=("self",)).select_related("authority").get(pk=document.pk)
    if held.part_of_id:
        raise Refused("Это часть другого документа: действие выполняется на нём.")
    allowed = (states,) if isinstance(states, str) else states
    if held.state not in allowed:
        raise Refused(f"Нельзя {verb}: документ сейчас «{held.get_state_display()}». Обновите страницу.")
    return held


def _move(held: Document, state: DocumentState, *, by: User, why: str = "", **columns: object) -> None:
    before = held.state
    held.state = state
    for name, value in columns.items():
        setattr(held, name, value)
    held.saved_at = clock.now()
    held.save()
    for part in held.parts.all():
        part.state = DocumentState.ARCHIVED if part.part_kind == PartKind.HIGHER and state == "sent" else state
        part.date = part.date or held.date
        part.save(update_fields=["state", "date"])
    record(
        by=by,
        action=f"document.{state}",
        row=held,
        authority=held.authority_id,
        summary=held.short_title,
        before={"state": before},
        after={"state": state, "number": held.number},
        reason=why.strip() or str(columns.get("annulled_reason", "")),
    )


def set_pattern(*, by: User, series: NumberSeries, pattern: str) -> None:
    """How numbers of a series look: «{n}», «{n}-р»."""
    if pattern.count("{n}") != 1 or len(pattern) > 40:
        raise Refused("В образце номера один раз должно стоять {n}, например {n}-р.")
    with transaction.atomic():
        series.pattern = pattern
        series.save(update_fields=["pattern"])
        record(by=by, action="numbers.pattern", row=series, authority=series.authority_id, after={"pattern": pattern})
