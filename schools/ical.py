"""A personal calendar as iCalendar bytes (RFC 5545, RFC 7986): all-day entries that Thunderbird, Outlook and phones read. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event

from config.slots import CalendarEvent

REFRESH = dt.timedelta(hours=4)


def calendar_of(events: Iterable[CalendarEvent], *, name: str, site: str, host: str) -> bytes:
    """The whole calendar. The same events give the same bytes, so that an unchanged answer is recognised."""
    whole = Calendar()
    whole.add("prodid", "-//Решения и школы//RU")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("name", name)
    whole.add("x-wr-calname", name)
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", REFRESH)
    for event in sorted(events, key=lambda one: (one.day, one.uid)):
        entry = Event()
        entry.add("uid", f"{event.uid}@{host}")
        entry.add("dtstamp", event.stamp.astimezone(dt.UTC))
        entry.add("sequence", event.sequence)
        entry.add("dtstart", event.day)
        entry.add("dtend", event.day + dt.timedelta(days=1))
        entry.add("summary", event.title)
        entry.add("url", site.rstrip("/") + event.path)
        entry.add("description", f"Открыть в программе: {site.rstrip('/')}{event.path}")
        entry.add("transp", "TRANSPARENT")
        entry.add("class", "PRIVATE")
        whole.add_component(entry)
    text: bytes = whole.to_ical()
    return text
