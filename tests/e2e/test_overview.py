"""The head at a browser: the board, a figure, its list, a task; the matrix by the keyboard; a question for the next protocol."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from decisions.models import Document
from tests import cast as casting
from tests.decisions.test_life import sent
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_the_head_goes_from_the_board_to_a_task_and_puts_the_question_on_the_agenda(
    visit: Callable[..., Visitor],
) -> None:
    cast = casting.build()
    document = sent(cast)
    head = visit(cast.head)
    page = head.open("/control/")
    page.get_by_role("row", name=re.compile("СОШ № 2")).get_by_role("link", name=re.compile("просрочено")).click()
    expect(page.get_by_label("Состояние")).to_have_value("overdue")
    expect(page.locator("tbody tr")).to_have_count(3)
    page.locator("tbody tr a").first.click()
    expect(page.get_by_text("СОШ № 2").first).to_be_visible()

    page = head.open(f"/documents/{document.pk}/matrix/")
    page.locator("td[data-k]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-matrix-said]")).to_contain_text("СОШ № 1, пункт 2.1: просрочено")
    page.get_by_role("button", name="Отметить клетки").click()
    page.locator("td[data-k]").nth(1).click()
    expect(page.locator("td.picked")).to_have_count(1)
    page.get_by_role("button", name="Отметить клетки").click()
    page.locator("td[data-k]").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/tasks/\d+/"))

    page = head.open(f"/documents/{document.pk}/progress/")
    note = page.request.get(f"{head.base}/documents/{document.pk}/progress.pdf")
    assert note.body().startswith(b"%PDF-")
    page.get_by_label("Предложение по пункту 2.1").select_option("close")
    page.get_by_role("button", name="Внести вопрос в повестку").click()
    expect(page.get_by_text("Снять с контроля пункт 2.1 протокола № 4").first).to_be_visible()
    assert Document.objects.exclude(pk=document.pk).get().agenda.count() == 1
