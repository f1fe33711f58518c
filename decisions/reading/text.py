"""Text that knows its place in the source, printed lines, pieces joined into paragraphs. Pure.

Every character of a clean text knows its place in the source, so that spans survive whatever is healed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from config.morphology import dictionary
from decisions.reading.model import Spans

LONGEST_WORD = 80  # letters; enough to tell whether a torn word is one word


def normal_source(text: str) -> str:
    """NFC, line ends LF: what spans index."""
    return unicodedata.normalize(
        "NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x0b", "\n")
    )


@dataclass(frozen=True)
class Healed:
    """Text with the place of each character in the source."""

    text: str
    origin: Sequence[int]

    def spans(self, start: int, end: int) -> Spans:
        """Where a stretch stands in the source: pieces, broken where something between was left out."""
        places = self.origin[start:end]
        if not places:
            return ()
        out: list[list[int]] = []
        for place in places:
            if out and 0 <= place - out[-1][1] <= 3:
                out[-1][1] = place + 1
            else:
                out.append([place, place + 1])
        return tuple((a, b) for a, b in out)

    def cut(self, start: int, end: int | None = None) -> Healed:
        end = len(self.text) if end is None else end
        return Healed(self.text[start:end], self.origin[start:end])

    def strip(self, chars: str | None = None) -> Healed:
        left = len(self.text) - len(self.text.lstrip(chars))
        right = len(self.text.rstrip(chars))
        return self.cut(left, max(left, right))


@dataclass(frozen=True)
class Line:
    """A printed line, clean. `blank_before`: empty lines stand above it. A line with tabs is a row of a table."""

    body: Healed
    blank_before: bool = False
    indent: int = 0  # spaces at the beginning of the printed line

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def is_row(self) -> bool:
        return "\t" in self.body.text

    @property
    def start(self) -> int:
        return self.body.origin[0]


class Joining:
    """Pieces becoming one text: what was joined is not gone through again when one more line comes."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._origin: list[int] = []

    def add(self, piece: Healed) -> None:
        """Runs of white space become one space, a word torn by a hyphen at a line end is healed."""
        text, origin = self._text, self._origin
        body = piece.strip()
        if not body.text:
            return
        if text:
            if text[-1] == "-" and len(text) > 1 and text[-2].isalpha() and body.text[:1].islower():
                if _torn("".join(text[-LONGEST_WORD:]), body.text):
                    text.pop()
                    origin.pop()
            elif text[-1] not in " ":
                text.append(" ")
                origin.append(origin[-1])
        for char, place in zip(body.text, body.origin, strict=True):
            if char.isspace():
                if text and text[-1] == " ":
                    continue
                char = " "
            text.append(char)
            origin.append(place)

    @property
    def whole(self) -> Healed:
        return Healed("".join(self._text), self._origin[:])


def joined(pieces: Iterable[Healed]) -> Healed:
    """Pieces as one text."""
    joining = Joining()
    for piece in pieces:
        joining.add(piece)
    return joining.whole


def _torn(before: str, after: str) -> bool:
    """Whether the halves are one word («образова-» + «тельных») and not a compound («психолого-» + «педагогической»)."""
    left = re.search(r"[А-Яа-яЁё]+(?=-$)", before)
    right = re.match(r"[а-яё]+", after)
    if not left or not right:
        return False
    known = dictionary().word_is_known
    first, second = left.group().lower(), right.group()
    if known(first + second):
        return True
    return not (known(first) or (known(second) and _first_half(first)))


def _first_half(word: str) -> bool:
    """Whether a word may be the first of a compound: «психолого-» of «психолог», «русско-» of «русский»."""
    stem = word[:-1]
    return (
        word[-1:] in "ое"
        and len(stem) > 3
        and any(dictionary().word_is_known(stem + ending) for ending in ("", "ый", "ий", "ский", "ический", "ный"))
    )
