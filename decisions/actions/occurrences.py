"""Duties that come again: opened when their document is sent, carried on by a scan, ended by the office with a reason.

At any moment a school has at most one report of a duty ahead. The next one appears when the last was closed or its day has
passed (a rare one not earlier than two months ahead). After a stop of the program the days that passed meanwhile are not made up:
nobody could have been asked, so the school gets the coming report only, and its history says how many were left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from config import clock
from decisions import duties
from decisions.actions.participants import same_co_executors
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.deadlines.school_terms import resolved
from decisions.enums import Control, DeadlineKind, DocumentState, Nature, TaskState
from decisions.errors import Refused
from decisions.models import Assignment, AssignmentEvent, Clause, Document, Duty
from decisions.models.tasks import OPEN_STATES
from decisions.news import people_of, tell
from schools.audit import record
from schools.models import OfficeSettings, Organization, SchoolTerm, User
from schools.school_year import QUARTERS, Span, proposed, school_year_of, with_halves


class Rhythm:
    """What an office says about reports that come again: its rhythm and the ends of its quarters. Two queries when made."""

    def __init__(self, authority: Organization, today: dt.date) -> None:
        office = OfficeSettings.objects.filter(authority=authority).first()
        self.standing = office.standing_rhythm if office else "june"
        self.entered = entered_terms(authority)
        year = school_year_of(today)
        self.terms = sorted(
            (self.entered.get((y, kind)) or proposed(y)[kind])[1]
            for y in range(year - 1, year + 3)
            for kind in QUARTERS
        )
        self.today = today

    def event_day(self, holder: Clause, start: dt.date) -> dt.date | None:
        """The day of «по итогам I четверти», «в каникулы» by the terms the office entered; a proposal is never taken."""
        if holder.deadline_kind != DeadlineKind.EVENT or holder.deadline_due:
            return None
        return resolved(holder.deadline_text, after=start, spans=self.entered)

    def rule_for(self, clause: Clause, holder: Clause) -> duties.Rule | None:
        """Whether the clause is a duty that comes again: on control, an order, under a term that repeats."""
        if clause.control != Control.CONTROL or clause.nature != Nature.ORDERS:
            return None
        return duties.rule_of(holder.deadline_kind, holder.deadline_rrule, holder.deadline_rule)

    def first_due(self, rule: duties.Rule, holder: Clause, start: dt.date) -> dt.date | None:
        """The first report that can still be given: a paper entered late asks nothing for days that passed before."""
        printed = bool(holder.deadline_rrule)
        due = duties.first_due(rule, rhythm=self.standing, printed=printed, start=start, terms=self.terms)
        if due is not None and due < self.today:
            return self.next_due(rule, start=start, after=self.today - dt.timedelta(days=1))
        return due

    def next_due(self, rule: duties.Rule, *, start: dt.date, after: dt.date) -> dt.date | None:
        return duties.next_due(self.rrule(rule), start=start, after=after, terms=self.terms)

    def rrule(self, rule: duties.Rule) -> str:
        return duties.RHYTHMS[self.standing] if rule.standing else rule.rrule


def entered_terms(authority: Organization) -> dict[tuple[int, str], Span]:
    """The school terms of an office as it entered them, half-years made of quarters; one query."""
    by_year: dict[int, dict[str, Span]] = {}
    for row in SchoolTerm.objects.filter(authority=authority):
        by_year.setdefault(row.year, {})[row.kind] = (row.start, row.end)
    return {(year, kind): span for year, rows in by_year.items() for kind, span in with_halves(rows).items()}


def open_duties(rows: Iterable[tuple[Clause, duties.Rule]], start: dt.date) -> None:
    """Duties of clauses that have just got tasks; one that ended comes back to life."""
    for clause, rule in {clause.pk: (clause, rule) for clause, rule in rows}.values():
        Duty.objects.update_or_create(
            clause=clause,
            defaults={"standing": rule.standing, "rrule": rule.rrule, "ended_on": None, "ended_reason": ""},
            create_defaults={"standing": rule.standing, "rrule": rule.rrule, "started": start},
        )


def advance_all() -> int:
    """One scan of all offices, each by the clock of its place; may run as often and as many at once as it likes."""
    made = 0
    offices = Duty.objects.filter(_live(clock.today())).values("clause__document__authority")
    for authority in Organization.objects.filter(pk__in=offices):
        made += advance(authority=authority, today=clock.today(authority.zone))
    return made


def _live(today: dt.date) -> Q:
    return Q(clause__document__state=DocumentState.SENT) & (Q(ended_on__isnull=True) | Q(ended_on__gte=today))


def advance(*, authority: Organization, today: dt.date) -> int:
    """Makes the next report of every duty of one office whose last one is closed or past."""
    rhythm = Rhythm(authority, today)
    calendar, shift = OfficeCalendar(authority), shift_of(authority)
    waiting = _last().filter(authority=authority).filter(_finished(today)).values_list("clause_id", flat=True)
    live = Duty.objects.filter(_live(today), clause__document__authority=authority, clause__in=waiting)
    made: list[Assignment] = []
    for pk in live.values_list("pk", flat=True):
        made += _advance_one(pk, rhythm, calendar, shift)
    return len(made)


def _last() -> Any:
    """The last occurrence for each clause and organisation."""
    later = Assignment.objects.filter(
        clause=OuterRef("clause"), organization=OuterRef("organization"), occurrence__gt=OuterRef("occurrence")
    )
    return Assignment.objects.filter(~Exists(later))


def _finished(today: dt.date) -> Q:
    return Q(effective_due__lt=today) & ~Q(state=TaskState.CANCELLED) | Q(
        state__in=[TaskState.DONE, TaskState.WITHDRAWN]
    )


@transaction.atomic
def _advance_one(pk: int, rhythm: Rhythm, calendar: OfficeCalendar, shift: Any) -> list[Assignment]:
    duty = Duty.objects.select_for_update(of=("self",)).select_related("clause__document").filter(pk=pk).first()
    if duty is None:
        return []
    today, rule = rhythm.today, duties.Rule(duty.standing, duty.rrule)
    # Read only now, under the lock: a second scan that waited here finds the first one's rows and makes nothing.
    last = list(_last().filter(clause=pk).filter(_finished(today)).select_related("organization"))
    heirs = set(Assignment.objects.filter(clause=pk).values_list("organization_id", flat=True))
    rows: list[tuple[Assignment, int]] = []
    for row in last:
        base = row.due or row.effective_due or today
        due = rhythm.next_due(rule, start=duty.started, after=max(base, today - dt.timedelta(days=1)))
        if due is None or (duty.ended_on and due > duty.ended_on):
            continue
        if not duty.standing and due - today > duties.AHEAD:
            continue
        organization = row.organization
        if organization.closed and organization.closed <= today:
            if organization.successor_id is None or organization.successor_id in heirs:
                continue
            heirs.add(organization.successor_id)
            organization = organization.successor  # type: ignore[assignment]
        missed = duties.days_between(rhythm.rrule(rule), start=duty.started, after=base, before=due, terms=rhythm.terms)
        number = 1 if organization.pk != row.organization_id else row.occurrence + 1
        rows.append(
            (
                Assignment(
                    authority_id=row.authority_id,
                    document_id=row.document_id,
                    clause_id=pk,
                    organization=organization,
                    occurrence=number,
                    reports=True,
                    ongoing=duty.standing,
                    about_quality=row.about_quality,
                    due=due,
                    effective_due=effective(due, office_calendar=calendar.of(organization.pk), shift=shift),
                    checker_id=row.checker_id,
                    controller_id=row.controller_id,
                ),
                missed,
            )
        )
    made = Assignment.objects.bulk_create([row for row, _ in rows])
    same_co_executors(made)
    AssignmentEvent.objects.bulk_create(
        AssignmentEvent(
            assignment=row,
            kind="назначен следующий отчёт",
            state=TaskState.ASSIGNED,
            comment=f"Пропущено сроков, пока программа не работала: {missed}." if missed else "",
        )
        for row, missed in rows
    )
    return made


@transaction.atomic
def end_duty(*, by: User, clause: Clause, day: dt.date, reason: str) -> int:
    """«Обязанность прекращена»: reports due after the day are cancelled, those due before it stay; schools are told."""
    if len(reason.strip()) < 5:
        raise Refused("Напишите, почему обязанность прекращается: школы увидят причину.")
    duty = Duty.objects.select_for_update(of=("self",)).filter(pk=clause.pk).first()
    if duty is None:
        raise Refused("Этот пункт не повторяется: прекращать нечего.")
    if duty.ended_on:
        raise Refused(f"Обязанность уже прекращена с {duty.ended_on:%d.%m.%Y}. Обновите страницу.")
    if day < duty.started:
        raise Refused(f"Обязанность началась {duty.started:%d.%m.%Y}: раньше её прекратить нельзя.")
    duty.ended_on, duty.ended_by, duty.ended_reason = day, by, reason.strip()[:500]
    duty.save()
    rows = list(
        Assignment.objects.select_for_update(of=("self",))
        .filter(clause=clause, state__in=OPEN_STATES)
        .filter(Q(effective_due__gt=day) | Q(effective_due__isnull=True))
        .select_related("document")
    )
    cancel(rows, by=by, comment=f"Обязанность прекращена с {day:%d.%m.%Y}: {duty.ended_reason}")
    record(
        by=by,
        action="duty.ended",
        row=clause,
        authority=clause.document.authority_id,
        after={"ended_on": day.isoformat()},
        reason=duty.ended_reason,
    )
    people = people_of({row.organization_id for row in rows})
    where = clause.document.short_title + (f", п. {clause.shown_number}" if clause.shown_number else "")
    for row in rows:
        tell(
            users=people.get(row.organization_id, []),
            kind="duty.ended",
            row=row,
            text=f"{where}: больше не нужно отчитываться",
            url=reverse("decisions:task_detail", args=[row.pk]),
        )
    return len(rows)


def cancel(rows: Sequence[Assignment], *, by: User, comment: str) -> None:
    """Cancels tasks already locked by the caller, each with its line of history."""
    for row in rows:
        row.state, row.closed_on = TaskState.CANCELLED, clock.today(row.organization.zone)
        row.version += 1
        row.save(update_fields=["state", "closed_on", "version"])
    AssignmentEvent.objects.bulk_create(
        AssignmentEvent(assignment=row, by=by, kind="отменено", state=TaskState.CANCELLED, comment=comment)
        for row in rows
    )


def resettle(*, document: Document, items: Iterable[Any], today: dt.date) -> None:
    """After our reading of a term was mended: duties follow it, open reports get the first coming day of a new rule."""
    rhythm = Rhythm(document.authority, today)
    calendar, shift = OfficeCalendar(document.authority), shift_of(document.authority)
    start = document.date or today
    for item in items:
        rule = rhythm.rule_for(item.clause, item.deadline_clause)
        if rule is None:
            Duty.objects.filter(pk=item.clause.pk).delete()
            continue
        open_duties([(item.clause, rule)], start)
        due = item.clause.control_date or rhythm.first_due(rule, item.deadline_clause, start)
        open_now = item.clause.assignments.filter(state__in=OPEN_STATES, recommended=False)
        six = open_now.filter(organization__school__six_day_week=True).values("pk")
        for rows, week in ((open_now.exclude(pk__in=six), calendar), (open_now.filter(pk__in=six), calendar.six_days)):
            rows.update(due=due, effective_due=effective(due, office_calendar=week, shift=shift), ongoing=rule.standing)
