"""Quarters of a calendar year: «до конца III квартала», «в I квартале 2022 года». Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from decisions.deadlines.days import month_end
from decisions.deadlines.grammar import END_OF, IN, YEAR, YEAR_WORD, Context, Found, counts, is_past, year_of_month
from decisions.deadlines.words import ORDINAL, order_of
from decisions.reading.model import Deadline

QUARTER = re.compile(
    rf"(?<![а-я\d]){END_OF}{IN}(?P<n>{ORDINAL})\s*(?:-?(?:й|ом|го|м))?\s*(?:квартал[а-я]*|кв\.)(?:\s*{YEAR})?{YEAR_WORD}"
)


def quarters(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in QUARTER.finditer(context.seen, start, end):
        if not (m["whole"] or counts(context, m.start(), labelled, bare=not m["lead"])):
            continue
        n = order_of(m["n"])
        year = int(m[m.lastindex]) if m.lastindex and (m[m.lastindex] or "").startswith("20") else None
        last_month = n * 3
        if year is None:
            year = year_of_month(context, last_month, None)
        if year is None:
            continue
        first, last = dt.date(year, last_month - 2, 1), month_end(year, last_month)
        if m["whole"]:
            yield Found(m.start(), m.end(), Deadline(kind="quarter", due=last))
        elif not is_past(context, last, labelled):
            yield Found(m.start(), m.end(), Deadline(kind="quarter", start=first, due=last))
