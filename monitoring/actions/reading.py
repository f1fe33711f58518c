"""An uploaded file → its reading, in a child process with limits; no name of a pupil comes out of it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from monitoring.forecast import rules_in_force
from monitoring.low_results import RulesError
from monitoring.models import ColumnMapping
from monitoring.reading.child import describe_file, read_file, read_files
from monitoring.reading.context import DEFAULT_MINIMUM, Minimum
from monitoring.reading.mapping import Mapping, WrongMapping, mapping_of
from schools.models import Organization
from schools.registry import RegistryEntry
from schools.registry_rows import registry_below


def entries_for(office: Organization) -> list[RegistryEntry]:
    """Schools of an office (of a ministry: of all its offices). A name that several share is told apart by its office."""
    entries = [entry for entry in registry_below(office).entries if entry.is_school]
    names = Counter(entry.canonical for entry in entries)
    return [
        dataclasses.replace(
            entry, canonical=f"{entry.canonical} ({entry.authority})", aliases=(*entry.aliases, entry.canonical)
        )
        if names[entry.canonical] > 1
        else entry
        for entry in entries
    ]


@dataclass(frozen=True)
class Read:
    """The reading as JSON, whether the file named pupils, and the fingerprint of headings that a person must explain."""

    reading: dict[str, Any]
    personal: bool
    headings_key: str


def read_uploads(files: Sequence[tuple[str, bytes]], *, authority: Organization) -> list[Read]:
    """Readings of (name, bytes), in order, by the minimum of ЕГЭ of the office's rules.

    Rows carry the organisation (`key`) beside its printed name. A table that the office has explained before is read by that
    answer; a table still unclear is a problem of its own, never silence.
    """
    entries = entries_for(authority)
    minimum = _minimum(authority)
    readings = read_files(files, registry=entries, minimum=minimum, **settings.READING_LIMITS)
    return [
        _explained(reading, name, content, entries, minimum, authority)
        for reading, (name, content) in zip(readings, files, strict=True)
    ]


def read_upload(*, content: bytes, name: str, authority: Organization) -> Read:
    return read_uploads([(name, content)], authority=authority)[0]


def _minimum(authority: Organization) -> Sequence[Minimum]:
    try:
        return rules_in_force(authority)[0].ege_minimum
    except RulesError:
        return DEFAULT_MINIMUM


def _explained(
    reading: dict[str, Any],
    name: str,
    content: bytes,
    entries: list[RegistryEntry],
    minimum: Sequence[Minimum],
    authority: Organization,
) -> Read:
    keys = _unclear(reading, content, name, entries)
    mappings = _remembered(keys, authority)
    if mappings:
        limits = settings.READING_LIMITS
        reading = read_file(content, name, registry=entries, minimum=minimum, mappings=mappings, keyed=True, **limits)
        answered = {mapping.headings_key for mapping in mappings}
        keys = [key for key in _unclear(reading, content, name, entries) if key not in answered] or keys
    personal = any(one["code"] == "personal_data_dropped" for one in reading["problems"])
    unclear = any(table.get("needs_mapping") for table in reading["tables"])
    return Read(reading, personal, keys[0] if unclear and keys else "")


def _remembered(keys: Sequence[str], authority: Organization) -> list[Mapping]:
    """What the office answered before about these headings; an answer that can no longer be used is asked for again."""
    found = []
    for kept in ColumnMapping.objects.filter(authority=authority, headings_key__in=keys) if keys else ():
        try:
            found.append(mapping_of(kept.mapping))
        except WrongMapping:
            continue
    return found


def _unclear(reading: dict[str, Any], content: bytes, name: str, entries: list[RegistryEntry]) -> list[str]:
    """Fingerprints of the headings that a person must explain. Headings the reader could not even find are looked for as the
    screen shows them: by those a later file is known again."""
    unclear = [table for table in reading["tables"] if table.get("needs_mapping")]
    keys = [key for table in unclear if (key := table.get("headings_key"))]
    if unclear and not keys:
        described = describe_file(content, name, registry=entries, **settings.READING_LIMITS)
        keys = [table["headings_key"] for sheet in described["sheets"] for table in sheet["tables"]]
    return [key[:64] for key in keys]
