"""What a person asks the search line for: a day, a number of a document, a number of a clause, words. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from schools.word_forms import words_in

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?![\d.])(?:\s*(?:года|год|г\.?)(?![а-яё]))?", re.I)
_LONG_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})(?:\s*(?:года|г\.?)(?![а-яё]))?", re.I)
_CLAUSE = re.compile(r"(?<![а-яё])(?:пп?\.|пункт[а-яё]*)\s*(\d+(?:\.\d+)*|[а-я])(?![\w])\.?", re.I)
_NUMBER = re.compile(r"(?:(?<![а-яё])(?:протокол[а-яё]*|приказ[а-яё]*)\s*)№?\s*(\d[\w/\-]*)", re.I)
_SIGN = re.compile(r"^\s*№\s*(\d[\w/\-]*)\s*$", re.I)
_BARE = re.compile(r"^\s*(\d[\w/\-]{0,19})\s*$")
_KIND = re.compile(r"^(?:протокол|приказ)[а-яё]*$", re.I)


@dataclass(frozen=True)
class Asked:
    """`words` are what is left, normalised; `bare` says that the whole request was one number, which may be anything."""

    days: tuple[dt.date, ...] = ()
    number: str = ""
    clause: str = ""
    words: tuple[str, ...] = ()
    bare: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def __bool__(self) -> bool:
        return bool(self.days or self.number or self.clause or self.words)


def understand(request: str) -> Asked:
    """«протокол № 6 от 16.07.2021 п. 2.1 педсовет» → its number, day, clause and words; nothing is an error."""
    rest = request[:200]
    if bare := _BARE.match(rest):
        return Asked(number=bare[1], words=tuple(words_in(rest)), bare=True)
    days: list[dt.date] = []
    for pattern, read in ((_DAY, _short_day), (_LONG_DAY, _long_day)):
        for found in pattern.finditer(rest):
            day = read(found)
            if day is not None:
                days.append(day)
        rest = pattern.sub(" ", rest)
    clause = number = ""
    if found_clause := _CLAUSE.search(rest):
        clause, rest = found_clause[1], rest[: found_clause.start()] + " " + rest[found_clause.end() :]
    if found_number := _SIGN.match(rest) or _NUMBER.search(rest):
        number, rest = found_number[1], rest[: found_number.start()] + " " + rest[found_number.end() :]
    if days or number:
        rest = re.sub(r"(?<![а-яё])от(?![а-яё])", " ", rest, flags=re.I)
    words = tuple(words_in(rest))
    if days and all(_KIND.match(word) for word in words):
        words = ()  # «протокол от 16.07.2021»: the kind of a document is not among the words of its title
    return Asked(tuple(dict.fromkeys(days)), number, clause, words)


def _short_day(found: re.Match[str]) -> dt.date | None:
    day, month, year = found.groups()
    return _day(int(day), int(month), int(year) if len(year) == 4 else 2000 + int(year))


def _long_day(found: re.Match[str]) -> dt.date | None:
    return _day(int(found[1]), MONTHS.index(found[2].casefold()) + 1, int(found[3]))


def _day(day: int, month: int, year: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
