"""In which zone a person's day and morning are: own, of the place of work, of its authority, the office's default.

`User.zone` says it for one person; here the same rule works in the database, for many at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from schools.models import Membership, User

_NONE = Value("")


def with_zone(users: QuerySet[User], day: dt.date) -> QuerySet[Any]:
    """The users with `zone_name`: the IANA name by the memberships held on `day`."""
    place = (
        Membership.objects.held_on(day)
        .filter(user=OuterRef("pk"))
        .annotate(
            place_zone=Coalesce(
                NullIf("organization__time_zone", _NONE), NullIf("organization__authority__time_zone", _NONE)
            ),
            first=Case(When(pk=OuterRef("active_membership_id"), then=0), default=1),
        )
        .order_by("first", "pk")
        .values("place_zone")[:1]
    )
    return users.annotate(
        zone_name=Coalesce(
            NullIf(F("time_zone"), _NONE), Subquery(place), Value(settings.TIME_ZONE), output_field=CharField()
        )
    )


@dataclass(frozen=True)
class Place:
    """Where a person's letters belong: the zone of the day, the authority whose relay carries them (None: no authority)."""

    zone: str = ""
    authority: int | None = None


def places_of(users: Collection[int], day: dt.date) -> dict[int, Place]:
    """User id → place, in one query for any number of people. Who holds no role has the default place."""
    authority = (
        Membership.objects.held_on(day)
        .filter(user=OuterRef("pk"))
        .annotate(first=Case(When(pk=OuterRef("active_membership_id"), then=0), default=1))
        .order_by("first", "pk")
        .values("organization__authority")[:1]
    )
    rows = with_zone(User.objects.filter(pk__in=users), day).annotate(place_authority=Subquery(authority))
    found = {pk: Place(zone, owner) for pk, zone, owner in rows.values_list("pk", "zone_name", "place_authority")}
    return {pk: found.get(pk, Place()) for pk in users}
