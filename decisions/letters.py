"""The gathered letter: what stands unread in a person's bell at the moment it goes, in one message."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from schools.models import Message


def news(message: Message) -> tuple[str, str] | None:
    """Subject and text, or None when everything was read meanwhile."""
    items = list(message.user.notifications.filter(read_at__isnull=True).order_by("created_at")[:30])
    if not items:
        return None
    site = settings.SITE_URL.rstrip("/")
    text = render_to_string("emails/news.txt", {"user": message.user, "items": items, "site": site})
    subject = items[0].text if len(items) == 1 else f"Новое по поручениям: {len(items)}"
    return subject[:200], text
