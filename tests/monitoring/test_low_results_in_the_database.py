"""Finding low results in the database: on the samples as the gold says, on random data as the pure function says."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring import sums
from monitoring.actions import imports, uploads
from monitoring.default_rules import DEFAULT, parameters_of
from monitoring.forecast import forecast_of, ready_for
from monitoring.low_results import NotHeld, Rule, find_low_results, parse_rules
from monitoring.models import Assessment, Result
from schools.models import Organization
from tests.cast import Cast, organization
from tests.conftest import SAMPLES
from tests.office import office_from

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    sums.forget()


def put(
    school: Organization, year: int, procedure: str, subject: str, grade: int, people: tuple[int, int], **of: str
) -> Result:
    """`people` are (participants, low)."""
    assessment, _ = Assessment.objects.get_or_create(
        procedure=procedure,
        school_year=year,
        subject=subject,
        grade=grade,
        level=of.get("level", ""),
        wave=of.get("wave", ""),
        title=of.get("title", ""),
        authority=school.authority if procedure == "КР" else None,
    )
    participants, low = people
    ege = {"below_minimum": low} if procedure == "ЕГЭ" else {}
    marks = {} if ege else {"n2": low, "n3": participants - low, "n4": 0, "n5": 0}
    return Result.objects.create(
        assessment=assessment,
        organization=school,
        authority=school.authority,
        participants=participants,
        **marks,
        **ege,
    )


def test_the_samples_loaded_through_the_browsers_way_give_the_gold_exactly() -> None:
    folder = SAMPLES / "results"
    if not folder.exists():
        pytest.skip("Образцов таблиц нет: укажите SAMPLES_DIR.")
    office = office_from(folder / "registry.csv", "Отдел образования Тихого района")
    batch = uploads.begin(by=office.methodist, authority=office.authority)
    for path in sorted(folder.glob("*.xlsx")):
        if path.name.startswith(("vpr", "oge", "ege", "ОГЭ", "ЕГЭ")) and "points" not in path.name:
            uploads.add_file(by=office.methodist, batch=batch, name=path.name, content=path.read_bytes())
    imports.check(batch=batch)
    imports.load(by=office.methodist, batch=batch, accept_warnings=True)

    out, gold = _printed(school_year="2025/2026"), _gold(folder)
    near = gold.pop("near_misses")
    assert out == gold
    said = _printed(school_year="2025/2026", near_misses=True)["near_misses"]
    assert {(one["school"], one["code"]) for one in said} >= {(one["school"], one["code"]) for one in near}
    assert not {one["school"] for one in near} & {one["school"] for one in out["schools"]}
    rules = parse_rules((folder / "rules.json").read_bytes())
    assert {one.title for one in rules.procedures} == {one.title for one in DEFAULT.procedures}


def _gold(folder: Path) -> dict:  # type: ignore[type-arg]
    return json.loads((folder / "low_results.gold.json").read_text())


def _printed(**options: object) -> dict:  # type: ignore[type-arg]
    held = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", held)
        call_command("find_low_results", json=True, **options)
    return json.loads(held.getvalue())


def test_rules_go_into_the_database_and_come_back_the_same() -> None:
    rules = replace(
        DEFAULT,
        threshold_percent=Decimal("33.3"),
        exclude_kinds=("вечерняя школа",),
        look_back=True,
        not_held=(NotHeld("2024/2025", "ВПР", "Математика", 5),),
    )
    assert parse_rules(json.dumps(parameters_of(rules))) == rules


def test_on_random_figures_arrays_and_the_pure_function_find_the_same_schools(cast: Cast) -> None:
    luck = random.Random(2026)
    schools = [cast.school, cast.neighbour, cast.third]
    schools += [organization(cast.authority, f"СОШ № {n}", type_name="СОШ") for n in range(10, 40)]
    rows = []
    for year in (2024, 2025, 2026):
        for rule in DEFAULT.procedures:
            for level in rule.levels or ("",):
                for wave in ("", "extra") if luck.random() < 0.4 else ("",):
                    assessment = Assessment.objects.create(
                        procedure=rule.procedure,
                        school_year=year,
                        subject=rule.subject,
                        grade=rule.grade or 0,
                        level=level,
                        wave=wave,
                    )
                    for school in schools:
                        participants = luck.choice([0, 3, 4, 5, 6, 9, 10, 20, 90])
                        low = luck.randint(0, participants // 2 + 1) if participants else 0
                        if luck.random() < 0.8:
                            rows.append(
                                Result(
                                    assessment=assessment,
                                    organization=school,
                                    authority=cast.authority,
                                    participants=participants,
                                    low=min(low, participants),
                                )
                            )
    Result.objects.bulk_create(rows)
    chosen = 0
    for threshold in ("20", "30", "33.3", "0.5"):
        for inclusive in (True, False):
            for extra in (
                {},
                {"look_back": True, "not_held": (NotHeld("2024/2025", "ВПР"),)},
                {"min_participants": 10},
            ):
                rules = replace(DEFAULT, threshold_percent=Decimal(threshold), threshold_inclusive=inclusive, **extra)
                held = sums.sums_for(rules, authorities=[cast.authority.pk])
                pure = find_low_results(rules, held.results())
                found = {str(pk) for pk in sums.identify(rules, held).tolist()}
                assert found == {one.school for one in pure.schools}
                chosen += len(found)
    assert chosen > 50


def test_of_two_terms_the_main_one_counts_and_two_works_that_disagree_count_neither_way(cast: Cast) -> None:
    rules = replace(
        DEFAULT,
        school_years=("2025/2026",),
        procedures=(Rule("ОГЭ", "Математика"), Rule("КР", "Физика", 8)),
        min_procedures_per_year=1,
    )
    put(cast.school, 2026, "ОГЭ", "Математика", 0, (10, 2))
    put(cast.school, 2026, "ОГЭ", "Математика", 0, (10, 9), wave="extra")
    put(cast.neighbour, 2026, "ОГЭ", "Математика", 0, (10, 9), wave="extra")
    put(cast.third, 2026, "КР", "Физика", 8, (10, 9), title="Входная")
    put(cast.third, 2026, "КР", "Физика", 8, (10, 8), title="Итоговая")
    found = forecast_of(cast.authority, rules)
    assert [one.organization for one in found.listed] == [cast.neighbour]
    assert {row for row, _ in found.conflicts} == {cast.third}
    held = sums.sums_for(rules, authorities=[cast.authority.pk])
    assert sums.identify(rules, held).tolist() == [cast.neighbour.pk]


def test_figures_are_read_once_until_something_is_written(cast: Cast) -> None:
    rules = ready_for(replace(DEFAULT, min_procedures_per_year=1, school_years=("2025/2026",)), cast.authority)
    row = put(cast.school, 2026, "ВПР", "Математика", 5, (10, 2))
    assert forecast_of(cast.authority, rules).listed == []
    with CaptureQueriesContext(connection) as seen:
        assert len(forecast_of(cast.authority, replace(rules, threshold_percent=Decimal(20))).listed) == 1
    assert not [one for one in seen if "monitoring_result" in one["sql"].lower()]
    row.n2, row.n3 = 5, 5
    row.save()
    assert [one.organization for one in forecast_of(cast.authority, rules).listed] == [cast.school]
    row.delete()
    assert forecast_of(cast.authority, rules).listed == []


def test_the_command_asks_which_office_is_meant(cast: Cast) -> None:
    with pytest.raises(CommandError, match="несколько"):
        call_command("find_low_results", json=True)
    assert _printed(authority="Дальнего")["district"] == "Отдел образования Дальнего района"


def test_a_figure_larger_than_any_school_is_read_as_it_stands(cast: Cast) -> None:
    rules = replace(
        DEFAULT, school_years=("2025/2026",), procedures=(Rule("ВПР", "Математика", 5),), min_procedures_per_year=1
    )
    put(cast.school, 2026, "ВПР", "Математика", 5, (32_767, 32_767))
    put(cast.neighbour, 2026, "ВПР", "Математика", 5, (9, 1))
    small = sums.sums_for(rules, authorities=[cast.authority.pk])
    put(cast.third, 2026, "ВПР", "Математика", 5, (70_000, 65_600))
    large = sums.sums_for(rules, authorities=[cast.authority.pk])
    figures = {(one.school, one.participants, one.low_2) for one in small.results()}
    assert figures == {(str(cast.school.pk), 32_767, 32_767), (str(cast.neighbour.pk), 9, 1)}
    figures |= {(str(cast.third.pk), 70_000, 65_600)}
    assert {(one.school, one.participants, one.low_2) for one in large.results()} == figures
