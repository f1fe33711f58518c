"""Demo of help to schools: curators by an order, a visit agreed upon, a roadmap at the curator's, an interview, a need."""

from __future__ import annotations

import datetime as dt

from config import clock
from mentoring.actions import care, mentors, risks, talks, visits
from mentoring.models import RiskKind
from reports.demo.district import District
from schools.school_year import school_year_of

QUESTIONS = (
    "Какой анализ результатов прошлого года проведён и что он показал?",
    "Какие меры приняты по предметам с низкими результатами?",
    "Как организована работа с обучающимися, которым трудно учиться?",
    "Какая помощь нужна школе от управления и методического центра?",
)


def build(made: District) -> None:
    """After `documents.build`: needs people and schools only."""
    today = clock.today(made.authority.zone)
    year = school_year_of(today) + 1
    methodist, curator = made.users["metodist"], made.users["kurator"]
    director = made.users["direktor3"]
    third, berezovka = made.schools["СОШ № 3"], made.schools["СОШ с. Малая Берёзовка"]
    place = made.schools["Гимназия № 4"]
    assert curator.person is not None
    row = care.appoint(
        by=methodist,
        person=curator.person,
        school=third,
        workplace=place,
        post="директор",
        valid_from=today - dt.timedelta(days=60),
        valid_to=today + dt.timedelta(days=240),
        basis="Приказ управления № 27, п. 2",
        consent_on=today - dt.timedelta(days=62),
    )
    care.note_consent(
        by=methodist,
        row=row,
        consent_on=row.consent_on,
        employer_order="14-к",
        employer_order_on=today - dt.timedelta(days=59),
    )
    centre_head = made.users["centr"].person
    assert centre_head is not None
    care.appoint(
        by=methodist,
        person=centre_head,
        school=berezovka,
        workplace=made.centre,
        post="директор центра",
        valid_from=today - dt.timedelta(days=20),
        basis="Приказ управления № 27, п. 2",
    )
    curator.forget_memberships()
    _visits(made, today)
    visits.write(
        by=curator, school=third, text="Можно ли провести семинар для учителей на базе гимназии?", from_curator=True
    )
    profile = risks.open_profile(by=director, school=third, school_year=year)
    kinds = list(RiskKind.objects.filter(authority=made.authority, school_year=year)[:3])
    lines = {
        kinds[1].pk: risks.RiskLine("medium", False, "нет учителя физики"),
        kinds[2].pk: risks.RiskLine("high", True, "половина учителей без курсов три года"),
    }
    profile = risks.save_risks(
        by=director,
        profile=profile,
        version=profile.version,
        goal="Повысить предметную подготовку педагогов",
        lines=lines,
    )
    risk = profile.risks.get(chosen=True)
    steps = [
        risks.StepLine(
            risk.pk, "Направить учителей математики на курсы", "обучены 3 педагога", today + dt.timedelta(days=70)
        ),
        risks.StepLine(
            risk.pk, "Провести неделю открытых уроков с гимназией", "6 уроков", today + dt.timedelta(days=40)
        ),
    ]
    profile = risks.save_steps(by=director, profile=profile, version=profile.version, steps=steps)
    risks.send(by=director, profile=profile, version=profile.version)
    _talks(made, today)
    need = mentors.declare(
        by=director, school=third, school_year=year, subject="Математика", teachers=2, text="Подготовка к ОГЭ"
    )
    pair = mentors.propose(
        by=methodist, need=need, donor=made.schools["СОШ № 1"], reason="в том же населённом пункте (г. Заречный)"
    )
    mentors.name_teacher(by=director, mentorship=pair, side="school", name="Кравцова Полина Игоревна")
    mentors.declare(by=director, school=third, school_year=year, subject="Физика", teachers=1, text="")


def _visits(made: District, today: dt.date) -> None:
    curator, director = made.users["kurator"], made.users["direktor3"]
    third = made.schools["СОШ № 3"]
    past = visits.plan(
        by=curator, school=third, day=today - dt.timedelta(days=12), aim="Уроки математики в 8 и 9 классах"
    )
    past = visits.hold(
        by=curator,
        visit=past,
        held_on=today - dt.timedelta(days=12),
        findings="Посетили четыре урока. Задания на вычисления даются редко, домашние работы не разбираются.",
        agreements=[
            ("Включить устный счёт в каждый урок 8 и 9 классов", today + dt.timedelta(days=10)),
            ("Провести взаимное посещение уроков с гимназией", today + dt.timedelta(days=25)),
        ],
        ask=True,
    )
    visits.confirm(by=director, visit=past)
    visits.plan(by=curator, school=third, day=today + dt.timedelta(days=1), aim="Как идёт устный счёт")


def _talks(made: District, today: dt.date) -> None:
    methodist, director = made.users["metodist"], made.users["direktor3"]
    third, berezovka = made.schools["СОШ № 3"], made.schools["СОШ с. Малая Берёзовка"]
    questions = talks.save_questionnaire(
        by=methodist, authority=made.authority, title="О подготовке к итоговой аттестации", texts=QUESTIONS
    )
    row = talks.invite(by=methodist, questionnaire=questions, schools=[third], day=today)[0]
    row = talks.save_answers(
        by=director,
        interview=row,
        saved=row.saved,
        texts={"q1": "Анализ проведён, слабее всего геометрия.", "q2": "Добавлен час консультаций в неделю."},
        ready=True,
    )
    talks.save_talk(
        by=methodist,
        interview=row,
        saved=row.saved,
        notes={"q2": "показать расписание консультаций"},
        conclusions="меры приняты, индивидуальных планов пока нет",
        advice=[("Составить индивидуальные планы подготовки слабоуспевающих обучающихся", None)],
        held=True,
    )
    talks.invite(by=methodist, questionnaire=questions, schools=[third, berezovka], day=today + dt.timedelta(days=6))
