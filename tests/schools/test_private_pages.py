"""What a person sees stays in no cache: not in a school's proxy, and not behind «Назад» after logging out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.models import Document
from schools.models import User
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page", ["reports:home", "decisions:task_list", "decisions:document_list", "schools:profile_edit"]
)
def test_a_page_of_a_person_is_kept_nowhere(cast: Cast, as_user: Callable[[User], Client], page: str) -> None:
    answer = as_user(cast.director).get(reverse(page))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_the_way_to_the_log_in_page_is_kept_nowhere_either(client: Client) -> None:
    answer = client.get(reverse("decisions:task_list"))
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "private, no-store"


def test_control_characters_of_pasted_words_are_dropped_and_the_rest_is_kept(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    client = as_user(cast.methodist)
    words = "ПРОТОКОЛ № 8 от 02.03.2026\n\x00РЕШИЛИ:\x0b1. Директору СОШ № 1\x07 провести\ufffe собрание до 01.04.2026."
    answer = client.post(reverse("decisions:document_create"), {"text": words, "entry": "paper"})
    assert answer.status_code == 302
    document = Document.objects.get()
    assert document.number == "8"
    assert document.clauses.get().text == "Директору СОШ № 1 провести собрание до 01.04.2026."
    assert client.get(reverse("decisions:document_list"), {"q": "собра\x00ние"}).status_code == 200
    assert client.get("/c/%00/").status_code == 404
