"""A whole draft at once: what another part of the program has worked out becomes a protocol or order to be edited.

Clauses and annexes come as plain values; they are written through `drafts.editing`, so that the first «отменить» takes the whole
back and every later edit is one like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from decisions.actions.drafts import editing
from decisions.actions.editing import put_deadline
from decisions.actions.intake import start_empty
from decisions.deadlines import read_deadline
from decisions.enums import Circulation, Control, DocumentKind, Entry, Nature, PartKind, PartyType
from decisions.models import Addressee, AgendaItem, Clause, ClauseGround, Document
from schools.models import Organization, SchoolGroup, Selection, User

STEP = 10


@dataclass(frozen=True)
class Planned:
    """A clause to write: `question` is the place of its agenda item from 0; schools, groups and words are its addressees."""

    text: str
    number: str = "-"
    nature: Nature = Nature.ORDERS
    question: int | None = None
    organizations: tuple[Organization, ...] = ()
    groups: tuple[SchoolGroup, ...] = ()
    roles: tuple[str, ...] = ()
    selection: Selection | None = None
    about_quality: bool | None = (
        True  # results, lists, directions, notes, interviews and curators' work are what drafts are made of
    )
    children: tuple[Planned, ...] = ()


@dataclass(frozen=True)
class PlannedAnnex:
    title: str
    clauses: tuple[Planned, ...] = field(default_factory=tuple)


@transaction.atomic
def compose(
    *,
    by: User,
    authority: Organization,
    clauses: Sequence[Planned],
    kind: DocumentKind = DocumentKind.PROTOCOL,
    meeting: str = "",
    agenda: Sequence[str] = (),
    title: str = "",
    annexes: Sequence[PlannedAnnex] = (),
    restricted: bool = False,
    label: str = "Составлено программой",
) -> Document:
    """A draft protocol (or order with a `title`), its agenda, clauses and numbered annexes. `restricted`: each school gets only its own clauses."""
    document = start_empty(by=by, authority=authority, kind=kind, meeting=meeting, agenda=agenda)
    if restricted:
        document.circulation = Circulation.EXCERPT
    document.title = title or document.title
    document.save(update_fields=["circulation", "title"])
    items = list(document.agenda.order_by("number"))
    with editing(document=document, by=by, label=label) as held:
        held.clauses.all().delete()
        _write(held, clauses, items, by)
    for order, annex in enumerate(annexes, start=1):
        part = Document.objects.create(
            authority=authority,
            kind=DocumentKind.ANNEX,
            entry=Entry.PREPARED,
            part_of=document,
            part_kind=PartKind.ANNEX,
            part_order=order,
            title=annex.title,
            date=document.date,
            created_by=by,
        )
        with editing(document=part, by=by, label=label) as held:
            _write(held, annex.clauses, [], by)
    document.refresh_from_db()
    return document


def _write(document: Document, clauses: Sequence[Planned], items: Sequence[AgendaItem], by: User) -> None:
    place = 0

    def put(planned: Planned, parent: Clause | None) -> None:
        nonlocal place
        place += STEP
        told = bool(planned.organizations or planned.groups or planned.roles or planned.selection)
        row = Clause(
            document=document,
            parent=parent,
            position=place,
            path=f"+{place}",  # till it is numbered; «~» with an id is what numbering itself passes through
            number=planned.number,
            text=planned.text,
            nature=planned.nature,
            agenda_item=items[planned.question] if planned.question is not None else None,
            about_quality=planned.about_quality,
            control=Control.CONTROL if told and planned.nature == Nature.ORDERS else Control.INFO,
            checker=by if told else None,
        )
        if told:
            # A term that the words print without any doubt is the clause's; a doubtful one is left to the person who edits.
            found = read_deadline(planned.text, document_date=document.date)
            if not found.doubts and found.deadline.kind not in ("none", "invalid"):
                put_deadline(row, found.deadline)
        row.save()
        _parties(row, planned)
        for child in planned.children:
            put(child, row)

    for one in clauses:
        put(one, None)


def _parties(clause: Clause, planned: Planned) -> None:
    """Addressees in order; schools of a selection bring the figures they were chosen by, shown to each school and the office only."""
    schools = list(planned.organizations)
    if planned.selection is not None:
        grounds = {int(row["organization"]): str(row.get("ground", "")) for row in planned.selection.rows}
        chosen = Organization.objects.below(clause.document.authority).filter(pk__in=grounds).order_by("sort_key", "pk")
        schools += [one for one in chosen if one not in schools]
        ClauseGround.objects.bulk_create(
            ClauseGround(clause=clause, organization=one, text=grounds[one.pk], data_date=planned.selection.data_date)
            for one in chosen
            if grounds[one.pk]
        )
    rows = [
        Addressee(type=PartyType.SCHOOL if one.is_school else PartyType.ORG, text=one.name, organization=one)
        for one in schools
    ]
    rows += [Addressee(type=PartyType.GROUP, text=group.name, group=group) for group in planned.groups]
    rows += [Addressee(type=PartyType.ROLE, text=words) for words in planned.roles]
    for position, row in enumerate(rows):
        row.clause, row.position = clause, position
    Addressee.objects.bulk_create(rows)
