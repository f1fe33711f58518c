"""The life of tasks in the demo district: a request waiting, one granted, an explanation, parts inside a school."""

from __future__ import annotations

import datetime as dt

from config import clock
from decisions.actions import extensions, participants, subtasks
from decisions.models import Assignment, CoExecutor
from reports.demo.district import District


def build(made: District) -> None:
    """Adds to the tasks of the working protocol, as directors and the head of the district would."""
    today = clock.today(made.authority.zone)
    rows = Assignment.objects.filter(document__number="4", authority=made.authority, reports=True)
    first, third = made.schools["СОШ № 1"], made.schools["СОШ № 3"]
    director = made.users["direktor1"]
    _ask(made, rows.filter(organization=first, clause__number__in=["2.2", "2.3"]), "direktor1", today)
    _granted(made, rows.filter(organization=third, clause__number="3.1"), today)
    late = rows.overdue_on(today).filter(organization=first)[:1]
    for task in late:
        extensions.explain(
            by=director,
            assignment=task,
            text="Педагогический совет перенесён из-за карантина, пройдёт на этой неделе. Протокол приложим к ответу.",
        )
    for task in rows.filter(organization=first, clause__number="2.3", state="assigned"):
        for text, name, days in (("Собрать списки обучающихся", "Титова Е.А.", 4), ("Составить план", "", 8)):
            subtasks.add_subtask(
                by=director,
                assignment=task,
                text=text,
                person=None if name else director.person,
                name=name,
                due=today + dt.timedelta(days=days),
            )
        subtasks.mark_subtask(by=director, subtask=task.subtasks.order_by("pk")[0], done=True)
    for task in rows.filter(organization=third, clause__number="3.2"):
        part = CoExecutor.objects.create(assignment=task, organization=made.schools["Гимназия № 4"])
        participants.contribute(
            by=made.users["kurator"], part=part, text="Приняли две группы педагогов, материалы отправлены."
        )


def _ask(made: District, rows, login: str, today: dt.date) -> None:  # type: ignore[no-untyped-def]
    found = list(rows.filter(state__in=["assigned", "returned"], effective_due__isnull=False))
    extensions.ask_many(
        by=made.users[login],
        assignments=found,
        wanted=today + dt.timedelta(days=30),
        reason="Заместитель директора по учебной работе на больничном, замены пока нет.",
        batch="demo",
    )


def _granted(made: District, rows, today: dt.date) -> None:  # type: ignore[no-untyped-def]
    for task in rows:
        request = extensions.ask(
            by=made.users["direktor3"],
            assignment=task,
            wanted=today + dt.timedelta(days=70),
            reason="Программа согласуется с управляющим советом.",
            batch="demo-granted",
        )
        extensions.decide_many(
            by=made.users["nachalnik"],
            requests=[request],
            verb="other",
            day=today + dt.timedelta(days=56),
            answer="Совет заседает раньше, этого времени достаточно.",
        )
