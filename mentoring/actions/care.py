"""Curatorships: appointing by hand or from an order, recording consent, ending; the dated membership goes with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from config import clock
from decisions.actions.intake import start_empty
from decisions.enums import Circulation, DocumentKind, PartyRole, PartyType
from decisions.models import Addressee, Clause, Document
from decisions.news import people_of, tell
from mentoring import naming, posts
from mentoring.enums import CareState
from mentoring.models import Curatorship, OfferAnswer
from mentoring.offers import Offer
from schools.actions.people import open_account
from schools.audit import record
from schools.enums import Role
from schools.errors import Refused
from schools.models import Membership, Organization, Person, Position, User
from schools.search import normalized


def check(row: Any) -> None:
    """Constraints of the model as words a person can read."""
    try:
        row.validate_constraints()
    except ValidationError as why:
        raise Refused(" ".join(why.messages)) from why


@transaction.atomic
def appoint(
    *,
    by: User,
    person: Person,
    school: Organization,
    workplace: Organization | None,
    post: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    document: Document | None = None,
    clause: Clause | None = None,
    basis: str = "",
    consent_on: dt.date | None = None,
) -> Curatorship:
    """A curator of a school from a day; the person sees that school while it lasts. Raises `Refused`."""
    if not school.is_school:
        raise Refused("Куратора назначают школе.")
    if Membership.objects.filter(
        user__person=person, organization=school, role__in=[Role.DIRECTOR, Role.STAFF]
    ).held_on(valid_from).exists() or (  # type: ignore[attr-defined]
        Position.objects.held_on(valid_from).filter(person=person, organization=school).exists()
    ):
        raise Refused(f"{person.surname_first} работает в «{school}»: куратор должен быть из другой организации.")
    assert school.authority_id is not None
    # A care whose term has run out is over, whoever forgot to say so: the same pair may begin anew.
    expired = Curatorship.objects.filter(
        person=person, school=school, state=CareState.ACTIVE, valid_to__lt=min(valid_from, clock.today(school.zone))
    )
    expired.update(state=CareState.ENDED, ended_on=F("valid_to"), end_reason="окончился срок")
    row = Curatorship(
        authority_id=school.authority_id,
        person=person,
        post=post.strip()[:300],
        workplace=workplace,
        school=school,
        valid_from=valid_from,
        valid_to=valid_to,
        document=document,
        clause=clause,
        basis=basis.strip()[:300],
        consent_on=consent_on,
        created_by=by,
    )
    check(row)
    row.membership = _membership(row, by=by)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as why:
        raise Refused(f"{person.surname_first} уже куратор «{school}».") from why
    record(
        by=by,
        action="care.appointed",
        row=row,
        authority=row.authority_id,
        summary=str(row),
        after={"from": str(valid_from), "to": str(valid_to or ""), "basis": row.basis_words},
    )
    told = [*people_of([school.pk]).get(school.pk, [])]
    tell(
        users=told,
        kind="care.appointed",
        row=row,
        text=f"Вашей школе назначен куратор: {person.full_name}",
        url=reverse("mentoring:school_detail", args=[school.pk]),
    )
    if row.membership:
        tell(
            users=[row.membership.user],
            kind="care.appointed",
            row=row,
            text=f"Вы назначены куратором: {school}",
            url=reverse("mentoring:school_detail", args=[school.pk]),
        )
    return row


def _membership(row: Curatorship, *, by: User) -> Membership:
    """The dated role that lets the curator see the school; an account without a password is opened where there is none."""
    user = User.objects.filter(person=row.person).first() or open_account(by=by, person=row.person)
    basis = f"Кураторство: {row.basis_words}"[:255]
    # An open role given by hand earlier becomes the one of this care: ended with it, no second door left open.
    kept = user.memberships.filter(role=Role.CURATOR, organization=row.school, valid_to__isnull=True).first()
    if kept is not None:
        kept.valid_to, kept.basis = row.valid_to, basis
        kept.save(update_fields=["valid_to", "basis"])
        return kept
    return Membership.objects.create(
        user=user,
        role=Role.CURATOR,
        organization=row.school,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        basis=basis,
    )


@transaction.atomic
def take_offer(*, by: User, offer: Offer, valid_from: dt.date, valid_to: dt.date | None = None) -> Curatorship:
    """One pair of a registered order becomes a curatorship; the person is entered in the registry where not known."""
    if offer.answer is not None:
        raise Refused(f"{offer.shown_name} → {offer.school}: уже решено.")
    if not offer.takeable:
        raise Refused(f"{offer.printed} → {offer.school}: {offer.doubt}.")
    person = offer.person
    if person is None:
        assert offer.name is not None
        # Two schools of one person in one order: the second pair finds who the first has entered.
        person = _known(offer) or _enter(offer, by=by)
    top = offer.clause.document.part_of or offer.clause.document
    row = appoint(
        by=by,
        person=person,
        school=offer.school,
        workplace=offer.workplace,
        post=offer.post,
        valid_from=valid_from,
        valid_to=valid_to,
        document=top,
        clause=offer.clause,
    )
    OfferAnswer.objects.create(clause=offer.clause, school=offer.school, printed=offer.printed, curatorship=row, by=by)
    return row


def _known(offer: Offer) -> Person | None:
    assert offer.name is not None
    rows = Person.objects.filter(
        search=normalized(f"{offer.name.last} {offer.name.first} {offer.name.patronymic}"),
        positions__organization=offer.workplace,
    ).distinct()[:2]
    return rows[0] if len(rows) == 1 else None


def _enter(offer: Offer, *, by: User) -> Person:
    assert offer.name is not None
    person = Person.objects.create(
        last_name=offer.name.last[:80], first_name=offer.name.first[:80], patronymic=offer.name.patronymic[:80]
    )
    if offer.workplace is not None:
        title = offer.post or "сотрудник"
        Position.objects.create(person=person, organization=offer.workplace, title=title[:200])
    record(
        by=by,
        action="person.added",
        row=person,
        authority=offer.school.authority_id,
        summary=f"{person.surname_first}: из приказа о кураторах",
    )
    return person


@transaction.atomic
def drop_offer(*, by: User, offer: Offer) -> None:
    """«Не назначать»: the pair is not offered again."""
    OfferAnswer.objects.get_or_create(
        clause=offer.clause, school=offer.school, printed=offer.printed, defaults={"by": by}
    )
    record(
        by=by,
        action="care.offer_dropped",
        row=offer.clause,
        authority=offer.school.authority_id,
        summary=f"{offer.printed} → {offer.school}"[:500],
    )


@transaction.atomic
def note_consent(
    *, by: User, row: Curatorship, consent_on: dt.date | None, employer_order: str, employer_order_on: dt.date | None
) -> Curatorship:
    """The curator's consent and the employer's order (domain notes, 7.3)."""
    held = Curatorship.objects.select_for_update(of=("self",)).get(pk=row.pk)
    today = clock.today(held.authority.zone)
    if any(day and day > today for day in (consent_on, employer_order_on)):
        raise Refused("Дата ещё не наступила: согласие и приказ записывают, когда они есть.")
    before = {"consent": str(held.consent_on or ""), "order": held.employer_order}
    held.consent_on, held.employer_order = consent_on, employer_order.strip()[:60]
    held.employer_order_on = employer_order_on
    check(held)
    held.save(update_fields=["consent_on", "employer_order", "employer_order_on"])
    record(
        by=by,
        action="care.consent",
        row=held,
        authority=held.authority_id,
        summary=str(held),
        before=before,
        after={"consent": str(consent_on or ""), "order": held.employer_order},
    )
    return held


@transaction.atomic
def end(*, by: User, row: Curatorship, day: dt.date, reason: str) -> Curatorship:
    """The last day of care with its reason; the role that showed the school ends the same day."""
    held = Curatorship.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.state != CareState.ACTIVE:
        raise Refused("Это кураторство уже завершено.")
    if not reason.strip():
        raise Refused("Напишите, почему кураторство завершается.")
    if day > clock.today(held.authority.zone):
        raise Refused("Этот день ещё не наступил. Завершить можно сегодняшним или прошедшим днём.")
    held.state, held.ended_on, held.end_reason = CareState.ENDED, day, reason.strip()[:500]
    if held.ended_on < held.valid_from:
        raise Refused("Завершение не может быть раньше начала.")
    check(held)
    held.save(update_fields=["state", "ended_on", "end_reason"])
    member = held.membership
    if member is not None:
        last = max(day, member.valid_from) if member.valid_from else day
        if member.valid_to is None or member.valid_to > last:
            member.valid_to = last
            member.save(update_fields=["valid_to"])
    record(
        by=by,
        action="care.ended",
        row=held,
        authority=held.authority_id,
        summary=str(held),
        after={"day": str(day)},
        reason=held.end_reason,
    )
    return held


@transaction.atomic
def draft_order(*, by: User, authority: Organization, pairs: Sequence[tuple[Organization, Person]]) -> Document:
    """A draft order «О кураторах школ» with one line a person, names and posts in the accusative; the editor opens it.

    Where two sources of declension differ the clause carries a question, so that nobody signs a wrong ending.
    """
    from decisions.enums import QuestionField
    from decisions.models import Question

    if not pairs:
        raise Refused("Отметьте школы и выберите для них кураторов.")
    document = start_empty(by=by, authority=authority, kind=DocumentKind.ORDER)
    document.clauses.all().delete()
    document.title = "О назначении кураторов школ с низкими образовательными результатами"
    document.circulation = Circulation.EXCERPT
    document.save(update_fields=["title", "circulation"])
    head = Clause.objects.create(
        document=document,
        path="1",
        number="1",
        position=10,
        nature="states",
        control="info",
        text="Назначить кураторов школ с низкими образовательными результатами:",
        checker=by,
    )
    today = clock.today(authority.zone)
    by_person: dict[int, tuple[Person, list[Organization]]] = {}
    for school, person in pairs:
        by_person.setdefault(person.pk, (person, []))[1].append(school)
    for index, (person, schools) in enumerate(by_person.values(), start=1):
        place = workplace_of(person, today)
        if place is None:
            raise Refused(f"У сотрудника {person.surname_first} не указано место работы: добавьте должность в реестре.")
        if any(school.pk == place.organization_id for school in schools):
            raise Refused(f"{person.surname_first} работает в «{place.organization}»: выберите куратора из другой.")
        name = naming.accusative(person.last_name, person.first_name, person.patronymic)
        post = posts.post_accusative(place.title)
        named = " и ".join(official(school) for school in schools)
        at = posts.place_genitive(official(place.organization))
        text = f"{named} – {name.text}, {post.text} {at.text}{'.' if index == len(by_person) else ';'}"
        clause = Clause.objects.create(
            document=document,
            parent=head,
            path=f"1/-{index}",
            number="-",
            position=10 + index * 10,
            nature="states",
            control="info",
            text=text,
            search=normalized(text),
            checker=by,
        )
        Addressee.objects.create(
            clause=clause,
            role=PartyRole.RESPONSIBLE,
            type=PartyType.PERSON,
            text=name.text,
            organization=place.organization,
            person=person,
        )
        Addressee.objects.bulk_create(
            Addressee(
                clause=clause,
                role=PartyRole.MENTION,
                type=PartyType.SCHOOL,
                text=official(school)[:1000],
                organization=school,
                position=number,
            )
            for number, school in enumerate(schools, start=1)
        )
        if not (name.sure and post.sure and at.sure):
            question = Question.objects.create(
                document=document,
                field=QuestionField.TEXT,
                text=f"Проверьте падеж: «{name.text}, {post.text} {at.text}» — слово редкое, программа не уверена.",
                position=index,
            )
            question.clauses.add(clause)
    record(by=by, action="document.started", row=document, authority=authority, summary=document.title)
    return document


def workplace_of(person: Person, day: dt.date) -> Position | None:
    """The post of today, that of a head first."""
    return Position.objects.held_on(day).filter(person=person).select_related("organization").heads_first().first()  # type: ignore[attr-defined, no-any-return]


def official(organization: Organization) -> str:
    """How a paper names it."""
    return (organization.full_name or organization.name).replace("»»", "»")
