"""Rules of low results: exact comparison, levels together, few participants, rules that cannot be used."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.low_results import Rule, RulesError, RuleSet, SchoolResult, find_low_results, parse_rules

YEARS = ("2024/2025", "2025/2026")
VPR = tuple(Rule("ВПР", s, g) for g in (5, 6) for s in ("Русский язык", "Математика"))
EGE = Rule("ЕГЭ", "Математика", None, ("база", "профиль"), "below_minimum")
RULES = RuleSet("test", YEARS, (*VPR, EGE))


def vpr(year: str, grade: int, low: int, people: int, subject: str = "Математика") -> SchoolResult:
    return SchoolResult("Школа", year, "ВПР", subject, grade, None, people, low)


def twice(low: int, people: int) -> list[SchoolResult]:
    return [vpr(year, grade, low, people) for year in YEARS for grade in (5, 6)]


def test_exactly_thirty_per_cent_is_low_and_one_person_less_is_not() -> None:
    assert [v.school for v in find_low_results(RULES, twice(30, 100)).schools] == ["Школа"]
    found = find_low_results(RULES, [*twice(30, 100)[:3], vpr(YEARS[1], 6, 29, 100)])
    assert not found.schools and [m.code for m in found.near_misses] == ["below_threshold"]


def test_the_threshold_may_exclude_itself() -> None:
    strict = RuleSet("strict", YEARS, VPR, threshold_inclusive=False)
    assert not find_low_results(strict, twice(30, 100)).schools and find_low_results(strict, twice(31, 100)).schools


def test_levels_of_one_exam_are_summed_before_they_are_compared() -> None:
    def ege(level: str, low: int, people: int) -> SchoolResult:
        return SchoolResult("Школа", YEARS[1], "ЕГЭ", "Математика", None, level, people, below=low)

    base = [*twice(10, 20)[:2], vpr(YEARS[1], 5, 10, 20)]
    assert not find_low_results(RULES, [*base, ege("профиль", 2, 5), ege("база", 0, 9)]).schools
    verdict = find_low_results(RULES, [*base, ege("профиль", 2, 4), ege("база", 2, 5)]).schools[0]
    assert (verdict.reasons[-1].participants, verdict.reasons[-1].low, verdict.reasons[-1].share) == (
        9,
        4,
        Decimal("44.44"),
    )


def test_few_participants_are_not_counted_and_the_same_result_loaded_twice_counts_once() -> None:
    found = find_low_results(RULES, [*twice(10, 20)[:3], vpr(YEARS[1], 6, 2, 4)])
    assert not found.schools and found.near_misses[0].code == "few_participants"
    assert not find_low_results(RULES, [vpr(y, 5, 10, 20) for y in YEARS for _ in range(3)]).schools


def test_two_sources_with_other_figures_are_a_conflict_and_count_neither_way() -> None:
    found = find_low_results(RULES, [*twice(10, 20), vpr(YEARS[0], 5, 1, 20)])
    assert not found.schools and len(found.conflicts) == 2


def test_kinds_of_schools_may_be_excluded_and_a_year_not_held_looked_back() -> None:
    assert not find_low_results(
        RuleSet("x", YEARS, VPR, exclude_kinds=("вечерняя",)), twice(10, 20), kinds={"Школа": "вечерняя"}
    ).schools
    rules = parse_rules(
        json.dumps(_values(not_held=[{"school_year": "2025/2026", "procedure": "ВПР"}], look_back=True))
    )
    assert find_low_results(rules, twice(10, 20)[:2]).schools


def test_the_years_may_be_moved() -> None:
    assert RULES.for_year("2023/2024").school_years == ("2022/2023", "2023/2024")


@given(st.integers(5, 500), st.data())
def test_low_is_compared_exactly(people: int, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, people))
    assert RULES.is_low(low, people) == (low * 10 >= people * 3)


def _values(**more: Any) -> dict[str, Any]:
    procedures = [{"procedure": "ВПР", "subject": "Математика", "grade": g} for g in (5, 6)]
    return {"id": "t", "school_years": list(YEARS), "procedures": procedures} | more


@pytest.mark.parametrize(
    ("more", "said"),
    [({"school_years": ["2025"]}, "учебный год"), ({"school_years": ["2025/2026", "2024/2025"]}, "по порядку"), ({"procedures": []}, "пуст"),
     ({"threshold_percent": 130}, "threshold_percent"), ({"min_participants": "пять"}, "min_participants"),
     ({"procedures": [{"procedure": "ЦТ", "subject": "Химия"}]}, "ЦТ"), ({"ege_minimum": [{"subject": "Химия"}]}, "ege_minimum")],
)  # fmt: skip
def test_rules_that_cannot_be_used_name_the_key(more: dict[str, Any], said: str) -> None:
    with pytest.raises(RulesError, match=said):
        parse_rules(json.dumps(_values(**more)))
    with pytest.raises(RulesError, match="не JSON"):
        parse_rules("{")
