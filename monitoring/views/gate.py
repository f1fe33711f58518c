"""Doors of this app: whose row it is and what the person may do with it. A foreign row is 404, a missing right 403."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from monitoring.models import ImportBatch, ImportFile
from schools.models import Organization, User


def person(request: HttpRequest) -> User:
    """The logged-in user (the middleware lets nobody else in)."""
    user = request.user
    assert isinstance(user, User)
    return user


def office_for(request: HttpRequest, permission: str) -> Organization:
    """The office (or ministry) of the active role where the permission holds, or the first where it does; else 403."""
    user = person(request)
    reach = user.reach(permission)
    if user.active and user.active.organization_id in reach.ministries:
        return user.active.organization
    own = user.authority
    if own is not None and own.pk in reach.authorities:
        return own
    if not reach.authorities:
        raise PermissionDenied
    return Organization.objects.filter(pk__in=reach.authorities).order_by("sort_key", "pk")[0]


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
