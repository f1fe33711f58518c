"""Whether the parts of a printed name and of a registry's name are one school's: what must agree, what may be left out. Pure."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from schools.name_parts import NameParts, same_word, stem

_HONOURS = frozenset(
    "героя героев дважды советского союза россии российской федерации труда кавалера полного ордена славы".split()
)


def fits(printed: NameParts, own: NameParts) -> bool:
    """Whether the printed parts name this row: nothing printed contradicts it, and what tells it apart is printed."""
    if not _kind_fits(printed.kind, own.kind):
        return False
    if (printed.proper or printed.named) and not (own.numbers or own.place or own.proper or own.named):
        return False  # a row that has nothing but its kind is not what a longer name means
    if printed.named and not (printed.numbers or printed.place or printed.proper):  # «школа имени Кропотова»
        return covers(printed.named - _HONOURS, own.named) or bool(own.named) and covers(own.named, printed.named)
    if printed.numbers or own.numbers:
        if printed.numbers and own.numbers:
            if printed.numbers[0] != own.numbers[0]:
                return False
        elif printed.numbers or not (printed.place and own.place):
            return False
    if printed.place and own.place:
        if len(printed.place) != len(own.place) or not covers(printed.place, own.place):
            return False
    elif printed.place and not printed.numbers:
        if not (printed.proper or printed.named or own.proper):
            return False
    elif own.place and not printed.numbers and not printed.proper and not printed.named:
        return False
    if printed.numbers and printed.proper and own.proper and not _share(printed.proper, own.proper):
        return False  # «Ключевская СОШ № 2» is not «Озёрская СОШ № 2»
    if own.proper and not own.numbers and not (own.place and printed.place):
        if not printed.proper or not (covers(own.proper, printed.proper) or covers(printed.proper, own.proper)):
            # «Тростянка» in a list: the settlement without its mark
            return bool(printed.proper) and bool(own.place) and covers(printed.proper, own.place)
    elif printed.proper and not printed.numbers and not printed.place:
        if own.place and not own.numbers:
            return len(printed.proper) == len(own.place) and covers(printed.proper, own.place)
        if not own.proper and not own.named:
            return False
        if own.proper and not covers(printed.proper, own.proper):
            return False
    if printed.named and not printed.numbers and not printed.place and not printed.proper:
        return bool(own.named) and any(same_word(a, b) for a in printed.named for b in own.named)
    if not (printed.numbers or printed.place or printed.proper or printed.named):
        # only a kind: «МБОУ «Лицей»» is the row that has nothing else
        return not (own.numbers or own.place or own.proper or own.named) and printed.kind != "школа"
    if own.named and not own.numbers and not own.place and not own.proper:
        return bool(printed.named) and any(same_word(a, b) for a in printed.named for b in own.named)
    return True


def almost(printed: NameParts, own: NameParts) -> bool:
    """The same but for a misprint in the settlement or the proper name (one letter in four or five, two in longer)."""
    if not _kind_fits(printed.kind, own.kind):
        return False
    if (printed.numbers or own.numbers) and printed.numbers[:1] != own.numbers[:1]:
        return False
    for mine, theirs in (
        (printed.place_text or " ".join(sorted(printed.proper)), own.place_text),
        (" ".join(sorted(printed.proper)), " ".join(sorted(own.proper))),
        (" ".join(sorted(printed.named)), " ".join(sorted(own.named))),
    ):
        if not mine or not theirs or len(theirs) < 4:
            continue
        limit = 1 if len(theirs) <= 5 else 2 if len(theirs) <= 11 else 3
        distance = min(
            Levenshtein.distance(mine, theirs),
            Levenshtein.distance(_stems(mine), _stems(theirs)),
        )
        if distance <= limit:
            return True
    return False


def derived(printed: NameParts, own: NameParts) -> bool:
    """«Берёзовская СОШ» of «СОШ с. Берёзовка»: an adjective made of the settlement's name, or the other way round."""
    if not _kind_fits(printed.kind, own.kind) or printed.numbers != own.numbers:
        return False
    for adjectives, places in ((printed.proper, own.place), (own.proper, printed.place)):
        if len(adjectives) == 1 and places:
            adjective, place = next(iter(adjectives)), max(places, key=len)
            root = place[: max(4, len(place) - 2)]
            if (
                len(place) >= 4
                and re.search(r"(?:ск|цк|н)(?:ая|ой|ую|ий|ого|ому|ом|им|ей)$", adjective)
                and adjective.startswith(root)
            ):
                return True
    return False


def without_kind(parts: NameParts) -> NameParts:
    return NameParts("", parts.numbers, parts.place, parts.place_text, parts.proper, parts.named)


def _kind_fits(printed: str, own: str) -> bool:
    if not printed or printed == own:
        return True
    plain_schools = ("сош", "оош", "нош", "школа", "всош", "интернат", "кадетская", "центр образования", "комплекс")
    return (printed == "школа" and own in plain_schools) or (own == "школа" and printed in ("сош", "оош", "нош"))


def covers(few: frozenset[str], many: frozenset[str]) -> bool:
    return all(any(same_word(w, x) for x in many) for w in few)


def _share(first: frozenset[str], second: frozenset[str]) -> bool:
    return any(same_word(a, b) for a in first for b in second)


def _stems(text: str) -> str:
    return " ".join(stem(w) for w in text.split())
