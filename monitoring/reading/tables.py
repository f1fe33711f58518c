"""Tables with schools in lines and figures in columns: ФИС ОКО, РЦОИ, home-made (README, sections 3–5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from .cells import Figure, figure, words
from .containers.grid import Line
from .context import Context, Names, Who, is_numbering
from .header import Clue, clue_of, facts_of, plain
from .headings import FIGURES, Column, key_of, normal
from .model import MARKS, Facts, Form, ResultRow, ResultTable
from .people import recovered


@dataclass
class Figures:
    """The columns of figures of one exam."""

    participants: Column | None = None
    weak: bool = False
    people: dict[str, Column] = field(default_factory=dict)
    percent: dict[str, Column] = field(default_factory=dict)
    unknown: dict[str, Column] = field(default_factory=dict)
    mean: Column | None = None
    below: Column | None = None
    below_percent: Column | None = None
    label: tuple[str, ...] = ()

    @property
    def all(self) -> list[Column]:
        alone = (self.participants, self.mean, self.below, self.below_percent)
        return [
            c for c in (*alone, *self.people.values(), *self.percent.values(), *self.unknown.values()) if c is not None
        ]


def groups_of(columns: Sequence[Column]) -> list[list[Column]] | None:
    """Columns of figures parted by exam: by their upper headings when one exam would have a column twice. None: unclear."""
    figures = [c for c in columns if c.kind in FIGURES]
    if not _repeated(figures):
        return [figures]
    for depth in range(3):
        labels: dict[tuple[str, ...], list[Column]] = {}
        for column in figures:
            path = tuple(normal(part) for part in column.path)
            labels.setdefault(path[: depth + 1] if len(path) > depth + 1 else (), []).append(column)
        shared = labels.pop((), [])
        if len(labels) >= 2 and not any(_repeated(group) for group in labels.values()) and not _repeated(shared):
            return [[*[s for s in shared if not _has(group, s)], *group] for group in labels.values()]
    return None


def _repeated(columns: Iterable[Column]) -> bool:
    keys = Counter((c.kind, c.unit, c.mark) for c in columns if c.kind in ("mark", "below", "participants", "mean"))
    unitless = Counter((c.kind, c.mark) for c in columns if c.kind == "mark")
    return any(n > 1 for n in keys.values()) or any(n > 2 for n in unitless.values())


def _has(group: Sequence[Column], column: Column) -> bool:
    return any(c.kind == column.kind and c.mark == column.mark for c in group)


def figures_of(group: Sequence[Column]) -> Figures | None:
    """The columns of one exam by their meaning; None when a unit or a column cannot be told."""
    out = Figures()
    for column in group:
        if column.kind == "mark":
            if column.unit == "both":
                return None
            side = {"people": out.people, "percent": out.percent}.get(column.unit, out.unknown)
            if column.mark in side:
                return None
            side[column.mark] = column
        elif column.kind == "mean":
            out.mean = out.mean or column
        elif column.kind == "below":
            if column.unit == "percent":
                out.below_percent = out.below_percent or column
            elif column.unit != "both":
                out.below = out.below or column
    strong = [c for c in group if c.kind == "participants"]
    weak = [c for c in group if c.kind == "weak"]
    if len(strong) > 1:
        wrote = [c for c in strong if re.search(r"писал|писавш|выполн|сдавал|явил", plain(c.title))]
        if len(wrote) != 1:
            return None
        strong = wrote
    if strong:
        out.participants = strong[0]
    elif len(weak) == 1:
        out.participants, out.weak = weak[0], True
    elif len(weak) > 1:
        total = [c for c in weak if re.search(r"всего", plain(c.title))]
        if len(total) != 1:
            return None
        out.participants, out.weak = total[0], True
    out.label = tuple(dict.fromkeys(part for c in group for part in c.path[:-1] if c.kind in FIGURES))
    return out


@dataclass
class Seen:
    """A line of the table with its cells of figures read."""

    line: Line
    who: Who
    cells: dict[int, Figure]


def read_group(
    context: Context,
    columns: Sequence[Column],
    group: Sequence[Column],
    body: Sequence[Line],
    clue: Clue,
    form: Form | None,
    first_line: int,
) -> list[ResultTable]:
    """One exam of a panel: one table, or several where a column names the subject or the grade of each line."""
    figures = figures_of(group)
    key = key_of(columns)
    label = clue_of(figures.label) if figures is not None else Clue()
    clue = label.over(clue)
    if figures is None or not (
        figures.people or figures.percent or figures.unknown or figures.mean or figures.below or figures.below_percent
    ):
        return [unclear(context, clue, form, key, first_line)]
    first_figure = min((c.place for c in columns if c.kind in FIGURES), default=0)
    splitters = {
        kind: next((c.place for c in columns if c.kind == kind), None) for kind in ("subject", "class", "procedure")
    }
    names = Names.of(
        context, columns, first_figure, fill=splitters["subject"] is not None or splitters["class"] is not None
    )
    seen = list(_lines(names, figures, body))
    parts = _parted(names, seen, splitters, clue)
    out = []
    for part, lines, classes in parts:
        facts = _with_level(facts_of(part), figures)
        out.append(_table(context, figures, lines, facts, form, key, first_line, classes))
    return out


def read_figures(
    context: Context, columns: Sequence[Column], figures: Figures, body: Sequence[Line], facts: Facts, key: str
) -> list[ResultTable]:
    """A table whose columns a person has named: the facts are the person's, a column of subjects or classes parts it."""
    first_figure = min((c.place for c in figures.all), default=0)
    splitters = {
        kind: next((c.place for c in columns if c.kind == kind), None) for kind in ("subject", "class", "procedure")
    }
    names = Names.of(
        context, columns, first_figure, fill=splitters["subject"] is not None or splitters["class"] is not None
    )
    clue = Clue(facts.procedure, facts.school_year, None, facts.date, facts.subject, facts.grade, facts.level)
    line = body[0][0] if body else 1
    return [
        _table(context, figures, seen, _with_level(facts_of(part), figures), None, key, line, classes)
        for part, seen, classes in _parted(names, list(_lines(names, figures, body)), splitters, clue)
    ]


def unclear(context: Context, clue: Clue, form: Form | None, key: str, line: int) -> ResultTable:
    """A table whose columns a person must name: no figure is taken from it."""
    context.note(
        "needs_mapping",
        "error",
        "Столбцы таблицы нельзя понять однозначно. Укажите, где школа, участники и отметки.",
        line,
    )
    return ResultTable(form or "plain_table", facts_of(clue), (), context.sheet.name, line, key, needs_mapping=True)


def _lines(names: Names, figures: Figures, body: Sequence[Line]) -> Iterable[Seen]:
    places = [c.place for c in figures.all]
    for line in body:
        if is_numbering(line):
            continue
        cells = {place: figure(line[1].get(place)) for place in places}
        has = any(cell.kind in ("number", "dash") for cell in cells.values())
        who = names.who(line, figures=has)
        if who is not None:
            yield Seen(line, who, cells)


def _parted(
    names: Names, seen: list[Seen], splitters: dict[str, int | None], clue: Clue
) -> list[tuple[Clue, list[Seen], bool]]:
    """Lines by subject and grade where columns name them; the last value says that several lines of a school are classes."""
    subject, grade = splitters["subject"], splitters["class"]
    procedure = splitters["procedure"]
    if subject is None and grade is None and procedure is None:
        return [(clue, seen, False)]
    parts: dict[tuple[str, str, str], list[Seen]] = {}
    lettered = False
    for item in seen:
        values = [" ".join(words(names.cell(item.line, place)).split()) for place in (procedure, subject, grade)]
        found = re.fullmatch(r"(\d{1,2})\s*-?\s*[«\"(]?([а-яёa-z]?)[»\")]?(?:\s*кл\w*\.?)?", values[2], re.IGNORECASE)
        lettered |= bool(found and found[2])
        values[2] = found[1] if found else ""  # «всего», «все классы», a blank: the school as a whole
        key = (plain(values[0]), _subject_key(values[1]), values[2] if clue.procedure not in ("ОГЭ", "ЕГЭ") else "")
        parts.setdefault(key, []).append(item)
    if grade is not None:
        parts = _with_wholes(parts)
    total = [item for key, items in parts.items() if not any(key) for item in items]
    if all(item.who.group != "school" for item in total) and len(parts) > 1:
        parts = {key: items for key, items in parts.items() if any(key)}  # a total over different exams means nothing
    out = []
    for (proc, name, number), items in parts.items():
        own = clue_of([proc, name]) if proc or name else Clue()
        if name and own.subject is None:
            own = replace(own, several_subjects=True)
        if number.isdigit():
            own = replace(own, grade=int(number))
        whole = own.over(clue)
        classes = grade is not None and lettered
        out.append((whole, items, classes))
    return out or [(clue, [], False)]


def _with_wholes(parts: dict[tuple[str, str, str], list[Seen]]) -> dict[tuple[str, str, str], list[Seen]]:
    """Lines of a school as a whole stand among those of its classes: then they speak for the school, the classes do not."""
    out = dict(parts)
    for key, wholes in parts.items():
        others = [other for other in parts if other[:2] == key[:2] and other[2]]
        if key[2] or len(others) != 1:
            continue
        told = {w.who.found.entry.canonical for w in wholes if w.who.found and w.who.found.entry}
        kept = [
            s
            for s in parts[others[0]]
            if not (s.who.found and s.who.found.entry and s.who.found.entry.canonical in told)
        ]
        out[others[0]] = sorted([*kept, *wholes], key=lambda s: s.line[0])
        del out[key]
    return out


def _subject_key(said: str) -> str:
    """«математика» and «Математика » are one subject; its level stays apart."""
    clue = clue_of([said]) if said else Clue()
    return f"{clue.subject} {clue.level or ''}".strip() if clue.subject else plain(said)


def _with_level(facts: Facts, figures: Figures) -> Facts:
    """ЕГЭ математика without a printed level: only the base exam has marks, only the other one a score and a minimum."""
    if facts.procedure != "ЕГЭ" or facts.subject != "Математика" or facts.level is not None:
        return facts
    if len({*figures.people, *figures.percent, *figures.unknown}) == 4:
        return replace(facts, level="база")
    return facts


def _table(
    context: Context,
    figures: Figures,
    seen: list[Seen],
    facts: Facts,
    form: Form | None,
    key: str,
    first_line: int,
    classes: bool,
) -> ResultTable:
    context.begin()
    if form is None:
        form = "rcoi_table" if facts.procedure in ("ОГЭ", "ЕГЭ") else "plain_table"
    figures = _with_units(figures, seen, form)
    marks = {*figures.people, *figures.percent}
    if marks and len(figures.people) < 4 and len(figures.percent) < 4:
        said = ", ".join(f"«{mark}»" for mark in sorted(marks))
        context.note(
            "partial_marks", "warning", f"Есть столбцы только отметок {said}: числа по отметкам не взяты.", first_line
        )
    many = _many(seen) if classes else set()
    reader = _Rows(context, figures, facts, form, _decimals(figures, seen))
    rows: list[ResultRow] = []
    told: set[str] = set()
    for item in seen:
        entry = item.who.found.entry if item.who.found else None
        if entry is not None and entry.canonical in many:
            if entry.canonical not in told:
                told.add(entry.canonical)
                context.note(
                    "class_rows",
                    "error",
                    f"«{entry.canonical}» напечатана по классам. Строки классов не складываются: нужна строка по школе.",
                    item.line[0],
                )
                rows.append(reader.blank(item))
            continue
        rows.append(reader.row(item))
        reader.tell_of_mean(item)
    return ResultTable(form, facts, tuple(without_doubles(context, rows)), context.sheet.name, first_line, key)


def _many(seen: list[Seen]) -> set[str]:
    """Schools with more than one line."""
    names = Counter(s.who.found.entry.canonical for s in seen if s.who.found and s.who.found.entry)
    return {name for name, n in names.items() if n > 1}


def without_doubles(context: Context, rows: Iterable[ResultRow]) -> list[ResultRow]:
    """The first line of a school stands; a later one is told about and left out."""
    first: dict[str, ResultRow] = {}
    out = []
    for row in rows:
        if row.group == "school" and row.school is not None:
            known = first.setdefault(row.school, row)
            if known is not row:
                same = known.figures == row.figures
                context.forget(row.line)
                context.note(
                    "duplicate_row",
                    "warning" if same else "error",
                    f"«{row.school}» уже есть в строке {known.line}; "
                    + ("числа те же." if same else "числа другие, взята первая строка."),
                    row.line,
                )
                continue
        out.append(row)
    return out


def _with_units(figures: Figures, seen: list[Seen], form: Form) -> Figures:
    """Marks without a unit in their headings: people when they sum to the participants, per cent when to 100."""
    if figures.weak and figures.participants and len(figures.people) == 4:
        figures = _enrolment_apart(figures, seen)
    if not figures.unknown:
        return figures
    if form == "fisoko_marks":
        return replace(figures, percent={**figures.unknown, **figures.percent}, unknown={})
    people = percent = 0
    whole = True
    for item in seen:
        cells = [item.cells[c.place] for c in figures.unknown.values()]
        if any(cell.kind != "number" for cell in cells):
            continue
        total = sum((cell.value for cell in cells), Decimal(0))
        number = item.cells[figures.participants.place].people if figures.participants else None
        slack = Decimal("0.5") if any(c.decimals for c in cells) else Decimal(2)
        whole &= all(cell.people is not None for cell in cells)
        if any(cell.percent for cell in cells):
            percent += 1
        elif all(cell.people is not None for cell in cells) and number is not None and total == number:
            people += 1
        elif len(cells) == 4 and abs(total - 100) <= slack:
            percent += 1
    if percent > people or (people == 0 and not whole):
        return replace(figures, percent={**figures.unknown, **figures.percent}, unknown={})
    return replace(figures, people={**figures.unknown, **figures.people}, unknown={})


def _enrolment_apart(figures: Figures, seen: list[Seen]) -> Figures:
    """«Кол-во обучающихся» that the marks never fill is the list of the class, not the participants."""
    fits = exceeds = 0
    for item in seen:
        total = item.cells[figures.participants.place].people if figures.participants else None
        marks = [item.cells[c.place].people for c in figures.people.values()]
        if total is None or any(m is None for m in marks):
            continue
        written = sum(m or 0 for m in marks)
        fits += written == total
        exceeds += written > total
    if fits * 2 >= len(seen) or exceeds:
        return figures
    return replace(figures, participants=None)


def _decimals(figures: Figures, seen: list[Seen]) -> int:
    cells = (item.cells[c.place] for item in seen for c in figures.percent.values())
    return min(max((cell.decimals for cell in cells if cell.kind == "number"), default=0), 6)


@dataclass
class _Rows:
    """Lines as rows of results: which cells are needed, what is wrong with them (README, sections 4 and 5)."""

    context: Context
    figures: Figures
    facts: Facts
    form: Form
    decimals: int

    def blank(self, item: Seen) -> ResultRow:
        entry = item.who.found.entry if item.who.found else None
        if item.who.group == "school" and entry is None:
            reason = item.who.found.reason if item.who.found else ""
            self.context.note("unknown_school", "error", reason, item.line[0], value=item.who.name)
        return ResultRow(
            item.who.group,
            entry.canonical if entry else None,
            item.who.name,
            item.line[0],
            key=entry.key if entry else None,
        )

    def row(self, item: Seen) -> ResultRow:
        row = self.blank(item)
        cells, f = item.cells, self.figures
        marks = f.people if len(f.people) == 4 else f.percent if len(f.percent) == 4 else {}
        below = (f.below or f.below_percent) if self.facts.procedure == "ЕГЭ" else None
        needed = [*marks.values(), *([below] if below else [])]
        mean = self._mean(item)
        if mean is not None:
            row = replace(row, mean_score=mean)
        number, row = self._participants(item, row, needed)
        if number is None:
            return row
        for column in needed:
            cell = cells[column.place]
            if cell.kind != "number" or (column.unit == "people" and cell.people is None) or cell.value < 0:
                self._bad(item, column)
                return replace(row, below_minimum=self._printed_below(item))
        row = self._counts(item, row, number, marks)
        return self._below(item, row, number, below, marks)

    def _printed_below(self, item: Seen) -> int | None:
        """People below the minimum as printed in a line whose other figures are spoiled."""
        if self.facts.procedure != "ЕГЭ" or self.figures.below is None:
            return None
        return item.cells[self.figures.below.place].people

    def _participants(self, item: Seen, row: ResultRow, needed: list[Column]) -> tuple[int | None, ResultRow]:
        """The number of participants, or None when the row is finished without it."""
        cells, column = item.cells, self.figures.participants
        filled = [cells[c.place] for c in needed if cells[c.place].kind in ("number", "bad")]
        real = any(cell.kind == "bad" or cell.value > 0 for cell in filled)
        if column is None:
            marks = [cells[c.place].people for c in self.figures.people.values()]
            if len(marks) == 4 and all(m is not None for m in marks):
                total = sum(m or 0 for m in marks)
                return (total, replace(row, participants=total)) if total else (None, self._none(item, row, 0))
            if filled:
                bad = next((c for c in needed if cells[c.place].kind != "number"), None)
                if bad is not None:
                    self._bad(item, bad)
                return None, row
            has_mean = row.mean_score is not None
            return None, row if has_mean else self._none(item, row, None)
        cell = cells[column.place]
        if cell.kind in ("blank", "dash"):
            if real:
                self._bad(item, column)
                return None, replace(row, below_minimum=self._printed_below(item))
            return None, self._none(item, row, None)
        number = cell.people
        if number is None:
            self._bad(item, column)
            return None, replace(row, below_minimum=self._printed_below(item))
        row = row.with_people(number)
        if number == 0:
            people = [cells[c.place] for c in self.figures.people.values()]
            if len(people) == 4 and any(c.kind == "number" and c.value > 0 for c in people):
                self._mismatch(item, "участников 0, а отметки есть")
                return None, row
            return None, self._none(item, row, 0)
        return number, row

    def _counts(self, item: Seen, row: ResultRow, number: int, marks: dict[str, Column]) -> ResultRow:
        if len(marks) != 4:
            return row
        cells = item.cells
        values = [cells[marks[m].place] for m in MARKS]
        if marks is self.figures.people:
            counts = [v.people or 0 for v in values]
            if sum(counts) != number:
                self._mismatch(item, f"сумма отметок {sum(counts)}, а участников {number}")
                return row
            return row.with_people(number, dict(zip(MARKS, counts, strict=True)))
        shares = [v.value for v in values]
        outcome, people = recovered(shares, number, self.decimals)
        if outcome == "exact":
            return row.with_people(number, dict(zip(MARKS, people, strict=True)))
        if outcome == "undetermined":
            if number < 10_000:
                self.context.note(
                    "rounded_shares",
                    "warning",
                    f"Проценты округлены слишком грубо, чтобы узнать число людей из {number}.",
                    item.line[0],
                )
            return replace(row, shares=dict(zip(MARKS, shares, strict=True)))
        self._mismatch(item, f"проценты не дают целого числа людей при {number} участниках")
        return row

    def _below(
        self, item: Seen, row: ResultRow, number: int, below: Column | None, marks: dict[str, Column]
    ) -> ResultRow:
        if self.facts.procedure != "ЕГЭ":
            return row
        if len(marks) == 4 and self.facts.level == "база":
            return replace(row, below_minimum=row.counts["2"] if row.counts else None)
        if below is None:
            return row
        cell = item.cells[below.place]
        people = cell.people if self.figures.below is below else None
        if self.figures.below is not below:
            other = Decimal(100) - cell.value
            outcome, pair = recovered((cell.value, other), number, max(cell.decimals, 2))
            people = pair[0] if outcome == "exact" else None
            if outcome == "mismatch":
                self._mismatch(item, f"доля не преодолевших порог не даёт целого числа людей при {number} участниках")
        if people is not None and people > number:
            self._mismatch(item, f"не преодолели порог {people}, а участников {number}")
            return replace(row, counts=None)
        return replace(row, below_minimum=people)

    def _mean(self, item: Seen) -> Decimal | None:
        column = self.figures.mean
        if column is None:
            return None
        cell = item.cells[column.place]
        return cell.value if cell.kind == "number" and not cell.percent and 0 <= cell.value <= 100 else None

    def tell_of_mean(self, item: Seen) -> None:
        """A broken mean spoils no counts, but it is told about when nothing else in the line was."""
        column = self.figures.mean
        if column is not None and item.cells[column.place].kind == "bad" and not self.context.told(item.line[0]):
            self._bad(item, column)

    def _none(self, item: Seen, row: ResultRow, participants: int | None) -> ResultRow:
        self.context.note("no_participants", "warning", "Участников нет.", item.line[0])
        return row.without_figures(participants)

    def _bad(self, item: Seen, column: Column) -> None:
        cell = item.cells[column.place]
        what = {"blank": "пустая ячейка", "dash": "прочерк"}.get(cell.kind, f"не число: «{cell.shown}»")
        self.context.note(
            "bad_number", "error", f"Столбец «{column.title}»: {what}.", item.line[0], column.title, cell.shown
        )

    def _mismatch(self, item: Seen, what: str) -> None:
        self.context.note("sum_mismatch", "error", f"Числа не сходятся: {what}.", item.line[0])


def half_up(value: Decimal, places: int = 2) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
