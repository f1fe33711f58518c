"""Writes an abstract sheet into every container that an office may send: XLSX, XLS, ODS, CSV, SpreadsheetML, HTML."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt

CONTAINERS = (
    "xlsx", "xls", "ods", "csv-utf8-semicolon", "csv-cp1251-semicolon", "csv-utf8-comma", "csv-utf16-tab",
    "csv-cp1251-tab", "ml", "html",
)  # fmt: skip


class Pct(float):
    """A fraction formatted as per cent."""


class Err(str):
    """An error value."""


class Formula(str):
    """A formula that was never computed."""


Cell = None | str | int | float | dt.date


@dataclass
class Page:
    """A sheet: rows of cells, merged ranges (row, column, row, column from 0), hidden or not."""

    name: str
    rows: list[list[Cell]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False


def shown(value: Cell, *, comma: bool = True) -> str:
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, Pct):
        text = f"{float(value) * 100:.2f}%"
    elif isinstance(value, float):
        text = str(int(value)) if value == int(value) else repr(value)
    elif isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    else:
        return str(value)
    return text.replace(".", ",") if comma else text


def write(kind: str, pages: list[Page]) -> bytes:
    if kind == "xlsx":
        return _xlsx(pages)
    if kind == "xls":
        return _xls(pages)
    if kind == "ods":
        return _ods(pages)
    if kind == "ml":
        return _ml(pages)
    if kind == "html":
        return _html(pages)
    return _csv(kind, pages)


def _xlsx(pages: list[Page]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name[:31])
        sheet.sheet_state = "hidden" if page.hidden else "visible"
        for r, row in enumerate(page.rows, start=1):
            for c, value in enumerate(row, start=1):
                if value is None:
                    continue
                cell = sheet.cell(r, c)
                if isinstance(value, Err):
                    cell.value, cell.data_type = str(value), "e"
                elif isinstance(value, Formula):
                    cell.value = str(value)
                elif isinstance(value, Pct):
                    cell.value, cell.number_format = float(value), "0.00%"
                else:
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"
                    if isinstance(value, dt.date):
                        cell.number_format = "DD.MM.YYYY"
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xls(pages: list[Page]) -> bytes:
    book = xlwt.Workbook()
    percent, date = xlwt.easyxf(num_format_str="0.00%"), xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for page in pages:
        sheet = book.add_sheet(page.name[:31])
        sheet.visibility = 1 if page.hidden else 0
        for r, row in enumerate(page.rows):
            for c, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, Err | Formula):
                    sheet.write(r, c, xlwt.Formula("1/0")) if isinstance(value, Formula) else sheet.write(
                        r, c, str(value)
                    )
                elif isinstance(value, Pct):
                    sheet.write(r, c, float(value), percent)
                elif isinstance(value, dt.date):
                    sheet.write(r, c, value, date)
                else:
                    sheet.write(r, c, value)
        for top, left, bottom, right in page.merges:
            sheet.merge(top, bottom, left, right)
    if all(page.hidden for page in pages):
        raise ValueError("xlwt needs a visible sheet")
    book.set_active_sheet(next(i for i, page in enumerate(pages) if not page.hidden))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _spans(page: Page) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    starts, covered = {}, set()
    for top, left, bottom, right in page.merges:
        starts[(top, left)] = (bottom - top + 1, right - left + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    return starts, covered


def _ods(pages: list[Page]) -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    )
    parts = [
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {names}><office:automatic-styles>"
        '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
        "</office:automatic-styles><office:body><office:spreadsheet>"
    ]
    for page in pages:
        starts, covered = _spans(page)
        style = "ta2" if page.hidden else "ta1"
        parts.append(f'<table:table table:name={quoteattr(page.name)} table:style-name="{style}">')
        for r, row in enumerate(page.rows):
            parts.append("<table:table-row>")
            for c, value in enumerate(row):
                if (r, c) in covered:
                    parts.append("<table:covered-table-cell/>")
                    continue
                down, across = starts.get((r, c), (1, 1))
                span = (
                    f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
                    if (r, c) in starts
                    else ""
                )
                parts.append(_ods_cell(value, span))
            parts.append('<table:table-cell table:number-columns-repeated="900"/></table:table-row>')
        parts.append(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row></table:table>'
        )
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "".join(parts))
    return out.getvalue()


def _ods_cell(value: Cell, span: str) -> str:
    words = escape(shown(value))
    if value is None:
        return f"<table:table-cell{span}/>"
    if isinstance(value, Formula):
        return f'<table:table-cell table:formula="of:={escape(value[1:])}"{span}/>'
    if isinstance(value, Pct):
        return f'<table:table-cell office:value-type="percentage" office:value="{float(value)!r}"{span}><text:p>{words}</text:p></table:table-cell>'
    if isinstance(value, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"{span}><text:p>{words}</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"{span}><text:p>{words}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string"{span}>{lines}</table:table-cell>'


def _csv(kind: str, pages: list[Page]) -> bytes:
    _, encoding, delimiter = kind.split("-")
    page = next(page for page in pages if not page.hidden)
    sign = {"semicolon": ";", "comma": ",", "tab": "\t"}[delimiter]
    width = max(len(row) for row in page.rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign)
    for row in page.rows:
        writer.writerow([shown(v, comma=sign != ",") for v in row] + [""] * (width - len(row)))
    text = out.getvalue()
    if encoding == "utf16":
        return text.encode("utf-16")
    return (
        text.replace("\u202f", "\u00a0").encode("cp1251", errors="replace")
        if encoding == "cp1251"
        else text.encode("utf-8-sig")
    )


def _ml(pages: list[Page]) -> bytes:
    parts = [
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles>'
        '<Style ss:ID="p"><NumberFormat ss:Format="0.00%"/></Style></Styles>'
    ]
    for page in pages:
        starts, covered = _spans(page)
        parts.append(f"<Worksheet ss:Name={quoteattr(page.name)}><Table>")
        for r, row in enumerate(page.rows, start=1):
            if not any(v is not None for v in row):
                continue
            parts.append(f'<Row ss:Index="{r}">')
            for c, value in enumerate(row):
                if value is None or (r - 1, c) in covered:
                    continue
                down, across = starts.get((r - 1, c), (1, 1))
                merge = (f' ss:MergeAcross="{across - 1}"' if across > 1 else "") + (
                    f' ss:MergeDown="{down - 1}"' if down > 1 else ""
                )
                kind, words, style = "String", escape(str(value)), ""
                if isinstance(value, Err):
                    kind = "Error"
                elif isinstance(value, Formula):
                    parts.append(f'<Cell ss:Index="{c + 1}" ss:Formula={quoteattr(value)}/>')
                    continue
                elif isinstance(value, dt.date):
                    kind, words = "DateTime", f"{value.isoformat()}T00:00:00.000"
                elif isinstance(value, int | float):
                    kind, words = "Number", repr(float(value)) if isinstance(value, float) else str(value)
                    style = ' ss:StyleID="p"' if isinstance(value, Pct) else ""
                words = words.replace("\n", "&#10;")
                parts.append(f'<Cell ss:Index="{c + 1}"{merge}{style}><Data ss:Type="{kind}">{words}</Data></Cell>')
            parts.append("</Row>")
        hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>" if page.hidden else ""
        parts.append(f"</Table>{hidden}</Worksheet>")
    parts.append("</Workbook>")
    return "".join(parts).encode()


def _html(pages: list[Page]) -> bytes:
    page = next(page for page in pages if not page.hidden)
    starts, covered = _spans(page)
    width = max(len(row) for row in page.rows)
    parts = ['<html><head><meta charset="utf-8"></head><body><table border=1>']
    for r, row in enumerate(page.rows):
        parts.append("<tr>")
        for c in range(width):
            if (r, c) in covered:
                continue
            down, across = starts.get((r, c), (1, 1))
            span = (f" rowspan={down}" if down > 1 else "") + (f" colspan={across}" if across > 1 else "")
            words = escape(shown(row[c] if c < len(row) else None)).replace("\n", "<br>")
            parts.append(f"<td{span}>{words or '&nbsp;'}</td>")
        parts.append("</tr>")
    parts.append("</table></body></html>")
    return "".join(parts).encode()
