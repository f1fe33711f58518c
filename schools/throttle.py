"""A limit on pages that are open to everybody: so many requests a minute from one address, counted in the database."""

from __future__ import annotations

import datetime as dt

from axes.helpers import get_client_ip_address
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from config import clock
from schools.models import RequestCount

KEEP = dt.timedelta(hours=1)


def too_many(request: HttpRequest, what: str, *, a_minute: int) -> bool:
    """Counts this request; whether its address has asked for `what` more than `a_minute` times in this minute.

    A whole district may sit behind one address, so limits are generous: they stop a machine, not a corridor of people.
    """
    address = get_client_ip_address(request) or "unknown"
    key = salted_hmac("schools.throttle", f"{what}|{address}").hexdigest()
    minute = clock.now().replace(second=0, microsecond=0)
    with transaction.atomic():
        row, made = RequestCount.objects.get_or_create(key=key, minute=minute)
        RequestCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
        if made:
            RequestCount.objects.filter(minute__lt=minute - KEEP).delete()
        row.refresh_from_db(fields=["count"])
    return row.count > a_minute
