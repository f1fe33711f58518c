"""Organisations by hand: adding, changing, closing; their codes and the other names they go by."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from config import clock
from schools.actions.groups import offer_usual_group
from schools.audit import record
from schools.enums import AliasSource
from schools.errors import Refused
from schools.models import Organization, OrganizationAlias, OrganizationCode, School, User
from schools.search import normalized

SCHOOL_FIELDS = ("has_grade_9", "has_grade_11", "six_day_week", "rural", "pupils")


def _snapshot(row: Organization, names: list[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: value if isinstance(value, str | int | bool | None) else str(value) for name, value in values.items()}


@transaction.atomic
def save_organization(*, by: User, row: Organization, school: dict[str, Any] | None) -> Organization:
    """Writes a new or changed organisation and, for a school, what is true of schools only."""
    names = [field.attname for field in Organization._meta.concrete_fields if field.editable and not field.primary_key]
    before = None
    if row.pk:
        before = _snapshot(Organization.objects.get(pk=row.pk), names)
    if row.parent is not None and row.kind != "ministry":
        row.authority_id = row.parent.authority_id or row.authority_id
    row.save()
    if row.is_school and school is not None:
        School.objects.update_or_create(organization=row, defaults={name: school[name] for name in SCHOOL_FIELDS})
        if row.authority is not None:
            offer_usual_group(by=by, authority=row.authority)
    after = _snapshot(row, names)
    if before != after or school is not None:
        record(
            by=by,
            action="organization.changed" if before else "organization.added",
            row=row,
            authority=row.authority_id,
            summary=row.name,
            before=before,
            after=after,
        )
    return row


@transaction.atomic
def save_card(*, by: User, row: Organization, school: dict[str, Any] | None, codes: dict[str, str]) -> Organization:
    """The whole registry card: the row, what is true of schools, the outside codes by system."""
    row = save_organization(by=by, row=row, school=school)
    for system, code in codes.items():
        set_code(by=by, organization=row, system=system, code=code)
    return row


@transaction.atomic
def set_code(*, by: User, organization: Organization, system: str, code: str) -> None:
    """Sets the code of one outside system; empty words take it away."""
    now = organization.codes.filter(system=system).first()
    before = now.code if now else ""
    code = code.strip()
    if code == before:
        return
    taken = OrganizationCode.objects.filter(system=system, code=code).exclude(organization=organization)
    if code and system != "other" and (owner := taken.select_related("organization").first()):
        raise Refused(f"Код {code} уже указан у организации «{owner.organization}».")
    if not code:
        organization.codes.filter(system=system).delete()
    elif now:
        now.code = code
        now.save(update_fields=["code"])
    else:
        OrganizationCode.objects.create(organization=organization, system=system, code=code)
    record(
        by=by,
        action="organization.code",
        row=organization,
        authority=organization.authority_id,
        before={system: before},
        after={system: code},
    )


@transaction.atomic
def add_alias(*, by: User, organization: Organization, text: str) -> OrganizationAlias:
    """Another name the organisation goes by in documents, given by a person."""
    text = " ".join(text.split())[:500]
    if organization.aliases.in_force().filter(normalized=normalized(text)).exists():
        raise Refused("Такое название у этой организации уже есть.")
    try:
        alias = OrganizationAlias.objects.create(
            organization=organization,
            authority=organization.authority or organization,
            text=text,
            source=AliasSource.REGISTRY,
            confirmed_by=by,
            confirmed_at=clock.now(),
        )
    except IntegrityError as why:
        raise Refused("Такое название у этой организации уже есть.") from why
    record(by=by, action="alias.added", row=alias, authority=organization.authority_id, after={"text": text})
    return alias
