"""People recovered from percentages: exact, or honestly unknown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.reading.people import recovered


def printed(counts: list[int], places: int) -> list[Decimal]:
    whole = sum(counts)
    return [(Decimal(100 * c) / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for c in counts]


COUNTS = st.lists(st.integers(0, 2400), min_size=4, max_size=4).filter(lambda c: 0 < sum(c) < 10_000)


@settings(max_examples=400, deadline=None)
@given(COUNTS)
def test_two_decimals_give_every_group_below_ten_thousand_back(counts: list[int]) -> None:
    assert recovered(printed(counts, 2), sum(counts), 2) == ("exact", tuple(counts))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 3000), min_size=4, max_size=4).filter(lambda c: sum(c) > 0), st.integers(0, 2))
def test_whatever_is_called_exact_is_the_truth(counts: list[int], places: int) -> None:
    outcome, people = recovered(printed(counts, places), sum(counts), places)
    assert outcome != "exact" or people == tuple(counts)


@settings(max_examples=400, deadline=None)
@given(COUNTS.filter(lambda c: 60 < sum(c) < 3000), st.integers(1, 40))
def test_a_typed_over_number_of_participants_passes_only_where_it_gives_the_same_percentages(
    counts: list[int], more: int
) -> None:
    wrong = sum(counts) + more
    outcome, people = recovered(printed(counts, 2), wrong, 2)
    if outcome == "exact":
        assert all(
            abs(Decimal(100 * c) / wrong - p) <= Decimal("0.011")
            for c, p in zip(people, printed(counts, 2), strict=True)
        )


def test_a_row_of_round_percentages_is_held_to_the_precision_of_its_table() -> None:
    """69, 69, 69, 393 of 600 print one decimal; with 601 they would pass if one decimal were all that is asked."""
    row = printed([69, 69, 69, 393], 2)
    assert recovered(row, 600, 2)[0] == "exact" and recovered(row, 601, 2)[0] == "mismatch"


def test_the_published_vector_and_the_boundary_of_ten_thousand() -> None:
    vector = [Decimal(p) for p in ("12.36", "52.81", "26.97", "7.87")]
    assert recovered(vector, 89, 2) == ("exact", (11, 47, 24, 7))
    assert recovered(vector, 90, 2)[0] == "mismatch"  # 11 + 48 + 24 + 7 = 90 by accident
    even = [Decimal(25)] * 4
    assert recovered(even, 9996, 2)[0] == "exact" and recovered(even, 10_000, 2)[0] == "undetermined"


def test_whole_per_cent_tell_people_apart_up_to_a_hundred() -> None:
    assert recovered([Decimal(30), Decimal(20), Decimal(25), Decimal(25)], 100, 0)[0] == "exact"
    assert recovered([Decimal(30), Decimal(20), Decimal(25), Decimal(25)], 150, 0)[0] == "undetermined"
