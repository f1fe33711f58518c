"""What the families of printed terms share: a candidate, the text being read, patterns of years and leads. Pure.

A family finds candidates with the days they mean; it runs on `words.view` of a text. Each kind of term has a module named by
its noun (`dates`, `months`, `quarters` …); `families` lists them and asks them all. What a year or a stretch of time belongs
to («от 12 марта», «за III квартал», «итоги … в мае») is looked up in the words before it: here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from decisions.deadlines.days import WorkingCalendar, month_end
from decisions.deadlines.words import MONTH
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
        if tail and not re.search(rf"{MONTH}\s*$", self.seen[: tail.start()]):  # «апрель – май» is one stretch
            self.brackets.append(tail.span(1))
        dash = self.seen.rfind(" - ")
        if (
            dash > 0 and len(self.seen) - dash < 400 and not re.search(rf"{MONTH}$", self.seen[:dash])
        ):  # «Отчёт – Иванова И.И., IV квартал»
            self.brackets += [m.span() for m in _PIECE.finditer(self.seen, dash + 3)]

    @property
    def today(self) -> dt.date:
        """The day terms are counted from; without a document date only terms with a year of their own mean days."""
        return self.document_date or dt.date(1, 1, 1)

    def before(self, position: int, length: int = 60) -> str:
        return self.seen[max(0, position - length) : position]


YEAR = r"(20\d{2})(?!\d)"
YEAR_WORD = r"(?:\s*(?:года|годы|году|год|гг?\.?)(?![а-я]))?"
LEAD = r"(?<![а-я])(?:(?:в\s+)?срок[иу]?\s*[-:]?\s*)?(?:(?P<lead>не\s+позд?нее|не\s+позже|до|к|ко)\s+)"
# «2021-2022», «2021/22 гг.»: the two years of a school year.
SCHOOL = r"(?P<y1>20\d{2})\s*[-/]\s*(?P<y2>(?:20)?\d{2})\s*(?:гг?\.?\s*)?"
# «до конца …», «в течение …» before quarters and half-years.
END_OF = r"(?P<whole>(?:в\s+конце\s+|(?:(?:не\s+позд?нее|до|к)\s+)?(?:конца|окончания|концу|окончанию|завершения)\s+))?"
IN = r"(?P<lead>во?\s+(?:течение\s+)?|на\s+протяжении\s+)?"
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
# «провести мониторинг … в мае»: the time is that of the work.
_DONE_NOW = re.compile(
    r"(?<![а-я])(?:провести|организовать|начать|завершить|осуществить|подвести|пройти)\s+(?:[а-я-]+\s+){1,9}$"
)


def counts(context: Context, position: int, labelled: bool, *, bare: bool) -> bool:
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


def is_past(context: Context, last: dt.date, labelled: bool) -> bool:
    """What was over before the document is what it tells of, unless it is labelled as a term."""
    return not labelled and context.document_date is not None and last < context.document_date


def year_of_month(context: Context, month: int, printed: str | None) -> int | None:
    """The printed year, else the first in which the month is not over on the document's day."""
    if printed:
        return int(printed)
    day = context.document_date
    return None if day is None else day.year + (month_end(day.year, month) < day)
