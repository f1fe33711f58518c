"""Stays of a school on lists, wordings of received lists, what remains to leave."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from monitoring.default_rules import DEFAULT
from monitoring.episodes import Stay, remaining, stays, trajectory_of, years_said
from monitoring.low_results import Reason


def test_a_year_without_any_list_does_not_end_a_stay() -> None:
    assert stays({2019, 2021}, {2019, 2021}) == [Stay(2019, 2021, None, (2019, 2021))]


def test_a_list_without_the_school_ends_the_stay_and_the_next_one_is_a_new_stay() -> None:
    assert stays({2019, 2022}, {2019, 2021, 2022, 2023}) == [
        Stay(2019, 2019, 2021, (2019,)),
        Stay(2022, 2022, 2023, (2022,)),
    ]
    assert stays((), {2021}) == []


@pytest.mark.parametrize(
    ("words", "year", "meaning"),
    [
        ("В списках 2019 и 2021 гг", 2021, "stays"),
        ("Только в списке 2021 года", 2021, "entered"),
        ("Только в списке 2019 года", 2021, "left"),
        ("В списках 2018 и 2019 гг", 2021, "left"),
        ("Впервые включена", 2021, "entered"),
        ("Исключена", 2021, "left"),
        ("", 2021, ""),
        ("положительная", 2021, ""),
    ],
)
def test_the_wording_of_dynamics_is_understood_for_the_year_of_the_list(words: str, year: int, meaning: str) -> None:
    assert trajectory_of(words, year) == meaning


def test_numbers_that_are_no_years_are_not_taken_for_years() -> None:
    assert years_said("В списках 2019, 2021 гг., приказ № 12019") == (2019, 2021)


def reason(year: str, low: int, participants: int) -> Reason:
    return Reason(year, "ВПР", "Математика", 5, participants, low, Decimal(0))


def test_what_remains_is_told_for_the_last_year_at_the_same_number_of_participants() -> None:
    low = [reason("2024/2025", 20, 30), reason("2025/2026", 9, 30), reason("2025/2026", 12, 30)]
    left = remaining(DEFAULT, low)
    assert (left.school_year, left.low, left.most, left.procedures) == ("2025/2026", 2, 1, 1)
    assert [(step.allowed, step.fewer) for step in left.steps] == [(8, 1), (8, 4)]
    exclusive = replace(DEFAULT, threshold_inclusive=False)
    assert [(s.allowed, s.fewer) for s in remaining(exclusive, low).steps] == [(9, 0), (9, 3)]
    assert remaining(DEFAULT, low[:2]).procedures == 0
