"""The commands read in a child process and need no database; what is wrong with a file is an answer, not a crash."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from monitoring.reading.child import read_file
from tests.monitoring.containers import Page, write

REGISTRY = "canonical,rcoi_code,aliases\nСОШ № 1,9101,МБОУ СОШ № 1\n"
ROWS = [
    ["ОГЭ 2026 математика"],
    ["Код ОО", "ОО", "Кол-во участников", "2", "3", "4", "5"],
    [9101, "МБОУ СОШ № 1", 10, 4, 2, 2, 2],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "registry.csv").write_text(REGISTRY, encoding="utf-8")
    (tmp_path / "огэ.xls").write_bytes(write("xls", [Page("Лист1", ROWS)]))
    rules = {
        "id": "one", "school_years": ["2025/2026"], "min_procedures_per_year": 1,
        "procedures": [{"procedure": "ОГЭ", "subject": "Математика"}],
    }  # fmt: skip
    (tmp_path / "rules.json").write_text(json.dumps(rules), encoding="utf-8")
    return tmp_path


def said(*args: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        call_command(*args)
    return out.getvalue()


def test_read_results_prints_what_was_read(folder: Path) -> None:
    told = json.loads(
        said("read_results", str(folder / "огэ.xls"), "--registry", str(folder / "registry.csv"), "--json")
    )
    assert told["file"] == "огэ.xls" and told["tables"][0]["rows"][0]["counts"] == {"2": 4, "3": 2, "4": 2, "5": 2}


def test_find_low_results_prints_the_list_of_files_alone(folder: Path) -> None:
    args = ["--registry", str(folder / "registry.csv"), "--rules", str(folder / "rules.json"), "--json"]
    told = json.loads(said("find_low_results", str(folder / "огэ.xls"), *args))
    assert [s["school"] for s in told["schools"]] == ["СОШ № 1"] and told["schools"][0]["reasons"][0]["share"] == 40.0
    assert "near_misses" not in told
    other = json.loads(said("find_low_results", str(folder / "огэ.xls"), *args, "--school-year", "2024/2025"))
    assert other["schools"] == [] and other["school_years"] == ["2024/2025"]


def test_a_path_that_does_not_exist_is_told_in_words(folder: Path) -> None:
    with pytest.raises(CommandError, match="не открывается"):
        said("read_results", str(folder / "нет.xlsx"))


def test_a_file_that_eats_the_memory_of_the_child_is_only_unreadable() -> None:
    reading = read_file(b"1;2;3\n" * 900_000, "много.csv", registry=[], seconds=30, megabytes=90)
    assert [p["code"] for p in reading["problems"]][0] in ("unreadable", "too_large")
