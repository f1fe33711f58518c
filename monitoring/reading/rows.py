"""Lines of a table as rows of results: which cells are needed, what is wrong with them (README, sections 4 and 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from .cells import Figure
from .columns import Column
from .containers.grid import Line
from .context import Context
from .figures import Figures
from .model import MARKS, Facts, Form, ResultRow
from .names import Who
from .people import recovered


@dataclass
class Seen:
    """A line of the table with its cells of figures read."""

    line: Line
    who: Who
    cells: dict[int, Figure]
    split: bool = False  # the school has figures only by its classes


def with_units(figures: Figures, seen: list[Seen], form: Form) -> Figures:
    """Marks without a unit in their headings: people when they sum to the participants, per cent when to 100."""
    if figures.weak and figures.participants and len(figures.people) == 4:
        figures = _enrolment_apart(figures, seen)
    figures = below_with_unit(figures, seen)
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


def below_with_unit(figures: Figures, seen: list[Seen]) -> Figures:
    """«Не преодолели порог» without a unit is per cent where any line has a fraction: then 50 is no number of people."""
    column = figures.below
    if column is None or column.unit:
        return figures
    cells = [item.cells[column.place] for item in seen]
    if any(cell.kind == "number" and (cell.percent or cell.decimals) for cell in cells):
        return replace(figures, below=None, below_percent=figures.below_percent or column)
    return figures


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


def decimals_of(figures: Figures, seen: list[Seen]) -> int:
    cells = (item.cells[c.place] for item in seen for c in figures.percent.values())
    return min(max((cell.decimals for cell in cells if cell.kind == "number"), default=0), 6)


@dataclass
class Rows:
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
