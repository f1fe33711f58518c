"""Files of every form made from a truth: an abstract page and what a careful reader must find in it."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.monitoring.district import District
from tests.monitoring.made.exams import ege_side_by_side, ege_table, oge_stacked, oge_table, protocol
from tests.monitoring.made.fisoko import (
    fisoko_comparison,
    fisoko_groups,
    fisoko_individual,
    fisoko_marks,
    fisoko_outcomes,
    fisoko_primary,
    fisoko_tasks,
)
from tests.monitoring.made.page import Line, Sheet
from tests.monitoring.made.works import classes_in_rows, plain_work, subjects_in_column

__all__ = ["FORMS", "Line", "Sheet"]

FORMS: dict[str, Callable[[random.Random, District], Sheet]] = {
    f.__name__: f
    for f in (
        fisoko_marks, fisoko_comparison, fisoko_primary, fisoko_tasks, fisoko_individual, fisoko_outcomes, fisoko_groups,
        oge_table, oge_stacked, ege_side_by_side, ege_table, protocol, plain_work, subjects_in_column, classes_in_rows,
    )
}  # fmt: skip
