"""Files of an answer that arrive in pieces over a bad network."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from decisions.models import ReportFile
from schools.models import User
from tests.cast import Cast
from tests.decisions.test_life import sent


def photograph(format: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(out, format)
    return out.getvalue()


@pytest.fixture
def school(cast: Cast, as_user: Callable[[User], Client]) -> tuple[Client, int]:
    return as_user(cast.director), sent(cast).pk


def begun(client: Client, document: int, size: int) -> str:
    address = reverse("decisions:upload_create", args=[document])
    said = client.post(address, json.dumps({"size": size}), content_type="application/json")
    return str(said.json()["url"])


def piece(client: Client, url: str, offset: int, content: bytes, **headers: str) -> Any:
    headers = {"Upload-Offset": str(offset), "Upload-Complete": "0", **headers}
    return client.post(url, content, content_type="application/octet-stream", headers=headers).json()


def test_an_upload_goes_on_from_the_byte_that_arrived_and_a_piece_sent_twice_counts_once(
    school: tuple[Client, int],
) -> None:
    client, document = school
    whole = b"%PDF-1.4\n" + bytes(2000)
    url = begun(client, document, len(whole))
    piece(client, url, 0, whole[:900])
    assert piece(client, url, 0, whole[:900]) == {"offset": 900}
    assert client.get(url).json() == {"offset": 900}
    name = json.dumps("Справка\u00a0школы.pdf")
    piece(client, url, 900, whole[900:], **{"Upload-Complete": "1", "Upload-Name": name})
    [row] = ReportFile.objects.all()
    assert row.file.name == "Справка школы.pdf"
    assert row.file.content.read() == whole


def test_photographs_that_came_in_pieces_become_one_pdf_in_their_order(school: tuple[Client, int]) -> None:
    client, document = school
    urls = []
    for content in (photograph(), photograph("PNG")):
        urls.append(begun(client, document, len(content)))
        piece(client, urls[-1], 0, content)
    address = reverse("decisions:photos_add", args=[document])
    said = client.post(address, {"upload": urls, "name": ["IMG_1.jpg", "IMG_2.png"]})
    assert said.json()["file"]["name"] == "Фотографии, 2 листа.pdf"
    [row] = ReportFile.objects.all()
    assert row.file.content.read().count(b"/Type /Page\n") == 2
    assert client.post(address, {"upload": urls, "name": ["IMG_1.jpg", "IMG_2.png"]}).status_code == 422  # used up
