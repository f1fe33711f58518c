"""The source text and its clean view: markup dropped, OCR letters put right, lines joined into paragraphs. Pure.

Every character of a clean text knows its place in the source, so that spans survive whatever is healed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from config.morphology import dictionary
from decisions.reading.model import Spans

MARKUP = re.compile(
    r"\*\*|__(?=\S)|(?<=\S)__|^\s{0,3}#{1,6}\s+|\[bookmark:[^\]]*\]|\[_[^\]]*\]|[\u00ad\u200b\u200c\u200d\ufeff]|\\(?=[.\-*#_])",
    re.M,
)
_LATIN = str.maketrans("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук")
_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
_MIXED = re.compile(r"[А-Яа-яЁё][ABCEHKMOPTXYaceopxyk]|[ABCEHKMOPTXYaceopxyk][А-Яа-яЁё]")
_DIGITS = str.maketrans("OОoоЗlI|б", "000031116")
_DATE_LIKE = re.compile(
    r"(?<![\w.])(?=[^\s]{0,14}\d)[\dOОoоЗlI|]{1,2}\s?\.\s?[\dOОoоЗlI|]{1,2}\s?\.\s?[\dOОoоЗlI|]{4}(?!\w)"
)


# Letters read for digits: inside a number («2О19», «1О»), behind № («№ З»), as a clause's own number at a line's start.
_OCR_DIGITS = (
    re.compile(r"(?<![\w.])((?=[ОоOoЗlI|]*\d)[\dОоOoЗlI|]{2,4})(?![\wА-Яа-яЁё])"),
    re.compile(r"№\s?([ЗОOlI|])(?![\wА-Яа-яЁё])"),
    re.compile(r"^\s*(З)(?=[.)]\s?[А-ЯЁ][а-яё]{3})", re.M),
    re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){0,2}\.([ЗlI|])(?=[.)]\s)", re.M),
)
# «Гармаеву 3.П.»: a digit read for the letter of an initial.
_OCR_LETTER = re.compile(r"[А-ЯЁ][а-яё]{2,}\s(3)(?=\.\s?[А-ЯЁ]\.)")


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

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def is_row(self) -> bool:
        return "\t" in self.body.text

    @property
    def start(self) -> int:
        return self.body.origin[0]


def clean_lines(source: str) -> list[Line]:
    """Printed lines of the source without markup and emptiness."""
    keep = [True] * len(source)
    for found in MARKUP.finditer(source):
        for index in range(found.start(), found.end()):
            keep[index] = source[index] == "\n"
    chars = list(source)
    for found in _WORD.finditer(source):
        if not _MIXED.search(found.group()):
            continue
        for index, char in enumerate(found.group().translate(_LATIN), start=found.start()):
            chars[index] = char
    for found in _DATE_LIKE.finditer(source):
        for index, char in enumerate(found.group().translate(_DIGITS), start=found.start()):
            chars[index] = char
    for pattern in _OCR_DIGITS:
        for found in pattern.finditer("".join(chars)):
            for index in range(*found.span(1)):
                chars[index] = chars[index].translate(_DIGITS)
    for found in _OCR_LETTER.finditer("".join(chars)):
        chars[found.start(1)] = "З"
    out: list[Line] = []
    blank = False
    position = 0
    for raw in source.split("\n"):
        indexes = [i for i in range(position, position + len(raw)) if keep[i]]
        position += len(raw) + 1
        body = Healed("".join(" " if chars[i] == "\u00a0" else chars[i] for i in indexes), indexes)
        trimmed = body.strip(" \u2003\u2002\u2009\r") if "\t" in body.text.strip() else body.strip()
        if not trimmed.text.strip():
            blank = True
            continue
        if not trimmed.text.strip("\t "):
            continue
        if "\t" in trimmed.text and trimmed.text.strip().count("\t") == 0:
            trimmed = trimmed.strip()
        out.append(Line(trimmed, blank))
        blank = False
    return _one_language(out)


# Letters of the country's other Cyrillic alphabets: a heading in two languages prints them side by side.
_OTHER_ALPHABET = re.compile(
    r"[ӘәӨөҮүҢңҺһҒғҘҙҪҫҠҡҖҗӐӑӖӗӲӳҤҥӸӹӰӱӦӧІіӞӟӴӵӜӝӚӛҚқҲҳЇїЄєҐґӀЈј]|\d\s+(?:й\.|ел\w*|ҫул\w*)(?!\w)"
)
_COLUMNS = re.compile(r"\s{3,}|\t+|\s+/\s+")
# The heading ends where the paper begins to speak; a column with a name is a signature.
_SPEAKS = re.compile(
    r"^\s*(?:\d{1,2}[.)]\s|повестк|присутств|председател|слушал|во\s+исполнение|в\s+(?:целях|соответствии)|на\s+основании|[^а-яё]{4,}:\s*$)",
    re.I,
)
_INITIALS = re.compile(r"(?<![А-ЯЁа-яё])[А-ЯЁ]\.\s?[А-ЯЁ]\.")
HEADING_LINES = 24


def _one_language(lines: list[Line]) -> list[Line]:
    """A heading printed in two columns, one in the language of a republic: the Russian column is kept."""
    ends = next((i for i, line in enumerate(lines[:HEADING_LINES]) if _SPEAKS.match(line.text)), HEADING_LINES)
    head = lines[:ends]
    if not any(_OTHER_ALPHABET.search(line.text) and _COLUMNS.search(line.text.strip()) for line in head):
        return lines
    out = []
    for line in head:
        if _INITIALS.search(line.text):
            out.append(line)
            continue
        columns = _columns(line.body)
        russian = [c for c in columns if not _OTHER_ALPHABET.search(c.text)]
        if len(russian) == 2 and re.search(r"[А-ЯЁа-яё]{3}", russian[0].text):
            shares = [_known_share(c.text) for c in russian]
            if abs(shares[0] - shares[1]) > 0.2:
                russian = [russian[shares.index(max(shares))]]
            elif len({c.text.casefold() for c in russian}) == 1:
                russian = russian[:1]
        if len(columns) == 1 and not russian:
            continue
        out += (
            [Line(c, line.blank_before and i == 0) for i, c in enumerate(russian)]
            if len(russian) < len(columns)
            else [line]
        )
    return out + lines[ends:]


def _columns(body: Healed) -> list[Healed]:
    edges = [0, *(x for m in _COLUMNS.finditer(body.text) for x in m.span()), len(body.text)]
    pieces = [body.cut(a, b).strip() for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [p for p in pieces if p.text]


def _known_share(text: str) -> float:
    words = re.findall(r"[А-Яа-яЁё]{3,}", text)
    return sum(bool(dictionary().word_is_known(w.lower())) for w in words) / len(words) if words else 1.0


def joined(pieces: Iterable[Healed]) -> Healed:
    """Pieces as one text: runs of white space become one space, words torn by a hyphen at a line end are healed."""
    text: list[str] = []
    origin: list[int] = []
    for piece in pieces:
        body = piece.strip()
        if not body.text:
            continue
        if text:
            if text[-1] == "-" and len(text) > 1 and text[-2].isalpha() and body.text[:1].islower():
                if _torn("".join(text), body.text):
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
    return Healed("".join(text), origin)


def _torn(before: str, after: str) -> bool:
    """Whether the halves are one word («образова-» + «тельных») and not a compound («психолого-» + «педагогической»)."""
    left = re.search(r"[А-Яа-яЁё]+(?=-$)", before)
    right = re.match(r"[а-яё]+", after)
    if not left or not right:
        return False
    whole = left.group() + right.group()
    return bool(dictionary().word_is_known(whole.lower())) or not dictionary().word_is_known(left.group().lower())
