"""The heading of a document: kind, number, date, issuer, meeting, chair, secretary, who was present, agenda.

By gold README, section 2; layouts of real papers differ, so each field has several places to look. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from config.morphology import dictionary
from decisions.deadlines.words import MONTH, month_of, view
from decisions.reading import marks
from decisions.reading.grammar import PERSON
from decisions.reading.model import AgendaPoint
from decisions.reading.parts import kind_of_title
from decisions.reading.raw import Structure
from decisions.reading.text import Line


@dataclass
class Header:
    number: str | None = None
    date: dt.date | None = None
    authority: str | None = None
    meeting: str | None = None
    title: str | None = None
    chair: str | None = None
    secretary: str | None = None
    signatory: str | None = None
    attendees_count: int | None = None
    attendees: list[str] = field(default_factory=list)
    agenda: list[AgendaPoint] = field(default_factory=list)
    place: str | None = None

    @property
    def head(self) -> str | None:
        """Who keeps the control «за собой»: who presides or signs, never who keeps the record."""
        return self.chair or (self.signatory if self.signatory != self.secretary else None)


_NUM_DATE = re.compile(
    r"(?<![\d.])(?P<d>\d{1,2})\s?[./]\s?(?P<m>\d{1,2})\s?[./]?\s?(?P<y>20\d{2}|\d{2}(?=\s*г|\s*$|\s*№))(?!\d)"
)
_WORD_DATE = re.compile(rf"[\"«]?\s?(?P<d>\d{{1,2}})\s?[\"»]?\s*(?P<mw>{MONTH})\s*(?P<y>20\d{{2}})")
_NUMBER = re.compile(r"№\s*(?P<n>[0-9А-Яа-яA-Za-z]+(?:\s?[-/.]\s?[0-9А-Яа-яA-Za-z]+)*)")
_BRACKETS = re.compile(r"\([^()]*\)")
MEETING_WORDS = re.compile(
    r"(?:[а-яё-]+(?:ого|его|ой|ое|ая|ий|ый)\s+){0,3}(?:заседани|совещани|собрани|кругл|собеседовани|проведени|встреч|коллеги|семинар|планёрк|планерк|конференци|педсовет|педагогическ)",
    re.I,
)


def read_header(lines: Sequence[Line], structure: Structure, kind: str) -> Header:
    out = Header()
    heading = list(structure.heading)
    if kind == "annex":
        out.title = _annex_title(lines)
        out.agenda = _annex_questions(lines, structure)
        return out
    attendance_from = next((i for i, line in enumerate(heading) if _attendance_role(line.text)), len(heading))
    agenda_from = next((i for i, line in enumerate(heading) if marks.AGENDA.match(line.text.strip())), len(heading))
    top = heading[: min(attendance_from, agenda_from)]
    title_at = next((i for i, line in enumerate(top) if kind_of_title(line.text)), None)
    out.number, out.date = _number_and_date(top, title_at)
    out.authority = _authority(top, title_at)
    if kind == "protocol":
        out.meeting = _meeting(top, title_at)
    else:
        out.title = _order_title(top, title_at)
    attendance = heading[attendance_from:agenda_from] if attendance_from < agenda_from else heading[attendance_from:]
    if attendance_from > agenda_from:
        after = heading[agenda_from:]
        out.agenda = _agenda([line for line in after if line not in attendance], structure)
    else:
        out.agenda = _agenda(heading[agenda_from:], structure)
    _people(out, attendance)
    _signatures(out, structure.signature, kind)
    if out.authority is None:
        out.authority = _authority_from_signature(structure.signature, attendance)
    return out


# --- number and date -------------------------------------------------------------------------------------------------


def _number_and_date(top: Sequence[Line], title_at: int | None) -> tuple[str | None, dt.date | None]:
    """Both stand in short lines or in the title; a cited document («Приказ № 7/1 от …» in brackets or a sentence) is not it."""
    number: str | None = None
    date: dt.date | None = None
    start = title_at if title_at is not None else 0
    order = [*range(start, len(top)), *range(start)]
    for index in order:
        text = _BRACKETS.sub(lambda m: " " * len(m.group()), top[index].text)
        cited = re.search(
            r"(?:во\s+исполнение|на\s+основании|в\s+соответствии|согласно|приказ[аоу]?м?\s+\w+|изменени[йяе]\s+в)",
            text,
            re.I,
        )
        if index == title_at and cited and not text[: cited.start()].strip():
            cited = None  # «ПРИКАЗ от …» is the title itself
        plain = text[: cited.start()] if cited and cited.start() > 0 else ("" if cited else text)
        if date is None:
            date = _first_date(plain)
            if date is None and index + 1 < len(top) and re.search(r"(?<![а-я])от\s*$", plain):
                date = _first_date(top[index + 1].text)
        if number is None:
            found = _NUMBER.search(plain)
            words = len(re.findall(r"[А-Яа-яё]{4,}", plain[: found.start()])) if found else 0
            if found and (index == title_at or words <= 3 or date is not None and words <= 4):
                value = re.sub(r"\s+", "", found["n"])
                if re.search(r"\d", value):
                    number = value.rstrip(".-/")
    return number, date


def _first_date(text: str) -> dt.date | None:
    seen = view(text)
    for pattern in (_WORD_DATE, _NUM_DATE):
        for found in pattern.finditer(seen):
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            month = month_of(found["mw"]) if "mw" in found.groupdict() else int(found["m"])
            try:
                return dt.date(year, month, int(found["d"]))
            except ValueError:
                continue
    return None


# --- issuer, meeting, title ------------------------------------------------------------------------------------------

_ISSUER = re.compile(
    r"управлени|отдел|комитет|департамент|администраци|министерств|учреждени|центр|мку|школ|район|округ|область|края|совет|коллеги|город|образовани",
    re.I,
)
_HIGHER = re.compile(r"^министерств|российская\s+федерация|^правительство", re.I)


_REGION = re.compile(
    r"(?:российская\s+федерация|республика\s+[а-яё-]+(?:\s*[-–—(]\s*[а-яё]+\)?)?|[а-яё-]+(?:ая|ий)\s+(?:область|край|республика)|"
    r"[а-яё-]+\s+(?:автономный\s+округ|автономная\s+область)(?:\s*[-–—]\s*югра)?)",
    re.I,
)


_OTHER_TITLE = re.compile(
    r"^(?:(?:перечень\s+)?поручени[яй]|рекомендации|план(?:\s+мероприятий)?|дорожная\s+карта|инструкция|справка|указания|памятка)(?![а-яё])",
    re.I,
)


def _authority(top: Sequence[Line], title_at: int | None) -> str | None:
    if title_at is None:
        title_at = next((i for i, line in enumerate(top[:10]) if _OTHER_TITLE.match(line.text.strip(" *"))), None)
    if title_at is None:
        return None
    rows = []
    for line in top[:title_at]:
        text = " ".join(line.text.replace("\t", " ").split()).strip(" *_")
        if (
            marks.APPROVED.match(text)
            or marks.ANNEX.match(text)
            or re.search(r"\d{2}\.\d{2}\.\d{4}|тел[.:]|@|ИНН|индекс|№|^\d{6}|ул\.", text)
        ):
            continue
        if not re.search(r"[А-Яа-яё]", text) or _foreign(text):
            continue
        rows.append(text)
    own = [r for r in rows if not _HIGHER.match(r)]
    rows = own if own and any(_ISSUER.search(r) for r in own) else rows
    while len(rows) > 1 and _REGION.fullmatch(rows[0]):
        rows = rows[1:]  # «АЛТАЙСКИЙ КРАЙ» above an office says where it is, not who it is
    if len(rows) > 1 and re.fullmatch(r"коллегия|совет", rows[-1], re.I):
        rows = rows[:-1]  # what met, not whose it is
    text = re.sub(r"\s*\([^)]*(?:край|область|республика)[^)]*\)\s*$", "", " ".join(rows).strip(), flags=re.I)
    return text if text and _ISSUER.search(text) else None


def _foreign(text: str) -> bool:
    """A line of a bilingual heading in another language: letters Russian has not, or hardly a known word."""
    if re.search(r"[әөүңҗһғҡҙҫӑӗҫӳӧӣ]", text, re.I):
        return True
    if re.match(r"(?:города?|района?|округа|муниципальн[а-яё]+|городск[а-яё]+|сельск[а-яё]+)\s", text, re.I):
        return False  # «города Усть-Камска»: places are in no dictionary
    words = re.findall(r"[А-Яа-яё]{4,}", text)
    return len(words) >= 2 and sum(bool(dictionary().word_is_known(w.lower())) for w in words) / len(words) < 0.34


def _meeting(top: Sequence[Line], title_at: int | None) -> str | None:
    rows: list[str] = []
    if title_at is not None:
        title = marks.TITLE.match(top[title_at].text.strip(" *"))
        following = [title["rest"] if title else "", *(line.text for line in top[title_at + 1 :])]
    else:
        following = [line.text for line in top]
    started = False
    for text in following:
        text = " ".join(text.replace("\t", " ").split()).strip(" *")
        text = re.sub(r"^№\s*\S+\s*", "", text)
        text = re.sub(
            r"\s*(?:от\s*)?[\"«]?\s?\d{1,2}\s?[\"»]?\s*(?:[./]\s?\d{1,2}[./]?\s?\d{2,4}|[а-яё]+\s+20\d\d)\s*(?:года|г\.?)?.*$",
            "",
            text,
        ).strip()
        text = re.sub(r"\s+от$|\s*№\s*[\w/-]+.*$|^от\s*$", "", text).strip(" ,.")
        if started and re.match(
            r"(?:дата|место|время|начало|окончание|форма|формат)(?:\s+[а-яё]+)?\s*[:–—-]", text, re.I
        ):
            break
        if not text or re.match(r"^(?:г\.|с\.|п\.|пгт|р\.п\.|город|село)\s*[А-ЯЁ]", text):
            if started:
                break
            continue
        if not started and (
            not MEETING_WORDS.match(re.sub(r"^по\s+итогам\s+", "", text, flags=re.I)) or re.match(r"об?\s", text, re.I)
        ):
            continue
        started = True
        rows.append(text)
        if len(rows) >= 6:
            break
    if not rows:
        met = title_at is not None and any(
            re.fullmatch(r"коллегия", line.text.strip(" *"), re.I) for line in top[:title_at]
        )
        return "коллегия" if met else None
    text = re.sub(r"(?<=[а-яё])-\s(?=[а-яё])", "", " ".join(rows))
    text = re.sub(r"^(?:проведения|по\s+итогам)\s+", "", text, flags=re.I)
    return _nominative_phrase(_BRACKETS.sub("", text).strip())


def _nominative_phrase(text: str) -> str:
    """«расширенного совещания руководителей» → «расширенное совещание руководителей»: up to the first noun."""
    words = text.split()
    plain = [word.strip('«»",.()') for word in words[:6]]
    noun_at, noun = next(((i, p) for i, w in enumerate(plain) if w and (p := _noun(w)) is not None), (-1, None))
    if noun is not None:
        forms = [_inflected(w, {"nomn", "sing", str(noun.tag.gender)}) for w in plain[:noun_at]]
        forms.append(noun.inflect({"nomn", "sing"} if "sing" in noun.tag else {"nomn"}))
        for index, form in enumerate(forms):
            if form is not None:
                words[index] = words[index].replace(plain[index], form.word)
    text = " ".join(words)
    return text[:1].lower() + text[1:]


def _noun(word: str) -> Any:
    """The parse of a noun in the genitive or the nominative, the likelier first; nothing for other words."""
    parses = dictionary().parse(word.lower())
    if not parses or "NOUN" not in parses[0].tag:
        return None
    nouns = [p for p in parses if "NOUN" in p.tag and ("gent" in p.tag or "nomn" in p.tag)]
    return next((p for p in nouns if "gent" in p.tag and "sing" in p.tag), nouns[0] if nouns else None)


def _inflected(word: str, grammemes: set[str]) -> Any:
    """An adjective or a participle in the form wanted, or nothing."""
    parse = next(
        (p for p in dictionary().parse(word.lower()) if p.tag.POS in ("ADJF", "PRTF") and "gent" in p.tag), None
    )
    return parse.inflect(grammemes) if parse is not None else None


def _order_title(top: Sequence[Line], title_at: int | None) -> str | None:
    rows: list[str] = []
    for line in top[(title_at or 0) + 1 :] if title_at is not None else top:
        text = line.text.strip(" *")
        if rows:
            if line.blank_before or re.match(
                r"^(?:в\s+соответствии|во\s+исполнение|в\s+целях|на\s+основании|с\s+целью|руководствуясь)", text, re.I
            ):
                break
            rows.append(text)
        elif re.match(r"^[«\"]?об?о?\s", text, re.I):
            rows.append(text)
    return " ".join(" ".join(rows).split()) or None


def _annex_title(lines: Sequence[Line]) -> str | None:
    rows = []
    for line in lines[:6]:
        text = line.text.strip(" *")
        if marks.ANNEX.match(text) or re.match(r"^(?:к\s+(?:приказу|протоколу)|от\s+\d|утвержд|№)", text, re.I):
            continue
        if marks.PLAIN.match(text) or text.endswith((".", ";", ":")) or line.is_row:
            break
        rows.append(text)
    return " ".join(" ".join(rows).split()) or None


def _annex_questions(lines: Sequence[Line], structure: Structure) -> list[AgendaPoint]:
    """A list of questions for a conversation goes to the agenda."""
    head = " ".join(line.text for line in lines[:5])
    asked = sum(c.text.rstrip().endswith("?") for c in structure.clauses)
    if not re.search(r"вопрос(?:ы|ов|ник)\s+(?:для|к|на)", head, re.I) and not (
        asked > 1 and asked == len(structure.clauses)
    ):
        return []
    return [
        AgendaPoint(n, c.text.rstrip())
        for n, c in enumerate([c for c in structure.clauses if c.number.isdigit()], start=1)
    ]


# --- people ----------------------------------------------------------------------------------------------------------


def _attendance_role(text: str) -> str | None:
    found = marks.ATTENDANCE.match(text.strip(" *"))
    if not found:
        return None
    return found["role"].lower()


# «Совещание вела …», «под председательством …»
_HELD = re.compile(r"(?:(?:совещание|заседание|собрание|встречу)\s+)?(?:в[её]л|вед[её]т|пров)|под\s+председ", re.I)
# Behind a name: «председатель комитета (ведущий)», «ведущая совещания»; not «ведущий специалист».
_PRESIDES = re.compile(
    r"\(\s*председател[ья]\s*\)|председательств|модератор|председател[ья]\s+(?:комиссии|совета|совещани|заседани|собрани)|"
    r"(?:ведущ(?:ий|ая)|в[её]ла?)(?:\s+(?:совещани[ея]|заседани[ея]|собрани[ея]|встреч[иу]))?\s*(?:[,;.)–—]|$)",
    re.I,
)


def _people(out: Header, attendance: Sequence[Line]) -> None:
    role = ""
    for line in attendance:
        text = line.text.strip(" *")
        found = marks.ATTENDANCE.match(text)
        if found:
            role = found["role"].lower()
            text = text[found.end("role") :]
        if marks.AGENDA.match(text) or marks.HEARD.match(text):
            break
        if role.startswith("отсутств"):
            continue
        names = [normal_name(m.group()) for m in PERSON.finditer(text)]
        presides = role.startswith(("председат", "ведущ", "модератор", "руководитель рабочей")) or _HELD.match(role)
        if presides and names and out.chair is None:
            out.chair = names[0]
        elif (
            role.startswith(("секретар", "протокол в", "ведет протокол", "ведёт протокол"))
            and names
            and out.secretary is None
        ):
            out.secretary = names[0]
        secretary = re.search(r"(?i:секретар[ьяе])(?:\s+[а-яё]+){0,2}\s*[:–—-]?\s*", text)
        if secretary and out.secretary is None and (named := PERSON.match(text, secretary.end())):
            out.secretary = normal_name(named.group())
        noted = re.search(r"протокол\s+в[её]л[аи]?\s*[:–—-]?\s*", text, re.I)
        if noted and out.secretary is None and (named := PERSON.match(text, noted.end())):
            out.secretary = normal_name(named.group())
        people = list(PERSON.finditer(text))
        for found_name, following in zip(people, [*people[1:], None], strict=False):
            said = text[found_name.end() : following.start() if following else len(text)]
            said = (
                re.sub(r"[,;]\s*(?:секретар[ьяе]|председател[ьяе])\s*[^,;()]{0,40}$", "", said) if following else said
            )
            if re.search(r"секретар|(?:в[её]ла?|вед[её]т)\s+протокол|протокол\s+(?:в[её]л|вед[её]т)", said, re.I):
                out.secretary = out.secretary or normal_name(found_name.group())
            elif _PRESIDES.search(said):
                out.chair = out.chair or normal_name(found_name.group())
        for name in names:
            shown = surname_first(name)
            if shown not in out.attendees:
                out.attendees.append(shown)
        if role.startswith(("присутств", "на ", "участник")) and out.attendees_count is None:
            count = re.search(
                r"(?<![\d.№])(\d{1,3})\s*(?:чел|руководител|директор|человек|представител|участник|педагог|член|заместител|из\s+\d)|(?:всего|присутств[а-я]+)\s*[:–—-]*\s*(\d{1,3})(?!\s*[.)]\s*[А-ЯЁ])",
                line.text,
                re.I,
            )
            if count:
                out.attendees_count = int(count[1] or count[2])


def normal_name(printed: str) -> str:
    """«Исайкин С.П.», «Н. П. Кустова», «Аникеев Александр Сергеевич» → «С.П. Исайкин», …: nominative, initials first."""
    words = re.findall(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ](?=\.)", printed)
    initials = [w for w in words if len(w) == 1]
    long = [w for w in words if len(w) > 1]
    if not long:
        return printed.strip()
    if initials:
        surname = long[0]
    else:
        surname, initials = long[0], [w[0] for w in long[1:3]]
    return f"{'.'.join(initials)}. {_nominative_surname(surname, long[1:])}"


def _nominative_surname(surname: str, rest: Sequence[str]) -> str:
    """A surname printed in the genitive or dative put into the nominative where the dictionary is sure."""
    if rest:
        patronymic = rest[-1]
        if re.search(r"(?:вич|вна|чна|оглы|кызы)$", patronymic):
            return surname
    parses = dictionary().parse(surname.lower())
    if any("nomn" in p.tag and "Surn" in p.tag for p in parses):
        return surname
    best = next((p for p in parses if "Surn" in p.tag and "sing" in p.tag), None)
    if best is None:
        return surname
    form = best.inflect({"nomn"})
    return form.word.capitalize() if form and "-" not in surname else surname


def surname_first(name: str) -> str:
    """«С.П. Исайкин» → «Исайкин С.П.»."""
    initials, _, surname = name.rpartition(" ")
    return f"{surname} {initials}".strip()


SURNAME_SIGN = re.compile(
    r"^(?P<post>(?:протокол\s+)?в[её]л[аи]?(?:\s+протокол)?|председатель|секретарь|ведущ(?:ий|ая))?[\s:–—_-]*(?P<name>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\.?$",
    re.I,
)


def _attendee(out: Header, surname: str) -> str | None:
    """The person of the heading who signs by surname only."""
    known = [n for n in out.attendees if n.split()[0].casefold() == surname.casefold()]
    return normal_name(known[0]) if len(known) == 1 else None


def _signatures(out: Header, signature: Sequence[Line], kind: str) -> None:
    rows: list[tuple[str, str]] = []
    post = ""
    certified = False
    for line in signature:
        text = " ".join(line.text.replace("\t", " ").split()).strip(" *_")
        if re.match(r"^(?:выписк[ау]\s+.{0,30}верн|верно)", text, re.I):
            certified = True
            if not marks.SIGN_NAME.search(text):
                continue
        elif marks.AFTER.match(text) or marks.ANNEX.match(text) or certified and not re.search(r"секретар", text, re.I):
            break
        surname = SURNAME_SIGN.match(text)
        if surname and (known := _attendee(out, surname["name"])):
            rows.append((f"{post} {surname['post'] or ''}".strip(), known))
            post = ""
            continue
        named = marks.SIGN_NAME.search(text)
        if named:
            rows.append(((post + " " + text[: named.start()]).strip(" _/"), normal_name(named.group())))
            post = ""
        else:
            post = f"{post} {text}".strip()
    for title, name in rows:
        low = title.lower()
        if kind == "order":
            out.chair = out.chair or name
        elif re.search(r"секретар|протокол\s+в|в[её]ла?\s+протокол", low):
            out.secretary = out.secretary or name
        elif re.search(r"председател|ведущ|модератор|руководитель\s+рабочей", low) and out.chair is None:
            out.chair = name
    if kind == "protocol" and out.chair is None and rows:
        others = [name for title, name in rows if name != out.secretary]
        if others:
            out.chair = others[0]
    out.signatory = rows[0][1] if rows else None


def _authority_from_signature(signature: Sequence[Line], attendance: Sequence[Line]) -> str | None:
    """No heading: from the post of who signs or presides, put into the nominative."""
    for line in [*signature[:4], *attendance[:3]]:
        text = " ".join(line.text.split())
        found = re.search(
            r"(?:начальник[а]?|заведующ[а-яё]+|директор[а]?|руководител[ья])\s+((?:МКУ|МУ|МБУ)\s*[«\"][^»\"]+[»\"]|(?:управлени|отдел|комитет|департамент)[а-яё]+\s+[^.,;:\t_]{5,140})",
            text,
            re.I,
        )
        if not found:
            found = re.match(r"^((?:МКУ|МУ|МБУ|МКУО)\s*[«\"][^»\"]+[»\"])", text)
        if found:
            name = PERSON.sub("", found[1]).strip(" ,;–—-_")
            name = re.sub(r"\s{2,}.*$|\s+[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]$", "", name)
            first, _, rest = name.partition(" ")
            parse = next(
                (
                    p
                    for p in dictionary().parse(first.lower())
                    if "NOUN" in p.tag and ("gent" in p.tag or "ablt" in p.tag)
                ),
                None,
            )
            form = parse.inflect({"nomn"}) if parse and first.lower() == first else None
            if form:
                first = form.word.capitalize()
            return f"{first} {rest}".strip()
    return None


# --- agenda ----------------------------------------------------------------------------------------------------------


def _agenda(lines: Sequence[Line], structure: Structure) -> list[AgendaPoint]:
    if not lines or not marks.AGENDA.match(lines[0].text.strip()):
        return []
    found = marks.AGENDA.match(lines[0].text.strip())
    first = found["rest"].strip(" :") if found else ""
    points: list[str] = []
    numbered = False
    rows = [(first, False)] if first else []
    rows += [(line.text.strip(), line.blank_before) for line in lines[1:]]
    for text, blank in rows:
        if points and _is_speaker(text) and (not blank or re.match(r"^\(?(?:докладчик|докладыва)", text, re.I)):
            continue
        if not text or _attendance_role(text) or marks.HEARD.match(text):
            if points:
                break
            continue
        number = marks.PLAIN.match(text)
        if number:
            numbered = True
            points.append(text[number.end() :].strip())
        elif points and numbered and not blank and text[:1].islower():
            points[-1] += " " + text
        elif not numbered and len(text) < 400 and (not points or text[:1].isupper()):
            points.append(re.sub(marks.BULLET, "", text))
        elif points and text[:1].islower() and not blank:
            points[-1] += " " + text
        else:
            break
    if len(points) == 1 and not numbered and ";" in points[0].rstrip(";. "):
        points = [p for p in points[0].split(";") if p.strip()]
    if len(points) == 1 and numbered:
        split = re.split(r"(?<=[.;])\s+\d{1,2}[.)]\s*(?=[А-ЯЁ])", points[0])
        points = split
    return [AgendaPoint(n, " ".join(p.split()).rstrip(" ;")) for n, p in enumerate(points, start=1) if p.strip()]


def _is_speaker(text: str) -> bool:
    return bool(PERSON.search(text)) and (
        bool(re.match(r"^\(?(?:докладчик|докладыва|информация|выступа|отв)", text, re.I))
        or bool(PERSON.match(text.lstrip("(–—- ")))
    )
