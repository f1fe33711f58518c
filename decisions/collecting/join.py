"""Answers together: one table of single places, rows of open tables, totals; an answer carried to another form; two editors. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from decisions.collecting.model import KINDS, MAX_ROWS, Field, Layout, Place, Table, rows_of
from decisions.collecting.values import Unclear, Value, check, said, understood


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the joined table. `group` is the table's row it stands under («5 класс»), or empty."""

    key: str
    group: str
    field: Field

    @property
    def title(self) -> str:
        label = f"{self.group}: {self.field.label}" if self.group else self.field.label
        return f"{label}, %" if self.field.kind == "percent" and "%" not in label else label


@dataclass(frozen=True, slots=True)
class Line:
    """One who answered: an id, a name, and the meaning of every column (None where empty)."""

    who: int
    name: str
    cells: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A table of many answers: `totals` are sums of columns that add, None elsewhere."""

    title: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    totals: tuple[Decimal | None, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one organisation sent: ordered by the caller (by name)."""

    who: int
    name: str
    values: Mapping[str, str]


def join(layout: Layout, answers: Sequence[Answer]) -> tuple[Joined, ...]:
    """First the single places and fixed tables, a line a school; then every open table, a line a row of a school."""
    out: list[Joined] = []
    single = [p for p in layout.places({}) if p.table is None or p.table.fixed]
    if single:
        headings = tuple(Heading(p.key, p.table.labels[p.row] if p.table else "", p.field) for p in single)
        lines = tuple(
            Line(one.who, one.name, tuple(_meant(p.field, one.values.get(p.key, "")) for p in single))
            for one in answers
        )
        out.append(Joined("Свод", headings, lines, _totals(headings, lines)))
    for table in layout.tables:
        if table.fixed:
            continue
        headings = tuple(Heading(c.key, "", c) for c in table.columns)
        found: list[Line] = []
        for one in answers:
            for row in range(rows_of(table, one.values)):
                cells = tuple(_meant(c, one.values.get(f"{table.key}.{row}.{c.key}", "")) for c in table.columns)
                if any(cell is not None for cell in cells):
                    found.append(Line(one.who, one.name, cells))
        out.append(Joined(table.title, headings, tuple(found), _totals(headings, found), open=True))
    return tuple(out)


def _meant(field: Field, text: str) -> Value | None:
    if not text:
        return None
    try:
        return understood(field, text)
    except Unclear:  # limits that were narrowed after it was accepted: the words stand
        return text


def _totals(headings: Sequence[Heading], lines: Sequence[Line]) -> tuple[Decimal | None, ...]:
    out: list[Decimal | None] = []
    for at, heading in enumerate(headings):
        numbers = [c for line in lines if isinstance(c := line.cells[at], Decimal)]
        out.append(sum(numbers, Decimal(0)) if heading.field.adds and heading.field.numeric and numbers else None)
    return tuple(out)


# --- a form and another form ---


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def _signs(layout: Layout) -> dict[str, str]:
    """What a place is called, whatever its key: sign → key of a field, or «table.*.column», or «table.row.column»."""
    out: dict[str, str] = {}

    def put(sign: str, key: str) -> None:
        number, full = 1, sign
        while full in out:
            number += 1
            full = f"{sign}#{number}"
        out[full] = key

    for part in layout.parts:
        if isinstance(part, Field):
            put(_plain(part.label), part.key)
        elif part.fixed:
            for row, label in enumerate(part.labels):
                for column in part.columns:
                    if part.asks(row, column):
                        put(f"{_plain(label)}|{_plain(column.label)}", f"{part.key}.{row}.{column.key}")
        else:
            for column in part.columns:
                put(f"{_plain(part.title)}|*|{_plain(column.label)}", f"{part.key}.*.{column.key}")
    lone = [t for t in layout.tables if not t.fixed]
    if len(lone) == 1:  # one open table is the same one, however it is called
        for column in lone[0].columns:
            out.setdefault(f"*|{_plain(column.label)}", f"{lone[0].key}.*.{column.key}")
    return out


def mapping(old: Layout, new: Layout) -> dict[str, str]:
    """Keys of `old` → keys of `new` for places called alike («t1.*.c2» for columns of open tables)."""
    before, after = _signs(old), _signs(new)
    found = {before[sign]: after[sign] for sign in before if sign in after}
    for sign, key in before.items():
        found.setdefault(key, after[sign]) if sign in after else None
    return found


def carried(old: Layout, new: Layout, values: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """An answer to one form as an answer to another, and what found no place there: (heading, words)."""
    known = mapping(old, new)
    out: dict[str, str] = {}
    lost: list[tuple[str, str]] = []
    for place in old.places(values):
        text = values.get(place.key, "")
        if not text:
            continue
        if place.table is not None and not place.table.fixed:
            target = known.get(f"{place.table.key}.*.{place.field.key}", "").replace("*", str(place.row))
        else:
            target = known.get(place.key, "")
        if target:
            out[target] = text
        else:
            lost.append((place.heading, text))
    return out, lost


def changes(old: Layout, new: Layout) -> list[str]:
    """What a school must know of a changed form, in sentences."""
    known = mapping(old, new)
    targets = set(known.values())
    before = {key: (name, field) for key, name, field in _asked(old)}
    after = {key: (name, field) for key, name, field in _asked(new)}
    out = [f"добавлено «{name}»" for key, (name, _) in after.items() if key not in targets]
    out += [f"убрано «{name}»" for key, (name, _) in before.items() if key not in known]
    for key, target in known.items():
        if key not in before or target not in after:
            continue
        was, now = before[key][1], after[target][1]
        name = after[target][0]
        if was.kind != now.kind:
            out.append(f"«{name}»: теперь {KINDS[now.kind]}, было {KINDS[was.kind]}")
        if now.required and not was.required:
            out.append(f"«{name}»: теперь обязательно")
        if (was.low, was.high) != (now.low, now.high):
            words = (f" от {now.low}" if now.low else "") + (f" до {now.high}" if now.high else "")
            out.append(f"«{name}»: допустимо{words}" if words else f"«{name}»: пределы сняты")
        if was.choices != now.choices and now.kind == "choice":
            out.append(f"«{name}»: изменён список")
    return out


def _asked(layout: Layout) -> Iterable[tuple[str, str, Field]]:
    for part in layout.parts:
        if isinstance(part, Field):
            yield part.key, part.label, part
        elif part.fixed:
            for row, label in enumerate(part.labels):
                for column in part.columns:
                    if part.asks(row, column):
                        yield f"{part.key}.{row}.{column.key}", f"{label}: {column.label}", column
        else:
            for column in part.columns:
                yield f"{part.key}.*.{column.key}", f"{part.title}: {column.label}", column


def rolled_up(target: Layout, sources: Sequence[tuple[Layout, Answer]]) -> tuple[dict[str, str], int]:
    """Answers from below as one answer upward: numbers that add are summed, rows of open tables put one after another.

    Gives the words by place of `target` and how many places were filled; what does not add (text, per cents) is left to a person.
    """
    sums: dict[str, Decimal] = {}
    rows: dict[str, int] = {}
    out: dict[str, str] = {}
    fields = {place.key: place.field for place in target.places({})}
    tables = {table.key: table for table in target.tables}
    for layout, answer in sources:
        values, _ = carried(layout, target, check(layout, answer.values, whole=False).texts)
        used: dict[str, int] = {}
        for place in target.places(values):
            text = values.get(place.key, "")
            if not text:
                continue
            if place.table is not None and not place.table.fixed:
                at = rows.get(place.table.key, 0) + place.row
                used[place.table.key] = max(used.get(place.table.key, 0), place.row + 1)
                if at < MAX_ROWS:
                    out[f"{place.table.key}.{at}.{place.field.key}"] = text
                continue
            value = _meant(place.field, text)
            if place.field.numeric and place.field.kind != "percent" and isinstance(value, Decimal):
                sums[place.key] = sums.get(place.key, Decimal(0)) + value
        for key, number in used.items():
            rows[key] = rows.get(key, 0) + number
    out |= {key: said(total, fields[key].kind) for key, total in sums.items() if fields[key].adds}
    assert all(key.split(".")[0] in tables or key in fields for key in out)
    return out, len(out)


# --- two people at once ---


@dataclass(frozen=True, slots=True)
class Merged:
    """`values` hold everything both wrote where they do not clash; `clashes` are places both changed: (theirs, mine)."""

    values: dict[str, str]
    clashes: dict[str, tuple[str, str]]


def merged(base: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]) -> Merged:
    """Three-way: what only one of the two changed since `base` is taken; a place changed differently by both is a clash."""
    out: dict[str, str] = {}
    clashes: dict[str, tuple[str, str]] = {}
    for key in {*base, *theirs, *mine}:
        was, one, other = base.get(key, ""), theirs.get(key, ""), mine.get(key, "")
        value = other if one == was else one
        if one != was and other != was and one != other:
            clashes[key] = (one, other)
        if value:
            out[key] = value
    return Merged(out, clashes)


__all__ = [
    "Answer", "Heading", "Joined", "Line", "Merged", "Place", "Table",
    "carried", "changes", "join", "mapping", "merged", "rolled_up",
]  # fmt: skip
