"""Writing into an office's own XLSX without touching anything else of it: its formulas, looks and locks stay. Pure.

Only the cells named and the workbook's list of names change; every other part is copied byte for byte. Results of formulas
are dropped, so that Excel and LibreOffice calculate them anew when the file is opened.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from decisions.collecting.book import (
    BROKEN,
    Book,
    NotAForm,
    SheetCells,
    part_of,
    place_of,
    read_book,
    sheet_parts,
    workbook_part,
)
from decisions.collecting.model import Layout, Table, address
from decisions.collecting.values import Unclear, understood
from decisions.reading.containers import archive

MARK = "_sbor"
_LATER = (
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)


@dataclass(frozen=True, slots=True)
class Put:
    """What goes into a cell; `like` is the cell whose look it takes when it has none of its own."""

    value: Decimal | dt.date | str
    like: tuple[int, int] | None = None


def filled(data: bytes, layout: Layout, values: Mapping[str, str], mark: str) -> bytes:
    """The workbook with an answer in its places and `mark` (letters, digits, «.:_-») as a hidden name. Raises `NotAForm`."""
    book = read_book(data)
    puts: dict[str, dict[tuple[int, int], Put]] = {}
    for place in layout.places(values):
        text = values.get(place.key, "")
        sheet = book.sheet(place.sheet)
        if not text or sheet is None:
            continue
        try:
            value = understood(place.field, text)
        except Unclear:
            value = text  # what was typed wrong is not lost: the school sees it in its cell
        if isinstance(value, bool):
            value = "да" if value else "нет"
        row, column = place.at
        like = (place.table.rows[0], column) if isinstance(place.table, Table) and not place.table.fixed else None
        puts.setdefault(sheet.part, {})[(row, column)] = Put(
            _fit(value, sheet, row, column, like, place.field.kind), like
        )
    return written(data, book, puts, mark)


def _fit(
    value: Decimal | dt.date | str, sheet: SheetCells, row: int, column: int, like: tuple[int, int] | None, kind: str
) -> Decimal | dt.date | str:
    """A share where the cell shows per cents; words where the cell would show a day as a number."""
    style = sheet.cell(row, column).style
    if (row, column) not in sheet.cells and like is not None:
        style = sheet.cell(*like).style
    if isinstance(value, Decimal) and kind == "percent" and style.is_percent:
        return value / 100
    if isinstance(value, dt.date) and not style.is_date:
        return f"{value:%d.%m.%Y}"
    return value


def written(data: bytes, book: Book, puts: Mapping[str, Mapping[tuple[int, int], Put]], mark: str) -> bytes:
    """The file with these cells in these parts. Raises `NotAForm`."""
    try:
        package = archive.Package(data)
        path = workbook_part(package)
        root = part_of(package, path)
        if root is None:
            raise NotAForm(BROKEN)
        changed = {path: _marked(root, mark)}
        for _, part, _ in sheet_parts(package, path, root):
            sheet = part_of(package, part)
            if sheet is not None:
                changed[part] = _sheet(sheet, puts.get(part, {}))
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                name = entry.filename.replace("\\", "/").lstrip("/")
                content = changed[name] if name in changed else package.read(name)
                if content is not None and not entry.is_dir():
                    target.writestr(name, content)
    except (zipfile.BadZipFile, OSError, archive.Unreadable) as why:
        raise NotAForm(BROKEN) from why
    return out.getvalue()


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _marked(root: etree._Element, mark: str) -> bytes:
    space = etree.QName(root).namespace
    names = root.find("{*}definedNames")
    if names is None:
        names = etree.Element(f"{{{space}}}definedNames")
        _before(root, names, _LATER)
    for one in names.findall("{*}definedName"):
        if one.get("name") == MARK:
            names.remove(one)
    name = etree.SubElement(names, f"{{{space}}}definedName", name=MARK, hidden="1")
    name.text = f'"{mark}"'
    calc = root.find("{*}calcPr")
    if calc is None:
        calc = etree.Element(f"{{{space}}}calcPr")
        _before(root, calc, _LATER[1:])
    calc.set("fullCalcOnLoad", "1")
    return _bytes(root)


def _before(root: etree._Element, new: etree._Element, later: Iterable[str]) -> None:
    """Puts a child where the schema wants it: before the first of `later`."""
    wanted = set(later)
    for index, one in enumerate(root):
        if isinstance(one.tag, str) and etree.QName(one).localname in wanted:
            root.insert(index, new)
            return
    root.append(new)


def _sheet(root: etree._Element, puts: Mapping[tuple[int, int], Put]) -> bytes:
    space = etree.QName(root).namespace
    data = root.find("{*}sheetData")
    if data is None:
        raise NotAForm(BROKEN)
    for formula in data.iter("{*}f"):
        cached = formula.getparent().find("{*}v")  # type: ignore[union-attr]
        if cached is not None:
            formula.getparent().remove(cached)  # type: ignore[union-attr]
    rows = {int(row.get("r") or at): row for at, row in enumerate(data.findall("{*}row"), start=1)}
    looks = {cell.get("r"): cell.get("s") for row in rows.values() for cell in row if cell.get("r") and cell.get("s")}
    numbers = sorted(rows)
    for (row_at, column), put in sorted(puts.items()):
        row = rows.get(row_at)
        if row is None:
            row = etree.Element(f"{{{space}}}row", r=str(row_at))
            index = bisect_left(numbers, row_at)
            data.insert(index, row)
            numbers.insert(index, row_at)
            rows[row_at] = row
        row.attrib.pop("spans", None)
        _cell(row, space, row_at, column, put, looks)
    dimension = root.find("{*}dimension")
    if dimension is not None and puts:
        root.remove(dimension)  # it would lie now; it is optional
    return _bytes(root)


def _cell(
    row: etree._Element, space: str | None, row_at: int, column: int, put: Put, looks: Mapping[str | None, str | None]
) -> None:
    name = address(row_at, column)
    cell, index = None, 0
    for one in row:
        at = place_of(one.get("r") or name)[1] if one.get("r") else index + 1
        if at == column:
            cell = one
            break
        if at > column:
            break
        index += 1
    if cell is None:
        cell = etree.Element(f"{{{space}}}c", r=name)
        row.insert(index, cell)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if "s" not in cell.attrib and put.like is not None and (look := looks.get(address(*put.like))):
        cell.set("s", look)
    if isinstance(put.value, Decimal):
        etree.SubElement(cell, f"{{{space}}}v").text = f"{put.value:f}"
    elif isinstance(put.value, dt.date):
        etree.SubElement(cell, f"{{{space}}}v").text = str((put.value - dt.date(1899, 12, 30)).days)
    else:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t")
        text.text = put.value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
