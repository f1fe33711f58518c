"""Seasons: «летом», «осень 2021 года», «в весенний период». Winter begins in December of the year named. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from decisions.deadlines.days import month_end
from decisions.deadlines.grammar import YEAR, YEAR_WORD, Context, Found, counts, is_past, year_of_month
from decisions.reading.model import Deadline

SEASON = re.compile(
    rf"(?<![а-я])(?:(?P<s>весной|летом|осенью|зимой|весна|лето|осень|зима)|в\s+(?P<p>весен|лет|осен|зим)н[а-я]+\s+период)(?:\s*{YEAR})?{YEAR_WORD}"
)
SEASONS = {"вес": (3, 5), "лет": (6, 8), "осе": (9, 11)}


def seasons(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in SEASON.finditer(context.seen, start, end):
        season = m["s"] or m["p"]
        if not counts(context, m.start(), labelled, bare=not (m["p"] or m["s"].endswith(("ой", "ом", "ью")))):
            continue
        year = int(m[3]) if m[3] else None
        if season.startswith("зим"):
            day = context.document_date
            year = year or (day.year - (day.month <= 2) if day else None)  # in January the winter is the one that lasts
            if year is None:
                continue
            first, last = dt.date(year, 12, 1), month_end(year + 1, 2)
        else:
            a, b = SEASONS[season[:3]]
            year = year or year_of_month(context, b, None)
            if year is None:
                continue
            first, last = dt.date(year, a, 1), month_end(year, b)
        if not is_past(context, last, labelled):
            yield Found(m.start(), m.end(), Deadline(kind="period", start=first, due=last))
