"""Where a table's headings stand: the lines of each block of headings of a sheet, and its columns."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .cells import figure, words
from .columns import CODE, FIGURES, IDENTITY, LOGIN, SCHOOL, Column, column_of, mark_of, normal, unit_of
from .containers.grid import Line, Sheet, Value


@dataclass
class Block:
    """Headings of one or several tables side by side: lines `first`…`last` (indexes into the sheet's lines)."""

    first: int
    last: int
    anchor: int
    columns: list[Column] = field(default_factory=list)


def is_anchor(cells: Mapping[int, Value]) -> bool:
    """Whether a line has a cell that can only be the heading of a column of schools or of persons."""
    seen = 0
    anchor = False
    for value in cells.values():
        if not isinstance(value, str):
            seen += 1
            continue
        low = normal(value)
        if not low:
            continue
        seen += 1
        if (
            len(low) < 60
            and (
                SCHOOL.fullmatch(low)
                or CODE.fullmatch(low)
                or LOGIN.fullmatch(low)
                or re.fullmatch(r"проверяемые требования.*|№ задания.*", low)
            )
            or len(low) >= 60
            and re.match(r"№ задания|проверяемые требования|блоки пооп|номер задания", low)
        ):
            anchor = True
    return anchor and seen >= 2


def _with_schools(columns: list[Column], body: Sequence[Line], knows: Callable[[str], bool]) -> list[Column]:
    """A column of schools without a heading: the first one where most lines are known names."""
    for column in columns:
        names = [cells[column.place] for _, cells in body if isinstance(cells.get(column.place), str)]
        if len(names) >= 2 and 2 * sum(knows(" ".join(str(name).split())) for name in names) >= len(names):
            return [Column(c.place, "school", path=c.path) if c.place == column.place else c for c in columns]
    return columns


def blocks_of(sheet: Sheet, knows: Callable[[str], bool]) -> list[Block]:
    """Every block of headings of a sheet, from top to bottom, with its columns."""
    out: list[Block] = []
    at = 0
    lines = sheet.lines
    spans = _spans(sheet)
    bare: Mapping[int, Value] | None = None  # headings that name no school column are known again only word for word
    while at < len(lines):
        named = is_anchor(lines[at][1])
        if named or (not out and _marks_only(lines[at][1])) or (bare is not None and lines[at][1] == bare):
            bare = bare if named else lines[at][1]
            first = _upward(lines, at, out[-1].last + 1 if out else 0)
            last = _downward(lines, at, spans)
            columns = _columns(lines, first, last, spans)
            if not any(column.kind in IDENTITY for column in columns):
                columns = _with_schools(columns, lines[last + 1 : last + 40], knows)
            block = Block(first, last, at, columns)
            if _useful(block.columns):
                out.append(block)
                at = last + 1
                continue
        at += 1
    return out


def _useful(columns: list[Column]) -> bool:
    kinds = {column.kind for column in columns}
    return (
        bool(kinds & (FIGURES | {"mark_of_person", "score", "requirement"}))
        or sum(c.kind == "task" for c in columns) > 2
    )


def _marks_only(cells: Mapping[int, Value]) -> bool:
    """A row of headings whose column of schools bears no name: all four marks are in it."""
    found = [mark_of(normal(words(value))) for value in cells.values() if value is not None]
    if any(figure(v).kind == "number" and not mark for v, mark in zip(cells.values(), found, strict=False)):
        return False  # a line of figures that happens to hold 2, 3, 4 and 5
    return set("2345") <= set(found) and len([f for f in found if f]) == len(set(found) - {""})


Spans = dict[int, list[tuple[int, int, int, int]]]


def _spans(sheet: Sheet) -> Spans:
    out: Spans = {}
    for span in sheet.spans:
        if span.bottom - span.top > 2_000 or span.right - span.left > 2_000:
            continue
        for line in range(span.top, span.bottom + 1):
            out.setdefault(line, []).append((span.top, span.left, span.bottom, span.right))
    return out


def _upward(lines: list[Line], at: int, floor: int) -> int:
    """Headings may begin above the line that names the school column: a line of group headings right above it."""
    first = at
    left = min(lines[at][1])
    named = max(
        (p for p, v in lines[at][1].items() if isinstance(v, str) and column_of(p, (v,)).kind in IDENTITY), default=left
    )
    while first > floor and lines[first][0] - lines[first - 1][0] == 1 and at - first < 2:
        cells = lines[first - 1][1]
        names = [place for place, value in cells.items() if isinstance(value, str)]
        if len(names) != len(cells) or min(cells) <= left or not names:
            break
        if len(cells) == 1 and min(cells) <= named:
            break  # «стр. 2», «Продолжение таблицы» above the names of schools
        first -= 1
    return first


def _downward(lines: list[Line], at: int, spans: Spans) -> int:
    """Headings end before the first line that has something of its own in the columns of schools and codes."""
    anchors = [
        place
        for place, value in lines[at][1].items()
        if isinstance(value, str)
        and column_of(place, (value,)).kind in ("school", "code", "login", "number", "person", "requirement")
    ]
    last = at
    if not anchors:  # nothing would tell the first line of data from a heading
        return last
    while last + 1 < len(lines) and last - at < 3:
        number, cells = lines[last + 1]
        if number - lines[last][0] > 1 and last > at:
            break
        if any(place in cells for place in anchors):
            break
        merged = any(top <= lines[at][0] < number <= bottom for top, left, bottom, right in spans.get(number, ()))
        texts = [v for v in cells.values() if isinstance(v, str)]
        headed = sum(_heads(words(value)) for value in cells.values())
        ok = (
            merged
            or headed * 2 >= len(cells)
            or len(texts) == len(cells)
            and all(figure(v).kind == "bad" for v in texts)
        )
        if not ok:
            break
        last += 1
    return last


def _heads(said: str) -> bool:
    """Whether a cell below a heading is a heading itself: a column's meaning, a unit, «3162 уч.»."""
    if column_of(0, (said,)).kind not in ("other", "weak") or unit_of((normal(said),)):
        return True
    return re.search(r"\d\s*(?:уч|чел)\.?", said) is not None


def _columns(lines: list[Line], first: int, last: int, spans: Spans) -> list[Column]:
    rows = lines[first : last + 1]
    width = max(max(cells) for _, cells in rows) + 1
    levels: list[list[str]] = []
    for depth, (number, cells) in enumerate(rows):
        names = [words(cells.get(place)) for place in range(width)]
        for top, left, _, right in spans.get(number, ()):
            if top == number and right > left:
                for place in range(left, min(right + 1, width)):
                    names[place] = names[left]
        below = {place for _, lower in rows[depth + 1 :] for place in lower}
        if below:  # without merges a group heading reaches over blanks that have headings beneath
            merged = {
                place
                for top, left, bottom, right in spans.get(number, ())
                for place in range(left, min(right + 1, width))
            }
            held = ""
            for place in range(width):
                if names[place]:
                    held = names[place] if place in below and place not in merged else ""
                elif place in below and place not in merged:
                    names[place] = held
                elif place not in below:
                    held = ""
        levels.append(names)
    return [column_of(place, tuple(level[place] for level in levels if level[place])) for place in range(width)]


def key_of(columns: Iterable[Column]) -> str:
    """A fingerprint of headings and of their places: it survives re-saving and new figures.

    A table that moved by a column has another one, because a remembered answer names columns by place.
    """
    words_at = ((c.place, " / ".join(normal(part) for part in c.path if part)) for c in columns)
    said = "\n".join(f"{place} {text}" for place, text in words_at if text)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
