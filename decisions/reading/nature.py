"""What a clause is: a heading, a statement, an order, a recommendation (gold README, section 7, «stating verbs»). Pure."""

from __future__ import annotations

import re

from decisions.reading.classes import names_people_or_body
from decisions.reading.grammar import PERSON, WORD, is_infinitive, lemma, tags
from decisions.reading.model import Nature

# Verbs that settle a matter when a collegium says them of itself, and are an order when a heading addresses them to somebody.
_SETTLING = re.compile(r"^(?:утвердить|одобрить|согласовать|отметить|считать|поддержать|присвоить|избрать)\s", re.I)
# Words of one sentence: the dots of initials and of «с.», «р.п.», «им.» do not end it.
_RUN = r"(?:[^.]|(?-i:(?<=[А-ЯЁ])\.)|(?<=[\s.][а-яё])\.|(?<=им)\.|(?<=пос)\.|(?<=ст)\.)"
_STATING = re.compile(
    rf"^(?:рекомендовать\s+)?(?:принять\s+(?:к\s+сведению|информацию|во\s+внимание)|информацию\s+(?:{_RUN}{{0,200}})?принять\s+к\s+сведению|{_RUN}{{0,160}}принять\s+к\s+сведению|признать|утвердить|одобрить|согласовать|отметить|считать|снять\s+с\s+контроля|"
    rf"{_RUN}{{0,120}}снять\s+с\s+контроля|утверждаю|поддержать|благодар|объявить\s+благодарность|выразить\s+благодарность|"
    rf"[^.:]{{0,140}}(?:утратившим[и]?\s+силу)|(?:настоящ[а-я]+\s+)?(?:приказ|распоряжение|постановление|решение)\s+(?:[а-я]+\s+){{0,4}}вступает\s+в\s+силу|вступает\s+в\s+силу|избрать|присвоить|установить,?\s+что|констатировать)",
    re.I,
)
_APPOINTS = re.compile(r"^(?:назначить|избрать)\s", re.I)
_CONTROL = re.compile(
    r"^\s*(?:общий\s+)?контрол[ья](?:\s+за|\s+над)?[^.]{0,200}(?:возложить|возлагается|возлагаю|оставляю|оставить|осуществляет)|^возложить\s+контроль|^ответственность\s+[^.]{0,120}возложить",
    re.I,
)
_RECOMMENDS = re.compile(
    r"^(?:рекомендовать|предложить|просить)\s|рекомендовано\s*:?\s*$|^рекомендации\s|рекоменду(?:ется|ем|ю)", re.I
)


def states_only(text: str, *, commanded: bool = False) -> bool:
    """Pure statements: they name nobody. `commanded`: the clause stands under a heading that says who must act."""
    words = text.strip()
    if commanded and _SETTLING.match(words):
        return False
    return bool(_STATING.match(words)) and not commands_later(words)


SENTENCE = re.compile(r"(?<=[а-яё»)\d])\.\s+(?=[А-ЯЁ][а-яё]+\s|[А-ЯЁ]{2,6}\s)")


def commands_later(text: str) -> bool:
    """«Информацию принять к сведению. Директорам школ провести …»: a later sentence orders something to somebody."""
    for sentence in SENTENCE.split(text)[1:]:
        words = WORD.findall(sentence)
        if any(is_infinitive(w) for w in words[1:]) and names_people_or_body(words[0], "datv"):
            return True
    return False


def appoints(text: str) -> bool:
    """Appoints named persons, or opens their list; «назначить ответственных за …» without names is an order to somebody."""
    words = text.strip()
    return bool(_APPOINTS.match(words)) and (words.endswith(":") or bool(re.search(PERSON, words)))


_COMPOSES = re.compile(
    r"^(?:создать|образовать|сформировать|утвердить|включить)\s[^:]{0,200}(?:комисси|групп|состав|штаб|жюри|совет)[^:]{0,160}:$",
    re.I,
)


def composes(text: str) -> bool:
    """Opens the list of a commission's members."""
    return bool(_COMPOSES.match(text.strip()))


def settles(text: str, *, commanded: bool = False) -> bool:
    """Statements, appointments, control: nothing that a missing term or addressee would be missing for."""
    return states_only(text, commanded=commanded) or appoints(text) or bool(_CONTROL.match(text.strip()))


def is_statement_sentence(text: str) -> bool:
    """A sentence without any order in it: no infinitive, a finite verb in the past or present."""
    words = WORD.findall(text)
    if any(is_infinitive(w) for w in words):
        return False
    return any(t.startswith(("VERB", "PRTS")) for w in words for t in tags(w)[:1])


def nature_of(text: str, *, is_heading: bool, above: Nature | None, commanded: bool = False) -> Nature:
    """The nature of a clause given its own words and that of the clause it stands under."""
    if is_heading:
        return "heading"
    if settles(text, commanded=commanded):
        return "states"
    if above == "states" and not _begins_with_verb(text):
        return "states"
    if _RECOMMENDS.search(text):
        return "recommends"
    if above == "recommends":
        return "recommends"
    if is_statement_sentence(text) and not _begins_with_verb(text):
        return "states"
    return "orders"


def recommends(text: str) -> bool:
    return bool(_RECOMMENDS.search(text.strip()))


def _begins_with_verb(text: str) -> bool:
    words = WORD.findall(text)
    return bool(words) and is_infinitive(words[0]) and lemma(words[0]) != ""
