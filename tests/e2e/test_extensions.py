"""A director asks to prolong two terms on a telephone; the head grants one to another day and refuses the other; both are seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from decisions.models import Assignment
from tests.areas.control import future, with_day
from tests.cast import Cast
from tests.decisions.test_extensions import working
from tests.decisions.test_life import sent
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_an_extension_from_the_telephone_to_the_printed_history(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = sent(cast)
    tasks = {
        number: with_day(Assignment.objects.get(document=document, organization=cast.school, clause__number=number))
        for number in ("2.1", "3.1")
    }
    director = visit(cast.director, width=360)
    page = director.open(f"/tasks/{tasks['2.1'].pk}/")
    page.get_by_role("link", name="Попросить продлить срок").click()
    page.get_by_role("checkbox", name="Изучить опыт", exact=False).check()
    page.get_by_label("До какого числа продлить").fill(future(60).isoformat())
    page.get_by_label("Почему нужно продлить").fill("Идёт ремонт актового зала.")
    page.get_by_role("button", name="Отправить просьбу").click()
    expect(page.get_by_text("Просьба отправлена начальнику управления: 2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    tasks["2.1"].refresh_from_db()
    assert tasks["2.1"].first_seen_at is not None

    head = visit(cast.head)
    page = head.open("/")
    expect(page.get_by_role("heading", name="Просят продлить срок")).to_be_visible()
    page = head.open("/extensions/")
    day = working(future(40))
    page.get_by_role("checkbox", name="п. 2.1", exact=False).check()
    page.get_by_label("Другая дата", exact=False).fill(day.isoformat())
    page.get_by_role("button", name="Согласовать другую дату").click()
    expect(page.get_by_text("Срок продлён: 1")).to_be_visible()
    page.get_by_label("Пояснение школе", exact=False).fill("Опыт можно изучить без зала.")
    page.get_by_role("button", name="Отказать").click()
    expect(page.get_by_text("В продлении отказано: 1")).to_be_visible()

    page = director.open("/extensions/?tab=decided")
    expect(page.get_by_text("согласовано на другую дату")).to_be_visible()
    expect(page.get_by_text("Опыт можно изучить без зала.")).to_be_visible()
    page = director.open(f"/tasks/{tasks['2.1'].pk}/")
    expect(page.locator("#dates")).to_contain_text(f"{day:%d.%m.%Y}")
    matrix = head.open(f"/documents/{document.pk}/matrix/")
    matrix.emulate_media(media="print")
    expect(matrix.locator("#dates")).to_contain_text("Идёт ремонт актового зала")
    expect(matrix.locator("#dates")).to_contain_text(f"{day:%d.%m.%Y}")
