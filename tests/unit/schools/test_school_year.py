"""Proposed terms of a school year, checked against a calendar of 2025/2026 (1 September is a Monday)."""

import datetime as dt

from schools.school_year import proposed, school_year_of, with_halves

D = dt.date


def test_the_year_2025_2026() -> None:
    spans = proposed(2025)
    assert spans["quarter_1"] == (D(2025, 9, 1), D(2025, 10, 24))
    assert spans["autumn"] == (D(2025, 10, 25), D(2025, 11, 2))
    assert spans["quarter_2"] == (D(2025, 11, 3), D(2025, 12, 30))
    assert spans["winter"] == (D(2025, 12, 31), D(2026, 1, 11))
    assert spans["spring"] == (D(2026, 3, 28), D(2026, 4, 5))
    assert spans["half_1"] == (D(2025, 9, 1), D(2025, 12, 30))
    assert spans["half_2"] == (D(2026, 1, 12), D(2026, 5, 26))


def test_terms_follow_each_other_without_gaps_for_thirty_years() -> None:
    for year in range(2015, 2045):
        spans = proposed(year)
        order = ["quarter_1", "autumn", "quarter_2", "winter", "quarter_3", "spring", "quarter_4", "summer"]
        for one, another in zip(order, order[1:], strict=False):
            assert spans[another][0] - spans[one][1] == dt.timedelta(days=1), (year, one)
        assert all(start <= end for start, end in spans.values())


def test_the_school_year_begins_in_september() -> None:
    assert (school_year_of(D(2026, 8, 31)), school_year_of(D(2026, 9, 1))) == (2025, 2026)


def test_a_half_year_of_the_offices_own_stays() -> None:
    own = (D(2025, 9, 1), D(2025, 12, 25))
    assert with_halves({**proposed(2025), "half_1": own})["half_1"] == own
