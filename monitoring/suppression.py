"""What may leave an authority: small groups are hidden, and enough of the others that no difference gives them away. Pure.

A hidden figure must not follow from a total and the figures that are shown. So the hidden groups of a column are at least two and
have at least `smallest` people together; where that cannot be, the total is hidden too. Totals are always of the whole
authority, never of a filtered part: two parts that differ by one school would give that school away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Hidden:
    """Places of a column whose figures stay inside, and whether its total stays inside too."""

    places: frozenset[int]
    total: bool


def hidden(participants: Sequence[int | None], smallest: int = SMALLEST) -> Hidden:
    """What of a column of groups may not leave. None and 0 say nothing of anybody and hide nothing."""
    real = [(number, place) for place, number in enumerate(participants) if number]
    small = [(number, place) for number, place in real if number < smallest]
    if not small:
        return Hidden(frozenset(), False)
    away = list(small)
    for one in sorted(one for one in real if one[0] >= smallest):
        if len(away) >= 2 and sum(number for number, _ in away) >= smallest:
            break
        away.append(one)
    enough = len(away) >= 2 and sum(number for number, _ in away) >= smallest
    return Hidden(frozenset(place for _, place in away), not enough)


def totals_shown(
    own: Mapping[int, int | None],
    total: Mapping[int, tuple[int, int | None]],
    smallest: int = SMALLEST,
) -> set[int]:
    """Assessments whose total a school that knows its own figures may see: subtracting itself must leave two schools and
    `smallest` people. `own` is people, `total` is (schools with people, people), both by assessment."""
    shown = set()
    for key, (schools, people) in total.items():
        mine = own.get(key) or 0
        left_schools, left_people = schools - (1 if mine else 0), (people or 0) - mine
        if left_schools >= 2 and left_people >= smallest:
            shown.add(key)
    return shown


__all__ = ["SMALLEST", "Hidden", "hidden", "totals_shown"]
