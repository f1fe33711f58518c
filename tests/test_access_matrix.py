"""Every address × everybody of the cast: who is let in, who is not. An address that is not in the table fails the test."""

from __future__ import annotations

import copy
from collections.abc import Callable

from django.db import transaction
from django.test import Client
from django.urls import reverse

from schools.models import User
from tests.access_table import PUBLIC, TABLE
from tests.addresses import every_address
from tests.cast import Cast
from tests.world import kwargs_for, world_of

LETTERS = {
    "methodist": "m",
    "head": "h",
    "director": "d",
    "neighbour_director": "n",
    "curator": "c",
    "observer": "o",
    "admin": "a",
    "stranger": "s",
}
REFUSALS = (403, 404)


class _Back(Exception):
    """Takes back what a request changed, so that everybody meets the same world."""


def outcome(client: Client, url: str, data: dict[str, object]) -> int:
    """The status of a GET; of a POST where the address takes only that."""
    status = 0
    cookies = copy.deepcopy(client.cookies)
    try:
        with transaction.atomic():
            status = client.get(url, data).status_code
            if status == 405:
                status = client.post(url, data).status_code
            raise _Back
    except _Back:
        client.cookies = cookies  # logging out, too, is taken back
        return status


def let_in(cast: Cast, as_user: Callable[[User], Client]) -> dict[str, str]:
    world = world_of(cast)
    found = {}
    clients = {letter: as_user(getattr(cast, role)) for role, letter in LETTERS.items()}
    for name in every_address():
        if name == "schools:component_gallery":
            continue
        url = reverse(name, kwargs=kwargs_for(world, name))
        found[name] = "".join(
            letter
            for letter, client in clients.items()
            if outcome(client, url, world.posts.get(name, {})) not in REFUSALS
        )
    return found


def test_everybody_gets_in_where_the_table_says_and_nowhere_else(cast: Cast, as_user: Callable[[User], Client]) -> None:
    found = let_in(cast, as_user)
    assert set(found) == set(TABLE) | set(PUBLIC)
    assert {name: letters for name, letters in found.items() if name in TABLE} == TABLE


def test_nobody_gets_in_without_logging_in(cast: Cast) -> None:
    world = world_of(cast)
    for name in every_address():
        response = Client().get(reverse(name, kwargs=kwargs_for(world, name)))
        if name in PUBLIC:
            assert response.status_code in (200, 405, 410, 302), name
            continue
        assert response.status_code in (302, 401), name
        assert response.status_code == 401 or response["Location"].startswith(reverse("schools:login")), name
