"""What a cell of figures holds: a number, nothing, a dash, or something that is no number. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from .containers.grid import Broken, Percent, Shown, Value

Kind = Literal["number", "blank", "dash", "bad"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell read as a number. `percent` says that a per-cent sign was seen (the number is in per cent then)."""

    kind: Kind
    value: Decimal = Decimal(0)
    percent: bool = False
    shown: str = ""

    @property
    def people(self) -> int | None:
        """The number as a count of people; None for anything else than a whole number that is not negative."""
        if self.kind != "number" or self.percent or self.value < 0 or self.value != self.value.to_integral_value():
            return None
        return int(self.value)

    @property
    def decimals(self) -> int:
        return places(self.value)


@lru_cache(maxsize=50_000)
def places(value: Decimal) -> int:
    """Digits after the point that matter: 2 of 12.50 is one."""
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


BLANK = Figure("blank")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,}")
_UNIT = re.compile(r"(?:чел(?:овека?|\.)?|уч(?:\.|астник\w*|ащ\w*)?)$", re.IGNORECASE)
_DASHES = re.compile(r"[-‐‑‒–—―−_*./\\]+")
_NOTHING = re.compile(
    r"н\.?/?\s?[дуп]\.?|null|none|nan|n/?a|нет|нет данных|нет участников|данных нет|[xх×]|не (?:участвовал|писал|проводил|сдавал|выполнял|принимал)\w*(?: участи\w+)?"
    r"|(?:оо|школа)\s+не\s+(?:участвовал|писал|принимал)\w*(?: участи\w+)?|отсутств\w+|не было|не явил\w+|неявка",
    re.IGNORECASE,
)


def figure(value: Value) -> Figure:
    """Reads one cell. Text may have a decimal comma or point, blanks anywhere, a per-cent sign, «чел.» behind."""
    return _figure(value) if type(value) in _REPEATED else _read(value)


def _read(value: Value) -> Figure:
    if value is None:
        return BLANK
    if isinstance(value, Broken):
        return Figure("bad", shown=str(value))
    if isinstance(value, bool):
        return Figure("bad", shown="ИСТИНА" if value else "ЛОЖЬ")
    if isinstance(value, int | float):
        number = Decimal(repr(round(float(value), 9))) if isinstance(value, float) else Decimal(value)
        return Figure("number", number, isinstance(value, Percent), str(value))
    if isinstance(value, dt.datetime | dt.date):
        return Figure("bad", shown=value.strftime("%d.%m.%Y"))
    if isinstance(value, dt.time):
        return Figure("bad", shown=value.isoformat())
    return _word(value)


def _word(value: str) -> Figure:
    shown = " ".join(value.split())
    word = _SPACES.sub("", value).lstrip("'’`").replace("−", "-").replace("–", "-")
    percent = word.endswith("%")
    bare = word[:-1] if percent else _UNIT.sub("", word)
    if not bare:
        return BLANK if not word else Figure("bad", shown=shown)
    if _DASHES.fullmatch(word):
        return Figure("dash", shown=shown)
    if _NUMBER.fullmatch(bare):
        return Figure("number", Decimal(bare.replace(",", ".")), percent, shown)
    if _THOUSANDS.fullmatch(bare):
        return Figure("number", Decimal(re.sub(r"[.,]", "", bare)), percent, shown)
    if _NOTHING.fullmatch(shown.strip(' .()«»"')):
        return Figure("dash", shown=shown)
    return Figure("bad", shown=shown)


_PAIR = re.compile(
    r"(\d+)(?:чел\w*\.?)?[(/;|,–—-]{0,2}(\d+(?:[.,]\d+)?)%\)?|(\d+(?:[.,]\d+)?)%[(/;|,–—-]{0,2}(\d+)(?:чел\w*\.?)?\)?"
)


def people_and_share(value: Value) -> Figure:
    """«5 (12,5%)», «12,5 % / 5 чел.» as the number of people. A number alone does not say which of the two it is."""
    read = figure(value)
    if read.kind in ("blank", "dash") or not isinstance(value, str):
        return read if read.kind != "number" or read.value == 0 else Figure("bad", shown=str(value))
    bare = _SPACES.sub("", value)
    if re.fullmatch(r"0(?:\(0%?\))?", bare):
        return Figure("number", Decimal(0), shown=read.shown)
    found = _PAIR.fullmatch(bare)
    said = (found[1] or found[4]) if found else ""
    return Figure("number", Decimal(said), shown=read.shown) if said else Figure("bad", shown=read.shown or bare)


_REPEATED = (int, float, str, Percent)  # a column of figures holds few different ones
_figure = lru_cache(maxsize=100_000, typed=True)(_read)


def words(value: Value) -> str:
    """A cell as a person reads it: «8101», not «8101.0»; a date as 05.03.2026; an error as nothing."""
    if type(value) is str:
        return value
    if value is None or isinstance(value, Broken):
        return ""
    if isinstance(value, Shown):
        return value.text
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d.%m.%Y")
    return str(value)
