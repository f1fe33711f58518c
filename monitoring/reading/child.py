"""Reading of result files in a child process with limits (`config.child`). Rows, never names of pupils, come back."""

from __future__ import annotations

import dataclasses
import gc
import operator
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

from config import child
from schools.registry import RegistryEntry

from .context import DEFAULT_MINIMUM, Minimum
from .mapping import Mapping, describe, mapping_of, read_with_mapping
from .model import Reading, to_json, unreadable
from .reader import read_results
from .schools import Schools

PARALLEL_FROM = 500_000  # bytes
SLOW = (
    "Файл не удалось прочитать: он слишком велик или повреждён. Сохраните его заново как «Книга Excel» или разделите."
)


def read_files(
    files: Sequence[tuple[str, bytes]],
    *,
    registry: Iterable[RegistryEntry],
    minimum: Sequence[Minimum] = DEFAULT_MINIMUM,
    seconds: int = 60,
    megabytes: int = 1024,
) -> list[dict[str, Any]]:
    """The readings of (name, bytes), in order, as JSON: `model.to_json`, but a row has only what is known, and `key` of its registry entry.

    One child reads them all, so that the registry is made ready once. When it gives no answer, each file gets a child of its own: the
    one that cannot be read spoils no other. What is wrong with a file is in its problems; nothing is raised for it.
    """
    rows = _entries(registry)
    asked = {"minimum": [_plain(m) for m in minimum], "registry": rows, "mappings": [], "keyed": True}
    halves = _halves(list(files))
    with ThreadPoolExecutor(len(halves)) as threads:
        read = threads.map(lambda part: _read(part, asked, seconds, megabytes), halves)
        return [one for part in read for one in part]


def read_file(
    data: bytes,
    name: str,
    *,
    registry: Iterable[RegistryEntry],
    minimum: Sequence[Minimum] = DEFAULT_MINIMUM,
    mappings: Sequence[Mapping] = (),
    keyed: bool = False,
    seconds: int = 60,
    megabytes: int = 1024,
) -> dict[str, Any]:
    """One file, with a person's answer to «which column is which» when there is one."""
    told = [dataclasses.asdict(mapping) for mapping in mappings]
    asked = {
        "minimum": [_plain(m) for m in minimum],
        "registry": _entries(registry),
        "mappings": told,
        "keyed": keyed,
    }
    return _read([(name, data)], asked, seconds, megabytes)[0]


def _halves(files: list[tuple[str, bytes]]) -> list[list[tuple[str, bytes]]]:
    """Large files go to two children at once where the machine has two processors; order is kept."""
    total = sum(len(data) for _, data in files)
    if len(files) < 2 or total < PARALLEL_FROM or (os.cpu_count() or 1) < 2:
        return [files]
    so_far, cut = 0, 1
    for place, (_, data) in enumerate(files[:-1], start=1):
        so_far += len(data)
        cut = place
        if so_far * 2 >= total:
            break
    return [files[:cut], files[cut:]]


def _read(files: list[tuple[str, bytes]], asked: dict[str, Any], seconds: int, megabytes: int) -> list[dict[str, Any]]:
    head = {"do": "read", "files": [(name, len(data)) for name, data in files], **asked}
    together = b"".join(data for _, data in files)
    try:
        answer = child.run("monitoring.reading.child", head, together, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed:
        if len(files) == 1:
            return [to_json(unreadable(files[0][0], "unreadable", SLOW))]
        return [_read([one], asked, seconds, megabytes)[0] for one in files]
    return list(answer["readings"])


def describe_file(
    data: bytes, name: str, *, registry: Iterable[RegistryEntry], seconds: int = 60, megabytes: int = 1024
) -> dict[str, Any]:
    """What the mapping screen shows: {"sheets": […], "error": sentence or None} (`mapping.describe`)."""
    head = {"do": "describe", "name": name, "registry": _entries(registry)}
    try:
        answer = child.run("monitoring.reading.child", head, data, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed:
        return {"sheets": [], "error": SLOW}
    return dict(answer["described"])


def read_list_file(
    data: bytes, name: str, *, registry: Iterable[RegistryEntry], year: int, seconds: int = 60, megabytes: int = 1024
) -> dict[str, Any]:
    """A received list of low-result schools as JSON (`monitoring.received.Reading.to_json`)."""
    head = {"do": "list", "name": name, "year": year, "registry": _entries(registry)}
    try:
        return child.run("monitoring.reading.child", head, data, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed:
        return {"rows": [], "problems": [{"where": "", "severity": "error", "message": SLOW}]}


_FIELDS = tuple(field.name for field in dataclasses.fields(RegistryEntry))
_values = operator.attrgetter(*_FIELDS)


def _entries(registry: Iterable[RegistryEntry]) -> list[Any]:
    """Entries by their fields in order: a tenth of the time that dictionaries take."""
    return [_values(one) for one in registry]


def _entry(values: dict[str, Any]) -> RegistryEntry:
    values["aliases"] = tuple(values["aliases"])
    return RegistryEntry(**values)


def _plain(minimum: Minimum) -> dict[str, Any]:
    return dataclasses.asdict(minimum) | {"score": None if minimum.score is None else str(minimum.score)}


def main() -> None:
    gc.disable()  # a short life: what is read lives until the answer is written
    child.serve(_answer)


def _answer(data: bytes, head: dict[str, Any]) -> dict[str, Any]:
    entries = [_entry(dict(zip(_FIELDS, row, strict=True))) for row in head["registry"]]
    if head["do"] == "list":
        return _list(data, head["name"], entries, head["year"])
    if head["do"] == "describe":
        return {"described": describe(data, head["name"], registry=entries)}
    minimum = [Minimum(**(m | {"score": None if m["score"] is None else Decimal(m["score"])})) for m in head["minimum"]]
    schools = Schools(entries)
    keys = {entry.canonical: entry.key for entry in entries} if head["keyed"] else None
    readings, start = [], 0
    for name, size in head["files"]:
        reading = _reading(data[start : start + size], name, head["mappings"], schools, minimum)
        start += size
        said = to_json(reading)
        if keys is not None:
            for table in said["tables"]:
                table["rows"] = [_kept(row, keys.get(row["school"])) for row in table["rows"]]
        readings.append(said)
    return {"readings": readings}


def _kept(row: dict[str, Any], key: int | str | None) -> dict[str, Any]:
    """A row as a batch keeps it: with its school's key and without what is not known."""
    kept = {name: value for name, value in row.items() if value is not None}
    if key is not None:
        kept["key"] = key
    return kept


def _reading(
    data: bytes, name: str, mappings: list[dict[str, Any]], schools: Schools, minimum: Sequence[Minimum]
) -> Reading:
    try:
        if mappings:
            return read_with_mapping(data, name, list(map(mapping_of, mappings)), registry=schools, minimum=minimum)
        return read_results(data, name, registry=schools, minimum=minimum)
    except MemoryError:
        return unreadable(name, "unreadable", SLOW)


def _list(data: bytes, name: str, entries: Sequence[RegistryEntry], year: int) -> dict[str, Any]:
    from monitoring import received

    try:
        return received.read_list(data, name, registry=entries, year=year).to_json()
    except MemoryError:
        return received.Reading(problems=[{"where": "", "severity": "error", "message": SLOW}]).to_json()


if __name__ == "__main__":
    main()
