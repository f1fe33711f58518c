"""What a file is, by its content; what is no document is refused with advice."""

from __future__ import annotations

import re
import struct

from .archive import BROKEN, ENCRYPTED, Package
from .loaded import FileKind, Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

PICTURE = (
    "Это изображение, текста в нём нет. Сохраните его как подписанный экземпляр документа, "
    "а для чтения загрузите файл Word или вставьте текст в поле."
)
TABLE = (
    "Это таблица, а не документ. Загрузите протокол или приказ в формате DOCX или PDF или вставьте его текст в поле."
)
SLIDES = "Это презентация, а не документ. Загрузите протокол или приказ в формате DOCX или PDF."
ARCHIVE = "Это архив. Распакуйте его и загрузите сам документ: DOCX, ODT, RTF, PDF или TXT."
OTHER = "Файл этого вида прочитать нельзя. Сохраните документ в формате DOCX или PDF или вставьте его текст в поле."

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"BM", PICTURE),
    (b"AT&TFORM", PICTURE),  # DjVu
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
    (b"MZ", OTHER),
    (b"\x7fELF", OTHER),
    (b"ID3", OTHER),
    (b"OggS", OTHER),
    (b"%!PS", OTHER),
)
_ODF = {
    b"application/vnd.oasis.opendocument.spreadsheet": TABLE,
    b"application/vnd.oasis.opendocument.presentation": SLIDES,
    b"application/vnd.oasis.opendocument.graphics": PICTURE,
}
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|p)[\s>/]", re.IGNORECASE)
_MIME = re.compile(rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-type):", re.IGNORECASE)


def kind_of(data: bytes, name: str) -> FileKind:
    """The format of a file by its content. Raises Unreadable for what is no document or is locked."""
    if data.startswith(b"PK"):
        return _zip(data)
    if data.startswith(_OLE):
        return _ole(data)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse_signs(data)
    wide = data[:8192].replace(b"\x00", b"")  # a page saved by Word may be UTF-16
    if b"urn:oasis:names:tc:opendocument" in wide and b"office:document" in wide:
        return "odt"
    if (
        b"schemas.microsoft.com/office/word/2003/wordml" in wide
        or b"schemas.microsoft.com/office/2006/xmlPackage" in wide
    ):
        return "doc"
    if _MIME.match(head) and b"text/html" in data[:65536].lower():
        return "html"
    if wide.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and _MARKUP.search(wide):
        return "html"
    return "txt"


def _refuse_signs(data: bytes) -> None:
    for sign, advice in _SIGNS:
        if data.startswith(sign) and (len(sign) > 2 or _binary(data)):
            raise Unreadable(advice)
    if data[:4] == b"RIFF":
        raise Unreadable(PICTURE if data[8:12] == b"WEBP" else OTHER)
    if data[4:8] == b"ftyp":
        raise Unreadable(PICTURE if data[8:12] in (b"heic", b"heix", b"mif1", b"heif", b"avif") else OTHER)


def _binary(data: bytes) -> bool:
    """Two letters («BM», «MZ») may also begin a text: a binary file has zeros near its start."""
    return b"\x00" in data[:64]


def _zip(data: bytes) -> FileKind:
    package = Package(data)
    names = package.names
    mime = (package.read("mimetype") or b"").strip() if "mimetype" in names else b""
    if mime in _ODF:
        raise Unreadable(_ODF[mime])
    if mime.startswith(b"application/vnd.oasis.opendocument.text") or {"content.xml", "styles.xml"} <= names:
        return "odt"
    if any(part.startswith("word/") for part in names):
        return "docx"
    if any(part.startswith("xl/") for part in names):
        raise Unreadable(TABLE)
    if any(part.startswith("ppt/") for part in names):
        raise Unreadable(SLIDES)
    if "[Content_Types].xml" in names:
        types = package.read("[Content_Types].xml") or b""
        if b"wordprocessingml" in types:
            return "docx"
        raise Unreadable(OTHER)
    raise Unreadable(ARCHIVE)


def _ole(data: bytes) -> FileKind:
    """An old Office file holds named streams; their names are UTF-16 in its directory."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise Unreadable(ENCRYPTED)
    if has("WordDocument"):
        if _locked_doc(data):
            raise Unreadable(ENCRYPTED)
        return "doc"
    if has("Workbook") or has("Book"):
        raise Unreadable(TABLE)
    if has("PowerPoint Document"):
        raise Unreadable(SLIDES)
    raise Unreadable(OTHER if len(data) > 4096 else BROKEN)


def _locked_doc(data: bytes) -> bool:
    """The header of a .doc (FIB, [MS-DOC] 2.5.2) begins a sector with 0xA5EC; bit 8 of its flags is «encrypted»."""
    for start in range(0, len(data) - 12, 512):
        if data[start : start + 2] == b"\xec\xa5":
            (flags,) = struct.unpack_from("<H", data, start + 10)
            return bool(flags & 0x0100)
    return False
