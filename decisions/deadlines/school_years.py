"""School years and their edges: «в течение учебного года», «до начала нового учебного года». Pure.

A school year lasts from 1 September to 31 August; lessons end on 31 May.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from decisions.deadlines.grammar import SCHOOL, Context, Found, counts, is_past
from decisions.reading.model import Deadline

SCHOOL_YEAR = re.compile(
    rf"(?<![а-я\d])(?P<lead>в\s+(?:течение\s+)?|на\s+протяжении\s+(?:всего\s+)?|весь\s+|на\s+)?(?:(?P<which>текущ|нов|следующ|предстоящ|всего|наступающ)[а-я]*\s+)?(?:{SCHOOL})?уч(?:ебн[а-я]+|\.)\s*(?:год[а-я]*|г\.?)(?![а-я])"
)
SCHOOL_EDGE = re.compile(
    rf"(?<![а-я])(?:(?P<within>в)|не\s+позд?нее|до|к|ко)\s+(?P<edge>конц[ауе]|окончани[яю]|завершени[яю]|начал[ауе])\s+(?:нового\s+|текущего\s+|следующего\s+)?(?:{SCHOOL})?уч(?:ебного|\.)\s*(?:года|г\.?)(?![а-я])"
)


def school_years(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    day = context.document_date
    for m in SCHOOL_EDGE.finditer(context.seen, start, end):
        begins = m["edge"].startswith("нач")
        due = None
        if m["y1"]:
            due = dt.date(int(m["y1"]), 8, 31) if begins else dt.date(int(m["y1"]) + 1, 5, 31)
        elif day:
            month, number = (8, 31) if begins else (5, 31)
            due = dt.date(day.year + (dt.date(day.year, month, number) < day), month, number)
        if m["within"] and begins:  # the first days are not named
            doubt = f"«{m.group().strip()}»: какого числа?"
            yield Found(m.start(), m.end(), Deadline(kind="event"), doubts=(doubt,))
            continue
        yield Found(m.start(), m.end(), Deadline(kind="event", due=due))
    for m in SCHOOL_YEAR.finditer(context.seen, start, end):
        lead = (m["lead"] or "").strip()
        if not labelled and (lead in ("", "на") or not counts(context, m.start(), labelled, bare=False)):
            continue
        if re.search(
            r"(?:конц[ауе]|окончани[яю]|начал[ауе]|завершени[яю]|полугоди[а-я]*)\s+$", context.before(m.start())
        ):
            continue
        if m["y1"]:
            first = int(m["y1"])
        elif day:
            first = day.year if day.month >= 6 else day.year - 1
            if (
                (m["which"] or "").startswith(("нов", "следующ", "предстоящ", "наступающ"))
                and 1 <= day.month <= 5
                or (m["which"] or "").startswith("следующ")
                and day.month >= 9
            ):
                first += 1
        else:
            continue
        last = dt.date(first + 1, 8, 31)
        if not is_past(context, last, labelled):
            yield Found(m.start(), m.end(), Deadline(kind="school_year", start=dt.date(first, 9, 1), due=last))
