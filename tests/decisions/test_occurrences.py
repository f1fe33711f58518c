"""Reports that come again: made ahead, carried on by the scan, never twice, ended with a reason."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from config import clock
from decisions.actions import answers, registration
from decisions.actions.intake import load_items
from decisions.actions.occurrences import Rhythm, advance, advance_all, end_duty, resettle
from decisions.enums import TaskState
from decisions.errors import Refused
from decisions.models import Assignment, AssignmentEvent, Clause, Document, Duty
from schools.models import OfficeSettings, Organization, School, SchoolTerm, User
from tests import cast as casting
from tests.cast import Cast
from tests.decisions.test_life import settled, taken

PAPER = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ № 7
совещания руководителей общеобразовательных организаций
от {day}

Председатель: Воронцова Т.И., начальник управления образования

РЕШИЛИ:
1. Руководителям СОШ № 1, СОШ № 2:
1.1. Обеспечить информирование родителей постоянно.
1.2. Представлять сведения о посещаемости ежемесячно до 10 числа.
2. Рекомендовать руководителям СОШ № 1 проводить консультации постоянно.

Председатель                                  Т.И. Воронцова
"""


@pytest.fixture
def paper(cast: Cast) -> Document:
    """A protocol of today with a standing duty, a monthly one and a recommendation, sent to two schools."""
    today = clock.today()
    document = settled(cast, taken(cast, PAPER.format(day=f"{today:%d.%m.%Y}")))
    registration.register_paper(by=cast.methodist, document=document, number="7", date=today)
    document.refresh_from_db()
    return document


def rows(document: Document, number: str, school: Organization) -> list[Assignment]:
    found = Assignment.objects.filter(document=document, clause__number=number, organization=school)
    return list(found.order_by("occurrence"))


def accept(cast: Cast, task: Assignment) -> None:
    answers.accept_on_paper(by=cast.methodist, assignments=[task], day=clock.today())


def test_registering_makes_the_first_report_of_each_duty(cast: Cast, paper: Document) -> None:
    today = clock.today()
    standing, monthly = rows(paper, "1.1", cast.school), rows(paper, "1.2", cast.school)
    assert len(standing) == len(monthly) == 1
    assert standing[0].ongoing and standing[0].due and (standing[0].due.month, standing[0].due.day) == (6, 20)
    assert not monthly[0].ongoing and monthly[0].due and monthly[0].due.day == 10
    assert today <= monthly[0].due <= today + dt.timedelta(days=31)
    assert {duty.clause.number for duty in Duty.objects.all()} == {"1.1", "1.2"}
    assert rows(paper, "2", cast.school)[0].recommended


def test_closing_a_report_leaves_the_duty_and_brings_the_next_one(cast: Cast, paper: Document) -> None:
    first = rows(paper, "1.2", cast.school)[0]
    accept(cast, first)
    advance_all()
    found = rows(paper, "1.2", cast.school)
    assert [row.occurrence for row in found] == [1, 2]
    assert found[1].due and first.due and 28 <= (found[1].due - first.due).days <= 31
    assert len(rows(paper, "1.2", cast.neighbour)) == 1  # the neighbour has not answered: nothing new for it yet
    assert Duty.objects.get(clause=first.clause).ended_on is None


def test_the_scan_may_run_as_often_as_it_likes(cast: Cast, paper: Document) -> None:
    accept(cast, rows(paper, "1.1", cast.school)[0])
    assert [advance_all(), advance_all(), advance_all()] == [1, 0, 0]
    standing = rows(paper, "1.1", cast.school)
    assert standing[1].due and standing[0].due and standing[1].due.year == standing[0].due.year + 1


def test_a_day_that_passed_unanswered_stays_overdue_beside_the_next(cast: Cast, paper: Document) -> None:
    first = rows(paper, "1.2", cast.school)[0]
    assert first.due
    advance(authority=cast.authority, today=first.due + dt.timedelta(days=1))
    found = rows(paper, "1.2", cast.school)
    assert [row.state for row in found] == [TaskState.ASSIGNED, TaskState.ASSIGNED]
    assert found[0].is_overdue(first.due + dt.timedelta(days=1)) and not found[1].is_overdue(found[0].due or first.due)


def test_after_months_of_silence_a_school_gets_one_report_and_history_says_so(cast: Cast, paper: Document) -> None:
    first = rows(paper, "1.2", cast.school)[0]
    assert first.due
    later = first.due + dt.timedelta(days=130)  # four days of the rule passed meanwhile
    advance(authority=cast.authority, today=later)
    advance(authority=cast.authority, today=later)
    found = rows(paper, "1.2", cast.school)
    assert len(found) == 2 and found[1].due and found[1].due >= later
    event = AssignmentEvent.objects.get(assignment=found[1])
    assert event.comment == "Пропущено сроков, пока программа не работала: 4."


def test_an_old_paper_entered_late_asks_only_for_what_is_ahead(cast: Cast) -> None:
    old = clock.today() - dt.timedelta(days=400)
    document = settled(cast, taken(cast, PAPER.format(day=f"{old:%d.%m.%Y}")))
    registration.register_paper(by=cast.methodist, document=document, number="7", date=old)
    assert all(
        row.due and row.due >= clock.today()
        for row in Assignment.objects.filter(document=document, ongoing=True, recommended=False)
    )
    assert all((row.due or clock.today()) >= clock.today() for row in rows(document, "1.2", cast.school))


def test_an_ended_duty_brings_nothing_and_says_why(cast: Cast, paper: Document) -> None:
    first = rows(paper, "1.2", cast.school)[0]
    today = clock.today()
    with pytest.raises(Refused, match="почему"):
        end_duty(by=cast.head, clause=first.clause, day=today, reason=" ")
    assert end_duty(by=cast.head, clause=first.clause, day=today, reason="Показатель больше не собирают") == 2
    first.refresh_from_db()
    assert first.state == TaskState.CANCELLED
    assert "больше не собирают" in first.events.last().comment  # type: ignore[union-attr]
    assert cast.director.notifications.filter(kind="duty.ended").count() == 1
    assert (
        advance(authority=cast.authority, today=today + dt.timedelta(days=400)) == 2
    )  # the standing one of two schools
    with pytest.raises(Refused, match="уже прекращена"):
        end_duty(by=cast.head, clause=first.clause, day=today, reason="Ещё раз прекратить")


def test_a_duty_ends_on_a_day_ahead(cast: Cast, paper: Document) -> None:
    first = rows(paper, "1.2", cast.school)[0]
    assert first.due
    end_duty(by=cast.head, clause=first.clause, day=first.due, reason="До конца периода")
    advance(authority=cast.authority, today=first.due + dt.timedelta(days=1))
    assert [row.state for row in rows(paper, "1.2", cast.school)] == [TaskState.ASSIGNED]


def test_a_mended_reading_of_a_duty_keeps_the_six_day_week_of_a_school(cast: Cast, paper: Document) -> None:
    School.objects.filter(organization=cast.neighbour).update(six_day_week=True)
    clause = Clause.objects.get(document=paper, number="1.1")
    year = clock.today().year + 1
    saturday = next(day for n in range(7) if (day := dt.date(year, 9, 1) + dt.timedelta(days=n)).weekday() == 5)
    Clause.objects.filter(pk=clause.pk).update(control_date=saturday)
    resettle(document=paper, items=load_items(paper), today=clock.today())
    days = {o: rows(paper, "1.1", o)[0].effective_due for o in (cast.school, cast.neighbour)}
    assert days == {cast.school: saturday - dt.timedelta(days=1), cast.neighbour: saturday}


def test_the_rhythm_is_the_offices_setting(cast: Cast) -> None:
    office = OfficeSettings.objects.get(authority=cast.authority)
    office.standing_rhythm = "never"
    office.save()
    today = clock.today()
    document = settled(cast, taken(cast, PAPER.format(day=f"{today:%d.%m.%Y}")))
    registration.register_paper(by=cast.methodist, document=document, number="7", date=today)
    accept(cast, rows(document, "1.1", cast.school)[0])
    assert rows(document, "1.1", cast.school)[0].due is None
    assert advance_all() == 0


def test_entered_terms_win_over_proposed_ones(cast: Cast) -> None:
    today = dt.date(2026, 9, 1)
    SchoolTerm.objects.create(
        authority=cast.authority, year=2026, kind="quarter_1", start=today, end=dt.date(2026, 10, 30)
    )
    terms = Rhythm(cast.authority, today).terms
    assert dt.date(2026, 10, 30) in terms and dt.date(2026, 10, 23) not in terms


def test_a_closed_school_passes_its_duty_to_the_successor_once(cast: Cast, paper: Document) -> None:
    cast.school.closed = clock.today()
    cast.school.successor = cast.third
    cast.school.save()
    cast.neighbour.closed = clock.today()
    cast.neighbour.successor = cast.third
    cast.neighbour.save()
    first = rows(paper, "1.2", cast.school)[0]
    assert first.due
    advance(authority=cast.authority, today=first.due + dt.timedelta(days=1))
    assert len(rows(paper, "1.2", cast.third)) == 1
    assert len(rows(paper, "1.2", cast.school)) == 1


def test_a_school_sees_constantly_with_its_next_report(
    cast: Cast, paper: Document, as_user: Callable[[User], Client]
) -> None:
    due = rows(paper, "1.1", cast.school)[0].effective_due
    words = as_user(cast.director).get(reverse("decisions:task_list")).content.decode()
    assert due and f"{due:%d.%m.%Y}" in words
    detail = reverse("decisions:task_detail", args=[rows(paper, "1.1", cast.school)[0].pk])
    assert f"постоянно, следующий отчёт до {due:%d.%m.%Y}" in as_user(cast.director).get(detail).content.decode()


def test_one_combined_answer_goes_to_the_standing_duties_of_every_document(
    cast: Cast, paper: Document, as_user: Callable[[User], Client]
) -> None:
    today = clock.today()
    other = settled(cast, taken(cast, PAPER.format(day=f"{today:%d.%m.%Y}")))
    registration.register_paper(by=cast.methodist, document=other, number="8", date=today)
    tasks = [rows(paper, "1.1", cast.school)[0], rows(other, "1.1", cast.school)[0]]
    url, director = reverse("decisions:standing_answer"), as_user(cast.director)
    page = director.get(url).content.decode()
    assert "Протокол № 7" in page and "Протокол № 8" in page
    empty = director.post(url, {"task": [task.pk for task in tasks]})
    assert empty.status_code == 422 and "Напишите, что сделано" in empty.content.decode()
    assert (
        director.post(url, {"task": [task.pk for task in tasks], "text": "Работа велась весь год."}).status_code == 302
    )
    for task in tasks:
        task.refresh_from_db()
        assert task.state == TaskState.ON_CHECK
    assert rows(paper, "1.1", cast.neighbour)[0].state == TaskState.ASSIGNED
    strange = as_user(cast.neighbour_director).post(url, {"task": tasks[0].pk, "text": "Чужое."})
    assert strange.status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_scans_at_once_make_nothing_twice() -> None:
    cast = casting.build()
    today = clock.today()
    document = settled(cast, taken(cast, PAPER.format(day=f"{today:%d.%m.%Y}")))
    registration.register_paper(by=cast.methodist, document=document, number="7", date=today)
    later = today + dt.timedelta(days=60)
    start = threading.Barrier(4)
    made: list[int] = []

    def scan() -> None:
        start.wait()
        try:
            made.append(advance(authority=cast.authority, today=later))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=scan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == 2 and len(made) == 4  # the monthly duty of two schools
    assert len(rows(document, "1.2", cast.school)) == 2
