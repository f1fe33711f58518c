"""«О ходе исполнения протокола №…» becomes a question of a new protocol, with what is proposed to close or to extend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from decisions.actions import amendments
from decisions.actions.chains import GENITIVE
from decisions.actions.drafts import editing
from decisions.actions.intake import start_empty
from decisions.enums import AmendmentKind, Control, DeadlineKind, DocumentKind, Nature
from decisions.errors import Refused
from decisions.models import AgendaItem, Clause, Document
from schools.audit import record
from schools.models import User

MEETING = "совещание руководителей образовательных организаций"


@dataclass(frozen=True)
class Proposal:
    """What is proposed about one clause: to take it off control, or to extend it to a day."""

    clause: Clause
    kind: AmendmentKind
    until: dt.date | None = None


def named(document: Document) -> str:
    """«протокола № 6 от 16.07.2021»"""
    number = f" № {document.number}" if document.number else ""
    date = f" от {document.date:%d.%m.%Y}" if document.date else ""
    return f"{GENITIVE[document.kind]}{number}{date}"


@transaction.atomic
def put_on_agenda(
    *, by: User, about: Document, protocol: Document | None, summary: str, proposals: Sequence[Proposal]
) -> Document:
    """Adds the question to a draft protocol (None: begins one), as edits that can be undone; returns the draft.

    Each proposal becomes a clause linked to the earlier one: registering the new protocol carries it out.
    """
    for one in proposals:
        if one.kind == AmendmentKind.EXTENDS and one.until is None:
            raise Refused(f"Пункт {one.clause.shown_number}: укажите, до какого дня продлить.")
    if protocol is None:
        protocol = start_empty(by=by, authority=about.authority, kind=DocumentKind.PROTOCOL, meeting=MEETING)
        protocol.clauses.all().delete()
    question = f"О ходе исполнения {named(about)}"
    made: list[tuple[Clause, Proposal]] = []
    with editing(document=protocol, by=by, label=question) as held:
        last = held.agenda.order_by("-number").first()
        point = AgendaItem.objects.create(document=held, number=(last.number if last else 0) + 1, text=question)
        bottom = held.clauses.order_by("-position").first()
        position = bottom.position if bottom else 0
        told = f"Информацию о ходе исполнения {named(about)} принять к сведению. {summary}"
        texts = [(told, None), *((_words(one, about), one) for one in proposals)]
        for number, (text, proposal) in enumerate(texts, start=1):
            clause = Clause.objects.create(
                document=held,
                path=f"~progress{number}",
                number=str(number),
                position=position + number * 10,
                text=text,
                nature=Nature.STATES,
                control=Control.INFO,
                agenda_item=point,
                checker=by,
                deadline_kind=DeadlineKind.NONE,
            )
            if proposal is not None:
                made.append((clause, proposal))
    for clause, proposal in made:
        fresh = Clause.objects.select_related("document__authority", "document__part_of").get(pk=clause.pk)
        amendments.confirm(by=by, clause=fresh, target=proposal.clause, kind=proposal.kind, new_due=proposal.until)
    record(by=by, action="document.progress", row=protocol, authority=about.authority_id, summary=question)
    return protocol


def _words(one: Proposal, about: Document) -> str:
    where = f"пункта {one.clause.shown_number} {named(about)}" if one.clause.shown_number else named(about)
    if one.kind == AmendmentKind.EXTENDS:
        return f"Продлить срок исполнения {where} до {one.until:%d.%m.%Y}."
    what = f"пункт {one.clause.shown_number} {named(about)}" if one.clause.shown_number else f"поручение {named(about)}"
    return f"Снять с контроля {what}."
