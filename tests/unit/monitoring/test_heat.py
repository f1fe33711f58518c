"""A cell of the heat map: states that differ, tones on both sides of each boundary, people instead of per cents where few."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitoring.heat import Figures, band, cell_of, legend, percent, points
from monitoring.markers import found_for, markers_of

T = Decimal(30)


def cell(figures: Figures | None, *, held: bool = True, grade: bool = True) -> tuple[str, str]:
    found = cell_of(figures, held=held, grade=grade, smallest=5)
    return found.tone, found.text


def test_not_held_no_data_no_grade_nobody_and_zero_differ() -> None:
    kinds = [
        cell(None, held=False),
        cell(None),
        cell(None, grade=False),
        cell(Figures("no_participants", 0)),
        cell(Figures("data", 20, 0)),
    ]
    assert len(set(kinds)) == 5
    assert kinds[-1] == ("h0", "0,0")


def test_few_people_are_told_as_people() -> None:
    assert cell(Figures("data", 4, 2)) == ("few", "2 из 4")
    assert cell(Figures("data", 5, 2)) == ("h3", "40,0")


def test_an_exam_without_a_minimum_shows_its_mean() -> None:
    assert cell(Figures("data", 12, None, Decimal("61.25"))) == ("mean", "ср. 61,3")


@pytest.mark.parametrize(
    ("share", "tone"),
    [("0", "h0"), ("9.99", "h0"), ("10", "h1"), ("19.99", "h1"), ("20", "h2"), ("29.99", "h2"), ("30", "h3"), ("44.99", "h3"), ("45", "h4")],
)  # fmt: skip
def test_tones_change_at_the_threshold_and_its_parts(share: str, tone: str) -> None:
    assert band(Decimal(share), T) == tone


def test_a_share_just_below_the_threshold_is_below_however_it_is_rounded() -> None:
    found = cell_of(Figures("data", 1000, 2999 // 10), held=True, grade=True, smallest=5)
    assert (found.tone, found.text) == ("h2", "29,9")


def test_words_are_russian() -> None:
    assert percent(Decimal("12.345")) == "12,3\u00a0%" and percent(None) == "—"
    assert points(Decimal("-3.06")) == "−3,1\u00a0п.п." and points(Decimal(2)) == "+2,0\u00a0п.п."
    assert legend(T)[3][1] == "порог: от 30 %"


def test_an_office_sets_markers_and_turns_them_off() -> None:
    journal = {"lowered": 25, "confirmed": 70, "raised": 5}
    assert [one.code for one in found_for(markers_of({}), comparison=journal)] == ["many_lowered"]
    assert not found_for(markers_of({"many_lowered": {"threshold": "26"}}), comparison=journal)
    assert not found_for(markers_of({"many_lowered": {"on": False}}), comparison=journal)
    kept = markers_of({"many_lowered": {"threshold": "чушь", "source": "письмо № 5"}})
    assert (kept[0].threshold, kept[0].source) == (Decimal(20), "письмо № 5")
    grown = found_for(markers_of({}), before={"2": 1, "3": 9}, now={"2": 3, "3": 7})
    assert [one.code for one in grown] == ["growth_of_low"]
    assert not found_for(markers_of({"growth_of_low": {"on": False}}), before={"2": 1, "3": 9}, now={"2": 3, "3": 7})
