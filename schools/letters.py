"""What gathered letters say at the moment they go: the daily message, and the news of the last quarter of an hour."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string

from config import clock, slots
from schools.enums import MessageKind
from schools.models import Message
from schools.mornings import BELL
from schools.sending import Letter, Postponed

Lines = list[tuple[str, list[tuple[str, str]]]]


def daily(message: Message) -> Letter | None:
    """Everything the sources have for this person now, or None. A message of a past day waits for its next morning."""
    user = message.user
    zone = user.zone or settings.TIME_ZONE
    today = clock.today(zone)
    if message.day < today:
        raise Postponed(clock.now() + dt.timedelta(hours=1))
    if message.day > today:
        raise Postponed(dt.datetime.combine(message.day, dt.time(0, 5), ZoneInfo(zone)))
    sections: Lines = []
    for source in slots.digest_sources:
        sections += source.lines(user, today)
    if not sections:
        return None
    subject = f"Поручения, {today:%d.%m.%Y} — " + "; ".join(_lower(heading) for heading, _ in sections[:3])
    return _letter(subject, message, sections)


def _lower(heading: str) -> str:
    return heading[:1].lower() + heading[1:] if heading[:1] != "«" else heading


def news(message: Message) -> Letter | None:
    """What came into the bell since the last such letter and was not read meanwhile, or None."""
    told = message.user.messages.filter(kind=MessageKind.NEWS, handed_at__isnull=False).exclude(pk=message.pk)
    since = told.aggregate(last=Max("handed_at"))["last"]
    rows = message.user.notifications.filter(read_at__isnull=True).exclude(kind=BELL).order_by("created_at", "pk")
    if since is not None:
        rows = rows.filter(created_at__gt=since)
    items = list(rows[:31])
    if not items:
        return None
    subject = (
        items[0].text if len(items) == 1 else f"Новое в программе: {len(items) if len(items) < 31 else 'больше 30'}"
    )
    lines = [(item.text, item.url) for item in items[:30]]
    return _letter(subject, message, [("Новое", lines)])


def _letter(subject: str, message: Message, sections: Lines) -> Letter:
    site = settings.SITE_URL.rstrip("/")
    context = {
        "subject": subject,
        "user": message.user,
        "site": site,
        "sections": [
            (heading, [(text, site + url if url else "") for text, url in rows]) for heading, rows in sections
        ],
    }
    return Letter(
        subject[:200],
        render_to_string("emails/sections.txt", context),
        render_to_string("emails/sections.html", context),
    )
