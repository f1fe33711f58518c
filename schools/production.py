"""The production calendar of a year: holidays, transferred days off, working Saturdays. Pure.

The days come from the `holidays` library. For a six-day week a transfer counts only when the day off that was moved is a
Sunday: a Saturday is a working day there, so nothing is moved from it (Трудовой кодекс, статьи 111 и 112).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

import holidays

FIRST_YEAR, LAST_YEAR = 1992, 2100
_MOVED = re.compile(r"\((?:substituted from|перенесено с|выходной перенес[её]н с) (\d\d)[/.](\d\d)[/.](\d{4})\)")
_NAMES = {
    (2, 23): "День защитника Отечества",
    (3, 8): "Международный женский день",
    (5, 1): "Праздник Весны и Труда",
    (5, 9): "День Победы",
    (6, 12): "День России",
    (11, 4): "День народного единства",
}


@lru_cache(maxsize=32)
def _library(year: int) -> tuple[dict[dt.date, str], frozenset[dt.date]]:
    """Days off with the library's words, and Saturdays or Sundays that are worked."""
    found = holidays.country_holidays("RU", years=year, language="en_US")
    worked = frozenset(day for day in found.weekend_workdays if day.year == year)
    return {day: name for day, name in found.items() if day.year == year}, worked


@lru_cache(maxsize=64)
def days_off(year: int, six_day: bool = False) -> Mapping[dt.date, str]:
    """Days off of the year beside the usual weekend, with what they are in Russian."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    out: dict[dt.date, str] = {}
    for day, name in _library(year)[0].items():
        source = _source(day, name)
        if source is not None and six_day and source.weekday() != 6:
            continue
        out[day] = f"выходной перенесён с {source:%d.%m.%Y}" if source is not None else _holiday(day)
    return out


def _source(day: dt.date, name: str) -> dt.date | None:
    """The weekend day a day off was moved from, or None for a holiday itself."""
    if moved := _MOVED.search(name):
        return dt.date(int(moved[3]), int(moved[1]), int(moved[2]))
    if "observed" not in name:
        return None
    for back in (1, 2, 3):
        before = day - dt.timedelta(days=back)
        if (before.month, before.day) in _NAMES and before.weekday() >= 5:
            return before
    return None


def _holiday(day: dt.date) -> str:
    if day.month == 1:
        return "Рождество Христово" if day.day == 7 else "Новогодние каникулы"
    return _NAMES.get((day.month, day.day), "праздничный день")


@lru_cache(maxsize=64)
def worked_days(year: int, six_day: bool = False) -> frozenset[dt.date]:
    """Weekend days that are worked by a transfer; with a six-day week a Saturday is worked anyway."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return frozenset()
    return frozenset(day for day in _library(year)[1] if not (six_day and day.weekday() == 5))


@lru_cache(maxsize=64)
def transfers_known(year: int) -> bool:
    """Whether the library has the government's transfers of the year: every published year has at least one."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    return any(_MOVED.search(name) for name in _library(year)[0].values())


def is_working(day: dt.date, *, six_day: bool = False) -> bool:
    """A day by the common calendar, without what an office corrects."""
    if day in worked_days(day.year, six_day):
        return True
    weekend = day.weekday() == 6 or (day.weekday() == 5 and not six_day)
    return not weekend and day not in days_off(day.year, six_day)
