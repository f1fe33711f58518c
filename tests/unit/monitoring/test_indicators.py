"""Indicators on the published test vector and on both sides of each boundary."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitoring import indicators as i

VECTOR = {"2": 11, "3": 47, "4": 24, "5": 7}  # N = 89: 12,36 / 52,81 / 26,97 / 7,87 %


def test_the_published_test_vector() -> None:
    assert i.shares(VECTOR) == {
        "2": Decimal("12.36"),
        "3": Decimal("52.81"),
        "4": Decimal("26.97"),
        "5": Decimal("7.87"),
    }
    assert sum(i.shares(VECTOR).values()) == Decimal("100.01")  # type: ignore[union-attr]
    assert i.pass_rate(VECTOR) == Decimal("87.64")
    assert i.quality_rate(VECTOR) == Decimal("34.83")
    assert i.learning_level(VECTOR) == Decimal("46.11")
    assert i.mean_mark(VECTOR) == Decimal("3.30")


def test_nobody_has_no_rate() -> None:
    for rate in (i.pass_rate, i.quality_rate, i.low_rate, i.learning_level, i.mean_mark, i.shares):
        assert rate({"2": 0, "3": 0, "4": 0, "5": 0}) is None
    assert i.overcame_rate(0, 0) is None and i.comparison_shares({"lowered": 0}) is None


def test_a_district_is_summed_by_people_and_not_by_schools() -> None:
    big, small = {"2": 0, "3": 0, "4": 0, "5": 90}, {"2": 10, "3": 0, "4": 0, "5": 0}
    assert i.low_rate(i.together([big, small])) == Decimal("10.00")  # the mean of percentages would be 50
    assert i.mean_of_means([(Decimal("60"), 30), (Decimal("80"), 10)]) == Decimal("65.00")


def test_half_is_rounded_up_as_on_paper() -> None:
    assert i.rounded(Decimal("2.345")) == Decimal("2.35") and i.rounded(Decimal("2.5"), 0) == Decimal("3")


def test_pupils_who_are_not_attested_stay_in_the_level_of_learning() -> None:
    assert i.learning_level({"5": 1}, absent=1) == Decimal("53.50")


@pytest.mark.parametrize(
    ("lowered", "codes"), [(19, ()), (20, ("many_lowered",)), (39, ("many_lowered",)), (40, ("very_many_lowered",))]
)
def test_markers_of_lowered_marks_on_both_sides_of_the_threshold(lowered: int, codes: tuple[str, ...]) -> None:
    found = i.comparison_markers({"lowered": lowered, "confirmed": 100 - lowered, "raised": 0})
    assert tuple(m.code for m in found) == codes
    assert all(m.source and m.words for m in found)


def test_growth_of_low_marks_on_both_sides_of_ten_points() -> None:
    before = {"2": 10, "5": 90}
    assert i.growth_marker(before, {"2": 19, "5": 81}) is None
    assert i.growth_marker(before, {"2": 20, "5": 80}) is not None


@pytest.mark.parametrize(
    ("share", "level", "verdict"),
    [("60", "Б", "sufficient"), ("59.99", "Б", "uncertain"), ("57", "Б", "uncertain"), ("56.99", "Б", "insufficient"),
     ("30", "П", "sufficient"), ("29.99", "П", "uncertain"), ("28.5", "В", "uncertain"), ("28.49", "В", "insufficient")],
)  # fmt: skip
def test_tasks_on_both_sides_of_each_boundary(share: str, level: str, verdict: str) -> None:
    assert i.task_verdict(Decimal(share), level) == verdict  # type: ignore[arg-type]


def test_groups_smaller_than_five_do_not_leave_the_authority() -> None:
    assert i.suppressed({"2": 1, "5": 3}) is None and i.suppressed({"2": 1, "5": 4}) == {"2": 1, "5": 4}
    assert not i.may_leave(4) and i.may_leave(5) and i.may_leave(0) and not i.may_leave(None)


def test_more_below_the_minimum_than_participants_is_refused() -> None:
    with pytest.raises(ValueError, match="больше участников"):
        i.overcame_rate(6, 5)


def test_a_peak_at_the_boundary_of_a_mark_is_seen_and_a_flat_histogram_is_not() -> None:
    points = {5: 3, 6: 2, 7: 9, 8: 4, 9: 4, 10: 3}
    assert i.boundary_peaks(points, [7, 9]) == (7,)
    assert i.boundary_peaks({7: 9}, [7]) == ()  # fewer than twenty participants
