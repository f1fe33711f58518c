"""Schools that are named by less than a name: a number behind a class, an ordinal, an adjective, a nickname in quotes.

«Руководителям ОО (№ 1, 7, 9–11)», «директорам 12-й и 17-й школ», «школам с 3 по 7», «Лужковской и Сухореченской школ», «кроме № 3»,
«СОШ № 5 и «Эврике»». A number that the registry does not have is a school nobody knows; a list of bare numbers is one only
when all of them are known. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from decisions.deadlines.words import DAY_WORDS, MONTH
from decisions.reading.grammar import is_infinitive, tags
from decisions.reading.named import Named
from decisions.reading.school_marks import ADJECTIVE, CAP_PLACE, GLUE, LEGAL, QUOTED
from schools.names import AuthorityRegistry, Match

_I = re.IGNORECASE
_NUMBER = r"(?:№+\s*)?\d{1,3}(?![\d/]|\.\d)"
_ITEM = rf"{_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?"
_AND = r"(?:\s*,\s*(?:и\s+)?|\s*;\s*|\s+и\s+|\s+а\s+также\s+)"
_LIST = rf"{_ITEM}(?:{_AND}{_ITEM})*"
_NURSERY = r"детск[а-яё]+\s+сад[а-яё]*|(?-i:М?[БАК]?ДО[УО])(?![А-Яа-яё])|дошкольн[а-яё]+\s+(?:образовательн[а-яё]+\s+)?(?:учреждени|организаци)[а-яё]+"
_CLASS = rf"(?P<nursery>{_NURSERY})|(?P<plain>школ(?:ам|ах|ами|ы|а|е|у)?(?:-[а-яё]+)?)|(?P<kinded>(?-i:СОШ|ООШ|НОШ)|гимнази(?:ям|ях|ями|и|й)|лице(?:ям|ях|ями|и|ев))|(?P<any>(?-i:ОО|ОУ)|(?:обще)?образовательн[а-яё]+\s+(?:учреждени|организаци)[а-яё]+)"
_EXCEPT = r"(?:кроме|за\s+исключением|исключая|помимо)"
_TERRITORY = r"(?:города?|района?|округа?|края|области|поселка|посёлка|села|муниципалитета|(?:муниципальн|городск|сельск|районн|наш|эт)(?:ого|их|ых|ей|ой))"
# A class, up to three words of its territory, a bracket, a colon or an exception, then numbers.
HEADED = re.compile(
    rf"(?<![А-Яа-яё-])(?:(?P<legal>{LEGAL.pattern})(?=\s*\(?\s*№)|{_CLASS})(?![а-яё])(?P<words>(?:\s+(?:{_TERRITORY})){{0,3}})"
    rf"(?P<mark>\s*[:(]\s*|\s*[,(]?\s*{_EXCEPT}\s+|\s+)(?P<list>{_LIST})(?P<behind>\s*[а-яё%]*)",
    _I,
)
_ORDINAL = rf"(?:\d{{1,3}}\s?-?\s?(?:ой|ая|ую|го|му|ей|й|я|ю)(?![а-яё])|(?:{'|'.join(sorted((w[:-3] for w in DAY_WORDS if w.endswith('ого')), key=len, reverse=True))}|треть)(?:ой|ей|ая|ую|ому|ого)(?![а-яё]))"
_KIND = (
    r"(?P<kind>школ(?:ам|ах|ами|ы|а|е|у|ой)?|гимнази(?:ям|ях|ями|и|й|я|ю|ей)|лице(?:ям|ях|ями|ев|я|ю|й|ем))(?![а-яё-])"
)
ORDINALS = re.compile(rf"(?<![А-Яа-яё\d.-])(?P<list>{_ORDINAL}(?:{_AND}{_ORDINAL})*)\s+{_KIND}", _I)
BARE_BEFORE = re.compile(
    rf"(?<![А-Яа-яё\d.№-])(?P<list>\d{{1,3}}(?:{_AND}\d{{1,3}})+)\s+(?P<kind>школ(?:ам|ах|ами)?)(?![а-яё-])", _I
)
FROM_TO = re.compile(
    rf"(?<![А-Яа-яё-])(?P<kind>школ(?:ам|ах|ами|ы)?|СОШ|ОО|ОУ|гимнази(?:ям|й|и)|лице(?:ям|ев|и))\s+(?P<span>(?:с|от)\s+(?:№\s*)?(?P<a>\d{{1,3}})(?:-?(?:й|ой))?\s+(?:по|до)\s+(?:№\s*)?(?P<b>\d{{1,3}})(?:-?ю)?)(?![\d.]|\s*(?:{MONTH}|час|класс|ч\.|числ|год))",
    _I,
)
CALLED = re.compile(rf"(?P<list>{ADJECTIVE}(?:(?:\s*,\s*|\s+и\s+|\s+){ADJECTIVE})*)\s+школ(?![а-яё-])")
# «Школам: Каменской, Лесной», «малокомплектным школам (Каменская, Лесная)»
BEHIND_CLASS = re.compile(
    rf"(?<![А-Яа-яё-])(?:[Шш]кол(?:ам|ах|ами|ы|а|е)?|ОО|ОУ|СОШ|ООШ|(?:обще)?образовательн[а-яё]+\s+(?:учреждени|организаци)[а-яё]+)(?:\s+(?:{_TERRITORY}))*\s*[:(]\s*"
    rf"(?P<list>{ADJECTIVE}(?:{GLUE.pattern}{ADJECTIVE})*)(?=\s*(?:[,;.)–—-]|[а-яё]+(?:ть|ти)(?![а-яё])|$))"
)
PLACES = re.compile(
    rf"(?<![А-Яа-яё-])(?P<kind>[Шш]кол(?:ам|ах|ами|ы)?)\s+(?:с[её]л|деревень|пос[её]лков|станиц|хуторов|аулов)\s+(?P<list>{CAP_PLACE.pattern}(?:{GLUE.pattern}{CAP_PLACE.pattern})*)"
)
HEAD_BEFORE = re.compile(r"(?:^|(?:директор|руководител|заведующ|администраци)[а-яё]*\s+)$", _I)


def with_elided(text: str, rows: list[Named], registry: AuthorityRegistry) -> list[Named]:
    """The names found, and those that are named by less: in printed order, none inside another."""
    out = list(rows)
    for found in (
        *_headed(text, registry),
        *_ordinals(text, registry),
        *_spans(text, registry),
        *_by_words(text, registry),
    ):
        first, last = found[0].start, found[-1].end
        if not any(n.start < last and first < n.end for n in out):
            out += found
    return _with_nicknames(text, sorted(out, key=lambda n: (n.start, n.end)), registry)


def _headed(text: str, registry: AuthorityRegistry) -> Iterator[list[Named]]:
    for m in HEADED.finditer(text):
        numbered = "№" in m["list"]
        kind = _kind_of_class(m)
        marked = bool(m["mark"].strip())
        if m["kinded"] and not marked:
            continue  # a name like any other
        if not numbered and (m["legal"] or m["words"] or not (marked or m["plain"])):
            continue
        if not numbered and not _all_known(m["list"], kind, registry):
            continue
        if not numbered and (_counted(m["behind"]) or len(re.findall(r"\d+", m["list"])) < 2):
            continue  # «школам 2 ступени», «школам (5 классы)»
        end = m.end("list")
        found = list(
            _numbers(text, m.start("list"), end, kind, registry, loose=bool(m["any"] or m["legal"]) and kind != "дс")
        )
        if not found:
            continue
        if not m["words"] and (not marked or not text[: m.start()].strip()):
            found[0] = replace(found[0], start=m.start(), text=text[m.start() : found[0].end])
        yield found


def _ordinals(text: str, registry: AuthorityRegistry) -> Iterator[list[Named]]:
    for m in ORDINALS.finditer(text):
        if re.search(r"кажд[а-яё]+\s+$", text[: m.start()], _I) or _has_a_theme(text, m.end()):
            continue  # «каждой второй школе», «вторую школу молодого педагога»
        kind = _kind_of(m["kind"])
        found = []
        for item in re.finditer(_ORDINAL, m["list"], _I):
            number = re.match(r"\d+", item.group())
            value = number.group() if number else _ordinal_value(item.group())
            if value is None:
                continue
            start, stop = m.start("list") + item.start(), m.start("list") + item.end()
            found.append(Named(start, stop, text[start:stop], _numbered(value, kind, registry, text[start:stop])))
        if found and not (len(found) == 1 and found[0].match.entry is None and not re.match(r"\d", m["list"])):
            found[-1] = replace(found[-1], end=m.end(), text=text[found[-1].start : m.end()])
            yield found
    for m in BARE_BEFORE.finditer(text):
        if _all_known(m["list"], "школа", registry):
            found = list(_numbers(text, m.start("list"), m.end("list"), "школа", registry))
            found[-1] = replace(found[-1], end=m.end(), text=text[found[-1].start : m.end()])
            yield found


def _spans(text: str, registry: AuthorityRegistry) -> Iterator[list[Named]]:
    for m in FROM_TO.finditer(text):
        first, last = int(m["a"]), int(m["b"])
        kind = _kind_of(m["kind"])
        found = []
        for number in range(first, min(last, first + 60) + 1):
            match = registry.match(f"№ {number}", kind_hint=kind)
            if match.entry is not None and match.entry.is_school or any(e.is_school for e in match.candidates):
                found.append(Named(m.start(), m.end(), m.group(), match))
        if found and first < last:
            yield found


def _by_words(text: str, registry: AuthorityRegistry) -> Iterator[list[Named]]:
    """«Лужковской и Сухореченской школ», «школам сёл Ключи и Луговое»: where the registry knows all of them, or all but a misprint."""
    for m in CALLED.finditer(text):
        found = [
            Named(m.start() + w.start(), m.start() + w.end(), w.group(), registry.match(f"{w.group()} школа"))
            for w in re.finditer(ADJECTIVE, m["list"])
        ]
        if any(n.match.entry is not None for n in found):
            found[-1] = replace(found[-1], end=m.end(), text=text[found[-1].start : m.end()])
            yield [n for n in found if n.match.entry is not None or n is not found[0]]
    for m in BEHIND_CLASS.finditer(text):
        found = [
            Named(
                m.start("list") + w.start(), m.start("list") + w.end(), w.group(), registry.match(f"{w.group()} школа")
            )
            for w in re.finditer(ADJECTIVE, m["list"])
        ]
        if any(n.match.entry is not None for n in found):
            yield found
    for m in PLACES.finditer(text):
        found = []
        for place in re.finditer(CAP_PLACE.pattern, m["list"]):
            match = registry.match(f"с. {place.group()}", kind_hint="школа")
            start = m.start("list") + place.start()
            found.append(Named(start, start + len(place.group()), place.group(), match))
        if any(n.match.entry is not None for n in found):
            found[0] = replace(found[0], start=m.start(), text=text[m.start() : found[0].end])
            yield found


def _with_nicknames(text: str, rows: list[Named], registry: AuthorityRegistry) -> list[Named]:
    """«… СОШ № 5 и «Эврике»»: a proper name of one school alone, in a list of schools or behind a head's post."""
    out = list(rows)
    for m in QUOTED.finditer(text):
        if any(n.start < m.end() and m.start() < n.end for n in out):
            continue
        entry = registry.called(m.group())
        if entry is None:
            continue
        listed = any(n.is_school and n.end <= m.start() and GLUE.fullmatch(text, n.end, m.start()) for n in out)
        listed = listed or any(
            n.is_school and n.start >= m.end() and GLUE.fullmatch(text, m.end(), n.start) for n in out
        )
        if listed:
            out.append(Named(m.start(), m.end(), m.group(), Match(entry)))
        elif HEAD_BEFORE.search(text, 0, m.start()):
            reason = f"{m.group()} — это «{entry.canonical}»?"
            out.append(Named(m.start(), m.end(), m.group(), Match(entry, False, (entry,), reason)))
        out.sort(key=lambda n: (n.start, n.end))
    return out


def _numbers(
    text: str, start: int, end: int, kind: str, registry: AuthorityRegistry, *, loose: bool = False
) -> Iterator[Named]:
    for m in re.compile(_ITEM).finditer(text, start, end):
        numbers = [int(n) for n in re.findall(r"\d+", m.group())]
        is_school = kind != "дс"
        if len(numbers) == 1:
            match = _numbered(str(numbers[0]), kind, registry, m.group(), loose=loose)
            yield Named(m.start(), m.end(), m.group(), match, is_school)
            continue
        for number in range(numbers[0], min(numbers[1], numbers[0] + 60) + 1):
            match = registry.match(f"№ {number}", kind_hint=kind)
            if match.entry is not None and match.entry.is_school == is_school or match.candidates:
                yield Named(m.start(), m.end(), m.group(), match, is_school)


def _numbered(number: str, kind: str, registry: AuthorityRegistry, printed: str, *, loose: bool = False) -> Match:
    """The school of a number; `loose`: «ОО № 5» may be a gymnasium as well as a school, and where both are, it is asked."""
    match = registry.match(f"№ {number}", kind_hint=kind)
    if kind == "дс":
        return match
    every = registry.numbered(number)
    if match.entry is None and not match.candidates and len(every) == 1:
        return Match(every[0], loose, every, "" if loose else f"«{printed}» — это «{every[0].canonical}»?")
    if loose and match.entry is not None and len(every) > 1:
        names = ", ".join(e.canonical for e in every)
        return Match(match.entry, False, every, f"«{printed}» может быть: {names}. Какая это организация?")
    return match


def _all_known(printed: str, kind: str, registry: AuthorityRegistry) -> bool:
    found = [registry.match(f"№ {n}", kind_hint=kind) for n in re.findall(r"\d+", printed)]
    return all(m.entry is not None or m.candidates for m in found)


def _counted(behind: str) -> bool:
    """Whether the word behind a bare number is what it counts («школам 1, 2 смены»)."""
    word = behind.strip()
    return bool(word) and (word == "%" or any("NOUN" in t and "gent" in t for t in tags(word)[:2]))


def _has_a_theme(text: str, position: int) -> bool:
    """Whether words in the genitive say what kind of school it is: a course, not a school of the registry."""
    word = re.compile(r"\s+([а-яё]{3,})").match(text, position)
    if word is None or re.fullmatch(_TERRITORY, word[1]) or is_infinitive(word[1]):
        return False
    return any("gent" in t and t.startswith(("NOUN", "ADJF")) for t in tags(word[1])[:2])


def _kind_of_class(m: re.Match[str]) -> str:
    if m["nursery"] or "ДОУ" in (m["legal"] or "").upper():
        return "дс"
    return _kind_of(m["kinded"] or "")


def _kind_of(printed: str) -> str:
    low = printed.lower()
    if low.startswith(("гимн", "лиц")):
        return "гимназия" if low.startswith("гимн") else "лицей"
    return low if low in ("сош", "оош", "нош") else "школа"


def _ordinal_value(word: str) -> str | None:
    low = word.lower().replace("ё", "е")
    if low.startswith("трет"):
        return "3"
    return next((str(n) for said, n in DAY_WORDS.items() if low[:-2] == said[:-3]), None)
