"""Tables whose cells came out one under another: a copy from a browser or a program that loses the columns. Pure.

The heading's cells stand on lines of their own, and the rows behind it are told apart by their running numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading.grammar import PERSON
from decisions.reading.tables import row_layout
from decisions.reading.text import Healed, Line

COLUMNS = range(3, 8)
LONGEST_ROW = 12  # lines a row may take when its cells have several paragraphs
_NUMBER = re.compile(r"(\d{1,3})[.)]?$")
_TIME = re.compile(
    r"\d{1,2}\.\d{2}|\d{4}|постоянно|еже|кажд|в\s+течение|^(?:до|к|с|не\s+позд?нее)\s|январ|феврал|март|апрел|ма[йя](?![а-яё])|июн|июл|август|"
    r"сентябр|октябр|ноябр|декабр|квартал|четверт|полугоди|учебн|по\s+мере",
    re.I,
)


def stacked_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with such tables as rows; everything else as it was."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        layout = _heading(lines, index)
        if layout is None:
            out.append(lines[index])
            index += 1
            continue
        rows, index = _table(lines, index, layout)
        out += rows
    return out


def _text(line: Line) -> str:
    return line.text.strip()


def _heading(lines: Sequence[Line], index: int) -> tuple[str, ...] | None:
    """What the columns hold, where the next lines are a heading and «1» stands right behind them."""
    if _text(lines[index])[:1] not in "№Nn" or len(_text(lines[index])) > 12:
        return None
    for width in COLUMNS:
        if index + width >= len(lines):
            return None
        cells = [_text(line) for line in lines[index : index + width]]
        if any("\t" in cell for cell in cells):
            return None
        following = _NUMBER.match(_text(lines[index + width]))
        if following and following[1] == "1":
            layout = row_layout(cells)
            return layout if layout is not None and layout[0] == "number" and "action" in layout else None
    return None


def _table(lines: Sequence[Line], index: int, layout: tuple[str, ...]) -> tuple[list[Line], int]:
    width = len(layout)
    rows = [_row(lines[index : index + width], lines[index].blank_before)]
    index += width
    number = 1
    while index < len(lines) and (printed := _NUMBER.match(_text(lines[index]))) and int(printed[1]) == number:
        end = _end(lines, index, number, width)
        rows.append(_row(_placed(lines[index:end], layout), lines[index].blank_before))
        index, number = end, number + 1
    return rows, index


def _end(lines: Sequence[Line], index: int, number: int, width: int) -> int:
    """Where the row ends: before the next number; the last one before an empty line, with no more cells than columns."""
    for at in range(index + 2, min(len(lines), index + LONGEST_ROW)):
        printed = _NUMBER.match(_text(lines[at]))
        if printed and int(printed[1]) == number + 1:
            return at
    end = index + 1
    while end < min(len(lines), index + width) and not lines[end].blank_before:
        end += 1
    return end


def _placed(cells: Sequence[Line], layout: tuple[str, ...]) -> list[Line | None]:
    """A cell for each column. Where their number differs, an empty or a many-lined cell is told by what the rest look like."""
    if len(cells) == len(layout):
        return list(cells)
    out: list[list[Line]] = [[] for _ in layout]
    out[0] = [cells[0]]
    action = layout.index("action")
    for number, cell in enumerate(cells[1:]):
        name = (
            "action" if number == 0 else "term" if _TIME.search(cell.text) and not PERSON.search(cell.text) else "who"
        )
        column = next((i for i, own in enumerate(layout) if own == name), action)
        out[column].append(cell)
    return [_one(column) for column in out]


def _one(lines: Sequence[Line]) -> Line | None:
    if not lines:
        return None
    text: list[str] = []
    origin: list[int] = []
    for line in lines:
        body = line.body.strip()
        if text:
            text.append(" ")
            origin.append(origin[-1])
        text += body.text
        origin += body.origin
    return Line(Healed("".join(text), origin), lines[0].blank_before)


def _row(cells: Sequence[Line | None], blank: bool) -> Line:
    first = next(cell.start for cell in cells if cell is not None)
    text: list[str] = []
    origin: list[int] = []
    for number, cell in enumerate(cells):
        if number:
            text.append("\t")
            origin.append(origin[-1] if origin else first)
        if cell is not None:
            body = cell.body.strip()
            text += body.text
            origin += body.origin
    return Line(Healed("".join(text), origin), blank)
