"""Rubbish sent to every address by people who may be there: a refusal or a page, never a failure of the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from schools.models import User
from tests.access_table import PUBLIC
from tests.addresses import every_address
from tests.cast import Cast
from tests.test_access_matrix import _Back
from tests.world import kwargs_for, world_of

FIELDS = (
    "clause task item organization party except person_role person_name agenda_id agenda_text day due date words way verb "
    "structure version at text number kind template entry meeting past scan control answer_kind control_date checker nature "
    "reason what remark note link name email role authority page q year state tab document mine title valid_from last_name "
    "username password signed_on signed_by circulation attendees_count size back next"
).split()
VALUES = ("", "абв", "-1", "99999999999999999999", "2026-02-31", "\x00", "<script>alert(1)</script>", "9" * 4000)


@pytest.mark.parametrize("role", ["methodist", "director", "admin"])
def test_rubbish_is_refused_by_every_address(cast: Cast, as_user: Callable[[User], Client], role: str) -> None:
    world = world_of(cast)
    client = as_user(getattr(cast, role))
    client.raise_request_exception = False
    failed = []
    for name in every_address():
        if name in PUBLIC or name == "schools:component_gallery":
            continue
        url = reverse(name, kwargs=kwargs_for(world, name))
        for value in VALUES:
            data = (
                {**dict.fromkeys(FIELDS, value), **world.posts.get(name, {})}
                if value == "абв"
                else dict.fromkeys(FIELDS, value)
            )
            for send in (client.get, client.post):
                try:
                    with transaction.atomic():
                        status = send(url, data).status_code
                        raise _Back
                except _Back:
                    pass
                if status >= 500:
                    failed.append((name, send.__name__, value[:12]))
    assert not failed, "\n".join(map(str, failed))
