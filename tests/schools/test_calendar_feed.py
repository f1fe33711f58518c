"""The personal calendar: read by a secret, parsed back, neutral, closed when renewed; the year's calendar; the sender's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from config import clock
from decisions.enums import Circulation
from decisions.models import Assignment, Document
from schools.actions.addresses import renew_address, revoke_address
from schools.actions.messages import send_again
from schools.enums import MessageKind, MessageState
from schools.models import CalendarAddress, CalendarDay, Heartbeat, Message, ReminderPlan, User
from tests.cast import Cast
from tests.decisions.test_life import sent


def feed(secret: str, **headers: str) -> object:
    return Client().get(reverse("schools:calendar_feed", args=[secret]), headers=headers)


def test_a_calendar_is_read_by_its_secret_and_names_no_school(cast: Cast) -> None:
    document = sent(cast)
    Document.objects.filter(pk=document.pk).update(circulation=Circulation.EXCERPT)
    due = clock.today() + dt.timedelta(days=5)
    Assignment.objects.update(effective_due=None)
    task = Assignment.objects.get(organization=cast.school, clause__number="3.1")
    Assignment.objects.filter(pk=task.pk).update(effective_due=due)
    secret = renew_address(by=cast.director)
    answer = feed(secret)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"  # type: ignore[index]
    assert "private" in answer["Cache-Control"]  # type: ignore[index]
    whole = Calendar.from_ical(answer.content)  # type: ignore[attr-defined]
    assert (
        whole["METHOD"] == "PUBLISH"
        and whole["X-WR-CALNAME"]
        and whole["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    )
    (event,) = whole.walk("VEVENT")
    assert event["SUMMARY"] == "Срок по протоколу № 4, п. 3.1"
    assert event["DTSTART"].dt == due and event["DTSTART"].params["VALUE"] == "DATE"
    assert event["UID"].startswith(f"task-{task.pk}@") and event["DTSTAMP"].dt.tzinfo is not None
    assert event["URL"].endswith(reverse("decisions:task_detail", args=[task.pk]))
    assert "СОШ" not in answer.content.decode()  # type: ignore[attr-defined]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))  # type: ignore[attr-defined]
    etag = answer["ETag"]  # type: ignore[index]
    assert feed(secret, if_none_match=etag).status_code == 304  # type: ignore[attr-defined]
    Assignment.objects.filter(pk=task.pk).update(state="done", answered_on=clock.today())
    assert not list(Calendar.from_ical(feed(secret).content).walk("VEVENT"))  # type: ignore[attr-defined]


def test_an_unknown_renewed_revoked_or_closed_address_is_not_found(cast: Cast) -> None:
    first = renew_address(by=cast.director)
    second = renew_address(by=cast.director)
    assert feed("nothing").status_code == feed(first).status_code == 404  # type: ignore[attr-defined]
    assert feed(second).status_code == 200  # type: ignore[attr-defined]
    assert not CalendarAddress.objects.filter(secret_hash__in=[first, second]).exists()
    User.objects.filter(pk=cast.director.pk).update(is_active=False)
    assert feed(second).status_code == 404  # type: ignore[attr-defined]
    User.objects.filter(pk=cast.director.pk).update(is_active=True)
    assert revoke_address(by=cast.director) and not revoke_address(by=cast.director)
    assert feed(second).status_code == 404  # type: ignore[attr-defined]


def test_a_calendar_asked_for_too_often_is_refused_for_an_hour(cast: Cast) -> None:
    secret = renew_address(by=cast.director)
    codes = {feed(secret).status_code for _ in range(121)}  # type: ignore[attr-defined]
    assert codes == {200, 429}


def test_the_secret_is_shown_once_and_by_sending_a_form_only(cast: Cast, as_user: Callable[[User], Client]) -> None:
    client = as_user(cast.director)
    shown = client.post(reverse("schools:calendar_address_renew")).content.decode()
    assert ".ics" in shown
    assert ".ics" not in client.get(reverse("schools:calendar_address")).content.decode()


def test_a_year_without_transfers_says_so_until_a_person_confirms_it(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    client = as_user(cast.admin)
    page = reverse("schools:calendar_day_list") + "?year=2040"
    assert "не загружены" in client.get(page).content.decode()
    client.post(reverse("schools:calendar_transfer"), {"source": "2040-01-07", "target": "2040-12-31"})
    assert not CalendarDay.objects.get(day=dt.date(2040, 12, 31)).working
    assert not CalendarDay.objects.filter(day=dt.date(2040, 1, 7)).exists()  # a holiday stays a day off
    client.post(reverse("schools:calendar_confirm"), {"year": "2040"})
    after = client.get(page).content.decode()
    assert "внесены вручную" in after and "не загружены" not in after
    for rubbish in ("0", "99999", "abc", "2026%00", "-5"):
        assert client.get(reverse("schools:calendar_day_list"), {"year": rubbish}).status_code in (200, 400)


def test_a_plan_of_reminders_is_kept_and_rubbish_is_explained(cast: Cast, as_user: Callable[[User], Client]) -> None:
    client = as_user(cast.head)
    url = reverse("schools:plan_edit")
    good = {
        "days_before": "5, 2",
        "on_day": "on",
        "days_after": "1",
        "weeks": "4",
        "digest_time": "08:00",
        "checker_days": "2",
        "deputy_days": "5",
        "head_days": "9",
        "briefing": "on",
        "briefing_day": "0",
        "briefing_time": "07:30",
        "summary_day": "4",
        "secretary_days": "2",
    }
    assert client.post(url, good).status_code == 302
    plan = ReminderPlan.objects.get(authority=cast.authority)
    assert (plan.before, plan.after, plan.weeks, plan.summary) == ((5, 2), (1,), 4, False)
    for name, value, said in (
        ("days_before", "семь", "не число дней"),
        ("days_before", "700", "от 1 до 60"),
        ("head_days", "1", "дни должны расти"),
        ("weeks", "90", "52"),
    ):
        answer = client.post(url, good | {name: value})
        assert answer.status_code == 422 and said in answer.content.decode()


def test_a_silent_scheduler_is_told_to_the_office_and_not_to_schools(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    Heartbeat.objects.create(name="letters", last_run=clock.now() - dt.timedelta(hours=2))
    cache.clear()
    said = "Письма и напоминания не отправляются"
    for person, told in ((cast.admin, True), (cast.methodist, True), (cast.head, True), (cast.director, False)):
        assert (said in as_user(person).get(reverse("reports:home"), follow=True).content.decode()) is told
    Heartbeat.objects.update(last_run=clock.now())
    cache.clear()
    assert said not in as_user(cast.head).get(reverse("reports:home")).content.decode()


def test_a_doubtful_daily_letter_sent_again_is_composed_anew(cast: Cast) -> None:
    row = Message.objects.create(
        user=cast.director,
        kind=MessageKind.DIGEST,
        day=clock.today() - dt.timedelta(days=2),
        to="a@example.org",
        text="Старое",
        state=MessageState.UNKNOWN,
    )
    send_again(by=cast.admin, message=row)
    row.refresh_from_db()
    assert (row.state, row.text, row.day) == (MessageState.WAITING, "", clock.today())
