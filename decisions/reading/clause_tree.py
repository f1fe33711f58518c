"""Where a clause belongs among those above it, and one that hides inside another's line. Pure.

The clause opened last is known; from it a number, a letter or a bullet climbs to the clause it stands under. The number behind
a sentence on the same line begins a clause of its own when it is the next one of the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.numbering import ALPHABET, follows, number_above
from decisions.reading.raw import RawClause, Structure
from decisions.reading.text import Healed, Line

INNER_WITHIN = 6000  # characters of a clause in which the next number on its line is looked for


class ClauseTree:
    """The clauses found so far, in `out`; the question and the section the next belongs to; the clause open now."""

    def __init__(self, lines: Sequence[Line], *, annex: bool) -> None:
        self.lines, self.annex = list(lines), annex
        self.out = Structure()
        self.question: int | None = None
        self.section = ""
        self.section_clause: RawClause | None = None
        self.current: RawClause | None = None
        self.to_split: list[RawClause] | None = None
        self.at = 0  # the line looked at

    def begin(self, number: str, kind: str, body: Healed, mark: str = "") -> None:
        """A clause with a number, a letter or a bullet; a Roman number names a section."""
        if kind == "roman":
            self.section = number
            clause = RawClause(number, kind, question=self.question)
            self.section_clause = clause
            self.add(clause, body, None)
            return
        parent = self._parent_for(number, kind, mark)
        clause = RawClause(number, kind, question=self.question, section=self.section, mark=mark)
        self.add(clause, body, parent)

    def add(self, clause: RawClause, body: Healed, parent: RawClause | None) -> None:
        """Puts the clause under its parent and opens it; others may hide in its line."""
        clause.pieces.append(body)
        clause.parent = parent
        if parent is not None:
            parent.children += 1
        self.out.clauses.append(clause)
        self.current = clause
        self.split(clause)

    # --- the clause above ---

    def _parent_for(self, number: str, kind: str, mark: str = "") -> RawClause | None:
        if kind == "number":
            if "." in number:
                wanted = number.rpartition(".")[0]
                if self.section_clause is not None and self.section_clause.number == wanted:
                    return self.section_clause
                for clause in reversed(self.out.clauses):
                    if clause.question != self.question or clause.section != self.section and clause.kind != "roman":
                        break
                    if clause.kind == "number" and clause.number == wanted:
                        return clause
                return self.section_clause
            node = self.current
            while node is not None:
                # «1.», «2.» under an unnumbered heading or a lead-in with a number of another shape
                if node.kind in ("plain", "bullet") and node.leads_in and node.parent is None:
                    return node
                node = node.parent
            nested = self._nested_list(number, mark)
            return nested or self.section_clause
        if kind == "letter":
            node = self.current
            while node is not None and node.kind == "letter":
                node = node.parent
            if node is not None and node.kind in ("bullet",) and node.parent is not None and not node.leads_in:
                node = node.parent
            return node
        node = self.current
        if node is None:
            return self.section_clause
        if node.kind == "bullet":
            return node if node.leads_in else node.parent
        if node.kind == "plain" and node.parent is not None and not node.leads_in:
            return node.parent
        if node.kind == "plain" and not node.leads_in:
            return node.parent
        return node

    def _nested_list(self, number: str, mark: str) -> RawClause | None:
        """«1)» items under «2. …:»: a new list that begins at 1 right under a lead-in, or with a mark of its own."""
        node = self.current
        if node is not None and node.kind == "number" and node.leads_in and number == "1" and node.number != "0":
            return node if "." in node.number or node.number != "1" or {node.mark, mark} == {".", ")"} else None
        while node is not None and node.kind in ("bullet", "letter", "plain"):
            node = node.parent
        if node is not None and node.parent is not None and node.kind == "number" and "." not in node.number:
            if {node.mark, mark} == {".", ")"}:
                return None
            if node.parent.kind == "number" and node.number.isdigit() and int(number) == int(node.number) + 1:
                return node.parent
        return None

    # --- two clauses on one line ---

    def split(self, clause: RawClause) -> None:
        """One after another, not one inside another: a paper without line breaks is thousands of clauses deep."""
        if self.to_split is not None:
            self.to_split.append(clause)
            return
        self.to_split = [clause]
        while self.to_split:
            self._split_once(self.to_split.pop())
        self.to_split = None

    def _split_once(self, clause: RawClause) -> None:
        """Two clauses on one line: the number behind the sentence must be the next one of the list."""
        body = clause.pieces[-1]
        if clause.kind not in ("number", "letter"):
            return
        for found in marks.INNER_LETTER.finditer(body.text, 0, INNER_WITHIN):
            opens = clause.kind == "number" and found["n"] == "а" and body.text[: found.start()].endswith(":")
            if opens or (clause.kind == "letter" and ALPHABET.find(found["n"]) == ALPHABET.find(clause.number) + 1):
                self._cut_off(clause, body, found, "letter")
                return
        number = number_above(clause)
        for pattern in (marks.INNER, marks.INNER_PLAIN):
            for found in pattern.finditer(body.text, 0, INNER_WITHIN):
                if number and follows(number, found["n"]) and not marks.REFERS.search(body.text[: found.start()]):
                    self._cut_off(clause, body, found, "number")
                    return

    def _cut_off(self, clause: RawClause, body: Healed, found: re.Match[str], kind: str) -> None:
        """What stands behind an inner number is a clause of its own."""
        clause.pieces[-1] = body.cut(0, found.start())
        mark = found.group().strip()[-1:] if found.group().strip()[-1:] in ".)" else ""
        self.begin(found["n"], kind, body.cut(found.end()), mark)
