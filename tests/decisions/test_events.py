"""Terms by the school year and by events: «по итогам I четверти», «ЕГЭ прошёл 28.05»."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.actions import registration
from decisions.actions.events import set_event_day
from decisions.actions.plan import plan_for
from decisions.errors import Refused
from decisions.models import Assignment, Clause, Document, EventDay
from schools.models import School, SchoolTerm, User
from tests.cast import Cast
from tests.decisions.test_life import settled, taken

DAY = dt.date(2026, 3, 10)
PAPER = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ № 8
совещания руководителей общеобразовательных организаций
от 10.03.2026

Председатель: Воронцова Т.И., начальник управления образования

РЕШИЛИ:
1. Руководителям СОШ № 1, СОШ № 2:
1.1. Представить анализ результатов в течение 5 рабочих дней после проведения ЕГЭ.
1.2. Организовать работу лагеря в весенние каникулы.

Председатель                                  Т.И. Воронцова
"""


def paper(cast: Cast) -> Document:
    return settled(cast, taken(cast, PAPER))


def send(cast: Cast, document: Document) -> Document:
    registration.register_paper(by=cast.methodist, document=document, number="8", date=DAY)
    return document


def dues(document: Document, number: str) -> set[dt.date | None]:
    rows = Assignment.objects.filter(document=document, clause__number=number)
    return set(rows.values_list("due", flat=True))


def test_a_proposed_school_year_is_never_taken_silently(cast: Cast) -> None:
    document = send(cast, paper(cast))
    assert Clause.objects.get(document=document, number="1.2").deadline_kind == "event"
    assert dues(document, "1.2") == {None}


def test_an_entered_school_year_gives_the_day_and_says_so_before_sending(cast: Cast) -> None:
    SchoolTerm.objects.create(
        authority=cast.authority, year=2025, kind="spring", start=dt.date(2026, 3, 23), end=dt.date(2026, 3, 31)
    )
    document = paper(cast)
    assert [r.text for r in plan_for(document).hints if "учебному календарю" in r.text] == [
        "«в весенние каникулы» — по учебному календарю до 31.03.2026."
    ]
    send(cast, document)
    assert dues(document, "1.2") == {dt.date(2026, 3, 31)}


def test_the_day_of_an_event_gives_a_term_to_all_who_wait(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = send(cast, paper(cast))
    clause = Clause.objects.get(document=document, number="1.1")
    url = reverse("decisions:event_settle", args=[clause.pk])
    page = as_user(cast.methodist).post(url, {"happened": "28.05.2026"}, follow=True).content.decode()
    # 28.05.2026 is a Thursday; the fifth working day after it is Thursday 04.06
    assert "Срок до 04.06.2026" in page
    assert dues(document, "1.1") == {dt.date(2026, 6, 4)}
    task = Assignment.objects.get(document=document, clause=clause, organization=cast.school)
    assert task.events.last().comment == "Событие 28.05.2026, срок до 04.06.2026"  # type: ignore[union-attr]
    assert cast.director.notifications.filter(kind="task.event_day").count() == 1
    as_user(cast.methodist).post(url, {"happened": "29.05.2026", "due": "10.06.2026"})
    School.objects.filter(organization=cast.neighbour).update(six_day_week=True)
    as_user(cast.methodist).post(url, {"happened": "29.05.2026", "due": "06.06.2026"})  # a Saturday
    days = {row.organization: row.effective_due for row in Assignment.objects.filter(document=document, clause=clause)}
    assert (days[cast.school], days[cast.neighbour]) == (dt.date(2026, 6, 5), dt.date(2026, 6, 6))
    as_user(cast.methodist).post(url, {"happened": "29.05.2026", "due": "10.06.2026"})
    assert dues(document, "1.1") == {dt.date(2026, 6, 10)} and EventDay.objects.get().happened == dt.date(2026, 5, 29)


def test_a_wrong_or_early_day_is_refused_with_words(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = send(cast, paper(cast))
    clause = Clause.objects.get(document=document, number="1.1")
    url = reverse("decisions:event_settle", args=[clause.pk])
    assert "Это не дата" in as_user(cast.methodist).post(url, {"happened": "вчера"}, follow=True).content.decode()
    assert "когда прошло" in as_user(cast.methodist).post(url, {}, follow=True).content.decode()
    with pytest.raises(Refused, match="раньше самого документа"):
        set_event_day(by=cast.methodist, clause=clause, happened=DAY, due=dt.date(2026, 3, 9))
    dated = Clause.objects.exclude(pk=clause.pk).filter(deadline_kind="none", document=document)[0]
    with pytest.raises(Refused, match="не зависит от события"):
        set_event_day(by=cast.methodist, clause=dated, happened=DAY, due=DAY)
    assert dues(document, "1.1") == {None}


def test_the_school_year_is_entered_in_one_form(cast: Cast, as_user: Callable[[User], Client]) -> None:
    url = reverse("schools:school_term_list") + "?year=2026"
    admin = as_user(cast.admin)
    assert "предложено" in admin.get(url).content.decode()
    days = {
        "quarter_1_start": "2026-09-01",
        "quarter_1_end": "2026-10-30",
        "autumn_start": "31.10.2026",
        "autumn_end": "08.11.2026",
    }
    assert admin.post(url, days).status_code == 302
    assert SchoolTerm.objects.filter(authority=cast.authority, year=2026).count() == 2
    bad = admin.post(url, {**days, "autumn_start": "2026-10-25"})
    assert bad.status_code == 422 and "начинается раньше, чем кончается" in bad.content.decode()
    half = admin.post(url, {"quarter_1_start": "2026-09-01"})
    assert half.status_code == 422 and "оба дня" in half.content.decode()
    assert SchoolTerm.objects.filter(authority=cast.authority, year=2026).count() == 2
