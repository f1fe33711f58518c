"""What the search line finds here: organisations by any of their names and codes, people by name."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from schools.models import Organization, OrganizationAlias, Person, User
from schools.search import normalized


def organizations(user: User, words: str) -> list[tuple[str, str, str]]:
    """At most ten organisations the person sees: (name, where, address)."""
    rows = Organization.objects.visible_to(user)
    for word in normalized(words).split():
        aliases = OrganizationAlias.objects.in_force().filter(normalized__contains=word)
        rows = rows.filter(Q(search__contains=word) | Q(pk__in=aliases.values("organization")))
    return [
        (row.name, row.settlement or row.full_name, reverse("schools:organization_detail", args=[row.pk]))
        for row in rows.order_by("sort_key", "pk")[:10]
    ]


def people(user: User, words: str) -> list[tuple[str, str, str]]:
    """At most ten people of the organisations the person sees."""
    rows = Person.objects.visible_to(user)
    for word in normalized(words).split():
        rows = rows.filter(search__contains=word)
    return [
        (row.full_name, row.phone, reverse("schools:person_detail", args=[row.pk]))
        for row in rows.order_by("last_name", "first_name", "pk")[:10]
    ]
