"""A curator sees of the schools in care the tasks about the quality of education, and nothing else that the schools owe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.actions import answers, mending, registration
from decisions.actions.editing import set_handling
from decisions.actions.plan import plan_for
from decisions.actions.selections import clause_from_selection
from decisions.models import Assignment, Clause, Document, ExecutionReport
from decisions.views.tasks import elsewhere
from schools.actions.selections import select_schools
from schools.enums import Role
from schools.models import Membership, User
from tests.areas.mentoring import curator_of
from tests.cast import Cast
from tests.decisions.test_life import settled, taken

MIXED = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ
совещания руководителей общеобразовательных организаций
от 02.03.2026 № 9

Председатель: Воронцова Т.И.

РЕШИЛИ:
1. Руководителям общеобразовательных организаций:
1.1. Провести анализ результатов ВПР по математике до 1 апреля 2027 года.
1.2. Провести инструктаж по пожарной безопасности до 15 марта 2027 года.
"""


@pytest.fixture
def mixed(cast: Cast) -> Document:
    curator_of(cast)
    document = settled(cast, taken(cast, MIXED))
    registration.register_paper(by=cast.methodist, document=document, number="9", date=dt.date(2026, 3, 2))
    return document


def seen_by(user: User) -> set[str]:
    again = User.objects.get(pk=user.pk)
    return set(Assignment.objects.visible_to(again).values_list("clause__number", flat=True))


def task_of(cast: Cast, number: str) -> Assignment:
    return Assignment.objects.get(organization=cast.school, clause__number=number)


def test_of_a_mixed_protocol_a_curator_sees_the_clauses_about_quality_only(
    cast: Cast, mixed: Document, as_user: Callable[[User], Client]
) -> None:
    assert (seen_by(cast.curator), seen_by(cast.director)) == ({"1.1"}, {"1.1", "1.2"})
    client = as_user(cast.curator)
    pages = {n: client.get(reverse("decisions:task_detail", args=[task_of(cast, n).pk])) for n in ("1.1", "1.2")}
    assert [page.status_code for page in pages.values()] == [200, 404]
    shown = pages["1.1"].content.decode()
    assert reverse("decisions:document_detail", args=[mixed.pk]) not in shown and "excerpt" not in shown
    for page in (
        reverse("mentoring:school_detail", args=[cast.school.pk]),
        reverse("mentoring:school_sheet", args=[cast.school.pk]),
        reverse("decisions:task_list"),
        reverse("reports:search") + "?q=безопасность",
    ):
        assert "пожарной" not in client.get(page).content.decode(), page


def test_before_sending_it_is_said_which_clauses_curators_will_see(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = settled(cast, taken(cast, MIXED))
    page = as_user(cast.methodist).get(reverse("decisions:document_send", args=[document.pk])).content.decode()
    assert "Кураторы школ увидят: 1 пункт, не увидят: 1" in page.replace("\xa0", " ")
    seen, unseen = plan_for(document).for_curators
    assert ([i.clause.number for i in seen], [i.clause.number for i in unseen]) == (["1.1"], ["1.2"])


def test_a_person_says_otherwise_for_a_clause_or_for_a_whole_heading(cast: Cast) -> None:
    document = settled(cast, taken(cast, MIXED))
    set_handling(by=cast.methodist, clauses=[document.clauses.get(number="1")], changes={"about_quality": True})
    set_handling(by=cast.methodist, clauses=[document.clauses.get(number="1.1")], changes={"about_quality": False})
    seen, unseen = plan_for(document).for_curators
    assert ([i.clause.number for i in seen], [i.clause.number for i in unseen]) == (["1.2"], ["1.1"])


def test_after_sending_who_sees_is_mended_with_a_reason_and_the_paper_stays_as_it_is(
    cast: Cast, mixed: Document, as_user: Callable[[User], Client]
) -> None:
    papers = mixed.parts.count()
    clause = task_of(cast, "1.2").clause
    url = reverse("decisions:clause_mended", args=[clause.pk])
    said = {"what": "quality", "about_quality": "yes"}
    assert "причину" in as_user(cast.methodist).post(url, said, follow=True).content.decode()
    as_user(cast.methodist).post(url, said | {"reason": "Куратор помогает и с этим"})
    assert seen_by(cast.curator) == {"1.1", "1.2"} and mixed.parts.count() == papers
    mending.mend_quality(by=cast.methodist, clause=Clause.objects.get(pk=clause.pk), said=None, reason="Как было")
    assert seen_by(cast.curator) == {"1.1"}


def test_a_heading_about_quality_makes_every_clause_of_the_document_so(cast: Cast) -> None:
    words = MIXED.replace("совещания руководителей", "совещания об итогах ВПР и ОГЭ с участием руководителей")
    assert plan_for(settled(cast, taken(cast, words))).for_curators[1] == []


def test_schools_chosen_by_their_results_make_a_clause_about_quality(cast: Cast) -> None:
    chosen = select_schools(by=cast.methodist, authority=cast.authority, grounds=[(cast.school, "3 из 10")])
    clause = clause_from_selection(by=cast.methodist, selection=chosen, text="Составить план")
    assert clause.about_quality


def test_a_curator_reads_answers_to_what_is_seen_once_they_are_sent(
    cast: Cast, mixed: Document, as_user: Callable[[User], Client]
) -> None:
    both = [task_of(cast, "1.1"), task_of(cast, "1.2")]
    curator = User.objects.get(pk=cast.curator.pk)
    for task in both:
        draft = answers.draft_answer(by=cast.director, document=mixed, organization=cast.school)
        answers.save_draft(by=cast.director, report=draft, text="Сделано.", link="", assignments=[task])
        assert not ExecutionReport.objects.visible_to(curator).filter(pk=draft.pk).exists()
        answers.send_answer(by=cast.director, report=draft, assignments=[task])
    assert [r.items.get().assignment for r in ExecutionReport.objects.visible_to(curator)] == both[:1]


def test_a_director_who_helps_another_school_is_first_of_all_the_director_of_the_own_one(cast: Cast) -> None:
    Membership.objects.filter(user=cast.curator).delete()
    helped = Membership.objects.create(user=cast.curator, role=Role.CURATOR, organization=cast.school)
    own = Membership.objects.create(user=cast.curator, role=Role.DIRECTOR, organization=cast.neighbour)
    user = User.objects.get(pk=cast.curator.pk)
    assert user.active == own and not elsewhere(user, [cast.neighbour.pk])
    user.active_membership = helped
    user.save()
    user = User.objects.get(pk=cast.curator.pk)
    assert user.active == helped and elsewhere(user, [cast.neighbour.pk])
