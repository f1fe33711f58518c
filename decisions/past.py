"""How a task stood at the end of a past day, from what is kept about it. Pure.

The day of the answer decides, not the day of its check (domain.md, section 6.3): a task that is done now counts as done on
every day since its answer came.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from decisions.task_states import OPEN

BEFORE_ALL = "assigned"


def state_on(
    day: dt.date,
    *,
    state: str,
    answered_on: dt.date | None,
    closed_on: dt.date | None,
    history: Sequence[tuple[dt.date, str]],
) -> str:
    """The state at the end of `day`; `history` has (day, state it became), oldest first, "" where nothing changed."""
    if state in ("done", "on_check", "withdrawn") and answered_on is not None and answered_on <= day:
        return "done" if state == "withdrawn" and closed_on is not None and closed_on > day else state
    if state in ("withdrawn", "cancelled") and closed_on is not None and closed_on <= day:
        return state
    then = BEFORE_ALL
    for when, became in history:
        if when > day:
            break
        then = became or then
    if then in OPEN or then == "on_check":
        return then
    return "in_work"  # it was closed and opened again since: what it is now did not come that day yet


def due_on(day: dt.date, *, due: dt.date | None, changes: Sequence[tuple[dt.date, dt.date | None]]) -> dt.date | None:
    """The effective term in force on `day`; `changes` has (day, term before the change), oldest first."""
    return next((before for when, before in changes if when > day), due)
