"""Patterns of printed terms: each family finds candidates with the days they mean. Runs on `words.view` of a text.

Families in the order of gold README section 6: dates, spans of dates, months, quarters, half-years and seasons, years and
school years, constant terms, terms counted from the document, repeated ones, events. What a year or a date belongs to
(«от 12 марта», «за III квартал», «итоги … в мае») is looked up in the words before it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from decisions.deadlines.days import WorkingCalendar, month_end
from decisions.deadlines.words import (
    DAY_WORD,
    DAY_WORDS,
    MONTH,
    ORDINAL,
    month_of,
    order_of,
)
from decisions.reading.grammar import is_participle
from decisions.reading.model import Deadline


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: where it stands, what it means, its family's order (earlier families win ties)."""

    start: int
    end: int
    deadline: Deadline
    order: int = 0
    doubts: tuple[str, ...] = ()
    guessed_year: bool = False


_PIECE = re.compile(r"[^,;:()]{3,60}")


@dataclass
class Context:
    """One text being read: its view, the document's day, the calendar."""

    seen: str
    document_date: dt.date | None
    calendar: WorkingCalendar
    doubts: list[str] = field(default_factory=list)  # about words of time that were seen and not taken
    brackets: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.brackets = [m.span(1) for m in re.finditer(r"\(([^()]{3,90})\)", self.seen)]
        tail = re.search(r"(?:\s-\s|,\s)([^-;:(),]{3,60}?(?:-[^-;:(),]{1,20})?)[\s.;]*$", self.seen)
        if tail:
            self.brackets.append(tail.span(1))
        dash = self.seen.rfind(" - ")
        if dash > 0 and len(self.seen) - dash < 400:  # «Отчёт – Иванова И.И., IV квартал»
            self.brackets += [m.span() for m in _PIECE.finditer(self.seen, dash + 3)]

    def inside(self, start: int, end: int, *, labelled: bool) -> list[Found]:
        """Candidates that lie within the stretch. Bare forms count when labelled, in brackets, or behind a final dash."""
        from decisions.deadlines.families import FAMILIES  # they are built on this module

        found: list[Found] = []
        for order, family in enumerate(FAMILIES):
            for one in family(self, start, end, labelled):
                if start <= one.start and one.end <= end:
                    found.append(Found(one.start, one.end, one.deadline, order, one.doubts, one.guessed_year))
        if not labelled:
            for left, right in self.brackets:
                if start <= left and right <= end:
                    found += [f for f in self.inside(left, right, labelled=True) if self._fills(f, left, right)]
        return found

    def _fills(self, one: Found, left: int, right: int) -> bool:
        """A bare form in brackets is a term only when it is all that stands there, and more than a year."""
        rest = self.seen[left : one.start] + self.seen[one.end : right]
        return not re.sub(r"[\s.,;:\-]|\bв\b|\bсрок\b", "", rest) and one.deadline.kind not in ("year", "school_year")

    @property
    def today(self) -> dt.date:
        """The day terms are counted from; without a document date only terms with a year of their own mean days."""
        return self.document_date or dt.date(1, 1, 1)

    def before(self, position: int, length: int = 60) -> str:
        return self.seen[max(0, position - length) : position]


YEAR = r"(20\d{2})(?!\d)"
YEAR_WORD = r"(?:\s*(?:года|годы|году|год|гг?\.?)(?![а-я]))?"
SHORT_YEAR = rf"(?:{YEAR}|'?(\d{{2}})(?!\d))"
LEAD = r"(?<![а-я])(?:(?:в\s+)?срок[иу]?\s*[-:]?\s*)?(?:(?P<lead>не\s+позд?нее|не\s+позже|до|к|ко)\s+)"
BELONGS = re.compile(r"(?:(?<![а-я])(?:от|за)|состоянию\s+на|№|с\s+изменениями|редакци[ия])\s*[\"«]?\s*$")
PAST_PARTICIPLE = re.compile(
    r"[а-я]{4,}(?:нн|вш|ст|т)(?:ого|его|их|ых|ой|ей|ую|ые|ие|ая|ое|ый|ий|ом|ем|ым|ими|ыми)(?:ся)?\s+$"
)
# What a stretch of time behind these words belongs to; behind the weak ones the work itself may be due («мониторинг … в мае»).
OF_RESULTS = re.compile(
    r"(?<![а-я])(?:по\s+итогам|за|по\s+результатам|отчет[а-я]*\s+за|на\s+(?:огэ|егэ|гиа)[а-я ]*|"
    r"план[а-я]*\s+(?:работы\s+)?на|бюджет[а-я]*\s+на)\s+(?:[а-я-]+\s+){0,6}$"
)
WEAK_RESULTS = re.compile(
    r"(?<![а-я])(?:итог(?:и|ов|ам|ами|ах)?|результат[а-я]*|мониторинг[а-я]*|аттестаци[а-я]*)\s+(?:[а-я-]+\s+){0,6}$"
)


def _year(full: str | None, short: str | None = None) -> int | None:
    if full:
        return int(full)
    return 2000 + int(short) if short else None


def _date(year: int, month: int, day: int) -> dt.date | None:
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
        found = _date(year, month, day)
        if found is None:
            continue
        if found >= context.document_date:
            return year
    return None


# --- dates -----------------------------------------------------------------------------------------------------------

_SEP = r"\s?[./]\s?"
NUMERIC = re.compile(
    rf"(?<![\d.,/-])(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}})(?:(?:{_SEP}|\s)(?P<y>20\d{{2}}|\d{{2}}(?!\d)))?(?![\d/]|[.]\d){YEAR_WORD}"
)
DASHED = re.compile(rf"(?<![\d.,/-])(?P<d>\d{{1,2}})-(?P<m>\d{{2}})-(?P<y>20\d{{2}})(?![\d-]){YEAR_WORD}")
ISO = re.compile(r"(?<![\d.,/-])(?P<y>20\d{2})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])")
DAY = rf"(?:[\"«“]?\s?(?P<d>\d{{1,2}})\s?[\"»”]?(?:-?(?:го|ое|е))?|(?P<dw>{DAY_WORD}))"
SPELLED = re.compile(
    rf"(?<![\d.а-я]){DAY}\s*(?P<mw>{MONTH})(?:\s*(?P<y>20\d{{2}}(?!\d)|\d{{2}}(?=\s*(?:г|$|[.,;)]))))?{YEAR_WORD}"
)
LEAD_BEFORE = re.compile(
    r"(?<![а-я])(?P<label>(?:в\s+)?срок[а-я]*\s*[:-]?\s*)?(?P<lead>(?:не\s+позд?нее|не\s+позже|до|ко?|по|на)\s*"
    r"(?:\d{1,2}[.:]\d{2}\s*(?:часов|час\.?|ч\.?)?\s*|\d{1,2}\s*(?:часов|час\.?|ч\.?)\s*)?)?$"
)
# «в пятницу, 5 марта»: a weekday that must agree with the date.
WEEKDAY_BEFORE = re.compile(
    r"(понедельник|вторник|сред[ауе]|четверг|пятниц[ауе]|суббот[ауе]|воскресень[ея])[а-я]*,?\s+$"
)


def dates(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for pattern in (NUMERIC, DASHED, ISO, SPELLED):
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
            begin = m.start() - printed_lead
            guessed = year is None
            if year is None:
                year = _first_year(context, month, day) if 1 <= month <= 12 else None
                if year is None and 1 <= month <= 12 and context.document_date is None:
                    yield Found(begin, m.end(), Deadline(kind="date"), guessed_year=True)
                    continue
            due = _date(year, month, day) if year and 1 <= month <= 12 else None
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
                doubts=_weekday(before, printed_lead, due),
            )


def _whose(before: str) -> bool:
    """«учителям, аттестующимся в 2024 году»: the year limits who is meant."""
    found = re.search(r"([а-я]+(?:щ|вш)[а-я]+)\s+$", before)
    return found is not None and is_participle(found[1])


def _told_of(before: str) -> bool:
    """«…, представленный на семинаре 20 февраля»: the day belongs to a participle behind the last comma."""
    found = _TOLD.search(before)
    return found is not None and is_participle(found["w"])  # «районную» only looks like one


_TOLD = re.compile(
    r"(?:,\s*|\s)(?P<w>[а-я]{4,}(?:нн|вш)(?:ого|его|их|ых|ой|ей|ую|ые|ие|ая|ое|ый|ий|ом|ем|ым|ими|ыми)(?:ся)?)\s+(?:[а-я]+\s+){0,4}$"
)


def _weekday(before: str, lead: int, due: dt.date) -> tuple[str, ...]:
    """A doubt when the weekday printed beside a date is another one."""
    found = WEEKDAY_BEFORE.search(before[: len(before) - lead])
    if not found:
        return ()
    printed = ["пон", "вто", "сре", "чет", "пят", "суб", "вос"].index(found[1][:3])
    if printed == due.weekday():
        return ()
    return (f"День недели не совпадает с датой {due:%d.%m.%Y}. Какой день верен?",)


# --- spans of days ----------------------------------------------------------------------------------------------------

_NUM = r"\d{1,2}\s?\.\s?\d{1,2}(?:\s?\.\s?(?:20\d{2}|\d{2}(?!\d)))?"
_WORDS = rf"\d{{1,2}}\s*{MONTH}(?:\s*20\d{{2}})?"
SPAN = re.compile(
    rf"(?<![а-я\d.])(?P<lead>(?:в\s+период\s+|в\s+срок\s+)?с\s+)?(?P<a>{_NUM}|{_WORDS}|\d{{1,2}})(?:\s*(?:года|г\.?))?\s*(?P<sep>по|до|-)\s*(?P<b>{_NUM}|{_WORDS}){YEAR_WORD}"
)
_POINT_NUM = re.compile(r"(\d{1,2})\s?\.\s?(\d{1,2})(?:\s?\.\s?(\d{4}|\d{2}))?")
_POINT_WORDS = re.compile(rf"(\d{{1,2}})\s*({MONTH})(?:\s*(20\d{{2}}))?")


def _point(text: str) -> tuple[int, int | None, int | None]:
    """Day, month, year as far as printed."""
    if m := _POINT_WORDS.match(text):
        return int(m[1]), month_of(m[2]), int(m[3]) if m[3] else None
    if m := _POINT_NUM.match(text):
        year = m[3]
        return int(m[1]), int(m[2]), (int(year) if len(year) == 4 else 2000 + int(year)) if year else None
    return int(text), None, None


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
        first, last = _date(year1, month1, day1), _date(year2, month2, day2)
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


OPEN_SPAN = re.compile(rf"(?<![а-я\d.])с\s+(?P<a>{_NUM}|{_WORDS}){YEAR_WORD}(?!\s*(?:по|до|-)\s*\d)")


def open_spans(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in OPEN_SPAN.finditer(context.seen, start, end):
        day, month, year = _point(m["a"])
        if month is None or not 1 <= month <= 12:
            continue
        year = year or _first_year(context, month, day)
        first = _date(year, month, day) if year else None
        if first:
            yield Found(m.start(), m.end(), Deadline(kind="period", start=first))


# --- months -----------------------------------------------------------------------------------------------------------

MONTH_SPAN = re.compile(
    rf"(?<![а-я\d])(?P<lead>с\s+|в\s+(?:течение|период)\s+(?:с\s+)?|во?\s+)?(?P<a>{MONTH})(?:\s*(?P<y1>20\d{{2}})(?:\s*(?:года|г\.?))?)?\s*(?P<sep>-|по|и|,)\s*(?P<b>{MONTH})(?:\s*(?P<y2>20\d{{2}}))?{YEAR_WORD}"
)
MONTH_BEFORE = re.compile(
    rf"{LEAD}(?P<whole>конц[ауе]\s+|окончани[яю]\s+)?(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}"
)
MONTH_END = re.compile(rf"(?<![а-я])в\s+конце\s+(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}")
MONTH_IN = re.compile(
    rf"(?<![а-я\d])(?P<lead>в\s+(?:течение|период)\s+|во?\s+|на\s+протяжении\s+)?(?P<m>{MONTH})(?:\s+месяц[а-я]*)?(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}"
)
MONTH_NUMERIC = re.compile(rf"{LEAD}(?P<m>\d{{1,2}})\s?\.\s?(?P<y>20\d{{2}})(?!\s?[.\d]){YEAR_WORD}")


DECADE = re.compile(
    rf"(?<![а-я\d])(?:во?\s+)?(?:(?P<n>перв|втор|трет|последн)[а-я]+|(?P<r>i{{1,3}}|[1-3])(?:-?(?:й|я|ю|ей))?)\s+(?P<what>декад[а-я]+|половин[а-я]+)\s+(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}"
)
# «в начале сентября», «на последней неделе мая»: within the month, the day is asked for.
VAGUE = re.compile(
    rf"(?<![а-я\d])(?:(?:в|во|на|к)\s+)?(?:(?P<p>начал|середин)[аеуы]|(?:перв|втор|трет|четверт|последн)[а-я]+\s+недел[еюия]|[1-5]\s?-?[йюя]?\s+недел[еюи]|последних\s+числах|первых\s+числах)\s+(?P<m>{MONTH})(?:\s*(?P<y>20\d{{2}}))?{YEAR_WORD}"
)


def parts_of_months(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in DECADE.finditer(context.seen, start, end):
        if not _counts(context, m.start(), labelled, bare=False):
            continue
        n = 3 if (m["n"] or "").startswith("посл") else order_of(m["n"] or m["r"])
        month = month_of(m["m"])
        year = _month_year(context, month, m["y"])
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
        year = _month_year(context, month, m["y"])
        if year is None or not _counts(context, m.start(), labelled, bare=False):
            continue
        last = month_end(year, month)
        doubt = f"«{m.group().strip()}»: какого числа? Взят конец месяца."
        yield Found(m.start(), m.end(), Deadline(kind="month", start=last.replace(day=1), due=last), doubts=(doubt,))


END_OF_OWN = re.compile(
    r"(?<![а-я])(?:(?:не\s+позд?нее|до|к)\s+)(?:конца|концу|окончания|окончанию)\s+(?:(?:текущего|этого|сего)\s+)?(?P<u>месяца|квартала|недели)(?![а-я])"
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


def _month_year(context: Context, month: int, printed: str | None) -> int | None:
    if printed:
        return int(printed)
    day = context.document_date
    return None if day is None else day.year + (month_end(day.year, month) < day)


def months(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in MONTH_NUMERIC.finditer(context.seen, start, end):
        if 1 <= int(m["m"]) <= 12:
            first = dt.date(int(m["y"]), int(m["m"]), 1)
            yield Found(m.start(), m.end(), Deadline(kind="month", due=first - dt.timedelta(days=1)))
    for pattern in (MONTH_BEFORE, MONTH_END):
        for m in pattern.finditer(context.seen, start, end):
            month = month_of(m["m"])
            year = _month_year(context, month, m["y"])
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
    for m in MONTH_SPAN.finditer(context.seen, start, end):
        if not _counts(context, m.start(), labelled, bare=not m["lead"] and m["sep"] != "-"):
            continue
        a, b = month_of(m["a"]), month_of(m["b"])
        last_year = _month_year(context, b, m["y2"] or (str(int(m["y1"]) + (a > b)) if m["y1"] else None))
        if last_year is None:
            continue
        first_year = int(m["y1"]) if m["y1"] else last_year - (a > b)
        first, last = dt.date(first_year, a, 1), month_end(last_year, b)
        if _is_past(context, last, labelled) or last < first:
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
        if re.search(r"\d[-го\"»]*\s*$", context.seen[: m.start("m")]) or not _counts(
            context, m.start(), labelled, bare=not m["lead"]
        ):
            continue
        month = month_of(m["m"])
        year = _month_year(context, month, m["y"])
        if year is None:
            continue
        last = month_end(year, month)
        if not _is_past(context, last, labelled):
            yield Found(
                m.start(),
                m.end(),
                Deadline(kind="month", start=dt.date(year, month, 1), due=last),
                guessed_year=not m["y"],
            )


def _counts(context: Context, position: int, labelled: bool, *, bare: bool) -> bool:
    """Whether a stretch of time at this place is when to do it, not what it is about."""
    if labelled:
        return True
    before = context.before(position)
    if bare:
        return False
    if PAST_PARTICIPLE.search(before):
        return False
    results = OF_RESULTS.search(before)
    if results:  # «по итогам ВПР в IV квартале»: of the results or of the work?
        if not results.group().startswith(("по итог", "по результ")) or not results.group()[11:].strip():
            return False
        context.doubts.append("Указано время, но неясно, срок ли это. Какой срок установить?")
    if WEAK_RESULTS.search(before):
        if not _DONE_NOW.search(before):
            context.doubts.append("Указано время, но неясно, срок ли это. Какой срок установить?")
    return True


# «провести мониторинг … в мае»: the time is that of the work.
_DONE_NOW = re.compile(
    r"(?<![а-я])(?:провести|организовать|начать|завершить|осуществить|подвести|пройти)\s+(?:[а-я-]+\s+){1,9}$"
)


def _is_past(context: Context, last: dt.date, labelled: bool) -> bool:
    return not labelled and context.document_date is not None and last < context.document_date


# --- quarters, half-years, seasons, years -----------------------------------------------------------------------------

_END_OF = r"(?P<whole>(?:(?:не\s+позд?нее|до|к)\s+)?(?:конца|окончания|концу|окончанию|завершения)\s+)?"
_IN = r"(?P<lead>во?\s+(?:течение\s+)?|на\s+протяжении\s+)?"
QUARTER = re.compile(
    rf"(?<![а-я\d]){_END_OF}{_IN}(?P<n>{ORDINAL})\s*(?:-?(?:й|ом|го|м))?\s*(?:квартал[а-я]*|кв\.)(?:\s*{YEAR})?{YEAR_WORD}"
)
SCHOOL = r"(?P<y1>20\d{2})\s*[-/]\s*(?P<y2>(?:20)?\d{2})\s*(?:гг?\.?\s*)?"
HALF = re.compile(
    rf"(?<![а-я\d]){_END_OF}{_IN}(?P<n>{ORDINAL})\s*(?:-?(?:е|м|го|ом))?\s*полугоди[а-я]*(?:\s*(?:{SCHOOL}(?:уч[а-я.]*\s*)?|(?P<y>20\d{{2}}))\s*(?:(?P<uch>уч[а-я.]*)\s*)?(?:год[а-я]*|г\.?)?|\s*(?P<own>(?:текущего\s+)?учебного\s+года))?"
)
SEASON = re.compile(
    rf"(?<![а-я])(?:(?P<s>весной|летом|осенью|зимой|весна|лето|осень|зима)|в\s+(?P<p>весен|лет|осен|зим)н[а-я]+\s+период)(?:\s*{YEAR})?{YEAR_WORD}"
)
SEASONS = {"вес": (3, 5), "лет": (6, 8), "осе": (9, 11)}


def quarters(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in QUARTER.finditer(context.seen, start, end):
        if not (m["whole"] or _counts(context, m.start(), labelled, bare=not m["lead"])):
            continue
        n = order_of(m["n"])
        year = int(m[m.lastindex]) if m.lastindex and (m[m.lastindex] or "").startswith("20") else None
        last_month = n * 3
        if year is None:
            year = _month_year(context, last_month, None)
        if year is None:
            continue
        first, last = dt.date(year, last_month - 2, 1), month_end(year, last_month)
        if m["whole"]:
            yield Found(m.start(), m.end(), Deadline(kind="quarter", due=last))
        elif not _is_past(context, last, labelled):
            yield Found(m.start(), m.end(), Deadline(kind="quarter", start=first, due=last))


def halves(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in HALF.finditer(context.seen, start, end):
        if not (m["whole"] or _counts(context, m.start(), labelled, bare=not m["lead"])):
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
        elif not _is_past(context, last, labelled):
            yield Found(m.start(), m.end(), Deadline(kind="period", start=first, due=last), doubts=doubts)


def _school_year_of_half(context: Context, n: int) -> int | None:
    """The year in which the school year begins whose half is the first not over on the document's day."""
    day = context.document_date
    if day is None:
        return None
    if n == 1:
        return day.year
    return day.year - 1 if day <= dt.date(day.year, 5, 31) else day.year


def seasons(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in SEASON.finditer(context.seen, start, end):
        season = m["s"] or m["p"]
        if not _counts(context, m.start(), labelled, bare=not (m["p"] or m["s"].endswith(("ой", "ом", "ью")))):
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
            year = year or _month_year(context, b, None)
            if year is None:
                continue
            first, last = dt.date(year, a, 1), month_end(year, b)
        if not _is_past(context, last, labelled):
            yield Found(m.start(), m.end(), Deadline(kind="period", start=first, due=last))


YEAR_THROUGH = re.compile(
    rf"(?<![а-я])(?:в\s+течение|на\s+протяжении)\s+(?:всего\s+)?(?:{YEAR}\s*(?:года|г\.?)|(?P<own>(?:текущего\s+|календарного\s+)?года))(?![а-я])(?!\s*обучения)"
)
YEAR_BEFORE = re.compile(
    rf"{LEAD}(?P<whole>(?:конца|окончания|концу)\s+)?(?:{YEAR}(?!\s*[-/])\s*(?:года|году|г\.?)|(?P<own>(?:текущего\s+|календарного\s+|этого\s+)?года))(?![а-я])"
)
YEAR_BARE = re.compile(rf"(?<![\d./а-я-])(?:(?:в|на)\s+)?{YEAR}(?!\s*[-/]\s*\d)\s*(?:год|году|г\.?)(?![а-я])(?!\s*уч)")
YEAR_IN = re.compile(rf"(?<![а-я])в\s+{YEAR}\s*(?:году|г\.)(?![а-я])(?=\s*(?:[.;,)]|$))")
_OF_YEAR = re.compile(
    r"(?:экзамен|огэ|егэ|гиа|впр|олимпиад|котор|[а-я]{4,}(?:нн|вш|щ)(?:ого|его|их|ых|ой|ей|ую|ые|ие|ая|ое|ый|ий|ом|ем|ым|ими|ыми)(?:ся)?)[а-я]*\s+(?:[а-я-]+\s+){0,5}$"
)
YEAR_SPAN = re.compile(r"(?<![\d./])(?P<a>20\d{2})\s*-\s*(?P<b>20\d{2})\s*(?:годы|годов|гг\.?)")


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


SCHOOL_YEAR = re.compile(
    rf"(?<![а-я\d])(?P<lead>в\s+(?:течение\s+)?|на\s+протяжении\s+(?:всего\s+)?|весь\s+|на\s+)?(?:(?P<which>текущ|нов|следующ|предстоящ|всего|наступающ)[а-я]*\s+)?(?:{SCHOOL})?уч(?:ебн[а-я]+|\.)\s*(?:год[а-я]*|г\.?)(?![а-я])"
)
SCHOOL_EDGE = re.compile(
    rf"(?<![а-я])(?:(?:не\s+позд?нее|до|к|ко)\s+)(?P<edge>конц[ауе]|окончани[яю]|завершени[яю]|начал[ауе])\s+(?:нового\s+|текущего\s+|следующего\s+)?(?:{SCHOOL})?уч(?:ебного|\.)\s*(?:года|г\.?)(?![а-я])"
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
        yield Found(m.start(), m.end(), Deadline(kind="event", due=due))
    for m in SCHOOL_YEAR.finditer(context.seen, start, end):
        lead = (m["lead"] or "").strip()
        if not labelled and (lead in ("", "на") or not _counts(context, m.start(), labelled, bare=False)):
            continue
        if re.search(r"(?:конца|окончания|начала|началу|концу|полугоди[а-я]*)\s+$", context.before(m.start())):
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
        if not _is_past(context, last, labelled):
            yield Found(m.start(), m.end(), Deadline(kind="school_year", start=dt.date(first, 9, 1), due=last))
