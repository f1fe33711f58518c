"""Doors of the cycle: directions, elements, notes. A foreign row is 404, a missing right 403."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Max, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from config import clock
from config.numbers import is_number
from monitoring.models import Direction, Result
from reports.models import AnalyticalNote, ChainElement
from schools.models import Organization, User
from schools.school_year import school_year_of


def person(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    return user


def office_for(request: HttpRequest, permission: str) -> Organization:
    """The office that the address names, the authority of the active role, or one where the permission holds, with directions first; else 403."""
    user = person(request)
    reach = user.reach(permission).authorities
    asked = request.GET.get("office", "")
    if is_number(asked) and int(asked) in reach:
        return Organization.objects.get(pk=int(asked))
    own = user.authority
    if own is not None and own.pk in reach:
        return own
    if not reach:
        raise PermissionDenied
    something = Exists(Direction.objects.filter(authority=OuterRef("pk")))
    return Organization.objects.filter(pk__in=reach).order_by(something.desc(), "sort_key", "pk")[0]


def year_for(request: HttpRequest, office: Organization) -> int:
    """The school year asked for (`?year=2026` is 2025/2026), or the current one."""
    asked = request.GET.get("year") or request.POST.get("year") or ""
    if is_number(asked) and 2000 <= int(asked) <= 2100:
        return int(asked)
    return current_year(office)


def current_year(office: Organization) -> int:
    """The year in which the school year ends: 2026 in March 2026 and in October 2025."""
    return school_year_of(clock.today(office.zone)) + 1


def year_of_results(office: Organization) -> int:
    """The newest school year that has results, until the new one brings its own; the current one where there are none."""
    year = current_year(office)
    known = Result.objects.filter(authority=office, assessment__school_year__lte=year)
    return known.aggregate(year=Max("assessment__school_year"))["year"] or year


def direction_for(request: HttpRequest, pk: int, permission: str = "") -> Direction:
    user = person(request)
    if not user.may(permission or "cycle.view"):
        raise PermissionDenied
    row = get_object_or_404(Direction.objects.visible_to(user).select_related("authority"), pk=pk)
    if permission and not user.can(permission, at=row.authority):
        raise PermissionDenied
    return row


def element_for(request: HttpRequest, pk: int, permission: str) -> ChainElement:
    user = person(request)
    if not user.may(permission):
        raise PermissionDenied
    rows = ChainElement.objects.visible_to(user).select_related("direction__authority", "indicator", "organization")
    row = get_object_or_404(rows, pk=pk)
    if not user.can(permission, at=row.direction.authority):
        raise PermissionDenied
    return row


def note_for(request: HttpRequest, pk: int, permission: str = "") -> AnalyticalNote:
    user = person(request)
    if not user.may(permission or "cycle.view"):
        raise PermissionDenied
    rows = AnalyticalNote.objects.visible_to(user).select_related("authority", "direction", "created_by__person")
    row = get_object_or_404(rows, pk=pk)
    if permission and not user.can(permission, at=row.authority):
        raise PermissionDenied
    return row
