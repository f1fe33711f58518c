"""The registry of one authority as the plain values that reading needs, from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from schools.enums import CodeSystem
from schools.models import Organization, OrganizationAlias, OrganizationCode
from schools.models.organizations import OrganizationQuerySet
from schools.registry import Registry, RegistryEntry
from schools.registry_kinds import KIND_NAMES


def registry_of(authority: Organization) -> Registry:
    """Everyone a document of this authority may name: its own tree, with learned aliases; three queries.

    `RegistryEntry.key` is the organisation's primary key.
    """
    rows = Organization.objects.of_authority(authority)
    return Registry.of(_entries(rows, authority.full_name or authority.name))


def registry_below(office: Organization) -> Registry:
    """Everyone of an office, or of all offices below a ministry; `authority` is the short name of each one's office."""
    return Registry.of(_entries(Organization.objects.below(office), None))


def _entries(rows: OrganizationQuerySet, authority: str | None) -> Iterator[RegistryEntry]:
    """Plain columns, never models: a ministry has tens of thousands of schools, and each file of results is read against all."""
    aliases: dict[int, list[str]] = defaultdict(list)
    codes: dict[int, dict[str, str]] = defaultdict(dict)
    here = rows.order_by().values("pk")
    for pk, text in (
        OrganizationAlias.objects.in_force().filter(organization__in=here).values_list("organization_id", "text")
    ):
        aliases[pk].append(text)
    for pk, system, code in OrganizationCode.objects.filter(organization__in=here).values_list(
        "organization_id", "system", "code"
    ):
        codes[pk][system] = code
    columns = (
        "pk",
        "name",
        "full_name",
        "kind",
        "type_name",
        "settlement",
        "number",
        "named_after",
        "opened",
        "closed",
    )
    names = rows.order_by("sort_key", "pk").values_list(*columns, "time_zone", "parent__name", "authority__name")
    for pk, name, full, kind, type_name, place, number, after, opened, closed, zone, parent, office in names:
        own = codes.get(pk, {})
        yield RegistryEntry(
            canonical=name,
            authority=(office or "") if authority is None else authority,
            parent=parent or "",
            full_name=full,
            kind=type_name or KIND_NAMES.get(kind, ""),
            settlement=place,
            number=number,
            named_after=after,
            fisoko_login=own.get(CodeSystem.FISOKO, ""),
            rcoi_code=own.get(CodeSystem.RCOI, ""),
            inn=own.get(CodeSystem.INN, ""),
            opened=opened.isoformat() if opened else "",
            closed=closed.isoformat() if closed else "",
            time_zone=zone,
            aliases=tuple(aliases.get(pk, ())),
            key=pk,
        )
