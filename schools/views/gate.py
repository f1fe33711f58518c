"""Doors of this app: whose row it is and what the person may do with it. A foreign row is 404, a missing right 403."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from config.numbers import is_number
from schools.models import Organization, Person, SchoolGroup, User

PAGE = 30


def person(request: HttpRequest) -> User:
    """The logged-in user (the middleware lets nobody else in)."""
    user = request.user
    assert isinstance(user, User)
    return user


def require(request: HttpRequest, *permissions: str) -> User:
    """The user, if any of the permissions holds somewhere; otherwise 403."""
    user = person(request)
    if not any(user.may(permission) for permission in permissions):
        raise PermissionDenied
    return user


def authority_for(request: HttpRequest, *permissions: str) -> Organization:
    """The authority of the active membership where one of the permissions holds, or the first where it does."""
    user = require(request, *permissions)
    own = user.office if "reminders.manage" in permissions else user.authority  # a ministry has letters of its own
    if own is not None and any(user.can(permission, at=own) for permission in permissions):
        return own
    for permission in permissions:
        if reach := user.reach(permission).authorities:
            return Organization.objects.filter(pk__in=reach).order_by("sort_key", "pk")[0]
    raise PermissionDenied


def authorities_for(user: User, *permissions: str) -> QuerySet[Organization]:
    """The authorities in which one of the permissions holds, in order."""
    reach: frozenset[int] = frozenset().union(*(user.reach(permission).authorities for permission in permissions))
    return Organization.objects.filter(pk__in=reach).order_by("sort_key", "pk")


def authorities_to_choose(user: User, permission: str) -> list[Organization]:
    """The same where there are several: who has one office has nothing to choose and costs no query."""
    several = len(user.reach(permission).authorities) > 1
    return list(authorities_for(user, permission)) if several else []


def organization_for(request: HttpRequest, pk: int, permission: str = "") -> Organization:
    """An organisation the person sees; with `permission`, one where it holds too."""
    user = person(request)
    rows = Organization.objects.visible_to(user).select_related("parent", "authority", "successor", "school")
    row = get_object_or_404(rows, pk=pk)
    if permission and not user.can(permission, at=row):
        raise PermissionDenied
    return row


def person_for(request: HttpRequest, pk: int, *permissions: str) -> Person:
    """A person of an organisation the user sees and may look into (a school sees its own people)."""
    user = person(request)
    row = get_object_or_404(Person.objects.visible_to(user).select_related("user"), pk=pk)
    if permissions and not any(stands_in_reach(user, row, permission) for permission in permissions):
        raise PermissionDenied
    return row


def stands_in_reach(user: User, who: Person, permission: str) -> bool:
    """Whether the permission holds in any organisation where the person works or has a role."""
    reach = user.reach(permission)
    places = Organization.objects.filter(Q(positions__person=who) | Q(memberships__user__person=who)).values_list(
        "pk", "authority_id"
    )
    return any(
        pk in reach.organizations or pk in reach.ministries or authority in reach.authorities
        for pk, authority in places
    )


def group_for(request: HttpRequest, pk: int, permission: str = "") -> SchoolGroup:
    user = person(request)
    row = get_object_or_404(SchoolGroup.objects.visible_to(user).select_related("authority"), pk=pk)
    if permission and not user.can(permission, at=row.authority):
        raise PermissionDenied
    return row


def page_of(request: HttpRequest, rows: Any, size: int = PAGE) -> Page:
    """The page of a list that the address asks for; a strange number gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def posted_id(request: HttpRequest, name: str) -> int:
    """A row id from a sent form; anything else is 404."""
    value = request.POST.get(name, "")
    if not is_number(value):
        raise Http404
    return int(value)
