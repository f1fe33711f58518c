"""Which terms are told of on which days: the plan of an office as arithmetic of days. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

WEEK = 7


@dataclass(frozen=True, slots=True)
class Plan:
    """Days before and after the term; `weeks` of weekly reminders count from the term."""

    before: tuple[int, ...] = (7, 3, 1)
    on_day: bool = True
    after: tuple[int, ...] = (1,)
    weeks: int = 8

    @property
    def offsets(self) -> frozenset[int]:
        """Days from the term to the reminder: −7 is a week before, 0 the day itself, 14 two weeks late."""
        weekly = (WEEK * n for n in range(1, self.weeks + 1))
        return frozenset({-n for n in self.before} | ({0} if self.on_day else set()) | set(self.after) | set(weekly))

    @property
    def horizon(self) -> int:
        """How many days ahead a message looks: the longest notice, at least a day."""
        return max([1, *self.before])

    @property
    def last_day(self) -> int:
        """Days of delay after which nothing is said any more."""
        return max([0, *self.after, WEEK * self.weeks])


def terms_told(plan: Plan, days: Iterable[dt.date]) -> frozenset[dt.date]:
    """The terms of which the plan tells on any of `days`."""
    offsets = plan.offsets
    return frozenset(day - dt.timedelta(days=offset) for day in days for offset in offsets)


def terms_late_by(number: int, days: Iterable[dt.date]) -> frozenset[dt.date]:
    """The terms that on any of `days` are overdue by exactly `number` days; none when the office switched it off (0)."""
    return frozenset(day - dt.timedelta(days=number) for day in days) if number else frozenset()
