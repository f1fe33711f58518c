"""Three hundred damaged files of every form and container, made from a truth: nothing wrong is put against a school."""

from __future__ import annotations

from tests.monitoring.containers import CONTAINERS
from tests.monitoring.damage import HARMFUL, HARMLESS, Score, case, judge
from tests.monitoring.made import FORMS


def test_damaged_files_are_recognised_and_no_wrong_figure_is_put_against_a_school() -> None:
    score = Score()
    made = [case(seed) for seed in range(1, 301)]
    for one in made:
        judge(one, score)
    assert {one.form for one in made} == set(FORMS) and {one.container for one in made} == set(CONTAINERS)
    assert {name for one in made for name in one.damages} >= {d.__name__ for d in (*HARMFUL, *HARMLESS)}
    said = "\n".join(score.trouble[:40])
    assert score.wrong == 0, said
    assert score.recognition >= 0.97 and score.row_share >= 0.97, said
    assert score.codes_found == score.codes and score.codes_extra <= 3, said


def test_the_measure_notices_a_wrong_figure() -> None:
    """The proof that the test above can fail: the truth is changed, and the same readings become wrong."""
    score = Score()
    for seed in range(1, 60):
        one = case(seed)
        for table in one.tables:
            for row in table["rows"]:
                if row["group"] == "school" and row["participants"]:
                    row["participants"] += 1
        judge(one, score)
    assert score.wrong > 50 and score.row_share < 0.7
