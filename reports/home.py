"""What the cycle says on the start page."""

from __future__ import annotations

from typing import Any

from schools.models import User


def recommendations(user: User) -> dict[str, Any] | None:
    """The block of a director: unread recommendations, or nothing."""
    from reports.models import ChainElement

    own = user.reach("cycle.view_own").organizations
    rows = list(
        ChainElement.objects.recommended_to(user)
        .exclude(acknowledgements__organization_id__in=own)
        .select_related("direction")
        .order_by("-published_at", "pk")[:5]
    )
    return {"rows": rows} if rows else None
