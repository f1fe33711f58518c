"""Terms that move, participants, explanations, parts inside a school, reorganised schools: by actions on the database."""

from __future__ import annotations

import datetime as dt

import pytest

from config import clock
from decisions.actions import answers, extensions, handing, mending, participants, registration, subtasks
from decisions.enums import DateChangeKind, PartKind, RequestState, TaskState
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, Clause, CoExecutor, DateChange, Document, ExtensionRequest, SubTask
from schools.enums import Role
from schools.models import OfficeSettings, Organization, Position, User
from tests import papers
from tests.areas.control import asked, future, with_day
from tests.cast import Cast, user
from tests.decisions.test_life import DAY, answered, sent, settled, taken, waiting

LATER = 60


def own(cast: Cast, number: str = "2.1", *, days: int | None = 20) -> Assignment:
    """A task of the director's school; its term is `days` ahead, or as read (long past)."""
    document = Document.objects.filter(state="sent").first() or sent(cast)
    row = Assignment.objects.get(document=document, organization=cast.school, clause__number=number)
    return with_day(row, days) if days is not None else row


def working(day: dt.date) -> dt.date:
    """The nearest ordinary weekday from `day` on, away from January's holidays."""
    while day.weekday() > 3 or day.month in (1, 5):
        day += dt.timedelta(days=1)
    return day


def again(user_: User) -> User:
    return User.objects.get(pk=user_.pk)


def test_an_extension_is_asked_granted_to_another_day_and_remembered(cast: Cast) -> None:
    row = own(cast)
    request = asked(cast, row, days=LATER)
    assert cast.head.notifications.filter(kind="extension.asked").count() == 0  # one request is told by `ask_many`
    day = working(future(40))
    extensions.grant(by=cast.head, request=request, day=day, answer="Этого достаточно")
    row.refresh_from_db()
    request.refresh_from_db()
    assert (row.due, request.state, request.granted) == (day, RequestState.OTHER_DAY, day)
    change = DateChange.objects.get(assignment=row)
    assert (change.before, change.after, change.by) == (future(20), row.effective_due, cast.head)
    assert "больничном" in change.reason and "достаточно" in change.reason
    assert "срок продлён" in list(row.events.values_list("kind", flat=True))


def test_several_are_asked_at_once_and_each_is_checked_by_itself(cast: Cast) -> None:
    good, undated = own(cast, "2.1"), own(cast, "2.2", days=None)
    Assignment.objects.filter(pk=undated.pk).update(due=None, effective_due=None)
    found = extensions.ask_many(
        by=cast.director, assignments=[good, undated], wanted=future(LATER), reason="Ремонт школы", batch="b"
    )
    assert len(found.done) == 1
    assert [(row.pk, "нет срока" in why) for row, why in found.refused] == [(undated.pk, True)]
    assert cast.head.notifications.filter(kind="extension.asked").count() == 1


def test_several_are_decided_at_once_and_the_school_is_told_once(cast: Cast) -> None:
    requests = [asked(cast, own(cast, number)) for number in ("2.1", "2.2")]
    found = extensions.decide_many(by=cast.head, requests=requests, verb="refuse", answer="Срок общий для всех школ")
    assert len(found.done) == 2
    assert cast.director.notifications.filter(kind="extension.decided").count() == 1
    assert set(ExtensionRequest.objects.values_list("state", flat=True)) == {RequestState.REFUSED}


def test_an_extension_to_an_earlier_or_past_day_is_refused(cast: Cast) -> None:
    row = own(cast)
    with pytest.raises(Refused, match="не позже прежнего"):
        asked(cast, row, days=10)
    late = own(cast, "2.2", days=-20)
    with pytest.raises(Refused, match="уже прошёл"):
        asked(cast, late, days=-5)
    assert not ExtensionRequest.objects.exists()


@pytest.mark.parametrize(("days", "late"), [(30, False), (3, True), (-2, True)])
def test_a_request_after_the_cut_off_is_allowed_and_marked(cast: Cast, days: int, late: bool) -> None:
    assert asked(cast, own(cast, days=days)).late is late


def test_a_second_request_waits_for_the_first(cast: Cast) -> None:
    row = own(cast)
    asked(cast, row)
    with pytest.raises(Conflict, match="уже попросили"):
        asked(cast, row, days=90)


def test_what_is_decided_is_not_decided_again(cast: Cast) -> None:
    request = asked(cast, own(cast))
    extensions.refuse(by=cast.head, request=request, answer="Срок общий для всех")
    with pytest.raises(Conflict, match="уже рассмотрена"):
        extensions.grant(by=cast.head, request=request)


def test_a_methodist_moves_dates_only_where_the_office_says_so(cast: Cast) -> None:
    request = asked(cast, own(cast))
    with pytest.raises(Refused, match="начальник"):
        extensions.grant(by=cast.methodist, request=request)
    OfficeSettings.objects.filter(pk=cast.authority.pk).update(methodist_moves=True)
    methodist = again(cast.methodist)
    assert methodist.may("task.move") and methodist.can("task.withdraw", at=cast.authority)
    extensions.grant(by=methodist, request=request)
    assert not again(cast.observer).may("task.move") and not again(cast.stranger).may("task.move")


def test_the_head_moves_many_dates_and_hears_which_could_not_be(cast: Cast) -> None:
    rows = [own(cast, "2.1"), own(cast, "2.2")]
    Assignment.objects.filter(pk=rows[1].pk).update(state="cancelled", closed_on=DAY)
    found = extensions.move_dates(by=cast.head, assignments=rows, day=working(future(30)), reason="Перенос совещания")
    assert [r.pk for r in found.done] == [rows[0].pk]
    assert [(r.pk, "уже нельзя" in why) for r, why in found.refused] == [(rows[1].pk, True)]
    assert cast.director.notifications.filter(kind="date.moved").count() == 1
    with pytest.raises(Refused, match="уже прошёл"):
        extensions.move_date(by=cast.head, assignment=rows[0], day=future(-1), reason="Перенос совещания")


def test_a_term_of_a_higher_body_is_passed_only_with_its_consent(cast: Cast) -> None:
    row = own(cast)
    part = Document.objects.create(
        authority=cast.authority,
        part_of=row.document,
        part_kind=PartKind.HIGHER,
        kind="order",
        number="7",
        date=DAY,
        created_by=cast.methodist,
    )
    Clause.objects.create(document=part, path="1", number="1", text="Исполнить", deadline_due=future(30))
    request = asked(cast, row, days=LATER)
    with pytest.raises(Refused, match="вышестоящим"):
        extensions.grant(by=cast.head, request=request)
    with pytest.raises(Refused, match="вышестоящим"):
        extensions.move_date(by=cast.head, assignment=row, day=working(future(40)), reason="Так решили")
    extensions.grant(by=cast.head, request=request, consent="письмо № 15 от 01.03.2026")
    row.refresh_from_db()
    assert row.due == future(LATER)
    assert "письмо № 15" in DateChange.objects.get(assignment=row).reason


def test_an_answer_accepted_leaves_no_request_waiting(cast: Cast) -> None:
    row = own(cast)
    request = asked(cast, row)
    document = row.document
    answered(cast, document)
    answers.accept(by=cast.methodist, items=waiting(row))
    request.refresh_from_db()
    assert request.state == RequestState.MOOT


def test_mending_a_reading_leaves_extended_terms(cast: Cast) -> None:
    row = own(cast)
    extensions.grant(by=cast.head, request=asked(cast, row))
    neighbour = Assignment.objects.get(clause=row.clause, organization=cast.neighbour)
    day = working(future(15))
    mending.mend_deadline(
        by=cast.methodist, clause=row.clause, deadline=mending.day_only(day), reason="Прочитан не тот год"
    )
    row.refresh_from_db()
    neighbour.refresh_from_db()
    assert (row.due, neighbour.due) == (future(LATER), day)
    assert DateChange.objects.get(assignment=neighbour).kind == DateChangeKind.MENDED


def test_a_director_explains_what_is_overdue_and_the_checker_is_told(cast: Cast) -> None:
    row = own(cast, days=-3)
    extensions.explain(by=cast.director, assignment=row, text="Педсовет перенесён из-за карантина")
    assert row.explanations.get().by == cast.director
    assert cast.methodist.notifications.filter(kind="task.explained").exists()
    with pytest.raises(Refused, match="ещё не прошёл"):
        extensions.explain(by=cast.director, assignment=own(cast, "2.2"), text="Заранее объясняю")


# --- participants ---


def test_schools_inside_one_clause_have_their_own_terms(cast: Cast) -> None:
    document = settled(cast, taken(cast))
    clause = document.clauses.get(number="2.1")
    day = working(dt.date(2026, 4, 20))
    participants.set_execution(
        by=cast.methodist,
        clause=clause,
        own_dues={cast.neighbour.pk: day},
        co_executors=[cast.centre],
        controller=cast.methodist,
    )
    registration.register_paper(by=cast.methodist, document=document, number="4", date=DAY)
    dues = dict(Assignment.objects.filter(clause=clause).values_list("organization", "due"))
    assert dues == {cast.school.pk: dt.date(2026, 4, 1), cast.neighbour.pk: day, cast.third.pk: dt.date(2026, 4, 1)}
    assert set(Assignment.objects.filter(clause=clause).values_list("controller", flat=True)) == {cast.methodist.pk}
    assert CoExecutor.objects.filter(assignment__clause=clause, organization=cast.centre).count() == 3


def test_an_own_term_after_sending_has_a_reason_and_a_history(cast: Cast) -> None:
    row = own(cast)
    day = working(future(25))
    with pytest.raises(Refused, match="причину"):
        participants.set_execution(
            by=cast.head, clause=row.clause, own_dues={cast.school.pk: day}, co_executors=[], controller=None
        )
    told = participants.set_execution(
        by=cast.head,
        clause=row.clause,
        own_dues={cast.school.pk: day},
        co_executors=[],
        controller=None,
        reason="Школа на карантине",
    )
    row.refresh_from_db()
    assert (told, row.due) == ([], day)
    assert row.date_changes.get().kind == DateChangeKind.OWN


def test_who_controls_by_the_document_takes_off_control(cast: Cast) -> None:
    text = papers.PROTOCOL.replace(
        "\nПредседатель                                  Т.И. Воронцова",
        "5. Контроль за исполнением решений возложить на методиста Орлову Н.П.\n\n"
        "Председатель                                  Т.И. Воронцова",
        1,
    )
    document = sent(cast, text)
    row = Assignment.objects.get(document=document, organization=cast.school, clause__number="2.1")
    assert row.controller == cast.methodist
    answered(cast, document)
    answers.accept(by=cast.methodist, items=waiting(row))
    answers.withdraw(by=cast.methodist, assignments=[row])
    row.refresh_from_db()
    assert row.state == TaskState.WITHDRAWN


def test_without_such_a_clause_only_the_head_takes_off_control(cast: Cast) -> None:
    document = sent(cast)
    row = answered(cast, document)
    answers.accept(by=cast.methodist, items=waiting(row))
    with pytest.raises(Refused, match="контрол"):
        answers.withdraw(by=cast.methodist, assignments=[row])
    answers.withdraw(by=cast.head, assignments=[row])


def test_a_co_executor_adds_its_part_and_does_not_answer(cast: Cast) -> None:
    row = own(cast)
    part = CoExecutor.objects.create(assignment=row, organization=cast.neighbour)
    neighbour = again(cast.neighbour_director)
    assert row in Assignment.objects.visible_to(neighbour)
    participants.contribute(by=neighbour, part=part, text="Провели семинар.")
    assert cast.director.notifications.filter(kind="task.part").exists()
    with pytest.raises(Refused, match="школы"):
        answers.decline(by=neighbour, assignment=row, reason="Не относится к нам")
    with pytest.raises(Refused, match="соисполнитель"):
        participants.contribute(by=cast.director, part=part, text="За соседа")
    with pytest.raises(Conflict, match="За вторым столом"):
        participants.contribute(by=neighbour, part=part, text="За вторым столом", version=1)


# --- inside a school ---


def test_parts_inside_a_school_are_its_own_business(cast: Cast) -> None:
    row = own(cast)
    part = subtasks.add_subtask(
        by=cast.director, assignment=row, text="Собрать справки", person=cast.director.person, name="", due=future(5)
    )
    subtasks.mark_subtask(by=cast.director, subtask=part, done=True)
    for person in (cast.head, cast.methodist, cast.curator, cast.neighbour_director, cast.observer):
        assert not SubTask.objects.visible_to(person).exists()
    row.refresh_from_db()
    assert row.state == TaskState.ASSIGNED
    with pytest.raises(Refused, match="может школа"):
        subtasks.add_subtask(by=cast.head, assignment=row, text="Влезть", person=None, name="Кто-то", due=None)
    with pytest.raises(Refused, match="уже прошла"):
        subtasks.add_subtask(by=cast.director, assignment=row, text="Вчера", person=None, name="Я", due=future(-1))
    with pytest.raises(Refused, match="не в вашей школе"):
        subtasks.add_subtask(
            by=cast.director, assignment=row, text="Чужому", person=cast.neighbour_director.person, name="", due=None
        )


def test_who_acts_for_the_director_is_shown_in_history(cast: Cast) -> None:
    row = own(cast)
    deputy = user("zam", Role.DIRECTOR, cast.school, "Титова Елена Андреевна", "заместитель директора")
    Position.objects.create(
        person=deputy.person,
        organization=cast.school,
        title="заместитель директора",
        acting=True,
        basis="приказ № 12 от 01.03.2026",
        valid_to=future(10),
    )
    answers.acknowledge(by=deputy, assignments=[row], verb="begin")
    assert (
        row.events.get(kind="взято в работу").acting == "исполняет обязанности руководителя, приказ № 12 от 01.03.2026"
    )


# --- a reorganised school ---


def closed(cast: Cast) -> Organization:
    school = cast.school
    school.closed, school.successor = clock.today() - dt.timedelta(days=1), cast.third
    school.save()
    return school


def test_open_tasks_of_a_closed_school_go_to_its_successor(cast: Cast) -> None:
    alone, twin = own(cast, "3.1"), own(cast, "2.1")
    found = handing.hand_over(by=cast.methodist, organization=closed(cast), order="приказ № 3 от 01.09.2026")
    assert len(found.done) == 4
    alone.refresh_from_db()
    twin.refresh_from_db()
    assert (alone.organization, alone.state) == (cast.third, TaskState.ASSIGNED)
    assert twin.state == TaskState.CANCELLED  # the successor had the same task of its own
    line = alone.events.get(kind="передано правопреемнику")
    assert "СОШ № 1 → ООШ с. Ключи" in line.comment and "приказ № 3" in line.comment


def test_a_closed_school_does_not_answer(cast: Cast) -> None:
    row = own(cast)
    report = answers.draft_answer(by=cast.director, document=row.document, organization=cast.school)
    closed(cast)
    report.refresh_from_db()
    with pytest.raises(Refused, match="правопреемник: ООШ с. Ключи"):
        answers.send_answer(by=cast.director, report=report, assignments=[row])
    with pytest.raises(Refused, match="приказ о реорганизации"):
        handing.hand_over(by=cast.methodist, organization=closed(cast), order=" ")


# --- ends ---


def test_ends_of_a_task_and_the_way_back(cast: Cast) -> None:
    row = own(cast)
    answers.accept_on_paper(by=cast.methodist, assignments=[row], day=DAY)
    answers.reopen(by=cast.methodist, assignment=row, reason="Отмечено по ошибке")
    row.refresh_from_db()
    assert (row.state, row.answered_on) == (TaskState.IN_WORK, None)
    answers.withdraw(by=cast.head, assignments=[row], reason="Школа не ответила", not_done=True)
    row.refresh_from_db()
    assert row.outcome(clock.today()) == "not_done"
    other = own(cast, "2.2")
    answers.cancel(by=cast.head, assignments=[other], reason="Решено иначе")
    other.refresh_from_db()
    assert other.state == TaskState.CANCELLED
