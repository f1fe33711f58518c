"""A line without number, letter or bullet among the decisions: what it is to the clause above it. Pure.

It is the tail of the open clause, an item of the list that the open clause leads in, a heading that names who acts below, or a
clause of its own. Letters, stops and empty lines tell; so do infinitives and datives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.classes import names_people_or_body
from decisions.reading.clause_tree import ClauseTree
from decisions.reading.grammar import PERSON, WORD, is_adjective, is_infinitive, is_noun
from decisions.reading.openings import orders_below
from decisions.reading.party_marks import ABBREVIATED
from decisions.reading.raw import RawClause
from decisions.reading.school_marks import KIND_WORD, LEGAL
from decisions.reading.text import Line

BULLETS_BACK = 200  # clauses looked back for the bullets of the same list
# «… имени А.С.» at the end of a line waits for the surname; «Иванова А.С.» and «по УВР.» wait for nothing.
_WAITS_FOR_SURNAME = re.compile(r"(?:(?<![а-яё])им\.|имени|(?<![А-ЯЁа-яё])[А-ЯЁ]\.)\s?(?:[А-ЯЁ]\.\s?)*$")
_WHOLE_NAME = re.compile(r"[А-ЯЁ][а-яё-]{2,}\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.$")


class ClauseParagraphs(ClauseTree):
    """Clauses that have no mark of their own."""

    def __init__(self, lines: Sequence[Line], *, annex: bool) -> None:
        super().__init__(lines, annex=annex)
        self.title_open = annex  # the title of an annex may go on on the next line

    def paragraph(self, line: Line) -> None:
        """A paragraph without a mark: a tail of the open clause, an item of its list, or a clause of its own."""
        text = line.text
        node = self.current
        if marks.TERM_LINE.match(text) and node is not None and not re.match(r"^контроль\s+(?!:)", text, re.I):
            node.pieces.append(line.body)
            return
        heads = self._names_executor(text)
        if node is not None and not heads and _continues(node, line):
            node.pieces.append(line.body)
            self.split(node)
            return
        if node is not None and node.row is not None:
            node = None
        parent: RawClause | None = None
        if node is not None:
            if heads:
                parent = self.section_clause
            elif node.leads_in and not _is_heading(text):
                parent = node
            elif self._list_is_over(node, line):
                parent = self.section_clause  # the list is over
            elif node.kind in ("plain", "bullet") and node.parent is not None and not _is_heading(text):
                parent = node.parent
            elif node.kind == "plain":
                parent = self.section_clause
            elif not _own_clause(text):
                node.pieces.append(line.body)
                return
        else:
            parent = self.section_clause
        if self.annex and _is_title(text):
            self.title_open = True
            return
        if self.annex and self.title_open and text[:1].islower() and not line.blank_before:
            return
        self.title_open = False
        clause = RawClause("-", "plain", question=self.question, section=self.section, heads=heads)
        self.add(clause, line.body, parent)

    def _names_executor(self, text: str) -> bool:
        """«СОШ № 4» on a line of its own above orders that name nobody: the executor of what stands below."""
        if len(text) > 120 or text.rstrip()[-1:] in ".;,:!?" or self.at + 1 >= len(self.lines):
            return False
        words = WORD.findall(text)
        if not words or any(is_infinitive(w) for w in words) or not orders_below(self.lines, self.at):
            return False
        if PERSON.fullmatch(text.strip()) or LEGAL.match(text) or KIND_WORD.match(text):
            return True
        return text[:1].isupper() and any(
            names_people_or_body(w, case) for w in words[:3] for case in ("nomn", "datv") if not is_adjective(w, case)
        )

    def _list_is_over(self, node: RawClause, line: Line) -> bool:
        """The last bullet has its full stop and something else begins: behind an empty line, or an order of its own where
        the bullets before it ended with «;». So do items without a mark, where a small letter began each."""
        if node.kind != "bullet" and (node.kind != "plain" or node.parent is None):
            return False
        if not line.text[:1].isupper() or not node.text.endswith("."):
            return False
        before = [
            c
            for c in self.out.clauses[-BULLETS_BACK:]
            if c.parent is node.parent and c.kind == node.kind and c is not node
        ]
        marked = bool(before) and all(c.text.rstrip().endswith((";", ",")) for c in before)
        if node.kind == "plain":
            return marked and all(c.text[:1].islower() for c in (*before, node))
        return line.blank_before or (marked and _own_clause(line.text))


# --- the tail of a clause ---------------------------------------------------------------------------------------------


def _continues(node: RawClause, line: Line) -> bool:
    """Whether the clause above had not ended, so that this line is its next printed one."""
    before, text = node.pieces[-1].text.rstrip() if node.pieces else "", line.text
    if not before:
        return True
    first = text[:1]
    ended = before[-1] in ".;:!?" and not _abbreviated(before) or before.endswith((".»", ".)"))
    initials = _WAITS_FOR_SURNAME.search(before) is not None and not _WHOLE_NAME.search(before)
    if initials and re.match(r"[А-ЯЁ][а-яё]+", text):
        return True
    if before.endswith(("-", "–")) and not line.blank_before:
        return True
    if not ended:
        if not line.blank_before and _head_goes_on(before, text):
            return True
        if first.islower() or first in '«"(№0123456789':
            return before[-1] != "," or not line.blank_before or node.kind == "number"
        if before[-1] == "," or re.search(
            r"(?<![а-яё])(?:и|в|на|с|со|по|для|от|к|о|об|не|из|за|до|при|или|а)$", before
        ):
            return True
        return not line.blank_before and node.kind != "plain" and not _own_clause(text) and len(before) > 60
    if first.islower() and not line.blank_before and before[-1] != ":":
        if node.kind in ("plain", "bullet") and node.parent is not None:
            words = WORD.findall(text)
            return not (words and is_infinitive(words[0])) and before[-1] not in ";,"
        return True
    return False


def _abbreviated(before: str) -> bool:
    """«ООШ с.» at the end of a line; not «2024 г.»"""
    return before.endswith(".") and bool(ABBREVIATED.search(before[:-1])) and not re.search(r"\d\s*г\.$", before)


def _head_goes_on(before: str, text: str) -> bool:
    """«Руководителям СОШ № 2, СОШ с. Верхние» / «Ключи, Луговое:»: a head without its colon or order goes on to them."""
    words = WORD.findall(before)
    if not words or any(is_infinitive(w) for w in words) or not text.rstrip().endswith(":"):
        return False
    if _is_heading(text) and names_people_or_body(WORD.findall(text)[0], "datv"):
        return False
    return names_people_or_body(words[0], "datv") or is_adjective(words[0], "datv")


# --- lines of their own -----------------------------------------------------------------------------------------------


def _own_clause(text: str) -> bool:
    """Behind a numbered clause: an order of its own («Контроль … возложить», «Рекомендовать …»), not a second paragraph."""
    words = WORD.findall(text)
    if not words:
        return False
    return is_infinitive(words[0]) or re.match(r"контрол", text, re.I) is not None or _is_heading(text)


def _is_heading(text: str) -> bool:
    """A line that names addressees or an audience for the list below it; it may go on on the next printed line."""
    opening = re.match(
        r"(?:рекомендации\s+(?:для|по)|руководител(?:ям|ю)|директор(?:ам|у)|заместител(?:ям|ю)|педагог(?:ам|у)|учител(?:ям|ю)|методист(?:ам|у)|специалист(?:ам|у))\s",
        text,
        re.I,
    )
    if opening and text[:1].isupper() and not any(is_infinitive(w) for w in WORD.findall(text)):
        return True
    if not text.rstrip().endswith(":"):
        return False
    words = WORD.findall(text)
    return bool(words) and not any(is_infinitive(w) for w in words) and len(text) < 400 and text[:1].isupper()


def _is_title(text: str) -> bool:
    """A title inside an annex («Направление «…»») orders nothing and ends without a mark."""
    words = WORD.findall(text)
    return (
        text[:1].isupper()
        and text.rstrip()[-1] not in ".;,:"
        and not any(is_infinitive(w) for w in words[:3])
        and not _is_heading(text)
        and not (words and is_noun(words[0], "datv") and not is_noun(words[0], "nomn"))
    )
