"""How long a school is on lists: entry, years, exit, re-entry; and what remains to leave. Pure.

Years are those school years end in. A year without any list says nothing: 2019 and 2021 with no list of 2020 are one stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitoring.low_results import Reason, RuleSet

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ONLY = re.compile(r"\bтольк\w+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stay:
    """From the first list to the last; `left` is the year of the first list without the school, None while it stays."""

    first: int
    last: int
    left: int | None = None
    years: tuple[int, ...] = ()


def stays(listed: Iterable[int], published: Iterable[int]) -> list[Stay]:
    """Stays of one school: `listed` are years of lists with it, `published` years of all lists of the kind.

    >>> stays({2019, 2021}, {2019, 2021})
    [Stay(first=2019, last=2021, left=None, years=(2019, 2021))]
    """
    there = set(listed)
    out: list[Stay] = []
    run: list[int] = []
    for year in sorted(there | set(published)):
        if year in there:
            run.append(year)
        elif run:
            out.append(Stay(run[0], run[-1], year, tuple(run)))
            run = []
    if run:
        out.append(Stay(run[0], run[-1], None, tuple(run)))
    return out


def years_said(words: str) -> tuple[int, ...]:
    """Years of a wording: «В списках 2019 и 2021 гг» → (2019, 2021)."""
    return tuple(sorted({int(one) for one in _YEAR.findall(words)}))


def trajectory_of(words: str, year: int) -> str:
    """`enums.Trajectory` of a list's wording: «stays», «entered», «left», or "" where it says none of them.

    >>> trajectory_of("Только в списке 2019 года", 2021), trajectory_of("Только в списке 2021 года", 2021)
    ('left', 'entered')
    """
    years = years_said(words)
    if len(years) > 1:
        return "stays" if years[-1] >= year else "left"
    if len(years) == 1 and _ONLY.search(words):
        return "entered" if years[0] >= year else "left"
    plain = words.casefold()
    if "исключ" in plain or "вышл" in plain or "выбыл" in plain:
        return "left"
    if "впервые" in plain or "включена" in plain:
        return "entered"
    return ""


@dataclass(frozen=True, slots=True)
class Step:
    """One low procedure of the last year: how many people fewer would take it below the threshold."""

    reason: Reason
    allowed: int  # at most so many of the same participants
    fewer: int


@dataclass(frozen=True)
class Remaining:
    """What takes the school off the forecast in its last year: `procedures` of `steps` (the nearest first) must stop being low."""

    school_year: str
    low: int
    most: int  # so many low procedures are still no reason
    procedures: int
    steps: tuple[Step, ...]


def remaining(rules: RuleSet, low: Iterable[Reason]) -> Remaining:
    """What remains in the last school year of the rules, with as many participants as there were."""
    year = rules.school_years[-1]
    own = [one for one in low if one.school_year == year]
    steps = []
    for one in own:
        allowed = one.low
        while allowed > 0 and rules.is_low(allowed, one.participants):
            allowed -= 1
        steps.append(Step(one, allowed, one.low - allowed))
    most = rules.min_procedures_per_year - 1
    steps.sort(key=lambda step: step.fewer)
    return Remaining(year, len(own), most, max(0, len(own) - most), tuple(steps))


def by_years(rules: RuleSet, low: Iterable[Reason]) -> Mapping[str, list[Reason]]:
    """Low procedures of every year of the rules, empty years too."""
    found: dict[str, list[Reason]] = {year: [] for year in rules.school_years}
    for one in low:
        found.setdefault(one.school_year, []).append(one)
    return found
