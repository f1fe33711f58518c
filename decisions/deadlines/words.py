"""Words of dates: months, ordinals, numerals; and a view of the text on which the grammar runs.

The view has the same length as the text (so spans need no map): lower case, ё→е, one kind of dash and space, and letters
that OCR or a keyboard put for digits inside date-like tokens made digits again.
"""

from __future__ import annotations

import re

MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "мае": 5, "маю": 5, "июн": 6, "июл": 7,
    "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
MONTH = (
    r"(?:январ[ьяею]|янв\.?|феврал[ьяею]|февр?\.?|март[аеу]?|мар\.|апрел[ьяею]|апр\.?|ма[йяею]|"
    r"июн[ьяею]|июл[ьяею]|август[аеу]?|авг\.?|сентябр[ьяею]|сент?\.?|октябр[ьяею]|окт\.?|ноябр[ьяею]|нояб?\.?|"
    r"декабр[ьяею]|дек\.?)(?![а-я])"
)
WEEKDAYS = {"пон": "MO", "вто": "TU", "сре": "WE", "чет": "TH", "пят": "FR", "суб": "SA", "вос": "SU"}
WEEKDAY = r"(?:понедельник\w*|вторник\w*|сред[аеуыо]\w*|четверг\w*|пятниц\w*|суббот\w*|воскресень\w*)"

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
ORDER_WORDS = {
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4,
}  # fmt: skip
ORDINAL = r"(?:iv|i{1,3}|[1-4])(?:-?(?:й|го|ом|ого|м|е|ое|ый))?|перв\w+|втор\w+|трет\w+|четверт\w+"

NUMERALS = {
    "один": 1, "одного": 1, "одной": 1, "одну": 1, "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4,
    "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8,
    "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "одиннадцати": 11, "двенадцати": 12, "четырнадцати": 14,
    "пятнадцать": 15, "пятнадцати": 15, "двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30,
    "сорока": 40, "шестидесяти": 60, "девяноста": 90,
}  # fmt: skip
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMERALS, key=len, reverse=True)) + r")(?:\s*\([а-я ]{3,25}\))?"
STEMS = {
    "одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9,
    "десяти": 10, "четырнадцати": 14, "пятнадцати": 15, "двадцати": 20, "тридцати": 30,
}  # fmt: skip
STEM = "|".join(sorted(STEMS, key=len, reverse=True))

_DAY_UNITS = [
    "перв", "втор", "треть", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат", "двенадцат",
    "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
]  # fmt: skip
DAY_WORDS = {stem + "ого" if stem != "треть" else "третьего": i for i, stem in enumerate(_DAY_UNITS, start=1)}
DAY_WORDS |= {f"двадцать {word}": 20 + n for word, n in list(DAY_WORDS.items())[:9]}
DAY_WORDS |= {"тридцатого": 30, "тридцать первого": 31}
DAY_WORDS |= {re.sub(r"ого$", "ому", re.sub(r"его$", "ему", word)): n for word, n in list(DAY_WORDS.items())}
DAY_WORD = "|".join(sorted(DAY_WORDS, key=len, reverse=True))

_DIGITLIKE = str.maketrans({"о": "0", "o": "0", "з": "3", "l": "1", "i": "1", "|": "1", "б": "6"})
# A token that would be a date were it not for letters read for digits: at least one true digit, dots between short groups.
_DAMAGED = re.compile(
    r"(?<![\w.])(?=[^\s]{0,14}\d)[\doзоli|б]{1,2}\s?\.\s?[\doзоli|б]{1,2}(?:\s?\.\s?[\doзоli|б]{2,4})?(?![\w])"
)
_DAMAGED_DAY = re.compile(r"(?<![\w.])(?:[оolзi|]\d|\d[оolзi|]|[зl]|з[оol1i]|[1li][оo])(?=\s+" + MONTH + ")")
# «до 15 о ктября»: a scanner's blank inside the month behind a day.
_TORN_MONTH = re.compile(r"(?<=\d )([а-я]{1,6}) ([а-я]{1,7})(?![а-я])")
_MONTHS_OF_DAYS = frozenset("января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split())


# «до 1 марта с.г.», «в мае текущего года», «до 15.09 т.г.»: behind a day, a month, a quarter.
_SAID_YEAR = re.compile(
    rf"(?P<day>(?<![\d.])\d{{1,2}}\s?\.\s?\d{{2}}\.?\s?|{MONTH}\s+(?:месяца\s+)?|квартал[а-я]*\s+|полугоди[а-я]*\s+)"
    r"(?P<year>[ст]\s?\.\s?г(?:ода|\.)?|(?:сего|текущего|этого|следующего|будущего)\s+(?:календарного\s+)?года)(?![а-я])"
)


# «… /Иванова И.И., 5.10.2024/»: slashes for brackets at the end.
_TAIL_MARKS = re.compile(r"(?<=\s)/([^/]{5,90})/(?=[\s.;]*$)")


def view(text: str, year: int | None = None) -> str:
    """The text as the grammar sees it, of the same length; `year` (the document's) stands for «с.г.», «текущего года»."""
    out = []
    for char in text:
        low = char.lower()
        if len(low) != 1:
            low = char
        if low == "ё":
            low = "е"
        elif low in "‐‑‒–—−":
            low = "-"
        elif low.isspace():
            low = " "
        out.append(low)
    seen = _TAIL_MARKS.sub(lambda m: f"({m[1]})", "".join(out)).replace("[", "(").replace("]", ")")
    seen = _TORN_MONTH.sub(lambda m: f"{m[1]}{m[2]} " if m[1] + m[2] in _MONTHS_OF_DAYS else m.group(), seen)
    for pattern in (_DAMAGED, _DAMAGED_DAY):
        seen = pattern.sub(lambda m: m.group().translate(_DIGITLIKE), seen)
    if year is not None and re.search(r"года|[ст]\s?\.\s?г", seen):
        seen = _SAID_YEAR.sub(lambda m: m["day"] + _digits_of(m["year"], year), seen)
    return seen


def _digits_of(said: str, year: int) -> str:
    """The year in as many letters as its words take."""
    digits = str(year + said.startswith(("след", "буд")))
    return f"{digits} года".ljust(len(said)) if len(said) >= 9 else digits.ljust(len(said))


def month_of(word: str) -> int:
    return MONTHS[word[:3]]


def number_of(word: str) -> int:
    word = word.split("(")[0].strip()
    return int(word) if word.isdigit() else NUMERALS[word]


def order_of(word: str) -> int:
    plain = re.match(r"iv|i{1,3}|[1-4]", word)
    if plain:
        return ROMAN[plain.group()]
    return next(n for stem, n in ORDER_WORDS.items() if word.startswith(stem))
