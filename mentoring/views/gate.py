"""Doors of this app: whose school it is and what the person may do with it. A foreign row is 404, a missing right 403."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from config import clock
from decisions.errors import Refused as RefusedByDecisions
from schools.errors import Refused as RefusedBySchools
from schools.models import Organization, User
from schools.school_year import school_year_of
from schools.views.gate import authority_for, page_of, person, require

REFUSED = (RefusedBySchools, RefusedByDecisions)

__all__ = [
    "REFUSED",
    "authority_for",
    "own_schools",
    "page_of",
    "person",
    "require",
    "row_for",
    "school_for",
    "this_year",
    "year_choices",
]


def this_year(user: User) -> int:
    """The school year of today by the year it ends in, as results name it: September 2026 is 2027."""
    return school_year_of(clock.today(user.zone)) + 1


def year_choices(user: User) -> list[tuple[int, str]]:
    now = this_year(user)
    return [(year, f"{year - 1}/{year}") for year in (now + 1, now, now - 1)]


def school_for(request: HttpRequest, pk: int, *permissions: str) -> Organization:
    """A school the person sees and may do one of these with."""
    user = person(request)
    rows: Any = Organization.objects.visible_to(user).schools().select_related("authority", "school")  # type: ignore[attr-defined]
    row: Organization = get_object_or_404(rows, pk=pk)
    if not any(user.can(permission, at=row) for permission in permissions):
        raise PermissionDenied
    _light(request, row)
    return row


def own_schools(user: User) -> list[Organization]:
    """Schools the person directs: where a director's page «помощь школе» is. Nothing is asked for whoever directs none."""
    own = user.reach("care.own").organizations
    return list(Organization.objects.schools().filter(pk__in=own).order_by("sort_key", "pk")) if own else []


def row_for(request: HttpRequest, model: type[models.Model], pk: int, *related: str) -> Any:
    """A row of this app the person sees."""
    require(request, "care.view", "care.own", "care.help")
    rows: Any = model._default_manager.visible_to(person(request))  # type: ignore[attr-defined]
    row: Any = get_object_or_404(rows.select_related(*related) if related else rows, pk=pk)
    if "school" in related or "school__authority" in related:
        _light(request, row.school)
    return row


def _light(request: HttpRequest, school: Organization) -> None:
    """Whoever is a director here and a curator there finds the page under the line it belongs to."""
    user = person(request)
    if school.pk in user.reach("care.own").organizations:
        request.rail_item = "mentoring:visit_list"  # type: ignore[attr-defined]
    elif school.pk in user.reach("care.help").organizations:
        request.rail_item = "mentoring:school_list"  # type: ignore[attr-defined]
