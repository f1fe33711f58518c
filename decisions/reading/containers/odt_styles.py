"""Styles and lists of an ODT: what is hidden, what is printed in capitals, which number a list item prints.

ODF 1.3 part 3, 5.3 and 16.28–16.34. The counters belong to a list; a list goes on with those of another by
text:continue-list or of the one before of its style by text:continue-numbering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from .numerals import printed

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT = f"{{{_ODF}text:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
OFFICE = f"{{{_ODF}office:1.0}}"
DRAW = f"{{{_ODF}drawing:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
_LIST_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"

LEVELS = 10
BULLET = "-"
_PLACE = re.compile(r"%(\d{1,2})%")
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "а": "russianLower", "А": "russianUpper", "01": "decimalZero", "": "none",
}  # fmt: skip


def count(text: str | None, default: int) -> int:
    """A number of an attribute; a broken one counts as absent."""
    try:
        return max(int(text), 0) if text is not None else default
    except ValueError:
        return default


@dataclass(slots=True)
class Style:
    parent: str | None
    list_style: str | None
    values: dict[str, bool]


class Styles:
    """Paragraph and text styles of styles.xml and content.xml (the later one wins)."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                key = (style.get(STYLE + "family") or "", style.get(STYLE + "name") or "")
                properties = style.find(STYLE + "text-properties")
                self._styles[key] = Style(
                    parent=style.get(STYLE + "parent-style-name"),
                    list_style=style.get(STYLE + "list-style-name"),
                    values={} if properties is None else _values(properties),
                )

    def value(self, name: str | None, family: str, prop: str) -> bool | None:
        """A property by the style or one it is based on; None when nothing sets it."""
        for style in self._chain(name, family):
            if prop in style.values:
                return style.values[prop]
        return None

    def has(self, name: str | None, family: str, prop: str) -> bool:
        return bool(self.value(name, family, prop))

    def list_style(self, name: str | None) -> str | None:
        return next((s.list_style for s in self._chain(name, "paragraph") if s.list_style is not None), None)

    def _chain(self, name: str | None, family: str) -> Iterable[Style]:
        seen: set[str] = set()
        while name is not None and name not in seen and (family, name) in self._styles:
            seen.add(name)
            yield self._styles[family, name]
            name = self._styles[family, name].parent


def _values(properties: etree._Element) -> dict[str, bool]:
    out = {}
    if (display := properties.get(TEXT + "display")) is not None:
        out["hidden"] = display == "none"
    if (transform := properties.get(FO + "text-transform")) is not None:
        out["capitals"] = transform == "uppercase"
    return out


@dataclass(slots=True)
class Level:
    number_format: str = "none"
    prefix: str = ""
    suffix: str = ""
    shown: int = 1  # how many levels the number shows
    start: int = 1
    pattern: str | None = None  # «%1%.%2%)» as LibreOffice writes besides
    bullet: str | None = None


class ListStyles:
    """Gives list items their printed numbers, in the order of the document."""

    def __init__(self, roots: Sequence[etree._Element]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self._outline: dict[int, Level] = {}
        self._by_id: dict[str, list[int | None]] = {}
        self._latest: dict[str | None, list[int | None]] = {}
        self._outline_counters: list[int | None] = [None] * LEVELS
        for root in roots:
            for style in root.iter(TEXT + "list-style"):
                self._styles[style.get(STYLE + "name") or ""] = _levels(style)
            for style in root.iter(TEXT + "outline-style"):
                self._outline = _levels(style)

    def begin(self, style: str | None, key: str | None, after: str | None, goes_on: str | None) -> list[int | None]:
        """The counters of a list that begins here: new ones or those of the list it continues."""
        counters: list[int | None] | None = None
        if after is not None:
            counters = self._by_id.get(after)
        elif goes_on == "true":
            counters = self._latest.get(style)
        if counters is None:
            counters = [None] * LEVELS
        if key is not None:
            self._by_id[key] = counters
        self._latest[style] = counters
        return counters

    def label(self, style: str | None, level: int, counters: list[int | None], start: int | None) -> str:
        """Counts an item and gives its number; `start` is the value it names itself. A bullet is «-»."""
        return self._count(self._styles.get(style or "", {}), level, counters, start)

    def outline_label(self, level: int, start: int | None) -> str:
        found = self._outline.get(level)
        if found is None or found.number_format == "none":
            return ""
        return self._count(self._outline, level, self._outline_counters, start)

    @staticmethod
    def _count(levels: dict[int, Level], level: int, counters: list[int | None], start: int | None) -> str:
        if not 0 <= level < LEVELS:
            return ""
        shown = levels.get(level, Level())
        for above in range(level):
            if counters[above] is None:
                counters[above] = levels.get(above, Level()).start
        now = counters[level]
        counters[level] = start if start is not None else shown.start if now is None else now + 1
        counters[level + 1 :] = [None] * (LEVELS - level - 1)
        if shown.bullet is not None:
            return shown.bullet if len(shown.bullet) > 2 else BULLET if shown.bullet else ""

        def one(index: int) -> str:
            value = counters[index] if 0 <= index < LEVELS else None
            return "" if value is None else printed(value, levels.get(index, Level()).number_format)

        if shown.pattern is not None:
            return _PLACE.sub(lambda match: one(int(match[1]) - 1), shown.pattern).strip()
        if shown.number_format == "none":
            return (shown.prefix + shown.suffix).strip()
        pieces = [one(index) for index in range(max(level - shown.shown + 1, 0), level + 1)]
        return (shown.prefix + ".".join(piece for piece in pieces if piece) + shown.suffix).strip()


def _levels(style: etree._Element) -> dict[int, Level]:
    out: dict[int, Level] = {}
    for element in style:
        index = count(element.get(TEXT + "level"), 0) - 1
        if not 0 <= index < LEVELS or not isinstance(element.tag, str):
            continue
        if element.tag.endswith("-bullet") or element.tag.endswith("-image"):
            out[index] = Level(bullet=(element.get(TEXT + "bullet-char") or "•").strip())
            continue
        number_format = element.get(STYLE + "num-format") or ""
        # LibreOffice names the Russian letters by the whole beginning of the row («А, Б, .., Аа, Аб, ...»).
        named = _FORMATS.get(number_format) or _FORMATS.get(number_format.split(",")[0].strip()) or "decimal"
        out[index] = Level(
            number_format=named if number_format else "none",
            prefix=element.get(STYLE + "num-prefix") or "",
            suffix=element.get(STYLE + "num-suffix") or "",
            shown=count(element.get(TEXT + "display-levels"), 1),
            start=count(element.get(TEXT + "start-value"), 1),
            pattern=element.get(_LIST_FORMAT),
        )
    return out
