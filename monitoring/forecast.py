"""The forecast of an office: its rules over its results, with the schools as rows. Reads only; the judgement is `low_results`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from monitoring import sums as sums_shelf
from monitoring.default_rules import DEFAULT
from monitoring.enums import Held, Scope
from monitoring.low_results import (
    LowResults,
    NearMiss,
    NotHeld,
    Reason,
    RulesError,
    SchoolResult,
    Verdict,
    find_low_results,
    parse_rules,
)
from monitoring.low_results import RuleSet as Rules
from monitoring.models import Holding, ReferenceShare, RuleSet
from monitoring.reading.schools import MUNICIPAL_CODE
from schools.models import Organization


@dataclass(frozen=True)
class Listed:
    organization: Organization
    reasons: tuple[Reason, ...]

    @property
    def by_year(self) -> dict[str, list[Reason]]:
        return grouped(self.reasons)


@dataclass(frozen=True)
class Near:
    organization: Organization
    miss: NearMiss


@dataclass
class Forecast:
    """What the rules find for one office: schools, near misses and contradicting figures, sorted by name."""

    rules: Rules
    listed: list[Listed] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)
    conflicts: list[tuple[Organization, SchoolResult]] = field(default_factory=list)
    data_date: dt.date | None = None
    schools: int = 0  # with any figure the rules ask for

    @property
    def ids(self) -> set[int]:
        return {one.organization.pk for one in self.listed}

    def of(self, organization: int) -> Listed | None:
        return next((one for one in self.listed if one.organization.pk == organization), None)


def grouped(reasons: Iterable[Reason]) -> dict[str, list[Reason]]:
    found: dict[str, list[Reason]] = {}
    for one in reasons:
        found.setdefault(one.school_year, []).append(one)
    return found


def rules_in_force(authority: Organization) -> tuple[Rules, RuleSet | None]:
    """The newest rule set of the office, or the default one."""
    row = RuleSet.objects.filter(authority=authority).order_by("-created_at", "-pk").first()
    return (rules_of(row), row) if row else (DEFAULT, None)


def rules_of(row: RuleSet) -> Rules:
    """The rules of a stored version. Raises RulesError where they no longer read."""
    return parse_rules(json.dumps(row.parameters))


def ready_for(rules: Rules, authority: Organization, school_year: int | None = None) -> Rules:
    """The rules for a year, with what the office or its region marked as not held."""
    if school_year is not None:
        rules = rules.for_year(f"{school_year - 1}/{school_year}")
    return replace(rules, not_held=sums_shelf.with_not_held(rules, not_held_in(authority)))


def not_held_in(authority: Organization) -> list[NotHeld]:
    places = [authority.pk, *([authority.parent_id] if authority.parent_id else [])]
    rows = Holding.objects.filter(organization__in=places, held=Held.NOT_HELD).select_related("assessment")
    return [
        NotHeld(
            row.assessment.year_name, row.assessment.procedure, row.assessment.subject, row.assessment.grade or None
        )
        for row in rows
    ]


def forecast_of(authority: Organization, rules: Rules) -> Forecast:
    """`rules` are ready (`ready_for`). Two queries for figures (none when they stand on the shelf), one for schools."""
    sums = sums_shelf.sums_for(rules, authorities=[authority.pk])
    return judged(authority, rules, sums.results(), sums.as_of)


def judged(
    authority: Organization, rules: Rules, results: Sequence[SchoolResult], as_of: dt.datetime | None = None
) -> Forecast:
    schools = Organization.objects.filter(authority=authority).schools().in_bulk()
    results = [one for one in results if int(one.school) in schools]
    kinds = {str(pk): row.type_name for pk, row in schools.items()}
    order = [str(row.pk) for row in sorted(schools.values(), key=lambda row: (row.sort_key, row.pk))]
    found = find_low_results(rules, results, kinds=kinds, order=order)
    places = {pk: place for place, pk in enumerate(order)}
    return Forecast(
        rules,
        [Listed(schools[int(v.school)], v.reasons) for v in sorted(found.schools, key=lambda v: places[v.school])],
        [Near(schools[int(m.school)], m) for m in found.near_misses],
        [(schools[int(r.school)], r) for r in found.conflicts],
        as_of.date() if as_of else None,
        len({one.school for one in results}),
    )


def as_low_results(forecast: Forecast, authority: Organization) -> LowResults:
    """The object of the samples' README, section 7, with names of schools."""
    name = lambda pk: names[int(pk)]  # noqa: E731
    names = {one.organization.pk: one.organization.name for one in (*forecast.listed, *forecast.near)}
    names |= {row.pk: row.name for row, _ in forecast.conflicts}
    return LowResults(
        forecast.rules.id,
        forecast.rules.school_years,
        tuple(Verdict(one.organization.name, one.reasons) for one in forecast.listed),
        tuple(replace(one.miss, school=name(one.miss.school)) for one in forecast.near),
        tuple(replace(result, school=row.name) for row, result in forecast.conflicts),
        district_name(authority),
    )


def district_name(authority: Organization) -> str:
    """The municipality as result files print it, else the territory of the registry."""
    codes = Q(code=authority.territory_code) if authority.territory_code else Q(pk__in=[])
    names = (
        ReferenceShare.objects.filter(codes | Q(organization=authority) | Q(batch__authority=authority))
        .filter(scope=Scope.MUNICIPALITY)
        .exclude(name="")
        .order_by("pk")
        .values_list("name", flat=True)
    )
    printed = next((name for name in names if not name.casefold().startswith(("итого", "всего"))), "")
    return MUNICIPAL_CODE.sub("", printed).strip() or authority.territory or authority.name


def reasons_json(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as an entry keeps them: figures as people, the share as printed text."""
    return [
        {
            "school_year": one.school_year,
            "procedure": one.procedure,
            "subject": one.subject,
            "grade": one.grade,
            "participants": one.participants,
            "low": one.low,
            "share": str(one.share),
        }
        for one in reasons
    ]


__all__ = [
    "Forecast",
    "Listed",
    "Near",
    "RulesError",
    "as_low_results",
    "district_name",
    "forecast_of",
    "grouped",
    "judged",
    "ready_for",
    "reasons_json",
    "rules_in_force",
    "rules_of",
]
