"""The samples of result files are read exactly as their labels say, and give exactly the gold list of low results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitoring.low_results import find_low_results, parse_rules, results_of
from monitoring.low_results import to_json as low_json
from monitoring.reading.model import to_json
from monitoring.reading.reader import read_results
from schools.registry import RegistryEntry
from schools.registry_file import read_registry
from tests.conftest import SAMPLES

FOLDER = SAMPLES / "results"
OWN_KEYS = {"name", "line", "shares", "sheet", "headings_key", "maximum", "message", "column", "value", "district"}


@pytest.fixture(scope="module")
def folder() -> Path:
    if not (FOLDER / "registry.csv").exists():
        pytest.skip(f"Образцов файлов результатов нет ({FOLDER.name}): укажите SAMPLES_DIR.")
    return FOLDER


def registry(folder: Path) -> tuple[RegistryEntry, ...]:
    return read_registry((folder / "registry.csv").read_bytes()).entries


def without_own_keys(value: Any) -> Any:
    """The reading as the README's schema has it: our own additions left out."""
    if isinstance(value, dict):
        return {k: without_own_keys(v) for k, v in value.items() if k not in OWN_KEYS}
    return [without_own_keys(v) for v in value] if isinstance(value, list) else value


def test_every_sample_is_read_exactly_as_its_label_says(folder: Path) -> None:
    known = registry(folder)
    files = sorted(folder.glob("*.xlsx"))
    assert len(files) == 19
    for path in files:
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        read = without_own_keys(to_json(read_results(path.read_bytes(), path.name, registry=known)))
        for table in read["tables"]:
            table.pop("line", None)
        assert read == without_own_keys(gold), path.name


def test_the_samples_give_the_gold_list_and_the_near_misses_for_their_reasons(folder: Path) -> None:
    known = registry(folder)
    rules = parse_rules((folder / "rules.json").read_bytes())
    readings = [to_json(read_results(p.read_bytes(), p.name, registry=known)) for p in sorted(folder.glob("*.xlsx"))]
    results = [result for reading in readings for result in results_of(reading)]
    district = next(r["district"] for r in readings if r["district"])
    order = [entry.canonical for entry in known]
    found = low_json(find_low_results(rules, results, order=order, district=district), near_misses=True)
    gold = json.loads((folder / "low_results.gold.json").read_text(encoding="utf-8"))
    for miss in [*found["near_misses"], *gold["near_misses"]]:
        miss.pop("note")
    assert found == gold
