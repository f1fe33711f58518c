"""What a form asks: single fields and tables, where each stands in the workbook, and what is wrong with an answer. Pure.

An answer is a flat mapping «place → words as typed»: the key of a field, or «table.row.column» (row from 0) for a table.
Words that cannot be understood stay as typed until a person corrects them; `values.check` tells what they mean.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KINDS: dict[str, str] = {
    "text": "текст",
    "whole": "целое число",
    "number": "число",
    "money": "сумма в рублях",
    "percent": "процент",
    "date": "дата",
    "yesno": "да / нет",
    "choice": "выбор из списка",
}
NUMERIC = frozenset({"whole", "number", "money", "percent"})
MAX_ROWS = 500  # rows a school may add to a table
MAX_FIELDS = 2_000  # single places of a form, cells of fixed tables included
TEXT_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked. `row` and `column` count from 1; 0 while a composed form has no workbook yet.

    `adds`: numbers of all who answered make a total. `low` and `high` are decimal words or empty. `sure` is false where the
    program guessed the kind and a person should look. `part_of` names a field this one may not exceed («из них»).
    """

    key: str
    label: str
    kind: str = "text"
    required: bool = True
    hint: str = ""
    low: str = ""
    high: str = ""
    choices: tuple[str, ...] = ()
    adds: bool = False
    part_of: str = ""
    sure: bool = True
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows: with `labels` the rows are fixed (`rows` are their rows in the sheet), else the school adds rows.

    An open table begins at `rows[0]` and has room for `room` rows; `closed_below` when something stands under it.
    `skip` are cells «row.column» of a fixed table that are not asked.
    """

    key: str
    title: str
    columns: tuple[Field, ...]
    labels: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    sheet: str = ""
    room: int = MAX_ROWS
    closed_below: bool = False
    required: bool = True
    skip: tuple[str, ...] = ()

    @property
    def fixed(self) -> bool:
        return bool(self.labels)

    @property
    def numeric(self) -> bool:
        return False

    def asks(self, row: int, column: Field) -> bool:
        return not self.fixed or f"{row}.{column.key}" not in self.skip

    def sheet_row(self, row: int) -> int:
        """The row of the sheet in which row `row` (from 0) stands; 0 when there is no sheet yet."""
        if not self.rows:
            return 0
        return self.rows[row] if self.fixed else self.rows[0] + row


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole form; `parts` in the order of the page."""

    parts: tuple[Field | Table, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(part for part in self.parts if isinstance(part, Field))

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(part for part in self.parts if isinstance(part, Table))

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.sheet for part in self.parts))

    @property
    def size(self) -> int:
        """How many single places the form has; an open table counts its columns once."""
        return sum(1 if isinstance(p, Field) else len(p.columns) * max(1, len(p.labels)) for p in self.parts)

    def places(self, values: Mapping[str, str]) -> Iterator[Place]:
        """Every place of the form; of an open table those rows that hold something."""
        for part in self.parts:
            if isinstance(part, Field):
                yield Place(part.key, part, None, 0)
                continue
            for row in range(rows_of(part, values)):
                for column in part.columns:
                    if part.asks(row, column):
                        yield Place(f"{part.key}.{row}.{column.key}", column, part, row)


@dataclass(frozen=True, slots=True)
class Place:
    """One place an answer fills: its key, what is asked, and, in a table, which row."""

    key: str
    field: Field
    table: Table | None
    row: int

    @property
    def heading(self) -> str:
        """How a person names it: «Учителей», «5 класс: писали», «строка 2: фамилия»."""
        if self.table is None:
            return self.field.label
        if self.table.fixed:
            return f"{self.table.labels[self.row]}: {self.field.label}"
        return f"строка {self.row + 1}: {self.field.label}"

    @property
    def sheet(self) -> str:
        return self.table.sheet if self.table else self.field.sheet

    @property
    def at(self) -> tuple[int, int]:
        """Row and column in the sheet."""
        return (self.table.sheet_row(self.row) if self.table else self.field.row), self.field.column


def rows_of(table: Table, values: Mapping[str, str]) -> int:
    """How many rows of the table an answer has: all of a fixed one, up to the last filled of an open one."""
    if table.fixed:
        return len(table.labels)
    last = 0
    for key, text in values.items():
        table_key, _, rest = key.partition(".")
        row = rest.partition(".")[0]
        if table_key == table.key and text and row.isascii() and row.isdigit():
            last = max(last, min(int(row[:6]) + 1, MAX_ROWS))
    return last


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where; `key` is the place of the form, `cell` its address in the file (both may be empty)."""

    reason: str
    sheet: str = ""
    cell: str = ""
    heading: str = ""
    value: str = ""
    key: str = ""

    def __str__(self) -> str:
        where = ", ".join(
            words
            for words in (
                f"лист «{self.sheet}»" if self.sheet else "",
                f"ячейка {self.cell}" if self.cell else "",
                f"«{self.heading}»" if self.heading else "",
            )
            if words
        )
        said = f"«{self.value[:60]}» — {self.reason}" if self.value else self.reason
        return f"{where[:1].upper()}{where[1:]}: {said}" if where else said[:1].upper() + said[1:]


def letters(column: int) -> str:
    """1 → A, 28 → AB."""
    out = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row}" if row and column else ""


def to_json(layout: Layout) -> dict[str, Any]:
    return {
        "parts": [
            {"is": "table" if isinstance(part, Table) else "field", **dataclasses.asdict(part)} for part in layout.parts
        ]
    }


def from_json(data: Mapping[str, Any]) -> Layout:
    """The layout kept by `to_json`; unknown names of a later version are left out."""
    return Layout(tuple(_part(dict(one)) for one in data.get("parts", ())))


def _part(data: dict[str, Any]) -> Field | Table:
    if data.pop("is") == "field":
        return _field(data)
    columns = tuple(_field(dict(one)) for one in data.pop("columns"))
    known = {f.name for f in dataclasses.fields(Table)}
    rest: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known}
    return Table(columns=columns, **rest)


def _field(data: dict[str, Any]) -> Field:
    known = {f.name for f in dataclasses.fields(Field)}
    kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known}
    return Field(**kept)
