"""The life of a paper by browser: entered with terms that have passed; addressed to a group but one; mended after it was sent.
Printed, signed, scanned, registered, sent, read: the journey of the note in `test_circle`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from config import clock
from decisions.actions import editing
from decisions.actions.intake import start_empty
from decisions.models import Assignment, Document
from tests.cast import Cast
from tests.decisions.test_life import sent, settled, taken
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def ready_to_sign(cast: Cast) -> Document:
    """A protocol prepared here, with one clause for one school."""
    document = start_empty(by=cast.methodist, authority=cast.authority, kind="protocol", meeting="совещание директоров")
    clause = document.clauses.get()
    editing.set_text(by=cast.methodist, clause=clause, text="Провести собрания до 1 мая.", version=clause.version)
    party = editing.Party("СОШ № 1", "school", organization=cast.school)
    editing.set_parties(by=cast.methodist, clauses=[clause], parties=[party])
    return settled(cast, document)


@pytest.mark.parametrize(("past", "state", "tasks"), [("в архив", "archived", False), ("на контроль", "sent", True)])
def test_a_paper_whose_terms_have_passed_goes_where_it_is_told(
    cast: Cast, visit: Callable[..., Visitor], past: str, state: str, tasks: bool
) -> None:
    text = "\n".join(
        (
            "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ",
            "ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА",
            "ПРОТОКОЛ № 9",
            "совещания руководителей общеобразовательных организаций",
            "от 10.03.2021",
            "РЕШИЛИ:",
            "1. Руководителям общеобразовательных организаций рассмотреть итоги до 1 апреля 2021 года.",
            "Председатель                                  Т.И. Воронцова",
        )
    )
    document = settled(cast, taken(cast, text))
    page = visit(cast.methodist).open(f"/documents/{document.pk}/send/")
    page.get_by_label(past, exact=False).check()
    page.get_by_role("button", name="Зарегистрировать и разослать").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Протокол № 9")
    expect(page.get_by_role("button", name="Зарегистрировать и разослать")).to_have_count(0)
    document.refresh_from_db()
    assert (document.state, Assignment.objects.filter(document=document).exists()) == (state, tasks)


def test_a_group_but_one_school_gets_the_tasks(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = ready_to_sign(cast)
    visitor = visit(cast.methodist)
    page = visitor.open(f"/documents/{document.pk}/review/")
    page.locator("[data-clause]").first.get_by_role("button", name="Изменить пункт").click()
    parties = page.locator("[data-editor] [data-party-list]")
    for box in parties.locator("input[name=party]:checked").all():
        box.uncheck()
    parties.get_by_label("Все общеобразовательные организации").first.check()
    parties.locator(".party-line", has_text="СОШ № 2").get_by_label("кроме").check()
    page.get_by_role("button", name="Сохранить исполнителей").click()
    expect(page.locator("[data-editor]")).to_have_count(0)
    page = visitor.open(f"/documents/{document.pk}/send/")
    expect(page.locator(".org-counts")).to_contain_text("СОШ № 1")
    expect(page.locator(".org-counts")).to_contain_text("ООШ с. Ключи")
    expect(page.locator(".org-counts")).not_to_contain_text("СОШ № 2")


def test_a_reading_is_mended_after_sending_with_its_reason(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = sent(cast)
    cast.director.notifications.all().delete()
    clause = document.clauses.get(number="2.2")
    visitor = visit(cast.methodist)
    page = visitor.open(f"/documents/{document.pk}/")
    page.get_by_role("link", name="Исправить, как прочитан пункт 2.2").click()
    term = page.locator("form", has=page.get_by_role("button", name="Исправить срок"))
    day = clock.today() + dt.timedelta(days=40)
    term.get_by_label("к дате").check()
    term.get_by_label("Дата", exact=True).fill(day.isoformat())
    term.get_by_label("Почему исправлено").fill("Срок прочитан неверно")
    term.get_by_role("button", name="Исправить срок").click()
    expect(page.get_by_text("Исправлено.", exact=False)).to_be_visible()
    task = Assignment.objects.get(document=document, organization=cast.school, clause=clause)
    assert task.due == day
    page = visitor.open(f"/clauses/{clause.pk}/mend/")
    people = page.locator("form", has=page.get_by_role("button", name="Исправить исполнителей"))
    for box in people.locator("input[name=party]:checked").all():
        box.uncheck()
    people.locator(".party-line", has_text="СОШ № 1").locator("input[name=party]").first.check()
    people.get_by_label("Почему исправлено").fill("Пункт только для первой школы")
    people.get_by_role("button", name="Исправить исполнителей").click()
    expect(page.get_by_text("Исправлено.", exact=False)).to_be_visible()
    live = Assignment.objects.filter(document=document, clause=clause).exclude(state="cancelled")
    assert [str(one.organization) for one in live] == ["СОШ № 1"]
    page.get_by_text("Печатный документ: 3 редакции").click()
    expect(page.get_by_text("Срок прочитан неверно").first).to_be_visible()
    assert cast.director.notifications.filter(kind="reading.mended").count() == 1
    assert cast.neighbour_director.notifications.filter(kind="reading.mended").count() == 1
