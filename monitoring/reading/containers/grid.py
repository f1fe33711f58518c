"""A sheet as every container gives it: lines of cells with the values a person sees, sparse and without formats."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_CELLS = 200_000


class Unreadable(Exception):
    """Nothing can be taken from the file; `code` is one of the README's, `str()` a Russian sentence with advice."""

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class Percent(float):
    """A number shown with a per-cent sign, in per cent: a cell of 0.1236 formatted «0,00 %» is `Percent(12.36)`."""

    __slots__ = ()


class Shown(float):
    """A number whose format shows more decimals than it has: a heading 3.1 formatted «0.00» is shown as «3.10»."""

    text: str

    def __new__(cls, value: float, text: str) -> Shown:
        made = super().__new__(cls, value)
        made.text = text
        return made


class Broken(str):
    """A cell without a value where one should be: an error («#ДЕЛ/0!») or a formula that was never computed."""

    __slots__ = ()


Value = None | str | int | float | bool | dt.date | dt.datetime | dt.time
Line = tuple[int, dict[int, Value]]


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range: lines as the spreadsheet program shows them (from 1), columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """A sheet: lines in order, blank ones left out; a cell that is blank is not in its line.

    Figures are read from visible sheets only; a hidden one is looked through for names of pupils (`unread`: it could not be).
    """

    name: str
    lines: list[Line] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    hidden: bool = False
    unread: bool = False

    def add(self, number: int, cells: dict[int, Value], filled: int) -> int:
        """Adds a line and returns the number of filled cells so far. Raises Unreadable when there are too many."""
        if cells:
            filled += len(cells)
            if filled > MAX_CELLS:
                raise too_many(self.name)
            self.lines.append((number, cells))
        return filled


def too_many(sheet: str) -> Unreadable:
    return Unreadable(
        f"На листе «{sheet}» больше {MAX_CELLS:,} заполненных ячеек. Разделите таблицу на несколько файлов.".replace(
            ",", " "
        ),
        "too_large",
    )


def text(raw: str | None) -> str | None:
    """A cell's words, None when they are blank. Line breaks inside stay: headings are joined by them."""
    if raw is None:
        return None
    cut = raw.strip(" \t\r\n\u00a0\u200b\ufeff\u2007\u202f")
    return cut or None


def is_error(word: str) -> bool:
    """«#ДЕЛ/0!», «#REF!», «Err:502» and their kin."""
    return word.startswith(("#", "Err:", "Ошибка:")) and (word[-1:] in "!?" or word.upper() in _ERRORS or ":" in word)


_ERRORS = {"#N/A", "#Н/Д", "#REF", "#NULL", "#NUM", "#ЧИСЛО", "#ИМЯ", "#NAME", "#VALUE", "#ЗНАЧ", "#ССЫЛКА"}


def scaled(value: float) -> Percent:
    """A fraction shown as per cent; twelve digits are more than any spreadsheet computes."""
    return Percent(round(value * 100, 10))


def plain(value: float) -> int | float:
    return int(value) if value == int(value) and abs(value) < 1e15 else value
