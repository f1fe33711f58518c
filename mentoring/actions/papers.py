"""Agreements of a visit and steps of a roadmap as a document of their own kind: clauses, so one task engine serves them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from decisions.actions import registration
from decisions.enums import Circulation, DeadlineKind, DocumentKind, Entry, Nature, PartyRole, PartyType
from decisions.models import Addressee, Clause, Document
from schools.enums import Role
from schools.models import Membership, Organization, User
from schools.search import normalized


@dataclass(frozen=True)
class Step:
    """What a school does and by when."""

    text: str
    due: dt.date


def checker_of(authority: Organization, day: dt.date, *, first: User | None = None) -> User | None:
    """Whoever of the office accepts the answers: the one named, if still of the office, else its first methodist or head."""
    members = (
        Membership.objects.held_on(day)
        .filter(organization=authority, role__in=[Role.METHODIST, Role.HEAD], user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    rows = list(members)
    rows.sort(key=lambda m: (m.user_id != (first.pk if first else 0), m.role != Role.METHODIST))
    return rows[0].user if rows else None


def live_document(
    *,
    by: User,
    kind: DocumentKind,
    title: str,
    school: Organization,
    day: dt.date,
    groups: Sequence[tuple[str, Sequence[Step]]],
    checker: User | None,
    preamble: str = "",
) -> tuple[Document, list[Clause]]:
    """Registers and sends at once a document of one school; returns it with the clauses of the steps, in their order.

    A group is (heading or "", steps). The answers are accepted by the office, never by a curator.
    """
    assert school.authority is not None
    authority = school.authority
    document = Document.objects.create(
        authority=authority,
        kind=kind,
        entry=Entry.PAPER,
        circulation=Circulation.EXCERPT,
        issuer=authority.full_name or authority.name,
        title=title,
        preamble=preamble,
        date=day,
        created_by=by,
    )
    made: list[Clause] = []
    position, top = 0, 0
    for heading, steps in groups:
        parent = None
        if heading:
            top += 1
            position += 10
            parent = _clause(document, None, str(top), position, heading, None, checker, nature=Nature.HEADING)
        for index, step in enumerate(steps, start=1):
            position += 10
            if parent is None:
                top += 1
            number = f"{parent.number}.{index}" if parent else str(top)
            clause = _clause(document, parent, number, position, step.text, step.due, checker)
            Addressee.objects.create(
                clause=clause,
                role=PartyRole.RESPONSIBLE,
                type=PartyType.SCHOOL,
                text=school.name,
                organization=school,
            )
            made.append(clause)
    registration.register_paper(by=by, document=document, number="", date=day)
    document.refresh_from_db()
    return document, made


def _clause(
    document: Document,
    parent: Clause | None,
    number: str,
    position: int,
    text: str,
    due: dt.date | None,
    checker: User | None,
    nature: Nature = Nature.ORDERS,
) -> Clause:
    return Clause.objects.create(
        document=document,
        parent=parent,
        path=number,
        number=number,
        position=position,
        text=text,
        search=normalized(text),
        nature=nature,
        about_quality=True,
        control="info" if nature == Nature.HEADING else "control",
        checker=checker,
        deadline_kind=DeadlineKind.DATE if due else DeadlineKind.NONE,
        deadline_due=due,
        deadline_text=f"до {due:%d.%m.%Y}" if due else "",
    )
