"""Collecting by form at its edges: upward to the region, files of other kinds, a clause that goes, a form nobody may lose."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.actions import chains, collecting, editing, form_answers, registration
from decisions.actions.drafts import undo
from decisions.collecting.model import Field, Layout
from decisions.errors import Refused
from decisions.models import Assignment, Clause, CollectionForm, Document, FormAnswer
from schools.models import User
from tests.areas.chains import ministry_methodist, regional_order
from tests.areas.collecting import FILLED, LAYOUT, published
from tests.cast import Cast
from tests.decisions.test_life import sent, settled, taken
from tests.forms import workbook_of


def form_of_region(cast: Cast) -> tuple[CollectionForm, Assignment]:
    """The region asks the municipality by a form; some of what it asks the municipality asks its schools."""
    higher = regional_order(cast, tasks=1)
    task = Assignment.objects.get(document=higher, organization=cast.authority)
    clerk = ministry_methodist(cast)
    layout = Layout((Field("f1", "Обучающихся", "whole", adds=True), Field("f2", "Кто отвечает")))
    version = collecting.compose(by=clerk, clause=task.clause, title="Свод по округу")
    saved = collecting.save_layout(by=clerk, version=version, layout=layout, title="Свод по округу", note="", edits=1)
    return collecting.publish(by=clerk, version=saved), task


def order_below(cast: Cast, task: Assignment) -> list[Assignment]:
    """The municipality's order from the region's clause, sent to its schools with a form of its own."""
    due = chains.earlier_day(task, today=dt.date(2026, 3, 10))
    document = chains.order_from_tasks(
        by=cast.methodist, wishes=[chains.Wish(task, due)], parties=chains.all_schools(cast.authority)
    )
    published(cast, Clause.objects.filter(document=document, nature="orders").order_by("position")[0])
    registration.send_to_sign(by=cast.methodist, document=document)
    registration.mark_signed(
        by=cast.methodist, document=document, signed_on=dt.date(2026, 3, 10), signed_by="Воронцова Т.И."
    )
    registration.register(by=cast.methodist, document=document)
    registration.send(by=cast.methodist, document=document)
    return list(Assignment.objects.filter(document=document).select_related("organization"))


def test_answers_of_schools_add_up_in_the_form_of_the_region(cast: Cast, as_user: Callable[[User], Client]) -> None:
    form, task = form_of_region(cast)
    of = {row.organization: row for row in order_below(cast, task)}
    form_answers.send(by=cast.director, assignment=of[cast.school], values=FILLED, seen=0)
    form_answers.send(by=cast.neighbour_director, assignment=of[cast.neighbour], values={**FILLED, "f1": "30"}, seen=0)
    client = as_user(cast.methodist)
    page = client.get(reverse("decisions:form_answer", args=[task.pk])).content.decode()
    own = CollectionForm.objects.get(authority=cast.authority)
    assert "Сложить и заполнить пустое" in page and f'value="{own.pk}"' in page
    bring = reverse("decisions:form_bring", args=[task.pk])
    client.post(bring, {"verb": "below", "source": own.pk})
    answer = FormAnswer.objects.get(assignment=task)
    assert answer.values == {"f1": "280"}
    assert answer.revisions.get().how == "below"
    form_answers.send(by=cast.methodist, assignment=task, values={"f1": "280", "f2": "Орлова Н.П."}, seen=1)
    summary = as_user(ministry_methodist(cast)).get(reverse("decisions:form_detail", args=[form.pk]))
    assert "Ответили все" in summary.content.decode() and "280" in summary.content.decode()


def test_a_foreign_form_is_not_gathered_upward(cast: Cast, as_user: Callable[[User], Client]) -> None:
    form, task = form_of_region(cast)
    client = as_user(cast.methodist)
    page = client.post(
        reverse("decisions:form_bring", args=[task.pk]), {"verb": "below", "source": form.pk}, follow=True
    )
    assert "Выберите форму" in page.content.decode()
    assert not FormAnswer.objects.filter(assignment=task, values__has_key="f1").exists()


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


BOOK = workbook_of([["Обучающихся:", None]])


def with_part(name: str, content: bytes = b"x") -> bytes:
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(name, content)
    return out.getvalue()


OTHER_KINDS = {
    "Форма.ods": (packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
    "Форма.xlsm": (with_part("xl/vbaProject.bin"), "макросы"),
    "Форма.xlsb": (with_part("xl/workbook.bin"), "двоичная"),
    "Форма.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "старого Excel"),
}


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_a_book_of_another_kind_is_refused_with_advice(
    cast: Cast, as_user: Callable[[User], Client], name: str
) -> None:
    content, word = OTHER_KINDS[name]
    document = sent(cast)
    tasks = Assignment.objects.filter(document=document, organization=cast.school)
    office = as_user(cast.methodist).post(
        reverse("decisions:form_create", args=[tasks.get(clause__number="2.1").clause_id]),
        {"verb": "attach", "file": io.BytesIO(content), "title": "Кадры"},
    )
    task = tasks.get(clause__number="2.2")
    published(cast, task.clause)
    school = as_user(cast.director).post(
        reverse("decisions:form_take", args=[task.pk]), {"seen": "0", "file": io.BytesIO(content)}
    )
    for page in (office, school):
        text = page.content.decode()
        assert page.status_code == 422 and word in text and "сохраните как «Книга Excel (.xlsx)»" in text
    assert 'value="Кадры"' in office.content.decode()
    assert not CollectionForm.objects.filter(clause__number="2.1").exists()


def test_a_clause_with_a_form_is_not_removed_by_the_way(cast: Cast) -> None:
    document = settled(cast, taken(cast))
    clause = Clause.objects.get(document=document, number="2.2")
    form = published(cast, clause)
    document.refresh_from_db()
    with pytest.raises(Refused, match="снимите её с пункта"):
        editing.delete_clauses(by=cast.methodist, clauses=[clause], structure_version=document.structure_version)
    with pytest.raises(Refused, match="пункту 2.2 приложена форма"):
        editing.merge_with_previous(by=cast.methodist, clause=clause, structure_version=document.structure_version)
    collecting.remove(by=cast.methodist, form=form)
    editing.delete_clauses(by=cast.methodist, clauses=[clause], structure_version=document.structure_version)
    assert not Clause.objects.filter(document=document, number="2.2").exists()


def test_undoing_does_not_take_a_form_away(cast: Cast) -> None:
    document = settled(cast, taken(cast))
    clause = Clause.objects.get(document=document, number="2.2")
    tail = editing.split_clause(
        by=cast.methodist, clause=clause, at=12, version=clause.version, structure_version=document.structure_version
    )
    form = published(cast, tail)
    with pytest.raises(Refused, match="приложена форма"):
        undo(document=document, by=cast.methodist)
    collecting.remove(by=cast.methodist, form=form)
    undo(document=document, by=cast.methodist)
    assert not Clause.objects.filter(pk=tail.pk).exists()


def test_a_summary_asks_those_who_are_missing_once(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document: Document = sent(cast)
    tasks = Assignment.objects.filter(document=document, clause__number="2.2")
    form = published(cast, tasks[0].clause, LAYOUT)
    form_answers.send(by=cast.director, assignment=tasks.get(organization=cast.school), values=FILLED, seen=0)
    client = as_user(cast.methodist)
    url = reverse("decisions:form_detail", args=[form.pk])
    page = client.get(url).content.decode()
    for task in tasks.exclude(organization=cast.school):
        assert f'name="task" value="{task.pk}"' in page
    missing = tasks.exclude(organization=cast.school).values_list("pk", flat=True)
    answer = client.post(reverse("decisions:tasks_nudge"), {"task": list(missing), "back": url}, follow=True)
    assert "Напомним о 2" in answer.content.decode()
