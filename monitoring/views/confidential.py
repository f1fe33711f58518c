"""What is confidential is shown only after the look at it was written down: no row in the log, no list."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from monitoring.views.gate import person
from schools.audit import seen
from schools.models import Organization, User


class NotLogged(Exception):
    """The look could not be written down."""


def look(
    user: User, what: str, *, row: models.Model | None = None, authority: Organization | int | None, **details: Any
) -> None:
    """Writes the look. Raises NotLogged: the page then says so and shows nothing else."""
    try:
        seen(by=user, what=what, row=row, authority=authority, **details)
    except DatabaseError as why:
        raise NotLogged from why


def confidential(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view that shows a list: nothing of it is kept by browsers, and without its row in the log it shows nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NotLogged:
            response = render(request, "monitoring/not_logged.html", status=503)
        response["Cache-Control"] = "no-store, private"
        return response

    return guarded


def require(request: HttpRequest, permission: str) -> User:
    user = person(request)
    if not user.may(permission):
        raise PermissionDenied
    return user
