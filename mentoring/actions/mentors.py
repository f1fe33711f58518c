"""Needs, proposals of mentors, named teachers, the school's order, an early end (ТК РФ, ст. 351.8)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from config import clock
from decisions.news import people_of, tell
from mentoring import matching
from mentoring.actions.care import check
from mentoring.enums import EndedBy, MentorState
from mentoring.models import Mentorship, NeedOfSchool
from monitoring.enums import ListState
from monitoring.models import LowResultsEntry, Result
from schools.audit import record
from schools.errors import Refused
from schools.models import GroupMember, Organization, User

LIMIT = 2  # mentors one school gives at a time


@transaction.atomic
def declare(
    *, by: User, school: Organization, school_year: int, subject: str, teachers: int, text: str
) -> NeedOfSchool:
    """A school says itself with which subject it needs help."""
    assert school.authority_id is not None
    row = NeedOfSchool(
        authority_id=school.authority_id,
        school=school,
        school_year=school_year,
        subject=" ".join(subject.split())[:80],
        teachers=teachers,
        text=text.strip()[:1000],
        declared_by=by,
    )
    check(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as why:
        raise Refused("Такая потребность этой школы уже заявлена.") from why
    record(by=by, action="need.declared", row=row, authority=row.authority_id, summary=str(row))
    return row


@transaction.atomic
def close_need(*, by: User, need: NeedOfSchool) -> None:
    if need.closed_on is not None:
        raise Refused("Потребность уже снята.")
    need.closed_on = clock.today(need.school.zone)
    need.save(update_fields=["closed_on"])
    record(by=by, action="need.closed", row=need, authority=need.authority_id, summary=str(need))


def listed_schools(authority: Organization | int) -> set[int]:
    """Schools of approved lists of the two newest years and of confidential groups: they are helped, they do not help."""
    pk = authority if isinstance(authority, int) else authority.pk
    entries = LowResultsEntry.objects.filter(listing__authority=pk, listing__state=ListState.APPROVED)
    pairs = list(entries.values_list("organization_id", "listing__school_year").distinct())
    newest = max((year for _, year in pairs), default=0)
    out = {school for school, year in pairs if year >= newest - 1}
    members = GroupMember.objects.filter(group__authority=pk, group__confidential=True, valid_to__isnull=True)
    return out | set(members.values_list("organization_id", flat=True))


def suggestions(
    needs: Sequence[NeedOfSchool], authority: Organization, schools_of_office: Sequence[Organization], *, today: dt.date
) -> dict[int, tuple[Organization, tuple[str, ...]]]:
    """Need id → (donor school, reasons). Read-only; a constant number of queries. `schools_of_office` are its open schools."""
    subjects = {need.subject for need in needs}
    if not subjects:
        return {}
    schools = {school.pk: school for school in schools_of_office}
    listed = listed_schools(authority)
    years: dict[tuple[int, str], list[matching.Year]] = defaultdict(list)
    rows = (
        Result.objects.filter(
            authority=authority, assessment__subject__in=subjects, n2__isnull=False, participants__gt=0
        )
        .values("organization_id", "assessment__subject", "assessment__school_year")
        .annotate(people=Sum("participants"), low=Sum("low"), n4=Sum("n4"), n5=Sum("n5"))
        .order_by()
    )
    for row in rows:
        years[row["organization_id"], row["assessment__subject"]].append(
            matching.Year(row["assessment__school_year"], row["people"], row["low"] or 0, row["n4"] + row["n5"])
        )
    load: dict[int, int] = defaultdict(int)
    refused: dict[int, set[int]] = defaultdict(set)
    for given in Mentorship.objects.filter(authority=authority).values("donor_id", "state", "need_id", "valid_to"):
        if given["state"] not in (MentorState.ENDED, MentorState.DECLINED):
            load[given["donor_id"]] += given["valid_to"] is None or given["valid_to"] >= today
        elif given["need_id"]:
            refused[given["need_id"]].add(given["donor_id"])
    donors: dict[str, list[matching.Donor]] = defaultdict(list)
    for (school, subject), known in years.items():
        if school in schools:
            donors[subject].append(
                matching.Donor(school, schools[school].settlement, tuple(known), load[school], school in listed)
            )
    asked = [
        matching.Need(
            need.pk, need.school_id, need.school.settlement, need.subject, frozenset(refused.get(need.pk, ()))
        )
        for need in needs
    ]
    found = matching.propose(asked, donors, limit=LIMIT)
    return {one.need: (schools[one.donor], one.reasons) for one in found}


@transaction.atomic
def propose(*, by: User, need: NeedOfSchool, donor: Organization, reason: str) -> Mentorship:
    """The methodist offers a pair of schools; their directors name the teachers."""
    if donor.authority_id != need.authority_id or not donor.is_school or donor.pk == need.school_id:
        raise Refused("Выберите другую школу своего округа.")
    if donor.pk in listed_schools(need.authority_id):
        raise Refused(f"«{donor}» сама получает помощь: выберите другую школу.")
    if Mentorship.objects.running(clock.today(donor.zone)).filter(donor=donor).count() >= LIMIT:
        raise Refused(f"«{donor}» уже даёт наставников: {LIMIT}. Больше не предлагаем, чтобы не перегружать.")
    if Mentorship.objects.open().filter(need=need, donor=donor).exists():
        raise Refused("Этой школе это уже предложено.")
    row = Mentorship.objects.create(
        authority_id=need.authority_id,
        need=need,
        subject=need.subject,
        school_year=need.school_year,
        donor=donor,
        school=need.school,
        reason=reason[:1000],
        created_by=by,
    )
    record(by=by, action="mentor.proposed", row=row, authority=row.authority_id, summary=str(row), reason=row.reason)
    people = people_of([row.donor_id, row.school_id])
    for users in people.values():
        tell(
            users=users,
            kind="mentor.proposed",
            row=row,
            text=f"Наставничество, {row.subject}: назовите педагога",
            url=reverse("mentoring:mentorship_detail", args=[row.pk]),
        )
    return row


@transaction.atomic
def name_teacher(*, by: User, mentorship: Mentorship, side: str, name: str) -> Mentorship:
    """A director names the own teacher: of the donor the mentor, of the other school the one who is helped."""
    row = Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    if row.state not in (MentorState.PROPOSED, MentorState.AGREED):
        raise Refused("Педагогов называют, пока наставничество не началось.")
    name = " ".join(name.split())[:200]
    if len(name.split()) < 2:
        raise Refused("Напишите фамилию, имя и отчество педагога.")
    if side == "donor":
        row.mentor_name = name
    else:
        row.teacher_name = name
    if row.mentor_name and row.teacher_name:
        if row.donor_id == row.school_id and row.mentor_name.casefold() == row.teacher_name.casefold():
            raise Refused("Наставник и педагог — разные люди.")
        row.state = MentorState.AGREED
    row.save()
    record(by=by, action="mentor.named", row=row, authority=row.authority_id, summary=str(row), after={side: name})
    return row


@transaction.atomic
def decline(*, by: User, mentorship: Mentorship, reason: str) -> None:
    row = Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    if row.state not in (MentorState.PROPOSED, MentorState.AGREED):
        raise Refused("Отказаться можно, пока наставничество не началось.")
    row.state, row.end_reason = MentorState.DECLINED, reason.strip()[:500]
    row.save(update_fields=["state", "end_reason"])
    record(
        by=by, action="mentor.declined", row=row, authority=row.authority_id, summary=str(row), reason=row.end_reason
    )


@transaction.atomic
def begin(
    *,
    by: User,
    mentorship: Mentorship,
    consent_on: dt.date,
    order_number: str,
    order_on: dt.date,
    pay: str,
    content: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
) -> Mentorship:
    """The mentor's school records its order; only then the mentorship is in force."""
    row = Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    if row.state != MentorState.AGREED:
        raise Refused("Сначала обе школы называют педагогов.")
    today = clock.today(row.donor.zone)
    if consent_on > today or order_on > today:
        raise Refused("Дата ещё не наступила: согласие и приказ записывают, когда они есть.")
    if order_on < consent_on:
        raise Refused("Приказ издают после письменного согласия: проверьте даты.")
    row.consent_on, row.order_number, row.order_on = consent_on, order_number.strip()[:60], order_on
    row.pay, row.content = pay.strip()[:300], content.strip()[:1000]
    row.valid_from, row.valid_to, row.state = valid_from, valid_to, MentorState.ACTIVE
    check(row)
    row.save()
    record(
        by=by,
        action="mentor.begun",
        row=row,
        authority=row.authority_id,
        summary=str(row),
        after={"order": row.order_number, "on": str(order_on)},
    )
    return row


@transaction.atomic
def end(*, by: User, mentorship: Mentorship, day: dt.date, ended_by: str, reason: str) -> Mentorship:
    """The end by term or early by either side, as the law lets them."""
    row = Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    if row.state != MentorState.ACTIVE:
        raise Refused("Завершить можно действующее наставничество.")
    if ended_by not in EndedBy.values:
        raise Refused("Укажите, кто завершает наставничество.")
    if day > clock.today(row.donor.zone):
        raise Refused("Этот день ещё не наступил.")
    row.state, row.ended_on, row.ended_by, row.end_reason = MentorState.ENDED, day, ended_by, reason.strip()[:500]
    check(row)
    row.save()
    record(by=by, action="mentor.ended", row=row, authority=row.authority_id, summary=str(row), reason=row.end_reason)
    return row
