"""A page saved as .doc or .html: its visible words, a paragraph a line, rows of tables with tabs."""

from __future__ import annotations

import email
import re
from email.message import Message

import lxml.html

from .loaded import Loaded, Unreadable, tidy
from .numerals import RUSSIAN, letters, roman
from .txt import NOT_TEXT, decode

BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 li tr br table ul ol blockquote section article pre".split())
COUNTED = "data-counted"
HIDDEN = frozenset("script style head title noscript template".split())


def load_html(data: bytes) -> Loaded:
    """The words of a page; of a web archive (MHT) its first page."""
    source = _page(data)
    root = lxml.html.document_fromstring(source) if source.strip() else None
    if root is None:
        raise Unreadable(NOT_TEXT)
    lines: list[str] = [""]
    _walk(root, lines)
    text = "\n".join(line if "\t" in line else " ".join(line.split()) for line in lines)
    return Loaded(text=tidy(text), kind="html")


def _page(data: bytes) -> str:
    if data[:4000].lower().find(b"content-type:") >= 0 and data.lstrip()[:1] != b"<":
        for part in _parts(email.message_from_bytes(data)):
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                return decode(payload) if isinstance(payload, bytes) else ""
    return decode(data)


def _parts(message: Message) -> list[Message]:
    return list(message.walk())


def _walk(node: lxml.html.HtmlElement, lines: list[str]) -> None:
    name = node.tag if isinstance(node.tag, str) else ""
    if not name or name in HIDDEN:
        return
    if name == "tr":
        cells = [" ".join(cell.text_content().split()) for cell in node if cell.tag in ("td", "th")]
        lines.append("\t".join(cells))
        lines.append("")
        return
    if name in BLOCKS:
        lines.append("")
    if name == "li":
        lines[-1] += _number(node)
    lines[-1] += " ".join((node.text or "").split()) + " " if node.text else ""
    for child in node:
        _walk(child, lines)
        tail = " ".join((child.tail or "").split())
        lines[-1] += f" {tail}" if tail else ""
    if name in BLOCKS:
        lines.append("")


def _number(item: lxml.html.HtmlElement) -> str:
    """The number a browser shows beside an item; of an item of a nested numbered list, with those of the lists above it.

    `start`, `value`, `reversed` and `type` (letters, Roman) of the list are kept; a letter stands alone: «а)».
    """
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    own = _label(item, parent)
    if not own.isdigit():
        return f"{own}) " if parent.get("type") in ("a", "A") else f"{own}. "
    numbers = [own]
    above = _item_above(parent)
    while above is not None:
        holder = above.getparent()
        label = _label(above, holder) if holder is not None and holder.tag == "ol" else ""
        if not label.isdigit():
            break
        numbers.insert(0, label)
        above = _item_above(holder)
    return ".".join(numbers) + ". "


def _item_above(node: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The item a list stands in, or (as word processors save it) the item before a list that stands beside it."""
    parent = node.getparent()
    if parent is not None and parent.tag in ("ol", "ul"):
        before = node.getprevious()
        while before is not None and before.tag != "li":
            before = before.getprevious()
        return before
    while parent is not None and parent.tag != "li":
        parent = parent.getparent()
    return parent


def _label(item: lxml.html.HtmlElement, holder: lxml.html.HtmlElement) -> str:
    """An item's own number; those of the whole list are counted once and kept on the items."""
    if item.get(COUNTED) is None:
        items = [child for child in holder if child.tag == "li"]
        step = -1 if holder.get("reversed") is not None else 1
        number = _integer(holder.get("start"), len(items) if step < 0 else 1)
        for child in items:
            number = _integer(child.get("value"), number)
            child.set(COUNTED, _printed(number, holder.get("type") or ""))
            number += step
    return str(item.get(COUNTED))


def _printed(number: int, kind: str) -> str:
    match kind:
        case "a" | "A":
            return letters(number, RUSSIAN)  # a paper in Russian letters its points in Russian
        case "i":
            return roman(number)
        case "I":
            return roman(number).upper()
        case _:
            return str(number)


def _integer(printed: str | None, default: int) -> int:
    text = (printed or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
