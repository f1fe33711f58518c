"""Visits: planned, held, agreed upon, confirmed by the director; from then on the agreements are tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from config import clock
from decisions.enums import DocumentKind
from decisions.news import people_of, tell
from mentoring.actions.care import check
from mentoring.actions.papers import Step, checker_of, live_document
from mentoring.enums import VisitState
from mentoring.models import Agreement, CareMessage, Curatorship, Visit, VisitFile
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, StoredFile, User

MOST_FILES = 20
MOST_AGREEMENTS = 10
LATEST_RECORD = dt.timedelta(days=92)


@transaction.atomic
def plan(*, by: User, school: Organization, day: dt.date, aim: str = "") -> Visit:
    """A curator plans a visit; the director sees it at once."""
    today = clock.today(school.zone)
    if day < today - LATEST_RECORD:
        raise Refused("Визит можно записать не позже чем через три месяца.")
    care = Curatorship.objects.active_on(today).filter(school=school, person=by.person).first()
    assert school.authority_id is not None
    if Visit.objects.filter(school=school, by=by, planned_on=day, state=VisitState.PLANNED).exists():
        raise Refused(f"Визит в эту школу на {day:%d.%m.%Y} у вас уже запланирован.")
    row = Visit.objects.create(
        authority_id=school.authority_id, school=school, curatorship=care, by=by, planned_on=day, aim=aim.strip()[:300]
    )
    record(by=by, action="visit.planned", row=row, authority=row.authority_id, summary=str(row))
    _tell_school(row, f"Куратор {by} приедет {day:%d.%m.%Y}")
    return row


@transaction.atomic
def hold(
    *,
    by: User,
    visit: Visit,
    held_on: dt.date,
    findings: str,
    agreements: Sequence[tuple[str, dt.date]],
    ask: bool,
) -> Visit:
    """What was seen and agreed; `ask` hands the agreements to the director, until then it is a draft of the curator."""
    row = _held(visit, by)
    today = clock.today(row.school.zone)
    if held_on > today:
        raise Refused("Этот день ещё не наступил: запишите визит, когда он пройдёт.")
    if held_on < today - LATEST_RECORD and held_on != row.held_on:
        raise Refused("Визит можно записать не позже чем через три месяца: проверьте день.")
    if len(agreements) > MOST_AGREEMENTS:
        raise Refused(f"Договорённостей не больше {MOST_AGREEMENTS}: крупное разделите на два визита.")
    if ask and not agreements and not findings.strip():
        raise Refused("Напишите, что увидели или о чём договорились.")
    for text, due in agreements:
        if due < today:
            raise Refused(f"«{text[:60]}»: день {due:%d.%m.%Y} уже прошёл.")
    row.state, row.held_on, row.findings = VisitState.HELD, held_on, findings.strip()
    row.objection = ""
    if ask:
        row.asked_at = clock.now()
    check(row)
    row.save()
    row.agreements.all().delete()
    Agreement.objects.bulk_create(
        Agreement(visit=row, text=text.strip()[:500], due=due, position=number)
        for number, (text, due) in enumerate(agreements, start=1)
    )
    record(
        by=by,
        action="visit.asked" if ask else "visit.held",
        row=row,
        authority=row.authority_id,
        summary=str(row),
        after={"agreements": [[text, str(due)] for text, due in agreements]},
    )
    if ask:
        _tell_school(row, "Подтвердите, о чём договорились с куратором")
    return row


@transaction.atomic
def cancel(*, by: User, visit: Visit) -> None:
    row = _held(visit, by)
    if row.state != VisitState.PLANNED:
        raise Refused("Визит уже проведён: отменить его нельзя.")
    row.state = VisitState.CANCELLED
    row.save(update_fields=["state"])
    record(by=by, action="visit.cancelled", row=row, authority=row.authority_id, summary=str(row))
    _tell_school(row, f"Визит куратора {row.planned_on:%d.%m.%Y} не состоится")


@transaction.atomic
def confirm(*, by: User, visit: Visit, seal: str | None = None) -> Visit:
    """The director's word: each agreement becomes a clause and a task of the school, the same as any other.

    `seal` is that of the words the director has read (`Visit.seal`): what changed meanwhile is read again first.
    """
    row = Visit.objects.select_for_update(of=("self",)).select_related("school__authority", "by").get(pk=visit.pk)
    if not row.waits_for_director:
        raise Refused("Подтверждать нечего: куратор ещё не передал договорённости или они уже подтверждены.")
    if seal is not None and seal != row.seal:
        raise Refused("Куратор изменил запись, пока эта страница была открыта. Прочитайте её ещё раз и подтвердите.")
    today = clock.today(row.school.zone)
    rows = list(row.agreements.all())
    late = [one for one in rows if one.due < today]
    if late:
        raise Refused(
            f"«{late[0].text[:60]}»: день {late[0].due:%d.%m.%Y} уже прошёл. Верните куратору, чтобы изменил."
        )
    row.confirmed_by, row.confirmed_at = by, clock.now()
    if rows:
        first = row.curatorship.created_by if row.curatorship else None
        row.document, clauses = live_document(
            by=by,
            kind=DocumentKind.VISIT,
            title=f"Договорились при визите куратора {row.day:%d.%m.%Y}",
            school=row.school,
            day=today,
            groups=[("", [Step(one.text, one.due) for one in rows])],
            checker=checker_of(row.school.authority, today, first=first),  # type: ignore[arg-type]
        )
        for one, clause in zip(rows, clauses, strict=True):
            one.clause = clause
        Agreement.objects.bulk_update(rows, ["clause"])
    row.save()
    record(
        by=by,
        action="visit.confirmed",
        row=row,
        authority=row.authority_id,
        summary=str(row),
        after={"tasks": len(rows)},
    )
    tell(
        users=[row.by],
        kind="visit.confirmed",
        row=row,
        text=f"Директор подтвердил договорённости: {row.school}",
        url=reverse("mentoring:visit_detail", args=[row.pk]),
    )
    return row


@transaction.atomic
def object_to(*, by: User, visit: Visit, words: str) -> None:
    """The director does not agree: the words go back to the curator, who mends and asks again."""
    row = Visit.objects.select_for_update(of=("self",)).select_related("school", "by").get(pk=visit.pk)
    if not row.waits_for_director:
        raise Refused("Этот визит не ждёт вашего подтверждения.")
    if not words.strip():
        raise Refused("Напишите, с чем вы не согласны.")
    row.objection, row.asked_at = words.strip()[:2000], None
    row.save(update_fields=["objection", "asked_at"])
    record(by=by, action="visit.objected", row=row, authority=row.authority_id, summary=str(row), reason=row.objection)
    tell(
        users=[row.by],
        kind="visit.objected",
        row=row,
        text=f"Замечание директора к договорённостям: {row.school}",
        url=reverse("mentoring:visit_detail", args=[row.pk]),
    )


@transaction.atomic
def attach(*, by: User, visit: Visit, file: StoredFile) -> VisitFile:
    row = _held(visit, by)
    if row.files.count() >= MOST_FILES:
        raise Refused(f"К визиту можно приложить не больше {MOST_FILES} файлов.")
    made = VisitFile.objects.create(visit=row, file=file, added_by=by)
    record(by=by, action="visit.file", row=row, authority=row.authority_id, summary=file.name)
    return made


@transaction.atomic
def write(*, by: User, school: Organization, text: str, from_curator: bool) -> CareMessage:
    """A line of the thread: a curator's question waits until the office answers; an answer settles what waited."""
    if not text.strip():
        raise Refused("Напишите вопрос или ответ.")
    assert school.authority_id is not None
    if not from_curator:
        CareMessage.objects.filter(school=school, waiting=True).update(waiting=False)
    row = CareMessage.objects.create(
        authority_id=school.authority_id,
        school=school,
        by=by,
        text=text.strip()[:4000],
        from_curator=from_curator,
        waiting=from_curator,
    )
    record(by=by, action="care.message", row=row, authority=row.authority_id, summary=str(school))
    url = reverse("mentoring:school_detail", args=[school.pk]) + "#thread"
    if from_curator:
        told = people_of([school.authority_id]).get(school.authority_id, [])
        text_of = f"Вопрос куратора о школе: {school}"
    else:
        rows = Curatorship.objects.active_on(clock.today(school.zone)).filter(school=school, membership__isnull=False)
        told = [care.membership.user for care in rows.select_related("membership__user") if care.membership]
        text_of = f"Ответ управления о школе: {school}"
    tell(users=[user for user in told if user.pk != by.pk], kind="care.message", row=row, text=text_of, url=url)
    return row


def _held(visit: Visit, by: User) -> Visit:
    row = Visit.objects.select_for_update(of=("self",)).select_related("school__authority").get(pk=visit.pk)
    if row.by_id != by.pk:
        raise Refused("Запись о визите ведёт тот, кто его проводит.")
    if row.confirmed_at is not None:
        raise Refused("Директор уже подтвердил этот визит: запись закрыта.")
    if row.state == VisitState.CANCELLED:
        raise Refused("Визит отменён.")
    return row


def _tell_school(row: Visit, text: str) -> None:
    tell(
        users=people_of([row.school_id]).get(row.school_id, []),
        kind="visit",
        row=row,
        text=text,
        url=reverse("mentoring:visit_detail", args=[row.pk]),
    )
