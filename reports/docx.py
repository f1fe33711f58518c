"""Papers as Word files: real styles, real multi-level numbering, page numbers; looks like the PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from reports.paper.model import Check, Paper, Section, Sheet, Signature
from reports.paper.words import typeset

FONT = "Times New Roman"
DOTTED = re.compile(r"^\d{1,3}(?:\.\d{1,3}){0,4}\.$")
TEXT_WIDTH = Mm(165)


def paper_docx(paper: Paper) -> bytes:
    """The bytes of a .docx with the same content and order as the PDF."""
    paper = typeset(paper)
    document = blank(left=30, right=15)
    document.core_properties.title = paper.file_title[:250]
    if paper.stamp:
        _line(document, paper.stamp, "Issuer")
    if paper.draft:
        _line(document, "ПРОЕКТ", "Draft mark")
    for line in paper.issuer:
        _line(document, line.upper(), "Issuer")
    document.paragraphs[-1].paragraph_format.space_after = Pt(18)
    _line(document, paper.title, "Title")
    if paper.heading and paper.kind != "order":
        _line(document, paper.heading, "Subtitle")
    _requisites(document, paper)
    if paper.heading and paper.kind == "order":
        line = _line(document, paper.heading, "Normal")
        line.paragraph_format.right_indent = Cm(7)
        line.paragraph_format.space_after = Pt(12)
    for group in paper.groups:
        line = document.add_paragraph(style="Normal")
        line.add_run(group.label + " ").bold = True
        line.add_run(group.text)
    if paper.agenda:
        _line(document, "ПОВЕСТКА ДНЯ", "Label")
        for number, point in enumerate(paper.agenda, start=1):
            _line(document, f"{number}. {point}", "Body Text")
    if paper.preamble:
        _line(document, paper.preamble, "Body Text")
    numbers = _Numbers(document)
    for section in paper.sections:
        _section(document, section, numbers)
    _signatures(document, paper)
    if paper.remarks:
        for text in ("Уточнено после регистрации, слова документа не менялись:", *paper.remarks):
            _line(document, text, "Remark")
    if paper.check:
        _check(document, paper.check, paper.check_words)
    for annex in paper.annexes:
        mark = _line(document, "", "Annex mark")
        mark.paragraph_format.page_break_before = True
        for index, text in enumerate(annex.mark.split("\n")):
            if index:
                mark.add_run().add_break()
            mark.add_run(text)
        if annex.title:
            _line(document, annex.title, "Label")
        for point in annex.agenda:
            _line(document, point, "Body Text")
        for section in annex.sections:
            _section(document, section, numbers)
    return bytes_of(document)


def sheet_docx(sheet: Sheet) -> bytes:
    """A table to sign, its heading row repeated on every page."""
    sheet = typeset(sheet)
    document = blank(left=20, right=10)
    document.core_properties.title = f"{sheet.title.capitalize()} {sheet.subtitle}"[:250]
    _line(document, sheet.title, "Title")
    _line(document, sheet.subtitle, "Subtitle")
    for text in sheet.lead:
        _line(document, text, "Body Text")
    if sheet.table_title:
        _line(document, sheet.table_title, "Label")
    if sheet.has_table:
        _sheet_table(document, sheet)
    if sheet.signature is not None:
        _signature_lines(document, [sheet.signature], Mm(180))
    return bytes_of(document)


def _sheet_table(document: Any, sheet: Sheet) -> None:
    table = document.add_table(rows=1, cols=len(sheet.columns), style="Table Grid")
    table.autofit = False
    _cell_margins(table)
    for cell, column in zip(table.rows[0].cells, sheet.columns, strict=True):
        cell.paragraphs[0].add_run(column).bold = True
        cell.paragraphs[0].alignment = ALIGN.CENTER
    repeat_heading(table)
    for row in sheet.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    for column, share in zip(table.columns, sheet.widths, strict=True):
        column.width = Mm(180 * share / 100)  # w:tblGrid: LibreOffice looks nowhere else
    for row in table.rows:
        row.height = Mm(10)  # room for a signature
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, share in zip(row.cells, sheet.widths, strict=True):
            cell.width = Mm(180 * share / 100)
            for line in cell.paragraphs:
                line.paragraph_format.first_line_indent = Cm(0)
                line.paragraph_format.space_after = Pt(0)
                for run in line.runs:
                    run.font.size = Pt(12)


def _cell_margins(table: Any) -> None:
    """Room above and below the words, as much as on the PDF's sheet."""
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 85), ("left", 108), ("bottom", 60), ("right", 108)):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(twips))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))  # the schema wants the margins before it
    properties.append(margins) if look is None else look.addprevious(margins)


def blank(*, left: int, right: int) -> Any:
    document = new_document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(left), Mm(right), Mm(20), Mm(20)
    page.header_distance = Mm(10)
    page.different_first_page_header_footer = True
    _page_number(page.header.paragraphs[0])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.1
    _style(document, "Title", bold=True, align=ALIGN.CENTER, after=6)
    _style(document, "Subtitle", align=ALIGN.CENTER, after=12)
    _style(document, "Issuer", new=True, bold=True, align=ALIGN.CENTER, after=0)
    _style(document, "Label", new=True, bold=True, align=ALIGN.CENTER, before=12, after=8, keep=True)
    _style(document, "Question", new=True, bold=True, align=ALIGN.JUSTIFY, before=12, after=6, indent=1.25, keep=True)
    _style(document, "Verb", new=True, before=6, after=4, keep=True)
    _style(document, "Body Text", align=ALIGN.JUSTIFY, after=3, indent=1.25)
    _style(document, "Clause", new=True, align=ALIGN.JUSTIFY, after=3, indent=1.25)
    _style(document, "Annex mark", new=True, after=14)
    document.styles["Annex mark"].paragraph_format.left_indent = Cm(9)
    _style(document, "Remark", new=True, after=2)
    document.styles["Remark"].font.size = Pt(11)
    _style(document, "Check", new=True, align=ALIGN.RIGHT, before=12, after=0)
    document.styles["Check"].font.size = Pt(8)
    _style(document, "Heading 1", bold=True, before=14, after=6, keep=True)
    outline = OxmlElement("w:outlineLvl")  # so that Word shows the parts in its navigation
    outline.set(qn("w:val"), "0")
    document.styles["Heading 1"].element.get_or_add_pPr().append(outline)
    _style(document, "Draft mark", new=True, align=ALIGN.RIGHT, after=6)
    return document


def _style(
    document: Any,
    name: str,
    *,
    new: bool = False,
    bold: bool = False,
    align: Any = None,
    before: int = 0,
    after: int = 4,
    indent: float = 0,
    keep: bool = False,
) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if new else document.styles[name]
    style.base_style = document.styles["Normal"]
    for found in style.element.findall(qn("w:rPr")) + style.element.findall(qn("w:pPr")):
        style.element.remove(found)  # the template's colours, borders and outline
    style.font.name, style.font.size, style.font.bold = FONT, Pt(14), bold
    shape = style.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    shape.first_line_indent = Cm(indent)
    shape.keep_with_next = keep


def _page_number(paragraph: Any) -> None:
    """The field PAGE in the middle of the header; the first page has none (ГОСТ Р 7.0.97)."""
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)
    run.font.size = Pt(12)


def _requisites(document: Any, paper: Paper) -> None:
    line = document.add_paragraph(style="Normal")
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(int(TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{paper.date}\t{paper.place}\t№\u00a0{paper.number or '______'}")
    line.paragraph_format.space_after = Pt(14)


def _section(document: Any, section: Section, numbers: _Numbers) -> None:
    if section.title:
        _line(document, section.title, "Question")
    for speech in section.speeches:
        _line(document, f"{speech.label}: {speech.text}", "Body Text")
    if section.verb:
        _line(document, section.verb, "Verb")
    for line in section.lines:
        paragraph = document.add_paragraph(style="Clause")
        if not numbers.apply(paragraph, line.number) and line.number:
            paragraph.add_run(line.number + "\u00a0")
        paragraph.add_run(line.text)
        paragraph.paragraph_format.keep_with_next = line.is_heading
        for note in line.notes:
            _line(document, note, "Body Text")


def _signatures(document: Any, paper: Paper) -> None:
    if paper.signatures:
        document.paragraphs[-1].paragraph_format.keep_with_next = True  # signatures never stand alone on a page
    _signature_lines(document, paper.signatures, TEXT_WIDTH, more=paper.check is not None)
    for text in paper.closing:
        line = document.add_paragraph(text, style="Normal")
        line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _signature_lines(document: Any, rows: Sequence[Signature], width: Any, *, more: bool = False) -> None:
    """Post from the left, name at the right edge; `more` follows and must stay on the same page."""
    for index, one in enumerate(rows):
        line = document.add_paragraph(style="Normal")
        line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.space_before = Pt(36 if index == 0 else 18)
        line.paragraph_format.keep_together = True
        line.paragraph_format.keep_with_next = index < len(rows) - 1 or more
        line.add_run(f"{one.post}\t{one.name}")


def _check(document: Any, check: Check, words: str) -> None:
    """The check code below the signatures: Word cannot keep it at the foot of a page it does not know yet."""
    line = _line(document, f"{words} {check.shown}  ", "Check")
    line.paragraph_format.keep_together = True
    shape = line.add_run().add_picture(io.BytesIO(check.png), width=Mm(15))
    shape._inline.docPr.set("descr", "QR-код проверки документа")


def repeat_heading(table: Any) -> None:
    """The first row again on every page."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _line(document: Any, text: str, style: str) -> Any:
    return document.add_paragraph(text, style=style)


def bytes_of(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Numbers:
    """Automatic numbering that shows the printed numbers: one list as long as they go on, a new one where they jump.

    Each list stands on a definition of its own: lists that share one share its counters too, so a list that begins at «2.1»
    with no «2» before it would go on from the last number of the list above.
    """

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        self._num: int | None = None
        self._counters: list[int] = []
        self._starts: list[int] = []

    def apply(self, paragraph: Any, number: str) -> bool:
        """Makes the paragraph a list item that shows `number`; False when the number is not a plain dotted one."""
        if not DOTTED.match(number):
            return False
        parts = [int(piece) for piece in number.rstrip(".").split(".")]
        if self._num is None or not self._continues(parts):
            self._num, self._starts = self._new_list(parts), parts
        self._counters = parts
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = len(parts) - 1
        properties.get_or_add_numId().val = self._num
        return True

    def _continues(self, parts: list[int]) -> bool:
        last = self._counters
        depth = len(parts)
        if depth > len(last):
            if depth <= len(self._starts) and self._starts[depth - 1] != 1:
                return False  # a level begins anew at the start of its list
            return depth == len(last) + 1 and parts[:-1] == last and parts[-1] == 1
        return parts[:-1] == last[: depth - 1] and parts[-1] == last[depth - 1] + 1

    def _new_list(self, parts: list[int]) -> int:
        num = self._root.add_num(self._add_abstract(parts))
        return int(num.numId)

    def _add_abstract(self, parts: list[int]) -> int:
        taken = [int(a.get(qn("w:abstractNumId"))) for a in self._root.findall(qn("w:abstractNum"))]
        number = max(taken, default=0) + 1
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), str(number))
        kind = OxmlElement("w:multiLevelType")
        kind.set(qn("w:val"), "multilevel")
        abstract.append(kind)
        for level in range(9):
            one = OxmlElement("w:lvl")
            one.set(qn("w:ilvl"), str(level))
            for tag, value in (
                ("start", str(parts[level]) if level < len(parts) else "1"),
                ("numFmt", "decimal"),
                ("suff", "space"),
                ("lvlText", "".join(f"%{n}." for n in range(1, level + 2))),
                ("lvlJc", "left"),
            ):
                piece = OxmlElement(f"w:{tag}")
                piece.set(qn("w:val"), value)
                one.append(piece)
            properties = OxmlElement("w:pPr")
            indent = OxmlElement("w:ind")
            indent.set(qn("w:left"), "0")
            indent.set(qn("w:firstLine"), "709")
            properties.append(indent)
            one.append(properties)
            abstract.append(one)
        first = self._root.find(qn("w:num"))
        if first is not None:
            first.addprevious(abstract)
        else:
            self._root.append(abstract)
        return number
