"""A text that is no document by its size: refused in words on the page, what was typed stays; a large one is taken in whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.models import Clause, Document
from schools.models import User
from tests.cast import Cast

HEADING = "ПРОТОКОЛ № 4\nсовещания директоров\n\n10 ноября 2023 года\n\nРЕШИЛИ:\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADING + "1. Провести " + "а" * 200_000, "длиннее десяти тысяч букв"),
        (HEADING + "\n".join(f"{n}. Сдать отчёт." for n in range(1, 21_001)), "больше 20000 строк"),
    ],
    ids=["one word", "too many paragraphs"],
)
def test_what_is_no_document_is_refused_in_words(
    cast: Cast, as_user: Callable[[User], Client], text: str, said: str
) -> None:
    before = Document.objects.count()
    page = as_user(cast.methodist).post(reverse("decisions:document_create"), {"text": text, "entry": "paper"})
    assert page.status_code == 422 and said in page.content.decode()
    assert Document.objects.count() == before


def test_a_paragraph_of_many_words_is_taken_in(cast: Cast, as_user: Callable[[User], Client]) -> None:
    text = HEADING + "1. Провести " + "проверку журнала " * 12_000
    page = as_user(cast.methodist).post(reverse("decisions:document_create"), {"text": text, "entry": "paper"})
    assert page.status_code == 302
    clause = Clause.objects.order_by("pk").last()
    assert clause is not None and len(clause.text) > 190_000
    assert as_user(cast.methodist).get(page["Location"]).status_code == 200
