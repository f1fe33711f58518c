"""Sentences of analytical notes made of figures: rise and fall, shares, agreement in number, gender and case. Pure.

Figures are `Decimal` or int; None is «нет данных». Decimal comma, half up, a space that does not break before «%» and «п.п.».
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from config.ui.words import counted, form_of

Figure = Decimal | int | None
NBSP = "\u00a0"


def number(value: Decimal | int, places: int = 1) -> str:
    """«41,5», «1 032», «−3»: half up, no zeros at the end."""
    exact = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    sign, digits = ("−" if exact < 0 else ""), f"{abs(exact):f}"
    whole, dot, tail = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", NBSP)
    tail = tail.rstrip("0")
    return sign + grouped + (f",{tail}" if dot and tail else "")


def figure(value: Figure, unit: str = "%", places: int = 1) -> str:
    """«41,5 %», or «нет данных»."""
    if value is None:
        return "нет данных"
    return f"{number(value, places)}{NBSP}{unit}" if unit else number(value, places)


def points(value: Decimal, places: int = 1) -> str:
    """«2,3 п.п.» of the size of a difference."""
    return f"{number(abs(value), places)}{NBSP}п.п."


def change(before: Figure, now: Figure, *, unit: str = "%", places: int = 1) -> str:
    """«выросла на 2,3 п.п. (с 10,1 % до 12,4 %)», «не изменилась (10,1 %)»; of a feminine subject («доля»).

    What is equal after rounding has not changed: a reader must not see «выросла на 0 п.п.».
    """
    if before is None or now is None:
        return "сравнить не с чем" if now is not None else "нет данных"
    old, new = _rounded(before, places), _rounded(now, places)
    if old == new:
        return f"не изменилась ({figure(now, unit, places)})"
    verb = "выросла" if new > old else "снизилась"
    size = points(new - old, places) if unit == "%" else figure(abs(new - old), unit, places)
    return f"{verb} на {size} (с {figure(before, unit, places)} до {figure(now, unit, places)})"


def against(own: Figure, other: Figure, whom: str, *, places: int = 1) -> str:
    """«на 3,2 п.п. выше, чем по региону»; `whom` follows «чем»."""
    if own is None or other is None:
        return ""
    difference = _rounded(own, places) - _rounded(other, places)
    if difference == 0:
        return f"столько же, сколько {whom}"
    side = "выше" if difference > 0 else "ниже"
    return f"на {points(difference, places)} {side}, чем {whom}"


def of_all(part: int, whole: int, one: str, few: str, many: str) -> str:
    """«21 школа из 30», «5 школ из 30»: the word agrees with the part."""
    return f"{counted(part, one, few, many)} из {number(whole)}"


def among(part: int, whole: int, genitive_one: str, genitive_many: str) -> str:
    """«в 1 школе», «в 5 школах» — the prepositional: singular after 1, 21, 101 (never 11)."""
    singular = abs(part) % 10 == 1 and abs(part) % 100 != 11
    words = f"{number(part)}{NBSP}{genitive_one if singular else genitive_many}"
    return f"{words} из {number(whole)}" if whole else words


def share(part: int, whole: int, places: int = 1) -> str:
    """«12,4 % (13 из 105)», or «нет данных» of nothing."""
    if not whole:
        return "нет данных"
    return f"{figure(Decimal(100 * part) / whole, '%', places)} ({number(part)} из {number(whole)})"


def took_part(people: int) -> str:
    """«Участвовал 1 обучающийся», «Участвовали 2 обучающихся», «Участвовало 5 обучающихся»."""
    verb = form_of(people, "Участвовал", "Участвовали", "Участвовало")
    return f"{verb} {counted(people, 'обучающийся', 'обучающихся', 'обучающихся')}"


def executed(done: int, planned: int) -> str:
    """«Из 21 поручения исполнено 20», «Из 5 поручений исполнено 1»."""
    singular = planned % 10 == 1 and planned % 100 != 11
    return f"Из {number(planned)}{NBSP}{'поручения' if singular else 'поручений'} исполнено {number(done)}"


def listed(words: Sequence[str]) -> str:
    """«русский язык, математика и физика»"""
    rows = [one for one in words if one]
    if len(rows) < 2:
        return "".join(rows)
    return ", ".join(rows[:-1]) + " и " + rows[-1]


def _rounded(value: Decimal | int, places: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
