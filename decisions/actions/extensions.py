"""Terms that move: a school asks, who set the date decides; the office moves dates itself; explanations stand beside.

Every change of a date leaves a `DateChange` and a line of history; a term of a higher body is passed only with its consent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from config import clock
from config.ui.words import counted
from decisions import extension_rules as rules
from decisions.actions.bulk import Outcome, one_by_one
from decisions.actions.moves import hold, move, place_of, refuse_closed, sentences
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.enums import DateChangeKind, PartKind, RequestState
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, Clause, DateChange, Document, Explanation, ExtensionRequest, Pursuance
from decisions.models.documents import whole_papers
from decisions.news import people_of, tell
from schools.audit import record
from schools.enums import Role
from schools.models import Membership, OfficeSettings, User


def cutoff_of(authority_id: int) -> int:
    """Days before the term by which the office wants to be asked."""
    row = OfficeSettings.objects.filter(pk=authority_id).first()
    return row.extension_days if row else OfficeSettings._meta.get_field("extension_days").default


def who_decides(authority_id: int) -> list[User]:
    """Heads of the authority, and its methodists where the office lets them move dates."""
    delegated = OfficeSettings.objects.filter(pk=authority_id, methodist_moves=True).exists()
    roles = [Role.HEAD, Role.METHODIST] if delegated else [Role.HEAD]
    rows = Membership.objects.held_on(clock.today()).filter(
        organization=authority_id, role__in=roles, user__is_active=True
    )
    return list({row.user_id: row.user for row in rows.select_related("user")}.values())


# --- asking ---


@transaction.atomic
def ask(*, by: User, assignment: Assignment, wanted: dt.date, reason: str, batch: str) -> ExtensionRequest:
    """A school asks for a later term of one task. Allowed after the cut-off and after the term, but marked."""
    row = hold([assignment])[0]
    refuse_closed(row.organization)
    today = clock.today(row.organization.zone)
    if row.effective_due is None:
        raise Refused("У поручения нет срока: продлевать нечего.")
    if wrong := rules.wrong_day(wanted, due=row.effective_due, today=today):
        raise Refused(wrong)
    if ExtensionRequest.objects.filter(assignment=row, state=RequestState.WAITING).exists():
        raise Conflict("О продлении уже попросили: дождитесь решения или отзовите просьбу.")
    late = rules.is_late(today, row.effective_due, cutoff_of(row.authority_id))
    move(row, "ask_extension", by=by, reason=reason, day=wanted, note=f"до {wanted:%d.%m.%Y}")
    return ExtensionRequest.objects.create(
        assignment=row,
        batch=batch,
        asked_by=by,
        reason=reason.strip(),
        due_before=row.effective_due,
        wanted=wanted,
        late=late,
    )


def ask_many(*, by: User, assignments: Sequence[Assignment], wanted: dt.date, reason: str, batch: str) -> Outcome:
    """Several tasks with one reason and one day; each is checked by itself, those who decide are told once."""
    found = one_by_one(assignments, lambda row: ask(by=by, assignment=row, wanted=wanted, reason=reason, batch=batch))
    if found.done:
        first = found.done[0].assignment
        tell(
            users=who_decides(first.authority_id),
            kind="extension.asked",
            row=found.done[0],
            text=f"{first.organization} просит продлить срок до {wanted:%d.%m.%Y}: "
            + counted(len(found.done), "поручение", "поручения", "поручений"),
            url=reverse("decisions:extension_list"),
        )
    return found


@transaction.atomic
def drop(*, by: User, request: ExtensionRequest) -> None:
    """The school takes its request back while nobody has decided it."""
    row = hold([request.assignment])[0]
    held = _waiting(request)
    move(row, "drop_extension", by=by)
    held.state, held.decided_by, held.decided_at = RequestState.DROPPED, by, clock.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])


# --- deciding ---


@transaction.atomic
def grant(
    *, by: User, request: ExtensionRequest, day: dt.date | None = None, answer: str = "", consent: str = ""
) -> ExtensionRequest:
    """Agrees to the asked day, or to another one. Beyond a higher body's term the paper of its consent is needed."""
    row = hold([request.assignment])[0]
    held = _waiting(request)
    new = day or held.wanted
    if wrong := rules.wrong_day(new, due=row.effective_due, today=clock.today(row.organization.zone)):
        raise Refused(wrong)
    effective_day = _effective(row, new)
    if row.effective_due and effective_day <= row.effective_due:
        raise Refused(
            f"{new:%d.%m.%Y} — выходной, срок станет {effective_day:%d.%m.%Y}: это не позже прежнего. Выберите другой день."
        )
    verb = "extend_higher" if _beyond(row, new) else "extend"
    before = row.effective_due
    row.due, row.effective_due = new, effective_day
    note = f"было {_day(before)}, стало {_day(effective_day)}. Просьба школы: {held.reason}"
    move(row, verb, by=by, day=new, order=consent, reason=answer, note=note)
    held.state = RequestState.AGREED if new == held.wanted else RequestState.OTHER_DAY
    held.granted, held.answer, held.consent = new, answer.strip(), consent.strip()[:300]
    _decide(held, by)
    why = sentences(held.reason, answer, consent)
    _changed(row, by=by, kind=DateChangeKind.EXTENDED, before=before, reason=why, request=held)
    return held


@transaction.atomic
def refuse(*, by: User, request: ExtensionRequest, answer: str) -> ExtensionRequest:
    """The term stays; the school reads why."""
    row = hold([request.assignment])[0]
    held = _waiting(request)
    move(row, "refuse_extension", by=by, reason=answer)
    held.state, held.answer = RequestState.REFUSED, answer.strip()
    _decide(held, by)
    return held


def decide_many(
    *,
    by: User,
    requests: Sequence[ExtensionRequest],
    verb: str,
    day: dt.date | None = None,
    answer: str = "",
    consent: str = "",
) -> Outcome:
    """«agree», «other» (another `day`) or «refuse» for several requests; each school is told once."""

    def one(request: ExtensionRequest) -> ExtensionRequest:
        if verb == "refuse":
            return refuse(by=by, request=request, answer=answer)
        if verb == "other" and day is None:
            raise Refused("Укажите другую дату, на которую согласны продлить срок.")
        return grant(by=by, request=request, day=day if verb == "other" else None, answer=answer, consent=consent)

    if verb not in ("agree", "other", "refuse"):
        raise Refused("Выберите решение: согласовать, другая дата или отказать.")
    found = one_by_one(requests, one)
    _tell_decided(found.done)
    return found


def _waiting(request: ExtensionRequest) -> ExtensionRequest:
    held = ExtensionRequest.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=request.pk)
    if held.state != RequestState.WAITING:
        who = f" ({held.decided_by})" if held.decided_by else ""
        raise Conflict(f"Просьба уже рассмотрена{who}: {held.get_state_display()}. Обновите страницу.")
    return held


def _decide(held: ExtensionRequest, by: User) -> None:
    held.decided_by, held.decided_at = by, clock.now()
    held.save()
    record(
        by=by,
        action="extension.decided",
        row=held,
        authority=held.assignment.authority_id,
        summary=str(held),
        after={"state": held.state, "granted": str(held.granted or "")},
        reason=held.answer,
    )


def _tell_decided(requests: Iterable[ExtensionRequest]) -> None:
    rows = list(requests)
    people = people_of({r.assignment.organization_id for r in rows})
    by_school: dict[int, list[ExtensionRequest]] = {}
    for one in rows:
        by_school.setdefault(one.assignment.organization_id, []).append(one)
    for organization_id, own in by_school.items():
        agreed = sum(one.is_agreed for one in own)
        words = []
        if agreed:
            words.append(f"продлено: {agreed}")
        if len(own) - agreed:
            words.append(f"отказано: {len(own) - agreed}")
        tell(
            users=people.get(organization_id, []),
            kind="extension.decided",
            row=own[0],
            text=f"Решение о продлении срока — {', '.join(words)}",
            url=reverse("decisions:extension_list"),
        )


# --- the office moves dates itself ---


@transaction.atomic
def move_date(
    *,
    by: User,
    assignment: Assignment,
    day: dt.date,
    reason: str,
    consent: str = "",
    kind: DateChangeKind = DateChangeKind.MOVED,
) -> Assignment:
    """Another term by the decision of who set it: later or earlier, never past. Answers a waiting request too."""
    row = hold([assignment])[0]
    if wrong := rules.wrong_move(day, today=clock.today(row.organization.zone)):
        raise Refused(wrong)
    before, after = row.effective_due, _effective(row, day)
    if before == after:
        raise Refused(f"Срок и так {after:%d.%m.%Y}.")
    if bound := _beyond(row, day):
        if not consent.strip():
            raise Refused(
                f"Срок до {bound.day:%d.%m.%Y} назначен вышестоящим органом («{bound.document}»): "
                "укажите документ, которым он согласился на продление."
            )
    row.due, row.effective_due = day, after
    note = f"было {_day(before)}, стало {_day(after)}"
    move(row, "move_date", by=by, reason=reason, day=day, order=consent, note=note)
    _changed(row, by=by, kind=kind, before=before, reason=reason.strip())
    waiting = ExtensionRequest.objects.select_for_update(of=("self",)).filter(
        assignment=row, state=RequestState.WAITING
    )
    for one in waiting:
        one.state = RequestState.AGREED if day == one.wanted else RequestState.OTHER_DAY
        one.granted, one.answer = day, reason.strip()
        _decide(one, by)
    return row


def move_dates(*, by: User, assignments: Sequence[Assignment], day: dt.date, reason: str, consent: str = "") -> Outcome:
    """Several tasks to one day with one reason; each is checked by itself, each school is told once."""
    found = one_by_one(
        assignments, lambda row: move_date(by=by, assignment=row, day=day, reason=reason, consent=consent)
    )
    people = people_of({row.organization_id for row in found.done})
    told: set[int] = set()
    for row in found.done:
        if row.organization_id in told:
            continue
        told.add(row.organization_id)
        number = sum(one.organization_id == row.organization_id for one in found.done)
        more = "" if number == 1 else f" и ещё {number - 1}"
        tell(
            users=people.get(row.organization_id, []),
            kind="date.moved",
            row=row,
            text=f"{place_of(row)}{more}: срок перенесён на {_day(row.effective_due)}",
            url=reverse("decisions:task_detail", args=[row.pk]),
        )
    return found


def _changed(
    row: Assignment,
    *,
    by: User,
    kind: DateChangeKind,
    before: dt.date | None,
    reason: str,
    request: ExtensionRequest | None = None,
) -> None:
    DateChange.objects.create(
        assignment=row, by=by, kind=kind, before=before, after=row.effective_due, reason=reason, request=request
    )
    record(
        by=by,
        action="task.date_moved",
        row=row,
        authority=row.authority_id,
        summary=f"{row.organization}: {place_of(row)}",
        before={"due": str(before or "")},
        after={"due": str(row.effective_due or "")},
        reason=reason,
    )


def _effective(row: Assignment, day: dt.date) -> dt.date:
    office = row.organization.authority or row.organization
    moved = effective(day, office_calendar=OfficeCalendar(office).of(row.organization_id), shift=shift_of(office))
    assert moved is not None
    return moved


def _day(value: dt.date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else "без срока"


# --- terms of a higher body ---


def higher_terms(documents: Iterable[int]) -> dict[int, list[rules.HigherTerm]]:
    """Terms that a higher body set in what each document carries out, by the document's id; two queries for all.

    Higher are the parts «документ вышестоящего органа» of the same file, and what the document is «во исполнение» of when
    it is a higher body's. An own document of the same authority binds nobody: who set its term may move it.
    """
    wanted = set(documents)
    family = (
        Document.objects.filter(Q(pk__in=wanted) | Q(part_of__in=wanted))
        .select_related("in_pursuance_of")
        .defer("source_text", "reading", *whole_papers("in_pursuance_of"))
    )
    tops: dict[int, set[int]] = {}
    for one in family:
        above = one.in_pursuance_of
        if one.part_kind == PartKind.HIGHER and one.part_of_id:
            tops.setdefault(one.pk, set()).add(one.part_of_id)
        if above is not None and (above.part_kind == PartKind.HIGHER or above.authority_id != one.authority_id):
            tops.setdefault(above.pk, set()).add(one.part_of_id or one.pk)
    found: dict[int, list[rules.HigherTerm]] = {}
    if not tops:
        return found
    rows = Clause.objects.filter(document__in=tops, deadline_due__isnull=False).select_related("document")
    for clause in rows.defer(*whole_papers("document")):
        assert clause.deadline_due is not None
        for top in tops[clause.document_id]:
            term = rules.HigherTerm(clause.deadline_due, clause.document.long_title[:200])
            found.setdefault(top, []).append(term)
    return found


def bounds_of(assignments: Sequence[Assignment]) -> dict[int, rules.HigherTerm]:
    """The higher term each task must keep within, by its first term (an extension does not loosen the bond)."""
    found = _linked([row.clause_id for row in assignments])
    found = {row.pk: found[row.clause_id] for row in assignments if row.clause_id in found}
    terms = higher_terms({row.document_id for row in assignments})
    if not terms:
        return found
    changes = DateChange.objects.filter(assignment__in=[a.pk for a in assignments], before__isnull=False)
    first: dict[int, dt.date | None] = {}
    for pk, before in changes.order_by("pk").values_list("assignment_id", "before"):
        first.setdefault(pk, before)
    for row in assignments:
        bound = rules.bound_of(first.get(row.pk, row.due), terms.get(row.document_id, []))
        if bound is not None:
            found.setdefault(row.pk, bound)
    return found


def _linked(clauses: Sequence[int]) -> dict[int, rules.HigherTerm]:
    """Clauses that carry out a task given to the authority itself, with the nearest term of such a task."""
    rows = (
        Pursuance.objects.filter(clause__in=clauses, task__effective_due__isnull=False)
        .select_related("task__document")
        .defer(*whole_papers("task__document"))
        .order_by("-task__effective_due")
    )
    return {
        row.clause_id: rules.HigherTerm(row.task.effective_due, row.task.document.long_title[:200])
        for row in rows
        if row.task.effective_due is not None
    }


def _beyond(row: Assignment, day: dt.date) -> rules.HigherTerm | None:
    bound = bounds_of([row]).get(row.pk)
    return bound if bound is not None and day > bound.day else None


# --- explanations ---


@transaction.atomic
def explain(*, by: User, assignment: Assignment, text: str) -> Explanation:
    """«Объяснение» of the director beside an overdue task; the office is told."""
    row = hold([assignment])[0]
    if not row.is_overdue(clock.today(row.organization.zone)):
        raise Refused("Объяснение пишут к просроченному поручению: срок этого ещё не прошёл.")
    move(row, "explain", by=by, reason=text)
    written = Explanation.objects.create(assignment=row, text=text.strip(), by=by)
    if row.checker:
        tell(
            users=[row.checker],
            kind="task.explained",
            row=row,
            text=f"{row.organization}: объяснение о просроченном поручении",
            url=reverse("decisions:task_detail", args=[row.pk]),
        )
    return written
