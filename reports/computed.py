"""Values of indicators from our own data: results of the year, execution of tasks, curators. Sums of people, never of percentages."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

from django.db.models import Sum

from decisions.discipline import Period, tallies
from decisions.standing import works_for
from monitoring import indicators
from monitoring.enums import Computed, Procedure
from monitoring.models import Direction, Result
from schools.enums import Role
from schools.models import Membership, Organization

Values = dict[int, tuple[Decimal | None, int | None]]

_RATES: dict[str, Callable[[indicators.Counts], Decimal | None]] = {
    Computed.LOW: indicators.low_rate,
    Computed.QUALITY: indicators.quality_rate,
    Computed.PASSED: indicators.pass_rate,
}


def year_of(school_year: int, today: dt.date) -> Period:
    """The school year as days, up to today while it lasts."""
    start, end = dt.date(school_year - 1, 9, 1), dt.date(school_year, 8, 31)
    return Period(start, max(start, min(end, today)))


def values_of(direction: Direction, key: str, today: dt.date) -> Values:
    """Values by organisation, the office's id being the whole municipality; nothing where there are no data."""
    if key in _RATES:
        return _rates(direction, _RATES[key])
    if key == Computed.DISCIPLINE:
        return _discipline(direction, today)
    if key == Computed.CURATED:
        return _curated(direction, today)
    return {}


def marks_of(authority: int, school_year: int, procedures: tuple[str, ...] = ()) -> dict[int, dict[str, int]]:
    """People by mark for each school over all assessments of a year that give marks."""
    rows = Result.objects.filter(authority_id=authority, n2__isnull=False).of_year(school_year)
    if procedures:
        rows = rows.filter(assessment__procedure__in=procedures)
    found = rows.values("organization_id").annotate(**{f"sum{mark}": Sum(f"n{mark}") for mark in indicators.MARKS})
    return {
        row["organization_id"]: {mark: row[f"sum{mark}"] or 0 for mark in indicators.MARKS} for row in found.order_by()
    }


def _rates(direction: Direction, rate: Callable[[indicators.Counts], Decimal | None]) -> Values:
    marks = marks_of(direction.authority_id, direction.school_year, (Procedure.VPR, Procedure.OGE))
    if not marks:
        return {}
    whole = indicators.together(marks.values())
    out: Values = {direction.authority_id: (rate(whole), indicators.people(whole))}
    out |= {pk: (rate(counts), indicators.people(counts)) for pk, counts in marks.items()}
    return out


def _discipline(direction: Direction, today: dt.date) -> Values:
    period = year_of(direction.school_year, today)
    works = list(works_for([direction.authority_id], period))
    out: Values = {}
    whole = tallies(works, period, today, by=lambda one: 0).get(0)
    if whole is None or not whole.planned:
        return {}
    out[direction.authority_id] = (whole.rate, None)
    for pk, tally in tallies(works, period, today, by=lambda one: one.organization).items():
        if tally.planned and isinstance(pk, int):
            out[pk] = (tally.rate, None)
    return out


def _curated(direction: Direction, today: dt.date) -> Values:
    """1 for each school that has a curator on the last day of the year (today while it lasts), and their number."""
    day = year_of(direction.school_year, today).end
    schools = Organization.objects.below(direction.authority).schools().open_on(day)
    found: dict[int, int] = defaultdict(int)
    for pk in schools.values_list("pk", flat=True):
        found[pk] = 0
    for pk in (
        Membership.objects.held_on(day)
        .filter(role=Role.CURATOR, organization__in=list(found))
        .values_list("organization_id", flat=True)
    ):
        found[pk] = 1
    out: Values = {pk: (Decimal(number), None) for pk, number in found.items()}
    out[direction.authority_id] = (Decimal(sum(found.values())), None)
    return out
