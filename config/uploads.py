"""What may be uploaded as an answer: the kind is told by content, not by name; size is limited; nothing is ever run."""

from __future__ import annotations

import filetype

# Extensions told by content → what the browser gets when it downloads the file.
ALLOWED = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "webp": "image/webp",
    "tif": "image/tiff",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "zip": "application/zip",
}
PHOTOS = frozenset({"jpg", "png", "heic", "webp", "tif"})


class BadUpload(ValueError):
    """The file cannot be taken; `str()` is a Russian sentence with what to do."""


def kind_of(content: bytes, name: str, *, limit: int) -> tuple[str, str]:
    """The extension told by content and its media type. Raises `BadUpload`."""
    shown = name[-80:] or "файл"
    if not content:
        raise BadUpload(f"«{shown}» пуст. Проверьте файл и выберите его ещё раз.")
    if len(content) > limit:
        raise BadUpload(f"«{shown}» больше {limit // 1024 // 1024} МБ. Сожмите его или разделите на части.")
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc"):
        return "heic", ALLOWED["heic"]
    guess = filetype.guess(content[:8192])
    extension = guess.extension if guess else ""
    if extension == "jpeg":
        extension = "jpg"
    if content[:4] == b"\xd0\xcf\x11\xe0":
        extension = {"xls": "xls", "ppt": "ppt"}.get(name.rpartition(".")[2].lower(), "doc")
    if extension in ALLOWED:
        return extension, ALLOWED[extension]
    if not extension and _is_text(content):
        return "txt", "text/plain; charset=utf-8"
    raise BadUpload(f"«{shown}»: такой файл приложить нельзя. Подойдут PDF, Word, Excel, фотографии, архив ZIP.")


def _is_text(content: bytes) -> bool:
    """Plain words, and not a page or a script that only calls itself text."""
    head = content[:2048].lower()
    return (
        b"\0" not in head
        and b"<script" not in head
        and b"<html" not in head
        and b"<svg" not in head
        and b"<?xml" not in head
    )
