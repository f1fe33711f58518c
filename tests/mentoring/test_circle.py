"""The circle: an order names curators, a curator visits, the director confirms, the school answers; roadmaps; interviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from config import clock
from decisions.actions import answers, registration
from decisions.enums import Circulation, DocumentState
from decisions.models import Assignment, Document
from mentoring.actions import care, mentors, risks, talks, visits
from mentoring.enums import CareState, InterviewState, RoadmapState
from mentoring.models import Curatorship, Interview, RiskProfile
from mentoring.offers import offers_of, waiting_of
from mentoring.quarters import code_of
from monitoring.models import Assessment, TaskShares
from schools.errors import Refused
from schools.models import Membership, Person, User
from tests.areas.mentoring import curator_of, need_of, profile_of
from tests.cast import Cast
from tests.decisions.test_life import settled, taken

ORDER = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРИКАЗ
от 02.03.2026 № 41
О кураторах школ

ПРИКАЗЫВАЮ:
1. Назначить кураторов школ с низкими образовательными результатами:
МБОУ «СОШ № 1» – Громова Андрея Викторовича, директора МБОУ «СОШ № 2»;
МБОУ «ООШ с. Ключи» и МБОУ «СОШ № 1» – Титову Елену Андреевну, заместителя директора МБОУ «СОШ № 2».
2. Руководителям общеобразовательных организаций провести анализ причин низких результатов до 1 апреля 2027 года.

Начальник управления                          Т.И. Воронцова
"""


@pytest.fixture
def order(cast: Cast) -> Document:
    document = settled(cast, taken(cast, ORDER))
    registration.register_paper(by=cast.methodist, document=document, number="41", date=dt.date(2026, 3, 2))
    document.refresh_from_db()
    return document


def test_a_registered_order_offers_its_pairs_of_curators_and_schools(cast: Cast, order: Document) -> None:
    found = [(one.shown_name, one.post, str(one.workplace), str(one.school)) for one in offers_of(order)]
    assert found == [
        ("Громов Андрей Викторович", "директор", "СОШ № 2", "СОШ № 1"),
        ("Титова Елена Андреевна", "заместитель директора", "СОШ № 2", "ООШ с. Ключи"),
        ("Титова Елена Андреевна", "заместитель директора", "СОШ № 2", "СОШ № 1"),
    ]
    assert offers_of(order)[0].person == cast.neighbour_director.person


def test_an_order_that_lists_low_schools_is_sent_by_excerpts(cast: Cast, order: Document) -> None:
    assert order.circulation == Circulation.EXCERPT
    plainly = ORDER.replace(" с низкими образовательными результатами", "")
    assert taken(cast, plainly.replace("низких результатов", "ошибок")).circulation == Circulation.FULL


def test_a_draft_offers_nothing(cast: Cast) -> None:
    assert offers_of(taken(cast, ORDER)) == []


def test_one_person_named_for_two_schools_is_entered_once_and_sees_both(cast: Cast, order: Document) -> None:
    for offer in offers_of(order):
        care.take_offer(by=cast.methodist, offer=offer, valid_from=dt.date(2026, 3, 2))
    person = Person.objects.get(last_name="Титова")
    assert {str(c.school) for c in person.curatorships.all()} == {"СОШ № 1", "ООШ с. Ключи"}
    user = User.objects.get(person=person)
    assert user.reach("care.help").organizations == {cast.school.pk, cast.third.pk}
    assert waiting_of(order) == []
    with pytest.raises(Refused, match="уже решено"):
        care.take_offer(by=cast.methodist, offer=offers_of(order)[0], valid_from=dt.date(2026, 3, 2))


def test_the_methodist_confirms_ticked_pairs_on_the_page_of_the_order(
    cast: Cast, order: Document, as_user: Callable[[User], Client]
) -> None:
    client = as_user(cast.methodist)
    shown = client.get(reverse("decisions:document_detail", args=[order.pk])).content.decode()
    assert "Предложены кураторы: 3" in shown
    offers = offers_of(order)
    url = reverse("mentoring:document_curators", args=[order.pk])
    client.post(url, {"offer": offers[0].key, "valid_from": "2026-03-02", "verb": "take"})
    client.post(url, {"offer": offers[1].key, "verb": "drop"})
    again = client.post(url, {"offer": offers[0].key, "valid_from": "2026-03-02", "verb": "take"}, follow=True)
    assert "уже решено" in again.content.decode()
    assert [str(c) for c in Curatorship.objects.all()] == ["Громов А.В. → СОШ № 1"]
    assert [offer.key for offer in waiting_of(order)] == [offers[2].key]


def test_a_curator_sees_the_school_until_the_care_ends(cast: Cast, as_user: Callable[[User], Client]) -> None:
    row = curator_of(cast)
    page = reverse("mentoring:school_detail", args=[cast.school.pk])
    assert as_user(cast.curator).get(page).status_code == 200
    yesterday = clock.today(cast.authority.zone) - dt.timedelta(days=1)
    care.end(by=cast.methodist, row=row, day=yesterday, reason="Перешла на другую работу")
    assert as_user(User.objects.get(pk=cast.curator.pk)).get(page).status_code == 404
    row.refresh_from_db()
    assert (row.state, row.membership.valid_to) == (CareState.ENDED, yesterday)


def test_what_was_typed_about_a_care_stays_when_it_is_refused(cast: Cast, as_user: Callable[[User], Client]) -> None:
    row = curator_of(cast)
    client = as_user(cast.methodist)
    consent = {"consent_on": "2026-02-02", "employer_order": "", "employer_order_on": "2026-02-03"}
    answer = client.post(reverse("mentoring:care_consent", args=[row.pk]), consent)
    assert answer.status_code == 422 and "и номер приказа" in plain(answer) and "2026-02-03" in plain(answer)
    answer = client.post(reverse("mentoring:care_end", args=[row.pk]), {"day": "2100-01-01", "reason": "Переезд"})
    assert answer.status_code == 422 and "ещё не наступил" in plain(answer) and "Переезд" in plain(answer)
    row.refresh_from_db()
    assert (row.state, row.consent_on) == (CareState.ACTIVE, None)


def test_a_curator_never_works_in_the_school_in_care(cast: Cast) -> None:
    with pytest.raises(Refused, match="из другой организации"):
        care.appoint(
            by=cast.methodist,
            person=cast.director.person,
            school=cast.school,
            workplace=cast.school,
            post="директор",
            valid_from=dt.date(2026, 3, 2),
            basis="слова",
        )
    row = curator_of(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Curatorship.objects.filter(pk=row.pk).update(workplace=cast.school)


def test_one_open_care_of_a_person_and_a_school(cast: Cast) -> None:
    curator_of(cast)
    with pytest.raises(Refused, match="уже куратор"):
        curator_of(cast)
    assert Membership.objects.filter(user=cast.curator, role="curator").count() == 1


def test_the_draft_order_names_people_in_the_accusative(cast: Cast) -> None:
    document = care.draft_order(
        by=cast.methodist, authority=cast.authority, pairs=[(cast.school, cast.neighbour_director.person)]
    )
    words = [clause.text for clause in document.ordered_clauses()]
    assert words[1] == "СОШ № 1 – Громова Андрея Викторовича, директора СОШ № 2."
    assert document.state == DocumentState.DRAFT
    # Registered, it offers the same pair.
    Document.objects.filter(pk=document.pk).update(state=DocumentState.REGISTERED)
    document.refresh_from_db()
    assert [(o.person, o.school) for o in offers_of(document)] == [(cast.neighbour_director.person, cast.school)]


def plain(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode().replace("\u00a0", " ")


def agreed_visit(cast: Cast):  # type: ignore[no-untyped-def]
    curator_of(cast)
    today = clock.today(cast.authority.zone)
    visit = visits.plan(by=cast.curator, school=cast.school, day=today)
    return visits.hold(
        by=cast.curator,
        visit=visit,
        held_on=today,
        findings="Посетили три урока.",
        agreements=[("Провести консультации по математике", today + dt.timedelta(days=14))],
        ask=True,
    )


def test_what_was_agreed_becomes_a_task_only_when_the_director_confirms(cast: Cast) -> None:
    visit = agreed_visit(cast)
    assert not Assignment.objects.exists()
    visits.confirm(by=cast.director, visit=visit)
    task = Assignment.objects.get()
    assert (task.organization, task.clause.text) == (cast.school, "Провести консультации по математике")
    assert task.checker == cast.methodist
    assert task.document.get_kind_display() == "запись о визите"
    report = answers.draft_answer(by=cast.director, document=task.document, organization=cast.school)
    answers.save_draft(by=cast.director, report=report, text="Проведены.", link="", assignments=[task])
    answers.send_answer(by=cast.director, report=report, assignments=[task])
    task.refresh_from_db()
    assert task.state == "on_check"


def test_the_director_confirms_only_the_words_that_were_read(cast: Cast, as_user: Callable[[User], Client]) -> None:
    visit = agreed_visit(cast)
    read = visit.seal
    soon = clock.today(cast.authority.zone) + dt.timedelta(days=1)
    visits.hold(
        by=cast.curator,
        visit=visit,
        held_on=visit.held_on,
        findings="",
        agreements=[("Сдать программу развития", soon)],
        ask=True,
    )
    url = reverse("mentoring:visit_confirm", args=[visit.pk])
    answer = as_user(cast.director).post(url, {"verb": "confirm", "seal": read}, follow=True)
    assert "изменил запись" in answer.content.decode()
    assert not Assignment.objects.exists()
    visit.refresh_from_db()
    as_user(cast.director).post(url, {"verb": "confirm", "seal": visit.seal})
    assert Assignment.objects.get().clause.text == "Сдать программу развития"


def test_one_curator_plans_one_visit_a_day_to_a_school(cast: Cast) -> None:
    curator_of(cast)
    today = clock.today(cast.authority.zone)
    visits.plan(by=cast.curator, school=cast.school, day=today)
    with pytest.raises(Refused, match="уже запланирован"):
        visits.plan(by=cast.curator, school=cast.school, day=today)


def test_a_director_who_helps_another_school_finds_each_page_under_its_line(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    person = cast.neighbour_director.person
    today = clock.today(cast.authority.zone)
    place = cast.neighbour_director.current_memberships[0].organization
    care.appoint(
        by=cast.methodist,
        person=person,
        school=cast.school,
        workplace=place,
        post="директор",
        valid_from=today,
        basis="Приказ № 41",
    )
    user = User.objects.get(person=person)
    visit = visits.plan(by=user, school=cast.school, day=today)
    client = as_user(user)

    def lit(url: str) -> set[str]:
        page = html.document_fromstring(client.get(url).content)
        return {
            a.get("href") for a in page.iter("a") if a.get("aria-current") == "page" and a.get("class") == "rail-item"
        }

    care_line, own_line = reverse("mentoring:school_list"), reverse("mentoring:visit_list")
    assert lit(reverse("mentoring:visit_detail", args=[visit.pk])) == {care_line}
    assert lit(reverse("mentoring:school_detail", args=[cast.school.pk])) == {care_line}
    assert lit(reverse("mentoring:school_detail", args=[place.pk])) == {own_line}
    assert lit(own_line) == {own_line}


def test_a_director_who_does_not_agree_sends_the_words_back(cast: Cast) -> None:
    visit = agreed_visit(cast)
    visits.object_to(by=cast.director, visit=visit, words="Срок мал")
    visit.refresh_from_db()
    assert (visit.objection, visit.waits_for_director) == ("Срок мал", False)
    with pytest.raises(Refused):
        visits.confirm(by=cast.director, visit=visit)
    assert not Assignment.objects.exists()


def test_a_roadmap_goes_from_the_school_through_the_curator_to_tasks(cast: Cast) -> None:
    curator_of(cast)
    profile = profile_of(cast)
    risk = profile.risks.get()
    due = clock.today(cast.authority.zone) + dt.timedelta(days=60)
    step = risks.StepLine(risk.pk, "Направить учителей на курсы", "обучены 4 педагога", due)
    profile = risks.save_steps(by=cast.director, profile=profile, version=profile.version, steps=[step])
    profile = risks.send(by=cast.director, profile=profile, version=profile.version)
    assert profile.state == RoadmapState.AGREEING
    with pytest.raises(Refused):
        risks.approve(by=cast.methodist, profile=profile, version=profile.version)
    profile = risks.agree(by=cast.curator, profile=profile, version=profile.version)
    profile = risks.approve(by=cast.methodist, profile=profile, version=profile.version)
    task = Assignment.objects.get()
    assert task.due == due
    assert task.clause.text == "Направить учителей на курсы. Показатель: обучены 4 педагога."
    assert task.clause.parent is not None and task.clause.parent.text == f"{risk.kind}:"
    assert RiskProfile.objects.get().document == task.document


def test_more_than_five_risks_cannot_be_worked_on_at_once(cast: Cast) -> None:
    profile = profile_of(cast)
    kinds = cast.authority.risk_kinds.filter(school_year=2026)[:6]
    lines = {kind.pk: risks.RiskLine("low", True) for kind in kinds}
    with pytest.raises(Refused, match="не больше чем с 5"):
        risks.save_risks(by=cast.director, profile=profile, version=profile.version, goal="", lines=lines)


def interview(cast: Cast, school, title: str = "К аттестации") -> Interview:  # type: ignore[no-untyped-def]
    questions = talks.save_questionnaire(
        by=cast.methodist, authority=cast.authority, title=title, texts=["Что сделано?", "Что мешает?"]
    )
    today = clock.today(cast.authority.zone)
    return talks.invite(by=cast.methodist, questionnaire=questions, schools=[school], day=today)[0]


def held(cast: Cast, row: Interview, text: str) -> Interview:
    row = talks.save_answers(by=cast.director, interview=row, saved=row.saved, texts={"q1": "План есть."}, ready=True)
    return talks.save_talk(
        by=cast.methodist,
        interview=row,
        saved=row.saved,
        notes={"q1": "план общий"},
        conclusions="работа ведётся",
        advice=[(text, None)],
        held=True,
    )


def test_interviews_of_a_day_become_one_registered_protocol(cast: Cast) -> None:
    text = "Иметь индивидуальные планы подготовки слабоуспевающих обучающихся"
    rows = [held(cast, interview(cast, school, school.name), text) for school in (cast.school, cast.neighbour)]
    document = talks.draft_protocol(by=cast.methodist, interviews=rows)
    advised = document.clauses.get(nature="recommends")
    assert set(advised.parties.values_list("organization__name", flat=True)) == {"СОШ № 1", "СОШ № 2"}
    assert document.participants.filter(role="chair").get().name == "Воронцова Т.И."
    assert "план общий" not in " ".join(c.text for c in document.ordered_clauses())
    registration.send_to_sign(by=cast.methodist, document=document)
    registration.mark_signed(
        by=cast.methodist, document=document, signed_on=clock.today(""), signed_by="Воронцова Т.И."
    )
    registration.register(by=cast.methodist, document=document)
    registration.send(by=cast.methodist, document=document)
    assert Assignment.objects.filter(document=document, recommended=True).count() == 2
    assert Interview.objects.filter(state=InterviewState.PROTOCOL).count() == 2


def test_a_questionnaire_in_use_gets_a_new_version_and_a_question_keeps_its_key(cast: Cast) -> None:
    row = interview(cast, cast.school)
    questions = row.version.questionnaire
    talks.save_questionnaire(
        by=cast.methodist,
        authority=cast.authority,
        title=questions.title,
        texts=["Кто отвечает?", "Что мешает?", "Что сделано?"],
        row=questions,
    )
    row.refresh_from_db()
    assert [q["text"] for q in row.version.questions] == ["Что сделано?", "Что мешает?"]
    new = questions.versions.order_by("-number")[0]
    assert [(q["key"], q["text"]) for q in new.questions] == [
        ("q3", "Кто отвечает?"),
        ("q2", "Что мешает?"),
        ("q1", "Что сделано?"),
    ]


def test_every_page_opens_with_things_on_it(cast: Cast, order: Document, as_user: Callable[[User], Client]) -> None:
    visit = agreed_visit(cast)
    profile = profile_of(cast)
    talk = interview(cast, cast.school)
    visits.write(by=cast.curator, school=cast.school, text="Можно ли ходить на уроки?", from_curator=True)
    pages = [
        reverse("mentoring:school_detail", args=[cast.school.pk]),
        reverse("mentoring:visit_detail", args=[visit.pk]),
        reverse("mentoring:profile_detail", args=[profile.pk]),
        reverse("mentoring:visit_list"),
        reverse("reports:home"),
    ]
    for who in (cast.methodist, cast.director, cast.curator):
        for page in pages:
            assert as_user(who).get(page).status_code == 200, (who, page)
    for who in (cast.methodist, cast.director):
        assert as_user(who).get(reverse("mentoring:interview_detail", args=[talk.pk])).status_code == 200
    shown = as_user(cast.director).get(pages[0]).content.decode()
    assert "Можно ли ходить на уроки?" not in shown


def test_a_curator_sees_the_school_through_the_last_day_of_the_term_and_not_after(
    cast: Cast, as_user: Callable[[User], Client], settings: object
) -> None:
    today = clock.today(cast.authority.zone)
    row = curator_of(cast)
    Curatorship.objects.filter(pk=row.pk).update(valid_to=today + dt.timedelta(days=1))
    Membership.objects.filter(pk=row.membership_id).update(valid_to=today + dt.timedelta(days=1))
    page = reverse("mentoring:school_detail", args=[cast.school.pk])
    board = reverse("mentoring:care_list") + "?tab=helped"
    for days, status, helped in ((0, 200, True), (1, 200, True), (2, 404, False)):
        settings.CLOCK_OFFSET = dt.timedelta(days=days)  # type: ignore[attr-defined]
        assert as_user(User.objects.get(pk=cast.curator.pk)).get(page).status_code == status
        assert ("Лебедева" in as_user(cast.methodist).get(board).content.decode()) is helped
    shown = as_user(cast.methodist).get(reverse("mentoring:care_list") + "?tab=past").content.decode()
    assert "окончился срок" in shown
    curator_again = care.appoint(
        by=cast.methodist,
        person=cast.curator.person,
        school=cast.school,
        workplace=cast.centre,
        post="методист центра",
        valid_from=today + dt.timedelta(days=2),
        basis="Приказ № 50",
    )
    row.refresh_from_db()
    assert (row.state, row.ended_on) == (CareState.ENDED, today + dt.timedelta(days=1))
    assert curator_again.membership.user == cast.curator


def test_the_municipal_order_recommends_mentors_and_the_schools_order_is_recorded(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    pair = mentors.propose(by=cast.methodist, need=need_of(cast), donor=cast.third, reason="рядом")
    mentors.name_teacher(by=cast.director, mentorship=pair, side="donor", name="Иванова Мария Петровна")
    mentors.name_teacher(by=cast.director, mentorship=pair, side="school", name="Громов Илья Сергеевич")
    unnamed = mentors.propose(by=cast.methodist, need=need_of(cast, "Физика"), donor=cast.third, reason="рядом")
    client = as_user(cast.methodist)
    answer = client.post(reverse("mentoring:mentorship_order"), {"mentorship": [pair.pk, unnamed.pk]})
    document = Document.objects.get()
    assert answer.url == reverse("decisions:document_review", args=[document.pk])
    assert [clause.text for clause in document.ordered_clauses()][1:3] == [
        "ООШ с. Ключи – Иванову Марию Петровну (предмет «Математика», педагог Громов Илья Сергеевич, СОШ № 1);",
        "ООШ с. Ключи – педагога, которого назовёт руководитель (предмет «Физика», СОШ № 1).",
    ]
    again = client.post(reverse("mentoring:mentorship_order"), {"mentorship": pair.pk}, follow=True).content.decode()
    assert "уже есть в другом приказе" in again and Document.objects.count() == 1
    # Registered and sent it asks the donor school for its own order once, outside discipline.
    settled(cast, document)
    registration.send_to_sign(by=cast.methodist, document=document)
    registration.mark_signed(by=cast.methodist, document=document, signed_on=clock.today(""), signed_by="Воронцова")
    registration.register(by=cast.methodist, document=document)
    registration.send(by=cast.methodist, document=document)
    task = Assignment.objects.get()
    assert (task.organization, task.recommended) == (cast.third, True)
    pair.refresh_from_db()
    today = clock.today(cast.authority.zone)
    terms = {"order_number": "14-к", "order_on": today, "pay": "доплата", "content": "", "valid_to": None}
    with pytest.raises(Refused, match="после письменного согласия"):
        mentors.begin(
            by=cast.methodist,
            mentorship=pair,
            consent_on=today,
            valid_from=today,
            **(terms | {"order_on": today - dt.timedelta(days=1)}),
        )
    pair = mentors.begin(by=cast.methodist, mentorship=pair, consent_on=today, valid_from=today, **terms)
    pair = mentors.end(by=cast.methodist, mentorship=pair, day=today, ended_by="mentor", reason="по просьбе")
    assert (pair.state, pair.get_ended_by_display()) == ("ended", "наставник отказался досрочно")


def test_the_quarters_visits_become_an_annex_of_a_draft_protocol(cast: Cast, as_user: Callable[[User], Client]) -> None:
    visits.confirm(by=cast.director, visit=agreed_visit(cast))
    client = as_user(cast.methodist)
    today = clock.today(cast.authority.zone)
    empty = client.post(reverse("mentoring:visit_report_draft"), {"quarter": "2020-1"}, follow=True)
    assert "составлять не из чего" in empty.content.decode()
    assert "1 визит, 1 договорённость, исполнено 0." in plain(client.get(reverse("mentoring:visit_report")))
    client.post(reverse("mentoring:visit_report_draft"), {"quarter": code_of(today)})
    document = Document.objects.get(kind="protocol")
    annex = document.parts.get()
    due = today + dt.timedelta(days=14)
    assert [clause.text.replace("\u00a0", " ") for clause in annex.ordered_clauses()] == [
        "СОШ № 1. 1 визит, 1 договорённость, исполнено 0.",
        f"{today:%d.%m.%Y}, Лебедева М.Ю.: Посетили три урока. Договорились: Провести консультации по математике – "
        f"до {due:%d.%m.%Y} (назначено).",
    ]
    assert document.circulation == "excerpt"


def test_the_sheet_of_a_visit_names_tasks_done_worse_than_in_the_district(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    curator_of(cast)
    exam = Assessment.objects.create(procedure="ВПР", school_year=2026, subject="Математика", grade=5)
    for school, done in ((cast.school, 20), (cast.neighbour, 80), (cast.third, 60)):
        TaskShares.objects.create(
            assessment=exam, organization=school, authority=cast.authority, participants=20, tasks={"1": 70, "2": done}
        )
    page = plain(as_user(cast.curator).get(reverse("mentoring:school_sheet", args=[cast.school.pk])))
    assert "ВПР, Математика, 5 класс, задание 2: 20 %, по округу 53 %" in page
    assert "задание 1:" not in page
