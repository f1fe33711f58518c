"""How numbers of clauses follow each other: bare ones, next siblings, letters of one alphabet. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.raw import RawClause
from decisions.reading.text import Line


def bare_numbers(lines: Sequence[Line]) -> set[int]:
    """Lines «1 Провести …», «2 Школам …» numbered without dots: only a run from 1 on, the next line's number one more."""
    out: set[int] = set()
    run: list[int] = []
    for index, line in enumerate(lines):
        found = None if line.is_row else marks.BARE_NUMBER.match(line.text)
        if found is None:
            continue
        number = int(found["n"])
        if number == len(run) + 1:
            run.append(index)
        elif number == 1:
            out.update(run if len(run) > 1 else ())
            run = [index]
    out.update(run if len(run) > 1 else ())
    return out


ALPHABET = "абвгдежзиклмнопрстуфхцчшщэюя"


def number_above(clause: RawClause) -> str:
    """The number of a clause, or of the one its letters stand under."""
    node: RawClause | None = clause
    while node is not None and node.kind == "letter":
        node = node.parent
    return node.number if node is not None and node.kind == "number" else ""


def follows(number: str, candidate: str) -> bool:
    """Whether a number is the next sibling or the first child of another."""
    here, there = number.split("."), candidate.split(".")
    if not all(p.isdigit() for p in here):
        return False
    if len(there) == len(here) and there[:-1] == here[:-1]:
        return int(there[-1]) == int(here[-1]) + 1
    if len(there) == len(here) + 1 and there[:-1] == here:
        return there[-1] == "1"
    if len(there) == len(here) - 1 and there[:-1] == here[: len(there) - 1]:
        return int(there[-1]) == int(here[len(there) - 1]) + 1
    return False
