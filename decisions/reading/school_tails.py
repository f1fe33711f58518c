"""Where a printed name of a school ends, and the range of numbers it may stand for. Pure."""

from __future__ import annotations

import re

from decisions.reading.grammar import PERSON, tags
from decisions.reading.named import Named
from decisions.reading.school_marks import (
    BODY_OF,
    BRACKETED_PLACE,
    CLOSES,
    GLUE,
    KIND_WORD,
    LEGAL,
    NAMED_AFTER,
    NUMBER,
    PLACE,
    PROFILE,
    QUOTED,
    SPACE,
)
from schools.names import AuthorityRegistry

# «СОШ-3»: a dash for the sign of the number.
DASHED_NUMBER = re.compile(r"[-–—]\d{1,3}(?![\d.]|\s?[-–—]|\s*(?:класс|чел|%))")


DASHED = re.compile(
    rf"^((?:{LEGAL.pattern})?\W*(?:СОШ|ООШ|НОШ|СШ|ОШ|школ[а-яё]*|гимнази[а-яё]*|лице[а-яё]*))\s?[-–—]\s?(?=\d)", re.I
)


def balanced(printed: str) -> str:
    return DASHED.sub(r"\1 № ", printed.strip(" ,;:"))


def tail(text: str, position: int, opened: int) -> int:
    """Where the name ends: numbers, places, proper names, honours, closing quotes, as long as they follow at once."""
    end = position
    left = opened
    while True:
        at = SPACE.match(text, end).end()  # type: ignore[union-attr]
        if at < len(text) and text[at] in '»"”' and left:
            left -= 1
            end = at + 1
            continue
        if at < len(text) and text[at] in '»"”' and text[at] != '"':
            end = at + 1
            continue
        piece = None
        for pattern in (NUMBER, NAMED_AFTER, PLACE, BRACKETED_PLACE, QUOTED, PROFILE, BODY_OF):
            piece = pattern.match(text, at)
            if piece:
                break
        if piece is None and end == position:
            piece = DASHED_NUMBER.match(text, end)
        if piece is None and end == position:
            piece = re.compile(
                r"\d{1,3}(?![\d.]|\s*(?:класс|человек|ступен|смен|%|и\s+\d+\s+(?:ступен|смен|класс)))"
            ).match(text, at)
            if piece and _counts_things(text, piece.end()):
                piece = None  # «школе-интернату 20 комплектов»
        if piece is None and left:
            # inside open quotes any words belong to the name
            closing = re.compile(CLOSES).search(text, at)
            listed = GLUE.match(text, end)
            if listed and (LEGAL.match(text, listed.end()) or KIND_WORD.match(text, listed.end())):
                return end  # the quote was never closed: what follows is the next school of a list
            if closing and closing.start() - at < 110 and not re.search(r"[:;]", text[at : closing.start()]):
                end = closing.start()
                continue
        if piece is None and left and at < len(text):
            piece = re.compile(r"[А-ЯЁ][а-яё]+").match(text, at)
        if piece is None or piece.end() <= at:
            return end
        person = PERSON.search(text, at, min(len(text), piece.end() + 60)) if piece.re is not NAMED_AFTER else None
        if person and at <= person.start() < piece.end() and piece.re is not QUOTED:
            return len(
                text[: person.start()].rstrip()
            )  # «с. Кечушево Пиксаева А.Ю.»: the place ends where a person begins
        end = piece.end()


def _counts_things(text: str, position: int) -> bool:
    """Whether what follows a bare number is what it counts: a noun in the genitive plural."""
    word = re.compile(r"\s+([а-яё]{3,})").match(text, position)
    return word is not None and any("NOUN" in t and "plur" in t and "gent" in t for t in tags(word[1])[:2])


def number_range(
    text: str, start: int, found: re.Match[str], kind: str, registry: AuthorityRegistry, *, head: bool
) -> list[Named]:
    """«№ 21–23»: those of the range that the registry knows; `start` is where the head of the list begins, printed with it or not."""
    first, last = int(found[1]), int(found[2])
    if not first < last <= first + 60 or _counts_things(text, found.end()):
        return []  # «СОШ № 1 – 15 участников»
    printed = text[start : found.end()] if head else found.group()
    out = []
    for number in range(first, last + 1):
        match = registry.match(f"№ {number}", kind_hint=kind)
        if any(e.is_school != (kind == "дс") for e in (match.entry, *match.candidates) if e is not None):
            out.append(Named(start, found.end(), printed.strip(), match, kind != "дс"))
    return out
