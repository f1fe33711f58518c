"""The queue of answers: a whole protocol in one go, single answers returned, without a storm of queries or letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.actions import answers
from decisions.models import Assignment, Document, ReportItem
from schools.models import Message, Notification, User
from tests.cast import Cast
from tests.decisions.test_life import sent

JUDGE = "decisions:answers_judge"


def everybody_answered(cast: Cast) -> Document:
    document = sent(cast)
    for user, school in ((cast.director, cast.school), (cast.neighbour_director, cast.neighbour)):
        rows = list(Assignment.objects.filter(document=document, organization=school, reports=True))
        rows = [row for row in rows if row.clause.answer_kind == "text"]
        report = answers.draft_answer(by=user, document=document, organization=school)
        answers.save_draft(by=user, report=report, text="Сделано.", link="", assignments=rows)
        answers.send_answer(by=user, report=report, assignments=rows)
    return document


def states(document: Document, school: object) -> set[str]:
    rows = Assignment.objects.filter(document=document, organization=school, answers__isnull=False)
    return set(rows.values_list("state", flat=True))


def test_single_answers_are_returned_and_the_rest_of_the_protocol_accepted_in_one_press(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = everybody_answered(cast)
    office = as_user(cast.methodist)
    everything = list(ReportItem.objects.values_list("pk", flat=True))
    first = ReportItem.objects.filter(assignment__organization=cast.school).order_by("pk")[0]
    remark = {f"remark-{first.report_id}": "Приложите выписку."}
    others = ReportItem.objects.filter(assignment__organization=cast.neighbour).values_list("pk", flat=True)
    office.post(reverse(JUDGE), {"item": [first.pk, *others], "return": first.report_id, **remark})
    assert states(document, cast.neighbour) == {"on_check"}  # the button of one school leaves the others alone
    Notification.objects.all().delete()
    Message.objects.all().delete()

    left = [pk for pk in everything if pk != first.pk]
    page = office.post(reverse(JUDGE), {"item": left, "accept": "all"}, follow=True).content.decode()
    assert f"Принято: {len(left)}" in page.replace("\u00a0", " ")
    assert states(document, cast.neighbour) == {"done"}
    assert states(document, cast.school) == {"done", "returned"}
    assert not Notification.objects.exists() and not Message.objects.exists()


def test_a_missing_reason_is_said_once_however_many_are_returned(cast: Cast, as_user: Callable[[User], Client]) -> None:
    everybody_answered(cast)
    chosen = list(ReportItem.objects.values_list("pk", flat=True))
    page = as_user(cast.methodist).post(reverse(JUDGE), {"item": chosen, "verb": "return"}, follow=True)
    assert page.content.decode().count("Напишите, что исправить") == 1


def test_accepting_many_takes_as_many_queries_as_accepting_two(cast: Cast) -> None:
    def cost(items: list[ReportItem]) -> int:
        methodist = User.objects.get(pk=cast.methodist.pk)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answers.accept(by=methodist, items=items)
        return len(asked)

    everybody_answered(cast)
    items = list(ReportItem.objects.select_related("assignment").order_by("pk"))
    assert len(items) > 4
    assert cost(items[:2]) == cost(items[2:])


def test_an_office_accepts_on_paper_the_tasks_of_all_schools_at_once_without_a_letter(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    Notification.objects.all().delete()
    Message.objects.all().delete()
    rows = Assignment.objects.filter(document=document)
    day = {"task": list(rows.values_list("pk", flat=True)), "day": "2026-03-20", "note": "Журнал входящих"}
    as_user(cast.methodist).post(reverse("decisions:tasks_on_paper"), day)
    assert set(rows.values_list("state", "answered_on")) == {("done", dt.date(2026, 3, 20))}
    assert not Notification.objects.exists() and not Message.objects.exists()
