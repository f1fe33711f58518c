"""Doubts about figures: each found on one side of its boundary and not on the other."""

from __future__ import annotations

from monitoring.checks import Exam, Row, bounds, jumps, missing, sums, too_many

FAMILY = ("ВПР", "Математика", 5, "", "", "")
NOW = Exam(2, 2026, FAMILY, "ВПР, Математика, 5 класс, 2025/2026", 5)
BEFORE = Exam(1, 2025, FAMILY, "ВПР, Математика, 5 класс, 2024/2025", 5)


def test_more_participants_than_pupils_of_the_grade() -> None:
    rows = {(7, 2): Row(26), (8, 2): Row(25), (9, 2): Row(99)}
    pupils = {(7, 2026, 5): 25, (8, 2026, 5): 25, (9, 2025, 5): 10}
    found = too_many([NOW], rows, pupils)
    assert [(one.organization, one.figures) for one in found] == [(7, {"participants": 26, "pupils": 25})]


def test_a_jump_is_more_than_the_set_points_either_way_and_among_enough_people() -> None:
    before = {(7, 1): Row(100, 10), (8, 1): Row(100, 60), (9, 1): Row(9, 0), (6, 1): Row(100, 10)}
    now = {(7, 2): Row(100, 41), (8, 2): Row(100, 20), (9, 2): Row(9, 9), (6, 2): Row(100, 40)}
    found = jumps([BEFORE, NOW], before | now, 30)
    assert {one.organization for one in found} == {7, 8}
    assert "была 10 %, стала 41 %" in next(one.text for one in found if one.organization == 7)


def test_forms_that_disagree_and_a_comparison_may_only_have_fewer() -> None:
    people = {
        (7, 2): {"marks": 30, "points": 29},
        (8, 2): {"marks": 30, "comparison": 28},
        (9, 2): {"marks": 30, "comparison": 31},
    }
    assert {one.organization for one in sums([NOW], people)} == {7, 9}
    assert not sums([NOW], {(7, 2): {"points": 3}}), "без отметок сравнивать не с чем"


def test_marks_that_do_not_follow_from_points_and_bounds() -> None:
    points = {(7, 2): [1, 1, 2, 2, 3, 3], (8, 2): [1, 1, 2, 2, 3, 3]}
    marks = {(7, 2): (2, 4, 3, 3), (8, 2): (3, 3, 3, 3)}
    found = bounds([NOW], marks, points, {2: {"3": 2, "4": 4, "5": 5}})
    assert [one.organization for one in found] == [8]


def test_a_subject_is_missing_where_most_schools_have_it_and_it_was_held() -> None:
    rows = {(school, 2): Row(20) for school in (1, 2, 3, 4)}
    teaching = {5: [1, 2, 3, 4, 5, 6]}
    assert [one.organization for one in missing([NOW], rows, teaching, {(6, 2)})] == [5]
    assert not missing([NOW], {(1, 2): Row(20), (2, 2): Row(20)}, {5: [1, 2, 3]}, set()), "двое — не большинство"
    few = {(school, 2): Row(20) for school in (1, 2, 3)}
    assert not missing([NOW], few, teaching, set()), "предмет достался не всем: ВПР распределяет их по классам"
