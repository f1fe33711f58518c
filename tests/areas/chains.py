"""Chains, duties that come again, amendments: who gets in and how many queries their lists take."""

from __future__ import annotations

import datetime as dt
from typing import Any

from decisions.actions import registration
from decisions.models import Assignment, Document
from schools.enums import Role
from tests.cast import Cast, user

TABLE = {
    "decisions:office_task_list": "mhs",
    "decisions:chain_order": "mh",
    "decisions:chain_detail": "o",
}

LISTS = {
    ("methodist", "decisions:office_task_list"): 10,
    ("observer", "decisions:chain_detail"): 13,
}

REGIONAL = """МИНИСТЕРСТВО ОБРАЗОВАНИЯ ПРИОЗЁРНОЙ ОБЛАСТИ

ПРИКАЗ
от 02.03.2026 № 45
О подготовке к государственной итоговой аттестации

ПРИКАЗЫВАЮ:
1. Управлению образования Заречного округа:
1.1. Организовать пробные экзамены до 15 апреля 2026 года.
1.2. Представить сведения о пунктах проведения экзаменов до 24 апреля 2026 года.

Министр                                  А.Б. Минаева
"""


def ministry_methodist(cast: Cast) -> Any:
    found = cast.region.memberships.filter(role=Role.METHODIST).first()
    return found.user if found else user("ministr", Role.METHODIST, cast.region, "Зотова Инна Львовна", "консультант")


def regional_order(cast: Cast, number: str = "45", tasks: int = 2) -> Document:
    """An order of the ministry with tasks for the authority of the cast, sent on 2 March 2026."""
    from decisions.enums import DeadlineKind, DocumentKind, Entry, PartyRole, PartyType
    from decisions.models import Addressee, Clause

    by = ministry_methodist(cast)
    document = Document.objects.create(
        authority=cast.region,
        kind=DocumentKind.ORDER,
        entry=Entry.PAPER,
        title="О подготовке к государственной итоговой аттестации",
        number=number,
        date=dt.date(2026, 3, 2),
        created_by=by,
    )
    for index in range(1, tasks + 1):
        clause = Clause.objects.create(
            document=document,
            path=str(index),
            number=str(index),
            position=index * 10,
            text=f"Провести пробный экзамен № {index} до 15 апреля 2026 года.",
            deadline_kind=DeadlineKind.DATE,
            deadline_due=dt.date(2026, 4, 15),
            deadline_text="до 15 апреля 2026 года",
            checker=by,
        )
        Addressee.objects.create(
            clause=clause,
            role=PartyRole.RESPONSIBLE,
            type=PartyType.ORG,
            text=cast.authority.name,
            organization=cast.authority,
        )
    registration.register_paper(by=by, document=document, number=number, date=dt.date(2026, 3, 2))
    document.refresh_from_db()
    return document


def build(world: Any) -> None:
    higher = regional_order(world.cast)
    task = Assignment.objects.filter(document=higher).order_by("pk")[0]
    world.ids |= {
        "decisions:chain_order": {"pk": task.pk},
        "decisions:chain_detail": {"pk": higher.pk},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    regional_order(cast, tasks=rows)
