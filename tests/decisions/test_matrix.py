"""The matrix of a protocol of sixty clauses for three hundred schools: its size, its questions to the database, its filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config import clock
from decisions.enums import DocumentKind
from decisions.matrix import Wanted, matrix_of
from decisions.models import Assignment, Clause, Document
from decisions.standing import LABELS, condition, day_of
from mentoring.actions.papers import Step, live_document
from reports.board import KEYS, board_of
from schools.models import Organization, User
from tests.cast import Cast
from tests.decisions.test_life import sent

pytestmark = pytest.mark.django_db

CLAUSES, SCHOOLS = 60, 300


def big(cast: Cast) -> Document:
    """A sent protocol with a task in each of 18,000 cells, of every state."""
    document = sent(cast)
    document.assignments.all().delete()
    today = clock.today()
    schools = Organization.objects.bulk_create(
        Organization(
            kind="school",
            parent=cast.authority,
            authority=cast.authority,
            name=f"МБОУ СОШ № {n} п. Дальний",
            sort_key=f"{n:06}",
        )
        for n in range(1, SCHOOLS + 1)
    )
    clauses = Clause.objects.bulk_create(
        Clause(
            document=document, path=f"x{n}", number=f"{n}", position=n * 10, text=f"Провести мероприятие № {n}. " * 5
        )
        for n in range(1, CLAUSES + 1)
    )
    states = ("assigned", "in_work", "returned", "on_check", "done")
    Assignment.objects.bulk_create(
        Assignment(
            authority=cast.authority,
            document=document,
            clause=clause,
            organization=school,
            state=(state := states[(i + j) % len(states)]),
            due=today + dt.timedelta(days=(i % 7) - 3),
            effective_due=today + dt.timedelta(days=(i % 7) - 3),
            answered_on=today if state in ("on_check", "done") else None,
        )
        for i, clause in enumerate(clauses)
        for j, school in enumerate(schools)
    )
    return document


def test_eighteen_thousand_cells_are_one_light_page(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = big(cast)
    client = as_user(cast.methodist)
    url = reverse("decisions:matrix_detail", args=[document.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        page = client.get(url)
    assert page.content.count(b" data-k=") == CLAUSES * SCHOOLS
    assert len(page.content) < 1_500_000
    assert len(seen) <= 15
    late = client.get(url, {"late": "1", "clause": "0"})
    assert late.status_code == 200 and b"data-k=" not in late.content
    printed = client.get(reverse("decisions:matrix_print", args=[document.pk]))
    assert printed.content.count(b'<table class="print-matrix"') == 13  # 300 schools, 24 a page


def test_filters_leave_what_matches_and_totals_count_all(cast: Cast) -> None:
    document = sent(cast)
    today = dt.date(2026, 4, 2)  # the day after the term of 2.1
    late = matrix_of(cast.methodist, document, today, Wanted(mark="bad"))
    assert [row.clause.number for row in late.rows] == ["2.1"]
    assert [(row.done, row.given) for row in late.rows] == [(0, 3)]
    assert late.foot == [(0, 1, 3), (0, 1, 4), (0, 1, 4)]  # ООШ с. Ключи, СОШ № 1, СОШ № 2: all their tasks
    one = matrix_of(cast.methodist, document, today, Wanted(members=frozenset({cast.third.pk})))
    assert [o.name for o in one.across] == ["ООШ с. Ключи"]


@pytest.mark.parametrize(
    "query", ["state=bad", "state=nonsense", "clause=9999999999999999999999", "group=x", "late=1&state=ok", "clause=-1"]
)
def test_any_filter_gives_a_page(cast: Cast, as_user: Callable[[User], Client], query: str) -> None:
    document = sent(cast)
    url = reverse("decisions:matrix_detail", args=[document.pk])
    assert as_user(cast.methodist).get(f"{url}?{query}").status_code == 200


def test_every_figure_of_the_board_opens_the_list_it_counted(cast: Cast, as_user: Callable[[User], Client]) -> None:
    sent(cast)
    today = clock.today(cast.authority.zone)
    live_document(
        by=cast.methodist,
        kind=DocumentKind.VISIT,
        title="Договорились при визите",
        school=cast.school,
        day=today,
        groups=[("", [Step("Провести консультации", today + dt.timedelta(days=7))])],
        checker=cast.methodist,
    )
    client = as_user(cast.head)
    board = board_of([cast.authority], day_of(cast.authority))
    assert board.totals["overdue"].number > 0
    lines = [*board.schools, *board.documents, *board.journals]
    figures = [*board.totals.values(), *(f for line in lines for f in line.figures), *(s.figure for s in board.strip)]
    for figure in figures:
        if figure.url:
            page = client.get(figure.url)
            assert page.context["page"].paginator.count == figure.number, figure.url
    assert [line.name for line in board.journals] == ["Договорённости визитов", "Протоколы без журнала"]
    assert [line.name for line in board.schools] == ["ООШ с. Ключи", "СОШ № 1", "СОШ № 2"]
    assert set(KEYS) <= set(LABELS)
    assert all(condition(key, day_of(cast.authority)) is not None for key in LABELS)
