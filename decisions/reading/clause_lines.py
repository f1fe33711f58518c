"""How a line among the decisions becomes a clause: a numbered item, a letter, a bullet, a row of a table, a paragraph. Pure.

Not all that looks like a number is one («12.03 2024», «2. 6 декабря …», «500) …» in the first lines): the list above and
the words behind tell. A table begins with a row of column names, and goes on until a paragraph stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.clause_paragraphs import ClauseParagraphs
from decisions.reading.grammar import WORD, is_infinitive
from decisions.reading.numbering import bare_numbers, follows
from decisions.reading.raw import RawClause
from decisions.reading.tables import TableRow, cells_of, read_row, row_layout
from decisions.reading.text import Healed, Line

MONTH = r"январ|феврал|март|апрел|ма[йя](?![а-яё])|июн|июл|август|сентябр|октябр|ноябр|декабр"
LARGEST_GAP = 10  # numbers a list may skip beyond 99
HEAD_LINES = 6  # printed lines that a heading of a section may take
NEAR = 200  # clauses looked back for the number a list has come to


_PARAGRAPH = re.compile(r"§\s*\d{1,3}")


class ClauseLines(ClauseParagraphs):
    """Clauses of one document's decisions, line by line."""

    def __init__(self, lines: Sequence[Line], *, annex: bool) -> None:
        super().__init__(lines, annex=annex)
        self.layout: tuple[str, ...] | None = None
        self.table_parent: RawClause | None = None
        self.bare_numbers = bare_numbers(self.lines)

    def decision_line(self, index: int, line: Line) -> None:
        """A line of the zone of decisions: a vote is none, a row belongs to its table, the rest are items."""
        text = line.text
        if marks.VOTE.match(text.strip()):
            return
        if line.is_row:
            self._row(line)
            return
        if self.layout is not None and self._title_in_table(index, text):
            return
        if self.layout is not None and not self._starts_item(text):
            # a paragraph behind a table ends it
            self.layout = None
        self.item(line)

    def _starts_item(self, text: str) -> bool:
        numbered = (marks.DOTTED, marks.PLAIN, marks.LETTER, marks.ROMAN, marks.BULLET, marks.MARKED)
        return any(p.match(text) for p in numbered) or self.at in self.bare_numbers

    def item(self, line: Line) -> None:
        """A clause by the mark at its beginning; without one it is a paragraph."""
        body = line.body
        text = body.text
        if not marks.MIXED.match(text) and self._section_title(text):
            return
        marked = marks.MARKED.match(text)
        if marked:
            number = marked["n"] or marked["n2"] or marked["n3"]
            kind = "roman" if marked["n"] and self._has_list_below() else "number"
            self.begin(number, kind, body.cut(marked.end()), (marked["end"] or marked["end2"] or "").strip()[:1])
            return
        for pattern, kind in (
            (marks.DOTTED, "number"),
            (marks.PLAIN, "number"),
            (marks.LETTER, "letter"),
            (marks.MIXED, "number"),
            (marks.ROMAN, "roman"),
            (marks.BULLET, "bullet"),
            (marks.BARE_NUMBER, "number"),
        ):
            found = pattern.match(text)
            if not found or pattern is marks.BARE_NUMBER and self.at not in self.bare_numbers:
                continue
            if kind == "number" and pattern is marks.DOTTED and not self._number_plausible(found, text):
                continue
            if kind == "number" and not self._large_number_follows(found["n"]):
                continue
            if kind == "letter" and not self._letter_plausible(found["n"]):
                continue
            number = "-" if kind == "bullet" else re.sub(r"\s", "", found["n"]).translate(str.maketrans("ІХ", "IX"))
            mark = (found.groupdict().get("end") or "").strip()[:1] if kind == "number" else ""
            self.begin(number, kind, body.cut(found.end()), mark)
            return
        self.paragraph(line)

    def _has_list_below(self) -> bool:
        """Whether paragraphs of this paper («§ 1») hold lists of their own: then each names a section."""
        return any(
            marks.PLAIN.match(line.text) and _PARAGRAPH.match(above.text)
            for above, line in zip(self.lines, self.lines[1:], strict=False)
        )

    # --- numbers ---

    def _number_plausible(self, found: re.Match[str], text: str) -> bool:
        """«2.1 Рассмотреть» is a number, «12.03 2024» and «01.09» are dates."""
        number = re.sub(r"\s", "", found["n"])
        parts = [int(p) for p in number.split(".")]
        rest = text[found.end() :]
        torn = re.search(r"\.\s+\d+$", found["n"])
        if torn and not found["end"].strip() and rest[:1].islower() and not self._next_is(number):
            return False  # «2. 6 декабря …», «3. 9 школам …»: the clause begins with a figure
        if torn and re.match(rf"\s*(?:{MONTH})", rest, re.I):
            return False
        if re.match(r"\s*(?:20\d\d|\d\d(?:\s*г|\.))", rest):
            return False
        if len(number.split(".")[1]) == 2 and number.split(".")[1].startswith("0"):
            return False
        if len(parts) == 2 and not found["end"].strip() and rest[:1].islower() and parts[0] > 12:
            return False
        return parts[0] > 0

    def _next_is(self, number: str) -> bool:
        """Whether a number is the one that follows the last numbered clause."""
        last = next((c.number for c in reversed(self.out.clauses[-NEAR:]) if c.kind == "number"), "")
        return bool(last) and follows(last, number)

    def _large_number_follows(self, printed: str) -> bool:
        """«100.» is a clause where the list has come so far; «500) …» in the first lines is a figure."""
        number = re.sub(r"\s", "", printed)
        if all(not p.isdigit() or len(p) < 3 for p in number.split(".")):
            return True
        parts = number.split(".")
        depth = max(i for i, p in enumerate(parts) if len(p) > 2)
        for clause in reversed(self.out.clauses[-NEAR:]):
            if clause.kind in ("number", "row") and clause.number:
                above = clause.number.split(".")
                if len(above) > depth and above[:depth] == parts[:depth] and above[depth].isdigit():
                    return 0 <= int(parts[depth]) - int(above[depth]) <= LARGEST_GAP
        return False

    def _letter_plausible(self, letter: str) -> bool:
        return letter == "а" or any(c.kind == "letter" for c in self.out.clauses[-40:])

    def _section_title(self, text: str) -> bool:
        """«Раздел II. Методическая работа», «III.» alone: names a section, is not a clause."""
        found = marks.ROMAN.match(text + " ") or re.match(
            r"^(?:(?:[Рр]аздел|РАЗДЕЛ|[Чч]асть|ЧАСТЬ)\s+)?(?P<n>[IVXІХ]{1,6})\s*[.)]?\s*$", text
        )
        if not found:
            return False
        rest = (text + self._printed_on()).rstrip()[found.end() :].strip()
        words = WORD.findall(rest)
        titled = not rest or (
            not rest.endswith((":", ";")) and not any(is_infinitive(w) for w in words[:12]) and len(rest) < 160
        )
        if not titled:
            return False
        self.section = found["n"].translate(str.maketrans("ІХ", "IX"))
        self.section_clause = None
        self.current = None
        return True

    def _printed_on(self) -> str:
        """The further printed lines of the paragraph that begins here: «II. Руководителям организаций, / подведомственных …:»."""
        more = ""
        for line in self.lines[self.at + 1 : self.at + HEAD_LINES]:
            if line.blank_before or line.is_row or self._starts_item(line.text):
                break
            more += f" {line.text}"
            if line.text.rstrip().endswith((":", ".", ";")):
                break
        return more

    # --- tables ---

    def _row(self, line: Line) -> None:
        cells = cells_of(line.body)
        layout = row_layout([c.text for c in cells])
        if layout is not None and self.layout is not None and layout != self.layout and "number" not in layout:
            layout = None  # inside a table words of a heading are only words
        if layout is not None:
            self.layout = layout
            self.table_parent = (
                self.current if self.current is not None and self.current.row is None else self.table_parent
            )
            if self.current is None:
                self.table_parent = None
            return
        row = read_row(cells, self.layout)
        if row is None or self._row_is_title(row, cells):
            return
        if row.continues and self.current is not None and self.current.row is not None:
            self.current.row.extend(row)
            self.current.pieces += row.words
            return
        parent = self.table_parent if self.layout is not None else None
        if self.layout is None and self.current is not None and self.current.row is None and self.current.leads_in:
            parent = self.table_parent = self.current
        elif self.layout is None and self.current is not None and self.current.row is not None:
            parent = self.current.parent
        above = self.current.row if self.current is not None else None
        if row.who is None and above is not None and self.layout is not None and row.leads_with_who:
            row.who = above.who  # one cell for several rows, printed once
        clause = RawClause(row.number or "-", "row", question=self.question, section=self.section, row=row)
        clause.pieces = list(row.words)
        clause.parent = parent
        if parent is not None:
            parent.children += 1
        self.out.clauses.append(clause)
        self.current = clause

    def _row_is_title(self, row: TableRow, cells: Sequence[Healed]) -> bool:
        """«1.», «Организация», empty cells; the next row is 1.1."""
        if not row.number or row.term or row.who or len([c for c in cells if c.text]) > 2 or len(cells) < 3:
            return False
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        return following is not None and following.is_row and _first_cell(following).startswith(f"{row.number}.")

    def _title_in_table(self, index: int, text: str) -> bool:
        """«2. Методическая работа» across a table: rows go on below it."""
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        words = WORD.findall(text)
        return (
            following is not None
            and following.is_row
            and len(text) < 140
            and not text.rstrip().endswith((":", ";"))
            and not any(is_infinitive(w) for w in words)
        )


def _first_cell(line: Line) -> str:
    return line.text.split("\t")[0].strip(" .)")
