"""The board «Исполнение» of the head."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions.standing import day_of
from reports.board import board_of
from schools.models import Organization, User


def offices_of(request: HttpRequest) -> tuple[list[Organization], list[Organization]]:
    """All offices whose papers the person sees, and those the page is about (`?authority=` narrows to one)."""
    user = request.user
    assert isinstance(user, User)
    reach = user.reach("document.view").authorities
    if not reach:
        raise PermissionDenied
    offices = Organization.objects.filter(pk__in=reach).select_related("authority", "parent")
    known = list(offices.order_by("sort_key", "pk"))
    asked = request.GET.get("authority", "")
    chosen = [one for one in known if str(one.pk) == asked]
    return known, chosen or known


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    known, offices = offices_of(request)
    user = request.user
    assert isinstance(user, User)
    day = day_of(offices[0] if len(offices) == 1 else None, user.time_zone)
    context = {
        "board": board_of(offices, day),
        "today": day.today,
        "offices": known if len(known) > 1 else [],
        "office": offices[0] if len(offices) == 1 else None,
    }
    return render(request, "reports/board.html", context)
