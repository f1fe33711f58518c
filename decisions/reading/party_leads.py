"""What a clause says before it names who acts: its grounds, its term, a statement (gold README, section 4). Pure.

«В соответствии с приказом …, школам представить», «В срок до 10.04.2026 директорам школ представить», «СОШ № 3 – лучшая практика,
всем школам изучить её»: where the party behind such a lead begins, or a question where that cannot be told.
"""

from __future__ import annotations

import re
from itertools import islice

from decisions.reading.classes import begins_party, tells_time
from decisions.reading.grammar import WORD, is_adjective, is_infinitive, is_noun, is_preposition
from decisions.reading.model import Ask
from decisions.reading.party_lists import PartyList
from decisions.reading.party_marks import GROUNDS_WITHIN, TIME_PIECE

BOUND = re.compile(r"\s*(?:к|до|с|после|перед)\s+(?:начал|окончани|завершени|конц)[а-яё]+\s", re.I)
HEADS_OF_MANY = re.compile(r"(?<![а-яё])(?:директорам|руководителям|школам|организациям|учреждениям)(?![а-яё])")


class PartyLeads(PartyList):
    """Each method says where the party behind one kind of lead begins; None where there is no such lead."""

    def behind_statement(self, start: int) -> int | None:
        """«СОШ № 3 – лучшая практика, всем школам изучить её»: where who acts begins behind what is only said."""
        said = re.compile(r"[^,.:;]{3,160}\s[–—-]\s([^,.:;]{3,160})[,;]\s+").match(self.text, start)
        if said is None or any(is_infinitive(w) for w in WORD.findall(said.group())):
            return None
        rest = self.text[said.end() :]
        word = WORD.search(said[1])
        if word is None or not (is_noun(word.group(), "nomn") or is_adjective(word.group(), "nomn")):
            return None
        if not begins_party(rest[:160], dative=True) or not any(is_infinitive(w) for w in WORD.findall(rest)[:12]):
            return None
        return said.end()

    def behind_term(self, start: int) -> int | None:
        """«В срок до 10.04.2026 директорам школ представить …»: where who acts begins behind the term."""
        if not TIME_PIECE.match(self.text, start) and not BOUND.match(self.text, start):
            return None
        opening = WORD.match(self.text, start)
        if opening and is_adjective(opening.group(), "datv") and begins_party(self.text[start:][:160], dative=True):
            return None  # «Каждой школе …»
        for word in islice(WORD.finditer(self.text, start), 10):
            at = word.start()
            if at > start and (
                begins_party(self.text[at : at + 160], dative=True) or any(n.start == at for n in self.named)
            ):
                return at if any(is_infinitive(w) for w in WORD.findall(self.text, at)) else None
            if not tells_time(word.group()):
                return None
        return None

    def behind_grounds(self, position: int) -> int | None:
        """«В соответствии с приказом …, школам представить …»: where the party behind the grounds begins."""
        order = next((m for m in WORD.finditer(self.text, position) if is_infinitive(m.group())), None)
        if order is None:
            return None
        for comma in islice(re.finditer(r",\s+", self.text[:GROUNDS_WITHIN][position:]), 6):
            at = position + comma.end()
            if order.start() < at:
                break
            listed = any(self.chained(a, b) for a, b in zip(self.named, self.named[1:], strict=False) if b.start == at)
            if begins_party(self.text[at : at + 160], dative=True) or (
                not listed and any(n.start == at for n in self.named)
            ):
                return at
        heads = HEADS_OF_MANY.search(self.text, position, order.start())
        if heads:
            self.asks.append(Ask("addressees", f"«{heads.group()}» исполняют пункт или названы в его основании?"))
        last = next((n for n in self.named if not self.text[n.end : order.start()].strip(" ,")), None)
        if last is not None and _stands_free(self.text, last.start):
            self.asks.append(Ask("addressees", f"«{last.text}» исполняет пункт или только названа в его основании?"))
        return None


def _stands_free(text: str, position: int) -> bool:
    """Whether no preposition stands before a place: «от 12.01.2024 СОШ № 1 провести», not «в СОШ № 1 провести»."""
    before = WORD.findall(text[max(0, position - 40) : position])
    return not before or not is_preposition(before[-1]) or bool(re.search(r"[\d.]\s*$", text[:position]))
