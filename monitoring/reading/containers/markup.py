"""What other systems call .xls: SpreadsheetML of 2003 and HTML tables, with or without a MIME envelope."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re

from lxml import etree, html

from .delimited import decoded
from .formats import kind_of
from .grid import Broken, Sheet, Span, Unreadable, Value, is_error, plain, scaled, text, too_many
from .package import BROKEN, parse

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_COLUMNS = 2_000


def read_spreadsheet_ml(data: bytes) -> list[Sheet]:
    """Worksheets of an «XML Spreadsheet 2003», hidden ones marked. Raises Unreadable."""
    root = parse(data)
    formats: dict[str, str] = {}
    for style in root.iter(f"{_SS}Style"):
        number = style.find(f"{_SS}NumberFormat")
        if number is not None:
            formats[style.get(f"{_SS}ID") or ""] = number.get(f"{_SS}Format") or ""
    out: list[Sheet] = []
    for item in root.iter(f"{_SS}Worksheet"):
        sheet = Sheet(item.get(f"{_SS}Name") or f"Лист{len(out) + 1}")
        sheet.hidden = any(
            (v.text or "").startswith("SheetHidden") or (v.text or "") == "SheetVeryHidden"
            for v in item.iter("{*}Visible")
        )
        line = filled = 0
        for row in item.iter(f"{_SS}Row"):
            line = int(row.get(f"{_SS}Index") or line + 1)
            cells: dict[int, Value] = {}
            column = -1
            for cell in row.iter(f"{_SS}Cell"):
                column = int(cell.get(f"{_SS}Index") or column + 2) - 1
                across, down = int(cell.get(f"{_SS}MergeAcross") or 0), int(cell.get(f"{_SS}MergeDown") or 0)
                value = _ml_value(cell, formats.get(cell.get(f"{_SS}StyleID") or "", ""))
                if value is not None:
                    cells[column] = value
                if across or down:
                    sheet.spans.append(Span(line, column, line + down, column + across))
                column += across
            filled = sheet.add(line, cells, filled)
        out.append(sheet)
    return out


def _ml_value(cell: etree._Element, shape: str) -> Value:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return Broken("формула без значения") if cell.get(f"{_SS}Formula") else None
    raw = text("".join(data.itertext()))
    kind = data.get(f"{_SS}Type")
    if raw is None:
        return None
    if kind == "Error" or is_error(raw):
        return Broken(raw)
    if kind == "Boolean":
        return raw == "1"
    if kind == "DateTime":
        try:
            return dt.date.fromisoformat(raw[:10])
        except ValueError:
            return Broken(raw)
    if kind == "Number":
        try:
            value = float(raw)
        except ValueError:
            return Broken(raw)
        percent = shape == "Percent" or kind_of(shape) == "percent"
        return scaled(value) if percent else plain(value)
    return raw


def read_html(data: bytes) -> list[Sheet]:
    """One sheet: tables and the words between them in the order of the page."""
    words = decoded(data) or ""
    told = re.search(rb"charset=[\"']?([\w-]+)", data[:4000], re.IGNORECASE)
    if told and told[1].lower() in (b"windows-1251", b"cp1251"):
        words = data.decode("cp1251", errors="replace")
    words = re.sub(r"<\?xml[^>]*\?>", "", words)
    try:
        root = html.document_fromstring(words)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as why:
        raise Unreadable(BROKEN) from why
    sheet = Sheet("HTML")
    line, filled = 1, 0
    taken: dict[tuple[int, int], bool] = {}
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "head"):
            continue
        if element.tag == "tr":
            cells: dict[int, Value] = {}
            column = 0
            for cell in element:
                if cell.tag not in ("td", "th"):
                    continue
                while taken.pop((line, column), False):
                    column += 1
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                value = _html_value(cell)
                if value is not None:
                    cells[column] = value
                if across > 1 or down > 1:
                    sheet.spans.append(Span(line, column, line + down - 1, column + across - 1))
                    for below in range(1, down):
                        for beside in range(across):
                            taken[(line + below, column + beside)] = True
                column += across
                if column > _MOST_COLUMNS or len(taken) > 200_000:
                    raise too_many(sheet.name)
            filled = sheet.add(line, cells, filled)
            line += 1
        elif element.tag in ("p", "div", "h1", "h2", "h3", "h4", "caption", "b") and not _inside_table(element):
            own = text(element.text_content()) if element.find(".//table") is None else text(element.text)
            if own and len(own) < 2_000:
                filled = sheet.add(line, {0: " ".join(own.split())}, filled)
                line += 1
    if not any(len(cells) > 1 for _, cells in sheet.lines):
        raise Unreadable(BROKEN)
    return [sheet]


def _inside_table(element: etree._Element) -> bool:
    if element.tag == "caption":
        return False
    return any(
        up.tag in ("td", "th", "p", "h1", "h2", "h3", "h4", "caption", "style") for up in element.iterancestors()
    ) or (element.tag == "b" and any(up.tag == "div" for up in element.iterancestors()))


def _span(cell: etree._Element, name: str) -> int:
    raw = (cell.get(name) or "1").strip()
    return min(max(int(raw), 1), 1_000) if raw.isdigit() else 1


def _html_value(cell: etree._Element) -> Value:
    for br in cell.iter("br"):
        br.tail = "\n" + (br.tail or "")
    word = text(cell.text_content())
    if word is None:
        return None
    return Broken(word) if is_error(word) else word


def html_part(data: bytes) -> bytes | None:
    """The page inside a MIME envelope («веб-страница в одном файле»)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None
