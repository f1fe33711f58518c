"""«Во исполнение»: region → municipality → schools, and back up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.actions import answers, chains, registration
from decisions.actions.plan import plan_for
from decisions.enums import TaskState
from decisions.errors import Refused
from decisions.models import Assignment, Document
from schools.models import Organization, User
from tests.areas.chains import ministry_methodist, regional_order
from tests.cast import Cast

TODAY = dt.date(2026, 3, 3)


def own_order(cast: Cast, due: dt.date | None = dt.date(2026, 4, 8)) -> tuple[Assignment, Document]:
    """The authority's order from the first clause of the region's, registered and sent."""
    task = Assignment.objects.get(document=regional_order(cast), clause__number="1")
    document = chains.order_from_tasks(
        by=cast.methodist, wishes=[chains.Wish(task, due)], parties=chains.all_schools(cast.authority)
    )
    return task, document


def send(cast: Cast, document: Document) -> Document:
    registration.send_to_sign(by=cast.methodist, document=document)
    registration.mark_signed(
        by=cast.methodist, document=document, signed_on=document.date or TODAY, signed_by="Воронцова Т.И."
    )
    registration.register(by=cast.methodist, document=document)
    registration.send(by=cast.methodist, document=document)
    document.refresh_from_db()
    return document


def answer(task: Assignment, by: User) -> None:
    report = answers.draft_answer(by=by, document=task.document, organization=task.organization)
    answers.save_draft(by=by, report=report, text="Проведено.", link="", assignments=[task])
    answers.send_answer(by=by, report=report, assignments=[task])


def test_the_authority_sees_what_the_region_asked_and_another_authority_does_not(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    regional_order(cast)
    url = reverse("decisions:office_task_list")
    assert "Провести пробный экзамен № 1" in as_user(cast.methodist).get(url).content.decode()
    assert "Провести пробный экзамен № 1" not in as_user(cast.stranger).get(url).content.decode()
    assert cast.methodist.notifications.filter(kind="tasks.new").exists()


def test_the_offered_day_is_five_working_days_before_the_regions(cast: Cast) -> None:
    task = Assignment.objects.get(document=regional_order(cast), clause__number="1")
    # 15.04.2026 is a Wednesday: 14, 13, 10, 9, 8
    assert chains.earlier_day(task, today=TODAY) == dt.date(2026, 4, 8)
    assert chains.earlier_day(task, today=dt.date(2026, 4, 10)) == dt.date(2026, 4, 10)


def test_one_step_makes_an_order_for_all_schools_that_names_the_higher_one(cast: Cast) -> None:
    task, document = own_order(cast)
    clause = document.clauses.get()
    assert document.in_pursuance_of == task.document
    assert document.preamble == "Во исполнение приказа от 02.03.2026 № 45 (Министерство образования Приозёрной области)"
    assert clause.text == "Провести пробный экзамен № 1 до 08.04.2026."
    assert {t.organization for t in plan_for(document).tasks} == {cast.school, cast.neighbour, cast.third}


def test_a_term_later_than_the_regions_is_said_before_sending(cast: Cast) -> None:
    _, early = own_order(cast)
    assert not [r for r in plan_for(early).hints if "позже срока" in r.text]
    clause = early.clauses.get()
    clause.deadline_due = dt.date(2026, 4, 20)
    clause.save()
    assert [r.text for r in plan_for(early).hints if "позже срока" in r.text] == [
        "Срок школам 20.04.2026 позже срока поручения: 15.04.2026 (Министерство образования Приозёрной области)."
    ]
    clause.deadline_due, clause.deadline_kind = None, "none"
    clause.save()
    assert [r.clause for r in plan_for(early).hints if "Нет срока" in r.text] == [clause]


def test_execution_rolls_up_and_the_authority_answers_for_itself(cast: Cast) -> None:
    task, document = own_order(cast)
    assert chains.rolled_up([task.pk], TODAY)[task.pk].words == "приказ школам ещё не разослан"
    send(cast, document)
    rows = {t.organization: t for t in Assignment.objects.filter(document=document)}
    answer(rows[cast.school], cast.director)
    answers.accept(by=cast.methodist, items=list(rows[cast.school].answers.all()))
    rolled = chains.rolled_up([task.pk], TODAY)[task.pk]
    assert (rolled.done, rolled.total, rolled.words) == (1, 3, "исполнено школами 1 из 3")
    assert chains.summary_for_answer(rolled).endswith("Исполнено: 1 из 3 школ.")
    answer(task, cast.head)
    task.refresh_from_db()
    assert task.state == TaskState.ON_CHECK


def test_one_school_of_two_clauses_is_done_when_both_are(cast: Cast) -> None:
    higher = regional_order(cast)
    first, second = Assignment.objects.filter(document=higher).order_by("clause__number")
    document = chains.order_from_tasks(
        by=cast.methodist,
        wishes=[chains.Wish(first, dt.date(2026, 4, 1)), chains.Wish(second, dt.date(2026, 4, 1))],
        parties=chains.all_schools(cast.authority),
    )
    for clause in document.clauses.all():
        if not clause.pursues.filter(task=first).exists():
            chains.link(by=cast.methodist, clause=clause, task=first)
    send(cast, document)
    mine = Assignment.objects.filter(document=document, organization=cast.school).order_by("pk")
    answers.accept_on_paper(by=cast.methodist, assignments=[mine[0]], day=mine[0].document.date or TODAY)
    assert chains.rolled_up([first.pk], TODAY)[first.pk].done == 0
    answers.accept_on_paper(by=cast.methodist, assignments=[mine[1]], day=mine[1].document.date or TODAY)
    assert chains.rolled_up([first.pk], TODAY)[first.pk].done == 1


def test_the_region_sees_figures_and_no_schools(cast: Cast, as_user: Callable[[User], Client]) -> None:
    task, document = own_order(cast)
    send(cast, document)
    page = as_user(ministry_methodist(cast)).get(reverse("decisions:chain_detail", args=[task.document_id]))
    words = page.content.decode()
    assert "исполнено школами 0 из 3" in words and "Управление образования Заречного округа" in words
    assert cast.third.name not in words


def test_a_ministry_neither_sees_nor_changes_papers_of_municipalities(cast: Cast) -> None:
    from tests.decisions.test_life import sent

    local = sent(cast)
    clerk = ministry_methodist(cast)
    assert not Document.objects.visible_to(clerk).filter(pk=local.pk).exists()
    assert not clerk.can("document.edit", at=cast.authority)
    assert not clerk.can("task.check", at=cast.authority)
    assert Document.objects.visible_to(cast.observer).filter(pk=local.pk).exists()
    assert not cast.observer.can("document.edit", at=cast.authority)


def test_an_authority_answers_for_itself_and_not_for_its_schools(cast: Cast) -> None:
    assert cast.methodist.can("task.answer", at=cast.authority)
    assert not cast.methodist.can("task.answer", at=cast.school)
    assert not cast.methodist.can("task.check", at=cast.region)


def test_an_order_without_addressees_or_tasks_is_refused_with_words(cast: Cast) -> None:
    task = Assignment.objects.filter(document=regional_order(cast))[0]
    with pytest.raises(Refused, match="кому поручает"):
        chains.order_from_tasks(by=cast.methodist, wishes=[chains.Wish(task, None)], parties=[])
    with pytest.raises(Refused, match="Отметьте хотя бы одно"):
        chains.order_from_tasks(by=cast.methodist, wishes=[], parties=chains.all_schools(cast.authority))


def test_a_wrong_day_on_the_form_keeps_what_was_typed(cast: Cast, as_user: Callable[[User], Client]) -> None:
    task = Assignment.objects.filter(document=regional_order(cast))[0]
    response = as_user(cast.methodist).post(
        reverse("decisions:chain_order", args=[task.pk]),
        {"task": task.pk, f"due-{task.pk}": "31.02.2026", "party": f"group:{cast.everyone.pk}"},
    )
    assert response.status_code == 422
    assert "31.02.2026" in response.content.decode() and "Это не дата" in response.content.decode()
    assert not Document.objects.filter(in_pursuance_of=task.document).exists()
    assert Organization.objects.filter(pk=cast.school.pk).exists()
