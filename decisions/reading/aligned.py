"""Tables whose columns are held apart by spaces, as programs print them from PDF: cut at the columns of the heading. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading.tables import row_layout
from decisions.reading.text import Healed, Line, joined

_GAP = re.compile(r"\s{2,}")
SLACK = 3  # characters a cell may begin left of its column's heading


def aligned_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with aligned tables as rows; everything else as it was."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        starts = _heading(lines[index])
        if starts is None:
            out.append(lines[index])
            index += 1
            continue
        rows, index = _table(lines, index, starts)
        out += rows
    return out


def _chunks(line: Line) -> list[tuple[int, int]]:
    """Where the pieces between gaps stand, counted from the line's own beginning."""
    edges = [0, *(x for m in _GAP.finditer(line.text) for x in m.span()), len(line.text)]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _heading(line: Line) -> list[int] | None:
    if line.is_row or len(line.text) > 200:
        return None
    chunks = _chunks(line)
    layout = row_layout([line.text[a:b] for a, b in chunks]) if len(chunks) > 1 else None
    if layout is None or len(chunks) < 3 and "both" not in layout:
        return None
    if "action" not in layout or not {"term", "who", "both"} & set(layout):
        return None
    return [line.indent + a for a, _ in chunks]


def _table(lines: Sequence[Line], index: int, starts: list[int]) -> tuple[list[Line], int]:
    cells: list[list[list[Healed]]] = [_cells(lines[index], starts)]
    blanks = [lines[index].blank_before]
    numbered = bool(re.match(r"(?:№|n|п/п)", lines[index].text, re.I))
    index += 1
    while index < len(lines):
        line = lines[index]
        chunks = _chunks(line)
        columns = _columns(line, starts)
        if line.is_row or columns is None or (line.blank_before and len(chunks) < 2):
            break
        first = columns[0]
        opens = first == 0 and (not numbered or re.match(r"\d", line.text) is not None)
        if len(chunks) == 1 and first == 0:
            break  # a paragraph behind the table
        if not opens and not numbered and len(chunks) > 1:
            opens = line.blank_before
        if opens or len(cells) == 1:
            cells.append(_cells(line, starts))
            blanks.append(line.blank_before)
        else:
            for column, pieces in enumerate(_cells(line, starts)):
                cells[-1][column] += pieces
        index += 1
    if len(cells) < 2:
        return [lines[index - 1]] if index else [], index
    return [_row(row, blank) for row, blank in zip(cells, blanks, strict=True)], index


def _columns(line: Line, starts: list[int]) -> list[int] | None:
    """The column of each piece; nothing where two pieces would share one, or a piece runs over the next column."""
    found = []
    for a, b in _chunks(line):
        column = max((i for i, start in enumerate(starts) if start <= line.indent + a + SLACK), default=-1)
        if column < 0 or column in found:
            return None
        if column + 1 < len(starts) and line.indent + b > starts[column + 1] + SLACK:
            return None
        found.append(column)
    return found


def _cells(line: Line, starts: list[int]) -> list[list[Healed]]:
    row: list[list[Healed]] = [[] for _ in starts]
    for column, (a, b) in zip(_columns(line, starts) or range(len(starts)), _chunks(line), strict=False):
        row[column].append(line.body.cut(a, b))
    return row


def _row(cells: list[list[Healed]], blank: bool) -> Line:
    text: list[str] = []
    origin: list[int] = []
    first = next(pieces[0].origin[0] for pieces in cells if pieces)
    for number, pieces in enumerate(cells):
        body = joined(pieces)
        if number:
            text.append("\t")
            origin.append(origin[-1] if origin else first)
        text += body.text
        origin += body.origin
    return Line(Healed("".join(text), origin), blank)
