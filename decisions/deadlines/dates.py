"""Dates and spans of days: «до 1 марта», «05.03.2021», «с 1 по 15 апреля», «с 1 сентября». Pure.

A date without a year means its next occurrence from the document's day on. A bare day tells when something is due only when
no other words («от …», «представленный на семинаре …») claim it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from decisions.deadlines.grammar import BELONGS, YEAR_WORD, Context, Found
from decisions.deadlines.words import DAY_WORD, DAY_WORDS, MONTH, month_of
from decisions.reading.grammar import is_participle
from decisions.reading.model import Deadline

# --- one day ----------------------------------------------------------------------------------------------------------

_SEP = r"\s?[./]\s?"
NUMERIC = re.compile(
    rf"(?<![\d.,/-])(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}})(?:(?:{_SEP}|\s)(?P<y>20\d{{2}}|\d{{2}}(?!\d)))?(?![\d/]|[.]\d){YEAR_WORD}"
)
DASHED = re.compile(rf"(?<![\d.,/-])(?P<d>\d{{1,2}})-(?P<m>\d{{2}})-(?P<y>20\d{{2}})(?![\d-]){YEAR_WORD}")
# «15,04,2025», «15..04.2025», «15 04 2025»: slips of a key; only a whole date is surely one.
LOOSE = re.compile(
    rf"(?<![\d.,/-])(?P<d>\d{{1,2}})(?:\s?[.,]{{1,2}}\s?|\s)(?P<m>[01]?\d)(?:\s?[.,]{{1,2}}\s?|\s)(?P<y>20\d{{2}})(?![\d/]|[.]\d){YEAR_WORD}"
)
ISO = re.compile(r"(?<![\d.,/-])(?P<y>20\d{2})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])")
DAY = rf"(?:[\"«“]?\s?(?P<d>\d{{1,2}})\s?[\"»”]?(?:-?(?:го|ое|е))?|(?P<dw>{DAY_WORD}))"
SPELLED = re.compile(
    rf"(?<![\d.а-я]){DAY}\s*(?P<mw>{MONTH})(?:\s*(?P<y>20\d{{2}}(?!\d)|\d{{2}}(?=\s*(?:г|$|[.,;)]))))?{YEAR_WORD}"
)
LEAD_BEFORE = re.compile(
    r"(?<![а-я])(?P<label>(?:в\s+)?срок[а-я]*\s*[:-]?\s*)?(?P<lead>(?:не\s+позд?нее|не\s+позже|до|ко?|по|на)\s*"
    r"(?:\d{1,2}[.:]\d{2}\s*(?:часов|час\.?|ч\.?)?\s*|\d{1,2}\s*(?:часов|час\.?|ч\.?)\s*)?)?$"
)
# «в пятницу, 5 марта», «5 марта (пятница)»: a weekday that must agree with the date.
_WEEKDAY = r"(?P<w>понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)(?:ами|ам|ах|ой|ем|ом|[аеуыя])?(?![а-я])"
WEEKDAY_BEFORE = re.compile(rf"(?<![а-я]){_WEEKDAY}\s*[,(-]?\s*(?:(?:до|к|ко|не\s+позд?нее|не\s+позже)\s*)?$")
WEEKDAY_BEHIND = re.compile(rf"\s*(?:,\s*|\(\s*|-\s*)?(?:во?\s+)?{_WEEKDAY}")
# «не ранее 1 апреля»: when it may begin; when it must be done is not said.
NOT_BEFORE = re.compile(r"не\s+ранее(?:,?\s+чем)?\s+(?:с\s+|со\s+)?$")
NO_END = "Назван день, раньше которого нельзя. Какой срок установить?"
_TOLD = re.compile(
    r"(?:,\s*|\s)(?P<w>[а-я]{4,}(?:нн|вш)(?:ого|его|их|ых|ой|ей|ую|ые|ие|ая|ое|ый|ий|ом|ем|ым|ими|ыми)(?:ся)?)\s+(?:[а-я]+\s+){0,4}$"
)


def dates(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for pattern in (NUMERIC, LOOSE, DASHED, ISO, SPELLED):
        for m in pattern.finditer(context.seen, start, end):
            before = context.before(m.start())
            if BELONGS.search(before) or context.seen[m.end() : m.end() + 4].lstrip().startswith("№"):
                continue
            words = LEAD_BEFORE.search(before)
            lead = words and (words["lead"] or words["label"])
            printed_lead = len(words["lead"] or "") if words else 0
            groups = m.groupdict()
            month = month_of(groups["mw"]) if groups.get("mw") else int(groups["m"])
            day = DAY_WORDS[" ".join(groups["dw"].split())] if groups.get("dw") else int(groups["d"])
            printed = groups.get("y")
            year = _year(
                printed if printed and len(printed) == 4 else None, printed if printed and len(printed) == 2 else None
            )
            numeric = "mw" not in groups
            if (
                numeric
                and year is None
                and not (labelled or lead)
                or (numeric and year is None and len(groups["m"]) < 2)
            ):
                continue
            if numeric and year is None and (month == 0 or month > 12 or day == 0 or day > 31):
                continue
            if NOT_BEFORE.search(before):
                since = _day(year or _first_year(context, month, day), month, day) if 1 <= month <= 12 else None
                yield Found(m.start(), m.end(), Deadline(kind="period", start=since), doubts=(NO_END,))
                continue
            begin = m.start() - printed_lead
            guessed = year is None
            if year is None:
                year = _first_year(context, month, day) if 1 <= month <= 12 else None
                if year is None and 1 <= month <= 12 and context.document_date is None:
                    yield Found(begin, m.end(), Deadline(kind="date"), guessed_year=True)
                    continue
            due = _day(year, month, day) if 1 <= month <= 12 else None
            if due is None:
                if lead or labelled or (year and numeric):
                    yield Found(begin, m.end(), Deadline(kind="invalid"))
                continue
            if not lead and not labelled and context.document_date and due < context.document_date:
                continue  # a bare day that has passed tells when something was, not when it is due
            if not lead and not labelled and _told_of(before):
                context.doubts.append(f"Дата «{m.group().strip()}» стоит при рассказе о другом. Срок ли это?")
                continue
            yield Found(
                begin,
                m.end(),
                Deadline(kind="date", due=due),
                guessed_year=guessed,
                doubts=_weekday(context, m, due),
            )


def _year(full: str | None, short: str | None = None) -> int | None:
    if full:
        return int(full)
    return 2000 + int(short) if short else None


def _day(year: int | None, month: int, day: int) -> dt.date | None:
    if year is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _first_year(context: Context, month: int, day: int) -> int | None:
    """The first year in which the day is not before the document's date."""
    if context.document_date is None:
        return None
    start = context.document_date.year
    for year in range(start, start + 9):
        found = _day(year, month, day)
        if found is None:
            continue
        if found >= context.document_date:
            return year
    return None


def _told_of(before: str) -> bool:
    """«…, представленный на семинаре 20 февраля»: the day belongs to a participle behind the last comma."""
    found = _TOLD.search(before)
    return found is not None and is_participle(found["w"])  # «районную» only looks like one


def _weekday(context: Context, m: re.Match[str], due: dt.date) -> tuple[str, ...]:
    """A doubt when the weekday printed beside a date, before or behind it, is another one."""
    found = WEEKDAY_BEFORE.search(context.before(m.start())) or WEEKDAY_BEHIND.match(context.seen, m.end())
    if not found:
        return ()
    printed = ["пон", "вто", "сре", "чет", "пят", "суб", "вос"].index(found["w"][:3])
    if printed == due.weekday():
        return ()
    return (f"День недели не совпадает с датой {due:%d.%m.%Y}. Какой день верен?",)


# «до 25-го числа текущего месяца», «20 числа следующего месяца»: a day of a month that the document's day names.
OF_MONTH = re.compile(
    r"(?<![\d.,/-])(?:(?:не\s+позд?нее|не\s+позже|до|ко?|на)\s+)?(?P<d>\d{1,2})\s?-?\s?(?:го|е|му)?\s*(?:числ[ауо]м?\s*,?\s*)?"
    r"(?P<which>текущего|этого|сего|данного|т\.\s?|с\.\s?|следующего|будущего|наступающего)\s?(?:месяца|мес\.?|м\.?)(?![а-я])"
    r"(?!\s*,?\s*следующ|\s+за\s)"
)


def days_of_month(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    today = context.document_date
    for m in OF_MONTH.finditer(context.seen, start, end):
        if re.search(r"(?:ежемесячно|кажд[а-я]+(?:\s+месяц[а-я]*)?)\s*,?\s*$", context.before(m.start())):
            continue  # repeated, not one day
        if today is None:
            yield Found(m.start(), m.end(), Deadline(kind="date"), doubts=(f"«{m.group().strip()}»: какого месяца?",))
            continue
        later = m["which"].startswith(("след", "буд", "наст"))
        due = _day(today.year + (later and today.month == 12), (today.month + later - 1) % 12 + 1, int(m["d"]))
        if due is None:
            yield Found(m.start(), m.end(), Deadline(kind="invalid"))
            continue
        past = (f"«{m.group().strip()}» раньше даты документа. Какой день имелся в виду?",) if due < today else ()
        yield Found(m.start(), m.end(), Deadline(kind="date", due=due), doubts=past)


# --- spans of days ----------------------------------------------------------------------------------------------------

_NUM = r"\d{1,2}\s?\.\s?\d{1,2}(?:\s?\.\s?(?:20\d{2}|\d{2}(?!\d)))?(?:\.(?=\s?(?:-|по|до)))?"
_WORDS = rf"\d{{1,2}}\s*{MONTH}(?:\s*20\d{{2}})?"
SPAN = re.compile(
    rf"(?<![а-я\d.])(?P<lead>(?:в\s+период\s+|в\s+срок\s+)?с\s+)?(?P<a>{_NUM}|{_WORDS}|\d{{1,2}})(?:\s*(?:года|г\.?))?\s*(?P<sep>по|до|-)\s*(?P<b>{_NUM}|{_WORDS}){YEAR_WORD}"
)
OPEN_SPAN = re.compile(rf"(?<![а-я\d.])с\s+(?P<a>{_NUM}|{_WORDS}){YEAR_WORD}(?!\s*(?:по|до|-)\s*\d)")
_POINT_NUM = re.compile(r"(\d{1,2})\s?\.\s?(\d{1,2})(?:\s?\.\s?(\d{4}|\d{2}))?")
_POINT_WORDS = re.compile(rf"(\d{{1,2}})\s*({MONTH})(?:\s*(20\d{{2}}))?")


def spans(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in SPAN.finditer(context.seen, start, end):
        if not m["lead"] and m["sep"] != "-":
            continue
        if BELONGS.search(context.before(m.start())):
            continue
        day1, month1, year1 = _point(m["a"])
        day2, month2, year2 = _point(m["b"])
        if month2 is None or not 1 <= month2 <= 12:
            continue
        month1 = month1 or month2
        guessed = year2 is None and year1 is None
        if year2 is None:
            year2 = year1 + (month1 > month2) if year1 else _first_year(context, month2, day2)
        if year2 is None or not 1 <= month1 <= 12:
            continue
        year1 = year1 or (year2 - (month1 > month2))
        first, last = _day(year1, month1, day1), _day(year2, month2, day2)
        if first is None or last is None:
            yield Found(m.start(), m.end(), Deadline(kind="invalid"))
        elif last < first:
            yield Found(
                m.start(),
                m.end(),
                Deadline(kind="period", due=last),
                doubts=("Срок кончается раньше, чем начинается. Какой срок установить?",),
            )
        else:
            yield Found(m.start(), m.end(), Deadline(kind="period", start=first, due=last), guessed_year=guessed)


def open_spans(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in OPEN_SPAN.finditer(context.seen, start, end):
        day, month, year = _point(m["a"])
        if month is None or not 1 <= month <= 12:
            continue
        year = year or _first_year(context, month, day)
        first = _day(year, month, day) if year else None
        if first:
            yield Found(m.start(), m.end(), Deadline(kind="period", start=first))


def _point(text: str) -> tuple[int, int | None, int | None]:
    """Day, month, year as far as printed."""
    if m := _POINT_WORDS.match(text):
        return int(m[1]), month_of(m[2]), int(m[3]) if m[3] else None
    if m := _POINT_NUM.match(text):
        year = m[3]
        return int(m[1]), int(m[2]), (int(year) if len(year) == 4 else 2000 + int(year)) if year else None
    return int(text), None, None
