"""The decisions of one document as a tree: which lines are clauses, their numbers, levels, questions, tables. Pure.

Lines are walked once with a small state: the zone (before, hearing, decisions, signature), the question, the section,
the open clause. Rules and paths are those of gold README, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.classes import names_people_or_body
from decisions.reading.grammar import PERSON, WORD, is_adjective, is_infinitive, is_noun
from decisions.reading.numbering import ALPHABET, bare_numbers, follows, number_above
from decisions.reading.openings import first_order
from decisions.reading.party_marks import ABBREVIATED
from decisions.reading.raw import RawClause, Structure, give_paths
from decisions.reading.school_lists import KIND_WORD, LEGAL
from decisions.reading.tables import TableRow, cells_of, read_row, row_layout
from decisions.reading.text import Healed, Line

MONTH = r"январ|феврал|март|апрел|ма[йя](?![а-яё])|июн|июл|август|сентябр|октябр|ноябр|декабр"
LARGEST_GAP = 10  # numbers a list may skip beyond 99
NEAR = 200  # clauses looked back for the number a list has come to
# «… имени А.С.» at the end of a line waits for the surname; «Иванова А.С.» and «по УВР.» wait for nothing.
_WAITS_FOR_SURNAME = re.compile(r"(?:(?<![а-яё])им\.|имени|(?<![А-ЯЁа-яё])[А-ЯЁ]\.)\s?(?:[А-ЯЁ]\.\s?)*$")
_WHOLE_NAME = re.compile(r"[А-ЯЁ][а-яё-]{2,}\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.$")
INNER_WITHIN = 6000  # characters of a clause in which the next number on its line is looked for


class _Walk:
    def __init__(self, lines: Sequence[Line], *, order: bool, annex: bool, opens_at: int | None = None) -> None:
        self.opens_at = opens_at
        self.lines, self.order, self.annex = list(lines), order, annex
        self.out = Structure()
        self.zone = "decisions" if annex else "heading"
        self.question: int | None = None
        self.section = ""
        self.section_clause: RawClause | None = None
        self.current: RawClause | None = None
        self.layout: tuple[str, ...] | None = None
        self.table_parent: RawClause | None = None
        self.title_open = annex
        self.surnames: set[str] = set()
        self.bare_numbers = bare_numbers(self.lines)
        self.to_split: list[RawClause] | None = None
        self.at = 0

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
            elif self._signature_begins(index):
                self.zone = "signature"
                self.out.signature.append(line)
            else:
                self._line(index, line)
            index += 1
        return self.out

    def _restarts(self, line: Line) -> bool:
        return bool(marks.QUESTION.match(line.text) or re.match(r"^(?:решили|постановили)\s*:", line.text, re.I))

    # --- zones ---

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
        behind = None if self._names_paper(index, text) else self._decided(text)
        if behind is not None:
            heard = marks.HEARD.match(text)
            if heard and heard["n"] and "слушал" in marks.squeezed(heard.group()).lower():
                self.question = int(heard["n"])  # «3. Слушали … Решили:» in one paragraph
                self._note_question(self.question)
            self._open(line, behind)
            return
        heard = marks.HEARD.match(text)
        if heard and self.zone == "heading" and re.match(r"докладчик", heard.group(), re.I):
            heard = None  # who reports stands below each point of an agenda
        if heard and heard["n"] and self.zone == "decisions" and not marks.SPEAKERS.match(text):
            heard = None  # «1. Доклад принять к сведению» among the decisions is one of them
        if heard and self.zone in ("decisions", "hearing", "agenda", "heading") and not line.is_row:
            if self.zone == "decisions" and re.match(r"^\s*(?:информаци|отметили|справк|доклад)", heard.group(), re.I):
                self._in_decisions(index, line)
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
            self._in_decisions(index, line)
        elif self.zone in ("heading", "hearing") and self._opens_by_itself(text):
            self.zone = "decisions"
            self.out.decided += 1
            self._in_decisions(index, line)
        elif self.zone == "hearing":
            self.out.hearing.append(line)
        else:
            self.out.heading.append(line)

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
            self._item(Line(rest))

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

    def _signature_begins(self, index: int) -> bool:
        if self.zone != "decisions":
            return False
        text = self.lines[index].text.strip()
        if (
            marks.AFTER.match(text)
            and not self._executor_line(index)
            and (self.out.clauses or self.annex)
            and not re.match(r"^согласован\w*\s+\w", text, re.I)
        ):
            return True
        if self.annex and not self.out.clauses:
            return False
        if self._signed_by_surname(text):
            return True
        if (
            marks.ONLY_NAME.match(text)
            and self.out.clauses
            and not self._orders_below(index)
            and not self.lines[index].is_row
            and self._no_list_open()
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

    def _executor_line(self, index: int) -> bool:
        """«Исполнитель: …» between a clause and its term or the next clause; at the end of a paper it says who typed it."""
        if not marks.TERM_LINE.match(self.lines[index].text) or self.current is None:
            return False
        around = [line.text for line in (*self.lines[max(0, index - 1) : index], *self.lines[index + 1 : index + 3])]
        return any(
            re.match(r"^\(?\s*срок", text, re.I)
            or marks.MARKED.match(text)
            or marks.PLAIN.match(text)
            or marks.DOTTED.match(text)
            for text in around
        )

    def _signed_by_surname(self, text: str) -> bool:
        """«Иванова», «вела протокол Иванова» behind the clauses: a person of the heading."""
        found = re.fullmatch(
            r"(?:(?:протокол\s+)?в[её]л[аи]?\s+(?:протокол\s+)?|председатель\s+|секретарь\s+)?([А-ЯЁ][а-яё-]+)\.?", text
        )
        if not found or not self.out.clauses:
            return False
        if not self.surnames:
            heading = " ".join(line.text for line in self.out.heading)
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

    def _no_list_open(self) -> bool:
        return not (self.current is not None and self.current.leads_in)

    # --- clauses ---

    def _in_decisions(self, index: int, line: Line) -> None:
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
        self._item(line)

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

    def _starts_item(self, text: str) -> bool:
        numbered = (marks.DOTTED, marks.PLAIN, marks.LETTER, marks.ROMAN, marks.BULLET, marks.MARKED)
        return any(p.match(text) for p in numbered) or self.at in self.bare_numbers

    def _item(self, line: Line) -> None:
        body = line.body
        text = body.text
        if not marks.MIXED.match(text) and self._section_title(text):
            return
        marked = marks.MARKED.match(text)
        if marked:
            number = marked["n"] or marked["n2"] or marked["n3"]
            self._begin(number, "number", body.cut(marked.end()), (marked["end"] or marked["end2"] or "").strip()[:1])
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
            self._begin(number, kind, body.cut(found.end()), mark)
            return
        self._plain(line)

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

    def _next_is(self, number: str) -> bool:
        """Whether a number is the one that follows the last numbered clause."""
        last = next((c.number for c in reversed(self.out.clauses[-NEAR:]) if c.kind == "number"), "")
        return bool(last) and follows(last, number)

    def _letter_plausible(self, letter: str) -> bool:
        return letter == "а" or any(c.kind == "letter" for c in self.out.clauses[-40:])

    def _section_title(self, text: str) -> bool:
        """«Раздел II. Методическая работа», «III.» alone: names a section, is not a clause."""
        found = marks.ROMAN.match(text + " ") or re.match(
            r"^(?:раздел\s+|часть\s+)?(?P<n>[IVXІХ]{1,6})\s*[.)]?\s*$", text
        )
        if not found:
            return False
        rest = text[found.end() :].strip() if found.end() <= len(text) else ""
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

    def _begin(self, number: str, kind: str, body: Healed, mark: str = "") -> None:
        if kind == "roman":
            self.section = number
            clause = RawClause(number, kind, question=self.question)
            self.section_clause = clause
            self._add(clause, body, None)
            return
        parent = self._parent_for(number, kind, mark)
        clause = RawClause(number, kind, question=self.question, section=self.section, mark=mark)
        self._add(clause, body, parent)

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

    def _plain(self, line: Line) -> None:
        """A paragraph without a mark: a tail of the open clause, an item of its list, or a clause of its own."""
        text = line.text
        node = self.current
        if marks.TERM_LINE.match(text) and node is not None and not re.match(r"^контроль\s+(?!:)", text, re.I):
            node.pieces.append(line.body)
            return
        heads = self._names_executor(text)
        if node is not None and not heads and self._continues(node, line):
            node.pieces.append(line.body)
            self._split(node)
            return
        if node is not None and node.row is not None:
            node = None
        parent: RawClause | None = None
        if node is not None:
            if heads:
                parent = self.section_clause
            elif node.leads_in and not self._is_heading_line(text):
                parent = node
            elif self._list_is_over(node, line):
                parent = self.section_clause  # the list is over
            elif node.kind in ("plain", "bullet") and node.parent is not None and not self._is_heading_line(text):
                parent = node.parent
            elif node.kind == "plain":
                parent = self.section_clause
            elif not self._own_clause(text):
                node.pieces.append(line.body)
                return
        else:
            parent = self.section_clause
        if self.annex and self._is_title(text):
            self.title_open = True
            return
        if self.annex and self.title_open and text[:1].islower() and not line.blank_before:
            return
        self.title_open = False
        clause = RawClause("-", "plain", question=self.question, section=self.section, heads=heads)
        self._add(clause, line.body, parent)

    def _orders_below(self, index: int) -> bool:
        """Whether the next line begins with an infinitive, numbered or not."""
        if index + 1 >= len(self.lines):
            return False
        text = re.sub(r"^(?:[-–—•*]|\d{1,2}(?:\.\d{1,2})*[.)]|[а-я]\))\s*", "", self.lines[index + 1].text)
        order = WORD.match(text)
        return order is not None and is_infinitive(order.group())

    def _names_executor(self, text: str) -> bool:
        """«СОШ № 4» on a line of its own above orders that name nobody: the executor of what stands below."""
        if len(text) > 120 or text.rstrip()[-1:] in ".;,:!?" or self.at + 1 >= len(self.lines):
            return False
        words = WORD.findall(text)
        if not words or any(is_infinitive(w) for w in words) or not self._orders_below(self.at):
            return False
        if PERSON.fullmatch(text.strip()) or LEGAL.match(text) or KIND_WORD.match(text):
            return True
        return text[:1].isupper() and any(
            names_people_or_body(w, case) for w in words[:3] for case in ("nomn", "datv") if not is_adjective(w, case)
        )

    def _is_heading_line(self, text: str) -> bool:
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

    def _is_title(self, text: str) -> bool:
        """A title inside an annex («Направление «…»») orders nothing and ends without a mark."""
        words = WORD.findall(text)
        return (
            text[:1].isupper()
            and text.rstrip()[-1] not in ".;,:"
            and not any(is_infinitive(w) for w in words[:3])
            and not self._is_heading_line(text)
            and not (words and is_noun(words[0], "datv") and not is_noun(words[0], "nomn"))
        )

    def _own_clause(self, text: str) -> bool:
        """Behind a numbered clause: an order of its own («Контроль … возложить», «Рекомендовать …»), not a second paragraph."""
        words = WORD.findall(text)
        if not words:
            return False
        return is_infinitive(words[0]) or re.match(r"контрол", text, re.I) is not None or self._is_heading_line(text)

    def _continues(self, node: RawClause, line: Line) -> bool:
        before, text = node.pieces[-1].text.rstrip() if node.pieces else "", line.text
        if not before:
            return True
        first = text[:1]
        ended = before[-1] in ".;:!?" and not self._abbreviated(before) or before.endswith((".»", ".)"))
        initials = _WAITS_FOR_SURNAME.search(before) is not None and not _WHOLE_NAME.search(before)
        if initials and re.match(r"[А-ЯЁ][а-яё]+", text):
            return True
        if before.endswith(("-", "–")) and not line.blank_before:
            return True
        if not ended:
            if not line.blank_before and self._head_goes_on(before, text):
                return True
            if first.islower() or first in '«"(№0123456789':
                return before[-1] != "," or not line.blank_before or node.kind == "number"
            if before[-1] == "," or re.search(
                r"(?<![а-яё])(?:и|в|на|с|со|по|для|от|к|о|об|не|из|за|до|при|или|а)$", before
            ):
                return True
            return not line.blank_before and node.kind != "plain" and not self._own_clause(text) and len(before) > 60
        if first.islower() and not line.blank_before and before[-1] != ":":
            if node.kind in ("plain", "bullet") and node.parent is not None:
                words = WORD.findall(text)
                return not (words and is_infinitive(words[0])) and before[-1] not in ";,"
            return True
        return False

    @staticmethod
    def _abbreviated(before: str) -> bool:
        """«ООШ с.» at the end of a line; not «2024 г.»"""
        return before.endswith(".") and bool(ABBREVIATED.search(before[:-1])) and not re.search(r"\d\s*г\.$", before)

    def _list_is_over(self, node: RawClause, line: Line) -> bool:
        """The last bullet has its full stop and something else begins: behind an empty line, or an order of its own where
        the bullets before it ended with «;»."""
        if node.kind != "bullet" or not line.text[:1].isupper() or not node.text.endswith("."):
            return False
        before = [
            c for c in self.out.clauses[-NEAR:] if c.parent is node.parent and c.kind == "bullet" and c is not node
        ]
        marked = bool(before) and all(c.text.rstrip().endswith((";", ",")) for c in before)
        return line.blank_before or (marked and self._own_clause(line.text))

    def _head_goes_on(self, before: str, text: str) -> bool:
        """«Руководителям СОШ № 2, СОШ с. Верхние» / «Ключи, Луговое:»: a head without its colon or order goes on to them."""
        words = WORD.findall(before)
        if not words or any(is_infinitive(w) for w in words) or not text.rstrip().endswith(":"):
            return False
        if self._is_heading_line(text) and names_people_or_body(WORD.findall(text)[0], "datv"):
            return False
        return names_people_or_body(words[0], "datv") or is_adjective(words[0], "datv")

    def _add(self, clause: RawClause, body: Healed, parent: RawClause | None) -> None:
        clause.pieces.append(body)
        clause.parent = parent
        if parent is not None:
            parent.children += 1
        self.out.clauses.append(clause)
        self.current = clause
        self._split(clause)

    def _split(self, clause: RawClause) -> None:
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
        self._begin(found["n"], kind, body.cut(found.end()), mark)

    # --- tables ---

    def _row_is_title(self, row: TableRow, cells: Sequence[Healed]) -> bool:
        """«1.», «Организация», empty cells; the next row is 1.1."""
        if not row.number or row.term or row.who or len([c for c in cells if c.text]) > 2 or len(cells) < 3:
            return False
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        return following is not None and following.is_row and _first_cell(following).startswith(f"{row.number}.")

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


def _first_cell(line: Line) -> str:
    return line.text.split("\t")[0].strip(" .)")


def read_structure(lines: Sequence[Line], *, order: bool = False, annex: bool = False) -> Structure:
    """Walks the lines of one document; paths are given last, when it is known whether questions group the decisions."""
    structure = _Walk(lines, order=order, annex=annex).run()
    if not structure.clauses and not annex:
        start = first_order(lines)
        if start is not None:
            structure = _Walk(lines, order=order, annex=annex, opens_at=start).run()
    grouped = structure.decided > 1 and len({c.question for c in structure.clauses}) > 1
    give_paths(structure.clauses, grouped)
    return structure
