"""The trail: every write of consequence leaves who, when, what, before, after."""

from __future__ import annotations

from typing import Any

from django.db import models

from schools.models import AccessLog, AuditEvent, Organization, User


def record(
    *,
    by: User | None,
    action: str,
    row: models.Model,
    authority: Organization | int | None = None,
    summary: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Leaves an `AuditEvent` for a write of consequence; called by actions inside their transaction."""
    return AuditEvent.objects.create(
        by=by,
        action=action,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        authority_id=authority if isinstance(authority, int) or authority is None else authority.pk,
        summary=summary[:500],
        before=before,
        after=after,
        reason=reason,
    )


def seen(
    *, by: User, what: str, row: models.Model | None = None, authority: Organization | int | None = None, **details: Any
) -> AccessLog:
    """Leaves an `AccessLog` row; called before something confidential is shown. When it cannot be written, nothing is shown.

    `what` is a noun and a verb («list.view», «forecast.export»); `details` say which one, in words for the head's page.
    """
    home = authority if isinstance(authority, int) or authority is None else authority.pk
    return AccessLog.objects.create(
        user=by, what=what, object_id=row.pk if row is not None else None, details={"authority": home, **details}
    )
