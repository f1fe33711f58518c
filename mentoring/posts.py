"""Posts of appointed people in the accusative, their places of work in the genitive, and printed posts back. Pure."""

from __future__ import annotations

import re
from typing import Any

from config.morphology import dictionary
from mentoring.naming import Form

_WORD = re.compile(r"[А-Яа-яёЁ-]+")
# «и.о. директора»: what follows is governed already; «ст. методист»: the noun is still to come.
_ACTING = re.compile(r"и\.?\s?о\.?|вр\.?\s?и\.?\s?о\.?|врио|зам\.?|пом\.?|зав\.?", re.IGNORECASE)
_SHORT = re.compile(r"ст\.|гл\.|вед\.", re.IGNORECASE)


def post_accusative(post: str) -> Form:
    """«заместитель директора» → «заместителя директора»: each leading noun with its adjectives, the rest is governed by it.

    `sure` is false where a word is unknown or the leading noun is not found.
    """
    joined = re.sub(r"\b([Ии])\.\s+([Оо])\.", r"\1.\2.", post)
    words = re.sub(r"\b(зам|пом|зав|ст|гл|вед)\.(?=[а-яё])", r"\1. ", joined, flags=re.IGNORECASE).split()
    if not words:
        return Form("", True)
    out, sure, done = [], True, False
    for index, printed in enumerate(words):
        word = printed.rstrip(",;")
        tail = printed[len(word) :]
        rest = words[index + 1 :]
        if done and not (index and _starts_another(words[index - 1], word, rest)):
            out.append(printed)
            continue
        done = False
        if _ACTING.fullmatch(word):
            done = True
            out.append(printed)
            continue
        if _SHORT.fullmatch(word):
            out.append(printed)
            continue
        form, done, known = _declined(word, rest)
        sure = sure and known
        out.append(form + tail)
    return Form(" ".join(out), sure and done)


def _declined(word: str, rest: list[str]) -> tuple[str, bool, bool]:
    """The word's accusative, whether it was the leading noun, whether it is certain."""
    if not _WORD.fullmatch(word):
        return word, False, False
    every = dictionary().parse(word.casefold())
    if rest and every[0].tag.POS == "ADVB":
        return word, False, True  # «временно исполняющая обязанности»
    parses = [p for p in every if "nomn" in p.tag and "sing" in p.tag]
    nouns = [p for p in parses if p.tag.POS == "NOUN" and "anim" in p.tag]
    adjectives = [p for p in parses if p.tag.POS in ("ADJF", "PRTF")]
    led = bool(rest) and (_is_person(rest[0]) or _is_adjective(rest[0]))  # «старший методист», but «заведующий отделом»
    if nouns and adjectives and led:
        nouns = []
    chosen: Any = (nouns or adjectives or [None])[0]
    if chosen is None:
        return word, False, False
    alone = not nouns and not led  # «заведующая хозяйством»: an adjective that is the noun itself
    wanted = {"accs", "sing"}
    if not nouns:
        wanted |= {"femn"} if "femn" in chosen.tag else {"masc", "anim"}
    form = chosen.inflect(wanted)
    if form is None:
        return word, False, False
    text = word[:1] + form.word[1:] if word[:1].casefold() == form.word[:1] else form.word
    return text, bool(nouns) or alone, bool(nouns) or not alone or chosen.tag.POS == "PRTF" or bool(rest)


def _starts_another(before: str, word: str, rest: list[str]) -> bool:
    """«учитель, руководитель ШМО», «директор и учитель физики»: a second post, not something the first governs."""
    return (before.endswith((",", ";")) or before.casefold() in ("и", "–", "—", "-")) and (
        _is_person(word)
        or bool(_ACTING.fullmatch(word))
        or (bool(rest) and _is_adjective(word) and _is_person(rest[0]))
    )


def _is_person(word: str) -> bool:
    return any(
        p.tag.POS == "NOUN" and "anim" in p.tag and "nomn" in p.tag and "sing" in p.tag
        for p in dictionary().parse(word.casefold().rstrip(",;"))
    )


def _is_adjective(word: str) -> bool:
    return any(
        p.tag.POS in ("ADJF", "PRTF") and "nomn" in p.tag and "sing" in p.tag
        for p in dictionary().parse(word.casefold().rstrip(",;"))
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
                words[index] = word[:1] + form.word[1:] if word[:1].casefold() == form.word[:1] else form.word
            break
    return " ".join(words)


_BEFORE_NAME = re.compile(r"[«\"“№(]")
_COMMON = ("муниципальн", "государственн", "федеральн", "частн", "автономн", "областн")


def place_genitive(name: str) -> Form:
    """«Муниципальное казённое учреждение «Центр»» → «муниципального казённого учреждения «Центр»».

    Up to the first noun the words agree and are inflected; abbreviations, the name in quotes and what the noun governs stay.
    """
    cut = _BEFORE_NAME.search(name)
    head = name[: cut.start()] if cut else name
    out, done, generic = [], False, False
    sure = not (cut and cut.group() == "(") and " – " not in head and " - " not in head
    for word in head.split():
        plain = word.strip(",.")
        if done or not _WORD.fullmatch(plain) or sum(letter.isupper() for letter in plain) > 1:
            out.append(word)  # «МБОУ», «СОШ» are not inflected, and a name after them is a name
            done = done or (plain.isupper() and len(plain) > 1)
            continue
        parses = [p for p in dictionary().parse(plain.casefold()) if "nomn" in p.tag and "sing" in p.tag]
        chosen = next((p for p in parses if p.tag.POS in ("ADJF", "PRTF")), None) or next(
            (p for p in parses if p.tag.POS == "NOUN"), None
        )
        form = chosen.inflect({"gent", "sing"}) if chosen is not None else None
        if chosen is None or form is None:
            out.append(word)
            sure, done = sure and generic, True
            continue
        # «учреждение средняя школа № 3» is one name twice: both are inflected; «учреждение образования» is not.
        generic = chosen.normal_form == "учреждение"
        done = chosen.tag.POS == "NOUN" and not generic
        common = plain.casefold().startswith(_COMMON)
        changed = form.word if common or plain[:1].islower() else form.word[:1].upper() + form.word[1:]
        out.append(word.replace(plain, changed))
    words = " ".join(out)
    return Form(f"{words} {name[cut.start() :]}".strip() if cut and words else words or name, sure)
