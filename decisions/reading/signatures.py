"""Where the signature begins below the decisions: a post and a name, a name alone, a surname of the heading. Pure.

A name on a line of its own may as well be a party of the list that is open above it, and «Исполнитель: …» may belong to the
clause: the lines around and the open clause tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.grammar import PERSON, WORD, is_infinitive
from decisions.reading.openings import orders_below
from decisions.reading.raw import RawClause, Structure
from decisions.reading.text import Line


class Signatures:
    """Looks at one line at a time; `structure` is what the walk has found above it."""

    def __init__(self, lines: Sequence[Line], structure: Structure, *, annex: bool) -> None:
        self.lines, self.structure, self.annex = lines, structure, annex
        self.surnames: set[str] = set()

    def begins(self, index: int, current: RawClause | None) -> bool:
        """Whether the signature begins with this line; `current` is the clause open above it."""
        text = self.lines[index].text.strip()
        if (
            marks.AFTER.match(text)
            and not self._executor_line(index, current)
            and (self.structure.clauses or self.annex)
            and not re.match(r"^согласован\w*\s+\w", text, re.I)
        ):
            return True
        if self.annex and not self.structure.clauses:
            return False
        if self._signed_by_surname(text):
            return True
        if (
            marks.ONLY_NAME.match(text)
            and self.structure.clauses
            and not orders_below(self.lines, index)
            and not self.lines[index].is_row
            and not (current is not None and current.leads_in)
            and not self._goes_on(index)
        ):
            return True
        post = marks.SIGN_POST.match(text)
        if not post or len(text) > 170:
            return False
        if (
            any(is_infinitive(w) for w in WORD.findall(text))
            or text.endswith((":", ";"))
            and not re.match(r"^(?:председател|секретар|руководител)[а-яё\s]*:$", text, re.I)
        ):
            return False
        if marks.SIGN_NAME.search(text):
            return True
        for line in self.lines[index + 1 : index + 5]:
            following = line.text.strip()
            if marks.ONLY_NAME.match(following) or (len(following) < 130 and marks.SIGN_NAME.search(following)):
                return not re.match(r"^\d", following)
            if len(following) > 110 or marks.PLAIN.match(following) or marks.DOTTED.match(following):
                return False
        return (
            bool(re.fullmatch(r"(?:председатель|секретарь|директор|начальник|глава)[\sа-яё]*[_\s:]*", text, re.I))
            and len(text) < 60
        )

    def _executor_line(self, index: int, current: RawClause | None) -> bool:
        """«Исполнитель: …» between a clause and its term or the next clause; at the end of a paper it says who typed it."""
        text = self.lines[index].text
        if current is None or not (marks.TERM_LINE.match(text) or re.match(r"исп\.\s*[:–—-]?\s*[А-ЯЁ]", text, re.I)):
            return False
        if not re.search(r"\d[\d\s-]{4,}\s*$|(?<![а-яё])тел", text) and self._signed_below(index):
            return True  # who typed it stands below the signature
        around = [line.text for line in (*self.lines[max(0, index - 1) : index], *self.lines[index + 1 : index + 3])]
        return any(
            re.match(r"^\(?\s*срок", text, re.I)
            or marks.MARKED.match(text)
            or marks.PLAIN.match(text)
            or marks.DOTTED.match(text)
            for text in around
        )

    def _signed_below(self, index: int) -> bool:
        """Whether a post and a name, or a name alone, stand a few lines below."""
        return any(
            marks.ONLY_NAME.match(text) or marks.SIGN_POST.match(text) and marks.SIGN_NAME.search(text)
            for text in (line.text.strip() for line in self.lines[index + 1 : index + 6])
        )

    def _signed_by_surname(self, text: str) -> bool:
        """«Иванова», «вела протокол Иванова» behind the clauses: a person of the heading."""
        found = re.fullmatch(
            r"(?:(?:протокол\s+)?в[её]л[аи]?\s+(?:протокол\s+)?|председатель\s+|секретарь\s+)?([А-ЯЁ][а-яё-]+)\.?", text
        )
        if not found or not self.structure.clauses:
            return False
        if not self.surnames:
            heading = " ".join(line.text for line in self.structure.heading)
            self.surnames = {
                w for m in PERSON.finditer(heading) for w in re.findall(r"[А-ЯЁ][а-яё-]{2,}", m.group())[:1]
            } or {""}
        return found[1] in self.surnames

    def _goes_on(self, index: int) -> bool:
        """«… возложить на» at the end of a line: the name below belongs to the clause."""
        before = self.lines[index - 1].text.strip() if index else ""
        return not self.lines[index].blank_before and bool(
            re.search(r"(?:^|\s)(?:на|с|со|и|от|за|возложить|возлагаю|поручить|назначить)$", before)
        )
