"""A paper's whole text and reading never come once with each of its clauses or tasks: a page of 300 clauses opens at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.models import User
from tests import papers
from tests.cast import Cast
from tests.decisions.test_life import sent, taken

WITH_CURATORS = papers.PROTOCOL.replace("4. ", "4. Назначить кураторами школ: Орлову Н.П. – СОШ № 1.\n5. ", 1)
PAGES = ("document_detail", "document_review", "document_links", "document_send", "matrix_detail", "answer_create")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_fetches_the_whole_paper_with_each_row(
    cast: Cast, as_user: Callable[[User], Client], name: str
) -> None:
    draft = name in ("document_review", "document_links", "document_send")
    document = taken(cast, WITH_CURATORS) if draft else sent(cast, WITH_CURATORS)
    client = as_user(cast.director if name == "answer_create" else cast.methodist)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(
            reverse(f"decisions:{name}", args=[document.pk]) + ("?part=1" if name == "document_links" else "")
        )
    assert page.status_code == 200
    joined = [
        one["sql"]
        for one in asked.captured_queries
        if '."reading"' in one["sql"] and 'FROM "decisions_document"' not in one["sql"] and "LIMIT 21" not in one["sql"]
    ]
    assert joined == []
