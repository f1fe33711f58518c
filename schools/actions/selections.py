"""Schools chosen on one page for another; the link carries the id only, so that no figure stands in an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from config import clock
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, Selection, User

KEPT = dt.timedelta(hours=24)
MOST = 2_000  # schools of one selection


@transaction.atomic
def select_schools(
    *,
    by: User,
    authority: Organization,
    grounds: Iterable[tuple[Organization, str]],
    data_date: dt.date | None = None,
    title: str = "",
    text: str = "",
    confidential: bool = False,
) -> Selection:
    """Stores schools with the ground of each in words. Raises `Refused` for none, too many, or schools of another office."""
    chosen = {organization.pk: (organization, ground) for organization, ground in grounds}
    if not chosen:
        raise Refused("Отметьте хотя бы одну школу.")
    if len(chosen) > MOST:
        raise Refused(f"В одном выборе не больше {MOST} школ.")
    if any(organization.authority_id != authority.pk for organization, _ in chosen.values()):
        raise Refused("В выборе есть школа другого органа управления.")
    now = clock.now()
    Selection.objects.filter(owner=by, expires_at__lte=now).delete()
    row = Selection.objects.create(
        owner=by,
        authority=authority,
        rows=[{"organization": pk, "ground": " ".join(ground.split())[:2000]} for pk, (_, ground) in chosen.items()],
        data_date=data_date,
        title=title[:200],
        text=text,
        confidential=confidential,
        created_at=now,
        expires_at=now + KEPT,
    )
    record(by=by, action="selection.made", row=row, authority=authority, summary=f"{title}: школ {len(chosen)}")
    return row
