"""Whole numbers that come from an address or a form."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 15  # digits: every id and year fits, and no database meets a number it cannot hold


def is_number(text: str) -> bool:
    """Whether `int(text)` gives a number a database can be asked for. «²» and «٣» are digits to Python, not to a form."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST


def numbers_of(texts: Iterable[str]) -> set[int]:
    """Those of the texts that are numbers: the ticked rows of a form."""
    return {int(text) for text in texts if is_number(text)}
