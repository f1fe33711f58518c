"""Which school can help which with a subject: reasons in plain words, load limits, a fair whole. Pure.

Starts from needs that schools declared themselves and from donors whose results in the subject hold through years. Results
speak of schools, never of teachers (domain.md, 7.2); a school of a low-result list is never a donor. A proposal is only that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LOW = 0.10  # a year counts as good when at most a tenth got «2» …
QUALITY = 0.50  # … and at least half got «4» and «5»
YEARS = 2  # results hold when this many of the last years were good and none bad
BAD = 0.30
SMALL = 10  # fewer people in a year say nothing


@dataclass(frozen=True, slots=True)
class Year:
    """What one school got in one subject in a school year over its procedures: people."""

    school_year: int
    people: int
    low: int
    good: int  # «4» and «5»; −1 where marks are not known

    @property
    def is_good(self) -> bool:
        return self.people >= SMALL and self.low <= LOW * self.people and self.good >= QUALITY * self.people

    @property
    def is_bad(self) -> bool:
        return self.people >= SMALL and self.low >= BAD * self.people


@dataclass(frozen=True, slots=True)
class Donor:
    """A school that may help: its years of the subject, how many mentors it has given, whether a list names it."""

    school: int
    settlement: str
    years: tuple[Year, ...]
    load: int
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """What one school asks for; `refused` are donors already declined for it."""

    id: int
    school: int
    settlement: str
    subject: str
    refused: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    need: int
    donor: int
    reasons: tuple[str, ...]


def sustained(years: Sequence[Year]) -> list[Year]:
    """The good years, newest first, when results hold: at least `YEARS` good ones, none bad among the last three."""
    newest = sorted(years, key=lambda y: -y.school_year)[:3]
    good = [year for year in newest if year.is_good]
    if len(good) < YEARS or any(year.is_bad for year in newest):
        return []
    return good


def propose(needs: Sequence[Need], donors: Mapping[str, Sequence[Donor]], *, limit: int = 2) -> list[Proposal]:
    """One proposal a need where anybody can help; `limit` is the most mentors one school gives. `donors` by subject.

    The assignment is solved as a whole, so that the only helper of one school is not spent on another that has a choice.
    """
    if not needs:
        return []
    places: list[int] = []  # one column a free place of a donor
    load: dict[int, int] = {}
    for rows in donors.values():
        for donor in rows:
            load[donor.school] = max(load.get(donor.school, 0), donor.load)
    for school in sorted(load):
        places += [school] * max(0, limit - load[school])
    if not places:
        return []
    from scipy.optimize import linear_sum_assignment  # a second to load: not owed by every process that starts

    impossible = 1_000_000.0
    cost = np.full((len(needs), len(places) + len(needs)), impossible)
    for row in range(len(needs)):
        cost[row, len(places) + row] = 1_000.0  # nobody: dearer than any helper, cheaper than an impossible one
    for row, need in enumerate(needs):
        known = {donor.school: donor for donor in donors.get(need.subject, ())}
        seen: dict[int, int] = {}
        for column, school in enumerate(places):
            found = known.get(school)
            nth = seen.get(school, 0)
            seen[school] = nth + 1
            if found is not None and fits(need, found):
                cost[row, column] = _cost(need, found) + 10.0 * (found.load + nth)
    chosen_rows, chosen_columns = linear_sum_assignment(cost)
    out = []
    for row, column in zip(chosen_rows, chosen_columns, strict=True):
        if column >= len(places) or cost[row, column] >= impossible:
            continue
        need = needs[row]
        donor = next(d for d in donors[need.subject] if d.school == places[column])
        out.append(Proposal(need.id, donor.school, reasons(need, donor, limit=limit)))
    return out


def fits(need: Need, donor: Donor) -> bool:
    return (
        not donor.listed
        and donor.school != need.school
        and donor.school not in need.refused
        and bool(sustained(donor.years))
    )


def _cost(need: Need, donor: Donor) -> float:
    near = 0.0 if need.settlement and need.settlement == donor.settlement else 5.0
    good = sustained(donor.years)
    people = sum(year.people for year in good)
    share = sum(max(year.good, 0) for year in good) / people if people else 0.0
    return near + (1.0 - share) * 4.0 - len(good)


def reasons(need: Need, donor: Donor, *, limit: int) -> tuple[str, ...]:
    """Why this school, in words: figures of its years, nearness, load."""
    out = []
    for year in sustained(donor.years):
        share = round(100 * year.good / year.people)
        low = round(100 * year.low / year.people)
        out.append(
            f"{year.school_year - 1}/{year.school_year}: на «4» и «5» — {share} %, отметок «2» — {low} % (участий: {year.people})"
        )
    if need.settlement and need.settlement == donor.settlement:
        out.append(f"в том же населённом пункте ({donor.settlement})")
    out.append(f"наставников уже дано: {donor.load}, предел: {limit}")
    return tuple(out)
