"""Indicators of results as plain functions of people (domain notes, section 3). Pure; `Decimal`, rounded half up.

People are summed, never percentages averaged: `together` adds groups, every rate is computed from the sums. A rate of
nobody is None, not 0. `suppressed` hides small groups in whatever leaves the authority.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

MARKS = ("2", "3", "4", "5")
SMALL_GROUP = 5
_WEIGHTS = {"5": 100, "4": 64, "3": 36, "2": 16}
_ABSENT_WEIGHT = 7

Counts = Mapping[str, int]


def rounded(value: Decimal, places: int | None = 2) -> Decimal:
    """Half up, as it is done on paper; None leaves the value exact, for whoever rounds it once where it is shown."""
    return value if places is None else value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def people(counts: Counts) -> int:
    return sum(counts.get(mark, 0) for mark in MARKS)


def _rate(part: int, whole: int, places: int | None) -> Decimal | None:
    return rounded(Decimal(100 * part) / whole, places) if whole else None


def pass_rate(counts: Counts, places: int | None = 2) -> Decimal | None:
    """Успеваемость (абсолютная), %: «3», «4» and «5» of all."""
    return _rate(people(counts) - counts.get("2", 0), people(counts), places)


def quality_rate(counts: Counts, places: int | None = 2) -> Decimal | None:
    """Качество знаний, %: «4» and «5» of all."""
    return _rate(counts.get("4", 0) + counts.get("5", 0), people(counts), places)


def low_rate(counts: Counts, places: int | None = 2) -> Decimal | None:
    """Share of «2», %."""
    return _rate(counts.get("2", 0), people(counts), places)


def learning_level(counts: Counts, absent: int = 0, places: int | None = 2) -> Decimal | None:
    """СОУ, % (В. П. Симонов): (100·n5 + 64·n4 + 36·n3 + 16·n2 + 7·н/а) / N. Pupils not attested stay in N."""
    whole = people(counts) + absent
    if not whole:
        return None
    total = sum(_WEIGHTS[mark] * counts.get(mark, 0) for mark in MARKS) + _ABSENT_WEIGHT * absent
    return rounded(Decimal(total) / whole, places)


def mean_mark(counts: Counts, places: int | None = 2) -> Decimal | None:
    whole = people(counts)
    return rounded(Decimal(sum(int(m) * counts.get(m, 0) for m in MARKS)) / whole, places) if whole else None


def shares(counts: Counts, places: int | None = 2) -> dict[str, Decimal] | None:
    """Per cent of each mark; their sum may differ from 100 by the rounding."""
    whole = people(counts)
    if not whole:
        return None
    return {mark: rounded(Decimal(100 * counts.get(mark, 0)) / whole, places) for mark in MARKS}


def together(groups: Iterable[Counts]) -> dict[str, int]:
    """Counts of several groups as one: by people."""
    out = dict.fromkeys(MARKS, 0)
    for counts in groups:
        for mark in MARKS:
            out[mark] += counts.get(mark, 0)
    return out


def overcame_rate(below: int, participants: int, places: int | None = 2) -> Decimal | None:
    """Share of those who reached the minimum of ЕГЭ, %. Raises ValueError when more failed than took part."""
    if not 0 <= below <= participants:
        raise ValueError("не преодолевших порог не может быть больше участников")
    return _rate(participants - below, participants, places)


def mean_of_means(groups: Iterable[tuple[Decimal, int]], places: int | None = 2) -> Decimal | None:
    """The mean score of several groups, each weighed by its people."""
    total, whole = Decimal(0), 0
    for mean, number in groups:
        total += mean * number
        whole += number
    return rounded(total / whole, places) if whole else None


def difference(own: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Percentage points (or points) above the other; None when either is unknown."""
    return None if own is None or other is None else own - other


def comparison_shares(comparison: Mapping[str, int], places: int | None = 2) -> dict[str, Decimal] | None:
    """Понизили, подтвердили, повысили: per cent of those who have both marks."""
    whole = sum(comparison.values())
    if not whole:
        return None
    return {key: rounded(Decimal(100 * value) / whole, places) for key, value in comparison.items()}


def suppressed(counts: Counts | None, smallest: int = SMALL_GROUP) -> dict[str, int] | None:
    """Counts that may leave the authority: nothing for a group smaller than `smallest`."""
    return None if counts is None or people(counts) < smallest else dict(counts)


def may_leave(participants: int | None, smallest: int = SMALL_GROUP) -> bool:
    """Whether figures of a group of this size may be shown outside. An empty group says nothing of anybody."""
    return participants is not None and (participants == 0 or participants >= smallest)


Verdict = Literal["sufficient", "uncertain", "insufficient"]


@dataclass(frozen=True, slots=True)
class Marker:
    """A sign that results may be biased: a setting with its source and plain words. It is never a verdict."""

    code: str
    title: str
    words: str
    source: str
    threshold: Decimal


_ANALYSIS = "рекомендации ФИОКО по анализу результатов ВПР в пересказе, не сам документ"
_OWN = "настройка управления, официального порога не найдено"
MARKERS: tuple[Marker, ...] = (
    Marker(
        "many_lowered",
        "Много пониженных отметок",
        "У большой доли учеников отметка за работу ниже, чем в журнале. Возможно, в журнале ставят выше, чем знают.",
        _OWN,
        Decimal(20),
    ),
    Marker(
        "very_many_lowered",
        "Очень много пониженных отметок",
        "Отметка за работу ниже журнальной у очень большой доли учеников. Стоит обсудить оценивание в школе.",
        _OWN,
        Decimal(40),
    ),
    Marker(
        "many_raised",
        "Много повышенных отметок",
        "У большой доли учеников отметка за работу выше, чем в журнале. Стоит посмотреть, как проходила работа.",
        _OWN,
        Decimal(20),
    ),
    Marker(
        "growth_of_low",
        "Выросла доля «2»",
        "Доля «2» стала больше на столько процентных пунктов по сравнению с прошлым годом.",
        _ANALYSIS,
        Decimal(10),
    ),
    Marker(
        "peak_at_boundary",
        "Пик на границе отметок",
        "На первом балле, дающем следующую отметку, учеников во столько раз больше, чем на балле перед ним.",
        _ANALYSIS,
        Decimal(2),
    ),
)


def marker(code: str, markers: Sequence[Marker] = MARKERS) -> Marker:
    return next(m for m in markers if m.code == code)


def comparison_markers(comparison: Mapping[str, int], markers: Sequence[Marker] = MARKERS) -> tuple[Marker, ...]:
    """Markers of a comparison with journal marks; the threshold itself is reached («не менее»), compared on people."""
    whole = sum(comparison.values())
    if not whole:
        return ()
    sides = {"many_lowered": "lowered", "very_many_lowered": "lowered", "many_raised": "raised"}
    found = [m for m in markers if m.code in sides and 100 * comparison.get(sides[m.code], 0) >= m.threshold * whole]
    if any(m.code == "very_many_lowered" for m in found):
        found = [m for m in found if m.code != "many_lowered"]
    return tuple(found)


def growth_marker(before: Counts, now: Counts, markers: Sequence[Marker] = MARKERS) -> Marker | None:
    """Growth of the share of «2» by at least the threshold, in percentage points, compared exactly."""
    old, new = people(before), people(now)
    if not old or not new:
        return None
    found = marker("growth_of_low", markers)
    grown = 100 * (now.get("2", 0) * old - before.get("2", 0) * new)
    return found if grown >= found.threshold * old * new else None


def boundary_peaks(
    points: Mapping[int, int], boundaries: Iterable[int], markers: Sequence[Marker] = MARKERS, smallest: int = 20
) -> tuple[int, ...]:
    """First scores of a mark where people pile up. Fewer than `smallest` participants say nothing."""
    found = marker("peak_at_boundary", markers)
    if sum(points.values()) < smallest:
        return ()
    return tuple(
        score
        for score in boundaries
        if points.get(score, 0) >= 3 and points.get(score, 0) >= found.threshold * max(points.get(score - 1, 0), 1)
    )


def task_verdict(share: Decimal, level: Literal["Б", "П", "В"]) -> Verdict:
    """Whether a task is done sufficiently: basic ≥ 60 % / < 57 %, harder ≥ 30 % / < 28,5 %, between them uncertain."""
    enough, little = (Decimal(60), Decimal(57)) if level == "Б" else (Decimal(30), Decimal("28.5"))
    return "sufficient" if share >= enough else "insufficient" if share < little else "uncertain"


def sample_words(participants: int) -> str:
    """How much a group of this size can tell (from 50 — informative, 20–49 — little, below — hardly)."""
    if participants >= 50:
        return "данных достаточно"
    if participants >= 20:
        return "данных мало, выводы осторожны"
    return "данных очень мало, выводы ограничены"
