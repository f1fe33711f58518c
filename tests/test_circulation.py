"""Restricted circulation: the real protocol 000 sent so that each school sees its own only. No other school's name reaches a
director by any page, file, search or message."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from decisions.actions import collecting, questions, registration
from decisions.actions.intake import take_in
from decisions.actions.questions import family
from decisions.collecting.model import Field, Layout
from decisions.enums import Circulation, QuestionState
from decisions.excerpts import cut_words
from decisions.models import Addressee, Assignment, CollectionForm, Document, Question
from decisions.reading.model import to_json
from decisions.reading.reader import read_text
from decisions.views.tasks import chat_lines
from schools.models import Organization, User
from schools.registry_rows import registry_of
from tests.cast import Cast
from tests.e2e.test_journey import office_of
from tests.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_restricted(gold: Path) -> tuple[Office, Document]:
    path = next(gold.glob("000*.txt"))
    office = office_of(gold, path.name)
    reading = to_json(read_text(path.read_text(encoding="utf-8"), registry=registry_of(office.authority)))
    document = take_in(by=office.methodist, authority=office.authority, reading=reading, entry="paper")
    for question in Question.objects.filter(document__in=family(document), state=QuestionState.OPEN):
        questions.dismiss(by=office.methodist, question=question)
    Document.objects.filter(pk=document.pk).update(circulation=Circulation.EXCERPT)
    document.refresh_from_db()
    registration.register_paper(by=office.methodist, document=document, number=document.number, date=document.date)
    document.refresh_from_db()
    return office, document


def names_of_others(school: Organization, document: Document) -> list[re.Pattern[str]]:
    """What tells each other organisation of the protocol apart: its settlement or its number."""
    rows = Organization.objects.filter(authority=school.authority).exclude(pk__in=[school.pk, school.authority_id])
    found = []
    for row in rows:
        place = row.settlement.split(".")[-1].strip()
        if place and place not in school.name:
            found.append(re.compile(re.escape(place[: max(4, len(place) - 2)])))
        elif row.number and row.number not in (school.number, document.number):
            found.append(re.compile(rf"(?:СОШ|школ[а-я]*)\s*№\s?{row.number}(?!\d)"))
    return found


def _form_on(office: Office, task: Assignment) -> CollectionForm:
    """A short form on the task's clause: it must show a school no more than the task does."""
    version = collecting.compose(by=office.methodist, clause=task.clause, title="Сведения")
    layout = Layout((Field("f1", "Обучающихся", "whole", adds=True),))
    saved = collecting.save_layout(
        by=office.methodist, version=version, layout=layout, title="Сведения", note="", edits=version.edits
    )
    return collecting.publish(by=office.methodist, version=saved)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_no_other_school_reaches_a_director(
    sent_restricted: tuple[Office, Document], as_user: Callable[[User], Client]
) -> None:
    office, document = sent_restricted
    task = (
        Assignment.objects.filter(document=document, organization__number="5", clause__number__startswith="3")
        .select_related("organization", "clause")
        .first()
    )
    assert task is not None, "в протоколе 000 третий пункт поручен и школе № 5"
    school = task.organization
    client = as_user(office.director(school.name))
    form = _form_on(office, task)
    pages = [
        reverse("decisions:form_answer", args=[task.pk]),
        reverse("reports:home"),
        reverse("decisions:task_list"),
        reverse("decisions:task_list") + "?tab=done",
        reverse("decisions:document_list"),
        reverse("decisions:document_detail", args=[document.pk]),
        reverse("decisions:answer_create", args=[document.pk]),
        reverse("schools:notification_list"),
        reverse("reports:search") + "?q=разработать",
        reverse("reports:search") + "?q=руководителям",
        *(
            reverse("decisions:task_detail", args=[pk])
            for pk in Assignment.objects.filter(document=document, organization=school).values_list("pk", flat=True)
        ),
    ]
    shown = {url: client.get(url).content.decode() for url in pages}
    excerpt = client.get(reverse("reports:excerpt_pdf", args=[document.pk, school.pk]))
    shown["excerpt"] = text_of(excerpt.content)
    shown["messages"] = "\n".join(office.methodist.notifications.none().values_list("text", flat=True)) + "\n".join(
        User.objects.get(username="direktor").notifications.values_list("text", flat=True)
    )
    leaks = {
        (url, pattern.pattern, found.group())
        for url, text in shown.items()
        for pattern in names_of_others(school, document)
        if (found := pattern.search(text))
    }
    assert leaks == set()
    workbook = client.get(reverse("decisions:form_workbook", args=[task.pk]))
    shown_there = " ".join(
        str(c.value) for page in load_workbook(BytesIO(workbook.content)) for row in page for c in row
    )
    assert [one.pattern for one in names_of_others(school, document) if one.search(shown_there)] == []
    assert client.get(reverse("decisions:form_detail", args=[form.pk])).status_code in (403, 404)
    assert client.get(reverse("decisions:form_summary", args=[form.pk])).status_code in (403, 404)
    for name in (
        "reports:protocol_pdf",
        "reports:protocol_docx",
        "decisions:document_source",
        "decisions:document_scan",
    ):
        assert client.get(reverse(name, args=[document.pk])).status_code in (403, 404)
    other = Organization.objects.filter(authority=office.authority, kind="school").exclude(pk=school.pk).first()
    assert other is not None
    assert client.get(reverse("reports:excerpt_pdf", args=[document.pk, other.pk])).status_code == 404


def test_the_words_for_a_chat_name_no_school(sent_restricted: tuple[Office, Document]) -> None:
    _, document = sent_restricted
    rows = Assignment.objects.filter(document=document).select_related("clause", "organization")
    lines = "\n".join(chat_lines(rows, True, document.date))
    assert not any(str(row.organization) in lines for row in rows)


def test_an_office_to_send_an_answer_to_is_no_secret_and_a_school_is(cast: Cast) -> None:
    def recipient(organization: Organization) -> Addressee:
        return Addressee(type="school", role="recipient", text=organization.name, organization=organization)

    text = "Направить план в Методический центр и СОШ № 2."
    told = cut_words(text, [recipient(cast.centre), recipient(cast.neighbour)], {cast.school.pk})
    assert told == "Направить план в Методический центр и (названия других организаций скрыты)."


def test_the_list_a_school_stands_in_is_told_as_one(cast: Cast) -> None:
    def doer(organization: Organization, printed: str) -> Addressee:
        return Addressee(type="school", role="responsible", text=printed, organization=organization)

    parties = [doer(cast.neighbour, "МОУ СОШ № 2"), doer(cast.school, "№ 1"), doer(cast.third, "с. Ключи")]
    told = cut_words("Руководителям МОУ СОШ № 2, № 1, с. Ключи: провести собрание.", parties, {cast.school.pk})
    assert told == "Руководителям вашей организации и ещё 2: провести собрание."
