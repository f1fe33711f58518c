"""Words as official papers write them: the heading in the genitive, dates in words. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from config.morphology import dictionary

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
NO_BREAK = "\u00a0"
# What a line of print must not part: a day and its month, a year and «г.», a sign or an abbreviation and what it speaks of,
# initials and the surname, a word and the dash behind it.
_TIES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<=\d) (?=(?:{'|'.join(MONTHS)})\b)",
        r"(?<=\d{4}) (?=(?:г\.|гг\.|год[ауе]?\b|уч\.))",
        r"(?<=[№§]) (?=[\w-])",
        r"(?<=\bп\.) (?=[\dА-ЯЁ«])|(?<=\b[сгдхк]\.) (?=[А-ЯЁ«])|(?<=\b(?:ст|ул|им|кл|пп|пл)\.) (?=[\dА-ЯЁ«])"
        r"|(?<=\b(?:пос|пер|обл|дер|пгт)\.) (?=[А-ЯЁ])|(?<=\bпгт) (?=[А-ЯЁ])",
        r"(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ](?:\.|[а-яё]))|\b[А-ЯЁ][а-яё-]+ (?=[А-ЯЁ]\. ?[А-ЯЁ]\.)",
        r" (?=[–—] )",
        r"(?<=\bещё) (?=\d)",
    )
)
_AS_THEY_ARE = frozenset({"kind", "file_title", "check", "level", "is_heading", "widths", "draft"})


def long_date(day: dt.date | None) -> str:
    """«16 июля 2021 г.», with spaces that do not break."""
    return f"{day.day}\u00a0{MONTHS[day.month - 1]} {day.year}\u00a0г." if day else ""


def genitive(meeting: str) -> str:
    """The heading of a protocol: «совещание руководителей» → «совещания руководителей».

    Words up to and with the first noun are inflected; what follows depends on that noun and stays. Words the dictionary
    does not know, and headings that are in the genitive already, stay as they are.
    """
    words = meeting.split()
    out = []
    done = False
    for word in words:
        plain = word.strip('«»"(),.')
        if done or not plain or not plain[0].isalpha() or plain.isupper() and len(plain) > 1:
            out.append(word)
            continue
        parses = [p for p in dictionary().parse(plain.lower()) if {"nomn"} in p.tag]
        if not parses:
            out.append(word)
            done = done or any("NOUN" in p.tag for p in dictionary().parse(plain.lower()))
            continue
        parse = next((p for p in parses if "sing" in p.tag), parses[0])
        form = parse.inflect({"gent"})
        changed = form.word if form else plain
        out.append(word.replace(plain, changed.capitalize() if plain[0].isupper() else changed))
        done = "NOUN" in parse.tag
    return " ".join(out)


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def tied(text: str) -> str:
    """The same words with spaces that do not break where print must not part them. The stored words stay as they are."""
    for pattern in _TIES:
        text = pattern.sub(lambda found: found.group().replace(" ", NO_BREAK), text)
    return text


def typeset(value: Any) -> Any:
    """A paper or a sheet (any of their parts) with every text in it tied; the value it was made of is untouched."""
    if isinstance(value, str):
        return tied(value)
    if isinstance(value, tuple):
        return tuple(typeset(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name not in _AS_THEY_ARE]
        return replace(value, **{name: typeset(getattr(value, name)) for name in names})
    return value
