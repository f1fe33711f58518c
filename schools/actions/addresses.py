"""The personal calendar address: made, renewed, revoked. The secret is shown once and kept as a hash."""

from __future__ import annotations

import secrets

from django.db import transaction

from config import clock
from schools.audit import record
from schools.models import CalendarAddress, User


@transaction.atomic
def renew_address(*, by: User) -> str:
    """A new secret; the old one stops working at once."""
    _close(by)
    secret = secrets.token_urlsafe(32)
    row = CalendarAddress.objects.create(user=by, secret_hash=CalendarAddress.hash_of(secret))
    record(by=by, action="calendar_address.renewed", row=row)
    return secret


@transaction.atomic
def revoke_address(*, by: User) -> bool:
    """Closes the address; False when there was none."""
    closed = _close(by)
    if closed:
        record(by=by, action="calendar_address.revoked", row=by)
    return closed


def _close(user: User) -> bool:
    User.objects.select_for_update().get(pk=user.pk)  # two clicks at once make one address
    return bool(user.calendar_addresses.filter(revoked_at__isnull=True).update(revoked_at=clock.now()))
