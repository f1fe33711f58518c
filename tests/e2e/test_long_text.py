"""Two hundred pages pasted into an answer: nothing is cut in silence, it is said how much fits, and only then it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from decisions.models import Assignment, ExecutionReport
from tests.cast import Cast
from tests.decisions.test_life import sent
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_pasted_text_that_does_not_fit_stays_whole_and_is_not_sent(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = sent(cast)
    task = Assignment.objects.get(document=document, organization=cast.school, clause__number="2.1")
    page = visit(cast.director, width=360).open(f"/documents/{document.pk}/answer/?task={task.pk}")
    field, long = page.get_by_label("Что сделано"), "Слово о работе школы. " * 25_000
    field.evaluate(
        "(field, text) => { field.focus(); field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }",
        long,
    )
    expect(page.get_by_text("Слишком длинно", exact=False)).to_contain_text("помещается 8\u00a0000")
    page.get_by_role("button", name="Отправить на проверку").click()
    assert field.input_value() == long and not ExecutionReport.objects.filter(state="sent").exists()
    field.fill("Итоги рассмотрены.\n" * 400)
    expect(page.get_by_text("Слишком длинно", exact=False)).to_have_count(0)
    page.get_by_role("button", name="Отправить на проверку").click()
    expect(page.get_by_text("Ответ отправлен", exact=False)).to_be_visible()
