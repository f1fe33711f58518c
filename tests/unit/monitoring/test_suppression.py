"""What leaves an authority never lets a small group be computed back."""

from __future__ import annotations

import itertools
import random

import pytest

from monitoring.suppression import hidden, totals_shown


def test_nothing_is_hidden_where_every_group_is_large_enough() -> None:
    found = hidden([5, 12, None, 0, 30])
    assert (found.places, found.total) == (frozenset(), False)


def test_one_small_group_takes_the_next_smallest_along() -> None:
    """Otherwise total minus shown is the small group."""
    found = hidden([3, 40, 7, 22])
    assert found.places == {0, 2} and not found.total


def test_small_groups_that_are_few_together_take_another_one_along() -> None:
    assert hidden([1, 2, 30, 40]).places == {0, 1, 2}
    assert hidden([3, 4, 30, 40]).places == {0, 1}


def test_a_total_of_a_lonely_small_group_stays_inside_too() -> None:
    assert hidden([4]).total
    assert hidden([1, 2]).total, "двое школ, трое учеников: и вместе их мало"


@pytest.mark.parametrize("seed", range(20))
def test_no_difference_of_what_is_shown_gives_a_small_group(seed: int) -> None:
    rng = random.Random(seed)
    column = [rng.choice([None, 0, rng.randint(1, 9), rng.randint(5, 60)]) for _ in range(rng.randint(1, 12))]
    found = hidden(column)
    if found.total:
        return
    rest = sum(number or 0 for number in column) - sum(
        number or 0 for place, number in enumerate(column) if place not in found.places
    )
    assert rest == 0 or (rest >= 5 and len(found.places) >= 2)
    shown = [number for place, number in enumerate(column) if number and place not in found.places]
    assert all(number >= 5 for number in shown)


def test_a_school_sees_the_district_only_where_two_others_stand_behind_it() -> None:
    assert totals_shown({1: 20}, {1: (3, 60)}) == {1}
    assert totals_shown({1: 20}, {1: (2, 60)}) == set(), "вычтя себя, школа узнала бы единственную другую"
    assert totals_shown({1: 20}, {1: (3, 24)}) == set(), "у других вместе четверо"
    assert totals_shown({}, {1: (2, 60)}) == {1}
    assert totals_shown({1: None}, {1: (1, 60)}) == set()


def test_more_people_never_hide_more() -> None:
    for people in itertools.product((5, 6, 9), repeat=3):
        assert not hidden(people).places
