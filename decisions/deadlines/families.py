"""All families of printed terms, in the order of gold README section 6: earlier families win ties. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from decisions.deadlines import dates, half_years, months, quarters, school_years, seasons, undated, years
from decisions.deadlines.grammar import Context, Found

Family = Callable[[Context, int, int, bool], Iterator[Found]]
FAMILIES: tuple[Family, ...] = (
    undated.recurring,
    months.parts_of_months,
    months.ends,
    dates.spans,
    dates.dates,
    dates.days_of_month,
    school_years.school_years,
    half_years.halves,
    quarters.quarters,
    months.months,
    years.years,
    dates.open_spans,
    undated.relative,
    seasons.seasons,
    undated.ongoing,
    undated.events,
)


def candidates(context: Context, start: int, end: int, *, labelled: bool) -> list[Found]:
    """Candidates that lie within the stretch. Bare forms count when labelled, in brackets, or behind a final dash."""
    found: list[Found] = []
    for order, family in enumerate(FAMILIES):
        for one in family(context, start, end, labelled):
            if start <= one.start and one.end <= end:
                found.append(Found(one.start, one.end, one.deadline, order, one.doubts, one.guessed_year))
    if not labelled:
        for left, right in context.brackets:
            if start <= left and right <= end:
                found += [f for f in candidates(context, left, right, labelled=True) if _fills(context, f, left, right)]
    return found


def _fills(context: Context, one: Found, left: int, right: int) -> bool:
    """A bare form in brackets is a term only when it is all that stands there, and more than a year."""
    rest = context.seen[left : one.start] + context.seen[one.end : right]
    return not re.sub(r"[\s.,;:\-]|\bв\b|\bсрок\b", "", rest) and one.deadline.kind not in ("year", "school_year")
