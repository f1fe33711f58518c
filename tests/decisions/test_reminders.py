"""Who is told what in the morning: zones, one message a person, only what is open, no name of a restricted document."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from decisions.actions import answers, nudges
from decisions.enums import Circulation
from decisions.models import Assignment, Document
from decisions.recount import recount_changed
from schools.actions.calendar import set_calendar_day, transfer_day_off
from schools.enums import MessageKind, MessageState
from schools.models import Message, Morning, ReminderPlan, School, User
from schools.mornings import plan_due_mornings
from schools.sending import send_waiting
from tests.areas.chains import ministry_methodist, regional_order
from tests.cast import Cast
from tests.decisions.test_life import sent

TUESDAY = dt.datetime(2026, 3, 17, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=3)))


@pytest.fixture
def at(settings: Any) -> Any:
    """`at(moment)`: from now on it is that moment."""

    def move(moment: dt.datetime) -> None:
        settings.CLOCK_OFFSET = moment - dt.datetime.now(dt.UTC)

    move(TUESDAY)
    return move


@pytest.fixture
def document(cast: Cast, at: Any) -> Document:
    """A protocol whose tasks of «СОШ № 1» are due today, tomorrow and long ago; news of it is not waited for."""
    made = sent(cast)
    Assignment.objects.update(due=None, effective_due=None)
    for number, days in (("2.1", 0), ("2.2", 1), ("3.1", -7)):
        day = TUESDAY.date() + dt.timedelta(days=days)
        Assignment.objects.filter(organization=cast.school, clause__number=number).update(due=day, effective_due=day)
    Message.objects.all().delete()
    return made


def morning() -> list[Any]:
    """The letters that go this morning."""
    mail.outbox.clear()
    plan_due_mornings()
    send_waiting()
    return list(mail.outbox)


def to(user: User, letters: list[Any]) -> list[Any]:
    return [letter for letter in letters if letter.to == [user.email]]


def test_a_director_gets_one_letter_with_text_and_html_of_what_is_open(cast: Cast, document: Document) -> None:
    letters = to(cast.director, morning())
    assert len(letters) == 1
    text, html = letters[0].body, letters[0].alternatives[0].content
    assert all(words in text for words in ("Просрочено: 1", "Срок сегодня: 1", "Срок в ближайшие дни (до 7): 1"))
    assert "/tasks/" in text and "<a href=" in html and "http://127.0.0.1:8000/tasks/" in html
    assert "<script" not in html and "<img" not in html
    assert to(cast.director, morning()) == []
    assert cast.director.notifications.filter(kind="morning").count() == 1


def test_what_was_done_a_second_before_is_not_in_the_letter(cast: Cast, document: Document) -> None:
    plan_due_mornings()
    mail.outbox.clear()
    done = Assignment.objects.get(organization=cast.school, clause__number="2.1")
    answers.accept_on_paper(by=cast.methodist, assignments=[done], day=TUESDAY.date())
    send_waiting()
    assert "Срок сегодня" not in to(cast.director, list(mail.outbox))[0].body


def test_a_letter_with_nothing_left_to_say_is_not_sent(cast: Cast, document: Document) -> None:
    plan_due_mornings()
    mail.outbox.clear()
    answers.accept_on_paper(
        by=cast.methodist, assignments=list(Assignment.objects.filter(effective_due__isnull=False)), day=TUESDAY.date()
    )
    send_waiting()
    assert to(cast.director, list(mail.outbox)) == []


def test_the_morning_comes_at_its_hour_in_the_zone_of_the_person(cast: Cast, document: Document, at: Any) -> None:
    cast.school.time_zone = "Europe/Kaliningrad"
    cast.school.save()
    at(TUESDAY.replace(hour=7, minute=30))  # half past six in Kaliningrad
    assert to(cast.director, morning()) == []
    at(TUESDAY.replace(hour=8, minute=1))
    assert len(to(cast.director, morning())) == 1
    assert Morning.objects.filter(zone="Europe/Kaliningrad", day=TUESDAY.date()).exists()


def test_three_days_of_silence_are_caught_up_with_one_letter(cast: Cast, document: Document, at: Any) -> None:
    plan_due_mornings()
    at(TUESDAY + dt.timedelta(days=3))
    letters = to(cast.director, morning())
    assert len(letters) == 1 and "20.03.2026" in letters[0].subject and "Просрочено: 3" in letters[0].body
    assert Message.objects.filter(user=cast.director, kind=MessageKind.DIGEST).count() == 1


def test_a_restricted_document_is_named_by_number_only(cast: Cast, document: Document) -> None:
    Document.objects.update(circulation=Circulation.EXCERPT)
    body = to(cast.director, morning())[0].body
    assert "п. 3.1" in body and "«" not in body.replace("«Решения и школы»", "")
    assert "СОШ № 2" not in body


def test_a_manual_reminder_waits_for_the_next_morning_and_is_told_once(cast: Cast, document: Document, at: Any) -> None:
    morning()
    task = Assignment.objects.get(organization=cast.school, clause__number="4")
    Assignment.objects.filter(pk=task.pk).update(recommended=False)
    Assignment.objects.exclude(pk=task.pk).update(effective_due=None)
    assert nudges.nudge(by=cast.methodist, assignments=[task]) == (1, 0)
    assert nudges.nudge(by=cast.methodist, assignments=[task]) == (0, 1)
    assert to(cast.director, morning()) == []
    at(TUESDAY + dt.timedelta(days=1))
    assert "Просят поторопиться: 1" in to(cast.director, morning())[0].body
    at(TUESDAY + dt.timedelta(days=2))
    assert to(cast.director, morning()) == []


def test_the_head_gets_the_briefing_on_monday_at_half_past_seven(cast: Cast, document: Document, at: Any) -> None:
    monday = TUESDAY + dt.timedelta(days=6)
    at(monday.replace(hour=7, minute=10))
    assert to(cast.head, morning()) == []
    at(monday.replace(hour=7, minute=31))
    body = to(cast.head, morning())[0].body
    assert "К планёрке" in body and "Просрочено: 3" in body and "СОШ" not in body


def test_a_delay_goes_up_to_checker_and_head_on_the_days_of_the_plan(cast: Cast, document: Document, at: Any) -> None:
    ReminderPlan.objects.create(authority=cast.authority, checker_days=8, deputy_days=0, head_days=9, summary=False)
    Assignment.objects.update(checker=cast.methodist)
    assert (to(cast.methodist, morning()), to(cast.head, morning())) == ([], [])
    at(TUESDAY + dt.timedelta(days=1))
    letters = morning()
    assert "Вы проверяете" in to(cast.methodist, letters)[0].body and to(cast.head, letters) == []
    at(TUESDAY + dt.timedelta(days=2))
    assert "По управлению просрочено" in to(cast.head, morning())[0].body


def test_a_ministry_has_mornings_of_its_own(cast: Cast, document: Document, at: Any) -> None:
    """Its people hear of what they asked of authorities, the authority of what it owes; schools' delays stay at home."""
    ministry = ministry_methodist(cast)
    User.objects.filter(pk=ministry.pk).update(email="ministry@example.org")
    order = regional_order(cast)
    Assignment.objects.filter(document=order).update(checker=ministry)
    Message.objects.all().delete()
    at(dt.datetime(2026, 4, 16, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=3))))  # the day after the term
    ReminderPlan.objects.create(authority=cast.region, checker_days=1)
    letters = {letter.to[0]: letter.body for letter in morning()}
    assert "Вы проверяете, просрочено на 1" in letters["ministry@example.org"]
    assert order.short_title in letters["ministry@example.org"]
    assert document.short_title not in letters["ministry@example.org"]
    assert order.short_title in letters[cast.methodist.email]
    assert Morning.objects.filter(authority=cast.region).exists()


def test_the_secretary_hears_of_a_protocol_nobody_registered(cast: Cast, document: Document, at: Any) -> None:
    Document.objects.filter(pk=document.pk).update(state="draft", date=TUESDAY.date() - dt.timedelta(days=3))
    assert "не зарегистрирован: после заседания прошло 3" in to(cast.methodist, morning())[0].body


def test_an_overdue_task_is_told_of_for_eight_weeks_only(cast: Cast, document: Document, at: Any) -> None:
    old = TUESDAY.date() - dt.timedelta(days=57)
    Assignment.objects.update(effective_due=old)
    assert to(cast.director, morning()) == []


def test_news_is_gathered_and_goes_once_an_hour(cast: Cast, at: Any) -> None:
    sent(cast)
    send_waiting()
    assert mail.outbox == []
    at(TUESDAY + dt.timedelta(minutes=16))
    send_waiting()
    assert len(to(cast.director, list(mail.outbox))) == 1
    answered = Assignment.objects.filter(organization=cast.school, clause__number="2.1")
    report = answers.draft_answer(by=cast.director, document=answered[0].document, organization=cast.school)
    answers.save_draft(by=cast.director, report=report, text="Сделано.", link="", assignments=answered)
    answers.send_answer(by=cast.director, report=report, assignments=answered)
    answers.return_(by=cast.methodist, items=list(report.items.all()), remark="Приложите справку.")
    at(TUESDAY + dt.timedelta(minutes=40))
    send_waiting()
    assert len(to(cast.director, list(mail.outbox))) == 1
    at(TUESDAY + dt.timedelta(minutes=80))
    send_waiting()
    second = to(cast.director, list(mail.outbox))[1]
    assert "возвращён" in second.body and "новых поручени" not in second.body


def test_a_corrected_calendar_moves_effective_days_and_leaves_the_printed_ones(cast: Cast, document: Document) -> None:
    due = dt.date(2026, 3, 20)
    Assignment.objects.update(due=due, effective_due=due)
    School.objects.filter(organization=cast.neighbour).update(six_day_week=True)
    set_calendar_day(by=cast.admin, authority=cast.authority, day=due, working=False, name="День района")
    assert recount_changed() == Assignment.objects.count()
    task = Assignment.objects.filter(organization=cast.school).first()
    assert task and (task.due, task.effective_due) == (due, dt.date(2026, 3, 19))
    assert task.events.filter(kind="действующий срок пересчитан").exists()
    assert recount_changed() == 0


def test_a_six_day_school_works_on_the_saturday_the_others_rest(cast: Cast, document: Document) -> None:
    School.objects.filter(organization=cast.neighbour).update(six_day_week=True)
    saturday = dt.date(2026, 3, 21)
    Assignment.objects.update(due=saturday, effective_due=saturday)
    transfer_day_off(by=cast.admin, authority=cast.authority, source=dt.date(2026, 3, 29), target=dt.date(2026, 3, 30))
    recount_changed()
    days = {
        o: set(Assignment.objects.filter(organization=o).values_list("effective_due", flat=True))
        for o in (cast.school, cast.neighbour)
    }
    assert days == {cast.school: {dt.date(2026, 3, 20)}, cast.neighbour: {saturday}}


def test_a_closed_account_and_a_refused_address_get_no_letter(cast: Cast, document: Document) -> None:
    User.objects.filter(pk=cast.director.pk).update(email_refused=True)
    User.objects.filter(pk=cast.neighbour_director.pk).update(is_active=False)
    Assignment.objects.update(effective_due=TUESDAY.date())
    letters = morning()
    assert to(cast.director, letters) == [] and to(cast.neighbour_director, letters) == []
    assert cast.director.notifications.filter(kind="morning").exists()
    assert not Message.objects.filter(state=MessageState.WAITING, kind=MessageKind.DIGEST).exists()
