"""In which zone a person's day and morning are: own, of the place of work, of its authority, the office's default.

`User.zone` says it for one person; here the same rule works in the database, for many at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from schools.enums import OrganizationKind
from schools.models import Membership, User

_NONE = Value("")


def office_of(path: str) -> Case:
    """The office of a place of work, as `User.office` says it: the authority, of a ministry itself. `path` ends with `__`."""
    ministry = When(**{f"{path}kind": OrganizationKind.MINISTRY}, then=F(f"{path}pk"))
    return Case(ministry, default=F(f"{path}authority_id"), output_field=BigIntegerField())


def _of_place(column: str, day: dt.date) -> tuple[Subquery, Subquery]:
    """A column of the place of work: of the membership in use, and of the first one held (SQLite sorts by no outer column)."""
    held = Membership.objects.held_on(day).filter(user=OuterRef("pk"))
    if column == "zone":
        held = held.annotate(
            place=Coalesce(
                NullIf("organization__time_zone", _NONE),
                NullIf("organization__authority__time_zone", _NONE),
                Value(settings.TIME_ZONE),
            )
        )
    else:
        held = held.annotate(place=office_of("organization__"))
    chosen = held.filter(pk=OuterRef("active_membership_id"))
    return Subquery(chosen.values("place")[:1]), Subquery(held.order_by("pk").values("place")[:1])


def with_zone(users: QuerySet[User], day: dt.date) -> QuerySet[Any]:
    """The users with `zone_name`: the IANA name by the memberships held on `day`."""
    return users.annotate(
        zone_name=Coalesce(
            NullIf(F("time_zone"), _NONE),
            *_of_place("zone", day),
            Value(settings.TIME_ZONE),
            output_field=CharField(),
        )
    )


@dataclass(frozen=True)
class Place:
    """Where a person's letters belong: the zone of the day, the authority whose relay carries them (None: no authority)."""

    zone: str = ""
    authority: int | None = None


def places_of(users: Collection[int], day: dt.date) -> dict[int, Place]:
    """User id → place, in one query for any number of people. Who holds no role has the default place."""
    rows = with_zone(User.objects.filter(pk__in=users), day).annotate(
        place_authority=Coalesce(*_of_place("authority", day))
    )
    found = {pk: Place(zone, owner) for pk, zone, owner in rows.values_list("pk", "zone_name", "place_authority")}
    return {pk: found.get(pk, Place()) for pk in users}
