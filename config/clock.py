"""The only source of «now»: everything that depends on the day asks here, so that a test or a demo can move it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> dt.datetime:
    """The moment, aware, moved by `settings.CLOCK_OFFSET` (a timedelta; zero outside tests)."""
    return timezone.now() + settings.CLOCK_OFFSET


def today(zone: str | None = None) -> dt.date:
    """The day in a zone (an IANA name; the office's default when empty): «today» is that of the person who looks."""
    return now().astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()
