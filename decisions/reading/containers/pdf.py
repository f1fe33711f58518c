"""PDF with text: lines of the pages in reading order, page numbers and repeated headers dropped. A scan has no text."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2

from .loaded import Loaded, Unreadable, tidy

NOTE = "Текст взят из PDF: проверьте границы пунктов и таблицы."
LOCKED = (
    "Файл закрыт паролем. Снимите пароль: откройте PDF с паролем, выберите «Печать» → «Сохранить как PDF» "
    "и загрузите полученный файл, или вставьте текст документа в поле."
)
PAGES = 400
LETTERS_A_PAGE = 25  # fewer on average: the pages are pictures with at most a stamp
_NUMBER = re.compile(r"^\W{0,3}\d{1,3}\W{0,3}$|^(?:стр|страница)\.?\s*\d+", re.IGNORECASE)


def load_pdf(data: bytes) -> Loaded:
    """The text of a PDF, or `scan=True` when its pages are pictures. Raises Unreadable when it is locked."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as why:
        raise Unreadable(LOCKED) if "assword" in str(why) else why from why
    pages = []
    for index in range(min(len(document), PAGES)):
        page = document[index]
        text = page.get_textpage().get_text_range()
        pages.append([_clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")])
    letters = sum(len(re.findall(r"[^\W\d_]", line)) for page in pages for line in page)
    if letters < LETTERS_A_PAGE * max(1, len(pages)):
        return Loaded(text="", kind="scan", scan=True)
    return Loaded(text=tidy("\n".join(_joined(_without_edges(pages)))), kind="pdf", notes=(NOTE,), preview_needed=True)


def _clean(line: str) -> str:
    return line.replace("\ufffe", "-").replace("\x02", "-").rstrip()


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Pages without their numbers and what is printed at the edge of every one."""
    edges: Counter[str] = Counter()
    for page in pages:
        filled = [line.strip() for line in page if line.strip()]
        edges.update({*filled[:1], *filled[-1:]})
    repeated = {line for line, times in edges.items() if times > 1 and times >= len(pages) - 1 and len(pages) > 2}
    return [
        [line for line in page if not _NUMBER.match(line.strip()) and line.strip() not in repeated] for page in pages
    ]


# What begins a paragraph of its own however full the line above is.
_STARTS = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[а-яё]\)|[-–—•●▪]\s|[IVX]{1,5}[.)]|(?:слушали|выступили|решили|постановили|повестка|присутств|"
    r"председател|секретар|приложение|срок|ответственн|исполнител|протокол|приказ|голосовали|по\s+\w+\s+вопросу)(?![а-яё]*\s*\d*[,;]))",
    re.IGNORECASE,
)
_SHORT_WORD = re.compile(r"(?:^|[\s(«])(?:р\.?\s?п|пгт|пос|с|п|д|г|х|ст|дер|им|ул|№|и\.?\s?о|[А-ЯЁ])\.?$")


def _joined(pages: list[list[str]]) -> list[str]:
    """Printed lines healed into paragraphs: a full line without an end goes on in the next one, over pages too."""
    lengths = sorted(len(line) for page in pages for line in page if line.strip())
    full = 0.8 * lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    lines: list[str] = []
    last = 0  # the length of the printed line last added
    for line in (line for page in pages for line in page):
        text = line.strip()
        if not text:
            lines.append("")
            continue
        above = lines[-1] if lines else ""
        goes_on = text[:1].islower() or _SHORT_WORD.search(above) or not re.search(r"[.:;!?]$", above)
        if above and last >= full and goes_on and not _STARTS.match(text):
            lines[-1] = above[:-1] + text if _torn(above, text) else f"{above} {text}"
        else:
            lines.append(text)
        last = len(text)
    return lines


def _torn(above: str, text: str) -> bool:
    """«образова-» + «тельных» is one word; «психолого-» + «педагогической» keeps its hyphen and is left to the reader."""
    return (
        above.endswith("-")
        and len(above) > 1
        and above[-2].islower()
        and text[:1].islower()
        and not above.endswith("о-")
    )
