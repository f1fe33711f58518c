"""Rows of tables as clauses: which column says what is to be done, by when, by whom; tables of appointments. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from decisions.reading.grammar import PERSON, WORD, is_infinitive
from decisions.reading.text import Healed

_COLUMNS = (
    ("number", re.compile(r"^(?:№|n)\s*(?:п\s*/?\s*п|пп|п\.?\s?п\.?|пункта)?\.?$|^п\s*/\s*п$|^№\s*\w*$", re.I)),
    (
        "term",
        re.compile(
            r"срок|^дат[аы](?:\s+(?:исполнения|проведения|представления|выполнения|и\s+время|окончания))?\b|когда|^период|до\s+какого",
            re.I,
        ),
    ),
    ("who", re.compile(r"ответственн|исполнител|^кто(?![а-яё])|кому|^отв\.?$|участник|исполняет|отвечает", re.I)),
    ("post", re.compile(r"должност|место\s+работы", re.I)),
    (
        "action",
        re.compile(
            r"мероприят|решени|поручени|содержани|задач|наименование\s+(?:мероприят|работ|поруч)|(?:^|\s)что(?:\s+(?:сделать|необходимо|решено|поручено))?(?![а-яё])|формулировк|текст\s+(?:пункта|решения|поручения)|проводим|работ[аы]?$|^тема|действи|вид\s+деятельности|рекомендаци|пункт|предложени|меры",
            re.I,
        ),
    ),
    ("result", re.compile(r"результат|отч[её]т|(?<![а-яё])форма(?![а-яё])|отметка|примечани|подтвержд", re.I)),
    ("person", re.compile(r"куратор|наставник|ф\.?\s?и\.?\s?о|фамилия|специалист|методист|координатор", re.I)),
    ("school", re.compile(r"школ|организаци|учрежден|оо$|оу$", re.I)),
)


_COLUMN = dict(_COLUMNS)


@dataclass
class TableRow:
    """One row: `words` say what is to be done; `term` and `who` are cells of their own columns. `people` for appointments."""

    number: str
    words: list[Healed]
    term: Healed | None = None
    who: Healed | None = None
    appointment: bool = False
    continues: bool = False
    leads_with_who: bool = False  # who is responsible stands left of what is to be done: rows are grouped by it
    beside_who: bool = False  # the table has a column for who is responsible, though this row's cell may be empty
    cells: list[Healed] = field(default_factory=list)

    def extend(self, other: TableRow) -> None:
        """A row without number and words goes on with the one above (merged cells, page breaks)."""
        self.words += other.words
        self.term = self.term or other.term
        if other.who is not None:
            self.who = (
                other.who
                if self.who is None
                else Healed(
                    self.who.text + ", " + other.who.text,
                    [*self.who.origin, self.who.origin[-1], self.who.origin[-1], *other.who.origin],
                )
            )


def row_layout(cells: Sequence[str]) -> tuple[str, ...] | None:
    """What the columns of a heading row hold, or None when the row is no heading."""
    if cells and re.fullmatch(r"\s*\d{1,3}(?:\.\d{1,2})*[.)]?\s*", cells[0]):
        return None
    names = []
    for cell in cells:
        text = " ".join(cell.split())
        if len(text) > 70 or re.search(r"\d{2}\.\d{2}|\.\s+[А-Я]", text):
            return None
        if text and _COLUMN["term"].search(text) and _COLUMN["who"].search(text):
            names.append("both")  # «Исполнитель, срок» in one column
            continue
        names.append(
            next((name for name, pattern in _COLUMNS if text and pattern.search(text)), "other" if text else "")
        )
    known = [n for n in names if n not in ("other", "")]
    known += ["who", "term"] if "both" in known else []
    if len(set(known)) < 2 or not ({"action", "person", "who", "school"} & set(known)):
        return None
    if any(PERSON.search(c) for c in cells) or len([c for c in cells if len(c.split()) > 8]):
        return None
    if "action" not in known and "term" in known:
        rest = [i for i, n in enumerate(names) if n == "other"]
        if rest:
            names[rest[0]] = "action"
    return tuple(names)


def read_row(cells: Sequence[Healed], layout: tuple[str, ...] | None) -> TableRow | None:
    """A row by its table's layout; without one, by what the cells look like."""
    full = [c.text for c in cells if c.text]
    if not full or len(full) > 2 and len(set(full)) == 1:
        return None  # empty, or a title whose merged cell is printed in every column
    if layout is None or len(cells) > len(layout):
        return _guessed(cells)
    named = list(zip(layout, cells, strict=False))
    number = next((c.text.strip(" .)") for n, c in named if n == "number"), "")
    number = number if re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){0,3}", number) else ""
    action = [c for n, c in named if n == "action" and c.text]
    if "action" in layout:
        term = next((c for n, c in named if n == "term" and c.text), None)
        who = next((c for n, c in named if n in ("who", "person") and c.text), None)
        if who is None:
            who = next((c for n, c in named if n == "school" and c.text), None)
        both = next((c for n, c in named if n == "both" and c.text), None)
        term, who = term or both, who or both
        if not action:
            continues = bool(term or who) and not number
            return TableRow(number, [], term, who, continues=True) if continues else None
        titled = layout.index("action") == 0 or len(cells) <= layout.index("action") or cells[0].text
        if not number and not term and not who and titled and len([c for c in cells if c.text]) == 1:
            return None  # a title across the table
        if "number" in layout and not number and not term and not who:
            opening = " ".join(c.text for c in action).lstrip()
            if opening[:1].islower():
                return TableRow("", action, continues=True)  # the cell goes on in the next printed row
            if len([c for c in cells if c.text]) == 1 and _titles(opening):
                return None
        who_at = next((i for i, n in enumerate(layout) if n in ("who", "person", "both")), len(layout))
        return TableRow(
            number,
            action,
            term,
            who,
            beside_who=who_at < len(layout),
            leads_with_who=who_at < layout.index("action"),
        )
    return _appointment(number, [c for n, c in named if n != "number" and c.text])


def _titles(text: str) -> bool:
    """«II. Методическая помощь» across a table: few words, no order, no full stop."""
    words = WORD.findall(text)
    return 0 < len(words) <= 14 and not text.rstrip().endswith((".", ";")) and not any(is_infinitive(w) for w in words)


def _appointment(number: str, cells: list[Healed]) -> TableRow | None:
    if not cells:
        return None
    words: list[Healed] = []
    for index, cell in enumerate(cells):
        if index:
            place = cell.origin[0] if cell.origin else 0
            words.append(Healed("–", [place]))
        words.append(cell)
    return TableRow(number, words, appointment=True, cells=cells)


def _guessed(cells: Sequence[Healed]) -> TableRow | None:
    """Without a heading: a short number, the longest cell is what is to be done, then a term, then who."""
    full = [c for c in cells if c.text]
    number = ""
    if full and re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){0,3}[.)]?", full[0].text.strip()):
        number = full[0].text.strip(" .)")
        full = full[1:]
    if not full:
        return None
    if any(PERSON.search(c.text) for c in full) and not any(len(c.text.split()) > 6 for c in full):
        return _appointment(number, full)
    if len(full) == 1:
        return TableRow(number, full) if number else None
    action = max(full, key=lambda c: len(c.text))
    rest = [c for c in full if c is not action]
    term = next(
        (
            c
            for c in rest
            if re.search(
                r"\d|постоянно|ежемесяч|ежекварт|в\s+течение|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр",
                c.text,
                re.I,
            )
            and not PERSON.search(c.text)
        ),
        None,
    )
    who = next((c for c in rest if c is not term), None)
    return TableRow(number, [action], term, who)


def cells_of(body: Healed) -> list[Healed]:
    out, position = [], 0
    for piece in body.text.split("\t"):
        out.append(body.cut(position, position + len(piece)).strip())
        position += len(piece) + 1
    return out
