"""Words as official papers write them: the heading in the genitive, dates in words. Pure."""

from __future__ import annotations

import datetime as dt

from config.morphology import dictionary

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


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
