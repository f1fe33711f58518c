"""The source text as a page shows it: paragraphs of pieces, each piece belonging to a clause or to none. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the source that a clause was read from; `asks` when the program doubts something in it."""

    start: int
    end: int
    clause: int
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    clause: int | None = None
    asks: bool = False


def paragraphs(source: str, marks: Iterable[Mark]) -> list[list[Piece]]:
    """Lines of the source, cut where marks begin and end; where marks overlap the shorter one wins.

    Empty lines are kept out: the page sets its own distances.
    """
    rows = sorted((m for m in marks if m.start < m.end), key=lambda m: m.end - m.start, reverse=True)
    owner: list[tuple[int, bool] | None] = [None] * len(source)
    for mark in rows:
        value = (mark.clause, mark.asks)
        for index in range(max(mark.start, 0), min(mark.end, len(source))):
            held = owner[index]
            owner[index] = (held[0], True) if held and mark.asks and held[0] == mark.clause else value
    lines: list[list[Piece]] = []
    position = 0
    for line in source.split("\n"):
        pieces: list[Piece] = []
        start = position
        for index in range(position, position + len(line) + 1):
            at_end = index == position + len(line)
            if at_end or owner[index] != owner[start]:
                if start < index:
                    held = owner[start]
                    pieces.append(Piece(source[start:index], *(held or (None, False))))
                start = index
        if line.strip():
            lines.append(pieces)
        position += len(line) + 1
    return lines
