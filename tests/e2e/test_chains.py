"""The way of an order from the region to a school and back, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from decisions.models import Assignment, Document
from tests.areas.chains import ministry_methodist, regional_order
from tests.cast import Cast
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_regional_order_goes_down_to_schools_and_comes_back_rolled_up(
    cast: Cast, visit: Callable[..., Visitor]
) -> None:
    higher = regional_order(cast, tasks=1)
    office = visit(cast.methodist)
    page = office.open("/")
    page.get_by_role("link", name="Поручения нам").first.click()
    page.get_by_role("link", name="Издать приказ по пункту 1").click()
    expect(page.get_by_label("Срок школам")).not_to_have_value("")
    page.get_by_label("Срок школам").fill("2099-03-02")  # later than the region's day: said before sending
    page.get_by_role("button", name="Составить приказ").click()
    expect(page.get_by_role("heading", name="В документе", exact=False)).to_be_visible()

    page.get_by_role("link", name="На подписание").click()
    expect(page.get_by_text("позже срока поручения")).to_be_visible()
    page.get_by_role("button", name="Передать на подписание").click()
    page.get_by_label("Кто подписал").fill("Воронцова Т.И.")
    page.get_by_role("button", name="Отметить подписание").click()
    page.get_by_role("button", name="Зарегистрировать").click()
    page.get_by_role("link", name="Разослать").click()
    page.get_by_role("button", name="Разослать").click()
    expect(page.get_by_text("создано 3\u00a0поручения")).to_be_visible()
    expect(page.get_by_text("Во исполнение:").first).to_be_visible()
    order = Document.objects.get(in_pursuance_of=higher)

    task = Assignment.objects.get(document=order, organization=cast.school)
    school = visit(cast.director, width=360).open(f"/documents/{order.pk}/answer/?task={task.pk}")
    school.get_by_label("Что сделано").fill("Экзамен проведён.")
    school.get_by_role("button", name="Отправить на проверку").click()
    expect(school.get_by_text("Ответ отправлен")).to_be_visible()

    queue = office.open("/answers/")
    queue.get_by_role("button", name="Принять").first.click()
    expect(queue.get_by_text("Принято: 1")).to_be_visible()
    page = office.open("/tasks/to-us/")
    expect(page.get_by_text("исполнено школами 1 из 3")).to_be_visible()
    page.get_by_role("link", name="Ответить по пункту 1").click()
    expect(page.get_by_label("Что сделано")).to_have_value(f"{order.short_title}. Исполнено: 1 из 3 школ.")
    page.get_by_role("button", name="Отправить на проверку").click()
    expect(page.get_by_text("Ответ отправлен")).to_be_visible()

    region = visit(ministry_methodist(cast)).open(f"/documents/{higher.pk}/")
    region.get_by_role("link", name="Как исполняют ниже").click()
    expect(region.get_by_text("исполнено школами 1 из 3")).to_be_visible()
    expect(region.get_by_text("на проверке").first).to_be_visible()
