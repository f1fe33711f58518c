"""What the frame of every page needs: the rail, the person, the day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from config import clock, slots
from schools.heartbeat import silent_since

LONG_RAIL = 7  # items from which captions help


def _lit(items: list[slots.MenuItem], asked: str, view_name: str) -> str:
    """The one line that is lit: what the view says itself (`request.rail_item`), the page of the line, a page below it."""
    names = {item.url_name for item in items}
    for name in (asked, view_name):
        if name in names:
            return name
    return next((item.url_name for item in items if view_name.startswith(item.prefixes or ("\0",))), "")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The menu the person may use (with badges), the active membership, and today in the person's zone."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"rail": [], "active": None, "today": clock.today(), "unread": 0, "sought": "", "silent_since": None}
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    items = [item for item in slots.menu if user.may(item.permission)]
    lit = _lit(items, getattr(request, "rail_item", ""), view_name)
    rail = [
        {"item": item, "on": item.url_name == lit, "badge": item.badge(user) if item.badge else 0} for item in items
    ]
    # one line a page: an item may be offered under several permissions
    rail = list({entry["item"].url_name: entry for entry in reversed(rail)}.values())[::-1]
    section = ""
    for entry in rail:
        found = slots.section_of(entry["item"].order) if len(rail) > LONG_RAIL else ""
        entry["caption"] = found if found != section else ""
        section = found
    return {
        "rail": rail,
        "active": user.active,
        "sought": request.GET.get("q", "") if view_name == "reports:search" else "",
        # The office is told when the scheduler is silent; schools can do nothing about it.
        "silent_since": silent_since() if user.may("messages.view") or user.may("task.check") else None,
        "letters_url": reverse("schools:message_list") if user.may("messages.view") else "",
        "today": clock.today(user.zone),
        # Counted only by a template that shows the bell: parts of pages need no such query.
        "unread": SimpleLazyObject(lambda: user.notifications.filter(read_at__isnull=True).count()),
    }
