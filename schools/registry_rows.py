"""The registry of one authority as the plain values that reading needs, from the database."""

from __future__ import annotations

from django.db.models import Prefetch

from schools.enums import CodeSystem
from schools.models import Organization, OrganizationAlias
from schools.models.organizations import OrganizationQuerySet
from schools.registry import Registry, RegistryEntry

# What the registry calls organisations that are not schools; a school's own type (СОШ, гимназия, …) stands in type_name.
KIND_NAMES = {
    "ministry": "министерство",
    "authority": "орган управления образованием",
    "centre": "методический центр",
    "kindergarten": "детский сад",
    "extra": "организация дополнительного образования",
    "institute": "институт развития образования",
    "other": "организация",
}


def registry_of(authority: Organization) -> Registry:
    """Everyone a document of this authority may name: its own tree, with learned aliases; two queries.

    `RegistryEntry.key` is the organisation's primary key.
    """
    name = authority.full_name or authority.name
    return Registry.of(_entry(row, name) for row in _rows(Organization.objects.of_authority(authority)))


def registry_below(office: Organization) -> Registry:
    """Everyone of an office, or of all offices below a ministry; `authority` is the short name of each one's office."""
    rows = _rows(Organization.objects.below(office)).select_related("authority", "parent", "school")
    return Registry.of(_entry(row, row.authority.name if row.authority else "") for row in rows)


def _rows(rows: OrganizationQuerySet) -> OrganizationQuerySet:
    return (
        rows.select_related("parent", "school")
        .prefetch_related(
            Prefetch("aliases", queryset=OrganizationAlias.objects.in_force(), to_attr="aliases_in_force"), "codes"
        )
        .order_by("sort_key", "pk")
    )


def _entry(row: Organization, authority: str) -> RegistryEntry:
    codes = {code.system: code.code for code in row.codes.all()}
    return RegistryEntry(
        canonical=row.name,
        authority=authority,
        parent=row.parent.name if row.parent else "",
        full_name=row.full_name,
        kind=row.type_name or KIND_NAMES.get(row.kind, ""),
        settlement=row.settlement,
        number=row.number,
        named_after=row.named_after,
        fisoko_login=codes.get(CodeSystem.FISOKO, ""),
        rcoi_code=codes.get(CodeSystem.RCOI, ""),
        inn=codes.get(CodeSystem.INN, ""),
        opened=row.opened.isoformat() if row.opened else "",
        closed=row.closed.isoformat() if row.closed else "",
        time_zone=row.time_zone,
        aliases=tuple(alias.text for alias in row.aliases_in_force),
        key=row.pk,
    )
