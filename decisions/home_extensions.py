"""Requests to prolong on the start page: what waits for who decides, what was decided for a school, within a week."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from config import clock
from decisions.enums import RequestState
from decisions.models import ExtensionRequest
from decisions.models.documents import whole_papers
from schools.models import User

SHOWN = 5
FRESH = dt.timedelta(days=7)


def badge(user: User) -> int:
    """How many requests wait for this person's decision."""
    return (
        ExtensionRequest.objects.waiting()
        .filter(assignment__authority_id__in=user.reach("task.move").authorities)
        .count()
    )


def deciding(user: User) -> dict[str, Any] | None:
    """The oldest waiting requests; nothing when none wait."""
    rows = _rows().filter(state=RequestState.WAITING, assignment__authority_id__in=user.reach("task.move").authorities)
    shown = list(rows.order_by("pk")[: SHOWN + 1])
    if not shown:
        return None
    waiting = len(shown) if len(shown) <= SHOWN else rows.count()
    return {"decides": True, "waiting": waiting, "rows": shown[:SHOWN]}


def asking(user: User) -> dict[str, Any] | None:
    """Own requests that wait or were decided within a week; nothing when there are none."""
    own = user.reach("task.answer").organizations
    decided = Q(state__in=[RequestState.AGREED, RequestState.OTHER_DAY, RequestState.REFUSED])
    fresh = Q(state=RequestState.WAITING) | decided & Q(decided_at__gte=clock.now() - FRESH)
    rows = list(_rows().filter(fresh, assignment__organization_id__in=own).order_by("-pk")[:SHOWN])
    return {"decides": False, "waiting": 0, "rows": rows} if rows else None


def _rows() -> Any:
    return ExtensionRequest.objects.select_related(
        "assignment__organization", "assignment__document", "assignment__clause"
    ).defer(*whole_papers("assignment__document"))
