"""The pulse of the scheduler: each part says when it ran; who looks after the program sees when it fell silent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache

from config import clock
from schools.models import Heartbeat, User

SILENCE = dt.timedelta(hours=1)
REMEMBERED = 60  # seconds a page trusts the last look


def beat(name: str, *, note: str = "", trouble: str = "") -> None:
    """Writes that this part of the scheduler has just run."""
    Heartbeat.objects.update_or_create(
        name=name, defaults={"last_run": clock.now(), "note": note[:300], "trouble": trouble[:500]}
    )


def silent_since() -> dt.datetime | None:
    """When letters were last looked at, if that is more than an hour ago; None while all is well.

    A new installation is given an hour from its first account.
    """
    known = cache.get("schools.silent_since", "")
    if known == "":
        known = _silent_since()
        cache.set("schools.silent_since", known, REMEMBERED)
    return known  # type: ignore[no-any-return]


def _silent_since() -> dt.datetime | None:
    last = Heartbeat.objects.filter(name="letters").values_list("last_run", flat=True).first()
    if last is None:
        last = User.objects.order_by("pk").values_list("date_joined", flat=True).first()
    return last if last is not None and clock.now() - last > SILENCE else None


# What beats, in the order of the page.
PARTS = (
    ("letters", "Отправка писем"),
    ("mornings", "Утренние напоминания"),
    ("due-days", "Пересчёт действующих сроков"),
)


@dataclass(frozen=True)
class Pulse:
    label: str
    last_run: dt.datetime | None
    note: str
    trouble: str
    silent: bool


def pulse() -> list[Pulse]:
    """Every part of the scheduler as the administrator sees it; one query."""
    rows = Heartbeat.objects.in_bulk()
    out = []
    for name, label in PARTS:
        row = rows.get(name)
        last = row.last_run if row else None
        silent = last is None or clock.now() - last > SILENCE
        out.append(Pulse(label, last, row.note if row else "", row.trouble if row else "", silent))
    return out
