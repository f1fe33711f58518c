"""Collecting by form: the office asks, schools fill in the browser or by file, the answers become one summary."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from decisions.actions import answers, collecting, form_answers
from decisions.collecting.model import Field, Layout
from decisions.enums import TaskState
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, CollectionForm, FormAnswer, ReportItem
from schools.models import User
from tests.areas.collecting import FILLED, LAYOUT, published
from tests.cast import Cast
from tests.decisions.test_life import sent
from tests.forms import edited, workbook_of

OFFICE_FORM = workbook_of(
    [["Итоги работы"], [], ["Класс", "Писали", "Получили «2»"], ["5 класс"], ["6 класс"], ["Итого", "=SUM(B4:B5)"]]
)


def asked(cast: Cast) -> tuple[CollectionForm, Assignment, Assignment]:
    """A form in force on clause 2.2, the task of the school and of its neighbour."""
    document = sent(cast)
    tasks = Assignment.objects.filter(document=document, clause__number="2.2")
    return (
        published(cast, tasks[0].clause),
        tasks.get(organization=cast.school),
        tasks.get(organization=cast.neighbour),
    )


def send(cast: Cast, task: Assignment, by: User | None = None, **changed: str) -> FormAnswer:
    answer = FormAnswer.objects.filter(assignment=task).first()
    values = {**FILLED, **changed}
    seen = answer.number if answer else 0
    return form_answers.send(by=by or cast.director, assignment=task, values=values, seen=seen)


def waiting(task: Assignment) -> list[ReportItem]:
    return list(ReportItem.objects.filter(assignment=task, verdict="waiting"))


def test_a_filled_form_is_the_answer_and_is_accepted(cast: Cast) -> None:
    _, task, _ = asked(cast)
    send(cast, task)
    task.refresh_from_db()
    assert task.state == TaskState.ON_CHECK
    answers.accept(by=cast.methodist, items=waiting(task))
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def test_what_is_wrong_keeps_the_form_unsent_and_what_is_typed(cast: Cast) -> None:
    _, task, _ = asked(cast)
    with pytest.raises(form_answers.Wrong) as why:
        send(cast, task, f1="много", f2="")
    assert [p.key for p in why.value.problems] == ["f1", "f2"]
    task.refresh_from_db()
    assert task.state == TaskState.ASSIGNED
    assert FormAnswer.objects.get(assignment=task).values["f1"] == "много"


def test_a_text_is_no_answer_where_a_form_is_asked(cast: Cast) -> None:
    _, task, _ = asked(cast)
    report = answers.draft_answer(by=cast.director, document=task.document, organization=cast.school)
    answers.save_draft(by=cast.director, report=report, text="Всё хорошо.", link="", assignments=[task])
    with pytest.raises(Refused, match="форму"):
        answers.send_answer(by=cast.director, report=report, assignments=[task])


def test_a_returned_form_keeps_its_data_and_goes_again(cast: Cast) -> None:
    _, task, _ = asked(cast)
    send(cast, task)
    answers.return_(by=cast.methodist, items=waiting(task), remark="Проверьте число обучающихся.")
    answer = FormAnswer.objects.get(assignment=task)
    assert answer.values == FILLED
    send(cast, task, f1="251")
    task.refresh_from_db()
    assert task.state == TaskState.ON_CHECK
    assert FormAnswer.objects.get(assignment=task).sent_values["f1"] == "251"


def test_two_people_lose_nothing(cast: Cast) -> None:
    _, task, _ = asked(cast)
    form_answers.save(by=cast.director, assignment=task, values={"f1": "1", "f2": "01.09.2025"}, seen=0)
    form_answers.save(by=cast.director, assignment=task, values={"f1": "2", "f2": "01.09.2025"}, seen=1)
    merged = form_answers.save(by=cast.director, assignment=task, values={"f1": "1", "f2": "02.09.2025"}, seen=1)
    assert merged.values == {"f1": "2", "f2": "02.09.2025"}
    with pytest.raises(form_answers.Clash) as clash:
        form_answers.save(by=cast.director, assignment=task, values={"f1": "7", "f2": "01.09.2025"}, seen=1)
    assert clash.value.merged.clashes == {"f1": ("2", "7")}
    assert FormAnswer.objects.get(assignment=task).values == merged.values
    form_answers.restore(by=cast.director, assignment=task, number=1)
    assert FormAnswer.objects.get(assignment=task).values["f1"] == "1"


def test_a_file_comes_back_and_is_kept(cast: Cast) -> None:
    form, task, neighbour = asked(cast)
    content = form_answers.workbook_for(task, form, FILLED)
    taken = form_answers.take_file(by=cast.director, assignment=task, name="Форма.xlsx", content=content, seen=0)
    assert taken.answer is not None and not taken.problems and taken.answer.values == FILLED
    kept = taken.answer.revisions.get(file__isnull=False)
    assert kept.file is not None and kept.file.content.read() == content
    foreign = form_answers.take_file(
        by=cast.neighbour_director, assignment=neighbour, name="Форма.xlsx", content=content, seen=0
    )
    assert foreign.answer is None and "другой организации" in str(foreign.problems[0])


def test_a_made_up_mark_is_not_believed(cast: Cast) -> None:
    form, task, neighbour = asked(cast)
    content = form_answers.workbook_for(task, form, FILLED)

    def forge(book: Any) -> None:
        name = book.defined_names["_sbor"]
        name.value = name.value.replace(f".{task.pk}.", f".{neighbour.pk}.")

    taken = form_answers.take_file(
        by=cast.neighbour_director, assignment=neighbour, name="Ф.xlsx", content=edited(content, forge), seen=0
    )
    assert taken.answer is None and "испорчена" in str(taken.problems[0])


def test_an_offices_own_workbook_is_asked_and_joined(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    tasks = Assignment.objects.filter(document=document, clause__number="2.2")
    version = collecting.attach_workbook(
        by=cast.methodist, clause=tasks[0].clause, name="Итоги.xlsx", content=OFFICE_FORM
    )
    form = collecting.publish(by=cast.methodist, version=version)
    task = tasks.get(organization=cast.school)
    values = {"t1.0.c1": "20", "t1.0.c2": "2", "t1.1.c1": "18", "t1.1.c2": "0"}
    form_answers.send(by=cast.director, assignment=task, values=values, seen=0)
    other = tasks.get(organization=cast.neighbour)
    form_answers.send(by=cast.neighbour_director, assignment=other, values={**values, "t1.0.c1": "30"}, seen=0)
    answer = as_user(cast.methodist).get(reverse("decisions:form_summary", args=[form.pk]))
    book = load_workbook(io.BytesIO(answer.content))
    rows = [[c.value for c in row] for row in book["Свод"].iter_rows(min_row=2)]
    assert rows[1:] == [["СОШ № 1", 20, 2, 18, 0], ["СОШ № 2", 30, 2, 18, 0], ["Итого", 50, 4, 36, 0]]
    assert [row[0].value for row in book["Не ответили"].iter_rows(min_row=2)] == ["ООШ с. Ключи"]


def test_a_changed_form_tells_who_answered_and_loses_nothing(cast: Cast) -> None:
    form, task, _ = asked(cast)
    send(cast, task)
    version = collecting.begin_change(by=cast.methodist, form=form)
    layout = Layout((LAYOUT.parts[0], Field("f9", "Классов", "whole"), *LAYOUT.parts[2:]))
    saved = collecting.save_layout(
        by=cast.methodist, version=version, layout=layout, title=form.title, note="", edits=version.edits
    )
    collecting.publish(by=cast.methodist, version=saved, ask_again=True)
    task.refresh_from_db()
    answer = FormAnswer.objects.get(assignment=task)
    assert task.state == TaskState.RETURNED and "добавлено «Классов»" in task.last_remark
    assert answer.kept == [["Дата проверки", "01.09.2025"]] and answer.values["f1"] == "250"
    assert cast.director.notifications.filter(kind="form.changed").exists()
    with pytest.raises(Conflict):
        form_answers.save(by=cast.director, assignment=task, values=FILLED, seen=answer.number, version=1)


def test_the_last_answer_stands_beside_and_can_be_brought(cast: Cast) -> None:
    _, task, _ = asked(cast)
    send(cast, task)
    other = Assignment.objects.get(document=task.document, organization=cast.school, clause__number="4")
    form = published(cast, other.clause)
    values, last = form_answers.before(other, form)
    assert last is not None and values["f1"] == "250"
    assert form_answers.bring(by=cast.director, assignment=other, values=values, how=form_answers.How.BEFORE) == 5


def test_a_school_sees_only_its_own_form(cast: Cast, as_user: Callable[[User], Client]) -> None:
    form, task, neighbour = asked(cast)
    send(cast, task)
    client = as_user(cast.neighbour_director)
    assert client.get(reverse("decisions:form_answer", args=[task.pk])).status_code == 404
    assert client.get(reverse("decisions:form_detail", args=[form.pk])).status_code in (403, 404)
    assert "250" not in client.get(reverse("decisions:form_answer", args=[neighbour.pk])).content.decode()


def test_a_page_with_rubbish_is_answered_with_the_page(cast: Cast, as_user: Callable[[User], Client]) -> None:
    _, task, _ = asked(cast)
    client = as_user(cast.director)
    url = reverse("decisions:form_answer", args=[task.pk])
    typed = {"verb": "send", "seen": "0", "version": "1", "v-f1": "<b>много</b>", "v-f2": "31.02.2026", "v-zz.9": "x"}
    page = client.post(url, typed)
    assert page.status_code == 422 and "&lt;b&gt;много" in page.content.decode()
    files = {"file": io.BytesIO("Школа;5".encode("cp1251"))}
    assert client.post(reverse("decisions:form_take", args=[task.pk]), files).status_code == 422
