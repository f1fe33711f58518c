"""Calendar years: «в течение 2021 года», «до конца года», «2021-2023 годы». Pure.

Without a label a bare year is seldom a term: only «… в 2022 году» at the end of a sentence, and with a doubt.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from decisions.deadlines.grammar import LEAD, OF_RESULTS, WEAK_RESULTS, YEAR, Context, Found
from decisions.reading.grammar import is_participle
from decisions.reading.model import Deadline

YEAR_THROUGH = re.compile(
    rf"(?<![а-я])(?:в\s+течение|на\s+протяжении)\s+(?:всего\s+)?(?:{YEAR}\s*(?:года|г\.?)|(?P<own>(?:текущего\s+|календарного\s+)?года))(?![а-я])(?!\s*обучения)"
)
YEAR_BEFORE = re.compile(
    rf"(?:(?<![а-я])в\s+(?=конце\s)|{LEAD})(?P<whole>(?:конца|окончания|концу|конце)\s+)?(?:{YEAR}(?!\s*[-/])\s*(?:года|году|г\.?)|(?P<own>(?:текущего\s+|календарного\s+|этого\s+)?года))(?![а-я])"
)
YEAR_BARE = re.compile(rf"(?<![\d./а-я-])(?:(?:в|на)\s+)?{YEAR}(?!\s*[-/]\s*\d)\s*(?:год|году|г\.?)(?![а-я])(?!\s*уч)")
YEAR_IN = re.compile(rf"(?<![а-я])в\s+{YEAR}\s*(?:году|г\.)(?![а-я])(?=\s*(?:[.;,)]|$))")
YEAR_SPAN = re.compile(r"(?<![\d./])(?P<a>20\d{2})\s*-\s*(?P<b>20\d{2})\s*(?:годы|годов|гг\.?)")
_OF_YEAR = re.compile(
    r"(?:экзамен|огэ|егэ|гиа|впр|олимпиад|котор|[а-я]{4,}(?:нн|вш|щ)(?:ого|его|их|ых|ой|ей|ую|ые|ие|ая|ое|ый|ий|ом|ем|ым|ими|ыми)(?:ся)?)[а-я]*\s+(?:[а-я-]+\s+){0,5}$"
)


def years(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    day = context.document_date
    for m in YEAR_THROUGH.finditer(context.seen, start, end):
        year = int(m[1]) if m[1] else (day.year if day else None)
        if year:
            yield Found(m.start(), m.end(), Deadline(kind="year", start=dt.date(year, 1, 1), due=dt.date(year, 12, 31)))
    for m in YEAR_BEFORE.finditer(context.seen, start, end):
        printed = next((g for g in m.groups() if g and re.fullmatch(r"20\d{2}", g)), None)
        if m["own"] and not m["whole"]:
            continue
        year = int(printed) if printed else (day.year if day else None)
        if year:
            yield Found(
                m.start(), m.end(), Deadline(kind="year", due=dt.date(year if m["whole"] else year - 1, 12, 31))
            )
    if not labelled:
        for m in YEAR_IN.finditer(context.seen, start, end):
            year, before = int(m[1]), context.before(m.start())
            if (
                day
                and year >= day.year
                and not (OF_RESULTS.search(before) or WEAK_RESULTS.search(before) or _OF_YEAR.search(before))
                and not _whose(before)
            ):
                doubt = f"«{m.group().strip()}» — это срок?"
                yield Found(
                    m.start(),
                    m.end(),
                    Deadline(kind="year", start=dt.date(year, 1, 1), due=dt.date(year, 12, 31)),
                    doubts=(doubt,),
                )
        return
    for m in YEAR_SPAN.finditer(context.seen, start, end):
        first, last = dt.date(int(m["a"]), 1, 1), dt.date(int(m["b"]), 12, 31)
        if first <= last:
            yield Found(m.start(), m.end(), Deadline(kind="period", start=first, due=last))
    for m in YEAR_BARE.finditer(context.seen, start, end):
        year = int(m[1])
        yield Found(m.start(), m.end(), Deadline(kind="year", start=dt.date(year, 1, 1), due=dt.date(year, 12, 31)))


def _whose(before: str) -> bool:
    """«учителям, аттестующимся в 2024 году»: the year limits who is meant."""
    found = re.search(r"([а-я]+(?:щ|вш)[а-я]+)\s+$", before)
    return found is not None and is_participle(found[1])
