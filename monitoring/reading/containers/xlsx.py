"""XLSX and XLSM: values with their formats, merged ranges, hidden sheets, formulas that were never computed."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from . import plainly
from .formats import BUILT_IN, Kind, kind_of
from .grid import Broken, Line, Sheet, Shown, Span, Unreadable, Value, is_error, plain, scaled, text
from .package import BROKEN, Package, safe

_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_HEAD_LINES = 60
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def read_xlsx(package: Package) -> list[Sheet]:
    """Sheets in order, hidden ones marked. Raises Unreadable."""
    book = package.xml("xl/workbook.xml")
    if book is None:
        book = next((package.xml(n) for n in sorted(package.names) if re.fullmatch(r"xl/workbook\d*\.xml", n)), None)
    if book is None:
        raise Unreadable(BROKEN)
    targets = _targets(package)
    shared = _shared(package)
    kinds = _kinds(package)
    epoch = _epoch(book)
    out = []
    for place, item in enumerate((e for e in book.iter("{*}sheet")), start=1):
        hidden = item.get("state", "visible") != "visible"
        relation = item.get(_RELATION) or item.get(_STRICT_RELATION) or ""
        part = targets.get(relation) or f"xl/worksheets/sheet{place}.xml"
        content = package.read(part)
        if content is None or "chartsheets" in part or "dialogsheets" in part:
            continue
        name = item.get("name") or f"Лист{place}"
        try:
            sheet = _sheet(name, content, shared, kinds, epoch)
        except Unreadable:
            if not hidden:
                raise
            sheet = Sheet(name, unread=True)
        sheet.hidden = hidden
        out.append(sheet)
    return out


def _targets(package: Package) -> dict[str, str]:
    root = package.xml("xl/_rels/workbook.xml.rels")
    if root is None:
        return {}
    out = {}
    for relation in root.iter("{*}Relationship"):
        target = relation.get("Target") or ""
        out[relation.get("Id") or ""] = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        )
    return out


def _shared(package: Package) -> list[str]:
    content = package.read("xl/sharedStrings.xml")
    if content is None:
        return []
    quick = plainly.shared(safe(content))
    if quick is not None:
        return quick
    out = []
    for item in _parts(content, "{*}si"):
        out.append(_words(item))
        item.clear()
    return out


def _words(item: etree._Element) -> str:
    """The text of a string with its formatted runs, phonetic notes left out."""
    return "".join(
        t.text or ""
        for t in item.iter("{*}t")
        if not any(etree.QName(up).localname == "rPh" for up in t.iterancestors())
    )


def _kinds(package: Package) -> list[Kind]:
    """What each cell style (by its index) says of numbers."""
    root = package.xml("xl/styles.xml")
    if root is None:
        return []
    own = {f.get("numFmtId"): f.get("formatCode") for f in root.iter("{*}numFmt")}
    out: list[Kind] = []
    for styles in root.iter("{*}cellXfs"):
        for style in styles.iter("{*}xf"):
            number = style.get("numFmtId") or "0"
            pattern = own.get(number) or (BUILT_IN.get(int(number)) if number.isdigit() else None)
            out.append(kind_of(pattern))
    return out


def _epoch(book: etree._Element) -> dt.datetime:
    late = any(e.get("date1904") in ("1", "true") for e in book.iter("{*}workbookPr"))
    return dt.datetime(1904, 1, 1) if late else dt.datetime(1899, 12, 30)


def _parts(content: bytes, tag: str) -> Iterator[etree._Element]:
    try:
        for _, element in etree.iterparse(
            io.BytesIO(safe(content)),
            tag=tag,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
        ):
            yield element
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as why:
        raise Unreadable(BROKEN) from why


def _sheet(name: str, content: bytes, shared: list[str], kinds: list[Kind], epoch: dt.datetime) -> Sheet:
    sheet = Sheet(name, spans=list(_spans(content)))
    quick = plainly.lines(safe(content))
    rows = _parsed(content, shared, kinds, epoch) if quick is None else _quick(quick, shared, kinds, epoch)
    filled = 0
    for number, cells in rows:
        filled = sheet.add(number, cells, filled)
    return sheet


def _quick(
    rows: list[tuple[int, list[plainly.Cell]]], shared: list[str], kinds: list[Kind], epoch: dt.datetime
) -> Iterator[Line]:
    bare = {None, *(str(place) for place, kind in enumerate(kinds) if not kind)}
    for number, row in rows:
        cells: dict[int, Value] = {}
        for column, style, kind, raw in row:
            value: Value
            if kind == "n":
                if style in bare and raw.isascii() and raw.isdecimal() and len(raw) < 15:
                    value = int(raw)
                elif not raw.strip():
                    continue
                else:
                    value = _number(raw, kinds, style, epoch, number)
            elif kind == "inlineStr":
                value = text(raw)
            else:
                value = _said(kind, raw, shared) if raw.strip() else None
            if value is not None:
                cells[column] = value
        yield number, cells


def _parsed(content: bytes, shared: list[str], kinds: list[Kind], epoch: dt.datetime) -> Iterator[Line]:
    number = 0
    for row in _parts(content, "{*}row"):
        ref = row.get("r")
        number = int(ref) if ref and ref.isdigit() else number + 1
        cells: dict[int, Value] = {}
        column = -1
        for cell in row:
            if not isinstance(cell.tag, str) or not cell.tag.endswith("}c"):
                continue
            place = cell.get("r")
            found = _REF.fullmatch(place) if place else None
            column = _index(found[1]) if found else column + 1
            value = _value(cell, shared, kinds, epoch, number)
            if value is not None:
                cells[column] = value
        row.clear()
        yield number, cells


def _value(cell: etree._Element, shared: list[str], kinds: list[Kind], epoch: dt.datetime, line: int) -> Value:
    raw: str | None = None
    formula = False
    inline: etree._Element | None = None
    for child in cell:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag.endswith("}v"):
            raw = child.text
        elif tag.endswith("}f"):
            formula = True
        elif tag.endswith("}is"):
            inline = child
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return text(_words(inline)) if inline is not None else None
    if raw is None or not raw.strip():
        return Broken("формула без значения") if formula and kind != "str" else None
    if kind in ("s", "str"):
        return _said(kind, raw, shared)
    if kind == "e":
        return Broken(raw)
    if kind == "b":
        return raw.strip() == "1"
    if kind == "d":
        return dt.date.fromisoformat(raw[:10]) if _DATE.match(raw) else Broken(raw)
    return _number(raw, kinds, cell.get("s"), epoch, line)


def _said(kind: str, raw: str, shared: list[str]) -> Value:
    if kind == "s":
        return _shared_word(shared, raw)
    word = text(raw)
    return Broken(word) if word and is_error(word) else word


def _shared_word(shared: list[str], raw: str) -> Value:
    try:
        word = text(shared[int(raw)])
    except (ValueError, IndexError):
        return Broken("строка потеряна")
    return Broken(word) if word and is_error(word) else word


def _number(raw: str, kinds: list[Kind], style: str | None, epoch: dt.datetime, line: int) -> Value:
    try:
        value = float(raw)
    except ValueError:
        return text(raw)
    if value != value or value in (float("inf"), float("-inf")):
        return Broken(raw)
    try:
        kind: Kind = kinds[int(style)] if style else ""
    except (ValueError, IndexError):
        kind = ""
    if kind == "percent":
        return scaled(value)
    if kind == "date":
        try:
            moment = epoch + dt.timedelta(days=value)
        except OverflowError:
            return Broken(raw)
        return moment
    if kind and line <= _HEAD_LINES:
        return Shown(value, f"{value:.{int(kind)}f}")
    return plain(value)


def _spans(content: bytes) -> Iterator[Span]:
    for found in re.finditer(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"', content):
        left, top, right, bottom = (part.decode() for part in found.groups())
        yield Span(int(top), _index(left), int(bottom), _index(right))


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
