"""Which group of the office a printed class of people means: «руководителям общеобразовательных организаций района»."""

from __future__ import annotations

import datetime as dt

from config import clock
from decisions.enums import PartyRole, PartyType
from decisions.models import Addressee, Document
from decisions.reading.group_names import same_group
from schools.models import Organization, SchoolGroup


def resolve_groups(document: Document) -> None:
    """Links groups and posts of a draft to the office's groups where exactly one wording fits; the rest are asked.

    A group of the office's own people («специалисты управления») is the office itself; it is found by its name.
    """
    groups = list(SchoolGroup.objects.filter(authority=document.authority))
    rows = Addressee.objects.filter(
        clause__document=document,
        type__in=[PartyType.GROUP, PartyType.ROLE],
        role=PartyRole.RESPONSIBLE,
        group__isnull=True,
        organization__isnull=True,
    )
    territory = f"{document.authority.territory} {document.authority.full_name} {document.authority.name}"
    for row in rows:
        fitting = [
            group
            for group in groups
            if any(same_group(row.text, wording, territory) for wording in [group.name, *group.wordings.splitlines()])
        ]
        if len(fitting) == 1:
            row.group = fitting[0]
            row.save(update_fields=["group"])


def expand(party: Addressee, *, day: dt.date | None = None) -> list[Organization]:
    """Who a responsible party is as organisations: itself, the person's workplace, or the members of a group."""
    if party.organization is not None:
        return [party.organization]
    if party.group is not None:
        return list(party.group.organizations_on(day or clock.today(party.group.authority.time_zone)))
    return []
