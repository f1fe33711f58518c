"""Phrases that name a class of people, a post or a body without a legal form: where one ends, what its head is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading.grammar import WORD, is_adjective, is_noun, is_participle, is_preposition, lemma, tags

_SPLIT = re.compile(r"\s*[,;\n]\s*|\s+(?:и|а\s+также)\s+|[()]|\s+/\s+|\t")


def phrases(text: str, start: int, end: int, *, dative: bool) -> list[tuple[int, int]]:
    """Cuts a stretch into parties: a new one begins where a noun phrase in the right case begins behind a comma or «и»."""
    cuts = [start]
    for found in _SPLIT.finditer(text, start, end):
        following = text[found.end() : min(end, found.end() + 160)]
        if found.group() in "()" or begins_party(following, dative=dative):
            cuts.append(found.end())
    cuts.append(end)
    out = []
    for left, right in zip(cuts, cuts[1:], strict=False):
        phrase = text[left:right]
        phrase_end = len(phrase.rstrip(" ,;:.()–—-\n\t"))
        phrase_end = len(re.sub(r"(?:\s*,)?\s+(?:и|а\s+также)$", "", phrase[:phrase_end]))
        phrase_start = len(phrase) - len(phrase.lstrip(" ,;:.()–—-\n\t"))
        if phrase_start < phrase_end:
            out.append((left + phrase_start, left + phrase_end))
    return out


_STARTERS = frozenset("все весь каждый".split())


def begins_party(text: str, *, dative: bool) -> bool:
    case = "datv" if dative else "nomn"
    for word in WORD.findall(text)[:4]:
        if word.lower() in ("и", "а", "также", "в", "на", "с", "со", "для", "по", "не", "или"):
            return False
        if dative and word.lower() in ("остальным", "прочим"):
            return True
        if is_participle(word):
            return False
        if is_noun(word, case):
            return names_people_or_body(word, case)
        if is_adjective(word, case):
            continue
        return False
    return False


_BODIES = frozenset(
    "управление отдел комитет департамент центр кабинет организация учреждение школа администрация комиссия служба бухгалтерия совет "
    "объединение институт дворец дом сектор группа гимназия лицей мку оо оу".split()
)


def names_people_or_body(word: str, case: str) -> bool:
    """«учителям», «отделу»; not «математике», though a mathematician may be spoken of in the same form."""
    return lemma(word) in _BODIES or any("NOUN" in t and "anim" in t and case in t for t in tags(word))


_TIME = frozenset(
    "понедельник вторник среда четверг пятница суббота воскресенье неделя каникулы четверть период срок год полугодие "
    "квартал время начало конец течение месяц день январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь "
    "декабрь осень зима весна лето лично".split()
)
_TIME_BESIDE = frozenset(
    "число поздний ранний рабочий календарный текущий следующий каждый последний весь раз учебный настоящий подписание издание "
    "получение протокол приказ распоряжение".split()
)


def tells_time(word: str) -> bool:
    """Whether a word may stand in a term: «в срок до конца марта», «ежемесячно не позднее пятого числа»."""
    found = tags(word)[:1]
    return (
        is_preposition(word)
        or word.lower() in ("не", "г", "и")
        or lemma(word) in _TIME | _TIME_BESIDE
        or bool(found)
        and found[0].startswith(("ADVB", "COMP", "NUMR", "ANUM"))
        or "Anum" in (found[0] if found else "")
    )


_ALWAYS = frozenset(
    "не немедленно незамедлительно срочно постоянно систематически дополнительно совместно лично шире также ежегодно".split()
)
# Adverbs that limit a class rather than the time of the work.
_KEPT_ADVERBS = frozenset("ранее вновь наиболее более менее где когда".split())


# «школам – 1 раз в четверть», «руководителям раз в две недели»
# «остальным школам – до 20.03»
_BY_DAY = re.compile(r"\s+[–—-]\s+(?:(?:в\s+)?срок\s+)?(?:до|к|ко|не\s+позд?нее)\s+\d")
_OFTEN = re.compile(
    r"[\s,]+(?:[–—-]\s*)?(?:не\s+(?:реже|менее)\s+(?:чем\s+)?)?(?:(?:\d+|один|одного|два|двух|три|тр[её]х)\s+)?раза?(?=\s+(?:в|на|за)\s|\s*$)",
    re.I,
)


def without_time(phrase: str) -> int:
    """How much of the phrase names the party: what follows says when or how («директорам школ еженедельно по пятницам»)."""
    if often := _OFTEN.search(phrase) or _BY_DAY.search(phrase):
        phrase = phrase[: often.start()]
    words = list(WORD.finditer(phrase))
    for index, found in enumerate(words[1:], start=1):
        word = found.group().lower()
        behind = [lemma(w.group()) for w in words[index + 1 : index + 4]]
        adverb = tags(word)[:1] and tags(word)[0].startswith(("ADVB", "COMP")) and word not in _KEPT_ADVERBS
        timed = is_preposition(word) and (any(w in _TIME for w in behind) or word == "при")
        timed |= word in ("до", "к") and behind[:1] in (["следующий"], ["очередной"], ["ближайший"])
        if "," in phrase[: found.start()]:
            break  # «школам, не имеющим …»: what stands behind a comma limits the class
        if word in _ALWAYS or adverb or timed or (lemma(word) == "каждый" and behind and behind[0] in _TIME):
            return len(phrase[: found.start()].rstrip(" ,;–—-"))
    end = len(phrase)
    while (tail := _TIMED_TAIL.search(phrase, 0, end)) and not any(
        is_participle(w) for w in WORD.findall(tail.group())
    ):
        end = tail.start()  # «учителям, чьи ученики не справились, еженедельно, по средам»
    return end


# A term between commas at the end of a head.
_TIMED_TAIL = re.compile(
    r"\s*,\s*(?:в\s+течени[еи]\s|в\s+[а-яё-]+\s+срок(?![а-яё])|по\s+(?:понедельникам|вторникам|средам|четвергам|пятницам|субботам)|не\s+(?:реже|позд?нее|позже)\s|(?:еже[а-яё]+|дважды|трижды|(?:один\s+)?раз)(?:\s+в)?(?![а-яё])|(?:в|до|к|с|не\s+позд?нее)\s+\d|(?:до|к)\s+(?:конца|концу|начала|началу)\s|"
    r"во?\s+(?:(?:перв|втор|трет|четверт|четв[её]рт|[IVX\d]|текущ|следующ|нов)[А-Яа-яёIVX]*\s+)(?:полугоди|квартал|четверт|учебн|недел|декад|месяц))[^,]*$",
    re.I,
)


def head_noun(words: Sequence[str]) -> str | None:
    """The first noun: the one the phrase is about."""
    for index, word in enumerate(words[:7]):
        if is_participle(word) and not is_noun(word, "datv"):
            continue
        if index + 1 < len(words) and "inan,neut" in tags(word)[0] and any(t.startswith("ADJF") for t in tags(word)):
            continue  # «главного бухгалтера»: not «главное»
        if any("NOUN" in t for t in tags(word)[:2]) or lemma(word) in (
            "заведующий",
            "ответственный",
            "исполняющий",
            "ведущий",
        ):
            if any(t.startswith(("ADJF", "NPRO")) for t in tags(word)[:1]) and lemma(word) not in (
                "заведующий",
                "ответственный",
            ):
                continue
            return word
    return None


def head_noun_plural(words: Sequence[str]) -> bool:
    head = head_noun(words)
    if head is None:
        return False
    if lemma(words[0]) in _STARTERS and any("plur" in t for t in tags(words[0])):
        return True
    return bool(tags(head)) and "plur" in tags(head)[0]


def many(head: str) -> bool:
    """In the dative «-ам», «-ям» are many, and so are «ответственным»."""
    return bool(re.search(r"(?:ам|ям)$", head.lower())) or head.lower() in ("ответственным", "заведующим")


def may_be_plural(words: Sequence[str]) -> bool:
    """In the nominative «директора школ» are many, though the same word is also one director's genitive."""
    head = head_noun(words)
    return head is not None and (
        head_noun_plural(words) or (head == words[0] and any("plur" in t and "nomn" in t for t in tags(head)))
    )


def is_body(head: str) -> bool:
    return lemma(head) in (_BODIES - {"группа", "комиссия", "совет", "объединение", "администрация"})


def is_post(words: Sequence[str]) -> bool:
    head = head_noun(words)
    return head is not None and (
        any("NOUN" in t and "anim" in t for t in tags(head)[:3]) or lemma(head) in ("заведующий", "ответственный")
    )


def is_group_in_singular(phrase: str) -> bool:
    """«Учителю, обучающиеся которого …»: a class described by what it is."""
    return bool(
        re.search(r",\s*(?:[а-яё]+\s+)?котор|,\s*(?:име|показ|участв|принима|работа|не\s)[а-яё]+(?:щ|вш)", phrase, re.I)
    )


def lemma_in(word: str, names: tuple[str, ...]) -> bool:
    return lemma(word) in names
