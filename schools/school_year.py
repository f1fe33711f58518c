"""The school year: quarters, half-years and holidays as the ministry of education usually recommends them. Pure.

The days differ by authority and by year: these are proposals, to be confirmed or corrected by the office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

Span = tuple[dt.date, dt.date]
QUARTERS = ("quarter_1", "quarter_2", "quarter_3", "quarter_4")
HOLIDAYS = ("autumn", "winter", "spring", "summer")
DAY = dt.timedelta(days=1)


def school_year_of(day: dt.date) -> int:
    """The year of the autumn: 31.08.2026 is still 2025/2026."""
    return day.year if day.month >= 9 else day.year - 1


def proposed(year: int) -> dict[str, Span]:
    """Kind of `TermKind` → first and last day. Holidays are whole weeks from the Saturday nearest to 26 October and 27 March
    (nine days) and from 31 December to the first Sunday on or after 8 January; lessons end on 26 May."""
    begins = dt.date(year, 9, 1)
    while begins.weekday() == 6:
        begins += DAY
    autumn = _saturday_near(dt.date(year, 10, 26))
    spring = _saturday_near(dt.date(year + 1, 3, 27))
    winter_end = dt.date(year + 1, 1, 8)
    while winter_end.weekday() != 6:
        winter_end += DAY
    ends = dt.date(year + 1, 5, 26)
    found = {
        "autumn": (autumn, autumn + 8 * DAY),
        "winter": (dt.date(year, 12, 31), winter_end),
        "spring": (spring, spring + 8 * DAY),
        "summer": (ends + DAY, dt.date(year + 1, 8, 31)),
    }
    found["quarter_1"] = (begins, autumn - DAY)
    found["quarter_2"] = (found["autumn"][1] + DAY, dt.date(year, 12, 30))
    found["quarter_3"] = (winter_end + DAY, spring - DAY)
    found["quarter_4"] = (found["spring"][1] + DAY, ends)
    return with_halves(found)


def with_halves(spans: Mapping[str, Span]) -> dict[str, Span]:
    """Half-years made of quarters where they are not named themselves."""
    out = dict(spans)
    if "half_1" not in out and "quarter_1" in out and "quarter_2" in out:
        out["half_1"] = (out["quarter_1"][0], out["quarter_2"][1])
    if "half_2" not in out and "quarter_3" in out and "quarter_4" in out:
        out["half_2"] = (out["quarter_3"][0], out["quarter_4"][1])
    return out


def _saturday_near(day: dt.date) -> dt.date:
    return min((day + n * DAY for n in range(-3, 4)), key=lambda d: (d.weekday() != 5, d))
