"""«О ходе исполнения протокола»: what is proposed becomes clauses of a new protocol and is carried out by registering it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as read_docx

from config import clock
from decisions.models import Amendment, AssignmentEvent, Clause, DateChange, Document, Explanation
from reports.progress import measure_for, progress_of, sheet_of
from schools.models import User
from tests.cast import Cast
from tests.decisions.test_life import sent

pytestmark = pytest.mark.django_db


def test_each_overdue_task_has_its_reason_and_measure(cast: Cast) -> None:
    document = sent(cast)
    task = document.assignments.get(organization=cast.school, clause__number="2.1")
    Explanation.objects.create(
        assignment=task,
        text="Педсовет перенесён из-за карантина.",
        by=cast.director,
        at=dt.datetime(2026, 4, 11, 20, tzinfo=dt.UTC),
    )
    found = progress_of(cast.head, document, dt.date(2026, 4, 11))
    assert found.summary == "На 11.04.2026 исполнено 0 из 8, просрочено 3."
    late = "01.04.2026, 10\u00a0дней"
    assert set(sheet_of(found).rows) == {
        ("2.1", late, "СОШ № 1", "Педсовет перенесён из-за карантина.", "исполнить и направить отчёт"),
        (
            "2.1",
            late,
            "ООШ с. Ключи, СОШ № 2",
            "объяснение не представлено",
            "запросить объяснение, направить напоминание",
        ),
    }


def test_the_note_of_a_past_day_says_what_was_known_that_day(cast: Cast, as_user: Callable[[User], Client]) -> None:
    """Answered on the 5th, returned on the 8th with a new term given on the 9th: each day is told as it was."""
    document = sent(cast)
    task = document.assignments.get(organization=cast.school, clause__number="2.1")

    def at(day: int) -> dt.datetime:
        return dt.datetime(2026, 4, day, 9, tzinfo=dt.UTC)

    for day, state, comment in ((5, "on_check", ""), (8, "returned", "Нет протокола педсовета.")):
        AssignmentEvent.objects.create(assignment=task, at=at(day), kind="x", state=state, comment=comment)
    DateChange.objects.create(
        assignment=task, at=at(9), by=cast.head, kind="extended", before=task.effective_due, after=dt.date(2026, 4, 20)
    )
    type(task).objects.filter(pk=task.pk).update(
        state="done", answered_on=dt.date(2026, 4, 12), effective_due=dt.date(2026, 4, 20)
    )

    def told(day: int) -> tuple[int, int, list[str]]:
        found = progress_of(cast.head, document, dt.date(2026, 4, day))
        mine = [one.reason for one in found.overdue if one.task.organization == cast.school]
        line = next(one for one in found.lines if one.clause.number == "2.1")
        return line.done, line.waiting, mine

    assert told(4) == (0, 0, ["объяснение не представлено"])
    assert told(5) == (0, 1, [])
    assert told(8) == (0, 0, ["возвращено: Нет протокола педсовета."])
    assert told(9) == (0, 0, [])
    assert told(12) == (1, 0, [])
    client = as_user(cast.head)
    url = reverse("reports:progress_detail", args=[document.pk])
    page = client.get(url, {"day": "2026-04-08"}).content.decode()
    assert "На 08.04.2026 исполнено 0 из 8" in page and "progress.pdf?day=2026-04-08" in page
    future = client.get(url, {"day": (clock.today() + dt.timedelta(days=2)).isoformat()}).content.decode()
    assert "ещё не наступило" in future
    assert "Такого дня нет" in client.get(url, {"day": "31.02"}).content.decode()
    note = client.get(reverse("reports:progress_docx", args=[document.pk]), {"day": "2026-04-08"}).content
    words = "\n".join(one.text for one in read_docx(io.BytesIO(note)).paragraphs)
    assert "на 08.04.2026" in words.replace("\u00a0", " ")
    assert words.rstrip().endswith(f"Начальник\t{cast.head.person.initials_first}".replace(" ", "\u00a0"))


@pytest.mark.parametrize(
    ("late", "measure"), [(30, "исполнить и направить отчёт"), (31, "заслушать руководителя на совещании")]
)
def test_who_is_long_overdue_is_heard(late: int, measure: str) -> None:
    assert measure_for(late, True, None, "in_work") == measure


def test_the_question_goes_into_a_new_draft_with_proposals(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    closed, extended = (Clause.objects.get(document=document, number=n) for n in ("2.1", "2.2"))
    until = clock.today() + dt.timedelta(days=60)
    values = {
        "protocol": "new",
        f"do-{closed.pk}": "close",
        f"do-{extended.pk}": "extend",
        f"until-{extended.pk}": until.isoformat(),
    }
    response = as_user(cast.head).post(reverse("reports:progress_detail", args=[document.pk]), values)
    draft = Document.objects.exclude(pk=document.pk).get()
    assert response.status_code == 302
    assert [one.text for one in draft.agenda.all()] == ["О ходе исполнения протокола № 4 от 10.03.2026"]
    texts = list(draft.ordered_clauses().values_list("text", flat=True))
    assert texts[0].startswith("Информацию о ходе исполнения протокола № 4")
    assert texts[1:] == [
        "Снять с контроля пункт 2.1 протокола № 4 от 10.03.2026.",
        f"Продлить срок исполнения пункта 2.2 протокола № 4 от 10.03.2026 до {until:%d.%m.%Y}.",
    ]
    links = Amendment.objects.filter(clause__document=draft).values_list("target", "kind", "new_due")
    assert set(links) == {(closed.pk, "withdraws", None), (extended.pk, "extends", until)}


def test_an_extension_without_a_day_is_told_and_nothing_is_made(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    clause = Clause.objects.get(document=document, number="2.2")
    values = {"protocol": "new", f"do-{clause.pk}": "extend", f"until-{clause.pk}": "31.02.2026"}
    response = as_user(cast.head).post(reverse("reports:progress_detail", args=[document.pk]), values)
    assert response.status_code == 422 and "укажите день" in response.content.decode()
    assert Document.objects.count() == 1


def test_the_note_is_a_pdf_and_a_word_file(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    client = as_user(cast.head)
    assert client.get(reverse("reports:progress_pdf", args=[document.pk])).content[:5] == b"%PDF-"
    assert client.get(reverse("reports:progress_docx", args=[document.pk])).content[:2] == b"PK"
    assert client.get(reverse("reports:discipline_pdf")).content[:5] == b"%PDF-"
    assert client.get(reverse("reports:discipline_xlsx")).content[:2] == b"PK"
