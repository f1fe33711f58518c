"""«Ознакомлен(а)»: a mark tied to the version that was read, and a reminder to those who have not."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from config import clock
from decisions.acknowledging import own_of, readers_of
from decisions.actions.papers import issue_registered
from decisions.enums import DocumentState
from decisions.errors import Refused
from decisions.models import Acknowledgement, Document
from decisions.news import tell
from schools.actions import papers
from schools.audit import record
from schools.enums import Role
from schools.models import Membership, User


@transaction.atomic
def acknowledge(*, by: User, document: Document) -> list[Acknowledgement]:
    """Marks the version in force as read for everything the person reads for; twice is once."""
    held = Document.objects.select_for_update(of=("self",)).select_related("authority").get(pk=document.pk)
    if held.state != DocumentState.SENT:
        raise Refused("Документ не разослан: знакомиться пока не с чем.")
    paper = papers.current(held) or issue_registered(held, by=None)
    own = own_of(readers_of(held), by)
    if not own:
        raise Refused("Вас нет в листе ознакомления этого документа.")
    marks = []
    for reader in own:
        if reader.done:
            continue
        mark = Acknowledgement.objects.create(document=held, paper=paper, organization=reader.organization, user=by)
        record(by=by, action="document.acknowledged", row=mark, authority=held.authority_id, summary=str(paper))
        marks.append(mark)
    return marks


@transaction.atomic
def remind(*, by: User, document: Document) -> tuple[int, int]:
    """Tells those who have not read, at most once a day each (the bell sees to it).

    Returns how many people are told, and for how many organisations there is nobody with a way in.
    """
    waiting = [one for one in readers_of(document) if not one.done]
    organizations = [one.organization.pk for one in waiting if one.organization]
    heads = (
        Membership.objects.held_on(clock.today(document.authority.zone))
        .filter(organization__in=organizations, role__in=[Role.DIRECTOR, Role.HEAD], user__is_active=True)
        .select_related("user")
    )
    users = {row.user_id: row.user for row in heads} | {one.person.pk: one.person for one in waiting if one.person}
    tell(
        users=users.values(),
        kind="document.acknowledge",
        row=document,
        text=f"{document.short_title}: ознакомьтесь с документом и отметьте это на его странице",
        url=reverse("decisions:document_detail", args=[document.pk]),
    )
    record(by=by, action="document.remind_readers", row=document, authority=document.authority_id)
    reached = {row.organization_id for row in heads}
    return len(users), sum(pk not in reached for pk in organizations)
