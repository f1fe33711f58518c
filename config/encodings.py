"""The text of bytes whose encoding nobody names: UTF-8, UTF-16, cp1251, KOI8-R, cp866, decided by how Russian it looks.

Pure: a document pasted from a mail program and a registry saved from an old office program are read by the same rule.
"""

from __future__ import annotations

import codecs
import math
import re

# Shares of the letters in Russian text, per thousand.
_SHARE = {
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 43, "к": 35, "м": 32,
    "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 16, "б": 16, "ч": 14, "й": 12, "х": 10,
    "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 1, "ё": 1,
}  # fmt: skip
_WEIGHT = {letter: math.log(share / 30) for letter, share in _SHARE.items()}
_TURNED = re.compile(r"[а-яё][А-ЯЁ]")  # KOI8-R read as cp1251, and back, turns the case of letters round
_USUAL = re.compile(r"[\w\s.,:;!?()\[\]{}«»„“”\"'’%№§°–—…/\\*+=<>@#&$^~`|•·-]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_EIGHT_BIT = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
SAMPLE = 100_000


class NotText(ValueError):
    """The bytes are no text in any of the known encodings."""


def decoded(data: bytes) -> str:
    """The text of bytes of an unknown encoding, without a byte order mark. Raises NotText."""
    text = _decoded(data)
    sample = text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 100 or sample.count("�") > max(2, len(sample) // 50):
        raise NotText
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as why:
        # A file cut in the middle of a letter is still UTF-8.
        if why.start >= len(data) - 3:
            return data.decode("utf-8", "ignore")
    candidates = [(_russian(data[:SAMPLE].decode(name, "replace")), name) for name in _EIGHT_BIT]
    candidates.append((_russian(data[:SAMPLE].decode("utf-8", "replace")), "utf-8"))
    return data.decode(max(candidates)[1], "replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is the high one, 0x00 (signs) or 0x04 (Cyrillic)."""
    sample = data[: SAMPLE // 10 * 2]
    if len(sample) < 4:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = sample[offset::2], sample[1 - offset :: 2]
        usual = sum(byte in (0x00, 0x04, 0x20, 0x21) for byte in high)
        if usual > 0.95 * len(high) and sum(byte in (0x00, 0x04) for byte in low) < 0.2 * len(low):
            return encoding
    return None


def _russian(text: str) -> float:
    """How much a text looks like Russian, per character: its letters by frequency, less what never occurs."""
    score = sum(_WEIGHT.get(letter, 0.0) for letter in text.casefold())
    strange = len(text) - len(_USUAL.findall(text))
    foreign = sum(letter.isalpha() and ord(letter) > 0x7F and letter.casefold() not in _SHARE for letter in text)
    return (score - 4 * strange - 4 * foreign - 4 * len(_TURNED.findall(text))) / max(len(text), 1)
