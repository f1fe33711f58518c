"""Who is given something by an order and so does not carry it out: pupils, parents, who is praised, paid or blamed. Pure.

«Ученикам СОШ № 7 выдать учебники», «Директору СОШ № 3 объявить выговор»: a dative as that of a party, but the one who acts is
another (gold README, section 4, «Not responsible: … who benefits»). «Директорам школ вручить грамоты победителям»: there the one
who is given stands behind the verb, and the heads act.
"""

from __future__ import annotations

import re

from decisions.reading.grammar import WORD, is_adjective, is_infinitive, is_noun, lemma, tags

_WORDS = r"(?:[а-яё]+\s+){0,2}"
# What is done to a person whatever the post: praise, blame, payment.
_TO_ANYBODY = re.compile(
    rf"(?:(?:объявить|выразить|вынести)\s+{_WORDS}(?:выговор|замечани|благодарност|предупреждени|признательност|соболезновани|недовери|порицани)|"
    rf"(?:назначить|установить)\s+{_WORDS}(?:стипенди|выплат|преми|пособи|надбавк|доплат|вознаграждени)|поставить\s+на\s+вид|"
    r"(?:вручить|выплатить|присвоить|начислить)\s)",
    re.I,
)
# «Указать директору СОШ № 3 на нарушение сроков»: a reproach, nothing to be done.
REPROACH = re.compile(
    r"\s*указать\s+(?:[^.;:]|(?<=(?-i:[А-ЯЁ]))\.){3,160}?\sна\s+(?:[а-яё]+(?:ое|ую|ый|ие|ые|ой)\s+){0,2}"
    r"(?:наруш|недостат|недопуст|упущен|ненадлеж|неисполн|несвоевр|низк|слаб|отсутств|ошибк|неудовлетв)",
    re.I,
)
# What is given to those who learn and to their families.
_TO_FAMILIES = frozenset(
    "выдать предоставить разъяснить оказать выделить перечислить сообщить напомнить вернуть возместить выслать направить "
    "компенсировать".split()
)
_FAMILIES = frozenset(
    "ученик обучающийся учащийся воспитанник выпускник ребёнок ребенок дети школьник родитель представитель победитель призёр "
    "призер семья гражданин".split()
)
# «Ученикам обеспечить подвоз»; «родителям обеспечить контроль» act themselves.
_CARE = re.compile(
    rf"(?:обеспечить|организовать)\s+{_WORDS}(?:подвоз|питани|проезд|доступ|сопровождени|проживани)", re.I
)
# What a school is given as often as it gives it.
_EITHER_WAY = re.compile(
    rf"(?:(?:выделить|выдать|перечислить|возместить|компенсировать|поставить|закупить)\s|оказать\s+{_WORDS}помощь(?![а-яё]))",
    re.I,
)


def receives(text: str) -> bool:
    """Whether the dative at the beginning is who receives: what stands before the first infinitive, and that infinitive."""
    words = list(WORD.finditer(text[:400]))
    order = next((w for w in words if is_infinitive(w.group())), None)
    if order is None or order is words[0]:
        return False
    if _TO_ANYBODY.match(text, order.start()):
        return not given_behind(text, order.end())
    if lemma(order.group()) not in _TO_FAMILIES and not _CARE.match(text, order.start()):
        return False
    for found in words[:4]:
        word = found.group()
        if lemma(word) in _FAMILIES and word.lower().endswith(("ам", "ям", "им", "ым", "у", "ю")):
            return True
        if is_noun(word, "datv") or not is_adjective(word, "datv"):
            return False
    return False


def may_receive(text: str, position: int) -> bool:
    """Whether the order behind a school may be what is done for it: «СОШ № 7 выделить 5 компьютеров», with nobody behind the verb."""
    order = _EITHER_WAY.match(text, position)
    return order is not None and not given_behind(text, order.end()) and not _FOR.search(text, order.end())


_FOR = re.compile(r"(?<![а-яё])(?:для|под|в|с|со|из\s+числа)\s", re.I)


def given_behind(text: str, position: int) -> bool:
    """Whether somebody stands in the dative behind the verb; what is told behind «за …» is the reason."""
    told = re.compile(r"[.;:]\s|(?<![а-яё])за\s").search(text, position)
    for found in WORD.finditer(text, position, told.start() if told else len(text)):
        word = found.group()
        if lemma(word) in _FAMILIES and re.search(r"(?:[аяиы]м|[ую])$", word.lower()):
            return True
        if len(word) > 3 and any("NOUN" in t and "anim" in t and "datv" in t for t in tags(word)[:2]):
            return True
    return False
