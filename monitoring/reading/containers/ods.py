"""ODS and flat ODS: values by `office:value-type`, repeated cells, hidden tables."""

from __future__ import annotations

import datetime as dt
import io

from lxml import etree

from .grid import Broken, Sheet, Span, Unreadable, Value, is_error, plain, scaled, text, too_many
from .package import BROKEN, ENCRYPTED, Package, safe

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_MOST_REPEATS = 50_000


def read_ods(package: Package) -> list[Sheet]:
    """Sheets in order, hidden ones marked. Raises Unreadable."""
    manifest = package.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise Unreadable(ENCRYPTED)
    content = package.read("content.xml")
    if content is None:
        raise Unreadable(BROKEN)
    return read_content(content)


def read_content(content: bytes) -> list[Sheet]:
    """The tables of `content.xml` or of a flat document."""
    out: list[Sheet] = []
    hidden: set[str] = set()
    sheet: Sheet | None = None
    line = filled = 0
    tags = (f"{_TABLE}table", f"{_TABLE}table-row", f"{_STYLE}style")
    try:
        events = etree.iterparse(
            io.BytesIO(safe(content)),
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for event, element in events:
            if element.tag == tags[2]:
                if event == "end" and any(p.get(f"{_TABLE}display") == "false" for p in element):
                    hidden.add(element.get(f"{_STYLE}name") or "")
            elif element.tag == tags[0]:
                if event == "start":
                    sheet, line, filled = Sheet(element.get(f"{_TABLE}name") or "Лист"), 1, 0
                    sheet.hidden = element.get(f"{_TABLE}style-name") in hidden
                    out.append(sheet)
            elif event == "end" and sheet is not None:
                line, filled = _row(sheet, element, line, filled)
                element.clear()
    except (etree.XMLSyntaxError, ValueError) as why:
        raise Unreadable(BROKEN) from why
    return out


def _row(sheet: Sheet, row: etree._Element, line: int, filled: int) -> tuple[int, int]:
    cells: dict[int, Value] = {}
    column = 0
    for cell in row:
        if not isinstance(cell.tag, str) or not cell.tag.endswith("table-cell"):
            continue
        repeat = _count(cell, f"{_TABLE}number-columns-repeated")
        value = None if cell.tag.endswith("covered-table-cell") else _value(cell)
        if value is not None:
            if repeat > _MOST_REPEATS:
                raise too_many(sheet.name)
            cells.update(dict.fromkeys(range(column, column + repeat), value))
        across, down = (
            _count(cell, f"{_TABLE}number-columns-spanned"),
            _count(cell, f"{_TABLE}number-rows-spanned"),
        )
        if across > 1 or down > 1:
            sheet.spans.append(Span(line, column, line + down - 1, column + across - 1))
        column += repeat
    repeat = _count(row, f"{_TABLE}number-rows-repeated")
    if cells:
        if repeat * len(cells) > 10 * _MOST_REPEATS:
            raise too_many(sheet.name)
        for at in range(repeat):
            filled = sheet.add(line + at, dict(cells), filled)
    return line + repeat, filled


def _count(element: etree._Element, name: str) -> int:
    raw = element.get(name) or "1"
    return max(int(raw), 1) if raw.isdigit() else 1


def _value(cell: etree._Element) -> Value:
    kind = cell.get(f"{_OFFICE}value-type")
    words = text("\n".join("".join(p.itertext()) for p in cell if p.tag == f"{_TEXT}p"))
    if cell.get(f"{_CALC}value-type") == "error" or (words and is_error(words)):
        return Broken(words or "#ОШИБКА!")
    if kind in ("float", "currency", "percentage"):
        raw = cell.get(f"{_OFFICE}value") or ""
        try:
            value = float(raw)
        except ValueError:
            return Broken(words or raw)
        return scaled(value) if kind == "percentage" else plain(value)
    if kind == "date":
        raw = (cell.get(f"{_OFFICE}date-value") or "")[:10]
        try:
            return dt.date.fromisoformat(raw)
        except ValueError:
            return Broken(words or raw)
    if kind == "time":
        return Broken(words or "время")
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if words is None and cell.get(f"{_TABLE}formula") and kind is None:
        return Broken("формула без значения")
    return words
