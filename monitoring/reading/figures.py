"""The columns of figures of one exam: which is which, and how exams that stand side by side are parted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .cells import Figure, figure, people_and_share
from .columns import FIGURES, Column, normal
from .containers.grid import Value
from .header import plain


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

    def read(self, column: Column, value: Value) -> Figure:
        """A cell of one of the columns; under «чел. (%)» it holds both, and people are told by it."""
        return people_and_share(value) if column.unit == "both" else figure(value)

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
            side = {"people": out.people, "both": out.people, "percent": out.percent}.get(column.unit, out.unknown)
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
