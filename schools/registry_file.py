"""A registry file as values: CSV with columns by name, all optional but `canonical` (gold README, sections 9 and 11)."""

from __future__ import annotations

import csv
import io

from config.encodings import NotText, decoded
from schools.registry import Registry, RegistryEntry

COLUMNS = (
    "authority",
    "parent",
    "canonical",
    "full_name",
    "kind",
    "settlement",
    "number",
    "named_after",
    "fisoko_login",
    "rcoi_code",
    "inn",
    "opened",
    "closed",
    "time_zone",
)


class RegistryFileError(ValueError):
    """The file cannot be used; `str()` is a Russian sentence: what is wrong and what to do."""


def read_registry(data: bytes) -> Registry:
    """Entries of a CSV in any usual encoding, separated by comma, semicolon or tab."""
    try:
        text = decoded(data)
    except NotText:
        text = "\0"
    if "\0" in text:
        raise RegistryFileError("Реестр — не текстовая таблица. Сохраните его как CSV (разделители — запятые).")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    names = [(name or "").strip().casefold() for name in rows.fieldnames or []]
    if "canonical" not in names:
        raise RegistryFileError("В реестре нет столбца «canonical» — краткого названия организации. Добавьте его.")
    rows.fieldnames = names
    entries = []
    for number, row in enumerate(rows, start=2):
        values = {name: " ".join(str(row.get(name) or "").split()) for name in COLUMNS}
        if not any(values.values()):
            continue
        if not values["canonical"]:
            raise RegistryFileError(f"Строка {number} реестра: пустое краткое название (столбец «canonical»).")
        aliases = tuple(a.strip() for a in str(row.get("aliases") or "").split("|") if a.strip())
        entries.append(RegistryEntry(**values, aliases=aliases, key=number))
    return Registry.of(entries)
