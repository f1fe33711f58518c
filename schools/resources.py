"""The registry as a table of django-import-export: the columns of the one registry format, one row an organisation."""

from __future__ import annotations

from typing import Any

from import_export import fields, resources

from schools.models import Organization
from schools.registry_format import values_of, with_registry
from schools.registry_table import COLUMNS


class RegistryColumn(fields.Field):
    """A cell of the registry file; the values of a row are worked out once for all its columns."""

    def get_value(self, instance: Organization) -> str:
        values: dict[str, str] | None = instance.__dict__.get("_registry_values")
        if values is None:
            values = instance.__dict__["_registry_values"] = values_of(instance)
        return values[self.column_name]


class OrganizationResource(resources.ModelResource):
    """Export only: what comes in is checked as a whole by `schools.actions.registry_import`."""

    class Meta:
        model = Organization
        fields = tuple(COLUMNS)
        export_order = tuple(COLUMNS)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = {name: RegistryColumn(column_name=name) for name in COLUMNS}

    def get_queryset(self) -> Any:
        return with_registry(super().get_queryset())

    def get_export_order(self, selected_fields: Any = None) -> list[str]:
        return list(COLUMNS)

    def get_export_fields(self, selected_fields: Any = None) -> list[fields.Field]:
        return [self.fields[name] for name in COLUMNS]
