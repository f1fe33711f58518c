"""A name that stands by itself: legal form, quotes, kind, and what tells the school apart, or a kind with words before it. Pure."""

from __future__ import annotations

import re

from config.morphology import dictionary
from decisions.reading.grammar import is_infinitive, is_preposition
from decisions.reading.named import Named
from decisions.reading.school_marks import (
    ADJECTIVE,
    BEFORE_KIND,
    BRANCH,
    BRANCH_PLACE,
    CLOSES,
    KIND_INDEX,
    KIND_WORD,
    LEGAL,
    MORE_LEGAL,
    NEAR,
    OPENS,
    PLURAL_KIND,
    RANGE,
    SINGULAR_KIND,
    SPACE,
)
from decisions.reading.school_tails import balanced, number_range, tail
from schools.names import AuthorityRegistry, Match

LEGAL_JOINT = re.compile(r"\s*(?:[-–—]\s?(?=[А-ЯЁа-яё]))?")  # «МОУ-СОШ № 3», «МБОУ – СОШ № 3»


def name_at(text: str, start: int, registry: AuthorityRegistry) -> tuple[list[Named], str] | None:
    """A full name beginning here: legal form, quotes, kind, then what tells the school apart."""
    position = start
    legal = LEGAL.match(text, position)
    if legal:
        position = LEGAL_JOINT.match(text, legal.end()).end()  # type: ignore[union-attr]
        again = LEGAL.match(text, position)
        if again:
            position = SPACE.match(text, again.end()).end()  # type: ignore[union-attr]
    if legal and (further := MORE_LEGAL.match(text, position)):
        position = further.end()
    opened = 0
    while position < len(text) and text[position] in '«"“„':
        opened += 1
        position = SPACE.match(text, position + 1).end()  # type: ignore[union-attr]
    kind_match = KIND_WORD.match(text, position)
    if kind_match is None and opened:
        inner = KIND_WORD.search(text, position, min(len(text), position + 90))
        closing = re.compile(CLOSES).search(text, position)
        if inner and (closing is None or inner.start() < closing.start()) and "," not in text[position : inner.start()]:
            kind_match = inner
    if kind_match is None:
        return _other_body(text, start, position, opened, registry) if legal else None
    kind = next(name for key, name in KIND_INDEX.items() if kind_match[key])
    end = tail(text, kind_match.end(), opened)
    adjectives = (
        BEFORE_KIND.search(text, max(0, kind_match.start() - NEAR), kind_match.start()) if kind != "дс" else None
    )
    left = adjectives.start() if adjectives and not legal else start
    branch = BRANCH.search(text, max(0, left - NEAR), left)
    if branch:
        adjectives = None
        start = branch.start()
        there = BRANCH_PLACE.match(text, end)
        if there:
            end = tail(text, there.end(), 0)
    if adjectives and not (legal and adjectives.start() < legal.end()) or (adjectives and legal):
        called = _called_by_adjectives(
            text,
            adjectives,
            kind_match,
            max(end, kind_match.end()),
            start if legal or opened else adjectives.start(),
            registry,
        )  # type: ignore[arg-type]
        if called:
            return called, kind
    has_tail = end > kind_match.end() and re.search(r"[\w№]", text[kind_match.end() : end])
    if kind == "дс" and not has_tail:
        return None
    if not has_tail and not legal and not opened:
        return _called_by_words(text, start, kind_match, kind, registry)
    if not has_tail and PLURAL_KIND.search(kind_match.group()) and not opened:
        return None
    listed = _numbers_list(text, start, kind_match.end(), kind, registry)
    if listed:
        return listed, kind
    printed = text[start:end].strip()
    match = registry.match(balanced(printed))
    if kind == "школа" and match.entry is None and not has_tail:
        return None
    if not has_tail and match.entry is None and not match.candidates:
        match = _only_one(kind, printed, registry)
    if (
        match.entry is None
        and kind == "школа"
        and PLURAL_KIND.search(kind_match.group())
        and "№" not in printed
        and not opened
    ):
        return None  # «школам пгт Рудный»: a class of schools
    is_school = kind != "дс" and (match.entry is None or match.entry.is_school)
    return [Named(start, start + len(text[start:end].rstrip()), printed, match, is_school)], kind


def _only_one(kind: str, printed: str, registry: AuthorityRegistry) -> Match:
    """«МОУ «Лицей»» where the authority has one: a town that stands behind its name does not tell it from others."""
    match = registry.only_of_kind(kind)
    if match.entry is None or not (match.entry.number or registry.tells_apart(match.entry)):
        return match
    return Match(match.entry, False, (match.entry,), f"«{printed}» — это «{match.entry.canonical}»?")


def _called_by_words(
    text: str, start: int, kind_match: re.Match[str], kind: str, registry: AuthorityRegistry
) -> tuple[list[Named], str] | None:
    """«Лицею информационных технологий», «вечерней школы»: a kind whose own words, without quotes, are in the registry."""
    if kind in ("дс", "школа"):
        return None
    following = list(re.finditer(r"\s+([А-ЯЁа-яё-]+)", text[kind_match.end() : kind_match.end() + 90]))
    words = 0
    allowed = next((i for i, m in enumerate(following) if is_infinitive(m[1]) or is_preposition(m[1])), len(following))
    following = following[:allowed]
    while words < min(4, len(following)) and not text[
        kind_match.end() : kind_match.end() + following[words].start()
    ].strip(" абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ-"):
        words += 1
    for count in range(words, 0, -1):
        end = kind_match.end() + following[count - 1].end()
        match = registry.match(text[start:end])
        if match.entry is not None and match.exact and match.entry.is_school and registry.tells_apart(match.entry):
            return [Named(start, end, text[start:end], match)], kind
    if LISTED.search(text, max(0, start - 30), start) and "числ" not in text[:start][-9:]:
        one = registry.match(kind_match.group())
        one = one if one.entry is not None and one.exact else registry.only_of_kind(kind)
        if one.entry is not None:
            return [Named(start, kind_match.end(), kind_match.group(), one)], kind  # «СОШ № 1, № 4, гимназии»
        reason = f"«{kind_match.group()}» в списке школ: какая это организация?"
        return [Named(start, kind_match.end(), kind_match.group(), Match(None, False, (), reason))], kind
    if PLURAL_KIND.search(kind_match.group()) and not SINGULAR_KIND.search(kind_match.group()):
        return _only_called_so(text, start, kind_match, kind, registry)
    if (
        kind in ("всош", "интернат", "прогимназия", "кадетская")
        and (one := registry.only_of_kind(kind)).entry is not None
    ):
        return [Named(start, kind_match.end(), kind_match.group(), one)], kind
    return None


LISTED = re.compile(r"(?:(?:№|СОШ|ООШ|школ[аеы])\s?\d+|№\s?\d+|»)\s*(?:,\s*(?:и\s+)?|\s+и\s+)$", re.IGNORECASE)


def _only_called_so(
    text: str, start: int, kind_match: re.Match[str], kind: str, registry: AuthorityRegistry
) -> tuple[list[Named], str] | None:
    """«опыт Гимназии»: with a capital inside a sentence, where one school is called by nothing but its kind."""
    printed = kind_match.group()
    if (
        not printed[:1].isupper()
        or not re.search(r"[а-яё,]\s+$", text[max(0, start - 9) : start])
        or not printed.endswith(("ии", "ея"))
    ):
        return None
    match = registry.match(printed)
    if match.entry is None or not match.exact or not match.entry.is_school:
        return None
    return [Named(start, kind_match.end(), printed, match)], kind


def _called_by_adjectives(
    text: str, found: re.Match[str], kind: re.Match[str], end: int, start: int, registry: AuthorityRegistry
) -> list[Named]:
    """Each adjective before the kind is a school where the registry knows it; the last one takes the kind's words."""
    words = list(re.finditer(ADJECTIVE, found.group()))
    out = []
    for index, word in enumerate(words):
        called = f"{word.group()} {kind.group()}"
        match = registry.match(called)
        if index == len(words) - 1 and end > kind.end():
            match = registry.match(balanced(f"{word.group()} {text[kind.start() : end]}"))
            if match.entry is not None and match.exact and not registry.bears(match.entry, word.group()):
                reason = f"«{called}{text[kind.end() : end]}» — это «{match.entry.canonical}»?"
                match = Match(match.entry, False, (match.entry,), reason)
        left = found.start() + word.start()
        if match.entry is None and (joint := _JOINT.search(word.group())) is not None:  # «Исполнитель - Лесная СОШ»
            match = registry.match(called[joint.end() :])
            left += joint.end() if match.entry is not None else 0
        if match.entry is None and not match.candidates and not _surely_a_name(text, found, word, kind):
            continue
        right = end if index == len(words) - 1 else found.start() + word.end()
        if index == 0 and start <= left and left == found.start() + word.start():
            left = start
        while right < len(text) and text[right] in '»"”' and text[left:right].count("«") > text[left:right].count("»"):
            right += 1
        if left and text[left - 1] in "«“„" and text[left:right].rstrip().endswith(("»", "”")):
            left -= 1
        out.append(Named(left, right, text[left:right].strip(), match))
    return out


_JOINT = re.compile(r".*\s[-–—]\s")


def _surely_a_name(text: str, found: re.Match[str], word: re.Match[str], kind: re.Match[str]) -> bool:
    """«Выдуманской ООШ»: a school the registry does not have; not «Сельской школе» where any school of a village is meant."""
    if next((name for key, name in KIND_INDEX.items() if kind[key]), "") in (
        "дс",
        "школа",
        "интернат",
    ) or word.end() != len(found.group().rstrip(' «"')):
        return False
    known = dictionary().word_is_known(word.group().lower())
    opens = not text[: found.start() + word.start()].rstrip() or bool(
        re.search(r"[.!?:;]\s*$", text[: found.start() + word.start()])
    )
    return not known or not opens


def _other_body(
    text: str, start: int, position: int, opened: int, registry: AuthorityRegistry
) -> tuple[list[Named], str] | None:
    """A body with a legal form and a proper name that has no school's kind in it: a centre, a palace, «Лицей»."""
    if not opened:
        return None
    closing = re.compile(CLOSES).search(text, position)
    stop = closing.end() if closing else _phrase_end(text, position)
    while closing and stop < len(text) and text[stop] in '»"”':
        stop += 1
    printed = text[start:stop].strip()
    if len(printed) > 260:
        return None
    entry = registry.find_organisation(balanced(printed))
    if entry is not None:
        return [Named(start, start + len(printed), printed, Match(entry), False)], ""
    own = registry.with_own_name(text[position : closing.start()].strip(OPENS)) if closing else None
    if own is not None and not own.is_school:  # «МКДОУ «Солнышко»»
        return [Named(start, start + len(printed), printed, Match(own), False)], ""
    match = registry.match(balanced(printed))
    if match.entry is not None and match.entry.is_school:
        return [Named(start, start + len(printed), printed, match)], match.entry.kind
    return [Named(start, start + len(printed), printed, Match(None, False), False)], ""


def _phrase_end(text: str, position: int) -> int:
    found = re.compile(r"[:;]|\s(?:[а-яё]+(?:ть|ти|чь)(?:ся)?)(?![а-яё])").search(text, position)
    return found.start() if found else len(text)


def _numbers_list(text: str, start: int, position: int, kind: str, registry: AuthorityRegistry) -> list[Named]:
    """«СОШ №№ 21, 22 и 25», «СОШ № 21–23, 30»: each number is a school; the first takes the head."""
    at = SPACE.match(text, position).end()  # type: ignore[union-attr]
    if text[at : at + 1] not in "№" and not re.match(r"\d", text[at : at + 1] or " "):
        return []
    first_range = RANGE.match(text, at)
    if first_range:
        return number_range(text, start, first_range, kind, registry, head=True)
    return []
