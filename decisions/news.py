"""Telling people: items of the bell and gathered messages about new tasks, answers and returns.

Texts name no school but the person's own; a message says what and where to click, never what a restricted protocol says.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q
from django.urls import reverse

from config import clock
from config.ui.words import counted
from decisions.models import Assignment, Document
from schools.enums import MessageKind, OrganizationKind, Role
from schools.models import Membership, Message, Notification, User
from schools.zones import Place, places_of

GATHER = dt.timedelta(minutes=15)
APART = dt.timedelta(hours=1)  # at most one message of news an hour


def people_of(organizations: Iterable[int]) -> dict[int, list[User]]:
    """Who answers for each organisation today: directors and staff; for an authority, its head and methodists."""
    rows = (
        Membership.objects.held_on(clock.today())
        .filter(
            Q(role__in=[Role.DIRECTOR, Role.STAFF])
            | Q(role__in=[Role.HEAD, Role.METHODIST], organization__kind=OrganizationKind.AUTHORITY),
            organization__in=organizations,
            user__is_active=True,
        )
        .select_related("user")
    )
    found: dict[int, list[User]] = {}
    for row in rows:
        found.setdefault(row.organization_id, []).append(row.user)
    return found


@dataclass(frozen=True)
class News:
    """One item of the bell: to whom, of which kind, about which row, in which words, where it leads."""

    users: Iterable[User]
    kind: str
    row: object
    text: str
    url: str


def tell(*, users: Iterable[User], kind: str, row: object, text: str, url: str) -> None:
    """An item of the bell for each (once a day for one thing), and a gathered message for those with an address."""
    tell_all([News(users, kind, row, text, url)])


def tell_all(news: Iterable[News]) -> None:
    """Many items by as many queries as one takes."""
    pairs = [(user, one) for one in news for user in {user.pk: user for user in one.users}.values()]
    people = {user.pk: user for user, _ in pairs}
    if not people:
        return
    places = places_of(people, clock.today())
    items = [
        Notification(
            user=user,
            kind=one.kind,
            object_type=one.row._meta.label_lower,  # type: ignore[attr-defined]
            object_id=one.row.pk,  # type: ignore[attr-defined]
            day=clock.today(places[user.pk].zone),
            text=one.text[:300],
            url=one.url,
        )
        for user, one in pairs
    ]
    Notification.objects.bulk_create(items, ignore_conflicts=True)
    _gather(people, places)


def _gather(people: dict[int, User], places: dict[int, Place]) -> None:
    """One letter waits for each: a quarter of an hour from now, and an hour after the last one at the earliest.

    The database keeps it single (`one_gathering_news`), so two people who act at once make one letter too.
    """
    last = dict(
        Message.objects.filter(user__in=people, kind=MessageKind.NEWS, handed_at__isnull=False)
        .values_list("user_id")
        .annotate(last=Max("handed_at"))
        .order_by()
    )
    soon = clock.now() + GATHER
    Message.objects.bulk_create(
        (
            Message(
                user=user,
                authority_id=places[pk].authority,
                kind=MessageKind.NEWS,
                day=clock.today(places[pk].zone),
                to=user.email,
                due_at=max(soon, last[pk] + APART) if pk in last else soon,
            )
            for pk, user in people.items()
            if user.email and not user.email_refused
        ),
        ignore_conflicts=True,
    )


def tell_about_new_tasks(document: Document, made: Sequence[Assignment]) -> None:
    """Each school learns how many tasks it got, once a document."""
    counts = Counter(row.organization_id for row in made)
    people = people_of(counts)
    tell_all(
        News(
            users=people.get(organization_id, []),
            kind="tasks.new",
            row=document,
            text=f"{document.short_title}: {counted(number, 'новое поручение', 'новых поручения', 'новых поручений')}",
            url=reverse("decisions:task_list"),
        )
        for organization_id, number in counts.items()
    )
