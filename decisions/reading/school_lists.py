"""Schools and other named bodies as a text prints them: one by one, in lists with a shared head, as ranges of numbers.

«МОУ СОШ №3, №5, р.п. Сосновка, с. Ключи, Луговое» are five schools of one kind; «№№ 21, 22 и 25» three; «№ 21–23» those
of the range that the registry knows (gold README, section 4, «Lists»). Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from config.morphology import dictionary
from decisions.reading.elided import with_elided
from decisions.reading.grammar import PERSON, is_infinitive, is_preposition, tags
from decisions.reading.named import Named
from decisions.reading.school_marks import (
    ADJECTIVE,
    BARE,
    BEFORE_KIND,
    BODY_OF,
    BRACKETED_PLACE,
    BRANCH,
    BRANCH_PLACE,
    CAP_PLACE,
    CLOSES,
    GLUE,
    KIND_INDEX,
    KIND_WORD,
    LEGAL,
    LEGAL_BEFORE,
    MORE_LEGAL,
    NAMED_AFTER,
    NEAR,
    NUMBER,
    OPENS,
    PLACE,
    PLURAL_KIND,
    PROFILE,
    QUOTED,
    RANGE,
    SINGULAR_KIND,
    SPACE,
)
from schools.names import AuthorityRegistry, Match


def find_named(text: str, registry: AuthorityRegistry) -> list[Named]:
    """Every named school and body, in printed order. A general class («школам», «лицеям») is nobody."""
    torn = [m.start(2) - 1 for m in TORN.finditer(text) if registry.torn_word(m[1], m[2])]
    if not torn:
        return _find(text, registry)
    gone = set(torn)
    whole = "".join(char for place, char in enumerate(text) if place not in gone)
    moved = [at - n for n, at in enumerate(torn)]
    out = []
    for row in _find(whole, registry):
        start, end = (place + bisect_left(moved, place) for place in (row.start, row.end))
        printed = text[start:end]
        match = row.match
        if (
            match.entry is not None
            and match.exact
            and bisect_left(torn, start) < bisect_left(torn, end)
            and row.is_school
        ):
            reason = f"«{printed}»: слово разорвано. Это «{match.entry.canonical}»?"
            match = Match(match.entry, False, (match.entry,), reason)
        out.append(replace(row, start=start, end=end, text=printed, match=match))
    return out


# «Матвеев ская»: a word of a name that a scanner tore in two.
TORN = re.compile(r"(?<![А-Яа-яё])([А-ЯЁ][а-яё]+) ([а-яё]{2,})(?![а-яё])")


def _find(text: str, registry: AuthorityRegistry) -> list[Named]:
    out: list[Named] = []
    ahead = _Ahead(text)
    position = 0
    while position < len(text):
        one = _next_head(text, position, registry, ahead)
        if one is None:
            break
        head, kind = one
        position = head[-1].end
        if kind:
            more = _continued(text, position, kind, registry)
            head = _with_shared_place([*head, *more], kind, registry)
            if more:
                position = more[-1].end
        elif head[-1].text.endswith(("»", '"', "”")):
            head = [*head, *_own_names(text, position, registry)]
            position = head[-1].end
        out += head
    named = _with_branches(text, _with_capitals(text, out, registry), registry)
    return with_elided(text, _with_organisations(text, named, registry), registry)


def _with_capitals(text: str, rows: list[Named], registry: AuthorityRegistry) -> list[Named]:
    """«ХСОШ № 1»: names in capitals of the registry's own, which no kind of school opens."""
    out = list(rows)
    for start, end, entry in registry.capitals_in(text):
        if not any(n.start < end and start < n.end for n in rows):
            out.append(Named(start, end, text[start:end], Match(entry)))
    return sorted(out, key=lambda n: (n.start, n.end))


def _with_branches(text: str, rows: list[Named], registry: AuthorityRegistry) -> list[Named]:
    """«филиалу в д. Ключи»: a branch by its place alone, where the registry has one there."""
    out = list(rows)
    for found in re.finditer(rf"(?<![А-Яа-яё])({ADJECTIVE})\s+филиал(?:а|у|ом|е|ы)?(?![а-яё])", text):
        match = registry.branch_called(found[1])
        if match.entry is not None and not any(n.start < found.end() and found.start() < n.end for n in rows):
            out.append(Named(*found.span(), found.group(), match))
    for found in re.finditer(r"(?<![А-Яа-яё])филиал(?:а|у|ом|е)?(?![а-яё])", text, re.IGNORECASE):
        there = BRANCH_PLACE.match(text, found.end())
        place = PLACE.match(text, there.end() if there else SPACE.match(text, found.end()).end())  # type: ignore[union-attr]
        if place is None or any(n.start < place.end() and found.start() < n.end for n in rows):
            continue
        match = registry.branch_at(place.group())
        if match.entry is not None:
            out.append(Named(found.start(), place.end(), text[found.start() : place.end()], match))
    return sorted(out, key=lambda n: (n.start, n.end))


def _with_organisations(text: str, rows: list[Named], registry: AuthorityRegistry) -> list[Named]:
    """Centres, departments, palaces of the registry, named in any case or by their capitals; legal form included."""
    out = list(rows)
    for start, end, entry in registry.organisations_in(text):
        legal = LEGAL_BEFORE.search(text, max(0, start - NEAR), start)
        left = legal.start() if legal else start
        while end < len(text) and text[end] in '»"”' and re.search(OPENS, text[left:end]):
            end += 1
        if not any(n.start < end and left < n.end for n in rows):
            out.append(Named(left, end, text[left:end], Match(entry), False))
    return sorted(out, key=lambda n: (n.start, n.end))


def _with_shared_place(rows: list[Named], kind: str, registry: AuthorityRegistry) -> list[Named]:
    """«СОШ № 1, 2 и 3 г. Озёрска»: a place printed once at the end of a list is that of the numbers before it."""
    place = ""
    out: list[Named] = []
    for row in reversed(rows):
        own = PLACE.search(row.text)
        if own:
            place = own.group()
        elif place and re.search(r"\d$", row.text):
            again = registry.match(f"{row.text} {place}", kind_hint=kind)
            if again.entry is not None and row.match.entry is None and len(row.match.candidates) > 1:
                row = replace(row, match=again)
            elif again.entry is not None and row.match.entry not in (None, again.entry):
                both = (row.match.entry, again.entry)
                reason = f"«{row.text}» — это «{both[0].canonical}» или «{both[1].canonical}»?"  # type: ignore[union-attr]
                row = replace(row, match=Match(row.match.entry, False, both, reason))  # type: ignore[arg-type]
        out.append(row)
    return out[::-1]


class _Ahead:
    """The next legal form and the next kind at or behind a place: each is searched for once, however often it is asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[re.Pattern[str], re.Match[str] | None] = {}

    def legal(self, position: int) -> re.Match[str] | None:
        return self._next(LEGAL, position)

    def kind(self, position: int) -> re.Match[str] | None:
        return self._next(KIND_WORD, position)

    def _next(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        known = self.found.get(pattern)
        if pattern not in self.found or (known is not None and known.start() < position):
            self.found[pattern] = pattern.search(self.text, position)
        return self.found[pattern]


def _next_head(text: str, position: int, registry: AuthorityRegistry, ahead: _Ahead) -> tuple[list[Named], str] | None:
    """The next name that stands by itself, with its kind; a list may follow it."""
    while True:
        legal = ahead.legal(position)
        kind = ahead.kind(position)
        starts = [m.start() for m in (legal, kind) if m]
        if not starts:
            return None
        start = min(starts)
        found = _name_at(text, start, registry)
        if found:
            return found
        nearest = min((m for m in (legal, kind) if m), key=lambda m: (m.start(), -m.end()))
        position = max(nearest.end(), start + 1)


LEGAL_JOINT = re.compile(r"\s*(?:[-–—]\s?(?=[А-ЯЁа-яё]))?")  # «МОУ-СОШ № 3», «МБОУ – СОШ № 3»


def _name_at(text: str, start: int, registry: AuthorityRegistry) -> tuple[list[Named], str] | None:
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
    end = _tail(text, kind_match.end(), opened)
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
            end = _tail(text, there.end(), 0)
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
    match = registry.match(_balanced(printed))
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
            match = registry.match(_balanced(f"{word.group()} {text[kind.start() : end]}"))
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
    entry = registry.find_organisation(_balanced(printed))
    if entry is not None:
        return [Named(start, start + len(printed), printed, Match(entry), False)], ""
    own = registry.with_own_name(text[position : closing.start()].strip(OPENS)) if closing else None
    if own is not None and not own.is_school:  # «МКДОУ «Солнышко»»
        return [Named(start, start + len(printed), printed, Match(own), False)], ""
    match = registry.match(_balanced(printed))
    if match.entry is not None and match.entry.is_school:
        return [Named(start, start + len(printed), printed, match)], match.entry.kind
    return [Named(start, start + len(printed), printed, Match(None, False), False)], ""


def _phrase_end(text: str, position: int) -> int:
    found = re.compile(r"[:;]|\s(?:[а-яё]+(?:ть|ти|чь)(?:ся)?)(?![а-яё])").search(text, position)
    return found.start() if found else len(text)


# «СОШ-3»: a dash for the sign of the number.
DASHED_NUMBER = re.compile(r"[-–—]\d{1,3}(?![\d.]|\s?[-–—]|\s*(?:класс|чел|%))")
DASHED = re.compile(
    rf"^((?:{LEGAL.pattern})?\W*(?:СОШ|ООШ|НОШ|СШ|ОШ|школ[а-яё]*|гимнази[а-яё]*|лице[а-яё]*))\s?[-–—]\s?(?=\d)", re.I
)


def _balanced(printed: str) -> str:
    return DASHED.sub(r"\1 № ", printed.strip(" ,;:"))


def _tail(text: str, position: int, opened: int) -> int:
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


def _numbers_list(text: str, start: int, position: int, kind: str, registry: AuthorityRegistry) -> list[Named]:
    """«СОШ №№ 21, 22 и 25», «СОШ № 21–23, 30»: each number is a school; the first takes the head."""
    at = SPACE.match(text, position).end()  # type: ignore[union-attr]
    if text[at : at + 1] not in "№" and not re.match(r"\d", text[at : at + 1] or " "):
        return []
    first_range = RANGE.match(text, at)
    if first_range:
        return _range(text, start, first_range, kind, registry, head=True)
    return []


def _range(
    text: str, start: int, found: re.Match[str], kind: str, registry: AuthorityRegistry, *, head: bool
) -> list[Named]:
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


# Whose school it is, between two of a list: «№ 2 (Котова Н.И.), № 4», «№ 2 – Котовой Н.И., № 4».
ASIDE = re.compile(
    rf"\s*(?:\((?:(?:директор|руководитель|рук\.|дир\.|зав\.)[а-яё]*\s+)?(?:{PERSON.pattern}|[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\)|[-–—]\s+(?:{PERSON.pattern}))"
)


def _continued(text: str, position: int, kind: str, registry: AuthorityRegistry) -> list[Named]:
    """Items of a list behind a full name: «, №5, р.п. Сосновка, Луговое и № 7». The kind goes on until another is printed."""
    out: list[Named] = []
    while True:
        aside = ASIDE.match(text, position)
        glue = GLUE.match(text, aside.end() if aside else position)
        if not glue:
            return out
        at = glue.end()
        if LEGAL.match(text, at) or KIND_WORD.match(text, at):
            return out
        quoted = 0
        while at < len(text) and text[at] in '«"“„':
            quoted += 1
            at += 1
        item = _item(text, at, kind, registry) or (_quoted_item(text, at - 1, kind, registry) if quoted else [])
        if not item:
            return out
        out += item
        position = item[-1].end
        while position < len(text) and text[position] in '»"”':
            position += 1


def _list_goes_on(text: str, position: int) -> bool:
    """«СОШ № 8, 20 и ООШ № 13»: a bare number between schools is one, though the registry does not have it."""
    glue = GLUE.match(text, position)
    return glue is not None and bool(LEGAL.match(text, glue.end()) or KIND_WORD.match(text, glue.end()))


def _quoted_item(text: str, at: int, kind: str, registry: AuthorityRegistry) -> list[Named]:
    """«гимназиям № 4, «Логос»»: a proper name in quotes, of the kind printed at the head of the list."""
    quoted = QUOTED.match(text, at)
    if quoted is None:
        return []
    if kind == "дс":
        return [_own_name(at, quoted, registry)]
    match = registry.match(quoted.group(), kind_hint=kind)
    return [Named(at, quoted.end(), quoted.group(), match)] if match.entry is not None and match.entry.is_school else []


def _own_name(at: int, quoted: re.Match[str], registry: AuthorityRegistry) -> Named:
    """A body by nothing but its own name in quotes, behind another of its kind; one that nobody knows is asked about."""
    entry = registry.with_own_name(quoted.group().strip('«»"“„”'))
    if entry is not None:
        return Named(at, quoted.end(), quoted.group(), Match(entry), entry.is_school)
    reason = f"{quoted.group()} нет в реестре. Какая это организация?"
    return Named(at, quoted.end(), quoted.group(), Match(None, False, (), reason), False)


def _own_names(text: str, position: int, registry: AuthorityRegistry) -> list[Named]:
    """«ДОУ «Солнышко» и «Ромашка»»: names in quotes that go on behind a body with a legal form."""
    out: list[Named] = []
    while (glue := GLUE.match(text, position)) and (quoted := QUOTED.match(text, glue.end())):
        if not re.match(r'[«"“„]\s?[А-ЯЁ]', quoted.group()) or len(quoted.group().split()) > 4:
            break
        out.append(_own_name(glue.end(), quoted, registry))
        position = quoted.end()
    return out


def _item(text: str, at: int, kind: str, registry: AuthorityRegistry) -> list[Named]:
    span = RANGE.match(text, at)
    if span:
        found = _range(text, at, span, kind, registry, head=False)
        if found:
            return found
    number = NUMBER.match(text, at)
    if number is None:
        bare = BARE.match(text, at)
        if bare and (registry.number_exists(bare.group(), kind) or _list_goes_on(text, bare.end())):
            number = bare
    if number:
        end = _tail(text, number.end(), 0)
        printed = text[at:end].strip()
        as_number = printed if "№" in printed else f"№ {printed}"
        return [Named(at, at + len(printed), printed, registry.match(as_number, kind_hint=kind), kind != "дс")]
    place = PLACE.match(text, at)
    if place:
        end = _tail(text, place.end(), 0)
        printed = text[at:end].strip()
        return [Named(at, at + len(printed), printed, registry.match(printed, kind_hint=kind))]
    bare_place = CAP_PLACE.match(text, at)
    if bare_place and not KIND_WORD.match(text, SPACE.match(text, bare_place.end()).end()):  # type: ignore[union-attr]
        for printed in (bare_place.group(), bare_place.group().split()[0]):
            match = registry.match(f"с. {printed}", kind_hint=kind)
            if match.entry is not None and match.exact:
                return [Named(at, at + len(printed), printed, match)]
    return []
