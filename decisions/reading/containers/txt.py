"""Plain text whose encoding nobody names."""

from __future__ import annotations

from config.encodings import NotText, decoded

from .loaded import Loaded, Unreadable, without_control

NOT_TEXT = (
    "Не удалось узнать, что это за файл: в нём нет текста. "
    "Загрузите документ в формате DOCX, PDF или TXT или вставьте его текст в поле."
)


def load_txt(data: bytes) -> Loaded:
    """The text of a plain file. Raises Unreadable when it is no text."""
    return Loaded(text=decode(data), kind="txt")


def decode(data: bytes) -> str:
    """The text of bytes of an unknown encoding, LF line ends. Raises Unreadable."""
    try:
        return without_control(decoded(data))
    except NotText:
        raise Unreadable(NOT_TEXT) from None
