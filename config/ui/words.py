"""Russian words that agree with numbers and days. Pure."""

from __future__ import annotations

import datetime as dt
import re

WEEKDAYS = (
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
)
WEEKDAYS_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


_SYLLABLE = re.compile(
    r"(?<=[аеёиоуыэюя])([бвгджзйклмнпрстфхцчшщьъ]{0,3})(?=[бвгджзклмнпрстфхцчшщ][аеёиоуыэюя])", re.IGNORECASE
)
_LONG = re.compile(r"[А-Яа-яЁё]{8,}")


def hyphenated(text: str) -> str:
    """Soft hyphens between syllables of long words, for narrow headings: browsers know no Russian hyphenation of their own."""

    def parted(found: re.Match[str]) -> str:
        word = found[0]
        marks = [m.end() for m in _SYLLABLE.finditer(word) if 2 < m.end() < len(word) - 2]
        for at in reversed(marks):
            word = f"{word[:at]}\u00ad{word[at:]}"
        return word

    return _LONG.sub(parted, text)


def form_of(number: int, one: str, few: str, many: str) -> str:
    """The form that agrees with the number: 1 школа, 2 школы, 5 школ, 11 школ, 21 школа."""
    tail, last = abs(number) % 100, abs(number) % 10
    if 11 <= tail <= 14:
        return many
    if last == 1:
        return one
    return few if 2 <= last <= 4 else many


def counted(number: int, one: str, few: str, many: str) -> str:
    """«1 032 поручения»: the number with thin groups of thousands and the word that agrees."""
    return f"{number:,}".replace(",", "\u00a0") + "\u00a0" + form_of(number, one, few, many)


def days(number: int) -> str:
    return counted(number, "день", "дня", "дней")


def left(day: dt.date, today: dt.date) -> str:
    """How far a day is: «сегодня», «завтра», «через 3 дня», «вчера», «3 дня назад»."""
    distance = (day - today).days
    near = {0: "сегодня", 1: "завтра", -1: "вчера"}
    if distance in near:
        return near[distance]
    return f"через {days(distance)}" if distance > 0 else f"{days(-distance)} назад"


def overdue(day: dt.date, today: dt.date) -> str:
    """«просрочено на 5 дней»"""
    return f"просрочено на {days((today - day).days)}"


def term(due: dt.date | None, effective: dt.date | None) -> str:
    """«срок 01.01.2026, действует 30.12.2025»: both days where the office moved the printed one; empty without a day."""
    if due is None or effective is None or due == effective:
        day = effective or due
        return f"срок {day:%d.%m.%Y}" if day else ""
    return f"срок {due:%d.%m.%Y}, действует {effective:%d.%m.%Y}"
