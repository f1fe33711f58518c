"""The words of a registered paper are changed by no address whatever is sent to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from decisions.models import Document
from schools.models import User
from tests.addresses import every_address
from tests.cast import Cast
from tests.test_access_matrix import _Back
from tests.world import kwargs_for, world_of

OTHER = {
    "text": "Подменённые слова.",
    "number": "77",
    "date": "2026-01-01",
    "place": "г. Другой",
    "issuer": "Другой орган",
    "meeting": "другое совещание",
    "title": "О другом",
    "preamble": "Иначе.",
    "kind": "order",
    "circulation": "full",
    "verb": "up",
    "at": "3",
    "way": "none",
    "agenda_text": "Другой вопрос",
    "person_name": "Другой А.А.",
    "person_role": "chair",
    "signed_on": "2026-03-10",
    "signed_by": "Другой А.А.",
    "reason": "Потому что так надо",
}


def words_of(document: Document) -> list[Any]:
    """Everything the paper prints."""
    fields = ("number", "date", "place", "issuer", "meeting", "title", "preamble", "kind", "source_text")
    return [
        Document.objects.values_list(*fields).get(pk=document.pk),
        list(document.ordered_clauses().values_list("pk", "path", "number", "text", "position", "parent_id")),
        list(document.participants.values_list("role", "name", "post", "position")),
        list(document.agenda.values_list("number", "text", "speaker")),
    ]


@pytest.mark.parametrize("state", ["signing", "signed", "registered", "sent", "archived"])
def test_no_address_changes_the_words_once_the_paper_is_locked(
    cast: Cast, as_user: Callable[[User], Client], state: str
) -> None:
    world = world_of(cast)
    document, client = world.document, as_user(cast.head)
    client.raise_request_exception = False
    Document.objects.filter(pk=document.pk).update(state=state)
    before, draft = words_of(document), world.draft
    clause = document.ordered_clauses()[2]
    tried = 0
    for name in every_address():
        if not name.startswith("decisions:"):
            continue
        kwargs = dict(kwargs_for(world, name))
        if name.startswith(("decisions:clause", "decisions:document_", "decisions:term_", "decisions:question_")):
            whole = "clauses/<" not in name and (
                "document" in name or "clauses_" in name or name.endswith("clause_add")
            )
            kwargs = {key: (document.pk if whole or value == draft.pk else clause.pk) for key, value in kwargs.items()}
        data = OTHER | {"clause": clause.pk, "version": clause.version, "structure": document.structure_version}
        try:
            with transaction.atomic():
                client.post(reverse(name, kwargs=kwargs), data)
                assert words_of(document) == before, name
                tried += 1
                raise _Back
        except _Back:
            pass
    assert tried > 40
