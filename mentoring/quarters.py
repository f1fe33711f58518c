"""The curators' quarter: which days it has, and what each school's visits come to, in figures and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from config.numbers import is_number
from config.ui.words import counted
from mentoring.models import Visit
from schools.models import Organization

ROMAN = ("I", "II", "III", "IV")


def first_of_quarter(day: dt.date) -> dt.date:
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_of(text: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """«2026-4» → first and last day; anything else is the quarter of today."""
    year, _, number = text.partition("-")
    first = first_of_quarter(today)
    if is_number(year) and number in ("1", "2", "3", "4") and 2000 <= int(year) <= 2100:
        first = dt.date(int(year), int(number) * 3 - 2, 1)
    following = first_of_quarter(first + dt.timedelta(days=95))
    return first, following - dt.timedelta(days=1)


def code_of(first: dt.date) -> str:
    return f"{first.year}-{(first.month + 2) // 3}"


def quarter_words(first: dt.date) -> str:
    """«IV квартал 2026 года»"""
    return f"{ROMAN[(first.month + 2) // 3 - 1]} квартал {first.year} года"


@dataclass
class SchoolLine:
    """One school of the report: its visits, what was agreed and what came of it."""

    school: Organization
    visits: list[Visit] = field(default_factory=list)
    agreed: int = 0
    done: int = 0
    late: int = 0

    @property
    def summary(self) -> str:
        """«Визитов: 2. Договорённостей: 3, из них исполнено: 1.»"""
        words = f"{counted(len(self.visits), 'визит', 'визита', 'визитов').capitalize()}"
        if not self.agreed:
            return f"{words}, договорённостей нет."
        told = f"{words}, {counted(self.agreed, 'договорённость', 'договорённости', 'договорённостей')}"
        told += f", исполнено {self.done}"
        return told + (f", просрочено {self.late}." if self.late else ".")

    @property
    def told(self) -> list[str]:
        """A sentence a visit: «13.11.2026, Лебедева М.Ю.: посетили уроки. Договорились: … – до 05.12.2026 (исполнено).»"""
        out = []
        for visit in self.visits:
            text = f"{visit.held_on:%d.%m.%Y}, {visit.by}"
            parts = (" ".join(part.split()).rstrip(" .;") for part in (visit.aim, visit.findings))
            seen = ". ".join(part for part in parts if part)
            text += f": {seen}." if seen else "."
            agreed = []
            for one in visit.agreements.all():
                states = [task.get_state_display() for task in one.clause.assignments.all()] if one.clause else []
                state = states[0] if states else "" if visit.confirmed_at else "не подтверждено директором"
                agreed.append(f"{one.text.rstrip(' .;')} – до {one.due:%d.%m.%Y}" + (f" ({state})" if state else ""))
            if agreed:
                text += f" Договорились: {'; '.join(agreed)}."
            out.append(text)
        return out


def lines_of(visits: Iterable[Visit], today: dt.date) -> list[SchoolLine]:
    """Visits in the order they come, gathered by school; related rows are prefetched by the caller."""
    found: dict[int, SchoolLine] = {}
    for visit in visits:
        line = found.setdefault(visit.school_id, SchoolLine(visit.school))
        line.visits.append(visit)
        for one in visit.agreements.all():
            line.agreed += 1
            for task in one.clause.assignments.all() if one.clause else ():
                line.done += task.state == "done"
                line.late += task.is_overdue(today)
    return list(found.values())
