"""Coming in: invitations, one-time codes, reset, and a log-in limited by the pair of name and address."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from schools.actions.invitations import invite, issue_codes
from schools.enums import Role
from schools.models import Position, User
from tests.cast import PASSWORD, Cast, user

NEW = "новый-надёжный-пароль-7"


def set_password(client: Client, url: str) -> Any:
    return client.post(url, {"new_password1": NEW, "new_password2": NEW}, follow=True)


def test_an_invitation_opens_once_and_sets_the_password(cast: Cast) -> None:
    newcomer = user("novyy", Role.DIRECTOR, cast.third, "Новиков Олег Ильич", "директор", head=True)
    path = invite(by=cast.admin, user=newcomer)
    client = Client()
    assert client.get(path).status_code == 200
    assert set_password(client, path).wsgi_request.user == newcomer
    assert Client().get(path).status_code == 410
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)


def test_printed_codes_let_every_waiting_director_in_once(cast: Cast) -> None:
    newcomer = user("novyy", Role.DIRECTOR, cast.third, "Новиков Олег Ильич", "директор", head=True)
    newcomer.set_unusable_password()
    newcomer.save()
    codes = issue_codes(by=cast.admin, authority=cast.authority)
    assert [one.user for one in codes] == [newcomer]
    client = Client()
    page = client.post(reverse("schools:code_enter"), {"code": codes[0].code})
    assert page.status_code == 302
    assert set_password(client, page["Location"]).wsgi_request.user == newcomer
    assert Client().post(reverse("schools:code_enter"), {"code": codes[0].code}).status_code == 422


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(cast: Cast) -> None:
    known = Client().post(reverse("schools:password_reset"), {"name": cast.director.username}, follow=True)
    unknown = Client().post(reverse("schools:password_reset"), {"name": "нет такого"}, follow=True)
    strip = lambda page: re.sub(r'value="[^"]*"|content="[^"]*"', "", page.content.decode())  # noqa: E731
    assert strip(known) == strip(unknown)


def test_guessing_one_name_does_not_lock_the_district_behind_the_same_address(cast: Cast, settings: Any) -> None:
    settings.AXES_ENABLED = True
    address = reverse("schools:login")
    for _ in range(12):
        last = Client().post(address, {"username": cast.director.username, "password": "не тот"})
    assert last.status_code in (403, 429)
    other = Client().post(address, {"username": cast.methodist.username, "password": PASSWORD})
    assert other.status_code == 302


def test_an_acting_head_names_the_order(cast: Cast) -> None:
    acting = Position(
        person=cast.neighbour_director.person,
        organization=cast.school,
        title="и.о. директора",
        is_head=True,
        acting=True,
    )
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        acting.full_clean()
        acting.save()


def test_a_closed_account_does_not_come_in(cast: Cast, as_user: Callable[[User], Client]) -> None:
    page = as_user(cast.admin).post(reverse("schools:account_close", args=[cast.director.person_id]), follow=True)
    assert page.status_code == 200
    answer = Client().post(reverse("schools:login"), {"username": cast.director.username, "password": PASSWORD})
    assert answer.status_code == 200


def test_naming_an_acting_head_says_what_is_left_for_a_way_in(cast: Cast, as_user: Callable[[User], Client]) -> None:
    deputy = cast.neighbour_director.person  # has a role in another school and none here
    assert deputy is not None
    said = as_user(cast.admin).post(
        reverse("schools:position_create", args=[deputy.pk]),
        {
            "position-organization": cast.school.pk,
            "position-title": "директор",
            "position-is_head": "on",
            "position-acting": "on",
            "position-basis": "приказ от 01.03.2026 № 14",
        },
        follow=True,
    )
    words = said.content.decode()
    assert "Должность добавлена. Роли здесь ещё нет (СОШ № 1)" in words and "Дать роль" in words


def test_a_code_already_handed_out_is_not_cancelled_by_printing_codes_for_somebody_new(cast: Cast) -> None:
    early = user("early", Role.DIRECTOR, cast.third, "Ранняя Анна Ильинична", "директор", head=True)
    late = user("late", Role.DIRECTOR, cast.neighbour, "Поздняя Вера Ильинична", "директор", head=True)
    for one in (early, late):
        one.set_unusable_password()
        one.save()
    office = Client()
    office.force_login(cast.admin)
    member = {one.pk: one.memberships.get().pk for one in (early, late)}
    [slip] = office.post(reverse("schools:code_list"), {"member": [member[early.pk]]}).context["codes"]

    page = office.get(reverse("schools:code_list"))
    ticked = re.findall(r'name="member" value="(\d+)" checked', page.content.decode())
    assert ticked == [str(member[late.pk])]
    office.post(reverse("schools:code_list"), {"member": ticked})
    assert Client().post(reverse("schools:code_enter"), {"code": slip.code}).status_code == 302
