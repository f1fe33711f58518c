"""Papers and sheets as HTML for the renderer."""

from __future__ import annotations

from django.template.loader import render_to_string

from reports.paper.model import Paper, Sheet
from reports.paper.words import typeset


def paper_html(paper: Paper) -> str:
    return render_to_string("pdf/paper.html", {"paper": typeset(paper)})


def sheet_html(sheet: Sheet) -> str:
    sheet = typeset(sheet)
    columns = list(zip(sheet.columns, sheet.widths, strict=True))
    return render_to_string("pdf/sheet.html", {"sheet": sheet, "columns": columns})
