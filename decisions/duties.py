"""When a report that comes again is due: by its own rule, by the default of делопроизводство, or by the office's rhythm. Pure.

Defaults (domain.md, section 6.4): «ежемесячно», «ежеквартально» without a date — by the 10th of the next month; «постоянно» —
by the office's rhythm, one combined answer in June unless it chose otherwise. Days are printed days: moving them off days off
is the calendar's work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dateutil.rrule import rruleset, rrulestr

from decisions.deadlines.days import month_end

RHYTHMS = {
    "june": "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20",
    "january": "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20",
    "half_year": "FREQ=YEARLY;BYMONTH=1,6;BYMONTHDAY=20",
    "quarter": "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
    "never": "",
}
SCHOOL_TERM = "SCHOOL-TERM"  # by the end of each quarter of the school year: no rule of RFC 5545 knows its days
# A unit of a repetition whose days are not printed → the days it is reported by. The first fitting wins.
DEFAULTS = (
    ("ten days", "FREQ=MONTHLY;BYMONTHDAY=10,20,-1"),
    ("weekly", "FREQ=WEEKLY;BYDAY=FR"),
    ("monthly", "FREQ=MONTHLY;BYMONTHDAY=10"),
    ("quarterly", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
    ("half-yearly", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10"),
    ("school term", SCHOOL_TERM),
)
NOT_SOONER = dt.timedelta(days=30)  # a standing duty is not reported in its first month
AHEAD = dt.timedelta(days=62)  # a report of a rare repetition appears so long before its day
LONGEST = dt.date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """How a duty repeats. `standing`: by the office's rhythm of the moment; otherwise `rrule` holds."""

    standing: bool
    rrule: str = ""


def rule_of(kind: str, rrule: str, rule: str) -> Rule | None:
    """The rule of a term by its kind (`ongoing`, `recurring`), its printed rule and the short English phrase of the reading.

    What repeats daily or yearly without a day is a standing duty. None for a term that does not repeat.
    """
    if kind == "ongoing":
        return Rule(True)
    if kind != "recurring":
        return None
    if rrule and rrule != "FREQ=DAILY":
        return Rule(False, rrule)
    for unit, default in DEFAULTS:
        if unit in rule:
            return Rule(False, default)
    return Rule(True)


def first_due(
    rule: Rule, *, rhythm: str, printed: bool, start: dt.date, terms: Sequence[dt.date] = ()
) -> dt.date | None:
    """The first day a report is due for a duty that starts on `start`.

    `printed` says that the paper names the days itself; a default day is counted from the end of the running period, so that
    «ежемесячно» of 5 March is reported by 10 April and not by 10 March.
    """
    if rule.standing:
        return next_due(RHYTHMS[rhythm], start=start, after=start + NOT_SOONER)
    after = start - dt.timedelta(days=1)
    if not printed and "BYMONTHDAY=10" in rule.rrule:
        last = 3 * ((start.month + 2) // 3) if "BYMONTH=1,4" in rule.rrule else start.month
        last = (6 if start.month <= 6 else 12) if "BYMONTH=1,7" in rule.rrule else last
        after = month_end(start.year, last) if ",20," not in rule.rrule else after
    return next_due(rule.rrule, start=start, after=after, terms=terms)


def next_due(rrule: str, *, start: dt.date, after: dt.date, terms: Sequence[dt.date] = ()) -> dt.date | None:
    """The first day of the rule strictly after `after`; `start` anchors intervals; None when there is none.

    A day that a month lacks («до 31 числа» in April) is its last day, not a skipped month.
    """
    if not rrule:
        return None
    if rrule == SCHOOL_TERM:
        return min((day for day in terms if day > after), default=None)
    found = _set(rrule, min(start, after)).after(dt.datetime.combine(after, dt.time()))
    return found.date() if found and found.date() < LONGEST else None


def days_between(rrule: str, *, start: dt.date, after: dt.date, before: dt.date, terms: Sequence[dt.date] = ()) -> int:
    """How many days of the rule lie strictly between two days (at most a thousand are counted)."""
    count, day = 0, next_due(rrule, start=start, after=after, terms=terms)
    while day is not None and day < before and count < 1000:
        count += 1
        day = next_due(rrule, start=start, after=day, terms=terms)
    return count


def _set(rrule: str, start: dt.date) -> rruleset:
    """The rule as a set of plain ones, days 29–31 held inside short months."""
    parts = dict(part.split("=", 1) for part in rrule.upper().split(";") if "=" in part)
    anchor = dt.datetime.combine(start, dt.time())
    out = rruleset()
    days = parts.get("BYMONTHDAY", "")
    plain = parts.get("FREQ") == "MONTHLY" or (parts.get("FREQ") == "YEARLY" and "BYMONTH" in parts)
    if not days or not plain or "INTERVAL" in parts or "BYSETPOS" in parts:
        out.rrule(rrulestr(rrule, dtstart=anchor))
        return out
    months = f";BYMONTH={parts['BYMONTH']}" if "BYMONTH" in parts else ""
    for day in days.split(","):
        late = int(day) > 28
        listed = ",".join(str(n) for n in range(28, int(day) + 1)) if late else day
        tail = ";BYSETPOS=-1" if late else ""
        out.rrule(rrulestr(f"FREQ=MONTHLY{months};BYMONTHDAY={listed}{tail}", dtstart=anchor))
    return out


MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
EACH_DAY = {
    "MO": "каждый понедельник", "TU": "каждый вторник", "WE": "каждую среду", "TH": "каждый четверг",
    "FR": "каждую пятницу", "SA": "каждую субботу", "SU": "каждое воскресенье",
}  # fmt: skip


def words_of(rrule: str) -> str:
    """The rule in Russian for a person: «каждый месяц, до 10 числа», «каждую пятницу», «каждый год: июнь, до 20 числа»."""
    if not rrule:
        return "без отчётов"
    if rrule == SCHOOL_TERM:
        return "по окончании каждой четверти"
    parts = dict(part.split("=", 1) for part in rrule.upper().split(";") if "=" in part)
    days = parts.get("BYMONTHDAY", "").replace("-1", "последнего").split(",")
    until = f"до {' и '.join(days)} числа" if days[0] else ""
    if parts.get("FREQ") == "WEEKLY" and (listed := parts.get("BYDAY")):
        return ", ".join(EACH_DAY.get(day, day) for day in listed.split(","))
    if parts.get("FREQ") == "WEEKLY":
        return "каждую неделю"
    if parts.get("FREQ") == "MONTHLY" and until and "BYMONTH" not in parts:
        return f"каждый месяц, {until}"
    if months := parts.get("BYMONTH"):
        named = ", ".join(MONTHS[int(n) - 1] for n in months.split(","))
        return f"каждый год: {named}, {until}" if until else f"каждый год: {named}"
    if parts.get("FREQ") == "MONTHLY":
        return "каждый месяц"
    return "каждый день" if parts.get("FREQ") == "DAILY" else "повторяется"
