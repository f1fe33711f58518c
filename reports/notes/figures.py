"""The snapshot of figures a note speaks of: plain JSON values of a stated moment, kept with the note.

Shape: `years` (three, the last is the note's), `lines` — one an assessment kind (procedure, subject, grade, level) with `whole`,
`region`, `country` and `schools`; each of these is a list by year of `{"people", "low", "quality"}` (shares as text, per cent) or None
for no data; `execution` (planned, done, in_time, not_done), `low_list` (names of schools) and its `low_source`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from decisions.discipline import Tally, tallies
from decisions.standing import works_for
from monitoring import indicators
from monitoring.enums import ListState, Scope
from monitoring.models import LowResultsEntry, LowResultsList, MonitoringSettings, ReferenceShare, Result
from reports.computed import year_of
from schools.models import Organization

Key = tuple[str, str, int, str]
KEY = ("assessment__procedure", "assessment__subject", "assessment__grade", "assessment__level")
MOST_LINES = 60


def take(authority: Organization, school_year: int, today: dt.date) -> dict[str, Any]:
    """Figures of an office for a school year and the two before it. Six queries whatever the number of schools."""
    years = [school_year - 2, school_year - 1, school_year]
    rows = Result.objects.filter(authority=authority, assessment__school_year__in=years, participants__isnull=False)
    counts: dict[Key, dict[int | None, dict[int, list[int | None]]]] = defaultdict(lambda: defaultdict(dict))
    fields = (*KEY, "assessment__school_year", "organization_id", "n2", "n3", "n4", "n5", "low", "participants")
    for row in rows.values_list(*fields).order_by():
        key, year, school = row[:4], row[4], row[5]
        n2, n3, n4, n5, low, people = row[6:]
        good = None if n4 is None else n4 + n5
        for place in (school, None):  # None is the whole municipality: people are summed
            cell = counts[key][place].setdefault(year, [0, 0, 0])
            cell[0] = (cell[0] or 0) + people
            cell[1] = None if cell[1] is None or low is None else cell[1] + low
            cell[2] = None if cell[2] is None or good is None else cell[2] + good
    names = dict(Organization.objects.below(authority).values_list("pk", "name").order_by("sort_key", "pk"))
    order = {pk: place for place, pk in enumerate(names)}
    references = _references(authority, years)
    setting = MonitoringSettings.objects.filter(authority=authority).first()
    lines = []
    for key in sorted(counts):
        places = counts[key]
        if school_year not in places[None]:
            continue
        procedure, subject, grade, level = key
        lines.append(
            {
                "procedure": procedure,
                "subject": subject,
                "grade": grade,
                "level": level,
                "whole": [_cell(places[None].get(year)) for year in years],
                "region": references.get((Scope.REGION, key), [None] * 3),
                "country": references.get((Scope.ALL, key), [None] * 3),
                "schools": [
                    {"id": pk, "name": names[pk], "years": [_cell(places[pk].get(year)) for year in years]}
                    for pk in sorted((pk for pk in places if pk in names), key=lambda one: order[one or 0])
                ],
            }
        )
    return {
        "years": years,
        "lines": lines[:MOST_LINES],
        "schools": len({pk for places in counts.values() for pk, got in places.items() if pk and school_year in got}),
        "small": setting.small_group if setting else indicators.SMALL_GROUP,
        "execution": _execution(authority, school_year, today),
        **_low_list(authority, school_year),
    }


def _cell(found: list[int | None] | None) -> dict[str, Any] | None:
    if found is None or not found[0]:
        return None
    people, low, good = found
    assert people is not None
    return {"people": people, "low": _share(low, people), "quality": _share(good, people)}


def _share(part: int | None, whole: int) -> str | None:
    return None if part is None else str(indicators.rounded(Decimal(100 * part) / whole))


def _references(authority: Organization, years: list[int]) -> dict[tuple[str, Key], list[Any]]:
    """Shares as printed for the region and the country, beside ours, never added to them."""
    rows = (
        ReferenceShare.objects.filter(
            assessment__school_year__in=years, scope__in=[Scope.ALL, Scope.REGION], facet="marks"
        )
        .select_related("assessment")
        .order_by("pk")
    )
    found: dict[tuple[str, Key], list[Any]] = {}
    for row in rows:
        if row.batch_id and row.assessment.authority_id not in (None, authority.pk):
            continue
        one = row.assessment
        cells = found.setdefault((row.scope, (one.procedure, one.subject, one.grade, one.level)), [None] * 3)
        low, four, five = row.share("2"), row.share("4"), row.share("5")
        cells[years.index(one.school_year)] = {
            "people": row.participants,
            "low": None if low is None else str(low),
            "quality": None if four is None or five is None else str(four + five),
        }
    return found


def _execution(authority: Organization, school_year: int, today: dt.date) -> dict[str, int]:
    period = year_of(school_year, today)
    found = tallies(works_for([authority.pk], period), period, today, by=lambda one: 0).get(0, Tally())
    return {
        "planned": found.planned,
        "done": found.done,
        "in_time": found.in_time,
        "late": found.late,
        "not_done": found.not_done,
    }


def _low_list(authority: Organization, school_year: int) -> dict[str, Any]:
    """Schools of the newest approved list of the year or the year before, by name: confidential."""
    listing = (
        LowResultsList.objects.filter(
            authority=authority, state=ListState.APPROVED, school_year__in=[school_year, school_year - 1]
        )
        .order_by("-school_year", "-approved_at")
        .first()
    )
    if listing is None:
        return {"low_list": [], "low_source": ""}
    entries = LowResultsEntry.objects.filter(listing=listing).select_related("organization")
    rows = entries.order_by("organization__sort_key", "organization_id")
    return {
        "low_list": [{"id": row.organization_id, "name": row.organization.name} for row in rows],
        "low_source": str(listing),
    }
