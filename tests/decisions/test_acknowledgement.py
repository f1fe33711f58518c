"""«Ознакомлен(а)»: who has read which version, who is reminded, what the printed sheet shows."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from decisions.acknowledging import readers_of
from decisions.actions import mending
from decisions.models import Addressee, Document
from decisions.reading.model import Deadline
from schools.models import User
from tests.cast import Cast
from tests.decisions.test_life import sent
from tests.decisions.test_papers import text_of


def button(client: Client, document: Document) -> bool:
    page = client.get(reverse("decisions:document_detail", args=[document.pk])).content.decode()
    return "Ознакомлен(а)" in page


def press(client: Client, document: Document) -> int:
    return client.post(reverse("decisions:document_acknowledge", args=[document.pk])).status_code


def read_by(document: Document) -> set[str]:
    return {str(one.organization or one.person) for one in readers_of(document) if one.done}


def test_a_director_marks_and_the_office_sees_who_and_when(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    director = as_user(cast.director)
    assert button(director, document)
    assert press(director, document) == 302 and press(director, document) == 302
    assert not button(director, document)
    assert read_by(document) == {"СОШ № 1"} and document.acknowledgements.count() == 1
    page = as_user(cast.methodist).get(reverse("decisions:acknowledgement_list", args=[document.pk])).content.decode()
    assert "Белова" in page and "Напомнить тем, кто не ознакомился (2)" in page
    sheet = text_of(as_user(cast.methodist).get(reverse("reports:acknowledgement_pdf", args=[document.pk])).content)
    assert sheet.count("отмечено в программе") == 1


def test_a_new_version_is_to_be_read_again(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    director = as_user(cast.director)
    press(director, document)
    clause = document.clauses.get(number="2.2")
    words = Deadline(kind="ongoing", text="постоянно")
    mending.mend_deadline(by=cast.methodist, clause=clause, deadline=words, reason="Срок прочитан неверно")
    assert button(director, document) and read_by(document) == set()
    page = as_user(cast.methodist).get(reverse("decisions:acknowledgement_list", args=[document.pk])).content.decode()
    assert "редакция 1" in page
    press(director, document)
    assert read_by(document) == {"СОШ № 1"}


def test_those_who_have_not_read_are_reminded_once_a_day_and_others_are_not(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    press(as_user(cast.director), document)
    for _ in range(2):
        as_user(cast.methodist).post(reverse("decisions:acknowledgement_remind", args=[document.pk]))
    assert cast.neighbour_director.notifications.filter(kind="document.acknowledge").count() == 1
    assert not cast.director.notifications.filter(kind="document.acknowledge").exists()


def test_a_person_named_in_the_document_reads_for_oneself(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    assert press(as_user(cast.methodist), document) == 403
    Addressee.objects.create(
        clause=document.clauses.get(number="1"),
        role="controller",
        type="person",
        text="Орлова",
        person=cast.methodist.person,
    )
    assert press(as_user(cast.methodist), document) == 302
    assert document.acknowledgements.get().organization is None


def test_it_is_said_how_many_organisations_have_nobody_to_remind(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    page = as_user(cast.methodist).post(reverse("decisions:acknowledgement_remind", args=[document.pk]), follow=True)
    words = page.content.decode().replace("\xa0", " ")
    assert "Напоминание получат 2 человека" in words and "У 1 организации нет пользователей программы" in words


def test_the_curator_and_strangers_have_nothing_to_mark(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    assert press(as_user(cast.curator), document) in (403, 404)
    assert press(as_user(cast.stranger), document) == 404
