"""The search line: word forms, numbers, days, schools; and nothing of other schools where circulation is restricted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from decisions import search
from decisions.actions import editing
from decisions.enums import Circulation
from decisions.models import Clause, Document
from schools.models import User
from tests.cast import Cast
from tests.decisions.test_life import sent, taken

pytestmark = pytest.mark.django_db


def numbers(hits: list[search.Hit]) -> list[str]:
    return [hit.title for hit in hits]


def marked(hit: search.Hit) -> list[str]:
    return [piece for piece, found in hit.sentence if found]


@pytest.mark.parametrize("words", ["педагогических советов", "ПЕДАГОГИЧЕСКИЙ совет", "итогам проверочной работы"])
def test_a_clause_is_found_by_its_words_in_any_form(cast: Cast, words: str) -> None:
    sent(cast)
    found = search.clauses(cast.methodist, words)
    assert any(title.startswith("п. 2.1") for title in numbers(found))


def test_what_was_found_is_marked_in_its_sentence(cast: Cast) -> None:
    sent(cast)
    (hit,) = search.clauses(cast.methodist, "педагогические советы")
    assert marked(hit) == ["педагогическом", "совете"]
    assert "".join(piece for piece, _ in hit.sentence).startswith("Рассмотреть итоги")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("планами работ", {"2.2"}),
        ("педагогических советов", {"2.1"}),
        ("изучение опыта", set()),
        ("опыту работы", {"3.1"}),
    ],
)
def test_both_databases_find_the_same_rows(cast: Cast, words: str, found: set[str]) -> None:
    document = sent(cast)
    rows = Clause.objects.filter(document=document)
    asked = words.split()
    assert set(rows.filter(search.by_lemmas(asked)).values_list("number", flat=True)) == found
    if connection.vendor == "postgresql":
        by_index = rows.filter(pk__in=search.by_full_text(Clause, asked))
        assert found <= set(by_index.values_list("number", flat=True))


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_postgresql_answers_by_its_index(cast: Cast) -> None:
    sent(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = search.by_full_text(Clause, ["советы"]).explain()
    assert "decisions_clause_words" in plan


def test_a_document_is_found_by_number_and_by_day(cast: Cast) -> None:
    document = sent(cast)
    for asked in (
        "4",
        "№ 4",
        "протокол № 4",
        "10.03.2026",
        "протокол от 10 марта 2026 года",
        "совещаниям руководителей",
    ):
        assert numbers(search.documents(cast.methodist, asked)) == [document.short_title], asked
    assert search.documents(cast.methodist, "5") == []
    assert search.documents(cast.methodist, "11.03.2026") == []


def test_tasks_are_found_by_their_term_and_by_their_school(cast: Cast) -> None:
    sent(cast)
    by_day = search.tasks(cast.methodist, "15.05.2026")
    assert len(by_day) == 3 and all("п. 2.2" in title for title in numbers(by_day))
    by_school = search.tasks(cast.methodist, "СОШ № 2 план")
    assert numbers(by_school) == ["СОШ № 2: Протокол № 4 от 10.03.2026, п. 2.2"]


def test_a_director_finds_the_own_tasks_only(cast: Cast) -> None:
    sent(cast)
    assert {title.partition(":")[0] for title in numbers(search.tasks(cast.director, "план работы"))} == {"СОШ № 1"}
    assert search.tasks(cast.stranger, "план работы") == search.clauses(cast.stranger, "план работы") == []


def test_a_draft_is_found_by_the_office_and_its_new_words_at_once(cast: Cast) -> None:
    clause = taken(cast).clauses.get(number="2.2")
    editing.set_text(by=cast.methodist, clause=clause, text="Провести олимпиады.", version=clause.version)
    assert numbers(search.clauses(cast.methodist, "олимпиада"))[0].startswith("п. 2.2")
    assert search.clauses(cast.director, "олимпиада") == []


def test_a_school_cannot_ask_who_else_is_addressed(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    Document.objects.filter(pk=document.pk).update(circulation=Circulation.EXCERPT)
    for asked in ("Ключи", "ООШ с. Ключи", "опыт Ключи"):
        assert search.clauses(cast.director, asked) == [], asked
        assert search.tasks(cast.director, asked) == [], asked
    own = search.clauses(cast.director, "изучить опыт")
    assert own and "Ключи" not in "".join(piece for hit in own for piece, _ in hit.sentence)
    client = as_user(cast.director)
    words = {"q": "Ключи"}
    assert "п. 3.1" not in client.get(reverse("decisions:task_list"), words).content.decode()
    assert document.short_title not in client.get(reverse("decisions:document_list"), words).content.decode()
    assert any("3.1" in title for title in numbers(search.clauses(cast.methodist, "Ключи")))


@pytest.mark.parametrize("asked", ["", "«»", "№", "п. ", "32.13.2026", "' OR 1=1 --", "и на не", "%", "🙂" * 200])
def test_any_request_gives_a_page(cast: Cast, as_user: Callable[[User], Client], asked: str) -> None:
    sent(cast)
    assert as_user(cast.methodist).get(reverse("reports:search"), {"q": asked}).status_code == 200
    assert as_user(cast.methodist).get(reverse("decisions:control_list"), {"q": asked}).status_code == 200
