"""Styles and automatic numbering of a DOCX: which number Word prints before a paragraph.

Word stores no numbers, only references: paragraph (or its style, or a style that one is based on) → w:num →
w:abstractNum → level. The counters belong to the abstract list, so two w:num of one abstract list continue each other
unless a w:startOverride says otherwise (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .numerals import printed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
BULLET = "-"

_PLACE = re.compile(r"%([1-9])")
_OFF = frozenset({"0", "false", "off"})


def value(element: etree._Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(W + name)


def number(text: str | None, default: int | None = None) -> int | None:
    """An integer attribute; a broken one counts as absent."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def switched(properties: etree._Element | None, name: str) -> bool | None:
    """An on/off property: None when it is not set here."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else (value(found) or "1") not in _OFF


@dataclass(slots=True)
class Style:
    based_on: str | None = None
    num_id: int | None = None
    level: int | None = None
    properties: etree._Element | None = None


class Styles:
    """styles.xml: what a paragraph or a run gets from its style and from the styles below it."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default: str | None = None
        for style in () if root is None else root.iterfind(W + "style"):
            name = style.get(W + "styleId")
            if name is None:
                continue
            num_pr = style.find(f"{W}pPr/{W}numPr")
            self._styles[name] = Style(
                based_on=value(style.find(W + "basedOn")),
                num_id=None if num_pr is None else number(value(num_pr.find(W + "numId"))),
                level=None if num_pr is None else number(value(num_pr.find(W + "ilvl"))),
                properties=style.find(W + "rPr"),
            )
            if style.get(W + "type") == "paragraph" and (style.get(W + "default") or "0") not in _OFF:
                self.default = name

    def chain(self, name: str | None) -> Iterator[tuple[str, Style]]:
        """The style and those it is based on, nearest first; a ring of styles ends."""
        seen: set[str] = set()
        while name is not None and name not in seen and name in self._styles:
            seen.add(name)
            yield name, self._styles[name]
            name = self._styles[name].based_on

    def switched(self, name: str | None, prop: str) -> bool | None:
        for _, style in self.chain(name):
            found = switched(style.properties, prop)
            if found is not None:
                return found
        return None

    def num_id(self, name: str | None) -> tuple[int, str, int | None] | None:
        """The list a style puts its paragraphs into: w:num, the style that says so, its level if printed there."""
        level = None
        for style_name, style in self.chain(name):
            level = style.level if level is None else level
            if style.num_id is not None:
                return style.num_id, style_name, level
        return None


@dataclass(slots=True)
class Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None  # 1-based level that restarts this one; 0 never; None any level above
    legal: bool = False
    hidden: bool = False
    style: str | None = None
    zeros: int = 0

    def printed(self, count: int, legal: bool) -> str:
        if self.zeros:
            return f"{count:0{self.zeros}d}"
        if legal and self.number_format != "none":
            return str(count)
        return printed(count, self.number_format)


@dataclass(slots=True)
class AbstractList:
    levels: dict[int, Level] = field(default_factory=dict)
    style_link: str | None = None
    num_style_link: str | None = None
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class List:
    abstract_id: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)
    used: bool = False


class Numbering:
    """numbering.xml: gives each numbered paragraph its printed number, in the order of the document."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, AbstractList] = {}
        self._lists: dict[int, List] = {}
        if root is None:
            return
        for element in root.iterfind(W + "abstractNum"):
            self._abstracts[element.get(W + "abstractNumId") or ""] = AbstractList(
                levels=dict(_levels(element)),
                style_link=value(element.find(W + "styleLink")),
                num_style_link=value(element.find(W + "numStyleLink")),
            )
        for element in root.iterfind(W + "num"):
            num_id = number(element.get(W + "numId"))
            if num_id is not None:
                self._lists[num_id] = _list(element)

    def of_paragraph(self, num_pr: etree._Element | None, style: str | None) -> tuple[int, int] | None:
        """(w:num, level) of a paragraph by its own properties or by its style; None when it has no number."""
        own_num = None if num_pr is None else number(value(num_pr.find(W + "numId")))
        own_level = None if num_pr is None else number(value(num_pr.find(W + "ilvl")))
        if own_num is not None:
            num_id, level = own_num, own_level or 0
        else:
            found = self._styles.num_id(style)
            if found is None:
                return None
            num_id, styled_by, style_level = found
            level = own_level if own_level is not None else self._level_of_style(num_id, styled_by, style, style_level)
        if num_id == 0 or num_id not in self._lists or not 0 <= level < LEVELS:
            return None
        return num_id, level

    def label(self, num_id: int, level: int) -> str:
        """Counts the paragraph and gives the number Word prints before it («2.1.», «а)»; a bullet is «-»)."""
        chosen, abstract = self._lists[num_id], self._abstract(self._lists[num_id].abstract_id)
        if abstract is None:
            return ""
        counters = abstract.counters
        if not chosen.used:
            chosen.used = True
            for overridden in chosen.starts:
                counters[overridden] = None
        for above in range(level):
            if counters[above] is None:
                counters[above] = self._start(chosen, abstract, above)
        now = counters[level]
        counters[level] = self._start(chosen, abstract, level) if now is None else now + 1
        for below in range(level + 1, LEVELS):
            restart = self._level(chosen, abstract, below).restart
            if restart is None or level < restart:
                counters[below] = None
        return self._text(chosen, abstract, level)

    def _text(self, chosen: List, abstract: AbstractList, level: int) -> str:
        shown = self._level(chosen, abstract, level)
        if shown.hidden:
            return ""
        if shown.number_format == "bullet":
            return shown.text if len(shown.text.strip()) > 2 else BULLET if shown.text.strip() else ""

        def place(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            count = abstract.counters[index]
            return "" if count is None else self._level(chosen, abstract, index).printed(count, shown.legal)

        return _PLACE.sub(place, shown.text).strip()

    def _start(self, chosen: List, abstract: AbstractList, level: int) -> int:
        return chosen.starts.get(level, self._level(chosen, abstract, level).start)

    def _level(self, chosen: List, abstract: AbstractList, level: int) -> Level:
        return chosen.levels.get(level) or abstract.levels.get(level) or Level(number_format="none")

    def _abstract(self, abstract_id: str) -> AbstractList | None:
        """The list, through a list style when it is only a link to one."""
        found = self._abstracts.get(abstract_id)
        if found is None or found.num_style_link is None or found.levels:
            return found
        return next((a for a in self._abstracts.values() if a.style_link == found.num_style_link), found)

    def _level_of_style(self, num_id: int, styled_by: str, style: str | None, printed_level: int | None) -> int:
        """A style finds its level by the level that names it; w:ilvl inside a style is only a hint."""
        chosen = self._lists.get(num_id)
        abstract = None if chosen is None else self._abstract(chosen.abstract_id)
        if chosen is not None and abstract is not None:
            levels = abstract.levels | chosen.levels
            for name in (style, styled_by):
                for index, level in levels.items():
                    if level.style is not None and level.style == name:
                        return index
        return printed_level or 0


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in parent.iterfind(W + "lvl"):
        index = number(element.get(W + "ilvl"))
        if index is not None and 0 <= index < LEVELS:
            yield index, _level(element)


def _level(element: etree._Element) -> Level:
    # A format of one's own («001») hides in an alternative; its fallback is a plain one.
    number_format = next(element.iter(W + "numFmt"), None)
    custom = value(number_format, "format") or ""
    first = re.match(r"0*1", custom)
    text = value(element.find(W + "lvlText")) or ""
    return Level(
        start=number(value(element.find(W + "start")), 1) or 0,
        number_format=value(number_format) or "decimal",
        text=text or ("•" if element.find(W + "lvlPicBulletId") is not None else ""),
        restart=number(value(element.find(W + "lvlRestart"))),
        legal=bool(switched(element, "isLgl")),
        hidden=bool(switched(element.find(W + "rPr"), "vanish")),
        style=value(element.find(W + "pStyle")),
        zeros=len(first[0]) if first and len(first[0]) > 1 else 0,
    )


def _list(element: etree._Element) -> List:
    out = List(abstract_id=value(element.find(W + "abstractNumId")) or "")
    for override in element.iterfind(W + "lvlOverride"):
        index = number(override.get(W + "ilvl"))
        if index is None or not 0 <= index < LEVELS:
            continue
        level, start = override.find(W + "lvl"), number(value(override.find(W + "startOverride")))
        if level is not None:
            out.levels[index] = _level(level)
        if start is not None:
            out.starts[index] = start
    return out
