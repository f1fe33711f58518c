"""Doors of this app: whose row it is and what the person may do with it. A foreign row is 404, a missing right 403."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from config.numbers import is_number
from monitoring.models import ImportBatch, ImportFile, Result
from schools.models import Organization, User


def person(request: HttpRequest) -> User:
    """The logged-in user (the middleware lets nobody else in)."""
    user = request.user
    assert isinstance(user, User)
    return user


def office_for(request: HttpRequest, permission: str) -> Organization:
    """The office (or ministry) of the active role where the permission holds, else one where it does, with results; else 403."""
    user = person(request)
    reach = user.reach(permission)
    if user.active and user.active.organization_id in reach.ministries:
        return user.active.organization
    own = user.authority
    if own is not None and own.pk in reach.authorities:
        return own
    return _with_results(reach.authorities)


def batch_for(request: HttpRequest, pk: int) -> ImportBatch:
    user = person(request)
    if not user.may("results.import"):
        raise PermissionDenied
    rows = ImportBatch.objects.visible_to(user).select_related("authority", "created_by__person", "undone_by__person")
    return get_object_or_404(rows, pk=pk)


def file_for(request: HttpRequest, pk: int) -> ImportFile:
    user = person(request)
    if not user.may("results.import"):
        raise PermissionDenied
    rows: Any = ImportFile.objects.filter(batch__in=ImportBatch.objects.visible_to(user)).select_related(
        "batch__authority", "stored"
    )
    return get_object_or_404(rows, pk=pk)


def looking_office(request: HttpRequest) -> Organization:
    """The office whose results are looked at: the one the address names among those of the visitor, else the own one."""
    user = person(request)
    reach = user.reach("results.view").authorities
    asked = request.GET.get("office", "")
    if is_number(asked) and int(asked) in reach:
        return Organization.objects.select_related("parent").get(pk=int(asked))
    return office_with(user, reach)


def office_with(user: User, reach: frozenset[int]) -> Organization:
    own = user.authority
    if own is not None and own.pk in reach:
        return own
    return _with_results(reach)


def _with_results(reach: frozenset[int]) -> Organization:
    """Who watches over several offices begins with one that has something to show; 403 where there is none."""
    if not reach:
        raise PermissionDenied
    something = Exists(Result.objects.filter(authority=OuterRef("pk")))
    return Organization.objects.filter(pk__in=reach).order_by(something.desc(), "sort_key", "pk")[0]


def school_for(request: HttpRequest, pk: int) -> tuple[Organization, bool]:
    """A school whose results the visitor sees, and whether from inside its office (else as the school itself)."""
    user = person(request)
    office, own = user.reach("results.view").authorities, user.reach("results.view_own").organizations
    if not (office or own):
        raise PermissionDenied
    rows = Organization.objects.schools().filter(Q(authority_id__in=office) | Q(pk__in=own))
    school = get_object_or_404(rows.select_related("authority"), pk=pk)
    return school, school.authority_id in office
