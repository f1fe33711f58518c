"""Rubbish sent to every address by people who may be there: a refusal or a page, never a failure of the server."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

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
VALUES = ("", "абв", "-1", "99999999999999999999", "2026-02-31", "\x00", "<script>alert(1)</script>", "9" * 5000, "²")


ROUNDS = 4  # each field meets every second value, none of them with the same neighbours twice


def rubbish(names: Collection[str], turn: int) -> dict[str, str]:
    """A value for every name, another one each turn."""
    return {name: VALUES[(index + turn * 2) % len(VALUES)] for index, name in enumerate(sorted(names))}


def asked(page: bytes, own: str, known: dict[str, set[str]], files: dict[str, str]) -> None:
    """Notes what the forms of a page send, and where: new forms are met without being listed here."""
    for form in html.document_fromstring(page).iter("form"):
        target = (form.get("action") or own).partition("?")[0]
        for field in form.iter("input", "select", "textarea", "button"):
            name = field.get("name") or ""
            if field.get("type") == "file":
                files[target] = name
            elif name and name != "csrfmiddlewaretoken":
                known.setdefault(target, set()).add(name)


@pytest.mark.parametrize("role", ["methodist", "director", "admin"])
def test_rubbish_is_refused_by_every_address(cast: Cast, as_user: Callable[[User], Client], role: str) -> None:
    world = world_of(cast)
    client = as_user(getattr(cast, role))
    client.raise_request_exception = False
    failed = []

    def sent(send: Callable[..., HttpResponse], url: str, data: dict[str, Any]) -> HttpResponse:
        try:
            with transaction.atomic():
                answer = send(url, data)
                raise _Back
        except _Back:
            pass
        if answer.status_code >= 500:
            failed.append((url, send.__name__, str(data)[:300]))
        return answer

    urls = {
        reverse(name, kwargs=kwargs_for(world, name)): name
        for name in every_address()
        if name not in PUBLIC and name != "schools:component_gallery"
    }
    fields: dict[str, set[str]] = {}
    files: dict[str, str] = {}
    pages = set()
    for url in urls:
        answer = sent(client.get, url, {})
        if (
            answer.status_code == 200
            and answer.get("Content-Type", "").startswith("text/html")
            and answer.content.strip()
        ):
            pages.add(url)
            asked(answer.content, url, fields, files)
    for url, name in urls.items():
        names = {*FIELDS, *fields.get(url, ())}
        for turn in range(ROUNDS if url in pages else 1):  # a PDF is not made four times over
            sent(client.get, url, rubbish(names, turn))
        for turn in range(ROUNDS):
            valid = world.posts.get(name, {}) if turn == 0 else {}
            if sent(client.post, url, {**rubbish(names, turn), **valid}).status_code in (403, 404, 405):
                break
        if url in files:
            for content in (b"", b"PK\x03\x04rubbish", "Школа;5\n".encode("cp1251")):
                sent(client.post, url, {**world.posts.get(name, {}), files[url]: SimpleUploadedFile("а.xlsx", content)})
    assert len(fields) > 5, "формы страниц не найдены"
    assert not failed, "\n".join(map(str, failed))
