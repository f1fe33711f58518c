"""ODT (also OTT and the flat form of one XML file) → text: lists with their numbers, table rows, changes as accepted.

Deleted text of tracked changes is kept by ODF outside of the text, inserted text inside it: the text as it stands is the
accepted one. Headers and footers live in styles.xml and are never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from .archive import BROKEN, ENCRYPTED, Package, parse
from .aside import CHANGES, HIDDEN, without_boxes
from .loaded import Loaded, Unreadable
from .odt_styles import DRAW, OFFICE, TABLE, TEXT, ListStyles, Styles, count
from .tables import Row, rows_text

_SPACE = re.compile(r"[ \t\r\n]+")
_MAX_REPEAT = 200  # a hostile file may repeat a row a billion times
_MAX_DEPTH = 200

# What stands beside the text: notes, comments, the printed copies of numbers, ruby above the line.
_BESIDE = frozenset(
    {TEXT + name for name in "note tracked-changes sequence-decls variable-decls user-field-decls ruby-text".split()}
    | {TEXT + name for name in "hidden-text number list-label index-title-template".split()}
    | {OFFICE + name for name in "annotation annotation-end forms event-listeners scripts".split()}
    | {TEXT + f"{name}-source" for name in "table-of-content illustration-index table-index user-index".split()}
    | {TEXT + f"{name}-source" for name in "object-index alphabetical-index bibliography".split()}
    | {TABLE + "table-source", TABLE + "shapes"}
)


def load_odt(data: bytes) -> Loaded:
    """The text of an ODT. Raises Unreadable."""
    if data.startswith(b"PK"):
        package = Package(data)
        if b"encryption-data" in (package.read("META-INF/manifest.xml") or b"") or "encrypted-package" in package.names:
            raise Unreadable(ENCRYPTED)
        root, shared = package.xml("content.xml"), _styles(package)
    else:
        root, shared = parse(data), None
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or body is None:
        raise Unreadable(BROKEN)
    roots = [found for found in (shared, root) if found is not None]
    walker = Walker(Styles(roots), ListStyles(roots))
    if next(body.iter(TEXT + "changed-region"), None) is not None:
        walker.found.add(CHANGES)
    walker.blocks(body)
    text, of_boxes = without_boxes(walker.lines, walker.boxes)
    notes = tuple(note for note in (CHANGES, HIDDEN) if note in walker.found)
    return Loaded(text=text, notes=notes + of_boxes, kind="odt")


def _styles(package: Package) -> etree._Element | None:
    try:
        return package.xml("styles.xml")
    except Unreadable:
        return None


@dataclass
class Walker:
    """Walks the text once, in order: the counters of lists depend on it."""

    styles: Styles
    lists: ListStyles
    lines: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._label = ""
        self._in_cell = False
        self._depth = 0

    def blocks(self, parent: Iterable[etree._Element]) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise Unreadable(BROKEN)
        for element in parent:
            tag = element.tag
            if tag == TEXT + "p":
                self.paragraph(element)
            elif tag == TEXT + "h":
                self.heading(element)
            elif tag == TEXT + "list":
                self.listing(element, 0, None, None)
            elif tag == TABLE + "table":
                self.table(element)
            elif tag == TEXT + "section" and self._is_off(element):
                self.found.add(HIDDEN)
            elif isinstance(tag, str) and tag.startswith(DRAW):
                self._box(element)
            elif tag not in _BESIDE:
                self.blocks(element)
        self._depth -= 1

    def heading(self, element: etree._Element) -> None:
        """A heading outside a list is numbered by the outline of the document."""
        if not self._label and (element.get(TEXT + "is-list-header") or "") != "true":
            level = count(element.get(TEXT + "outline-level"), 1) - 1
            start = element.get(TEXT + "start-value") if element.get(TEXT + "restart-numbering") == "true" else None
            self._label = self.lists.outline_label(level, count(start, 0) if start else None)
        self.paragraph(element)

    def paragraph(self, element: etree._Element) -> None:
        label, self._label = self._label, ""
        style = element.get(TEXT + "style-name")
        if self.styles.has(style, "paragraph", "hidden") and "".join(element.itertext()).strip():
            self.found.add(HIDDEN)
            return
        text = "".join(self._inline(element, style, None))
        text = "\n".join(line.strip() for line in text.strip().split("\n"))
        # An empty numbered line counts but says nothing; in a table it is the column «№ п/п».
        if label and (text or self._in_cell):
            text = f"{label} {text}".rstrip()
        self.lines.append(text)

    def listing(
        self, element: etree._Element, level: int, style: str | None, counters: list[int | None] | None
    ) -> None:
        """A list or, one level deeper, a list inside its item."""
        style = element.get(TEXT + "style-name") or style or self._list_of_paragraph(element)
        if counters is None:
            counters = self.lists.begin(
                style,
                element.get(_XML_ID),
                element.get(TEXT + "continue-list"),
                element.get(TEXT + "continue-numbering"),
            )
        for item in element:
            if item.tag not in (TEXT + "list-item", TEXT + "list-header"):
                continue
            numbered = item.tag == TEXT + "list-item"
            own = item.get(TEXT + "style-override") or style
            for child in item:
                if child.tag == TEXT + "list":
                    self._depth += 1
                    if self._depth > _MAX_DEPTH:
                        raise Unreadable(BROKEN)
                    self.listing(child, level + 1, style, counters)
                    self._depth -= 1
                    continue
                if numbered and child.tag in (TEXT + "p", TEXT + "h"):
                    start = item.get(TEXT + "start-value")
                    self._label = self.lists.label(own, level, counters, None if start is None else count(start, 1))
                    numbered = False
                if child.tag == TEXT + "h":
                    self.paragraph(child)
                elif child.tag != TEXT + "number":
                    self.blocks([child])
                self._label = ""

    def table(self, element: etree._Element) -> None:
        rows: list[Row] = []
        for tr in _rows(element):
            row, beside = Row(), 0
            for tc in tr:
                repeat = min(count(tc.get(TABLE + "number-columns-repeated"), 1), _MAX_REPEAT)
                if tc.tag == TABLE + "table-cell":
                    beside = count(tc.get(TABLE + "number-columns-spanned"), 1)
                    lines = self._cell(tc)
                    for _ in range(repeat):
                        row.add(list(lines), span=beside)
                    beside -= 1
                elif tc.tag == TABLE + "covered-table-cell":
                    # Covered from the left (already counted by its span) or from above.
                    for _ in range(repeat):
                        if beside > 0:
                            beside -= 1
                        else:
                            row.add([], goes_on=True)
            if any(cell.lines and any(cell.lines) for cell in row.cells):
                rows.extend([row] * min(count(tr.get(TABLE + "number-rows-repeated"), 1), _MAX_REPEAT))
        self.lines.extend(rows_text(rows, nested=self._in_cell))

    def _cell(self, tc: etree._Element) -> list[str]:
        """The lines of one cell. Tables inside are already one line a row."""
        outer, self.lines, was = self.lines, [], self._in_cell
        self._in_cell, self._label = True, ""
        self.blocks(tc)
        inner, self.lines, self._in_cell = self.lines, outer, was
        return inner

    def _inline(self, parent: etree._Element, style: str | None, run_style: str | None) -> Iterator[str]:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise Unreadable(BROKEN)
        yield self._shown(parent.text, style, run_style)
        for element in parent:
            tag = element.tag
            if tag == TEXT + "s":
                yield " " * min(count(element.get(TEXT + "c"), 1), _MAX_REPEAT)
            elif tag == TEXT + "tab":
                yield " "
            elif tag == TEXT + "line-break":
                yield "\n"
            elif tag == TEXT + "span":
                yield from self._inline(element, style, element.get(TEXT + "style-name") or run_style)
            elif tag == TEXT + "hidden-paragraph":
                pass
            elif isinstance(tag, str) and tag.startswith(DRAW) and tag != DRAW + "a":
                self._box(element)
            elif isinstance(tag, str) and tag not in _BESIDE:
                yield from self._inline(element, style, run_style)
            yield self._shown(element.tail, style, run_style)
        self._depth -= 1

    def _shown(self, text: str | None, style: str | None, run_style: str | None) -> str:
        if not text:
            return ""
        text = _SPACE.sub(" ", text)
        if self._has(style, run_style, "hidden"):
            if text.strip():
                self.found.add(HIDDEN)
            return ""
        return text.upper() if self._has(style, run_style, "capitals") else text

    def _has(self, style: str | None, run_style: str | None, name: str) -> bool:
        own = self.styles.value(run_style, "text", name)
        return bool(self.styles.has(style, "paragraph", name) if own is None else own)

    def _box(self, element: etree._Element) -> None:
        contents = [element] if element.tag == DRAW + "text-box" else list(element.iter(DRAW + "text-box"))
        if not contents and next(element.iter(TEXT + "p"), None) is not None:
            contents = [element]  # a drawn shape with text of its own
        for content in contents:
            if any(above.tag == DRAW + "text-box" for above in content.iterancestors()):
                continue
            inner = Walker(self.styles, self.lists)
            inner._depth = self._depth
            if content.tag == DRAW + "text-box":
                inner.blocks(content)
            else:
                for piece in content.iter(TEXT + "p"):
                    inner.paragraph(piece)
            self.boxes.append("\n".join(inner.lines))

    def _list_of_paragraph(self, element: etree._Element) -> str | None:
        first = next((p for p in element.iter(TEXT + "p", TEXT + "h")), None)
        return None if first is None else self.styles.list_style(first.get(TEXT + "style-name"))

    @staticmethod
    def _is_off(section: etree._Element) -> bool:
        return section.get(TEXT + "display") == "none" or section.get(TEXT + "is-hidden") == "true"


_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _rows(parent: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """The rows of a table, also those of its heading and of groups."""
    for element in parent:
        if element.tag == TABLE + "table-row":
            yield element
        elif element.tag in _ROW_GROUPS:
            yield from _rows(element)


_ROW_GROUPS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
