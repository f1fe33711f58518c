"""Who can help whom: results that hold, nobody from a list, nobody overloaded, the only helper not spent elsewhere."""

from __future__ import annotations

from mentoring.matching import Donor, Need, Year, propose, sustained

GOOD = (Year(2026, 60, 2, 40), Year(2025, 55, 3, 35))


def test_results_hold_when_two_years_are_good_and_none_is_bad() -> None:
    assert len(sustained(GOOD)) == 2
    assert sustained(GOOD[:1]) == []
    assert sustained((*GOOD, Year(2024, 50, 20, 10))) == []


def test_a_few_pupils_say_nothing() -> None:
    assert sustained((Year(2026, 6, 0, 6), Year(2025, 5, 0, 5))) == []


def test_a_school_of_a_list_is_never_a_donor() -> None:
    assert propose([Need(1, 10, "", "Математика")], {"Математика": [Donor(20, "", GOOD, 0, listed=True)]}) == []


def test_nobody_gives_more_mentors_than_the_limit() -> None:
    needs = [Need(n, 100 + n, "", "Математика") for n in range(4)]
    assert len(propose(needs, {"Математика": [Donor(20, "", GOOD, 1)]}, limit=2)) == 1


def test_the_only_helper_of_one_school_is_not_spent_on_another_that_has_a_choice() -> None:
    needs = [Need(1, 10, "Заречный", "Математика"), Need(2, 11, "", "Физика")]
    donors = {
        "Математика": [Donor(20, "Заречный", GOOD, 1), Donor(21, "", GOOD, 0)],
        "Физика": [Donor(20, "Заречный", GOOD, 1)],
    }
    found = {one.need: one.donor for one in propose(needs, donors, limit=2)}
    assert found == {1: 21, 2: 20}


def test_reasons_are_words_with_figures() -> None:
    one = propose([Need(1, 10, "Заречный", "Математика")], {"Математика": [Donor(20, "Заречный", GOOD, 0)]})[0]
    assert one.reasons == (
        "2025/2026: на «4» и «5» — 67 %, отметок «2» — 3 % (участий: 60)",
        "2024/2025: на «4» и «5» — 64 %, отметок «2» — 5 % (участий: 55)",
        "в том же населённом пункте (Заречный)",
        "наставников уже дано: 0, предел: 2",
    )


def test_a_declined_donor_is_not_offered_again() -> None:
    need = Need(1, 10, "", "Математика", refused=frozenset({20}))
    assert propose([need], {"Математика": [Donor(20, "", GOOD, 0)]}) == []
