"""Who is given something by an order and so does not carry it out: pupils, parents, who is praised or blamed. Pure.

«Ученикам СОШ № 7 выдать учебники», «Директору СОШ № 3 объявить выговор»: a dative as that of a party, but the one who acts is
another (gold README, section 4, «Not responsible: … who benefits»).
"""

from __future__ import annotations

import re

from decisions.reading.grammar import WORD, is_adjective, is_infinitive, is_noun, lemma

# What is done to a person whatever the post: praise, blame, payment.
_TO_ANYBODY = re.compile(
    r"(?:объявить\s+(?:[а-яё]+\s+){0,2}(?:выговор|замечани|благодарност|предупреждени)|вручить\s|выплатить\s|присвоить\s|"
    r"выразить\s+(?:[а-яё]+\s+){0,2}(?:благодарност|соболезновани))",
    re.I,
)
# What is given to those who learn and to their families.
_TO_FAMILIES = frozenset(
    "выдать предоставить разъяснить оказать выделить перечислить сообщить напомнить вернуть возместить выслать направить".split()
)
_FAMILIES = frozenset(
    "ученик обучающийся учащийся воспитанник выпускник ребёнок ребенок дети школьник родитель представитель победитель призёр "
    "призер семья гражданин".split()
)


def receives(text: str) -> bool:
    """Whether the dative at the beginning is who receives: what stands before the first infinitive, and that infinitive."""
    words = list(WORD.finditer(text[:400]))
    order = next((w for w in words if is_infinitive(w.group())), None)
    if order is None or order is words[0]:
        return False
    if _TO_ANYBODY.match(text, order.start()):
        return True
    if lemma(order.group()) not in _TO_FAMILIES:
        return False
    for found in words[:4]:
        word = found.group()
        if lemma(word) in _FAMILIES and word.lower().endswith(("ам", "ям", "им", "ым", "у", "ю")):
            return True
        if is_noun(word, "datv") or not is_adjective(word, "datv"):
            return False
    return False
