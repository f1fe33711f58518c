"""Rows of a pasted table whose cells hold several lines: Word copies a cell's line ends as they are. Pure.

A numbered row that has fewer columns than the heading goes on in the lines below, until all its columns are there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading.tables import row_layout
from decisions.reading.text import Healed, Line

_NUMBERED = re.compile(r"\s*\d{1,3}(?:\.\d{1,2})*[.)]?[ \u00a0]*\t")
LONGEST_ROW = 15  # printed lines


def wrapped_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with broken rows of numbered tables joined; everything else as it was."""
    out: list[Line] = []
    columns = 0  # of the table the lines are in
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.is_row and (layout := row_layout([cell.strip() for cell in line.text.split("\t")])) is not None:
            columns = len(layout) if layout[0] == "number" else 0
        elif columns and _NUMBERED.match(line.text):
            end = _end(lines, index, columns)
            out.append(_joined(lines[index:end]))
            index = end
            continue
        elif not line.is_row and line.blank_before:
            columns = 0
        out.append(line)
        index += 1
    return out


def _end(lines: Sequence[Line], index: int, columns: int) -> int:
    """Behind the last line of the row; the row alone where its columns never come together."""
    tabs = lines[index].text.count("\t")
    end = index + 1
    while end < min(len(lines), index + LONGEST_ROW):
        line = lines[end]
        more = line.text.count("\t")
        if line.blank_before or _NUMBERED.match(line.text) or tabs + more > columns - 1:
            break
        if more == 0 and tabs == columns - 1 and not _goes_on(lines[end - 1].text, line.text):
            break
        tabs += more
        end += 1
    last_is_empty = tabs == columns - 2 and columns > 3  # a drawn table's last cell with nothing in it is cut off
    return end if tabs == columns - 1 or last_is_empty else index + 1


def _goes_on(before: str, text: str) -> bool:
    """Whether a line without columns belongs to the last cell above it."""
    return before.rstrip().endswith((",", "-")) or text[:1].islower()


def _joined(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    text: list[str] = []
    origin: list[int] = []
    for line in lines:
        if text:
            text.append(" ")
            origin.append(origin[-1])
        text += line.text
        origin += line.body.origin
    return Line(Healed("".join(text), origin), lines[0].blank_before)
