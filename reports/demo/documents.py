"""Demo documents: a protocol whose tasks are in every state, a draft with questions, an order on paper.

The texts are read by the same reader as any other document; days are relative to the day of loading.
"""

from __future__ import annotations

import datetime as dt

from config import clock
from decisions.actions import answers, questions, registration
from decisions.actions.intake import take_in
from decisions.enums import Entry, QuestionState
from decisions.models import Assignment, Document, Question
from decisions.reading.model import to_json
from decisions.reading.reader import read_text
from reports.demo.district import District
from schools.registry_rows import registry_of

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()

PROTOCOL = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ № 4
совещания руководителей общеобразовательных организаций
от {day}

Председатель: Воронцова Т.И., начальник управления образования
Секретарь: Орлова Н.П., методист
Присутствовали: 12 руководителей общеобразовательных организаций

Повестка дня:
1. Об итогах всероссийских проверочных работ.
2. О подготовке к государственной итоговой аттестации.

1. По первому вопросу слушали Орлову Н.П., которая рассказала об итогах проверочных работ.

РЕШИЛИ:
1. Принять к сведению информацию об итогах всероссийских проверочных работ.
2. Руководителям общеобразовательных организаций:
2.1. Рассмотреть итоги проверочных работ на педагогическом совете до {passed}.
2.2. Внести изменения в положение о внутренней системе оценки качества образования до {near}.
2.3. Направить в методический центр план работы с обучающимися, не преодолевшими минимальный порог, до {later}.
3. Руководителям СОШ № 3, СОШ с. Малая Берёзовка, ООШ п. Луговой:
3.1. Разработать программу повышения качества образования до {later}.
3.2. Изучить опыт работы Гимназии № 4 до {far}.
4. МКУ «Методический центр»:
4.1. Организовать семинар для учителей математики до {far}.

2. По второму вопросу слушали Воронцову Т.И. о подготовке к государственной итоговой аттестации.

РЕШИЛИ:
1. Руководителям общеобразовательных организаций:
1.1. Разместить на сайте телефоны горячей линии по вопросам аттестации до {near}.
1.2. Обеспечить информирование родителей о порядке проведения аттестации постоянно.
2. Рекомендовать руководителям общеобразовательных организаций провести родительские собрания до {far}.

Председатель                                  Т.И. Воронцова
Секретарь                                     Н.П. Орлова
"""

DRAFT = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ № 5
совещания заместителей директоров по учебной работе
от {day}

Присутствовали: 14 человек

Повестка дня:
1. О качестве подготовки обучающихся.

РЕШИЛИ:
1. Отметить положительную динамику результатов в СОШ № 1 и Лицее «Перспектива».
2. Руководителям СОШ № 2, № 5, р.п. Сосновка, с. Маллая Берёзовка:
2.1. Провести диагностику учебных затруднений до {later}.
2.2. Назначить наставников молодым педагогам до 0{month_digits}.{year}.
3. Руководителям общеобразовательных организаций, кроме НОШ д. Озерки, представить график консультаций к {far}.
4. Провести мониторинг посещаемости дополнительных занятий.
5. Контроль за исполнением решений возложить на методиста Орлову Н.П.

Председатель                                  Т.И. Воронцова
"""


def build(made: District) -> None:
    """Writes the demo documents as the methodist of the district would."""
    today = clock.today(made.authority.zone)
    _working_protocol(made, today)
    _draft(made, today)


def words_of_day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} года"


def _read(made: District, text: str, name: str) -> Document:
    reading = to_json(read_text(text, registry=registry_of(made.authority)))
    return take_in(
        by=made.users["metodist"], authority=made.authority, reading=reading, entry=Entry.PAPER, source_name=name
    )


def _working_protocol(made: District, today: dt.date) -> None:
    held = today - dt.timedelta(days=20)
    text = PROTOCOL.format(
        day=f"{held:%d.%m.%Y}",
        passed=words_of_day(today - dt.timedelta(days=4)),
        near=words_of_day(today + dt.timedelta(days=3)),
        later=words_of_day(today + dt.timedelta(days=12)),
        far=words_of_day(today + dt.timedelta(days=45)),
    )
    methodist = made.users["metodist"]
    document = _read(made, text, "Протокол 4.docx")
    for question in Question.objects.filter(document=document, state=QuestionState.OPEN):
        questions.dismiss(by=methodist, question=question)
    registration.register_paper(by=methodist, document=document, number=document.number or "4", date=held)
    _answer_some(made, document, today)


def _answer_some(made: District, document: Document, today: dt.date) -> None:
    """Answers in every state: accepted on paper, sent and accepted, sent and waiting, returned."""
    methodist = made.users["metodist"]
    rows = list(
        Assignment.objects.filter(document=document, clause__number="2.1", reports=True)
        .select_related("organization", "clause")
        .order_by("organization__sort_key")
    )
    directors = {
        m.organization_id: user for user in made.users.values() for m in user.memberships.filter(role="director")
    }
    endings = iter(["accept", "wait", "return", "wait"])
    for index, row in enumerate(rows):
        director = directors.get(row.organization_id)
        if director is None:
            if index % 3:
                answers.accept_on_paper(by=methodist, assignments=[row], day=today - dt.timedelta(days=5))
            continue
        ending = next(endings, "nothing")
        if ending == "nothing":
            continue
        report = answers.draft_answer(by=director, document=document, organization=row.organization)
        text = "Итоги рассмотрены на педагогическом совете, протокол № 2."
        answers.save_draft(by=director, report=report, text=text, link="", assignments=[row])
        answers.send_answer(by=director, report=report, assignments=[row])
        items = list(report.items.all())
        if ending == "accept":
            answers.accept(by=methodist, items=items)
        elif ending == "return":
            answers.return_(by=methodist, items=items, remark="Приложите выписку из протокола педагогического совета.")


def _draft(made: District, today: dt.date) -> None:
    text = DRAFT.format(
        day=f"{today - dt.timedelta(days=1):%d.%m.%Y}",
        later=words_of_day(today + dt.timedelta(days=21)),
        far=words_of_day(today + dt.timedelta(days=35)),
        month_digits=(today.month % 9) + 1,
        year=today.year + 1,
    )
    _read(made, text, "Протокол 5.docx")
