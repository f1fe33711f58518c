"""Repetition: «ежемесячно, до 10 числа», «каждый понедельник», «раз в полгода», and the rule it makes (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateutil.rrule import rrulestr

from decisions.deadlines.words import MONTH, NUMBER, WEEKDAY, WEEKDAYS, month_of, number_of


@dataclass(frozen=True, slots=True)
class Repeated:
    """Where a repetition is printed; `rule` in short English, `rrule` where the days are determined."""

    start: int
    end: int
    rule: str
    rrule: str | None = None
    doubts: tuple[str, ...] = ()


_FREQ = {
    "ежедневно": "daily",
    "еженедельно": "weekly",
    "ежемесячно": "monthly",
    "ежеквартально": "quarterly",
    "ежегодно": "yearly",
}
_UNIT = {
    "день": "daily",
    "недел": "weekly",
    "декад": "ten days",
    "месяц": "monthly",
    "квартал": "quarterly",
    "четверт": "school term",
    "полугод": "half-yearly",
    "полгода": "half-yearly",
    "год": "yearly",
    "учебный год": "yearly",
}
_DAYS = (
    r"(?P<day>\d{1,2})(?:-?(?:го|му|е))?(?:\s*(?:и|,)\s*(?P<day2>\d{1,2})(?:-?(?:го|му|е))?)?\s*(?:-?го\s*)?числ[ауом]+"
)
_OF_MONTH = r"(?:\s*(?P<of>кажд[а-я]+\s+(?:месяца|квартала)|месяца,?\s+следующего\s+за\s+(?P<after>[а-я]+(?:\s+(?:месяцем|кварталом|периодом))?)|(?P<nth>перв|втор|трет|последн)[а-я]+\s+месяца\s+(?:каждого\s+)?(?:следующего\s+)?квартала|следующего\s+(?:за\s+отчетным\s+)?месяца|текущего\s+месяца|месяца))?"
_LEAD = r"(?:(?:в\s+срок\s+)?(?:не\s+позд?нее(?:,?\s+чем)?|не\s+позже|до|к|на)\s+)"
_ADVERB = "|".join(_FREQ)
_EACH = {"каждую неделю": "weekly", "каждый месяц": "monthly", "каждый квартал": "quarterly", "каждый год": "yearly"}
# «ежемесячно, начиная с ноября, до 3 числа»: since when it is repeated stands between
_SINCE = rf"(?:\s*[,(]?\s*(?:начиная\s+)?со?\s+(?:\d{{1,2}}\s+)?(?:{MONTH}|\d{{1,2}}\.\d{{2}}(?:\.\d{{2,4}})?)(?:\s+20\d{{2}})?(?:\s*(?:года|г\.))?\s*[,)])?"
ADVERB = re.compile(
    rf"(?<![а-я])(?P<freq>{_ADVERB})(?![а-я]){_SINCE}(?:\s*[,:(-]?\s*(?:(?P<lead>{_LEAD})?(?:{_DAYS}{_OF_MONTH}|(?P<yd>\d{{1,2}})\s*(?P<ym>{MONTH})|(?P<yn>\d{{1,2}})\.(?P<ymn>\d{{2}})(?!\.?\d))|(?:по|в|во|кажд[а-я]+)\s+(?P<wd>{WEEKDAY})|до\s+(?P<wd2>{WEEKDAY})|(?<=\()(?P<wd3>{WEEKDAY})(?=\))))?"
)
# «каждый месяц до 25-го»: with a day behind it, never alone.
EACH_TIME = re.compile(
    rf"(?<![а-я])(?P<freq>{'|'.join(_EACH)})\s*[,:(-]?\s*(?:(?P<lead>{_LEAD})?(?:(?P<day>\d{{1,2}})(?P<day2>(?!))?(?:-?(?:го|му)|\s*числ[ауом]+)(?!\s*{MONTH}){_OF_MONTH}|(?P<yd>\d{{1,2}})\s*(?P<ym>{MONTH})|(?P<yn>\d{{1,2}})\.(?P<ymn>\d{{2}})(?!\.?\d))|(?:по|в|во)\s+(?P<wd>{WEEKDAY})|(?:до|к)\s+(?P<wd2>{WEEKDAY})|(?P<wd3>(?!)))"
)
LAST_DAY = re.compile(
    r"(?<![а-я])(?:(?:не\s+позд?нее|до|к|в)\s+)?последн[а-я]+\s+(?P<w>рабоч[а-я]+\s+)?(?:числ[аоуе]м?|дн[яюе]|день|днем)\s+(?:(?P<each>кажд(?:ого))\s+)?(?P<u>месяца|квартала)(?![а-я])"
)
EACH_DAY = re.compile(
    rf"(?<![а-я]){_LEAD}?{_DAYS}\s*(?P<of>кажд[а-я]+\s+(?:месяца|квартала)|(?:каждого\s+)?месяца,?\s+следующего\s+за\s+(?P<after>[а-я]+(?:\s+(?:месяцем|кварталом|периодом|полугодием|годом))?)|ежемесячно|ежеквартально)"
)
_BY_DAYS = r"(?:понедельникам|вторникам|средам|четвергам|пятницам|субботам|воскресеньям)"
_EACH_DAYS = r"(?:понедельник[а]?|вторник[а]?|сред[уы]|четверг[а]?|пятниц[уы]|суббот[уы]|воскресень[ея])"
BY_WEEKDAY = re.compile(
    rf"(?<![а-я])(?:по\s+(?P<wd>{_BY_DAYS}(?:(?:\s*,\s*|\s+и\s+){_BY_DAYS})*)|кажд(?:ый|ую|ое|ого|ой)\s+(?P<wd2>{_EACH_DAYS}(?:(?:\s*,\s*|\s+и\s+){_EACH_DAYS})*))(?![а-я])"
)
# «раз в две недели, по пятницам»: how often stands before the day
RARER = re.compile(
    rf"(?<![а-я])(?:не\s+реже\s+(?:чем\s+)?)?(?:(?:1|один)\s+)?раз\s+в\s+(?:(?P<per>{NUMBER})\s+)?(?P<unit>недел[юи]|месяц)\s*[,(–-]?\s*$"
)
# «по пятницам, раз в две недели»: and behind it
RARER_BEHIND = re.compile(
    rf"\s*[,(–-]?\s*(?:не\s+реже\s+(?:чем\s+)?)?(?:(?:1|один)\s+)?раз\s+в\s+(?:(?P<per>{NUMBER})\s+)?(?P<unit>недел[юи]|месяц)(?![а-я])"
)
_NTH = r"(?:перв|втор|трет|четверт|последн)[а-я]+"
NTH_WEEKDAY = re.compile(
    rf"(?<![а-я])(?:(?:в|каждую|каждый|каждое)\s+)*(?P<n>{_NTH}(?:(?:\s*,\s*|\s+и\s+){_NTH})*)\s+(?P<wd>{WEEKDAY})\s+(?:кажд[а-я]+\s+)?месяца"
)
# «каждую вторую пятницу»: of the month or every other one?
EACH_SECOND = re.compile(
    rf"(?<![а-я])(?:кажд(?:ый|ую|ое)\s+втор(?:ой|ую|ое)|через)\s+(?P<wd>{WEEKDAY})(?![а-я])(?!\s+(?:кажд[а-я]+\s+)?месяца)"
)
EACH_WEEKS = re.compile(rf"(?<![а-я])кажды[ехй]\s+(?P<per>{NUMBER})\s+недел[ьи](?![а-я])")
# «два раза в год (до 1 июня и до 1 декабря)»: each day of its own
_ON_DAY = rf"(?:(?:в\s+срок\s+)?(?:до|к|ко|не\s+позд?нее)\s+)?(?:\d{{1,2}}\s*(?:{MONTH})|\d{{1,2}}\.\d{{2}}(?![.\d]))"
ON_DAYS = re.compile(rf"\s*[:,(-]{{0,2}}\s*(?P<days>{_ON_DAY}(?:(?:\s*,\s*(?:и\s+)?|\s+и\s+){_ON_DAY})+)\s*\)?")
# «до 1 октября каждого года», «1 октября и 1 апреля ежегодно», «ежегодно к 1 октября и 1 апреля»
EACH_YEAR = re.compile(
    rf"(?<![а-я\d.])(?:ежегодно\s*[:,(-]?\s*(?P<days>{_ON_DAY}(?:(?:\s*,\s*(?:и\s+)?|\s+и\s+){_ON_DAY})+)|"
    rf"(?P<days2>{_ON_DAY}(?:(?:\s*,\s*(?:и\s+)?|\s+и\s+){_ON_DAY})*)\s*,?\s*(?:ежегодно|каждого\s+года)(?![а-я]))"
)
TIMES = re.compile(
    rf"(?<![а-я])(?:не\s+реже\s+(?:чем\s+)?)?(?:(?:(?P<n>{NUMBER})\s+)?раз[а]?|дважды|трижды)\s+в\s+(?:(?P<per>{NUMBER})\s+)?(?P<unit>день|недел[юиь]+|декаду|месяца?|квартал|четверть|полугодие|полгода|учебный\s+год|год[а]?)(?![а-я])"
)
EACH_UNIT = re.compile(
    r"(?<![а-я])(?P<at>(?:в\s+конце|по\s+(?:итогам|результатам|окончании|завершении))\s+)?(?:кажд(?:ый|ую|ое|ого|ой|ые))\s+(?P<unit>месяц[а]?|квартал[а]?|четверт[ьи]|полугоди[ея]|недел[юи]|учебный\s+год|год[а]?|день)(?![а-я])"
)
QUARTERS = "1,4,7,10"
MONTHS_OF_QUARTER = {"перв": QUARTERS, "втор": "2,5,8,11", "трет": "3,6,9,12", "последн": "3,6,9,12"}
NTH = {"перв": "1", "втор": "2", "трет": "3", "четверт": "4", "последн": "-1"}


def find(seen: str, start: int, end: int, *, labelled: bool) -> Iterator[Repeated]:
    """Every repetition printed in the stretch of a view."""
    for m in EACH_DAY.finditer(seen, start, end):
        of = m["of"]
        days = _month_days(m)
        quarterly = "квартал" in of
        yield _by_days(m, days, quarterly, following=bool(m["after"]))
    for m in ADVERB.finditer(seen, start, end):
        yield _adverb(m)
    for m in EACH_TIME.finditer(seen, start, end):
        yield _adverb(m)
    for m in LAST_DAY.finditer(seen, start, end):
        months = "FREQ=MONTHLY" if m["u"] == "месяца" else "FREQ=YEARLY;BYMONTH=3,6,9,12"
        doubts = () if m["each"] and not m["w"] else (f"«{m.group().strip()}»: каждого ли и какой день ждать?",)
        yield Repeated(m.start(), m.end(), "last day of each month", f"{months};BYMONTHDAY=-1", doubts)
    for m in NTH_WEEKDAY.finditer(seen, start, end):
        nths = [next(NTH[stem] for stem in NTH if w.startswith(stem)) for w in re.findall(r"[а-я]{3,}", m["n"])]
        day = ",".join(nth + WEEKDAYS[m["wd"][:3]] for nth in nths)
        yield Repeated(m.start(), m.end(), f"monthly, {day}", f"FREQ=MONTHLY;BYDAY={day}")
    for m in BY_WEEKDAY.finditer(seen, start, end):
        day = ",".join(WEEKDAYS[w[:3]] for w in re.findall(r"[а-я]{4,}", m["wd"] or m["wd2"]))
        yield _weekdays(seen, start, m, day)
    for m in EACH_YEAR.finditer(seen, start, end):
        yield _yearly(seen, m.start(), m.end(), m["days"] or m["days2"])
    for m in EACH_SECOND.finditer(seen, start, end):
        day = WEEKDAYS[m["wd"][:3]]
        doubt = f"«{m.group().strip()}»: через неделю или второй раз в месяце?"
        yield Repeated(m.start(), m.end(), f"every 2 weeks on {day}", f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}", (doubt,))
    for m in EACH_WEEKS.finditer(seen, start, end):
        yield Repeated(m.start(), m.end(), f"every {number_of(m['per'])} weeks")
    for m in TIMES.finditer(seen, start, end):
        if m["unit"].startswith("год") and (each := ON_DAYS.match(seen, m.end(), end)) is not None:
            yield _yearly(seen, m.start(), each.end(), each["days"])
            continue
        unit = next(name for stem, name in _UNIT.items() if m["unit"].startswith(stem))
        printed = m.group().split()[0]
        count = {"дважды": "2", "трижды": "3"}.get(printed, m["n"] or "once").strip()
        yield Repeated(m.start(), m.end(), f"{count} times, {unit}")
    for m in EACH_UNIT.finditer(seen, start, end):
        if not labelled and not m["at"] and not re.search(r"(?:^|[,;(-]\s*)$", seen[start : m.start()]):
            continue
        unit = next(name for stem, name in _UNIT.items() if m["unit"].startswith(stem))
        yield Repeated(m.start(), m.end(), f"every {unit}")


def _weekdays(seen: str, start: int, m: re.Match[str], day: str) -> Repeated:
    """A weekday, as often as the words before or behind it say: without them, every week."""
    rarer = RARER.search(seen, start, m.start()) or RARER_BEHIND.match(seen, m.end())
    left, right = (min(rarer.start(), m.start()), max(rarer.end(), m.end())) if rarer else m.span()
    if rarer is None or (rarer["unit"] != "месяц" and not rarer["per"]):
        return Repeated(left, right, f"weekly on {day}", f"FREQ=WEEKLY;BYDAY={day}")
    if rarer["unit"] == "месяц":
        doubt = f"«{seen[left:right].strip()}»: в какую неделю месяца?"
        return Repeated(left, right, f"monthly on {day}", None, (doubt,))
    weeks = number_of(rarer["per"])
    rrule = f"FREQ=WEEKLY;INTERVAL={weeks};BYDAY={day}" if weeks else None
    return Repeated(left, right, f"every {weeks} weeks on {day}", rrule, ("С какой недели считать?",))


def _yearly(seen: str, start: int, end: int, printed: str) -> Repeated:
    """«два раза в год: до 1 июня и до 1 декабря»: one rule where the day of the month is the same, else a question."""
    found = re.findall(rf"(\d{{1,2}})(?:\.(\d{{2}})|\s*({MONTH}))", printed)
    days = [(int(day), int(number) if number else month_of(word)) for day, number, word in found]
    rule = "yearly on " + ", ".join(f"{day:02d}.{month:02d}" for day, month in days)
    valid = all(1 <= day <= 31 and 1 <= month <= 12 for day, month in days)
    if not valid or len({day for day, _ in days}) > 1:
        return Repeated(start, end, rule)
    months = ",".join(str(month) for month in sorted({month for _, month in days}))
    return Repeated(start, end, rule, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days[0][0]}")


def _month_days(m: re.Match[str]) -> list[int]:
    days = [int(d) for d in (m["day"], m["day2"]) if d]
    return [d for d in days if 1 <= d <= 31]


def _by_days(m: re.Match[str], days: list[int], quarterly: bool, *, following: bool, nth: str = "") -> Repeated:
    if not days:
        return Repeated(m.start(), m.end(), "monthly")
    listed = ",".join(str(d) for d in days)
    if quarterly:
        rrule = f"FREQ=YEARLY;BYMONTH={MONTHS_OF_QUARTER.get(nth, QUARTERS)};BYMONTHDAY={listed}"
        doubts = (
            () if following or nth else ("Какой месяц квартала имеется в виду? Взят первый месяц следующего квартала.",)
        )
        return Repeated(m.start(), m.end(), f"quarterly by day {listed}", rrule, doubts)
    return Repeated(m.start(), m.end(), f"monthly by day {listed}", f"FREQ=MONTHLY;BYMONTHDAY={listed}")


def _adverb(m: re.Match[str]) -> Repeated:
    freq = _FREQ.get(m["freq"]) or _EACH[m["freq"]]
    if m["day"]:
        days = _month_days(m)
        if freq == "quarterly":
            following = bool(m["of"]) and "след" in (m["of"] or "")
            return _by_days(m, days, True, following=following, nth=m["nth"] or "")
        if freq in ("monthly", "weekly", "daily"):
            return _by_days(m, days, False, following=True)
        return Repeated(m.start(), m.end(), freq)
    if m["yd"] or m["yn"]:
        day = int(m["yd"] or m["yn"])
        month = month_of(m["ym"]) if m["ym"] else int(m["ymn"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return Repeated(
                m.start(), m.end(), f"yearly on {day:02d}.{month:02d}", f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
            )
    if printed := m["wd"] or m["wd2"] or m["wd3"]:
        day_code = WEEKDAYS[printed[:3]]
        if freq in ("weekly", "daily"):
            return Repeated(m.start(), m.end(), f"weekly on {day_code}", f"FREQ=WEEKLY;BYDAY={day_code}")
    if freq == "daily":
        return Repeated(m.start(), m.end(), freq, "FREQ=DAILY")
    return Repeated(m.start(), m.end(), freq)


def first(rrule: str, day: dt.date) -> dt.date | None:
    """The first occurrence on or after a day."""
    if rrule == "FREQ=DAILY":
        return None  # every day is no day to wait for
    rule = rrulestr(rrule, dtstart=dt.datetime.combine(day, dt.time()))
    for moment in rule:
        return moment.date()
    return None
