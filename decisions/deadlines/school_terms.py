"""Terms that hang on the school year or on an event: «по итогам I четверти», «в осенние каникулы», «в течение 5 дней после ЕГЭ».

Pure: spans of terms and the day of the event are given by the caller; nothing is guessed when they are not known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from decisions.deadlines.days import CONVENTION, WorkingCalendar, add_months, add_working_days, working_days_before
from decisions.deadlines.words import NUMBER, ORDINAL, number_of, order_of, view

Span = tuple[dt.date, dt.date]
SEASONS = {"осен": "autumn", "зим": "winter", "весен": "spring", "лет": "summer"}
_QUARTER = re.compile(rf"(?<![а-яa-z\d])(?P<n>{ORDINAL})\s*(?:учебн[а-я]+\s+)?четверт[а-я]*")
_HALF = re.compile(rf"(?<![а-яa-z\d])(?P<n>{ORDINAL})\s*(?:учебн[а-я]+\s+)?полугоди[а-я]*")
_HOLIDAYS = re.compile(
    r"(?<![а-я])(?:(?P<season>осен|зим|весен|лет)(?:ни[а-я]+|н[а-я]+)\s+)?(?:школьн[а-я]+\s+)?каникул[а-я]*"
)
_BEFORE = re.compile(
    r"(?<![а-я])(?:до|к|перед|накануне)\s+(?:начала\s+)?(?:(?:осен|зим|весен|лет)[а-я]+\s+)?(?:школьн[а-я]+\s+)?каникул"
)
_COUNTED = re.compile(
    rf"(?<![а-я])(?P<back>за\s+)?(?P<n>{NUMBER})?\s*(?:-?(?:х|ти|и)\s+)?(?P<work>рабоч[а-я]+\s+)?(?:календарн[а-я]+\s+)?(?P<unit>дн[а-я]+|день|недел[а-я]+|месяц[а-я]*|суток)(?![а-я])"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A term of the school year a wording names: its kind (`TermKind`) and whether its first day is meant, not its last."""

    kind: str
    before: bool = False


def named_in(words: str) -> Named | None:
    """«по итогам I четверти» → quarter_1; «до осенних каникул» → the day before autumn; None when no term is named."""
    seen = view(words)
    if found := _QUARTER.search(seen):
        return Named(f"quarter_{order_of(found['n'])}")
    if found := _HALF.search(seen):
        n = order_of(found["n"])
        return Named(f"half_{n}") if n <= 2 else None
    if found := _HOLIDAYS.search(seen):
        season = SEASONS.get(found["season"] or "", "")
        return Named(season or "holidays", before=bool(_BEFORE.search(seen)))
    return None


def resolved(words: str, *, after: dt.date, spans: Mapping[tuple[int, str], Span]) -> dt.date | None:
    """The day a wording means by the terms given (`(year, kind)` → span): the first one that is not before `after`.

    A quarter, a half-year and holidays are over on their last day; «до каникул» is the day before their first.
    """
    named = named_in(words)
    if named is None:
        return None
    kinds = set(SEASONS.values()) if named.kind == "holidays" else {named.kind}
    days = []
    for (_, kind), (start, end) in spans.items():
        if kind in kinds:
            days.append(start - dt.timedelta(days=1) if named.before else end)
    return min((day for day in days if day >= after), default=None)


def due_of_event(words: str, happened: dt.date, calendar: WorkingCalendar = CONVENTION) -> dt.date:
    """The due day by the day of the event: «в течение 5 рабочих дней после …», «не позднее чем за 10 дней до …»; without a
    count the day itself."""
    found = _COUNTED.search(view(words))
    if found is None:
        return happened
    number = number_of(found["n"].strip()) if found["n"] else 1
    sign = -1 if found["back"] else 1
    unit = found["unit"]
    if unit.startswith("месяц"):
        return add_months(happened, sign * number)
    if unit.startswith("недел"):
        return happened + dt.timedelta(days=7 * sign * number)
    if found["work"]:
        if sign < 0:
            return working_days_before(happened, number, calendar)
        return add_working_days(happened, number, calendar)
    return happened + dt.timedelta(days=sign * number)
