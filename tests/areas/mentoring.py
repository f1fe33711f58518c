"""Curators, visits, roadmaps, mentors, interviews: who gets in and how many queries their lists take."""

from __future__ import annotations

import datetime as dt
from typing import Any

from config import clock
from decisions.models import Document
from mentoring.actions import care, mentors, risks, talks, visits
from mentoring.models import Curatorship, NeedOfSchool, RiskProfile
from schools.enums import Role
from schools.models import Membership, Person, Position
from tests.cast import Cast, organization, user

TABLE = {
    "mentoring:care_list": "mhos",
    "mentoring:care_create": "mhs",
    "mentoring:care_order": "mhs",
    "mentoring:care_detail": "mhdco",
    "mentoring:care_consent": "mh",
    "mentoring:care_end": "mh",
    "mentoring:document_curators": "mh",
    "mentoring:school_list": "c",
    "mentoring:school_detail": "mhdco",
    "mentoring:school_sheet": "mhco",
    "mentoring:school_fragment": "mhdco",
    "mentoring:message_create": "mhc",
    "mentoring:visit_create": "c",
    "mentoring:profile_create": "mhdc",
    "mentoring:visit_list": "mhdncos",
    "mentoring:visit_report": "mhcos",
    "mentoring:visit_report_draft": "mhs",
    "mentoring:visit_detail": "mhdco",
    "mentoring:visit_cancel": "c",
    "mentoring:visit_confirm": "d",
    "mentoring:visit_file_add": "c",
    "mentoring:visit_file": "mhdco",
    "mentoring:risk_kind_list": "mhos",
    "mentoring:profile_list": "mhdncos",
    "mentoring:profile_detail": "mhdco",
    "mentoring:profile_risks": "mhd",
    "mentoring:profile_steps": "mhd",
    "mentoring:profile_move": "mhc",
    "mentoring:need_list": "mhdnos",
    "mentoring:need_close": "mhd",
    "mentoring:mentorship_propose": "mh",
    "mentoring:mentorship_list": "mhdnos",
    "mentoring:mentorship_order": "mh",
    "mentoring:mentorship_detail": "mhdo",
    "mentoring:mentorship_name": "d",
    "mentoring:mentorship_decline": "mhd",
    "mentoring:mentorship_begin": "mh",
    "mentoring:mentorship_end": "mh",
    "mentoring:questionnaire_list": "mhos",
    "mentoring:questionnaire_create": "mhs",
    "mentoring:questionnaire_edit": "mh",
    "mentoring:interview_list": "mhdnos",
    "mentoring:interview_create": "mhs",
    "mentoring:interview_protocol": "mh",
    "mentoring:interview_detail": "mhdo",
    "mentoring:interview_answers": "d",
    "mentoring:interview_talk": "mh",
}

LISTS = {
    ("methodist", "mentoring:care_list"): 13,
    ("curator", "mentoring:school_list"): 9,
    ("methodist", "mentoring:visit_list"): 9,
    ("methodist", "mentoring:profile_list"): 9,
    ("methodist", "mentoring:need_list"): 14,
    ("methodist", "mentoring:mentorship_list"): 8,
    ("methodist", "mentoring:questionnaire_list"): 9,
    ("methodist", "mentoring:interview_list"): 8,
}


def curator_of(cast: Cast) -> Curatorship:
    """The curator of the cast, appointed: works in the centre, helps the first school."""
    assert cast.curator.person is not None
    Position.objects.filter(person=cast.curator.person).update(organization=cast.centre, title="методист центра")
    today = clock.today(cast.authority.zone)
    return care.appoint(
        by=cast.methodist,
        person=cast.curator.person,
        school=cast.school,
        workplace=cast.centre,
        post="методист центра",
        valid_from=today - dt.timedelta(days=30),
        basis="Приказ № 41 от 02.03.2026",
    )


def profile_of(cast: Cast) -> RiskProfile:
    """A profile of the first school with one chosen risk."""
    row = risks.open_profile(by=cast.director, school=cast.school, school_year=2026)
    kinds = list(cast.authority.risk_kinds.filter(school_year=2026).values_list("pk", flat=True))
    lines = {pk: risks.RiskLine("high" if n == 0 else "", n == 0) for n, pk in enumerate(kinds)}
    return risks.save_risks(by=cast.director, profile=row, version=row.version, goal="Снизить риск", lines=lines)


def need_of(cast: Cast, subject: str = "Математика") -> NeedOfSchool:
    return mentors.declare(
        by=cast.director, school=cast.school, school_year=2026, subject=subject, teachers=1, text="Подготовка к ОГЭ"
    )


def build(world: Any) -> None:
    from tests.world import stored

    cast: Cast = world.cast
    row = curator_of(cast)
    today = clock.today(cast.authority.zone)
    visit = visits.plan(by=cast.curator, school=cast.school, day=today, aim="Посмотреть уроки")
    file = visits.attach(by=cast.curator, visit=visit, file=stored(cast, "Фото.txt"))
    profile = profile_of(cast)
    need = need_of(cast)
    pair = mentors.propose(by=cast.methodist, need=need, donor=cast.third, reason="рядом")
    other = need_of(cast, "Физика")
    questions = talks.save_questionnaire(
        by=cast.methodist, authority=cast.authority, title="К итоговой аттестации", texts=["Какая работа проведена?"]
    )
    talk = talks.invite(by=cast.methodist, questionnaire=questions, schools=[cast.school], day=today)[0]
    pk = lambda one: {"pk": one.pk}  # noqa: E731
    world.ids |= {
        "mentoring:care_detail": pk(row),
        "mentoring:care_consent": pk(row),
        "mentoring:care_end": pk(row),
        "mentoring:document_curators": pk(world.document),
        "mentoring:school_": pk(cast.school),
        "mentoring:message_create": pk(cast.school),
        "mentoring:visit_create": pk(cast.school),
        "mentoring:profile_create": pk(cast.school),
        "mentoring:visit_": pk(visit),
        "mentoring:visit_file": pk(file),
        "mentoring:visit_file_add": pk(visit),
        "mentoring:profile_": pk(profile),
        "mentoring:need_close": pk(other),
        "mentoring:mentorship_": pk(pair),
        "mentoring:mentorship_propose": pk(other),
        "mentoring:questionnaire_edit": pk(questions),
        "mentoring:interview_": pk(talk),
    }
    version = {"version": profile.version}
    world.posts |= {
        "mentoring:profile_risks": version,
        "mentoring:profile_steps": version,
        "mentoring:profile_move": {**version, "verb": "remark", "words": "Уточните сроки"},
        "mentoring:mentorship_propose": {"donor": cast.third.pk, "reason": "рядом"},
        "mentoring:mentorship_order": {"mentorship": pair.pk},
        "mentoring:mentorship_name": {"side": "school", "name": "Титова Елена Андреевна"},
        "mentoring:interview_answers": {"saved": talk.saved},
        "mentoring:interview_talk": {"saved": talk.saved},
        "mentoring:interview_protocol": {"interview": talk.pk},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    """`rows` schools, each with a curator, a visit, a profile, a need, a mentorship and an interview."""
    today = clock.today(cast.authority.zone)
    for index in range(rows):
        school = organization(cast.authority, f"ООШ № {300 + index}", type_name="ООШ")
        person = Person.objects.create(last_name=f"Куликова{index}", first_name="Анна", patronymic="Львовна")
        Position.objects.create(person=person, organization=cast.centre, title="методист")
        care.appoint(
            by=cast.methodist,
            person=person,
            school=school,
            workplace=cast.centre,
            post="методист",
            valid_from=today,
            basis="Приказ № 41",
        )
        Membership.objects.create(user=cast.curator, role=Role.CURATOR, organization=school)
        visits.plan(by=cast.curator, school=school, day=today)
        risks.open_profile(by=cast.methodist, school=school, school_year=2026)
        head = user(f"head{index}", Role.DIRECTOR, school, "Мохова Вера Ивановна", "директор", head=True)
        for subject in ("Математика", "Физика"):
            need = mentors.declare(by=head, school=school, school_year=2026, subject=subject, teachers=1, text="")
        donor = organization(cast.authority, f"Лицей № {300 + index}", type_name="лицей")
        mentors.propose(by=cast.methodist, need=need, donor=donor, reason="рядом")
        questions = talks.save_questionnaire(
            by=cast.methodist, authority=cast.authority, title=f"Вопросы {index}", texts=["Что сделано?"]
        )
        talks.invite(by=cast.methodist, questionnaire=questions, schools=[school], day=today)
