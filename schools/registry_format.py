"""An organisation as a row of the registry file and back: the one format of import and export."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch

from schools.enums import CodeSystem, OrganizationKind
from schools.models import Organization, OrganizationAlias
from schools.models.organizations import OrganizationQuerySet
from schools.registry_kinds import KIND_NAMES, kind_of

AUTHORITY_WORDS = KIND_NAMES["authority"]
CODE_SYSTEMS = {"fisoko_login": CodeSystem.FISOKO, "rcoi_code": CodeSystem.RCOI, "inn": CodeSystem.INN}
# Columns that are plain fields of the row, by the name of the field.
FIELDS = {
    "canonical": "name",
    "full_name": "full_name",
    "settlement": "settlement",
    "number": "number",
    "named_after": "named_after",
    "opened": "opened",
    "closed": "closed",
    "time_zone": "time_zone",
}


def with_registry(rows: OrganizationQuerySet) -> OrganizationQuerySet:
    """Everything `values_of` needs, in two more queries whatever the number of rows."""
    aliases = Prefetch(
        "aliases", queryset=OrganizationAlias.objects.in_force().order_by("pk"), to_attr="aliases_in_force"
    )
    return rows.select_related("parent", "authority").prefetch_related(aliases, "codes")


def values_of(row: Organization) -> dict[str, str]:
    """The cells of a row fetched by `with_registry`, every column, empty words where there is nothing."""
    codes = {code.system: code.code for code in row.codes.all()}
    authority = row.authority
    values = {
        "authority": (authority.full_name or authority.name) if authority else "",
        "parent": row.parent.name if row.parent and row.parent_id != row.authority_id and authority else "",
        "kind": kind_words(row),
        "aliases": "|".join(alias.text for alias in aliases_of(row)),
    }
    if row.kind == OrganizationKind.AUTHORITY:
        values["parent"] = ""
    for column, name in FIELDS.items():
        value = getattr(row, name)
        values[column] = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
    for column, system in CODE_SYSTEMS.items():
        values[column] = codes.get(system, "")
    return values


def aliases_of(row: Organization) -> Iterable[OrganizationAlias]:
    """Aliases in force, fetched beforehand by `with_registry`."""
    found: Iterable[OrganizationAlias] = row.aliases_in_force  # type: ignore[attr-defined]
    return found


def kind_words(row: Organization) -> str:
    """The cell «вид»: the type as the office writes it, unless only the page knows it and a file could not bring it back."""
    if row.type_name and kind_of(row.type_name, under_school=False):
        return row.type_name
    return KIND_NAMES.get(row.kind, "")
