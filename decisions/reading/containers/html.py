"""A page saved as .doc or .html: its visible words, a paragraph a line, rows of tables with tabs."""

from __future__ import annotations

import email
from email.message import Message

import lxml.html

from .loaded import Loaded, Unreadable, tidy
from .txt import NOT_TEXT, decode

BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 li tr br table ul ol blockquote section article pre".split())
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
    """The number a browser shows beside an item: of its place in every list above it."""
    numbers: list[str] = []
    node = item
    while node is not None:
        parent = node.getparent()
        if node.tag == "li" and parent is not None:
            if parent.tag != "ol":
                return "- " if not numbers else ".".join(numbers) + ". "
            items = [child for child in parent if child.tag == "li"]
            start = int(parent.get("start") or 1) if (parent.get("start") or "1").isdigit() else 1
            numbers.insert(0, str(start + items.index(node)))
        node = parent
    return ".".join(numbers) + ". "
