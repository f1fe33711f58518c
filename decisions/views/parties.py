"""Who a clause is given to: the list to choose from and what the form sends back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from config import clock
from config.numbers import is_number
from decisions.actions import editing
from decisions.enums import PartyRole, PartyType
from decisions.errors import Refused
from decisions.models import Clause, Document
from decisions.views.gate import chosen_clauses, document_for, person
from decisions.views.review import edited
from schools.models import Organization, SchoolGroup


@dataclass(frozen=True)
class PartyChoice:
    """A line of the list of who can be addressed; `value` is what the form sends."""

    value: str
    label: str
    note: str
    chosen: bool
    excepted: bool
    search: str


def party_choices(document: Document, parties: list[Any]) -> list[PartyChoice]:
    """Groups first, then organisations; printed parties that are neither stand on top and stay if ticked."""
    responsible = [p for p in parties if p.role == PartyRole.RESPONSIBLE]
    excepted = [p for p in parties if p.role == PartyRole.EXCLUDED]
    groups = {p.group_id for p in responsible}
    organizations = {p.organization_id for p in responsible if not p.group_id}
    no_groups = {p.group_id for p in excepted}
    no_organizations = {p.organization_id for p in excepted}
    out = [
        PartyChoice(f"text:{p.pk}", p.text, "как напечатано", True, False, p.text.casefold())
        for p in responsible
        if not p.group_id and not p.organization_id
    ]
    for group in SchoolGroup.objects.filter(authority=document.authority):
        note = "группа, служебная" if group.confidential else "группа"
        out.append(
            PartyChoice(
                f"group:{group.pk}", group.name, note, group.pk in groups, group.pk in no_groups, group.name.casefold()
            )
        )
    rows = Organization.objects.of_authority(document.authority).open_on(clock.today(document.authority.zone))
    for row in rows:
        out.append(
            PartyChoice(
                f"org:{row.pk}",
                row.name,
                "" if row.is_school else row.get_kind_display(),
                row.pk in organizations,
                row.pk in no_organizations,
                row.search,
            )
        )
    return sorted(out, key=lambda c: not (c.chosen or c.excepted))


def parties_of(request: HttpRequest, clauses: list[Clause]) -> list[editing.Party]:
    """Parties a form names by `org:`, `group:` and `text:` values; fields `party` and `except`."""
    authority = clauses[0].document.authority
    out = []
    for field, role in (("party", PartyRole.RESPONSIBLE), ("except", PartyRole.EXCLUDED)):
        for value in request.POST.getlist(field):
            kind, _, key = value.partition(":")
            if not is_number(key):
                raise Refused("Такого исполнителя нет в списке. Обновите страницу.")
            if kind == "org":
                organization = Organization.objects.of_authority(authority).filter(pk=key).first()
                if organization is None:
                    raise Refused("Такой организации нет в реестре. Обновите страницу.")
                kind_of = PartyType.SCHOOL if organization.is_school else PartyType.ORG
                out.append(editing.Party(organization.name, kind_of, organization=organization, role=role))
            elif kind == "group":
                group = SchoolGroup.objects.visible_to(person(request)).filter(pk=key, authority=authority).first()
                if group is None:
                    raise Refused("Такой группы нет. Обновите страницу.")
                out.append(editing.Party(group.name, PartyType.GROUP, group=group, role=role))
            elif kind == "text":
                kept = next((p for c in clauses for p in c.parties.all() if p.pk == int(key)), None)
                if kept is not None:
                    out.append(editing.Party(kept.text, PartyType(kept.type), role=role))
    return out


@require_POST
def clauses_parties(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is responsible for the chosen clauses, and who is excepted."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    return edited(
        request,
        document,
        lambda: editing.set_parties(by=person(request), clauses=clauses, parties=parties_of(request, clauses)),
    )
