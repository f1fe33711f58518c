"""A ZIP package (xlsx, ods) opened without letting it unpack into more than a table can be."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from .grid import MAX_UNPACKED, Unreadable

BROKEN = (
    "Файл повреждён и не открывается. Откройте его в Excel, сохраните заново как «Книга Excel» и загрузите ещё раз."
)
ENCRYPTED = "Файл закрыт паролем. Снимите пароль (в Excel: «Файл» → «Сведения» → «Защита книги») и загрузите снова."
BOMB = "Файл в распакованном виде больше 100 МБ. Удалите лишние листы и пустое оформление или разделите файл."
MAX_ENTRIES = 5_000

# zipfile says by RuntimeError, or a kind of it, that it cannot unpack by the method an entry names
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)


class Package:
    """Parts by name; sizes are checked before anything is unpacked, and again while it is (the declared size may lie)."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (*_FAULTS, OverflowError) as why:
            raise Unreadable(BROKEN) from why
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise Unreadable(BOMB, "too_large")
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}
        self._left = MAX_UNPACKED

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def read(self, name: str) -> bytes | None:
        entry = self._entries.get(name)
        if entry is None:
            lower = name.casefold()  # some writers spell «xl/SharedStrings.xml»
            entry = next((e for key, e in self._entries.items() if key.casefold() == lower), None)
        if entry is None:
            return None
        if entry.flag_bits & 0x1:
            raise Unreadable(ENCRYPTED)
        try:
            with self._zip.open(entry) as part:
                content = part.read(self._left + 1)
        except _FAULTS as why:
            raise Unreadable(BROKEN) from why
        if len(content) > self._left:
            raise Unreadable(BOMB, "too_large")
        self._left -= len(content)
        return content

    def xml(self, name: str) -> etree._Element | None:
        content = self.read(name)
        return None if content is None else parse(content)


def safe(content: bytes) -> bytes:
    """XML that may be parsed: an office part never carries a document type, so one that does is hostile."""
    head = content[:2000].replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in content[:100_000].replace(b"\x00", b""):
        raise Unreadable(BROKEN)
    return content


def parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(safe(content), parser)
    except (etree.XMLSyntaxError, ValueError) as why:
        raise Unreadable(BROKEN) from why
