"""Curatorships that a document names: «МБОУ … – Титову Елену Андреевну, заместителя директора МБОУ …» as pairs to confirm.

The reader gives a person as a party whose organisation is the workplace, and the schools in care as mentions of the same
clause (domain.md, 9, document 003). Nothing is written here; a person confirms each pair or all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from decisions.actions.questions import family
from decisions.control_words import same_person
from decisions.enums import DocumentState, PartKind, PartyRole, PartyType
from decisions.models import Addressee, Clause, Document
from decisions.models.documents import whole_papers
from mentoring import naming, posts
from mentoring.models import Curatorship, OfferAnswer
from schools.models import Organization, Person

LIVE = (DocumentState.REGISTERED, DocumentState.SENT, DocumentState.ARCHIVED)
_CURATOR = re.compile(r"\bкуратор\w*", re.IGNORECASE)
_POST_END = re.compile(
    r"\s+(?:муниципальн\w+|государственн\w+|федеральн\w+|частн\w+|учреждени\w+|управлени\w+|М[БКА]?[ОД]?[ОУ]У|МБОУ|МОУ|МКОУ|МАОУ|ГБОУ|ГКОУ|СОШ|ООШ|НОШ|гимнази\w+|лице\w+|школ\w+)\b|[«\"]|[;.]\s*$",
    re.I,
)


@dataclass
class Offer:
    """One pair of the clause: the printed person, the workplace, one school in care."""

    clause: Clause
    printed: str
    name: naming.FullName | None
    post: str
    workplace: Organization | None
    school: Organization
    person: Person | None = None
    answer: OfferAnswer | None = None

    @property
    def key(self) -> str:
        """The value of its tick on the page."""
        return f"{self.clause.pk}-{self.school.pk}-{self.printed}"

    @property
    def shown_name(self) -> str:
        if self.person:
            return self.person.full_name
        return f"{self.name.last} {self.name.first} {self.name.patronymic}" if self.name else self.printed

    @property
    def doubt(self) -> str:
        """Why it cannot be taken as it is, or what to look at."""
        if self.workplace is not None and self.workplace.pk == self.school.pk:
            return "куратор из самой школы: так назначить нельзя"
        if self.person is None and self.name is None:
            return "нет полного имени: добавьте куратора вручную"
        if self.person is None and self.name is not None and not self.name.sure:
            return "проверьте имя: падеж разобран неуверенно"
        return ""

    @property
    def takeable(self) -> bool:
        own = self.workplace is not None and self.workplace.pk == self.school.pk
        return self.answer is None and not own and (self.person is not None or self.name is not None)


def offers_of(document: Document) -> list[Offer]:
    """All pairs of a registered document in its order, answered ones too; a constant number of queries."""
    if document.state not in LIVE:
        return []
    parts = [part for part in family(document) if part.part_kind != PartKind.HIGHER]
    clauses = list(
        Clause.objects.filter(document__in=parts)
        .select_related("document")
        .defer(*whole_papers("document"))  # else the whole paper comes once with each of its clauses
        .order_by("document", "position")
    )
    by_id = {clause.pk: clause for clause in clauses}
    wanted = [clause for clause in clauses if _about_curators(clause, by_id)]
    if not wanted:
        return []
    rows: dict[int, list[Addressee]] = {}
    for party in (
        Addressee.objects.filter(clause__in=wanted).select_related("organization", "person").order_by("position", "pk")
    ):
        rows.setdefault(party.clause_id, []).append(party)
    answers = {(a.clause_id, a.school_id, a.printed): a for a in OfferAnswer.objects.filter(clause__in=wanted)}
    out: list[Offer] = []
    for clause in wanted:
        out += _offers(clause, rows.get(clause.pk, []))
    _find_people(out, document)
    for offer in out:
        offer.answer = answers.get((offer.clause.pk, offer.school.pk, offer.printed))
    return out


def waiting_of(document: Document) -> list[Offer]:
    return [offer for offer in offers_of(document) if offer.answer is None]


def _about_curators(clause: Clause, by_id: dict[int, Clause]) -> bool:
    node: Clause | None = clause
    while node is not None:
        if _CURATOR.search(node.text):
            return True
        node = by_id.get(node.parent_id or 0)
    return False


def _offers(clause: Clause, parties: list[Addressee]) -> list[Offer]:
    people = [p for p in parties if p.type == PartyType.PERSON and p.role == PartyRole.RESPONSIBLE]
    schools = [
        p.organization
        for p in parties
        if p.organization is not None
        and p.role in (PartyRole.MENTION, PartyRole.RECIPIENT)
        and p.organization.is_school
    ]
    if len(people) != 1:
        return []  # several people in one clause: who goes with which school is a person's decision
    person = people[0]
    out = []
    for school in {school.pk: school for school in schools}.values():
        if person.organization_id == school.pk and len(schools) > 1:
            continue
        out.append(
            Offer(
                clause=clause,
                printed=person.text[:300],
                name=naming.from_accusative(person.text),
                post=_post_after(clause.text, person.text),
                workplace=person.organization,
                school=school,
                person=person.person,
            )
        )
    return out


def _post_after(text: str, printed: str) -> str:
    """«…, заместителя директора МБОУ …» → «заместитель директора»."""
    _, found, rest = text.partition(printed)
    if not found:
        return ""
    rest = rest.lstrip(" ,–—-")
    end = _POST_END.search(rest)
    words = rest[: end.start()] if end else rest.split(",")[0]
    words = " ".join(words.split()).strip(" ,;.")
    return posts.post_nominative(words)[:300] if len(words) <= 120 else ""


def _find_people(offers: list[Offer], document: Document) -> None:
    """The registry's people of the workplaces whose name is the printed one in some case; exactly one, or none."""
    places = {o.workplace.pk for o in offers if o.workplace and o.person is None}
    if not places:
        return
    known: dict[int, list[Person]] = {}
    rows: Any = Person.objects.filter(positions__organization__in=places).distinct().prefetch_related("positions")
    for person in rows:
        for position in person.positions.all():
            known.setdefault(position.organization_id, []).append(person)
    for offer in offers:
        if offer.person is not None or offer.workplace is None:
            continue
        fitting = {
            p.pk: p
            for p in known.get(offer.workplace.pk, [])
            if same_person(offer.printed, last=p.last_name, first=p.first_name, patronymic=p.patronymic)
            and _same_words(offer, p)
        }
        if len(fitting) == 1:
            offer.person = next(iter(fitting.values()))


def _same_words(offer: Offer, person: Person) -> bool:
    """With a full printed name the first name and patronymic must agree too, not only their first letters."""
    if offer.name is None:
        return True
    return person.first_name[:3].casefold() == offer.name.first[:3].casefold() and (
        not person.patronymic or person.patronymic[:4].casefold() == offer.name.patronymic[:4].casefold()
    )


def active_pairs(document: Document) -> int:
    """How many curatorships rest on the document."""
    return Curatorship.objects.filter(document=document).count()
