"""Execution discipline of a period: Ко = n / N · 100 (domain.md, section 6.3). Pure: plain values in, plain values out.

N counts the controlled tasks whose term (the day in force) falls into the period and has passed or that are executed already.
n of them were executed by the end of the period: the day of the answer decides, not the day of its check. A report on a past
period is the same whenever it is made. Outside N, and shown apart: recommended, standing («постоянно»), without a term,
not applicable to the school (cancelled, or taken off control without execution), a term still ahead, a term moved out of the
period, debts of earlier periods.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

ANSWERED = frozenset({"on_check", "done", "withdrawn"})

Kind = Literal["in_time", "late", "not_done", "ahead", "moved", "carried", "recommended", "standing"]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both counted."""

    start: dt.date
    end: dt.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Work:
    """A task as the calculation needs it.

    `due` is the day in force, `first_due` the one before any prolongation (None: never prolonged); `disputed` is an answer «не
    относится к школе» that nobody has judged yet; `not_done` is set when the giver closed the task as not executed.
    """

    organization: int
    document: int
    state: str
    given: dt.date
    due: dt.date | None = None
    first_due: dt.date | None = None
    answered_on: dt.date | None = None
    reports: bool = True
    recommended: bool = False
    standing: bool = False
    not_done: bool = False
    disputed: bool = False

    @property
    def executed_on(self) -> dt.date | None:
        """The day of the answer that waits for its check or was accepted."""
        return self.answered_on if self.state in ANSWERED and not self.not_done and not self.disputed else None

    @property
    def applies(self) -> bool:
        """Whether the task was the organisation's to execute: not cancelled, not released without execution, not in dispute."""
        released = self.state == "withdrawn" and not self.not_done and self.answered_on is None
        return self.reports and self.state != "cancelled" and not released and not self.disputed


def kind_of(work: Work, period: Period, today: dt.date) -> Kind | None:
    """What the task is for the period; None: it has no part in it."""
    if not work.applies:
        return None
    if work.recommended:
        belongs = work.due in period if work.due else work.given in period
        return "recommended" if belongs else None
    if work.standing:
        return "standing" if work.given <= period.end else None
    if work.due is None:
        return None
    done = work.executed_on
    if work.due in period:
        if done is not None and done <= period.end:
            return "in_time" if done <= work.due else "late"
        return "ahead" if done is None and not work.not_done and work.due >= today else "not_done"
    if work.due > period.end and work.first_due in period:
        return "moved"
    owed = work.due < period.start and (done is None or done >= period.start)
    return "carried" if owed and not work.not_done and work.due < today else None


@dataclass(slots=True)
class Tally:
    """Figures of one school, one document or the whole. `on_check` and `extended` are parts of N, `later` of `not_done`."""

    in_time: int = 0
    late: int = 0
    not_done: int = 0
    on_check: int = 0
    extended: int = 0
    later: int = 0
    ahead: int = 0
    moved: int = 0
    carried: int = 0
    recommended: int = 0
    recommended_done: int = 0
    standing: int = 0
    standing_done: int = 0

    @property
    def planned(self) -> int:
        """N."""
        return self.in_time + self.late + self.not_done

    @property
    def done(self) -> int:
        """n."""
        return self.in_time + self.late

    @property
    def rate(self) -> Decimal | None:
        """Ко, per cent with one digit; None when nothing was planned."""
        return percent(self.done, self.planned)

    @property
    def in_time_rate(self) -> Decimal | None:
        return percent(self.in_time, self.planned)

    @property
    def anything(self) -> bool:
        return bool(self.planned or self.ahead or self.moved or self.carried or self.recommended or self.standing)

    def add(self, work: Work, kind: Kind, period: Period) -> None:
        done = work.executed_on
        setattr(self, kind, getattr(self, kind) + 1)
        if kind in ("recommended", "standing"):
            counted = done is not None and done <= period.end and (kind == "recommended" or done >= period.start)
            name = f"{kind}_done"
            setattr(self, name, getattr(self, name) + counted)
        if kind in ("in_time", "late", "not_done"):
            self.on_check += work.state == "on_check" and kind != "not_done"
            self.extended += work.first_due is not None and work.due is not None and work.first_due < work.due
            self.later += kind == "not_done" and done is not None


def percent(part: int, whole: int) -> Decimal | None:
    """A share in per cent, one digit after the comma, half up; None of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def tally(works: Iterable[Work], period: Period, today: dt.date) -> Tally:
    return tallies(works, period, today, by=lambda work: 0).get(0, Tally())


def tallies(
    works: Iterable[Work], period: Period, today: dt.date, *, by: Callable[[Work], Hashable]
) -> dict[Hashable, Tally]:
    """Figures by any key of a task: its organisation, its document, nothing (the whole)."""
    out: dict[Hashable, Tally] = {}
    for work in works:
        kind = kind_of(work, period, today)
        if kind is not None:
            out.setdefault(by(work), Tally()).add(work, kind, period)
    return out


def usual_periods(today: dt.date) -> list[tuple[str, Period]]:
    """Periods offered by one press: this and the last month, quarter, the calendar year, the school year."""
    month = dt.date(today.year, today.month, 1)
    last_month = month - dt.timedelta(days=1)
    quarter = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last_quarter = quarter - dt.timedelta(days=1)
    school_year = today.year if today.month >= 9 else today.year - 1
    return [
        ("этот месяц", Period(month, _end(month, 1))),
        ("прошлый месяц", Period(last_month.replace(day=1), last_month)),
        ("этот квартал", Period(quarter, _end(quarter, 3))),
        (
            "прошлый квартал",
            Period(dt.date(last_quarter.year, 3 * ((last_quarter.month - 1) // 3) + 1, 1), last_quarter),
        ),
        ("с начала года", Period(dt.date(today.year, 1, 1), today)),
        ("учебный год", Period(dt.date(school_year, 9, 1), dt.date(school_year + 1, 8, 31))),
    ]


def _end(start: dt.date, months: int) -> dt.date:
    index = start.year * 12 + start.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1) - dt.timedelta(days=1)
