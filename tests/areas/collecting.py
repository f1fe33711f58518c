"""Collecting by form: who gets in and how many queries its lists take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decisions.actions import collecting, form_answers
from decisions.collecting.model import Field, Layout, Table
from decisions.models import Assignment, Clause, CollectionForm, Document, FormRevision
from tests.cast import Cast
from tests.forms import workbook_of

if TYPE_CHECKING:
    from tests.world import World

TABLE = {
    "decisions:form_list": "mhos",
    "decisions:form_create": "mh",
    "decisions:form_detail": "mho",
    "decisions:form_summary": "mho",
    "decisions:form_blank": "mho",
    "decisions:form_layout": "mh",
    "decisions:form_change": "mh",
    "decisions:form_drop": "mh",
    "decisions:form_answer": "mhdo",  # «направить план»: not about quality, no curator
    "decisions:form_workbook": "mhdo",
    "decisions:form_take": "d",
    "decisions:form_bring": "d",
    "decisions:form_file": "d",
}

LISTS = {
    ("methodist", "decisions:form_list"): 8,
}

LAYOUT = Layout(
    (
        Field("f1", "Обучающихся", "whole", adds=True),
        Field("f2", "Дата проверки", "date"),
        Field("f3", "Есть столовая", "yesno"),
        Table("t4", "Педагоги", (Field("f5", "ФИО"), Field("f6", "Стаж, лет", "whole", low="0"))),
    )
)
FILLED = {"f1": "250", "f2": "01.09.2025", "f3": "да", "t4.0.f5": "Иванова А.А.", "t4.0.f6": "12"}


def published(cast: Cast, clause: Clause, layout: Layout = LAYOUT, title: str = "Сведения о школе") -> CollectionForm:
    """A composed form in force on a clause."""
    version = collecting.compose(by=cast.methodist, clause=clause, title=title)
    saved = collecting.save_layout(
        by=cast.methodist, version=version, layout=layout, title=title, note="По состоянию на 1 сентября.", edits=1
    )
    return collecting.publish(by=cast.methodist, version=saved)


def build(world: World) -> None:
    """A form on clause 2.2: the director has returned a file with it and has not sent it; another on a draft's clause."""
    cast = world.cast
    task = Assignment.objects.get(document=world.document, organization=cast.school, clause__number="2.2")
    form = published(cast, task.clause)
    content = form_answers.workbook_for(task, form, FILLED)
    form_answers.take_file(by=cast.director, assignment=task, name="Форма.xlsx", content=content, seen=0)
    clauses = Clause.objects.filter(document=world.draft, nature="orders").order_by("position")
    prepared = collecting.attach_workbook(
        by=cast.methodist, clause=clauses[0], name="Форма.xlsx", content=workbook_of([["Учащихся:", None]])
    )
    at = {"pk": task.pk}
    world.ids |= {
        "decisions:form_create": {"pk": clauses[1].pk},
        "decisions:form_": {"pk": form.pk},
        "decisions:form_layout": {"pk": prepared.form_id},
        "decisions:form_answer": at,
        "decisions:form_workbook": at,
        "decisions:form_take": at,
        "decisions:form_bring": at,
        "decisions:form_file": {"pk": FormRevision.objects.get(file__isnull=False).pk},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    for one in Document.objects.filter(state="sent").order_by("pk")[:rows]:
        clause = Clause.objects.filter(document=one, number="4").first()
        if clause is not None:
            published(cast, clause)
