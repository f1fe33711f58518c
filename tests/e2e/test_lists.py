"""Low-result lists by browser: computed, compared with the received one, approved; the school sees only itself; «в решение»."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from config import clock
from decisions.actions import registration
from decisions.models import Assignment, Document
from monitoring import sums
from monitoring.models import LowResultsList
from tests.areas.lists import low_school, received_list
from tests.cast import Cast
from tests.decisions.test_life import settled
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_list_is_computed_compared_approved_and_its_schools_go_into_a_decision(
    cast: Cast, visit: Callable[..., Visitor]
) -> None:
    sums.forget()
    low_school(cast.school)
    low_school(cast.neighbour, low=10)
    low_school(cast.third, low=3)
    received = received_list(cast, cast.school)

    # the forecast with its reasons, and what another threshold would change
    office = visit(cast.methodist)
    page = office.open("/lists/forecast/")
    expect(page.get_by_role("heading", name="В прогнозе: 2 школы")).to_be_visible()
    expect(page.locator(".listed").first).to_contain_text("12 из 30")
    page.get_by_text("Что если изменить правила").click()
    page.get_by_label(re.compile("Порог")).fill("35")
    page.get_by_role("button", name="Пересчитать, не сохраняя").click()
    expect(page.get_by_role("heading", name="Что изменится: было 2 школы, станет 1")).to_be_visible()
    expect(page.locator(".whatif-change")).to_contain_text("СОШ № 2")
    page.get_by_role("link", name="Вернуть правила набора").click()
    page.get_by_role("button", name="Сохранить проектом").click()
    expect(page.get_by_role("heading", name="Школы", exact=True)).to_be_visible()
    draft = LowResultsList.objects.get(kind="forecast")
    expect(page.get_by_role("button", name="Утвердить")).to_have_count(0)

    # beside the received list: who is in both, who is only ours
    page = office.open(f"/lists/{received.pk}/compare/")
    cards = page.locator("section.card")
    for at, (heading, school) in enumerate(
        [
            ("И там, и здесь: 1", "СОШ № 1"),
            ("Только в полученном: 0", "Таких школ нет"),
            ("Только в прогнозе: 1", "СОШ № 2"),
        ]
    ):
        expect(cards.nth(at).get_by_role("heading")).to_have_text(heading)
        expect(cards.nth(at)).to_contain_text(school)

    # the head approves
    desk = visit(cast.head).open(f"/lists/{draft.pk}/")
    desk.get_by_role("button", name="Утвердить").click()
    desk.locator("dialog[open] [data-confirm-yes]").click()
    expect(desk.get_by_text("Перечень утверждён.")).to_be_visible()

    # from the list to a registered protocol
    page = office.open(f"/lists/{draft.pk}/")
    page.get_by_role("button", name="Отмеченные — в решение").click()
    expect(page.get_by_text("школа увидит только свой пункт и своё основание")).to_be_visible()
    page.locator("#id_text").fill("Представить план мер до 1 октября 2027 года.")
    page.get_by_role("button", name="Добавить пункт").click()
    page.wait_for_url(re.compile(r"/documents/\d+/review/"))
    document = settled(cast, Document.objects.get())
    registration.send_to_sign(by=cast.methodist, document=document)
    registration.mark_signed(by=cast.methodist, document=document, signed_on=clock.today(), signed_by="Т.И. Воронцова")
    registration.register(by=cast.methodist, document=document)
    page = office.open(f"/documents/{document.pk}/send/")
    page.get_by_role("button", name="Разослать").click()
    expect(page.get_by_text("разослан").first).to_be_visible()
    tasks = {task.organization_id: task for task in Assignment.objects.all()}
    assert set(tasks) == {cast.school.pk, cast.neighbour.pk}

    # a school sees its own figures as the ground, its own history, and no list
    school = visit(cast.director, width=360)
    phone = school.open(f"/tasks/{tasks[cast.school.pk].pk}/")
    expect(phone.locator("main")).to_contain_text("12 из 30")
    for words in ("10 из 30", "СОШ № 2"):
        expect(phone.locator("main")).not_to_contain_text(words)
    phone = school.open(f"/organizations/{cast.school.pk}/")
    expect(phone.get_by_text("Прогноз управления: 2025/2026")).to_be_visible()
    expect(phone.locator("main")).not_to_contain_text("СОШ № 2")
    for path in (
        f"/lists/{draft.pk}/",
        f"/lists/{draft.pk}/xlsx/",
        "/lists/forecast/",
        f"/lists/schools/{cast.neighbour.pk}/",
    ):
        assert phone.request.get(school.base + path).status in (403, 404), path
    log = visit(cast.head).open("/lists/log/").locator("main").inner_text()
    assert "смотрел перечень" in log and "сравнивал перечень с прогнозом" in log and "готовил пункт решения" in log
