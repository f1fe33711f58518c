"""From the bytes of a file to its text. What a file is, its content says; its name is only a hint.

`load` never raises anything but `Unreadable`, whose message a methodist can act on. It has no limits of time and
memory of its own: `decisions.reading.child` gives it those.
"""

from __future__ import annotations

from collections.abc import Callable

from .kinds import kind_of
from .loaded import MAX_BYTES, FileKind, Loaded, Unreadable

__all__ = ["MAX_BYTES", "FileKind", "Loaded", "Unreadable", "load"]

EMPTY = "Файл пуст. Проверьте, тот ли файл выбран, и загрузите его ещё раз."
NO_TEXT = "В файле нет текста. Если документ в нём нарисован, вставьте его текст в поле или загрузите файл Word."
DAMAGED = (
    "Файл повреждён или устроен необычно, прочитать его не удалось. "
    "Откройте его в Word, сохраните в формате DOCX и загрузите снова или вставьте текст документа в поле."
)


def load(data: bytes, name: str) -> Loaded:
    """The text of a file of at most `MAX_BYTES`. Raises Unreadable."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(EMPTY)
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"Файл больше {MAX_BYTES // 1024 // 1024} МБ. "
            "Удалите из него рисунки и сохраните заново или вставьте текст документа в поле."
        )
    try:
        loaded = _reader(kind_of(data, name))(data)
    except (Unreadable, MemoryError):
        raise
    except Exception as why:  # a broken file can break a parser anywhere: the reader must say a sentence, not fail
        raise Unreadable(DAMAGED) from why
    if not loaded.text.strip() and not loaded.scan:
        raise Unreadable(NO_TEXT)
    return loaded


def _reader(kind: FileKind) -> Callable[[bytes], Loaded]:
    """Each format is imported when it is met: a web process that only names `Unreadable` needs none of them."""
    match kind:
        case "docx":
            from .docx import load_docx

            return load_docx
        case "odt":
            from .odt import load_odt

            return load_odt
        case "rtf":
            from .rtf import load_rtf

            return load_rtf
        case "pdf":
            from .pdf import load_pdf

            return load_pdf
        case "doc":
            from .doc import load_doc

            return load_doc
        case "html":
            from .html import load_html

            return load_html
        case _:
            from .txt import load_txt

            return load_txt
