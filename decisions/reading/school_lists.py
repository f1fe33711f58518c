"""Schools and other named bodies as a text prints them: one by one, in lists with a shared head, as ranges of numbers.

«МОУ СОШ №3, №5, р.п. Сосновка, с. Ключи, Луговое» are five schools of one kind; «№№ 21, 22 и 25» three; «№ 21–23» those
of the range that the registry knows (gold README, section 4, «Lists»). Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from decisions.reading.elided import with_elided
from decisions.reading.grammar import PERSON
from decisions.reading.named import Named
from decisions.reading.school_heads import name_at
from decisions.reading.school_marks import (
    ADJECTIVE,
    BARE,
    BRANCH_PLACE,
    CAP_PLACE,
    GLUE,
    KIND_WORD,
    LEGAL,
    LEGAL_BEFORE,
    NEAR,
    NUMBER,
    OPENS,
    PLACE,
    QUOTED,
    RANGE,
    SPACE,
)
from decisions.reading.school_tails import number_range, tail
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
        found = name_at(text, start, registry)
        if found:
            return found
        nearest = min((m for m in (legal, kind) if m), key=lambda m: (m.start(), -m.end()))
        position = max(nearest.end(), start + 1)


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
        found = number_range(text, at, span, kind, registry, head=False)
        if found:
            return found
    number = NUMBER.match(text, at)
    if number is None:
        bare = BARE.match(text, at)
        if bare and (registry.number_exists(bare.group(), kind) or _list_goes_on(text, bare.end())):
            number = bare
    if number:
        end = tail(text, number.end(), 0)
        printed = text[at:end].strip()
        as_number = printed if "№" in printed else f"№ {printed}"
        return [Named(at, at + len(printed), printed, registry.match(as_number, kind_hint=kind), kind != "дс")]
    place = PLACE.match(text, at)
    if place:
        end = tail(text, place.end(), 0)
        printed = text[at:end].strip()
        return [Named(at, at + len(printed), printed, registry.match(printed, kind_hint=kind))]
    bare_place = CAP_PLACE.match(text, at)
    if bare_place and not KIND_WORD.match(text, SPACE.match(text, bare_place.end()).end()):  # type: ignore[union-attr]
        for printed in (bare_place.group(), bare_place.group().split()[0]):
            match = registry.match(f"с. {printed}", kind_hint=kind)
            if match.entry is not None and match.exact:
                return [Named(at, at + len(printed), printed, match)]
    return []
