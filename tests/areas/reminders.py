"""Addresses of the calendar, the plan of reminders, the briefing, «Напомнить» and the personal calendar address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decisions.models import Assignment, Document
from schools.models import CalendarAddress
from tests.cast import Cast

if TYPE_CHECKING:
    from tests.world import World

SECRET = "secret-of-tests"

PUBLIC = frozenset({"schools:calendar_feed"})

TABLE = {
    "schools:plan_edit": "ha",
    "schools:calendar_transfer": "a",
    "schools:calendar_confirm": "a",
    "schools:calendar_address": "mhdncoas",
    "schools:calendar_address_renew": "mhdncoas",
    "schools:calendar_address_revoke": "mhdncoas",
    "decisions:briefing": "mhs",
    "decisions:tasks_nudge": "mh",
}

LISTS = {
    ("head", "decisions:briefing"): 15,
    ("admin", "schools:plan_edit"): 6,
}


def build(world: World) -> None:
    CalendarAddress.objects.create(user=world.cast.director, secret_hash=CalendarAddress.hash_of(SECRET))
    other = Assignment.objects.get(document=world.document, organization=world.cast.school, clause__number="2.2")
    world.ids["schools:calendar_feed"] = {"secret": SECRET}
    world.posts["decisions:tasks_nudge"] = {"task": other.pk}


def grow(cast: Cast, document: Document, rows: int) -> None:
    """Late tasks come with the documents that every list grows by."""
