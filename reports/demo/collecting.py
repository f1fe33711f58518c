"""Demo of collecting by form: an order with a composed form; two schools have answered, one is accepted, one has it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from config import clock
from decisions.actions import answers, collecting, form_answers, questions, registration
from decisions.actions.intake import take_in
from decisions.collecting.model import Field, Layout, Table
from decisions.enums import Entry, QuestionState
from decisions.models import Assignment, Clause, CollectionForm, Document, Question, ReportItem
from decisions.reading.model import to_json
from decisions.reading.reader import read_text
from reports.demo.district import District
from reports.demo.documents import words_of_day
from schools.registry_rows import registry_of

ORDER = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРИКАЗ
от {day} № 61
О сборе сведений об обеспеченности учебниками и кадрами

ПРИКАЗЫВАЮ:
1. Руководителям СОШ № 1, СОШ № 3, Гимназии № 4, Лицея «Перспектива», СОШ с. Малая Берёзовка, ООШ п. Луговой представить сведения об обеспеченности учебниками и кадрами по прилагаемой форме до {due}.

Начальник управления образования              Т.И. Воронцова
"""

TITLE = "Обеспеченность учебниками и кадрами"
NOTE = "По состоянию на день заполнения. В строке 10–11 классов школы без старших классов ставят 0."

LAYOUT = Layout(
    (
        Field("f1", "Обучающихся в школе", "whole", adds=True, low="0"),
        Field("f2", "из них не обеспечены учебниками", "whole", adds=True, low="0", part_of="f1"),
        Field("f3", "Доля педагогов с высшей категорией", "percent", low="0", high="100"),
        Field("f4", "Кабинет химии готов к практическим работам", "yesno"),
        Field("f5", "Последний заказ учебников", "date", required=False, hint="дата договора"),
        Table(
            "t6",
            "Комплекты учебников",
            (
                Field("f7", "Нужно", "whole", adds=True, low="0"),
                Field("f8", "Есть", "whole", adds=True, low="0"),
            ),
            labels=("1–4 классы", "5–9 классы", "10–11 классы"),
        ),
        Table(
            "t9",
            "Вакансии",
            (
                Field("f10", "Предмет"),
                Field("f11", "Часов в неделю", "whole", adds=True, low="1", high="54"),
                Field("f12", "Открыта с", "date"),
            ),
            required=False,
        ),
    )
)


def build(made: District) -> None:
    """After `documents.build`: an order of its own, registered, and the answers of four directors of six schools."""
    today = clock.today(made.authority.zone)
    document = _order(made, today)
    form = _form(made, document)
    registration.register_paper(
        by=made.users["metodist"], document=document, number="61", date=today - dt.timedelta(days=6)
    )
    _answer(made, form, "direktor1", _figures(842, 12, "41,5", (402, 398), (391, 386), (49, 49)))
    _answer(
        made, form, "direktor-berezovka",
        _figures(136, 9, "18", (58, 55), (64, 58), (14, 14))
        | _vacancies(today, ("Математика", 24), ("Английский язык", 18)),
    )  # fmt: skip
    _answer(
        made, form, "kurator", _figures(655, 0, "52", (280, 280), (310, 310), (65, 65)) | _vacancies(today, ("Физика", 16))
    )  # fmt: skip
    _answer(made, form, "direktor3", _figures(417, 40, "22,4", (190, 170), (190, 184), (37, 36)))
    _check(made, form, "СОШ № 1", remark="")
    _check(made, form, "СОШ № 3", remark="В таблице не хватает 27 комплектов, а выше указано 40. Сверьте числа.")


def _order(made: District, today: dt.date) -> Document:
    methodist = made.users["metodist"]
    text = ORDER.format(day=f"{today - dt.timedelta(days=6):%d.%m.%Y}", due=words_of_day(today + dt.timedelta(days=6)))
    reading = to_json(read_text(text, registry=registry_of(made.authority)))
    document = take_in(
        by=methodist, authority=made.authority, reading=reading, entry=Entry.PAPER, source_name="Приказ 61.docx"
    )
    for question in Question.objects.filter(document=document, state=QuestionState.OPEN):
        questions.dismiss(by=methodist, question=question)
    return document


def _form(made: District, document: Document) -> CollectionForm:
    methodist = made.users["metodist"]
    clause = Clause.objects.get(document=document, number="1")
    version = collecting.compose(by=methodist, clause=clause, title=TITLE)
    saved = collecting.save_layout(by=methodist, version=version, layout=LAYOUT, title=TITLE, note=NOTE, edits=1)
    return collecting.publish(by=methodist, version=saved)


def _figures(pupils: int, without: int, highest: str, *sets: tuple[int, int]) -> dict[str, str]:
    table = {f"t6.{at}.f{7 + column}": str(pair[column]) for at, pair in enumerate(sets) for column in (0, 1)}
    return {"f1": str(pupils), "f2": str(without), "f3": highest, "f4": "да", **table}


def _vacancies(today: dt.date, *rows: tuple[str, int]) -> dict[str, str]:
    found = {}
    for at, (subject, hours) in enumerate(rows):
        opened = today - dt.timedelta(days=30 + 20 * at)
        found |= {f"t9.{at}.f10": subject, f"t9.{at}.f11": str(hours), f"t9.{at}.f12": f"{opened:%d.%m.%Y}"}
    return found


def _answer(made: District, form: CollectionForm, login: str, values: Mapping[str, str]) -> None:
    user = made.users[login]
    own = user.memberships.filter(role="director").values("organization")
    task = Assignment.objects.get(clause=form.clause_id, organization__in=own)
    form_answers.send(by=user, assignment=task, values=values, seen=0)


def _check(made: District, form: CollectionForm, name: str, *, remark: str) -> None:
    items = list(
        ReportItem.objects.filter(assignment__clause=form.clause_id, assignment__organization=made.schools[name])
    )
    if remark:
        answers.return_(by=made.users["metodist"], items=items, remark=remark)
    else:
        answers.accept(by=made.users["metodist"], items=items)
