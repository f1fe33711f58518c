"""The start page of the administrator, and whose page it is for a person who works in one school and helps another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from config import clock
from schools.enums import MessageKind, MessageState, Role
from schools.models import CalendarYear, Membership, Message, User
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def start_page(client: Client) -> str:
    return client.get(reverse("reports:home")).content.decode().replace("\u00a0", " ")


def test_the_administrator_is_told_what_waits_and_is_led_there(
    cast: Cast, as_user: Callable[[User], Client], settings: pytest.FixtureRequest
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    Message.objects.create(
        user=cast.director,
        authority=cast.authority,
        kind=MessageKind.INVITATION,
        day=clock.today(),
        state=MessageState.FAILED,
    )
    cast.neighbour_director.email_refused = True
    cast.neighbour_director.save()
    cast.director.set_unusable_password()
    cast.director.save()
    page = start_page(as_user(cast.admin))
    for words, address in (
        ("1 письмо не отправлено", reverse("schools:message_list") + "?state=failed"),
        ("1 директор ещё не вошёл в программу", reverse("schools:code_list")),
        ("1 школа без директора в программе", reverse("schools:organization_list") + "?state=alone"),  # the third
        ("У 1 сотрудника почта не принимает письма", reverse("schools:person_list") + "?account=refused"),
    ):
        assert words in page and address in page
    alone = as_user(cast.admin).get(reverse("schools:organization_list"), {"state": "alone"}).content.decode()
    assert cast.third.name in alone and cast.school.name not in alone


def test_a_year_without_transfers_is_named_from_october_and_until_it_is_confirmed(
    cast: Cast, as_user: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda zone="": dt.date(2049, 9, 30))
    assert "2050" not in start_page(as_user(cast.admin))
    monkeypatch.setattr(clock, "today", lambda zone="": dt.date(2049, 10, 1))
    assert "Переносы выходных 2050 года не внесены" in start_page(as_user(cast.admin))
    CalendarYear.objects.create(authority=cast.authority, year=2050, confirmed_by=cast.admin)
    assert "2050" not in start_page(as_user(cast.admin))


def test_who_works_in_one_school_and_helps_another_begins_in_the_own_one(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    Membership.objects.create(user=cast.curator, role=Role.DIRECTOR, organization=cast.third)
    page = start_page(as_user(cast.curator))
    head = page[: page.index("<main")]
    assert "директор" in head and cast.third.name in head
