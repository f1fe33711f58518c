"""The samples through the whole way: registry loaded, files read, checked, loaded; figures in the database are those of the labels."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from openpyxl import load_workbook

from monitoring.actions import imports, uploads
from monitoring.models import JournalComparison, PointDistribution, Result, TaskShares
from schools.models import OrganizationCode
from tests.conftest import SAMPLES
from tests.office import Office, office_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def samples() -> Path:
    folder = SAMPLES / "results"
    if not folder.exists():
        pytest.skip("Образцов таблиц нет: укажите SAMPLES_DIR.")
    return folder


@pytest.fixture
def office(samples: Path) -> Office:
    return office_from(samples / "registry.csv", "Отдел образования Тихого района")


def labels(samples: Path) -> dict[str, dict]:  # type: ignore[type-arg]
    return {path.name: json.loads(path.with_suffix(".json").read_text()) for path in sorted(samples.glob("*.xlsx"))}


def test_all_samples_are_loaded_with_the_figures_of_their_labels(samples: Path, office: Office) -> None:
    assert OrganizationCode.objects.exists()
    batch = uploads.begin(by=office.methodist, authority=office.authority)
    for path in sorted(samples.glob("*.xlsx")):
        uploads.add_file(by=office.methodist, batch=batch, name=path.name, content=path.read_bytes())
    batch = imports.check(batch=batch)
    assert batch.errors == 0 and batch.report["conflicts"] == 0
    imports.load(by=office.methodist, batch=batch, accept_warnings=True)
    expected: Counter[tuple[str, ...]] = Counter()
    for label in labels(samples).values():
        for table in label["tables"]:
            for row in table["rows"]:
                if (
                    row["group"] == "school"
                    and row["participants"]
                    and table["form"] in ("fisoko_marks", "plain_table")
                ):
                    year = int(table["school_year"].split("/")[1])
                    at = (table["procedure"], year, table["subject"], table["grade"], row["school"])
                    expected[(*map(str, at), str(sorted(row["counts"].items())))] += 1
    found = {
        tuple(
            map(
                str,
                (
                    one.assessment.procedure,
                    one.assessment.school_year,
                    one.assessment.subject,
                    one.assessment.grade,
                    one.organization.name,
                    sorted((str(k), v) for k, v in (one.counts or {}).items()),
                ),
            )
        )
        for one in Result.objects.select_related("assessment", "organization")
    }
    assert set(expected) <= found
    assert JournalComparison.objects.exists() and PointDistribution.objects.exists() and TaskShares.objects.exists()


def test_no_surname_of_a_protocol_is_kept_anywhere(samples: Path, office: Office) -> None:
    path = samples / "Протокол ОГЭ 2026.xlsx"
    batch = uploads.begin(by=office.methodist, authority=office.authority)
    row = uploads.add_file(by=office.methodist, batch=batch, name=path.name, content=path.read_bytes())
    assert row.personal and row.stored is None and row.sha256
    endings = ("ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ский", "ская")
    surnames = {
        cell.strip()
        for sheet in load_workbook(path)
        for line in sheet.iter_rows(values_only=True)
        for cell in line
        if isinstance(cell, str) and " " not in cell.strip() and cell.strip().endswith(endings)
    }
    assert len(surnames) > 5, "в протоколе есть фамилии"
    staff = {"Орлова"}  # the methodist of the test
    database = "\n".join(serializers.serialize("json", model._default_manager.all()) for model in apps.get_models())
    kept = json.dumps(json.loads("[" + ",".join(database.splitlines()) + "]"), ensure_ascii=False)
    assert [name for name in surnames - staff if name in kept] == []
    files = [one for one in Path(settings.DATA_DIR).rglob("*") if one.is_file()]
    assert [one for one in files if hashlib.sha256(one.read_bytes()).hexdigest() == row.sha256] == []


def test_the_command_loads_what_the_page_would(samples: Path, office: Office) -> None:
    call_command("load_results", str(samples / "vpr2026_ma5_marks.xlsx"), by="metodist", accept_warnings=True)
    assert Result.objects.count() > 5
