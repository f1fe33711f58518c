"""Small questions to the Russian dictionary: is it an infinitive, a noun in the dative, a surname with initials. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from config.morphology import dictionary

WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_INITIALS = r"(?:[А-ЯЁ]\.\s?){1,2}"
_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
PERSON = re.compile(
    rf"{_SURNAME}\s+{_INITIALS}|{_INITIALS}\s?{_SURNAME}|"
    rf"{_SURNAME}\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вич|вича|вичу|вичем|виче|вна|вны|вне|вну|вной|чна|чны|чне|чну|чной|ична|ичны|ичне|ичну|[а-яё]ич(?:а|у|ем|е)?|оглы|кызы|[\s-](?:оглы|кызы))(?![а-яё])"
)


@lru_cache(maxsize=50_000)
def tags(word: str) -> tuple[str, ...]:
    """The tags a word may have, likeliest first."""
    return tuple(str(p.tag) for p in dictionary().parse(word.lower())[:6])


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    return str(dictionary().parse(word.lower())[0].normal_form).replace("ё", "е")


def is_infinitive(word: str) -> bool:
    return len(word) > 2 and any(t.startswith("INFN") for t in tags(word)[:2])


def is_noun(word: str, case: str, *, animate_only: bool = False) -> bool:
    return any("NOUN" in t and case in t and (not animate_only or "anim" in t) for t in tags(word))


def is_adjective(word: str, case: str) -> bool:
    return any(t.startswith(("ADJF", "NPRO", "NUMR")) and case in t for t in tags(word))


def is_participle(word: str) -> bool:
    return any(t.startswith("PRTF") for t in tags(word)[:2])


def is_plural(word: str) -> bool:
    return any("NOUN" in t and "plur" in t and "datv" in t for t in tags(word)) or "plur" in (tags(word) or ("",))[0]


def is_preposition(word: str) -> bool:
    return bool(tags(word)) and tags(word)[0].startswith("PREP")


def acts_later(word: str) -> bool:
    """«подготовит», «разошлёт»: a verb in the future or present, third person."""
    return any(t.startswith("VERB") and "3per" in t for t in tags(word)[:1])
