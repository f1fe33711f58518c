"""DOCX → text: paragraphs with their automatic numbers, table rows, tracked changes as accepted.

Headers, footers, comments and footnotes live in other parts of the package and are never opened. The text of boxes is
laid aside: it stands beside the page, not in its order.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from .archive import BROKEN, Package, parse
from .aside import CHANGES, EMBEDDED, HIDDEN, without_boxes
from .docx_styles import Numbering, Styles, W, number, switched, value
from .loaded import Loaded, Unreadable
from .tables import Row, rows_text

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PLAIN = W[1:-1].encode()
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

# Wrappers whose children belong to the text as they stand (accepted insertions among them) …
_OPEN = frozenset(
    W + name
    for name in "ins moveTo hyperlink smartTag customXml fldSimple bdo dir sdtContent ruby rubyBase subDoc".split()
)
# … removed text, and what stands beside the text.
_REMOVED = frozenset({W + "del", W + "moveFrom"})
_BESIDE = frozenset({W + "drawing", W + "pict", W + "object"})

# Private characters of the symbol fonts that stand for something readable.
_SYMBOLS = {
    0x2D: "-",
    0xB7: "•",
    0xA7: "•",
    0xD8: "•",
    0xFC: "✓",
    0xFE: "☑",
    0xA8: "☐",
    0x6F: "☐",
    0xB0: "°",
    0xB1: "±",
}
_SYMBOLS |= {0xB3: "≥", 0xA3: "≤", 0xAE: "→", 0xE0: "→", 0xBE: "—"}


def load_docx(data: bytes) -> Loaded:
    """The text of a DOCX (also DOCM, DOTX, Strict). Raises Unreadable."""
    package = Package(data)
    name = _main_part(package)
    styles = Styles(_part(package, name, "styles.xml"))
    walker = Walker(styles, Numbering(_part(package, name, "numbering.xml"), styles))
    content = package.read(name)
    root = None if content is None else parse(content.replace(_STRICT, _PLAIN))
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise Unreadable(BROKEN)
    walker.read(body)
    return walker.loaded()


def _main_part(package: Package) -> str:
    """The part the package names as its document; Word's usual place when it names none."""
    relations = package.xml("_rels/.rels")
    for relation in () if relations is None else relations.iterfind(_RELATIONS):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            name = posixpath.normpath((relation.get("Target") or "").lstrip("/"))
            if name in package.names:
                return name
    return "word/document.xml"


def _part(package: Package, main: str, name: str) -> etree._Element | None:
    """A helping part beside the document; a broken one is as good as none."""
    try:
        content = package.read(posixpath.join(posixpath.dirname(main), name))
        return None if content is None else parse(content.replace(_STRICT, _PLAIN))
    except Unreadable:
        return None


@dataclass(slots=True)
class Carried:
    """The beginning of a paragraph whose end mark was deleted or hidden: it runs on into the next one."""

    label: str = ""
    text: str = ""
    keeps_label: bool = False


@dataclass
class Walker:
    """Walks the body once, in order: the counters of lists depend on it."""

    styles: Styles
    numbering: Numbering
    lines: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._fields: list[bool] = []  # open complex fields: False before w:fldChar separate, True after
        self._carried: Carried | None = None
        self._in_cell = False

    def loaded(self) -> Loaded:
        text, of_boxes = without_boxes(self.lines, self.boxes)
        notes = tuple(note for note in (CHANGES, HIDDEN, EMBEDDED) if note in self.found)
        return Loaded(text=text, notes=notes + of_boxes, kind="docx")

    def read(self, body: etree._Element) -> None:
        self.blocks(body)
        self._flush()

    def blocks(self, parent: Iterable[etree._Element]) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                self.paragraph(element)
            elif tag == W + "tbl":
                self.table(element)
            elif tag == W + "sdt":
                self._placeholder_or(element, self.blocks)
            elif tag in _OPEN:
                self._note_change(element)
                self.blocks(element)
            elif tag == _ALTERNATIVE:
                self.blocks(_choice(element))
            elif tag in _REMOVED:
                self.found.add(CHANGES)
            elif tag == W + "altChunk":
                self.found.add(EMBEDDED)

    def paragraph(self, element: etree._Element) -> None:
        properties = element.find(W + "pPr")
        style = (None if properties is None else value(properties.find(W + "pStyle"))) or self.styles.default
        text = "".join(self._inline(element, style))
        mark = None if properties is None else properties.find(W + "rPr")
        removed = mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)
        hidden = bool(switched(mark, "vanish")) or bool(switched(mark, "specVanish"))
        if removed:
            self.found.add(CHANGES)
        if hidden and not text.strip() and _has_text(element):
            return  # a hidden paragraph is neither printed nor counted
        before, self._carried = self._carried or Carried(), None
        label = ""
        if not removed:
            label = before.label or self._label(properties, style)
        text = before.text + text
        if removed or (hidden and text.strip()):
            # A deleted mark leaves the properties of the next paragraph, a hidden one (run-in heading) its own.
            self._carried = Carried(label=label, text=text)
            return
        self._put(label, text)

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        place = self.numbering.of_paragraph(None if properties is None else properties.find(W + "numPr"), style)
        return "" if place is None else self.numbering.label(*place)

    def _put(self, label: str, text: str) -> None:
        text = "\n".join(line.strip() for line in text.strip().split("\n"))
        # An empty numbered line counts but says nothing; in a table it is the column «№ п/п».
        if label and (text or self._in_cell):
            text = f"{label} {text}".rstrip()
        self.lines.append(text)

    def _flush(self) -> None:
        if self._carried is not None:
            carried, self._carried = self._carried, None
            self._put(carried.label, carried.text)

    def table(self, element: etree._Element) -> None:
        self._flush()
        rows: list[Row] = []
        for tr in _children(element, W + "tr"):
            properties = tr.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.found.add(CHANGES)
                continue
            row = Row()
            row.skip(number(value(None if properties is None else properties.find(W + "gridBefore")), 0) or 0)
            for tc in _children(tr, W + "tc"):
                cell = tc.find(W + "tcPr")
                if cell is not None and cell.find(W + "cellDel") is not None:
                    continue
                span = number(value(None if cell is None else cell.find(W + "gridSpan")), 1) or 1
                merge = None if cell is None else cell.find(W + "vMerge")
                row.add(self._cell(tc), span=span, goes_on=merge is not None and value(merge) in (None, "continue"))
            rows.append(row)
        self.lines.extend(rows_text(rows, nested=self._in_cell))

    def _cell(self, tc: etree._Element) -> list[str]:
        """The lines of one cell. Tables inside are already one line a row."""
        outer, self.lines, was = self.lines, [], self._in_cell
        self._in_cell = True
        self.blocks(tc)
        self._flush()
        inner, self.lines, self._in_cell = self.lines, outer, was
        return inner

    def _inline(self, parent: Iterable[etree._Element], style: str | None) -> Iterator[str]:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                yield from self._run(element, style)
            elif tag == W + "sdt":
                pieces: list[str] = []
                self._placeholder_or(element, lambda content, into=pieces: into.extend(self._inline(content, style)))
                yield from pieces
            elif tag in _OPEN:
                self._note_change(element)
                yield from self._inline(element, style)
            elif tag == _ALTERNATIVE:
                yield from self._inline(_choice(element), style)
            elif tag in _REMOVED:
                self.found.add(CHANGES)
            elif tag == W + "p":  # inside a content control of one line
                yield from self._inline(element, style)
            elif isinstance(tag, str) and "math" in tag:
                yield "".join(piece.text or "" for piece in element.iter(_MATH_TEXT))

    def _run(self, run: etree._Element, style: str | None) -> Iterator[str]:
        properties = run.find(W + "rPr")
        run_style = None if properties is None else value(properties.find(W + "rStyle"))
        for element in self._pieces(run):
            tag = element.tag
            if tag == W + "fldChar":
                self._field(element.get(W + "fldCharType"))
                continue
            if tag in _BESIDE:
                self._box(element)
                continue
            piece = _piece(element)
            if not piece or not all(self._fields):
                continue
            if self._has(properties, run_style, style, "vanish"):
                if piece.strip():
                    self.found.add(HIDDEN)
                continue
            yield piece.upper() if self._has(properties, run_style, style, "caps") else piece

    def _pieces(self, run: Iterable[etree._Element]) -> Iterator[etree._Element]:
        for element in run:
            if element.tag == _ALTERNATIVE:
                yield from self._pieces(_choice(element))
            elif element.tag == W + "ruby":
                for base in element.iterfind(f"{W}rubyBase/{W}r"):
                    yield from self._pieces(base)
            else:
                yield element

    def _has(self, properties: etree._Element | None, run_style: str | None, style: str | None, name: str) -> bool:
        own = switched(properties, name)
        if own is None:
            own = self.styles.switched(run_style, name)
        if own is None:
            own = self.styles.switched(style, name)
        return bool(own)

    def _field(self, step: str | None) -> None:
        if step == "begin":
            self._fields.append(False)
        elif step == "separate" and self._fields:
            self._fields[-1] = True
        elif step == "end" and self._fields:
            self._fields.pop()

    def _box(self, element: etree._Element) -> None:
        for content in element.iter(W + "txbxContent"):
            if any(above.tag == W + "txbxContent" for above in content.iterancestors()):
                continue
            inner = Walker(self.styles, self.numbering)
            inner.read(content)
            self.boxes.append("\n".join(inner.lines))

    def _placeholder_or(self, sdt: etree._Element, read: object) -> None:
        """A content control: its prompt («Место для ввода текста») is not text of the document."""
        properties, content = sdt.find(W + "sdtPr"), sdt.find(W + "sdtContent")
        if content is not None and not switched(properties, "showingPlcHdr"):
            read(content)  # type: ignore[operator]

    def _note_change(self, element: etree._Element) -> None:
        if element.tag in (W + "ins", W + "moveTo"):
            self.found.add(CHANGES)


def _children(parent: Iterable[etree._Element], tag: str) -> Iterator[etree._Element]:
    """Rows or cells, also inside content controls and accepted insertions."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag == W + "sdt":
            content = element.find(W + "sdtContent")
            yield from () if content is None else _children(content, tag)
        elif element.tag in _OPEN:
            yield from _children(element, tag)


def _choice(alternative: etree._Element) -> Iterable[etree._Element]:
    """One of several forms of the same content: the first, as a current Word shows it."""
    return next(iter(alternative), ())


def _piece(element: etree._Element) -> str:
    tag = element.tag
    if tag == W + "t":
        return element.text or ""
    if tag in (W + "tab", W + "ptab"):
        return " "
    if tag in (W + "br", W + "cr"):
        return "\n"
    if tag == W + "noBreakHyphen":
        return "-"
    if tag == W + "sym":
        try:
            code = int(element.get(W + "char") or "", 16)
        except ValueError:
            return ""
        private = 0xF000 <= code <= 0xF0FF
        return _SYMBOLS.get(code - 0xF000, " ") if private else chr(code) if 0x20 <= code < 0xD800 else ""
    return ""


def _has_text(element: etree._Element) -> bool:
    return any((piece.text or "").strip() for piece in element.iter(W + "t"))
