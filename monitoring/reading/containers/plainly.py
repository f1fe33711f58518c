"""A sheet of XLSX written plainly, as programs write nearly all of them: cells by one expression instead of a tree of elements.

Every character between `<sheetData>` and `</sheetData>` must belong to a form known here; at the first that does not (a formula, a
formatted run, another order of attributes, a comment) the answer is None and the sheet is read by the XML parser. What is read is
the same, a test holds both beside each other; it only takes a fifth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .grid import MAX_CELLS

_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d{1,5})")?(?: t="(n|s|str|inlineStr)")?>'
    r'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>'
    r'|<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,5}")?(?: t="\w+")? ?/>'
    r'|<row r="(\d{1,7})"((?: [\w:]+="[^"<>&]*")*) ?(/?)>'
    r"|</row>"
)
_SHARED = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|<si><t ?/></si>')
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

MOST_BYTES = 40 * 1024 * 1024

# column, style, type, value; columns from 0
Cell = tuple[int, str | None, str, str]


class _Otherwise(Exception):
    """Not written plainly, or so much that the parser, which stops at the first cell too many, shall have it."""


def lines(content: bytes) -> list[tuple[int, list[Cell]]] | None:
    """(line number, cells with something in them) in order; None when the parser must read the sheet."""
    body = _between(content, "<sheetData>", "</sheetData>") if len(content) <= MOST_BYTES else None
    if body is None:
        return None
    try:
        return list(_lines(body))
    except _Otherwise:
        return None


def shared(content: bytes) -> list[str] | None:
    """Shared strings without formatted runs; None when the parser must read them."""
    start = re.search(rb"<sst(?:\s[^>]*)?>", content)
    body = _between(content, start[0].decode("ascii", "replace"), "</sst>") if start else None
    if body is None:
        return None
    out, at = [], 0
    try:
        for found in _SHARED.finditer(body):
            if found.start() != at:
                return None
            at = found.end()
            out.append(_words(found[1] or ""))
    except _Otherwise:
        return None
    return out if at == len(body) else None


def _between(content: bytes, begin: str, end: str) -> str | None:
    head = content[:200].lstrip(b"\xef\xbb\xbf").lower()
    if head.startswith(b"<?xml") and b"encoding" in head and b"utf-8" not in head:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    first = text.find(begin)
    last = text.rfind(end)
    # a comment or a section of raw characters may hide or repeat anything
    if first < 0 or last < first or text.count(begin) > 1 or "<!" in text:
        return None
    return text[first + len(begin) : last]


def _lines(body: str) -> Iterator[tuple[int, list[Cell]]]:
    number, at, inside, filled = 0, 0, False, 0
    cells: list[Cell] = []
    for found in _TOKEN.finditer(body):
        if found.start() != at:
            raise _Otherwise
        at = found.end()
        letters, line, style, kind, raw, inline, row, _, closed = found.groups()
        if letters is not None:
            if not inside or int(line) != number:
                raise _Otherwise
            if inline is not None:
                if kind != "inlineStr":
                    raise _Otherwise
                cells.append((_column(letters), style, kind, _words(inline)))
            elif raw is not None:
                if kind == "inlineStr":
                    raise _Otherwise
                cells.append((_column(letters), style, kind or "n", _words(raw)))
        elif row is not None:
            if inside:
                raise _Otherwise
            number, cells, inside = int(row), [], not closed
        elif body[found.start() + 1] == "/":
            if not inside:
                raise _Otherwise
            inside = False
            filled += len(cells)
            if filled > MAX_CELLS:
                raise _Otherwise
            yield number, cells
        elif not inside:
            raise _Otherwise
    if at != len(body) or inside:
        raise _Otherwise


def _words(raw: str) -> str:
    if "&" not in raw:
        return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    return _unescaped(raw)


@lru_cache(maxsize=50_000)
def _unescaped(raw: str) -> str:
    words, count = _ENTITY.subn(lambda found: _letter(found[0]), raw)
    if count != raw.count("&"):
        raise _Otherwise
    return words


@lru_cache(maxsize=5_000)
def _letter(entity: str) -> str:
    name = entity[1:-1]
    if name in _NAMED:
        return _NAMED[name]
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    if (
        code > 0x10FFFF
        or code in (0xFFFE, 0xFFFF)
        or 0xD800 <= code < 0xE000
        or (code < 32 and code not in (9, 10, 13))
    ):
        raise _Otherwise
    return chr(code)


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
