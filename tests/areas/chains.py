"""Chains, duties that come again, amendments: who gets in and how many queries their lists take."""

from __future__ import annotations

import datetime as dt
from typing import Any

from decisions.actions import registration
from decisions.enums import DeadlineKind
from decisions.models import Assignment, Clause, Document, Duty
from schools.enums import Role
from tests.cast import Cast, user

DAY = dt.date(2026, 3, 10)

TABLE = {
    "decisions:office_task_list": "mhs",
    "decisions:chain_order": "mh",
    "decisions:chain_detail": "o",
    "decisions:duty_list": "mhos",
    "decisions:standing_answer": "dn",
    "decisions:event_list": "mhs",
    "decisions:event_settle": "mh",
    "schools:school_term_list": "a",
    "decisions:document_links": "mh",
    "decisions:pursuance_settle": "mh",
    "decisions:amendment_settle": "mh",
    "decisions:duty_end": "h",
}

LISTS = {
    ("methodist", "decisions:office_task_list"): 9,
    ("observer", "decisions:chain_detail"): 12,
    ("methodist", "decisions:duty_list"): 11,
    ("methodist", "decisions:event_list"): 10,
}


def ministry_methodist(cast: Cast) -> Any:
    found = cast.region.memberships.filter(role=Role.METHODIST).first()
    return found.user if found else user("ministr", Role.METHODIST, cast.region, "Зотова Инна Львовна", "консультант")


def regional_order(cast: Cast, number: str = "45", tasks: int = 2) -> Document:
    """An order of the ministry with tasks for the authority of the cast, sent on 2 March 2026."""
    from decisions.enums import DocumentKind, Entry, PartyRole, PartyType
    from decisions.models import Addressee

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


def standing(cast: Cast, document: Document, rows: int) -> list[Duty]:
    """Duties of the document that come again each month."""
    made = []
    for index in range(rows):
        clause = Clause.objects.create(
            document=document,
            path=f"duty{index}",
            number=str(50 + index),
            position=9000 + index,
            text="Представлять сведения о посещаемости ежемесячно до 10 числа.",
        )
        Assignment.objects.create(
            authority=cast.authority,
            document=document,
            clause=clause,
            organization=cast.school,
            due=dt.date(2099, 3, 10),
            effective_due=dt.date(2099, 3, 10),
        )
        made.append(Duty.objects.create(clause=clause, rrule="FREQ=MONTHLY;BYMONTHDAY=10", started=DAY))
    return made


def build(world: Any) -> None:
    higher = regional_order(world.cast)
    task = Assignment.objects.filter(document=higher).order_by("pk")[0]
    draft = world.draft.ordered_clauses().first()
    world.ids |= {
        "decisions:chain_order": {"pk": task.pk},
        "decisions:chain_detail": {"pk": higher.pk},
        "decisions:event_settle": {"pk": world.task.clause_id},
        "decisions:pursuance_settle": {"pk": world.draft.pk},
        "decisions:amendment_settle": {"pk": draft.pk},
        "decisions:duty_end": {"pk": standing(world.cast, world.document, 1)[0].clause_id},
    }
    world.posts |= {
        "decisions:duty_end": {"reason": "Показатель больше не собирают"},
        "decisions:pursuance_settle": {"clause": draft.pk, "task": task.pk},
        "decisions:amendment_settle": {"target": world.task.clause_id, "kind": "cancels", "verb": "confirm"},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    regional_order(cast, tasks=rows)
    standing(cast, document, rows)
    for index in range(rows):
        Clause.objects.create(
            document=document,
            path=f"event{index}",
            number=str(90 + index),
            position=9500 + index,
            text="Представить сведения по итогам I четверти.",
            deadline_kind=DeadlineKind.EVENT,
            deadline_text="по итогам I четверти",
        )
