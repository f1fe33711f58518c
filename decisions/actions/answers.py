"""A school answers, the office accepts or returns. One form answers many tasks of one document with shared files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from config import clock
from decisions import task_states
from decisions.actions.handing import hand_over_row
from decisions.actions.moves import hold, may_move, move, move_all, place_of, refuse_closed
from decisions.enums import AnswerKind, ReportState, TaskState, Verdict
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, CollectionForm, Document, ExecutionReport, ReportFile, ReportItem
from decisions.news import News, people_of, tell, tell_all
from schools.audit import record
from schools.models import Organization, StoredFile, User

MOST_WORDS = 8000  # signs of one answer; more is a paper, and papers are attached


@transaction.atomic
def see(*, by: User, assignment: Assignment) -> None:
    """The first viewing by the school is recorded silently."""
    if assignment.first_seen_at is None and by.can("task.answer", at=assignment.organization):
        Assignment.objects.filter(pk=assignment.pk, first_seen_at__isnull=True).update(first_seen_at=clock.now())


def draft_answer(*, by: User, document: Document, organization: Organization) -> ExecutionReport:
    """The one unfinished answer of a school to a document; made when first asked for."""
    draft, _ = ExecutionReport.objects.get_or_create(
        document=document, organization=organization, state=ReportState.DRAFT, defaults={"created_by": by}
    )
    return draft


@transaction.atomic
def save_draft(
    *,
    by: User,
    report: ExecutionReport,
    text: str,
    link: str,
    assignments: Sequence[Assignment],
    version: int | None = None,
) -> ExecutionReport:
    """Keeps what is typed and ticked so far. `version` is the one the person saw: another's words are never overwritten."""
    held = _draft(report)
    text = text.replace("\r\n", "\n")  # a browser sends two signs where it counted one
    if len(text) > MOST_WORDS:
        raise Refused(
            f"Ответ слишком длинный: {len(text)} знаков, помещается {MOST_WORDS}. Текст остался в поле: "
            "сократите его, а подробности приложите файлом."
        )
    if version is not None and version != held.version and (held.text, held.link) != (text, link):
        raise Conflict(
            "Этот ответ одновременно правит другой сотрудник школы: его слова уже сохранены. "
            "Ваши остались в поле ниже: соедините их и сохраните."
        )
    if (held.text, held.link) != (text, link):
        held.version += 1
    held.text, held.link = text, link
    held.save(update_fields=["text", "link", "version"])
    _set_items(held, assignments)
    return held


@transaction.atomic
def attach(*, by: User, report: ExecutionReport, file: StoredFile) -> ReportFile:
    """Adds a stored file to an unfinished answer; the same bytes twice are one file."""
    held = _draft(report)
    same = held.files.filter(file__sha256=file.sha256, file__name=file.name).first()
    if same:
        return same
    if held.files.count() >= 30:
        raise Refused("К одному ответу можно приложить не больше 30 файлов. Соберите листы в один PDF.")
    return ReportFile.objects.create(report=held, file=file)


@transaction.atomic
def detach(*, by: User, report: ExecutionReport, file_id: int) -> None:
    _draft(report).files.filter(pk=file_id).delete()


@transaction.atomic
def send_answer(*, by: User, report: ExecutionReport, assignments: Sequence[Assignment]) -> ExecutionReport:
    """Sends the answer to the chosen tasks; the day of sending decides «в срок». All or nothing."""
    held = _draft(report)
    refuse_closed(held.organization)
    if not assignments:
        raise Refused("Отметьте хотя бы один пункт, на который отвечаете.")
    rows = hold(assignments)
    files = held.files.count()
    for row in rows:
        if row.organization_id != held.organization_id or row.document_id != held.document_id:
            raise Refused("Пункт относится к другой школе или другому документу.")
        may_move(row, "answer", by=by)
        _answer_fits(row, held, files)
    return _hand_over(by=by, held=held, rows=rows)


@transaction.atomic
def send_form(*, by: User, assignment: Assignment, text: str, files: Sequence[StoredFile] = ()) -> ExecutionReport:
    """A filled form is an answer of its own: it neither waits for nor sends what is typed for other clauses."""
    [row] = hold([assignment])
    refuse_closed(row.organization)
    may_move(row, "answer", by=by)
    drafts = ExecutionReport.objects.select_for_update(of=("self",)).select_related("organization", "document")
    held = drafts.filter(
        document=row.document, organization=row.organization, state=ReportState.DRAFT, text=text
    ).first()  # an answer by this form that was recalled
    if held is None or held.items.exclude(assignment=row).exists():
        held = ExecutionReport.objects.create(
            document=row.document,
            organization=row.organization,
            state=ReportState.SENT,
            text=text,
            created_by=by,
            sent_by=by,
            sent_at=clock.now(),
        )
    held.files.all().delete()
    ReportFile.objects.bulk_create(ReportFile(report=held, file=file) for file in files)
    return _hand_over(by=by, held=held, rows=[row])


@transaction.atomic
def reopen_for_form(*, by: User, assignment: Assignment, remark: str) -> None:
    """The form has changed: an answer by its earlier version goes back, also one that was accepted, and says why."""
    [row] = hold([assignment])
    items = ReportItem.objects.filter(assignment=row, report__state=ReportState.SENT).order_by("-pk")[:1]
    if row.state == TaskState.DONE:
        move(row, "reopen", by=by, reason=remark)
    for item in items:
        item.verdict, item.remark, item.checked_by, item.checked_at = Verdict.RETURNED, remark, by, clock.now()
        item.save(update_fields=["verdict", "remark", "checked_by", "checked_at"])
    row.last_remark = remark
    move(row, "return", by=by, reason=remark)


def _hand_over(*, by: User, held: ExecutionReport, rows: Sequence[Assignment]) -> ExecutionReport:
    _set_items(held, rows)
    held.state, held.sent_by, held.sent_at = ReportState.SENT, by, clock.now()
    held.save(update_fields=["state", "sent_by", "sent_at"])
    today = clock.today(held.organization.zone)
    for row in rows:
        row.answered_on, row.last_remark = today, ""
        row.first_seen_at = row.first_seen_at or clock.now()
        move(row, "answer", by=by, report=held)
    checkers = {row.checker for row in rows if row.checker}
    tell(
        users=checkers,
        kind="answer.new",
        row=held,
        text=f"{held.organization}: ответ по документу «{held.document.short_title}»",
        url=reverse("decisions:answer_list"),
    )
    record(by=by, action="answer.sent", row=held, authority=held.document.authority_id, summary=str(held))
    return held


def _answer_fits(row: Assignment, report: ExecutionReport, files: int) -> None:
    """What counts as an answer to this clause is there."""
    number = row.clause.shown_number or row.clause.path
    kind = row.clause.answer_kind
    if CollectionForm.objects.filter(clause=row.clause_id, current__isnull=False).exists():
        raise Refused(f"Пункт {number} ждёт заполненную форму: снимите с него отметку и нажмите «Заполнить форму».")
    if kind == AnswerKind.DOCUMENT and not files:
        raise Refused(f"Пункт {number} ждёт документ: приложите файл или фотографии.")
    if kind == AnswerKind.LINK and not report.link:
        raise Refused(f"Пункт {number} ждёт ссылку на страницу сайта: вставьте её адрес.")
    if kind == AnswerKind.TEXT and not (report.text.strip() or files):
        raise Refused(f"Пункт {number} ждёт пояснение: напишите, что сделано.")


@transaction.atomic
def decline(*, by: User, assignment: Assignment, reason: str) -> None:
    """«Не относится к школе», with the reason, for the checker to agree."""
    row = hold([assignment])[0]
    refuse_closed(row.organization)
    row.not_ours_reason = reason.strip()
    row.answered_on = clock.today(row.organization.zone)
    move(row, "decline", by=by, reason=reason)
    if row.checker:
        tell(
            users=[row.checker],
            kind="answer.declined",
            row=row,
            text=f"{row.organization} считает, что поручение к ней не относится",
            url=reverse("decisions:answer_list"),
        )


@transaction.atomic
def recall(*, by: User, report: ExecutionReport) -> None:
    """The school takes an unchecked answer back to correct it."""
    report = ExecutionReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    items = list(report.items.select_related("assignment"))
    if report.state != ReportState.SENT or any(i.verdict != Verdict.WAITING for i in items):
        raise Conflict("Ответ уже проверяют: отозвать его нельзя. Дождитесь решения.")
    if ExecutionReport.objects.filter(
        document=report.document, organization=report.organization, state=ReportState.DRAFT
    ).exists():
        raise Refused("По этому документу уже начат новый ответ: дополните его.")
    for row in hold([i.assignment for i in items]):
        row.answered_on = None
        move(row, "recall", by=by, report=report)
    report.state, report.sent_at, report.sent_by = ReportState.DRAFT, None, None
    report.save(update_fields=["state", "sent_at", "sent_by"])


@transaction.atomic
def accept(*, by: User, items: Sequence[ReportItem]) -> int:
    """Accepts answers, one or many; each row is checked by itself, all or nothing."""
    return _judge(by=by, items=items, verdict=Verdict.ACCEPTED, verb="accept", remark="")


@transaction.atomic
def return_(*, by: User, items: Sequence[ReportItem], remark: str) -> int:
    """Returns answers with what to correct."""
    if lacks := task_states.missing("return", reason=remark):
        raise Refused(lacks)
    return _judge(by=by, items=items, verdict=Verdict.RETURNED, verb="return", remark=remark.strip())


def _judge(*, by: User, items: Sequence[ReportItem], verdict: Verdict, verb: str, remark: str) -> int:
    held = list(
        ReportItem.objects.select_for_update(of=("self",))
        .filter(pk__in=[i.pk for i in items])
        .select_related("report", "assignment")
        .order_by("pk")
    )
    rows = {row.pk: row for row in hold([i.assignment for i in held])}
    if any(item.verdict != Verdict.WAITING for item in held):
        raise Conflict("Этот ответ уже проверил другой сотрудник. Страница обновлена.")
    ReportItem.objects.filter(pk__in=[item.pk for item in held]).update(
        verdict=verdict, remark=remark, checked_by=by, checked_at=clock.now()
    )
    for row in rows.values():
        row.last_remark = remark
    move_all(list(rows.values()), verb, by=by, reason=remark, reports={i.assignment_id: i.report for i in held})
    if verdict == Verdict.RETURNED:
        for row in rows.values():
            if row.organization.closed and row.organization.successor and row.organization.closed <= clock.today():
                hand_over_row(row, by=by, order=f"школа закрыта с {row.organization.closed:%d.%m.%Y}")
        _tell_schools(rows.values(), "answer.returned", "ответ возвращён: посмотрите замечание")
    return len(held)


@transaction.atomic
def agree_not_ours(*, by: User, assignment: Assignment) -> None:
    """The checker agrees that the task does not concern the school: it is cancelled."""
    row = hold([assignment])[0]
    if not row.not_ours_reason:
        raise Refused("Школа не просила снять это поручение.")
    row.closed_on = clock.today(row.organization.zone)
    move(row, "agree_not_ours", by=by, reason=row.not_ours_reason)


@transaction.atomic
def refuse_not_ours(*, by: User, assignment: Assignment, remark: str) -> None:
    """The checker disagrees: the task goes back to the school with an explanation."""
    if not remark.strip():
        raise Refused("Поясните школе, почему поручение относится к ней.")
    row = hold([assignment])[0]
    row.not_ours_reason, row.answered_on, row.last_remark = "", None, remark.strip()
    move(row, "return", by=by, reason=remark)
    _tell_schools([row], "answer.returned", "поручение остаётся за школой: посмотрите пояснение")


@transaction.atomic
def accept_on_paper(*, by: User, assignments: Sequence[Assignment], day: dt.date, note: str = "") -> int:
    """«Принято на бумаге» with the true date, in bulk, without messages."""
    rows = hold(assignments)
    for row in rows:
        if day > clock.today(row.organization.zone):
            raise Refused("Дата ответа ещё не наступила.")
        if row.document.date and day < row.document.date:
            raise Refused(f"Дата ответа раньше документа ({row.document.date:%d.%m.%Y}).")
        row.answered_on = day
    move_all(rows, "accept_paper", by=by, day=day, reason=note)
    return len(rows)


@transaction.atomic
def withdraw(*, by: User, assignments: Sequence[Assignment], reason: str = "", not_done: bool = False) -> int:
    """Снято с контроля: the normal end of what is done; without execution a reason is asked for.

    `not_done` closes an open task as «не исполнено»: the school answers for it in the discipline of execution.
    """
    rows = hold(assignments)
    by_verb: dict[str, list[Assignment]] = {}
    for row in rows:
        verb = "withdraw" if row.state == TaskState.DONE else "close_undone" if not_done else "withdraw_undone"
        row.not_done = verb == "close_undone"
        row.closed_on = clock.today(row.organization.zone)
        by_verb.setdefault(verb, []).append(row)
    for verb, chosen in by_verb.items():
        move_all(chosen, verb, by=by, reason=reason)
    return len(rows)


@transaction.atomic
def cancel(*, by: User, assignments: Sequence[Assignment], reason: str) -> int:
    """Отменено: the task should not have been given, or is no longer needed."""
    rows = hold(assignments)
    for row in rows:
        row.closed_on = clock.today(row.organization.zone)
    move_all(rows, "cancel", by=by, reason=reason)
    _tell_schools(rows, "task.cancelled", "поручение отменено")
    return len(rows)


@transaction.atomic
def reopen(*, by: User, assignment: Assignment, reason: str) -> None:
    """Takes an acceptance back: the answer waits for check again; what was accepted on paper goes back to the school."""
    row = hold([assignment])[0]
    item = ReportItem.objects.filter(assignment=row, verdict=Verdict.ACCEPTED).order_by("-pk").first()
    if item is None:
        row.answered_on = None
        move(row, "reopen_paper", by=by, reason=reason)
    else:
        item.verdict, item.checked_by, item.checked_at = Verdict.WAITING, None, None
        item.save(update_fields=["verdict", "checked_by", "checked_at"])
        move(row, "reopen", by=by, reason=reason, report=item.report)
    _tell_schools([row], "task.reopened", "принятие ответа отменено: посмотрите причину")


@transaction.atomic
def acknowledge(*, by: User, assignments: Sequence[Assignment], verb: str = "acknowledge") -> int:
    """«Принято к исполнению» (an option of the office) or «взято в работу»."""
    if verb not in ("acknowledge", "begin"):
        raise Refused("Так отметить поручение нельзя. Обновите страницу.")
    rows = hold(assignments)
    for row in rows:
        refuse_closed(row.organization)
        row.first_seen_at = row.first_seen_at or clock.now()
    move_all(rows, verb, by=by)
    return len(rows)


def _draft(report: ExecutionReport) -> ExecutionReport:
    held = (
        ExecutionReport.objects.select_for_update(of=("self",))
        .select_related("organization", "document")
        .get(pk=report.pk)
    )
    if held.state != ReportState.DRAFT:
        who = f": {held.sent_by}, {held.sent_at:%d.%m.%Y}" if held.sent_by and held.sent_at else ""
        raise Conflict(
            f"Ответ уже отправлен{who}. Ваш текст остался в поле ниже: чтобы дополнить ответ, отзовите отправленный."
        )
    return held


def _set_items(report: ExecutionReport, assignments: Sequence[Assignment]) -> None:
    wanted = {a.pk for a in assignments}
    report.items.exclude(assignment__in=wanted).delete()
    known = set(report.items.values_list("assignment_id", flat=True))
    ReportItem.objects.bulk_create(ReportItem(report=report, assignment_id=pk) for pk in sorted(wanted - known))


def _tell_schools(rows, kind: str, text: str) -> None:  # type: ignore[no-untyped-def]
    people = people_of({row.organization_id for row in rows})
    tell_all(
        News(
            users=people.get(row.organization_id, []),
            kind=kind,
            row=row,
            text=f"{place_of(row)}: {text}",
            url=reverse("decisions:task_detail", args=[row.pk]),
        )
        for row in rows
    )
