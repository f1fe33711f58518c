"""What typed words mean: numbers with commas and spaces, per cents, days, «да», a choice; and what is wrong with them. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from decisions.collecting.model import (
    KINDS,
    MAX_ROWS,
    TEXT_LENGTH,
    Field,
    Layout,
    Place,
    Problem,
    address,
    rows_of,
)

Value = str | Decimal | dt.date | bool
LARGEST = Decimal(10) ** 15
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']+")
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:\s*г\.?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_YES = frozenset({"да", "+", "1", "имеется", "есть", "true", "истина", "yes", "v", "✓"})
_NO = frozenset({"нет", "-", "–", "—", "0", "отсутствует", "не имеется", "false", "ложь", "no"})
EXPECTED = {
    "whole": "ждём целое число, например 12",
    "number": "ждём число, например 12,5",
    "money": "ждём сумму в рублях, например 1250,50",
    "percent": "ждём процент, например 41 или 41,5",
    "date": "ждём дату, например 01.09.2025",
    "yesno": "ждём «да» или «нет»",
}


class Unclear(ValueError):
    """The words do not mean what is asked; `str()` says what is expected."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`typed`: the meaning of every understood place; `texts`: the same as canonical words, the rest as typed."""

    typed: dict[str, Value]
    texts: dict[str, str]
    problems: tuple[Problem, ...]


def understood(field: Field, text: str) -> Value:
    """The meaning of non-empty words for this field. Raises `Unclear`."""
    words = text.strip()
    match field.kind:
        case "whole" | "number" | "money" | "percent":
            return _limited(field, _number(field.kind, words))
        case "date":
            return _day(words)
        case "yesno":
            plain = words.casefold().rstrip(".")
            if plain in _YES or plain in _NO:
                return plain in _YES
            raise Unclear(EXPECTED["yesno"])
        case "choice":
            for one in field.choices:
                if _plain(one) == _plain(words):
                    return one
            raise Unclear("выберите из списка: " + "; ".join(field.choices))
    if len(words) > TEXT_LENGTH:
        raise Unclear(f"слишком длинно: {len(words)} знаков, помещается {TEXT_LENGTH}")
    return words


def said(value: Value, kind: str) -> str:
    """Canonical words of a meaning: what is stored and shown in a field («1250.5» is shown «1250,5»)."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return plain_number(value)
    return value


def plain_number(value: Decimal) -> str:
    """12, 12,5: no spaces, no needless zeros, a comma."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text in ("-0", "") else text).replace(".", ",")


def check(layout: Layout, values: Mapping[str, str], *, whole: bool = True) -> Checked:
    """All that is wrong at once; with `whole` false what is still empty is no mistake (a draft)."""
    typed: dict[str, Value] = {}
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for place in layout.places(values):
        text = (values.get(place.key) or "").strip()
        if not text:
            if whole and place.field.required and _row_used(layout, place, values):
                problems.append(_problem(place, "", "не заполнено"))
            continue
        texts[place.key] = text
        try:
            value = understood(place.field, text)
        except Unclear as why:
            problems.append(_problem(place, text, str(why)))
            continue
        typed[place.key] = value
        texts[place.key] = said(value, place.field.kind)
    for table in layout.tables:
        if whole and table.required and not table.fixed and not rows_of(table, values):
            problems.append(Problem("нет ни одной строки", table.sheet, heading=table.title, key=table.key))
        beyond = [key for key in values if _beyond(key, table.key) and values[key]]
        if beyond:
            problems.append(Problem(f"строк больше {MAX_ROWS}: разделите ответ", table.sheet, heading=table.title))
    problems += _parts(layout, typed)
    return Checked(typed, texts, tuple(problems))


def _row_used(layout: Layout, place: Place, values: Mapping[str, str]) -> bool:
    """An empty row between two filled ones of an open table is nobody's mistake."""
    if place.table is None or place.table.fixed:
        return True
    return any(values.get(f"{place.table.key}.{place.row}.{column.key}") for column in place.table.columns)


def _beyond(key: str, table: str) -> bool:
    head, _, rest = key.partition(".")
    row = rest.partition(".")[0]
    return head == table and row.isascii() and row.isdigit() and (len(row) > 6 or int(row) >= MAX_ROWS)


def _parts(layout: Layout, typed: Mapping[str, Value]) -> list[Problem]:
    """«Из них» is not more than the whole: inside one row of a table or among single fields."""
    out = []
    for place in layout.places(dict.fromkeys(typed, "x")):
        if not place.field.part_of:
            continue
        prefix = f"{place.table.key}.{place.row}." if place.table else ""
        part, whole = typed.get(place.key), typed.get(prefix + place.field.part_of)
        if isinstance(part, Decimal) and isinstance(whole, Decimal) and part > whole:
            names = {f.key: f.label for f in (place.table.columns if place.table else layout.fields)}
            out.append(
                _problem(
                    place,
                    plain_number(part),
                    f"больше, чем «{names.get(place.field.part_of, '')}» ({plain_number(whole)})",
                )
            )
    return out


def _problem(place: Place, value: str, reason: str) -> Problem:
    return Problem(reason, place.sheet, address(*place.at), place.heading, value, place.key)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def _number(kind: str, words: str) -> Decimal:
    plain = _SPACES.sub("", words).replace("−", "-").replace("–", "-").replace(",", ".")
    if kind == "percent":
        plain = plain.removesuffix("%")
    if kind == "money":
        plain = re.sub(r"(?:руб\.?|р\.?|₽)$", "", plain)
    if not _NUMBER.fullmatch(plain):
        raise Unclear(EXPECTED[kind])
    try:
        number = Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
        raise Unclear(EXPECTED[kind]) from None
    if abs(number) >= LARGEST:
        raise Unclear("число слишком велико")
    if kind == "whole" and number != number.to_integral_value():
        raise Unclear("ждём целое число, без дробной части")
    if kind == "money" and number != round(number, 2):
        raise Unclear("в сумме больше двух знаков после запятой")
    return number.to_integral_value() if kind == "whole" else number


def _limited(field: Field, number: Decimal) -> Decimal:
    low, high = limit(field.low), limit(field.high)
    if low is not None and number < low:
        raise Unclear(f"меньше наименьшего допустимого ({plain_number(low)})")
    if high is not None and number > high:
        raise Unclear(f"больше наибольшего допустимого ({plain_number(high)})")
    return number


def limit(text: str) -> Decimal | None:
    """A limit kept as words; None where there is none."""
    try:
        return _number("number", text) if text else None
    except Unclear:
        return None


def _day(words: str) -> dt.date:
    found = _ISO.fullmatch(words)
    if found:
        year, month, day = (int(part) for part in found.groups())
    else:
        found = _DAY.fullmatch(words)
        if not found:
            raise Unclear(EXPECTED["date"])
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    if not 1900 < year < 2200:
        raise Unclear("такого года быть не может")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unclear("такого дня в календаре нет") from None


__all__ = ["KINDS", "Checked", "Unclear", "Value", "check", "limit", "plain_number", "said", "understood"]
