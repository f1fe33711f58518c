"""A later document changes an earlier one: suggested, confirmed by a person, executed by registering, seen on both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.actions import amendments, answers, drafts, editing, registration
from decisions.actions.intake import load_items
from decisions.actions.plan import plan_for
from decisions.duplicates import doubles_of
from decisions.enums import AmendmentKind, TaskState
from decisions.errors import Refused
from decisions.models import Amendment, Assignment, Clause, Document, Pursuance
from schools.models import School, User
from tests.cast import Cast
from tests.decisions.test_life import sent, settled, taken

DAY = dt.date(2026, 3, 20)
HEAD = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ № 9
совещания руководителей общеобразовательных организаций
от 20.03.2026

Председатель: Воронцова Т.И., начальник управления образования

РЕШИЛИ:
{clauses}

Председатель                                  Т.И. Воронцова
"""


def draft(cast: Cast, *clauses: str) -> Document:
    text = "\n".join(f"{n}. {words}" for n, words in enumerate(clauses, start=1))
    return taken(cast, HEAD.format(clauses=text))


def offered(document: Document) -> list[tuple[str, str, AmendmentKind, dt.date | None]]:
    found = amendments.suggestions(document, load_items(document))
    return [(one.clause.number, one.target.number, one.kind, one.new_due) for one in found]


def register(cast: Cast, document: Document) -> Document:
    registration.register_paper(by=cast.methodist, document=settled(cast, document), number="9", date=DAY)
    document.refresh_from_db()
    return document


def confirm_all(cast: Cast, document: Document) -> None:
    for one in amendments.suggestions(document, load_items(document)):
        amendments.confirm(by=cast.methodist, clause=one.clause, target=one.target, kind=one.kind, new_due=one.new_due)


def states(document: Document, number: str) -> set[str]:
    return set(Assignment.objects.filter(document=document, clause__number=number).values_list("state", flat=True))


def test_the_words_are_recognised_and_nothing_happens_by_itself(cast: Cast) -> None:
    earlier = sent(cast)
    document = draft(
        cast,
        "Признать утратившим силу п. 3 протокола № 4 от 10.03.2026.",
        "Продлить срок исполнения п. 2.1 протокола № 4 от 10.03.2026 до 20 апреля 2026 года.",
        "Отменить п. 2 протокола № 6 от 10.03.2026.",
    )
    assert offered(document) == [
        ("1", "3", AmendmentKind.CANCELS, None),
        ("2", "2.1", AmendmentKind.EXTENDS, dt.date(2026, 4, 20)),
    ]
    register(cast, document)
    assert states(earlier, "3.1") == {"assigned"}
    assert not Amendment.objects.exists()


def test_another_authoritys_document_of_the_same_number_is_not_meant(cast: Cast) -> None:
    earlier = sent(cast)
    Document.objects.filter(pk=earlier.pk).update(authority=cast.other_authority)
    assert offered(draft(cast, "Отменить п. 3 протокола № 4 от 10.03.2026.")) == []


def test_registering_cancels_the_clause_with_everything_below_it(cast: Cast) -> None:
    earlier = sent(cast)
    done = Assignment.objects.get(document=earlier, clause__number="3.1", organization=cast.neighbour)
    answers.accept_on_paper(by=cast.methodist, assignments=[done], day=DAY)
    document = draft(cast, "Признать утратившим силу п. 3 протокола № 4 от 10.03.2026.")
    confirm_all(cast, document)
    assert [r.text for r in plan_for(document).hints if "При регистрации" in r.text] == [
        "При регистрации отменяет п. 3 (Протокол № 4 от 10.03.2026)."
    ]
    register(cast, document)
    assert states(earlier, "3.1") == {"cancelled", "done"}  # what was done stays done
    assert states(earlier, "2.1") == {"assigned"}
    task = Assignment.objects.get(document=earlier, clause__number="3.1", organization=cast.school)
    assert task.events.last().comment == "Протокол № 9 от 20.03.2026, п. 1"  # type: ignore[union-attr]
    assert cast.director.notifications.filter(kind="clause.amended").exists()
    assert Assignment.objects.filter(document=document).count() == 0


def test_an_extension_moves_the_day_and_leaves_its_history(cast: Cast) -> None:
    earlier = sent(cast)
    # 26.04.2026 is a Sunday: the working day before it counts
    document = draft(cast, "Продлить срок исполнения п. 2.1 протокола № 4 от 10.03.2026 до 26 апреля 2026 года.")
    School.objects.filter(organization=cast.neighbour).update(six_day_week=True)
    confirm_all(cast, document)
    register(cast, document)
    task = Assignment.objects.get(document=earlier, clause__number="2.1", organization=cast.school)
    assert (task.due, task.effective_due) == (dt.date(2026, 4, 26), dt.date(2026, 4, 24))
    six = Assignment.objects.get(document=earlier, clause__number="2.1", organization=cast.neighbour)
    assert six.effective_due == dt.date(2026, 4, 25)  # its Saturday is a working day
    event = task.events.last()
    assert event and (event.kind, event.comment) == (
        "срок продлён",
        "с 01.04.2026 до 26.04.2026: Протокол № 9 от 20.03.2026, п. 1",
    )
    assert Clause.objects.get(document=earlier, number="2.1").deadline_due == dt.date(2026, 4, 1)  # the paper's words


def test_an_extension_to_an_earlier_day_is_refused(cast: Cast) -> None:
    sent(cast)
    document = draft(cast, "Продлить срок исполнения п. 2.2 протокола № 4 от 10.03.2026 до 01.05.2026.")
    one = amendments.suggestions(document, load_items(document))[0]
    with pytest.raises(Refused, match="не позже действующего"):
        amendments.confirm(by=cast.methodist, clause=one.clause, target=one.target, kind=one.kind, new_due=one.new_due)
    with pytest.raises(Refused, match="Укажите новый срок"):
        amendments.confirm(by=cast.methodist, clause=one.clause, target=one.target, kind=one.kind)


def test_a_replacing_clause_goes_to_those_whom_the_replaced_one_went_to(cast: Cast) -> None:
    earlier = sent(cast)
    document = draft(
        cast,
        "Изложить п. 3.1 протокола № 4 от 10.03.2026 в следующей редакции: «Изучить опыт двух школ до 1 июля 2026 года».",
    )
    confirm_all(cast, document)
    register(cast, document)
    assert states(earlier, "3.1") == {"cancelled"}
    assert {t.organization for t in Assignment.objects.filter(document=document)} == {cast.school, cast.neighbour}


def test_taking_off_control_closes_the_done_and_the_undone(cast: Cast) -> None:
    earlier = sent(cast)
    done = Assignment.objects.get(document=earlier, clause__number="2.2", organization=cast.school)
    answers.accept_on_paper(by=cast.methodist, assignments=[done], day=DAY)
    document = draft(cast, "Снять с контроля п. 2.2 протокола № 4 от 10.03.2026.")
    confirm_all(cast, document)
    register(cast, document)
    assert states(earlier, "2.2") == {"withdrawn"}


def test_mending_the_earlier_document_does_not_wake_what_was_cancelled(cast: Cast) -> None:
    from decisions.actions.mending import mend_control

    earlier = sent(cast)
    document = draft(cast, "Признать утратившим силу п. 3 протокола № 4 от 10.03.2026.")
    confirm_all(cast, document)
    register(cast, document)
    clause = Clause.objects.get(document=earlier, number="2.2")
    mend_control(by=cast.methodist, clause=clause, control="info", reason="Не нужен отчёт")
    assert states(earlier, "3.1") == {"cancelled"}


def test_annulling_the_changing_document_gives_everything_back(cast: Cast) -> None:
    earlier = sent(cast)
    document = draft(
        cast,
        "Признать утратившим силу п. 3 протокола № 4 от 10.03.2026.",
        "Продлить срок исполнения п. 2.1 протокола № 4 от 10.03.2026 до 20 апреля 2026 года.",
    )
    confirm_all(cast, document)
    register(cast, document)
    registration.annul(by=cast.methodist, document=document, reason="Внесён по ошибке")
    assert states(earlier, "3.1") == {"assigned"}
    task = Assignment.objects.get(document=earlier, clause__number="2.1", organization=cast.school)
    assert task.due == dt.date(2026, 4, 1)


def test_annulling_is_refused_when_somebody_acted_since(cast: Cast) -> None:
    earlier = sent(cast)
    document = draft(cast, "Продлить срок исполнения п. 2.1 протокола № 4 от 10.03.2026 до 20 апреля 2026 года.")
    confirm_all(cast, document)
    register(cast, document)
    task = Assignment.objects.get(document=earlier, clause__number="2.1", organization=cast.school)
    answers.accept_on_paper(by=cast.methodist, assignments=[task], day=DAY)
    with pytest.raises(Refused, match="с тех пор менялись"):
        registration.annul(by=cast.methodist, document=document, reason="Внесён по ошибке")
    document.refresh_from_db()
    task.refresh_from_db()
    assert (document.state, task.state) == ("sent", TaskState.DONE)


def test_both_documents_show_the_change(cast: Cast, as_user: Callable[[User], Client]) -> None:
    earlier = sent(cast)
    document = draft(cast, "Признать утратившим силу п. 3 протокола № 4 от 10.03.2026.")
    confirm_all(cast, document)
    register(cast, document)
    office = as_user(cast.methodist)
    old = office.get(reverse("decisions:document_detail", args=[earlier.pk])).content.decode()
    new = office.get(reverse("decisions:document_detail", args=[document.pk])).content.decode()
    assert "отменён: Протокол № 9 от 20.03.2026, п. 1" in old
    assert "отменяет п. 3 (Протокол № 4 от 10.03.2026)" in new
    # the school got no task by the new document: it is not named to it
    school = as_user(cast.director).get(reverse("decisions:document_detail", args=[earlier.pk])).content.decode()
    assert "отменён другим документом" in school and "Протокол № 9" not in school


def test_the_review_offers_and_a_click_confirms(cast: Cast, as_user: Callable[[User], Client]) -> None:
    earlier = sent(cast)
    document = draft(cast, "Признать утратившим силу п. 3 протокола № 4 от 10.03.2026.")
    office = as_user(cast.methodist)
    page = office.get(reverse("decisions:document_links", args=[document.pk]), {"part": "1"}).content.decode()
    assert "похоже, отменяет п. 3" in page
    clause, target = document.clauses.get(), Clause.objects.get(document=earlier, number="3")
    url = reverse("decisions:amendment_settle", args=[clause.pk])
    office.post(url, {"target": target.pk, "kind": "cancels", "verb": "confirm"})
    assert Amendment.objects.get().state == "confirmed"
    assert not document.questions.filter(state="open").exists()
    office.post(url, {"target": target.pk, "verb": "remove"})
    office.post(url, {"target": target.pk, "kind": "cancels", "verb": "decline"})
    assert offered(document) == []
    bad = office.post(url, {"paper": "4", "number": "99", "kind": "cancels", "verb": "confirm"}, follow=True)
    assert "нет среди разосланных" in bad.content.decode()
    bad = office.post(
        url, {"target": target.pk, "kind": "extends", "due": "31.02.2026", "verb": "confirm"}, follow=True
    )
    assert "Это не дата" in bad.content.decode()


def test_a_deleted_or_merged_clause_comes_back_with_its_links(cast: Cast) -> None:
    earlier = sent(cast)
    document = draft(
        cast, "Признать утратившим силу п. 3 протокола № 4 от 10.03.2026.", "Руководителям СОШ № 1 подвести итоги."
    )
    first, second = document.clauses.order_by("position")
    target = Clause.objects.get(document=earlier, number="3")
    amendments.confirm(by=cast.methodist, clause=first, target=target, kind=AmendmentKind.CANCELS)
    task = earlier.assignments.first()
    Pursuance.objects.create(clause=second, task=task, linked_by=cast.methodist)

    def links() -> tuple[list[object], list[object]]:
        return (
            list(Amendment.objects.values_list("clause_id", "target_id", "kind", "state")),
            list(Pursuance.objects.values_list("clause_id", "task_id")),
        )

    was = links()
    questions = {q.pk: set(q.clauses.values_list("pk", flat=True)) for q in document.questions.all()}
    document.refresh_from_db()
    editing.delete_clauses(by=cast.methodist, clauses=[first, second], structure_version=document.structure_version)
    assert links() == ([], [])
    drafts.undo(document=document, by=cast.methodist)
    assert links() == was
    assert questions == {q.pk: set(q.clauses.values_list("pk", flat=True)) for q in document.questions.all()}
    drafts.redo(document=document, by=cast.methodist)
    assert links() == ([], [])
    drafts.undo(document=document, by=cast.methodist)
    document.refresh_from_db()
    editing.merge_with_previous(by=cast.methodist, clause=second, structure_version=document.structure_version)
    assert links()[1] == [(first.pk, task.pk)]
    drafts.undo(document=document, by=cast.methodist)
    assert links() == was
    # A link made after an edit does not stand in the way of taking the edit back.
    editing.set_number(by=cast.methodist, clause=second, number="7", version=Clause.objects.get(pk=second.pk).version)
    Pursuance.objects.all().delete()
    drafts.undo(document=document, by=cast.methodist)
    assert Clause.objects.get(pk=second.pk).number == "2" and links()[0] == was[0]


def test_a_clause_that_repeats_an_open_one_of_the_same_schools_is_shown(cast: Cast) -> None:
    earlier = sent(cast)
    document = draft(
        cast,
        "Руководителям СОШ № 1 направить в методический центр планы работы до 1 июня 2026 года.",
        "Руководителям СОШ № 1 организовать экскурсию в музей до 1 июня 2026 года.",
    )
    found = doubles_of(plan_for(document), cast.methodist)
    assert [(one.clause.number, one.other.number, one.organizations) for one in found] == [("1", "2.2", 1)]
    task = Assignment.objects.get(document=earlier, clause__number="2.2", organization=cast.school)
    answers.accept_on_paper(by=cast.methodist, assignments=[task], day=DAY)
    assert doubles_of(plan_for(document), cast.methodist) == []  # what is done is not asked twice


def test_finding_doubles_takes_the_same_queries_however_much_is_open(
    cast: Cast, django_assert_num_queries: Callable[[int], object]
) -> None:
    sent(cast)
    document = draft(cast, "Руководителям СОШ № 1 направить в методический центр планы работы до 1 июня 2026 года.")
    plan = plan_for(document)
    doubles_of(plan, cast.methodist)
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        doubles_of(plan, cast.methodist)
    for number in ("14", "15", "16"):
        other = settled(cast, taken(cast))
        registration.register_paper(by=cast.methodist, document=other, number=number, date=dt.date(2026, 3, 10))
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        doubles_of(plan, cast.methodist)
