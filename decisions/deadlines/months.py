"""Months and their parts: «до мая», «в марте – апреле», «в первой декаде июня», «в начале сентября», «до конца месяца». Pure.

A month without a year is the first that is not over on the document's day; «до мая» ends on the last day of April.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from decisions.deadlines.days import month_end
from decisions.deadlines.grammar import LEAD, YEAR_WORD, Context, Found, counts, is_past, year_of_month
from decisions.deadlines.words import MONTH, month_of, order_of
from decisions.reading.model import Deadline

MONTH_SPAN = re.compile(
    rf"(?<![а-я\d])(?P<lead>с\s+|в\s+(?:течение|период)\s+(?:с\s+)?|во?\s+)?(?P<a>{MONTH})(?:\s*(?P<y1>20\d{{2}})(?:\s*(?:года|г\.?))?)?\s*(?P<sep>-|по|и|,)\s*(?P<b>{MONTH})(?:\s*(?P<y2>20\d{{2}}))?{YEAR_WORD}"
)
MONTH_BEFORE = re.compile(
    rf"{LEAD}(?P<whole>конц[ауе]\s+|окончани[яю]\s+)?(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}"
)
MONTH_END = re.compile(rf"(?<![а-я])в\s+конце\s+(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}")
MONTH_IN = re.compile(
    rf"(?<![а-я\d])(?P<lead>в\s+(?:течение|период)\s+|во?\s+|в(?=(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)е(?![а-я]))|на\s+протяжении\s+)?(?P<m>{MONTH})(?:\s+месяц[а-я]*)?(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}"
)
# «с марта 2025 года»: a month it begins in, without an end.
MONTH_SINCE = re.compile(rf"(?<![а-я])с\s+(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}(?!\s*(?:по|до|-)\s)")
MONTH_NUMERIC = re.compile(rf"{LEAD}(?P<m>\d{{1,2}})\s?\.\s?(?P<y>20\d{{2}})(?!\s?[.\d]){YEAR_WORD}")


def months(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in MONTH_NUMERIC.finditer(context.seen, start, end):
        if 1 <= int(m["m"]) <= 12:
            first = dt.date(int(m["y"]), int(m["m"]), 1)
            yield Found(m.start(), m.end(), Deadline(kind="month", due=first - dt.timedelta(days=1)))
    for pattern in (MONTH_BEFORE, MONTH_END):
        for m in pattern.finditer(context.seen, start, end):
            month = month_of(m["m"])
            year = year_of_month(context, month, m["y"])
            if year is None:
                yield Found(m.start(), m.end(), Deadline(kind="month"), guessed_year=True)
                continue
            whole = pattern is MONTH_END or m["whole"]
            if (
                not whole
                and m["y"] is None
                and context.document_date
                and dt.date(year, month, 1) <= context.document_date
            ):
                year += 1
            last = month_end(year, month)
            due = last if whole else dt.date(year, month, 1) - dt.timedelta(days=1)
            yield Found(m.start(), m.end(), Deadline(kind="month", due=due), guessed_year=not m["y"])
    for m in MONTH_SINCE.finditer(context.seen, start, end):
        month = month_of(m["m"])
        year = year_of_month(context, month, m["y"])
        if year is not None and not is_past(context, month_end(year, month), labelled):
            since = Deadline(kind="period", start=dt.date(year, month, 1))
            yield Found(m.start(), m.end(), since, guessed_year=not m["y"])
    for m in MONTH_SPAN.finditer(context.seen, start, end):
        if not counts(context, m.start(), labelled, bare=not m["lead"] and m["sep"] != "-"):
            continue
        a, b = month_of(m["a"]), month_of(m["b"])
        last_year = year_of_month(context, b, m["y2"] or (str(int(m["y1"]) + (a > b)) if m["y1"] else None))
        if last_year is None:
            continue
        first_year = int(m["y1"]) if m["y1"] else last_year - (a > b)
        first, last = dt.date(first_year, a, 1), month_end(last_year, b)
        if is_past(context, last, labelled) or last < first:
            continue
        doubts: tuple[str, ...] = ()
        if m["sep"] in (",", "и") and b != a % 12 + 1:
            doubts = (f"«{m.group().strip()}»: к какому из месяцев?",)
        if a > b and not (m["y1"] or m["y2"]) and context.document_date and first < context.document_date:
            doubts = (f"«{m.group().strip()}» через новый год: какой год имеется в виду?",)
        yield Found(
            m.start(), m.end(), Deadline(kind="period", start=first, due=last), doubts=doubts, guessed_year=not m["y2"]
        )
    for m in MONTH_IN.finditer(context.seen, start, end):
        if re.search(r"\d[-го\"»]*\s*$", context.seen[: m.start("m")]) or not counts(
            context, m.start(), labelled, bare=not m["lead"]
        ):
            continue
        month = month_of(m["m"])
        year = year_of_month(context, month, m["y"])
        if year is None:
            continue
        last = month_end(year, month)
        if not is_past(context, last, labelled):
            yield Found(
                m.start(),
                m.end(),
                Deadline(kind="month", start=dt.date(year, month, 1), due=last),
                guessed_year=not m["y"],
            )


# --- parts of months --------------------------------------------------------------------------------------------------

DECADE = re.compile(
    rf"(?<![а-я\d])(?:во?\s+)?(?:(?P<n>перв|втор|трет|последн)[а-я]+|(?P<r>i{{1,3}}|[1-3])(?:-?(?:й|я|ю|ей))?)\s+(?P<what>декад[а-я]+|половин[а-я]+)\s+(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}"
)
# «в начале сентября», «на последней неделе мая»: within the month, the day is asked for.
VAGUE = re.compile(
    rf"(?<![а-я\d])(?:(?:в|во|на|к)\s+)?(?:(?P<p>начал|середин)[аеуы]|(?:перв|втор|трет|четверт|последн)[а-я]+\s+недел[еюия]|(?:[1-5]|i{{1,3}}|iv|v)\s?-?[йюя]?\s+недел[еюия]|(?:последних|первых|двадцатых|десятых)\s+числах)\s+(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}"
)


def parts_of_months(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in DECADE.finditer(context.seen, start, end):
        if not counts(context, m.start(), labelled, bare=False):
            continue
        n = 3 if (m["n"] or "").startswith("посл") else order_of(m["n"] or m["r"])
        month = month_of(m["m"])
        year = year_of_month(context, month, m["y"])
        half = m["what"].startswith("полов")
        if year is None or (half and n not in (1, 2, 3)):
            continue
        last = month_end(year, month)
        edges = [(1, 15), (16, last.day), (16, last.day)] if half else [(1, 10), (11, 20), (21, last.day)]
        first_day, last_day = edges[n - 1]
        yield Found(
            m.start(),
            m.end(),
            Deadline(kind="period", start=last.replace(day=first_day), due=last.replace(day=last_day)),
            guessed_year=not m["y"],
        )
    for m in VAGUE.finditer(context.seen, start, end):
        month = month_of(m["m"])
        year = year_of_month(context, month, m["y"])
        if year is None or not counts(context, m.start(), labelled, bare=False):
            continue
        last = month_end(year, month)
        doubt = f"«{m.group().strip()}»: какого числа? Взят конец месяца."
        yield Found(m.start(), m.end(), Deadline(kind="month", start=last.replace(day=1), due=last), doubts=(doubt,))


END_OF_OWN = re.compile(
    r"(?<![а-я])(?:в\s+конце\s+|(?:не\s+позд?нее|до|к)\s+(?:конца|концу|окончания|окончанию)\s+)(?:(?:текущ|эт|с)(?:его|ого|ей|ой)\s+)?(?P<u>месяца|квартала|недели)(?![а-я])"
)


def ends(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    """«до конца месяца»: of the document's month, if nothing else is meant."""
    day = context.document_date
    for m in END_OF_OWN.finditer(context.seen, start, end):
        doubt = (f"«{m.group().strip()}»: какой день имеется в виду?",)
        if day is None or m["u"] == "недели":
            yield Found(m.start(), m.end(), Deadline(kind="event"), doubts=doubt)
        elif m["u"] == "месяца":
            yield Found(m.start(), m.end(), Deadline(kind="month", due=month_end(day.year, day.month)), doubts=doubt)
        else:
            last = month_end(day.year, (day.month + 2) // 3 * 3)
            yield Found(m.start(), m.end(), Deadline(kind="quarter", due=last), doubts=doubt)
