"""From a text to accepted answers: what the office and the schools do, by actions on the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.actions import answers, editing, questions, registration
from decisions.actions.drafts import redo, undo
from decisions.actions.intake import load_items, start_empty, take_in
from decisions.actions.numbers import take_number
from decisions.actions.plan import plan_for
from decisions.enums import DocumentState, Entry, PartKind, QuestionState, TaskState
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, Clause, Document, ReportItem
from decisions.reading.model import Deadline, to_json
from decisions.reading.reader import read_text
from schools.enums import Role
from schools.models import User
from schools.registry_rows import registry_of
from tests import papers
from tests.cast import Cast, organization, user

DAY = dt.date(2026, 3, 10)


def taken(cast: Cast, text: str = papers.PROTOCOL) -> Document:
    reading = to_json(read_text(text, registry=registry_of(cast.authority)))
    return take_in(by=cast.methodist, authority=cast.authority, reading=reading, entry=Entry.PAPER)


def settled(cast: Cast, document: Document) -> Document:
    for question in document.questions.filter(state=QuestionState.OPEN):
        questions.dismiss(by=cast.methodist, question=question)
    return document


def sent(cast: Cast, text: str = papers.PROTOCOL) -> Document:
    document = settled(cast, taken(cast, text))
    registration.register_paper(by=cast.methodist, document=document, number="4", date=DAY)
    document.refresh_from_db()
    return document


def test_a_protocol_becomes_a_draft_with_its_clauses(cast: Cast) -> None:
    document = taken(cast)
    assert (document.number, document.date, document.state) == ("4", DAY, DocumentState.DRAFT)
    assert [c.number for c in document.ordered_clauses()] == ["1", "2", "2.1", "2.2", "3", "3.1", "4"]
    items = {item.clause.number: item for item in load_items(document)}
    assert {p.organization for p in items["3.1"].responsible} == {cast.school, cast.neighbour}
    assert items["2.1"].responsible[0].group == cast.everyone
    assert items["3.1"].deadline_clause.deadline_due == dt.date(2026, 6, 1)


def test_a_protocol_carried_out_by_the_order_above_it_is_taken_for_a_higher_document(cast: Cast) -> None:
    reading = to_json(read_text(papers.PROTOCOL, registry=registry_of(cast.authority)))
    order = reading | {"kind": "order", "title": "Об исполнении протокола совещания министерства"}
    part = reading | {"authority": None}
    document = take_in(
        by=cast.methodist, authority=cast.authority, reading=order | {"parts": [part]}, entry=Entry.PAPER
    )
    assert document.parts.get().part_kind == PartKind.HIGHER


def test_who_only_watches_sees_a_document_from_its_registration(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = settled(cast, taken(cast))
    client = as_user(cast.observer)
    addresses = ["/", "/documents/", "/search/?q=диагностик"]
    words = document.ordered_clauses()[2].text
    assert client.get(f"/documents/{document.pk}/").status_code == 404
    assert not Clause.objects.visible_to(cast.observer).exists()
    assert not any(document.short_title in client.get(one).content.decode() for one in addresses)
    registration.register_paper(by=cast.methodist, document=document, number="4", date=DAY)
    document.refresh_from_db()
    assert words in client.get(f"/documents/{document.pk}/").content.decode()
    assert all(document.short_title in client.get(one).content.decode() for one in addresses[:2])


def test_the_plan_says_who_gets_what_before_anything_is_sent(cast: Cast) -> None:
    plan = plan_for(taken(cast))
    counts = {str(o): n for o, n in plan.by_organization}
    assert counts == {"СОШ № 1": 4, "СОШ № 2": 4, "ООШ с. Ключи": 3}
    assert [i.clause.number for i in plan.undated] == ["4"]
    assert Assignment.objects.count() == 0


def test_registering_makes_the_tasks_the_plan_showed_and_tells_people(cast: Cast) -> None:
    document = sent(cast)
    assert document.state == DocumentState.SENT
    assert Assignment.objects.filter(document=document).count() == 11
    mine = Assignment.objects.visible_to(cast.director)
    assert {a.organization for a in mine} == {cast.school}
    assert mine.get(clause__number="4").recommended
    assert cast.director.notifications.exists()
    assert not cast.stranger.notifications.exists()


def test_registering_asks_the_database_as_much_for_three_schools_as_for_thirty(cast: Cast) -> None:
    def cost() -> int:
        document = settled(cast, taken(cast))
        with CaptureQueriesContext(connection) as asked:
            registration.register_paper(by=cast.methodist, document=document, number="", date=DAY)
        return len(asked)

    cost()
    few = cost()
    for number in range(30, 60):
        school = organization(cast.authority, f"СОШ № {number}", number=str(number))
        user(f"director{number}", Role.DIRECTOR, school, f"Директорова{number} Анна Ильинична", "директор", head=True)
    assert cost() == few


def test_open_questions_forbid_registering(cast: Cast) -> None:
    document = taken(cast, papers.DOUBTFUL)
    fields = [q.field for q in document.questions.all()]
    assert "deadline" in fields and "addressees" in fields
    with pytest.raises(Refused, match="не готов"):
        registration.register_paper(by=cast.methodist, document=document, number="5", date=DAY)
    assert Assignment.objects.count() == 0
    document.refresh_from_db()
    assert document.state == DocumentState.DRAFT


def test_one_doubtful_name_in_several_clauses_is_asked_once_and_answered_everywhere(cast: Cast) -> None:
    text = papers.PROTOCOL.replace(
        "4. ",
        "4. МБОУ «СОШ № 77» провести совещание до 01.06.2026.\n5. МБОУ «СОШ № 77» представить отчёт до 01.07.2026.\n6. ",
        1,
    )
    document = taken(cast, text)
    (question,) = [q for q in document.questions.all() if "77" in q.text]
    assert [c.number for c in question.clauses.all()] == ["4", "5"]
    questions.confirm_party(by=cast.methodist, question=question, organization=cast.school, remember=False)
    items = {item.clause.number: item for item in load_items(document)}
    assert items["4"].responsible[0].organization == items["5"].responsible[0].organization == cast.school


def test_two_neighbour_clauses_without_an_addressee_are_one_question(cast: Cast) -> None:
    document = taken(cast, papers.DOUBTFUL)
    block = [q for q in document.questions.all() if q.data.get("kind") == "nobody"]
    assert [sorted(c.number for c in q.clauses.all()) for q in block] == [["2", "3", "4"]]


def test_a_misprinted_school_is_confirmed_and_remembered(cast: Cast) -> None:
    document = taken(cast, papers.DOUBTFUL)
    question = next(q for q in document.questions.all() if q.data.get("party"))
    assert question.data["candidates"] == [cast.third.pk]
    questions.confirm_party(by=cast.methodist, question=question, organization=cast.third, remember=True)
    question.refresh_from_db()
    assert question.state == QuestionState.ANSWERED
    assert cast.third.aliases.filter(source="learned").exists()


def test_an_edit_can_be_undone_and_done_again(cast: Cast) -> None:
    document = taken(cast)
    clause = document.clauses.get(number="2.2")
    old = clause.text
    editing.set_text(by=cast.methodist, clause=clause, text="Другие слова.", version=clause.version)
    clause.refresh_from_db()
    assert clause.text == "Другие слова."
    undo(document=document, by=cast.methodist)
    clause.refresh_from_db()
    assert clause.text == old
    redo(document=document, by=cast.methodist)
    clause.refresh_from_db()
    assert clause.text == "Другие слова."


def test_two_editors_never_overwrite_each_other(cast: Cast) -> None:
    clause = taken(cast).clauses.get(number="2.2")
    seen = clause.version
    editing.set_text(by=cast.methodist, clause=clause, text="Первый.", version=seen)
    with pytest.raises(Conflict):
        editing.set_text(by=cast.head, clause=clause, text="Второй.", version=seen)
    clause.refresh_from_db()
    assert clause.text == "Первый."


def test_clauses_split_merge_move_and_delete_with_undo(cast: Cast) -> None:
    document = taken(cast)

    def numbers() -> list[str]:
        return [c.number for c in document.ordered_clauses()]

    before = numbers()
    clause = document.clauses.get(number="2.1")
    editing.split_clause(
        by=cast.methodist, clause=clause, at=20, version=clause.version, structure_version=document.structure_version
    )
    document.refresh_from_db()
    assert len(numbers()) == len(before) + 1
    second = document.ordered_clauses()[3]
    editing.merge_with_previous(by=cast.methodist, clause=second, structure_version=document.structure_version)
    document.refresh_from_db()
    assert len(numbers()) == len(before)
    clause = document.clauses.get(number="4")
    editing.move_clause(by=cast.methodist, clause=clause, direction="up", structure_version=document.structure_version)
    document.refresh_from_db()
    assert numbers().index("4") < numbers().index("3")
    editing.delete_clauses(
        by=cast.methodist, clauses=[document.clauses.get(number="2")], structure_version=document.structure_version
    )
    document.refresh_from_db()
    assert "2" not in numbers() and "2.1" in numbers()
    for _ in range(4):
        undo(document=document, by=cast.methodist)
    assert numbers() == before


def test_a_term_for_several_clauses_at_once(cast: Cast) -> None:
    document = taken(cast)
    clauses = list(document.clauses.filter(number__in=["2.1", "2.2"]))
    editing.set_deadline(by=cast.methodist, clauses=clauses, deadline=Deadline(kind="ongoing", text="постоянно"))
    assert set(document.clauses.filter(number__in=["2.1", "2.2"]).values_list("deadline_kind", flat=True)) == {
        "ongoing"
    }


def answered(cast: Cast, document: Document, number: str = "2.1") -> Assignment:
    row = Assignment.objects.get(document=document, organization=cast.school, clause__number=number)
    report = answers.draft_answer(by=cast.director, document=document, organization=cast.school)
    answers.save_draft(by=cast.director, report=report, text="Рассмотрено 20 марта.", link="", assignments=[row])
    answers.send_answer(by=cast.director, report=report, assignments=[row])
    row.refresh_from_db()
    return row


def waiting(row: Assignment) -> list[ReportItem]:
    return list(ReportItem.objects.filter(assignment=row, verdict="waiting"))


def test_a_director_answers_and_the_methodist_accepts(cast: Cast) -> None:
    row = answered(cast, sent(cast))
    assert row.state == TaskState.ON_CHECK
    assert cast.methodist.notifications.exists()
    answers.accept(by=cast.methodist, items=waiting(row))
    row.refresh_from_db()
    assert row.state == TaskState.DONE


def test_a_returned_answer_says_why_and_can_be_sent_again(cast: Cast) -> None:
    document = sent(cast)
    row = answered(cast, document)
    answers.return_(by=cast.methodist, items=waiting(row), remark="Приложите выписку из протокола.")
    row.refresh_from_db()
    assert row.state == TaskState.RETURNED and "выписку" in row.last_remark
    assert answered(cast, document).state == TaskState.ON_CHECK


def test_an_answer_of_the_wrong_kind_is_refused_and_nothing_changes(cast: Cast) -> None:
    document = sent(cast)
    row = Assignment.objects.get(document=document, organization=cast.school, clause__number="2.2")
    report = answers.draft_answer(by=cast.director, document=document, organization=cast.school)
    with pytest.raises(Refused, match="документ"):
        answers.send_answer(by=cast.director, report=report, assignments=[row])
    row.refresh_from_db()
    assert row.state == TaskState.ASSIGNED


def test_accepted_on_paper_keeps_the_true_date(cast: Cast) -> None:
    document = sent(cast)
    rows = list(Assignment.objects.filter(document=document, clause__number="2.1"))
    day = dt.date(2026, 3, 20)
    assert answers.accept_on_paper(by=cast.methodist, assignments=rows, day=day) == 3
    assert set(Assignment.objects.filter(pk__in=[r.pk for r in rows]).values_list("state", "answered_on")) == {
        (TaskState.DONE, day)
    }


def test_a_registration_made_by_mistake_is_annulled_and_the_paper_entered_again_under_its_number(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    again = settled(cast, taken(cast))
    with pytest.raises(Refused, match="уже занят: Протокол № 4"):
        registration.register_paper(by=cast.methodist, document=again, number="4", date=DAY)
    registration.annul(by=cast.head, document=document, reason="Внесён не тот файл")
    assert set(document.assignments.values_list("state", flat=True)) == {TaskState.CANCELLED}
    registration.register_paper(by=cast.methodist, document=again, number="4", date=DAY)
    page = as_user(cast.methodist).get(f"/documents/{document.pk}/").content.decode()
    assert "Внесён не тот файл" in page and f'href="/documents/{again.pk}/"' in page  # the history stays


def test_the_counter_hands_out_no_number_of_an_annulled_registration(cast: Cast) -> None:
    document = sent(cast, papers.PROTOCOL)
    registration.annul(by=cast.head, document=document, reason="Внесён не тот файл")
    other = settled(cast, taken(cast))
    numbers = [take_number(other)]
    assert numbers == ["1"]
    for _ in range(3):
        one = settled(cast, taken(cast))
        numbers.append(take_number(one))
    assert numbers == ["1", "2", "3", "5"]


def test_a_refused_number_is_said_once_with_the_document_that_holds_it(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    sent(cast)
    again = settled(cast, taken(cast))
    client, url = as_user(cast.methodist), f"/documents/{again.pk}/send/"
    assert client.get(url).content.decode().count("уже занят") == 1
    refused = client.post(url, {"number": "4", "date": DAY, "past": "control"}).content.decode()
    assert refused.count("уже занят") == 1


def test_an_answered_document_is_not_annulled(cast: Cast) -> None:
    document = sent(cast)
    answered(cast, document)
    with pytest.raises(Refused, match="отвечали"):
        registration.annul(by=cast.head, document=document, reason="Ошибка")


def test_a_prepared_protocol_goes_to_be_signed_and_comes_back(cast: Cast) -> None:
    document = start_empty(by=cast.methodist, authority=cast.authority, kind="protocol", meeting="совещание директоров")
    clause = document.clauses.get()
    editing.set_text(by=cast.methodist, clause=clause, text="Провести собрание.", version=clause.version)
    editing.set_parties(
        by=cast.methodist,
        clauses=[clause],
        parties=[editing.Party("СОШ № 1", "school", organization=cast.school)],
    )
    settled(cast, document)
    registration.send_to_sign(by=cast.methodist, document=document)
    document.refresh_from_db()
    clause.refresh_from_db()
    with pytest.raises(Refused):
        editing.set_text(by=cast.methodist, clause=clause, text="Иначе.", version=clause.version)
    registration.take_back(by=cast.head, document=document)
    registration.send_to_sign(by=cast.methodist, document=document)
    registration.mark_signed(by=cast.head, document=document, signed_on=document.date, signed_by="Т.И. Воронцова")
    registration.register(by=cast.methodist, document=document)
    document.refresh_from_db()
    assert document.number == "1" and not document.assignments.exists()
    registration.send(by=cast.methodist, document=document)
    assert document.assignments.count() == 1


def test_the_same_remark_about_a_block_is_said_once_with_every_place(cast: Cast) -> None:
    text = "ПРОТОКОЛ № 6 от 02.03.2026\nРЕШИЛИ:\n1. Улучшить работу:\n" + "".join(
        f"1.{n}. {what} до 01.10.2026.\n"
        for n, what in enumerate(("Составить план", "Провести собрание", "Обновить сайт"), 1)
    )
    document = taken(cast, text)
    plan = plan_for(document)
    (remark,) = [r for r in plan.hints if "кому поручено" in r.text]
    assert [c.number for c in remark.clauses] == ["1.1", "1.2", "1.3"]
