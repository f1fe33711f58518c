"""From what a paper of sections says (`reports.notes.content`) to PDF and Word: the same order, real tables, charts as pictures."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from config.charts import Chart, Series, lines
from config.pdf import render_pdf
from reports.docx import blank, bytes_of, repeat_heading
from reports.paper.model import Check

CHART_WIDTH = 165  # mm, the width of the text


def chart(values: Mapping[str, Any]) -> Chart:
    series = [Series(name, [None if one is None else float(one) for one in row]) for name, row in values["series"]]
    told = "; ".join(
        f"{one.name}: " + ", ".join("нет данных" if v is None else f"{v:g}" for v in one.values) for one in series
    )
    return lines(values["title"], values["labels"], series, description=told)


def html(content: Mapping[str, Any], check: Check | None = None) -> str:
    sections = []
    for section in content["sections"]:
        pictures = [(one["title"], _data(chart(one))) for one in section.get("charts", ())]
        sections.append({**section, "pictures": pictures})
    return render_to_string("pdf/note.html", {"content": content, "sections": sections, "check": check})


def _data(picture: Chart) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(picture.svg.encode()).decode()


def pdf(content: Mapping[str, Any], check: Check | None = None) -> bytes:
    return render_pdf(html(content, check))


def docx(content: Mapping[str, Any]) -> bytes:
    """Word: heading styles for the outline, tables with a repeated heading row, charts as PNG with a description."""
    document = blank(left=30, right=15)
    document.core_properties.title = str(content["title"])[:250]
    if content.get("mark"):
        document.add_paragraph(content["mark"], style="Draft mark")
    for line in content["issuer"]:
        document.add_paragraph(line.upper(), style="Issuer")
    document.paragraphs[-1].paragraph_format.space_after = Pt(18)
    document.add_paragraph(content["kind"], style="Title")
    document.add_paragraph(content["title"], style="Subtitle")
    document.add_paragraph("\t".join(one for one in (content["date"], content["number"]) if one), style="Normal")
    document.add_paragraph(content["moment"], style="Remark")
    for section in content["sections"]:
        document.add_paragraph(section["title"], style="Heading 1").paragraph_format.first_line_indent = Mm(12.5)
        for text in section["paragraphs"]:
            document.add_paragraph(text, style="Body Text")
        for one in section.get("charts", ()):
            _picture(document, chart(one))
        for one in section.get("tables", ()):
            _table(document, one)
    post, name = content["signature"]
    if post or name:
        line = document.add_paragraph(f"{post}\t{name}", style="Normal")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(CHART_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.space_before = Pt(30)
    return bytes_of(document)


def _caption(document: Any, words: str) -> None:
    line = document.add_paragraph(style="Normal")
    run = line.add_run(words)
    run.bold, run.font.size = True, Pt(11)
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_before = Pt(8)


def _picture(document: Any, picture: Chart) -> None:
    _caption(document, picture.title)
    line = document.add_paragraph(style="Normal")
    shape = line.add_run().add_picture(io.BytesIO(png(picture)), width=Mm(CHART_WIDTH))
    shape._inline.docPr.set("descr", f"{picture.title}. {picture.description}"[:500])
    line.paragraph_format.keep_together = True


def png(picture: Chart) -> bytes:
    """The chart as the PDF draws it, two hundred dots an inch."""
    import pypdfium2

    page = (
        '<!doctype html><html lang="ru"><head><title>.</title><style>@page{size:190mm 120mm;margin:0}@page:first{margin:0}'
        f'body{{margin:0}}img{{width:190mm}}</style></head><body><img src="{_data(picture)}" alt="."></body></html>'
    )
    document = pypdfium2.PdfDocument(render_pdf(page, sheet="pdf/chart.css", variant=None))
    try:
        image = document[0].render(scale=200 / 72).to_pil().convert("RGB")
    finally:
        document.close()
    from PIL import Image, ImageChops

    box = ImageChops.difference(image, Image.new("RGB", image.size, (255, 255, 255))).getbbox()
    if box:
        image = image.crop((0, 0, image.width, min(image.height, box[3] + 12)))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _table(document: Any, values: Mapping[str, Any]) -> None:
    if values["title"]:
        _caption(document, values["title"])
    table = document.add_table(rows=1, cols=len(values["columns"]), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, values["columns"], strict=True):
        cell.text = words
        for run in cell.paragraphs[0].runs:
            run.bold = True
    repeat_heading(table)
    for row in values["rows"]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    wide = 0.24 if len(values["columns"]) > 6 else 0.28 if len(values["columns"]) > 2 else 0.4
    rest = (1 - wide) / max(len(values["columns"]) - 1, 1)
    table.autofit = False
    for at, column in enumerate(table.columns):  # the grid itself: LibreOffice goes by it, not by the cells
        column.width = Mm(CHART_WIDTH * (wide if at == 0 else rest))
    for line in table.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for at, cell in enumerate(line.cells):
            cell.width = Mm(CHART_WIDTH * (wide if at == 0 else rest))
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                if at and not values.get("words"):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    for cell in table.rows[0].cells:  # a year in a narrow column must not break
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in paragraph.runs:
                run.font.size = Pt(8)
    document.add_paragraph("", style="Remark")
