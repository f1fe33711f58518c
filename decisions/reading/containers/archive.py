"""Opening a ZIP package (DOCX, ODT) without letting it unpack into more than a document can be."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from .loaded import Unreadable

MAX_ENTRIES = 5_000
MAX_TOTAL = 300 * 1024 * 1024
MAX_PART = 40 * 1024 * 1024
# Deflate cannot do better than about 1030:1; a long table of equal rows reaches 100:1.
MAX_RATIO = 300
SMALL = 5 * 1024 * 1024

BROKEN = "Файл повреждён и не открывается. Откройте его в Word, сохраните заново в формате DOCX и загрузите ещё раз."
ENCRYPTED = "Файл закрыт паролем. Снимите пароль (в Word: «Файл» → «Сведения» → «Защита документа») и загрузите снова."
BOMB = (
    "Файл в распакованном виде слишком велик, читать его опасно. "
    "Скопируйте текст документа и вставьте его в поле вместо файла."
)


class Package:
    """The parts of a ZIP file by name. Sizes are checked before anything is unpacked."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, OverflowError) as why:
            raise Unreadable(BROKEN) from why
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise Unreadable(BOMB)
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def read(self, name: str) -> bytes | None:
        """The bytes of one part, None when there is none. Raises Unreadable."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.flag_bits & 0x1:
            raise Unreadable(ENCRYPTED)
        if entry.file_size > MAX_PART or entry.file_size > max(SMALL, MAX_RATIO * max(entry.compress_size, 1)):
            raise Unreadable(BOMB)
        try:
            with self._zip.open(entry) as part:
                content = part.read(MAX_PART + 1)  # the declared size may lie
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            ValueError,
        ) as why:
            raise Unreadable(BROKEN) from why
        if len(content) > MAX_PART:
            raise Unreadable(BOMB)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None when there is no such part. Raises Unreadable."""
        content = self.read(name)
        return None if content is None else parse(content)


def parse(content: bytes) -> etree._Element:
    """An XML root read with entities, network and document types off. Raises Unreadable."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as why:
        raise Unreadable(BROKEN) from why
    if root is None or root.getroottree().docinfo.doctype:
        raise Unreadable(BROKEN)  # an office format never carries a document type
    return root
