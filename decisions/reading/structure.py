"""The decisions of one document as a tree: which lines are clauses, their numbers, levels, questions, tables. Pure.

Lines are walked once with a small state: the zone (before, hearing, decisions, signature), the question, the section,
the open clause. Rules and paths are those of gold README, section 3. Here the zones; how a line among the decisions becomes
a clause is told by `clause_lines`, where the signature begins by `signatures`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.clause_lines import ClauseLines
from decisions.reading.grammar import WORD, is_infinitive
from decisions.reading.openings import first_order
from decisions.reading.raw import Structure, give_paths
from decisions.reading.signatures import Signatures
from decisions.reading.text import Line


def read_structure(lines: Sequence[Line], *, annex: bool = False) -> Structure:
    """Walks the lines of one document; paths are given last, when it is known whether questions group the decisions."""
    structure = _Walk(lines, annex=annex).run()
    if not structure.clauses and not annex:
        start = first_order(lines)
        if start is not None:
            structure = _Walk(lines, annex=annex, opens_at=start).run()
    grouped = structure.decided > 1 and len({c.question for c in structure.clauses}) > 1
    give_paths(structure.clauses, grouped)
    return structure


class _Walk(ClauseLines):
    """The zones: what stands before the decisions, what was heard, the decisions, the signature."""

    def __init__(self, lines: Sequence[Line], *, annex: bool, opens_at: int | None = None) -> None:
        super().__init__(lines, annex=annex)
        self.opens_at = opens_at
        self.title_at: int | None = None  # the line that titles a question among dotted decisions
        self.zone = "decisions" if annex else "heading"
        self.signatures = Signatures(self.lines, self.out, annex=annex)

    def run(self) -> Structure:
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            self.at = index
            if index == self.opens_at:
                self.zone, self.question = "decisions", self.question or 1
                self.out.decided += 1
            if self.zone == "signature" and self._restarts(line):
                self.zone = "hearing"
            if self.zone == "signature":
                self.out.signature.append(line)
            elif self.zone == "decisions" and self.signatures.begins(index, self.current):
                self.zone = "signature"
                self.out.signature.append(line)
            else:
                self._line(index, line)
            index += 1
        return self.out

    def _restarts(self, line: Line) -> bool:
        return bool(marks.QUESTION.match(line.text) or re.match(r"^(?:решили|постановили)\s*:", line.text, re.I))

    def _line(self, index: int, line: Line) -> None:
        text = line.text
        if marks.SKIP.match(text.strip()):
            return
        question = marks.QUESTION.match(text) or marks.QUESTION_TITLE.match(text)
        if question and self.zone != "agenda":
            self._new_question(question)
            if question.re is marks.QUESTION:
                for other in marks.QUESTION_INSIDE.finditer(text, question.end()):
                    self._note_question(marks.question_of(other))  # several questions told in one paragraph
            decided = marks.DECIDED.search(text, question.end())
            if decided and (decided["end"] in (":",) or text.rstrip().endswith(decided.group())):
                self._open(line, decided.end())
            else:
                self.zone = "hearing"
                self.out.hearing.append(line)
            return
        if self.zone == "decisions" and self._titles_question(index, text):
            self.question = int(marks.PLAIN.match(text)["n"])  # type: ignore[index]
            self.current, self.zone = None, "hearing"
            self.out.hearing.append(line)
            return
        if self.zone == "decisions" and self._titles_dotted(index, text):
            self.question = int(marks.PLAIN.match(text)["n"])  # type: ignore[index]
            self.current = None
            self.title_at = index
            self.out.hearing.append(line)
            return
        if self.title_at is not None and self.title_at == index - 1 and marks.ONLY_NAME.match(text):
            self.out.hearing.append(line)  # who reported on the question
            return
        behind = None if self._names_paper(index, text) else self._decided(text)
        if behind is not None:
            heard = marks.HEARD.match(text)
            if heard and heard["n"] and "слушал" in marks.squeezed(heard.group()).lower():
                self.question = int(heard["n"])  # «3. Слушали … Решили:» in one paragraph
                self._note_question(self.question)
            self._open(line, behind)
            return
        if self.zone == "decisions" and marks.REPORTED.match(text) and len(text) < 200:
            self.zone = "hearing"
            self.out.hearing.append(line)
            return
        heard = marks.HEARD.match(text)
        if heard and self.zone == "heading" and re.match(r"докладчик", heard.group(), re.I):
            heard = None  # who reports stands below each point of an agenda
        if heard and heard["n"] and self.zone == "decisions" and not marks.SPEAKERS.match(text):
            heard = None  # «1. Доклад принять к сведению» among the decisions is one of them
        if heard and self.zone in ("decisions", "hearing", "agenda", "heading") and not line.is_row:
            if self.zone == "decisions" and re.match(r"^\s*(?:информаци|отметили|справк|доклад)", heard.group(), re.I):
                self.decision_line(index, line)
                return
            if heard["n"] and re.search("слушал", marks.squeezed(heard.group()).lower()):
                self.question = int(heard["n"])
                self._note_question(self.question)
            elif re.search("слушал", marks.squeezed(heard.group()).lower()) and self.zone == "decisions":
                self.question = None
            self.zone = "hearing"
            self.out.hearing.append(line)
            return
        if self.zone == "decisions":
            self.decision_line(index, line)
        elif self.zone in ("heading", "hearing") and self._opens_by_itself(text):
            self.zone = "decisions"
            self.out.decided += 1
            self.decision_line(index, line)
        elif self.zone == "hearing":
            self.out.hearing.append(line)
        else:
            self.out.heading.append(line)

    # --- where decisions begin ---

    def _decided(self, text: str) -> int | None:
        """Where the text behind a decision mark begins, or None when the line has no mark."""
        for found in marks.DECIDED.finditer(text):
            mark = marks.squeezed(found["mark"]).lower()
            before, after = text[: found.start()].strip(), text[found.end() :].strip()
            spaced = found["mark"].isupper()
            if mark.startswith("решени") and (before and not re.fullmatch(r"\d+[.)]", before)):
                continue
            if mark.startswith("решени") and after and found["end"] != ":":
                continue
            if mark.startswith(("решил", "решен", "постановил", "сделан", "былисделан", "принят", "выводы")):
                if before and not (spaced or found["end"] == ":"):
                    continue
                opens = found["end"] == ":" and not after and before.endswith((".", "!", "?", "»", ")"))
                if before and len(before) > 220 and not spaced and not opens:
                    continue
                if found["end"] != ":" and after and not re.match(r"\d+[.)]", after):
                    continue
            elif found["end"] != ":" and after and not re.match(r"\d+[.)]", after):
                continue
            heard = marks.HEARD.match(text)
            if (
                self.zone == "decisions"
                and self.current is not None
                and before
                and not spaced
                and not (heard and heard["n"])
            ):
                continue
            return found.end()
        return None

    def _opens_by_itself(self, text: str) -> bool:
        return bool(marks.OPENS.search(text)) and not marks.AGENDA.match(text)

    def _names_paper(self, index: int, text: str) -> bool:
        """«РЕШЕНИЕ КОЛЛЕГИИ» at the top is the title of the paper when a mark of its own follows below."""
        if (
            index > 12
            or self.out.clauses
            or not re.match(r"^р\s?е\s?ш\s?е\s?н\s?и\s?е(?:\s+[а-яё]+){0,3}\s*(?:№.*)?$", text.strip(), re.I)
        ):
            return False
        return any(
            (found := marks.DECIDED.search(line.text)) is not None
            and not found["mark"].lower().startswith(("решени", "р е ш е н и"))
            for line in self.lines[index + 1 : index + 60]
        )

    def _open(self, line: Line, position: int) -> None:
        self.zone = "decisions"
        self.out.decided += 1
        self.current = None
        self.layout = None
        self.section, self.section_clause = "", None
        if self.question is None and self.out.decided > 1:
            self.question = self.out.decided
        elif self.question is None:
            self.question = 1
        if self.question in self.out.questions[:-1] or (
            self.out.questions
            and self.question == self.out.questions[-1]
            and self.out.decided > len(self.out.questions)
        ):
            if not self.out.numbered_questions:
                self.question = self.out.decided
        if not self.out.questions or self.out.questions[-1] != self.question:
            self.out.questions.append(self.question)
        self.out.opened.append(self.question)
        rest = line.body.cut(position).strip(" :")
        if rest.text:
            self.item(Line(rest))

    # --- questions ---

    def _titles_question(self, index: int, text: str) -> bool:
        """«2. О безопасности (Иванова И.И.)», «3. Разное» with a decision mark of its own below: the next question."""
        found = marks.PLAIN.match(text)
        if not found or len(text) > 300 or int(found["n"]) != (self.question or 1) + 1:
            return False
        rest = text[found.end() :]
        if not re.match(r"(?:об?о?\s|разное|по\s|отч[её]т|информаци|организационн)", rest, re.I):
            return False
        if any(is_infinitive(w) for w in WORD.findall(rest)) or rest.endswith((":", ";")):
            return False
        for line in self.lines[index + 1 : index + 25]:
            below = marks.PLAIN.match(line.text)
            if below and int(below["n"]) == int(found["n"]) + 1:
                return False
            if self._decided(line.text) is not None or marks.HEARD.match(line.text):
                return True
        return False

    def _titles_dotted(self, index: int, text: str) -> bool:
        """«2. О подготовке к учебному году» above «2.1. …», where «1.1 …» stands above it: names a question, orders nothing."""
        found = marks.PLAIN.match(text)
        if not found or len(text) > 300 or not any(c.number.startswith("1.") for c in self.out.clauses[:1]):
            return False
        rest = text[found.end() :]
        if not re.match(r"(?:об?о?\s|разное|по\s|отч[её]т|информаци|организационн)", rest, re.I):
            return False
        if any(is_infinitive(w) for w in WORD.findall(rest)) or rest.rstrip().endswith((":", ";")):
            return False
        for line in self.lines[index + 1 : index + 12]:
            if marks.DOTTED.match(line.text):
                return bool(re.match(rf"{found['n']}\s?\.\s?1(?!\d)", line.text))
            if marks.PLAIN.match(line.text):
                return False
        return False

    def _new_question(self, found: re.Match[str]) -> None:
        groups = found.groupdict()
        number = (
            marks.question_of(found)
            if groups.get("n") and found.re is marks.QUESTION
            else int(groups.get("n") or groups.get("n2") or 0)
        )
        self.question = number
        self._note_question(number)
        self.current = None

    def _note_question(self, number: int) -> None:
        self.out.numbered_questions = True
        if number not in self.out.questions:
            self.out.questions.append(number)
