"""Whether two clauses say nearly the same: a ratio over normalised words. Pure.

Terms and dates are left out (a repeated demand usually has another day); other numbers are exact: «5 класс» is not «9 класс».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from decisions.deadlines.words import MONTH, view

THRESHOLD = 84.0  # of 100; chosen on the examples of tests/unit/decisions/test_similarity.py
SHORTEST = 3  # words; «принять участие» says too little to be compared
LONGEST = 120  # words of a clause that are compared
_DATES = re.compile(
    rf"(?<![\d.])\d{{1,2}}\s?\.\s?\d{{1,2}}(?:\s?\.\s?\d{{2,4}})?(?![\d.]\d)|\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}})?|{MONTH}\s+\d{{4}}|(?<!\d)20\d{{2}}(?:\s*[-/]\s*20\d{{2}})?(?!\d)"
)
_TERM_WORDS = frozenset("срок сроком года году год ежемесячно ежеквартально постоянно позднее числа".split())
_FILLERS = frozenset("и в во на с со по для о об от до не к ко за из у при а но же ли или их его".split())


@dataclass(frozen=True, slots=True)
class Words:
    """A clause made ready for comparing: stems in order, numbers apart."""

    stems: str
    numbers: frozenset[str]
    length: int


def words_of(text: str) -> Words:
    """Lower case, ё→е, no dates, no fillers; words cut to their beginnings, so that forms of one word agree."""
    seen = _DATES.sub(" ", view(text))
    tokens = re.findall(r"[а-яa-z]+|\d+", seen)[: LONGEST * 2]
    stems = [
        token if len(token) <= 5 else token[: max(5, len(token) - 3)]
        for token in tokens
        if not token.isdigit()
        and token not in _FILLERS
        and token not in _TERM_WORDS
        and not token.startswith(("руководител", "директор"))  # who, not what
    ][:LONGEST]
    return Words(" ".join(stems), frozenset(t for t in tokens if t.isdigit()), len(stems))


def alike(one: Words, another: Words) -> float:
    """0–100: how much the same they say; 0 when their numbers differ or one is too short to tell."""
    if one.numbers != another.numbers or min(one.length, another.length) < SHORTEST:
        return 0.0
    return fuzz.token_sort_ratio(one.stems, another.stems)


def nearest(
    one: Words, others: Sequence[Words], *, threshold: float = THRESHOLD, most: int = 3
) -> list[tuple[int, float]]:
    """Indexes of the `most` likest of `others` with their ratios, the likest first."""
    if one.length < SHORTEST:
        return []
    fitting = {i: o.stems for i, o in enumerate(others) if o.numbers == one.numbers and o.length >= SHORTEST}
    found = process.extract(one.stems, fitting, scorer=fuzz.token_sort_ratio, score_cutoff=threshold, limit=most)
    return [(index, score) for _, score, index in found]
