"""The forecast over several municipalities: how many schools in each, never which; the names stand on the page of each one."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from config.numbers import is_number
from monitoring import sums as sums_shelf
from monitoring.default_rules import DEFAULT, MARK
from monitoring.enums import ListKind, Trajectory
from monitoring.forecast import ready_for, rules_of
from monitoring.low_results import RulesError, find_low_results
from monitoring.models import LowResultsList, Result, RuleSet
from monitoring.views.confidential import confidential, look, require
from schools.models import Organization


@require_GET
@confidential
def forecast_region(request: HttpRequest) -> HttpResponse:
    """All offices of the visitor by the same rules, side by side by name: the ministry's own, or the default ones."""
    user = require(request, "lists.view")
    reach = user.reach("lists.view").authorities
    offices = list(Organization.objects.filter(pk__in=reach).select_related("parent").order_by("sort_key", "pk"))
    if len(offices) < 2:
        raise PermissionDenied
    region = offices[0].parent or offices[0]
    look(user, "forecast.view", row=region, authority=region, title=f"{region}: прогноз по муниципалитетам")
    years = sorted(
        Result.objects.filter(authority__in=reach)
        .order_by()
        .values_list("assessment__school_year", flat=True)
        .distinct(),
        reverse=True,
    )
    asked = request.GET.get("year", "")
    year = years[0] if years else None
    if is_number(asked) and int(asked) in years:
        year = int(asked)
    row = RuleSet.objects.filter(authority=region).order_by("-created_at", "-pk").first()
    try:
        rules = ready_for(rules_of(row) if row else DEFAULT, region, year)
    except RulesError:
        row, rules = None, ready_for(DEFAULT, region, year)
    sums = sums_shelf.sums_for(rules, authorities=sorted(reach))
    places = {
        str(pk): (office, kind)
        for pk, office, kind in Organization.objects.filter(authority__in=reach)
        .schools()
        .values_list("pk", "authority_id", "type_name")
    }
    results = [one for one in sums.results() if one.school in places]
    found = find_low_results(rules, results, kinds={pk: kind for pk, (_, kind) in places.items()})
    listed = Counter(places[one.school][0] for one in found.schools)
    near = Counter(places[one.school][0] for one in found.near_misses)
    known = Counter(places[pk][0] for pk in {one.school for one in results})
    received = {
        one.authority_id: one
        for one in LowResultsList.objects.visible_to(user)
        .filter(kind=ListKind.RECEIVED, school_year=year or 0)
        .exclude(state="withdrawn")
        .annotate(size=Count("entries", filter=~Q(entries__trajectory=Trajectory.LEFT)))
        .order_by("state", "pk")
    }
    context = {
        "region": region,
        "rows": [(one, known[one.pk], listed[one.pk], near[one.pk], received.get(one.pk)) for one in offices],
        "total": (sum(known.values()), sum(listed.values()), sum(near.values())),
        "rules": rules,
        "row": row,
        "mark": MARK,
        "year": year,
        "years": years,
    }
    return render(request, "monitoring/forecast_region.html", context)
