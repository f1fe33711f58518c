"""Demo of chains: an order of the ministry, the municipality's order from it, an extended clause, a monthly duty."""

from __future__ import annotations

import datetime as dt

from config import clock
from decisions.actions import amendments, answers, chains, questions, registration
from decisions.actions.intake import load_items, take_in
from decisions.enums import Entry, QuestionState
from decisions.models import Assignment, Document, Question
from decisions.reading.model import to_json
from decisions.reading.reader import read_text
from reports.demo.district import District, new_user
from reports.demo.documents import words_of_day
from schools.enums import OrganizationKind, Role
from schools.models import OfficeSettings, Organization, SchoolGroup, User
from schools.registry_rows import registry_of

HIGHER = """МИНИСТЕРСТВО ОБРАЗОВАНИЯ ПРИОЗЁРНОЙ ОБЛАСТИ

ПРИКАЗ
от {day} № 118-р
О подготовке к государственной итоговой аттестации

ПРИКАЗЫВАЮ:
1. Руководителям муниципальных органов управления образованием:
1.1. Провести пробный экзамен по математике для обучающихся 9 классов до {near}.
1.2. Представить сведения о готовности пунктов проведения экзаменов до {far}.

Заместитель министра                          А.Б. Минаева
"""

CHANGING = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ № 6
рабочего совещания руководителей общеобразовательных организаций
от {day}

Председатель: Воронцова Т.И., начальник управления образования

РЕШИЛИ:
1. Продлить срок исполнения п. 3.1 протокола № 4 от {earlier} до {later}.
2. Руководителям СОШ № 1, СОШ № 3 представлять сведения о посещаемости консультаций ежемесячно до 10 числа.

Председатель                                  Т.И. Воронцова
"""


def build(made: District) -> None:
    """After `documents.build`: needs its protocol № 4."""
    today = clock.today(made.authority.zone)
    region = made.authority.parent
    assert region is not None
    clerk = new_user(made, ("Зотова", "Инна", "Львовна"), "ministr", Role.METHODIST, region, "консультант министерства")
    _ministry(made, region)
    task = _regional_order(made, region, clerk, today)
    _own_order(made, task, today)
    _changing_protocol(made, today)


def _ministry(made: District, region: Organization) -> None:
    OfficeSettings.objects.get_or_create(authority=region)
    SchoolGroup.objects.create(
        authority=region,
        name="Муниципальные органы управления образованием",
        rule={"kinds": [OrganizationKind.AUTHORITY]},
        wordings="руководители муниципальных органов управления образованием",
    )
    Organization.objects.create(
        kind=OrganizationKind.AUTHORITY,
        parent=region,
        name="Отдел образования Лесного района",
        full_name="Отдел образования администрации Лесного муниципального района",
        territory="Лесной муниципальный район",
    )


def _taken(authority: Organization, by: User, text: str, name: str) -> Document:
    reading = to_json(read_text(text, registry=registry_of(authority)))
    document = take_in(by=by, authority=authority, reading=reading, entry=Entry.PAPER, source_name=name)
    for question in Question.objects.filter(document=document, state=QuestionState.OPEN):
        questions.dismiss(by=by, question=question)
    return document


def _regional_order(made: District, region: Organization, clerk: User, today: dt.date) -> Assignment:
    issued = today - dt.timedelta(days=9)
    text = HIGHER.format(
        day=f"{issued:%d.%m.%Y}",
        near=words_of_day(today + dt.timedelta(days=16)),
        far=words_of_day(today + dt.timedelta(days=30)),
    )
    document = _taken(region, clerk, text, "Приказ 118-р.docx")
    registration.register_paper(by=clerk, document=document, number="118-р", date=issued)
    return Assignment.objects.get(document=document, organization=made.authority, clause__number="1.1")


def _own_order(made: District, task: Assignment, today: dt.date) -> None:
    """The municipality's order from the first clause, sent; three schools have answered, one is accepted by paper."""
    methodist = made.users["metodist"]
    due = chains.earlier_day(task, today=today)
    document = chains.order_from_tasks(
        by=methodist, wishes=[chains.Wish(task, due)], parties=chains.all_schools(made.authority)
    )
    registration.send_to_sign(by=methodist, document=document)
    registration.mark_signed(by=methodist, document=document, signed_on=today, signed_by="Воронцова Т.И.")
    registration.register(by=methodist, document=document)
    registration.send(by=methodist, document=document)
    rows = Assignment.objects.filter(document=document).order_by("organization__sort_key")[:5]
    answers.accept_on_paper(by=methodist, assignments=list(rows), day=today)


def _changing_protocol(made: District, today: dt.date) -> None:
    """Extends a clause of protocol № 4 and opens a monthly duty."""
    methodist = made.users["metodist"]
    earlier = Document.objects.get(authority=made.authority, number="4", kind="protocol")
    text = CHANGING.format(
        day=f"{today - dt.timedelta(days=2):%d.%m.%Y}",
        earlier=f"{earlier.date:%d.%m.%Y}",
        later=words_of_day(today + dt.timedelta(days=40)),
    )
    document = _taken(made.authority, methodist, text, "Протокол 6.docx")
    for one in amendments.suggestions(document, load_items(document)):
        amendments.confirm(by=methodist, clause=one.clause, target=one.target, kind=one.kind, new_due=one.new_due)
    registration.register_paper(by=methodist, document=document, number="6", date=today - dt.timedelta(days=2))
