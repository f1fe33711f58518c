"""Layouts that offices send: what is plain is read, what is not is asked, and nothing wrong is put against a school."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from monitoring.reading.model import to_json
from monitoring.reading.reader import read_results
from tests.monitoring.containers import write
from tests.monitoring.made.offices import CLASSES, SCHOOLS, Made, container, judged, truth

SEEDS = 8


@pytest.mark.parametrize("made_by", CLASSES, ids=lambda one: one.__name__)
def test_nothing_wrong_is_put_against_a_school_and_what_is_plain_is_read(
    made_by: Callable[[random.Random], Made],
) -> None:
    for seed in range(SEEDS):
        rng = random.Random(f"{made_by.__name__}{seed}")
        made = made_by(rng)
        data = write(container(rng, made), made.pages)
        reading = to_json(read_results(data, "файл", registry=SCHOOLS))
        wrong, unread = judged(made, reading)
        assert wrong == [], (seed, made.pages, wrong)
        assert unread == [], (seed, made.pages, unread)
        said = str(reading)
        assert not any(name in said for name in ("Коробейников", "Вьюгина", "ТУЧКОВА", "Жихарев")), seed


def test_the_measure_notices_a_wrong_figure_and_a_missing_one() -> None:
    """The proof that the test above can fail: with another truth the same readings are wrong, with no truth all of them are."""
    rng = random.Random(5)
    made = next(one for one in CLASSES if one.__name__ == "enrolled")(rng)
    reading = to_json(read_results(write("xlsx", made.pages), "файл", registry=SCHOOLS))
    assert judged(made, reading) == ([], [])
    other = Made(made.pages, {facts: truth(rng) for facts in made.want or {}})
    assert len(judged(other, reading)[0]) > 3
    assert len(judged(made, {"tables": [], "problems": []})[1]) == len(SCHOOLS)
