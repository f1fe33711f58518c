"""A table of figures that a page shows and Excel gets: the same lines, words for the one and numbers for the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from config.sheets import Column, Sheet
from monitoring.heat import fixed, percent, points

Kind = Literal["whole", "percent", "number", "points", "text"]
INSIDE = "скрыто"


@dataclass(frozen=True, slots=True)
class Head:
    title: str
    kind: Kind = "whole"
    width: float = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A line: raw values in the order of the heads (percents as per cent), None for «нет данных», a str for words as they are.

    `pk` is the school of the line; a line without one is a district, region or country. `words` stand below the name.
    """

    name: str
    values: Sequence[Any]
    pk: int | None = None
    words: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Table:
    heads: Sequence[Head]
    groups: Sequence[Line]  # district, region, country: above the schools
    lines: Sequence[Line]
    first: str = "Школа"

    @property
    def shown_groups(self) -> list[tuple[Line, list[str]]]:
        return [(line, self._shown(line)) for line in self.groups]

    @property
    def shown_lines(self) -> list[tuple[Line, list[tuple[str, str]]]]:
        """Lines with (heading, words) of each cell: a narrow screen shows the heading beside."""
        titles = [head.title for head in self.heads]
        return [(line, list(zip(titles, self._shown(line), strict=True))) for line in self.lines]

    def _shown(self, line: Line) -> list[str]:
        return [shown(value, head.kind) for value, head in zip(line.values, self.heads, strict=True)]

    def sheet(self, title: str, notes: Sequence[str]) -> Sheet:
        columns = [Column(self.first, 34), *(Column(h.title, h.width, _excel(h.kind)) for h in self.heads)]
        rows = [
            [line.name, *(_real(v, h.kind) for v, h in zip(line.values, self.heads, strict=True))]
            for line in [*self.groups, *self.lines]
        ]
        return Sheet(title, columns, rows, notes=notes)


def shown(value: Any, kind: Kind) -> str:
    """«31,2 %», «+3,0 п.п.», «—» for nothing."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    if kind == "percent":
        return percent(value)
    if kind == "points":
        return points(value)
    if kind == "number":
        return fixed(Decimal(value), 2)
    return f"{value:,}".replace(",", "\u00a0")


def _excel(kind: Kind) -> Any:
    return "number" if kind == "points" else kind


def _real(value: Any, kind: Kind) -> Any:
    if value is None or isinstance(value, str):
        return value
    return value / 100 if kind == "percent" else value


__all__ = ["INSIDE", "Head", "Kind", "Line", "Table", "shown"]
