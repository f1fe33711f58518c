"""A cell of the heat map: which of the states it is, its tone and its words. Pure.

«Не проводилась», «нет данных», «нет участников» and 0 % differ; a group too small for a per cent is shown as people («2 из 4»).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitoring.indicators import rounded

BANDS = ("h0", "h1", "h2", "h3", "h4")
THRESHOLD = Decimal(30)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a school in an assessment; `state` as `ResultState` names it."""

    state: str
    participants: int | None = None
    low: int | None = None
    mean: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone` is the one class of the cell, `text` stands in it, `share` is the exact share of low results in per cent."""

    tone: str
    text: str
    share: Decimal | None = None


NOT_HELD = Cell("nh", "не пров.")
NO_DATA = Cell("nd", "нет данных")
NO_PEOPLE = Cell("np", "нет участн.")
NO_GRADE = Cell("ng", "—")
INSIDE = Cell("hid", "скрыто")


def cell_of(figures: Figures | None, *, held: bool, grade: bool, smallest: int, threshold: Decimal = THRESHOLD) -> Cell:
    """`held`: nobody said it was not held here; `grade`: the school has this grade at all."""
    if figures is None or figures.state == "no_data":
        return NOT_HELD if not held else NO_DATA if grade else NO_GRADE
    if figures.state == "not_held":
        return NOT_HELD
    if figures.state == "no_participants" or not figures.participants:
        return NO_PEOPLE
    if figures.low is None:
        return NO_DATA if figures.mean is None else Cell("mean", f"ср. {fixed(figures.mean)}")
    share = Decimal(100 * figures.low) / figures.participants
    if figures.participants < smallest:
        return Cell("few", f"{figures.low} из {figures.participants}", share)
    return Cell(band(share, threshold), fixed(share), share)


def band(share: Decimal, threshold: Decimal) -> str:
    """The tone of a share: below a third of the threshold, below two thirds, below it, from it, from one and a half of it.

    Compared exactly, before rounding: 29,96 % is shown as 30,0 and still stands below a threshold of 30 %.
    """
    if share >= threshold:
        return "h4" if share * 2 >= threshold * 3 else "h3"
    return "h2" if share * 3 >= threshold * 2 else "h1" if share * 3 >= threshold else "h0"


def legend(threshold: Decimal) -> list[tuple[str, str]]:
    """Tone → words, for the line above the map."""
    third, two, half = (comma(rounded(threshold * n / 3, 1)) for n in (1, 2, Decimal("4.5")))
    level = comma(rounded(threshold, 1))
    return [
        ("h0", f"до {third} %"),
        ("h1", f"от {third} %"),
        ("h2", f"от {two} %"),
        ("h3", f"порог: от {level} %"),
        ("h4", f"от {half} %"),
    ]


def comma(value: Decimal) -> str:
    """«31,2», and «30» for a whole number."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def fixed(value: Decimal, places: int = 1) -> str:
    """«31,2», «30,0»: figures of a column have their commas one under another."""
    return f"{rounded(value, places):f}".replace(".", ",")


def percent(value: Decimal | None) -> str:
    """«31,2 %», «30,0 %» with a no-break space; «—» where there is nothing."""
    return "—" if value is None else f"{fixed(value)}\u00a0%"


def points(value: Decimal | None) -> str:
    """A difference: «+3,1 п.п.», «−12,0 п.п.», «—»."""
    if value is None:
        return "—"
    exact = rounded(value, 1)
    sign = "+" if exact > 0 else "−" if exact < 0 else ""
    return f"{sign}{fixed(abs(exact))}\u00a0п.п."
