"""A school's page: its history on lists and what remains to leave; for the office, and of its own for the director."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from monitoring import sums as sums_shelf
from monitoring.enums import ListKind, ListState, Trajectory
from monitoring.episodes import remaining
from monitoring.forecast import Forecast, forecast_of, ready_for, rules_in_force
from monitoring.grounds import comma, line_of, years_of
from monitoring.low_results import Reason, RulesError, find_low_results, share
from monitoring.low_results import RuleSet as Rules
from monitoring.models import LowResultsEntry, LowResultsEpisode
from monitoring.views.confidential import confidential, look
from monitoring.views.forecast import last_year
from monitoring.views.gate import person
from schools.models import Organization

FEW_SCHOOLS = 5  # an average of fewer schools would tell of a neighbour


@require_GET
@confidential
def school_lists(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    school = get_object_or_404(Organization.objects.visible_to(user).select_related("authority"), pk=pk)
    office = user.can("lists.view", at=school)
    if not office and not user.can("lists.view_own", at=school):
        raise PermissionDenied
    look(user, "school.history", row=school, authority=school.authority_id, title=school.name)
    entries = (
        LowResultsEntry.objects.visible_to(user)
        .filter(organization=school, listing__state=ListState.APPROVED)
        .select_related("listing")
        .order_by("-listing__school_year", "listing__kind")
    )
    episodes = LowResultsEpisode.objects.filter(organization=school).order_by("kind", "-first_year")
    context = {
        "school": school,
        "office": office,
        "entries": [(one, years_of(one.reasons)) for one in entries if one.trajectory != Trajectory.LEFT],
        "episodes": [(one, _stay(one)) for one in episodes],
        "received": ListKind.RECEIVED,
    }
    if school.authority is not None:
        context |= _standing(school, school.authority)
    return render(request, "monitoring/parts/school_lists.html", context)


def _stay(row: LowResultsEpisode) -> str:
    """«2018/2019 – 2020/2021, вышла в 2021/2022»"""
    name = lambda year: f"{year - 1}/{year}"  # noqa: E731
    years = (
        name(row.first_year) if row.first_year == row.last_year else f"{name(row.first_year)} – {name(row.last_year)}"
    )
    return f"{years}, вышла в {name(row.left_year)}" if row.left_year else f"{years}, остаётся"


def _standing(school: Organization, authority: Organization) -> dict[str, object]:
    """Low procedures of the school by the rules in force, what remains, and the district beside it without names."""
    try:
        rules = ready_for(rules_in_force(authority)[0], authority, last_year(authority))
    except RulesError:
        return {"rules_broken": True}
    found = forecast_of(authority, rules)
    low = _low_of(found, school)
    listed = found.of(school.pk) is not None
    left = remaining(rules, low)
    district = _district(authority, rules)
    beside = []
    for one in low:
        key = (one.school_year, one.procedure, one.subject, one.grade)
        beside.append((line_of(one), district.get(key, "")))
    return {
        "rules": rules,
        "threshold": comma(rules.threshold_percent),
        "listed": listed,
        "low": beside,
        "left": left,
        "steps": [(line_of(step.reason), step) for step in left.steps],
        "data_date": found.data_date,
    }


def _low_of(found: Forecast, school: Organization) -> list[Reason]:
    """Low procedures of a school, on the forecast, near it or far."""
    listed = found.of(school.pk)
    if listed:
        return list(listed.reasons)
    sums = sums_shelf.sums_for(found.rules, authorities=[school.authority_id or 0])
    own = sums.results([school.pk])
    # asked for nothing, the rules tell every low procedure of the school
    every = find_low_results(replace(found.rules, min_procedures_per_year=0), own)
    return [reason for verdict in every.schools for reason in verdict.reasons]


def _district(authority: Organization, rules: Rules) -> dict[tuple[str, str, str, int | None], str]:
    """Share of people with low results in the whole district, by procedure, where at least five schools have figures."""
    sums = sums_shelf.sums_for(rules, authorities=[authority.pk])
    out: dict[tuple[str, str, str, int | None], str] = {}
    for year in rules.school_years:
        for rule in rules.procedures:
            ends = sums_shelf.year_held(rules, rule.procedure, rule.subject, rule.grade, int(year[-4:]))
            at = [
                place
                for place, slot in enumerate(sums.slots)
                if slot[:4] == (ends, rule.procedure, rule.subject, rule.grade)
            ]
            people = sums.participants[:, at].sum(axis=1)
            if int((people > 0).sum()) >= FEW_SCHOOLS:
                low = int((sums.low[:, at] * (sums.participants[:, at] > 0)).sum())
                out[year, rule.procedure, rule.subject, rule.grade] = comma(share(rules, low, int(people.sum())))
    return out
