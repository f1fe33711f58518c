"""Any container of a table as visible sheets, recognised by content and never by the name."""

from __future__ import annotations

import re

from .delimited import NOT_A_TABLE, read_delimited
from .grid import MAX_BYTES, Sheet, Unreadable
from .markup import html_part, read_html, read_spreadsheet_ml
from .ods import read_content, read_ods
from .package import BROKEN, ENCRYPTED, Package
from .xls import read_xls
from .xlsx import read_xlsx

TOO_LARGE = "Файл больше 10 МБ. Удалите лишние листы и картинки или разделите таблицу на несколько файлов."
EMPTY = "В файле нет ни одного значения. Проверьте, тот ли файл выбран."
BINARY = "Таблица сохранена как двоичная книга (XLSB). Откройте её в Excel и сохраните как «Книга Excel» (XLSX)."
ARCHIVE = "Это архив или документ, а не таблица. Распакуйте его и загрузите файлы XLSX, XLS, ODS или CSV."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_OTHER = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"II*\x00",
    b"MM\x00*",
)
_TABLE = re.compile(rb"<(?:table|tr|html)[\s>]", re.IGNORECASE)
_MIME = re.compile(rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-type):", re.IGNORECASE)

__all__ = ["Sheet", "Unreadable", "load", "load_all"]


def load(data: bytes, name: str = "") -> list[Sheet]:
    """Visible sheets with at least one value. Raises Unreadable (`too_large`, `empty`, `unreadable`)."""
    return [sheet for sheet in load_all(data, name) if not sheet.hidden]


def load_all(data: bytes, name: str = "") -> list[Sheet]:
    """Sheets with at least one value, hidden ones too. Raises Unreadable; a file without a value to be seen is `empty`."""
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_LARGE, "too_large")
    if not data.strip(b" \r\n\t\xef\xbb\xbf"):
        blank_text = name.lower().endswith((".csv", ".txt")) or len(data) > 0
        raise Unreadable(EMPTY, "empty" if blank_text else "unreadable")
    sheets = [sheet for sheet in _sheets(data) if sheet.lines or sheet.unread]
    if all(sheet.hidden for sheet in sheets):
        raise Unreadable(EMPTY, "empty")
    return sheets


def _sheets(data: bytes) -> list[Sheet]:
    if data.startswith(b"PK"):
        return _zip(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(ENCRYPTED)
        if not any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book", "WORKBOOK")):
            raise Unreadable(NOT_A_TABLE)
        return read_xls(data)
    if data.startswith(_BIFF):
        return read_xls(data)
    if data.startswith(_OTHER) or b"%PDF-" in data[:1024]:
        raise Unreadable(NOT_A_TABLE)
    head = data[:8192].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _MIME.match(head):
        page = html_part(data)
        if page is None:
            raise Unreadable(NOT_A_TABLE)
        return read_html(page)
    if head.startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head.lower():
            return read_spreadsheet_ml(data)
        if b"office:document" in head:
            return read_content(data)
        if _TABLE.search(head):
            return read_html(data)
        raise Unreadable(NOT_A_TABLE)
    return read_delimited(data)


def _zip(data: bytes) -> list[Sheet]:
    package = Package(data)
    names = {name.casefold() for name in package.names}
    mime = package.read("mimetype") or b""
    if b"opendocument.spreadsheet" in mime or ("content.xml" in names and not mime):
        return read_ods(package)
    if "xl/workbook.bin" in names:
        raise Unreadable(BINARY)
    if any(name.startswith("xl/") for name in names):
        return read_xlsx(package)
    raise Unreadable(ARCHIVE if names else BROKEN)
