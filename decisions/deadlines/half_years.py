"""Half-years, of a school year unless a calendar year is printed: «в I полугодии», «до конца II полугодия 2021-2022 уч. года». Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from decisions.deadlines.grammar import END_OF, IN, SCHOOL, Context, Found, counts, is_past
from decisions.deadlines.words import ORDINAL, order_of
from decisions.reading.model import Deadline

HALF = re.compile(
    rf"(?<![а-я\d]){END_OF}{IN}(?P<n>{ORDINAL})\s*(?:-?(?:е|м|го|ом))?\s*полугоди[а-я]*(?:\s*(?:{SCHOOL}(?:уч[а-я.]*\s*)?|(?P<y>20\d{{2}}))\s*(?:(?P<uch>уч[а-я.]*)\s*)?(?:год[а-я]*|г\.?)?|\s*(?P<own>(?:текущего\s+)?учебного\s+года))?"
)


def halves(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in HALF.finditer(context.seen, start, end):
        if not (m["whole"] or counts(context, m.start(), labelled, bare=not m["lead"])):
            continue
        n = order_of(m["n"])
        if n > 2:
            continue
        if m["y"] and not m["uch"]:
            year = int(m["y"])
            first, last = (
                (dt.date(year, 1, 1), dt.date(year, 6, 30)) if n == 1 else (dt.date(year, 7, 1), dt.date(year, 12, 31))
            )
        else:
            school = int(m["y1"]) if m["y1"] else _school_year_of_half(context, n)
            if school is None:
                continue
            first, last = (
                (dt.date(school, 9, 1), dt.date(school, 12, 31))
                if n == 1
                else (dt.date(school + 1, 1, 1), dt.date(school + 1, 5, 31))
            )
        doubts: tuple[str, ...] = ()
        if not (m["y"] or m["y1"] or m["own"]):
            doubts = (f"«{m.group().strip()}»: учебного года или календарного? Взято учебное.",)
        if m["whole"]:
            yield Found(m.start(), m.end(), Deadline(kind="event", due=last), doubts=doubts)
        elif not is_past(context, last, labelled):
            yield Found(m.start(), m.end(), Deadline(kind="period", start=first, due=last), doubts=doubts)


def _school_year_of_half(context: Context, n: int) -> int | None:
    """The year in which the school year begins whose half is the first not over on the document's day."""
    day = context.document_date
    if day is None:
        return None
    if n == 1:
        return day.year
    return day.year - 1 if day <= dt.date(day.year, 5, 31) else day.year
