"""Reading of result files in a child process with limits (`config.child`). Rows, never names of pupils, come back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from config import child
from schools.registry import RegistryEntry

from .context import DEFAULT_MINIMUM, Minimum
from .mapping import Mapping, describe, mapping_of, read_with_mapping
from .model import to_json, unreadable
from .reader import read_results

SLOW = (
    "Файл не удалось прочитать: он слишком велик или повреждён. Сохраните его заново как «Книга Excel» или разделите."
)


def read_file(
    data: bytes,
    name: str,
    *,
    registry: Iterable[RegistryEntry],
    minimum: Sequence[Minimum] = DEFAULT_MINIMUM,
    mapping: Mapping | None = None,
    seconds: int = 60,
    megabytes: int = 1024,
) -> dict[str, Any]:
    """The reading as JSON (`model.to_json`). What is wrong with the file is in its problems; nothing is raised for it."""
    head = {
        "do": "read",
        "name": name,
        "registry": [dataclasses.asdict(e) for e in registry],
        "minimum": [_plain(m) for m in minimum],
        "mapping": dataclasses.asdict(mapping) if mapping else None,
    }
    try:
        answer = child.run("monitoring.reading.child", head, data, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed:
        return to_json(unreadable(name, "unreadable", SLOW))
    return dict(answer["reading"])


def describe_file(
    data: bytes, name: str, *, registry: Iterable[RegistryEntry], seconds: int = 60, megabytes: int = 1024
) -> dict[str, Any]:
    """What the mapping screen shows: {"sheets": […], "error": sentence or None} (`mapping.describe`)."""
    head = {"do": "describe", "name": name, "registry": [dataclasses.asdict(e) for e in registry]}
    try:
        answer = child.run("monitoring.reading.child", head, data, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed:
        return {"sheets": [], "error": SLOW}
    return dict(answer["described"])


def read_list_file(
    data: bytes, name: str, *, registry: Iterable[RegistryEntry], year: int, seconds: int = 60, megabytes: int = 1024
) -> dict[str, Any]:
    """A received list of low-result schools as JSON (`monitoring.received.Reading.to_json`)."""
    head = {"do": "list", "name": name, "year": year, "registry": [dataclasses.asdict(e) for e in registry]}
    try:
        return child.run("monitoring.reading.child", head, data, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed:
        return {"rows": [], "problems": [{"where": "", "severity": "error", "message": SLOW}]}


def _plain(minimum: Minimum) -> dict[str, Any]:
    return dataclasses.asdict(minimum) | {"score": None if minimum.score is None else str(minimum.score)}


def main() -> None:
    child.serve(_answer)


def _answer(data: bytes, head: dict[str, Any]) -> dict[str, Any]:
    entries = [RegistryEntry(**{**e, "aliases": tuple(e["aliases"])}) for e in head["registry"]]
    name = head["name"]
    if head["do"] == "list":
        return _list(data, name, entries, head["year"])
    if head["do"] == "describe":
        return {"described": describe(data, name, registry=entries)}
    minimum = [Minimum(**(m | {"score": None if m["score"] is None else Decimal(m["score"])})) for m in head["minimum"]]
    try:
        if head.get("mapping"):
            reading = read_with_mapping(data, name, mapping_of(head["mapping"]), registry=entries, minimum=minimum)
        else:
            reading = read_results(data, name, registry=entries, minimum=minimum)
    except MemoryError:
        reading = unreadable(name, "unreadable", SLOW)
    return {"reading": to_json(reading)}


def _list(data: bytes, name: str, entries: Sequence[RegistryEntry], year: int) -> dict[str, Any]:
    from monitoring.received import Reading, read_list

    try:
        return read_list(data, name, registry=entries, year=year).to_json()
    except MemoryError:
        return Reading(problems=[{"where": "", "severity": "error", "message": SLOW}]).to_json()


if __name__ == "__main__":
    main()
