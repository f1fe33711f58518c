"""Names and posts of appointed people in the accusative, and printed accusatives back in the nominative. Pure.

Two sources of different make are asked (rules of petrovich, the dictionary of pymorphy3): where both say the same the form is
taken, where they differ it is marked (`sure` is false) and a person looks. Nothing here is fact: the text stays editable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from petrovich.enums import Case, Gender
from petrovich.main import Petrovich

from config.morphology import dictionary


@dataclass(frozen=True, slots=True)
class Form:
    """A word or name in the wanted case; `sure` is false where the sources differ or know nothing."""

    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class FullName:
    """Фамилия, имя, отчество in the nominative."""

    last: str
    first: str
    patronymic: str
    sure: bool


@lru_cache(maxsize=1)
def _rules() -> Any:
    return Petrovich()


def gender_of(first: str, patronymic: str) -> str:
    """«male», «female» or empty: by the patronymic, else by the dictionary's word on the first name."""
    low = patronymic.casefold()
    if low.endswith(("вна", "чна", "кызы", "вну", "чну")):
        return "female"
    if low.endswith(("ич", "оглы", "ича")):
        return "male"
    genders = {p.tag.gender for p in dictionary().parse(first.casefold()) if "Name" in p.tag}
    if len(genders) == 1:
        return {"masc": "male", "femn": "female"}.get(str(genders.pop()), "")
    return ""


def accusative(last: str, first: str, patronymic: str = "") -> Form:
    """«Орлова Наталья Петровна» → «Орлову Наталью Петровну»."""
    gender = gender_of(first, patronymic)
    if not gender:
        return Form(" ".join(x for x in (last, first, patronymic) if x), False)
    parts = [_accusative_part(last, "last", gender), _accusative_part(first, "first", gender)]
    if patronymic:
        parts.append(_accusative_part(patronymic, "middle", gender))
    return Form(" ".join(p.text for p in parts), all(p.sure for p in parts))


def _accusative_part(word: str, what: str, gender: str) -> Form:
    sex = Gender.MALE if gender == "male" else Gender.FEMALE
    call = {"last": _rules().lastname, "first": _rules().firstname, "middle": _rules().middlename}[what]
    by_rules = "-".join(call(piece, Case.ACCUSATIVE, sex) for piece in word.split("-"))
    grammeme = {"last": "Surn", "first": "Name", "middle": "Patr"}[what]
    wanted = {"masc", "ms-f"} if gender == "male" else {"femn", "ms-f"}
    forms = set()
    for parse in dictionary().parse(word.casefold()):
        if grammeme in parse.tag and "nomn" in parse.tag and "sing" in parse.tag and str(parse.tag.gender) in wanted:
            other = parse.inflect({"accs", "sing"})
            if other:
                forms.add(other.word.replace("ё", "е"))
    if not forms:
        # The dictionary does not know a rare surname: usual endings of the rules are certain, others are marked.
        regular = word.casefold().endswith(("ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ский", "ская", "ко"))
        return Form(by_rules, regular)
    return Form(by_rules, by_rules.casefold().replace("ё", "е") in forms)


_NAME = re.compile(r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+([А-ЯЁ][а-яё]+)\s+([А-ЯЁ][а-яё]+)")


def from_accusative(printed: str) -> FullName | None:
    """«Расческину Ольгу Дмитриевну» → Расческина Ольга Дмитриевна; None where there is no full name in the words."""
    found = _NAME.search(printed)
    if found is None:
        return None
    last, first, patronymic = found.groups()
    gender = gender_of(first, patronymic)
    if not gender:
        return FullName(last, first, patronymic, False)
    middles = _back(patronymic, "middle", gender)
    firsts = _back(first, "first", gender)
    lasts = _back(last, "last", gender)
    sure = len(lasts) == 1 and len(firsts) == 1 and len(middles) == 1
    return FullName(lasts[0], firsts[0], middles[0], sure)


# Ending of the accusative → endings of the nominative it may come from.
_ENDINGS = {
    "female": (("ую", ("ая",)), ("юю", ("яя",)), ("ю", ("я", "ю")), ("у", ("а", "у")), ("ь", ("ь",))),
    "male": (
        ("ого", ("ий", "ой", "ый", "ого")),
        ("его", ("ий",)),
        ("я", ("й", "ь")),
        ("а", ("", "а")),
        ("у", ("а",)),
        ("ю", ("я",)),
    ),
}


def _back(word: str, what: str, gender: str) -> list[str]:
    """Nominatives whose accusative is this word, likeliest first; the word itself where nothing fits."""
    candidates = []
    for ending, options in _ENDINGS[gender]:
        if word.endswith(ending):
            candidates = [word[: len(word) - len(ending)] + option for option in options]
            break
    candidates.append(word)
    out = [c for c in dict.fromkeys(candidates) if _accusative_part(c, what, gender).text.casefold() == word.casefold()]
    if len(out) > 1:  # «Громова»: Громов or the indeclinable one; a declined reading is likelier
        out = [c for c in out if c != word] or out
    if not out and what == "last":
        out = [candidates[0]]
    return out or [word]


_POST_WORD = re.compile(r"[А-Яа-яёЁ-]+")


def post_accusative(post: str) -> Form:
    """«заместитель директора» → «заместителя директора»: the leading noun with its adjectives, the rest is governed by it."""
    words = post.split()
    if not words:
        return Form("", True)
    out, sure, done = [], True, False
    for index, word in enumerate(words):
        if done or not _POST_WORD.fullmatch(word):
            out.append(word)
            continue
        parses = [p for p in dictionary().parse(word.casefold()) if "nomn" in p.tag and "sing" in p.tag]
        nouns = [p for p in parses if p.tag.POS == "NOUN" and "anim" in p.tag]
        adjectives = [p for p in parses if p.tag.POS in ("ADJF", "PRTF")]
        if nouns and adjectives and index + 1 < len(words) and _is_person_noun(words[index + 1]):
            nouns = []  # «старший методист», but «заведующий отделом»
        chosen = nouns or adjectives
        if not chosen:
            sure = False
            out.append(word)
            continue
        form = chosen[0].inflect({"accs", "sing", "anim"} if chosen is adjectives else {"accs", "sing"})
        out.append(_like(word, form.word) if form else word)
        sure = sure and form is not None
        done = bool(nouns)
    return Form(" ".join(out), sure and done)


def _is_person_noun(word: str) -> bool:
    return any(
        p.tag.POS == "NOUN" and "anim" in p.tag and "nomn" in p.tag and "sing" in p.tag
        for p in dictionary().parse(word.casefold())
    )


def post_nominative(post: str) -> str:
    """«заместителя директора» → «заместитель директора»; words it does not know stay."""
    words = post.split()
    for index, word in enumerate(words):
        parses = [
            p
            for p in dictionary().parse(word.casefold())
            if ("accs" in p.tag or "gent" in p.tag) and "sing" in p.tag and p.tag.POS == "NOUN" and "anim" in p.tag
        ]
        if parses:
            form = parses[0].inflect({"nomn", "sing"})
            if form:
                words[index] = _like(word, form.word)
            break
    return " ".join(words)


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
