"""Words of a text whatever their form: «школами», «школ» and «школа» are one word. Pure but for the dictionary.

Used where the database has no full text search of its own, and to mark what was found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from config.morphology import dictionary
from schools.search import normalized

_WORD = re.compile(r"[a-zа-яё]+|\d+", re.IGNORECASE)
# «с. Репьёвка», «И.О. Фамилия», «им. Пушкина», «п. 2.1» do not end a sentence.
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\b[А-ЯЁа-яё]\.)(?<!\b(?:им|ул|ст|пп|гг)\.)\s+(?=[А-ЯЁA-Z«\d])")
LEAST_SCORE = 0.1  # rarer readings of a word only blur the search
SHOWN = 240  # characters of a sentence that are shown

Marked = tuple[tuple[str, bool], ...]


@lru_cache(maxsize=50_000)
def lemmas_of(word: str) -> frozenset[str]:
    """Dictionary forms of one word: several where it may be read in several ways; a number is itself."""
    word = word.casefold().replace("ё", "е")
    if not word.isalpha():
        return frozenset({word})
    parses = dictionary().parse(word)
    likely = [one for one in parses if one.score >= LEAST_SCORE] or parses[:1]
    return frozenset(one.normal_form.replace("ё", "е") for one in likely) | {word}


def words_in(text: str) -> list[str]:
    """Words and numbers of a text in order, lower case, ё→е."""
    return _WORD.findall(normalized(text))


def lemma_words(text: str) -> str:
    """What a column of word forms holds: each dictionary form once, between spaces, so that « план » is found whole."""
    found: dict[str, None] = {}
    for word in words_in(text):
        found.update(dict.fromkeys(sorted(lemmas_of(word))))
    return f" {' '.join(found)} " if found else ""


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether the text has every one of the words in some form."""
    forms = {form for word in words_in(text) for form in lemmas_of(word)}
    return all(_near(word, forms) for word in words)


def _near(word: str, forms: Collection[str]) -> bool:
    return bool(lemmas_of(word) & set(forms)) or (len(word) >= 4 and any(form.startswith(word) for form in forms))


def sentence_with(text: str, words: Sequence[str]) -> Marked:
    """The sentence that holds most of the words, as pieces (words, found?), cut to what fits a line or two."""
    sentences = _SENTENCE.split(" ".join(text.split())) or [""]
    best = max(sentences, key=lambda one: sum(_hit(w, words) for w in set(words_in(one))))
    if len(best) > SHOWN:
        best = _cut(best, words)
    pieces: list[tuple[str, bool]] = []
    last = 0
    for found in _WORD.finditer(best):
        if _hit(found.group(), words):
            if found.start() > last:
                pieces.append((best[last : found.start()], False))
            pieces.append((found.group(), True))
            last = found.end()
    if last < len(best):
        pieces.append((best[last:], False))
    return tuple(pieces)


def _hit(word: str, words: Sequence[str]) -> bool:
    forms = lemmas_of(word)
    return any(_near(asked, forms) or _same_stem(asked, word) for asked in words)


def _same_stem(asked: str, word: str) -> bool:
    """Words of one root that a stemmer of a database takes for one: they differ in at most three last letters."""
    word = word.casefold().replace("ё", "е")
    stem = asked[: max(4, len(asked) - 3)]
    return len(asked) > 5 and word.startswith(stem) and abs(len(word) - len(asked)) <= 3


def _cut(sentence: str, words: Sequence[str]) -> str:
    spots = [m.start() for m in _WORD.finditer(sentence) if _hit(m.group(), words)]
    start = max(0, (spots[0] if spots else 0) - 80)
    if start:
        start = sentence.find(" ", start) + 1
    piece = sentence[start : start + SHOWN]
    if start + SHOWN < len(sentence):
        piece = piece.rpartition(" ")[0] + "…"
    return ("…" if start else "") + piece
