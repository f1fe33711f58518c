"""CSV: its encoding and its delimiter are found by trying, never by the name of the file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from .grid import Broken, Sheet, Unreadable, Value, is_error, text

NOT_A_TABLE = (
    "Это не таблица: подходят файлы XLSX, XLS, ODS и CSV. Откройте файл в Excel и сохраните как «Книга Excel»."
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_delimited(data: bytes) -> list[Sheet]:
    """The one sheet of a CSV; a line's number is the line of the file where it begins. Raises Unreadable."""
    words = decoded(data)
    if words is None or _CONTROL.search(words):
        raise Unreadable(NOT_A_TABLE)
    first, skipped = words.partition("\n")[0].strip(), 0
    told = re.fullmatch(r"sep=(.)", first, re.IGNORECASE)
    if told:  # Excel's own hint
        words, skipped = words.partition("\n")[2], 1
    delimiter = told[1] if told else _delimiter(words)
    sheet = Sheet("CSV")
    filled = 0
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    start = 1 + skipped
    try:
        for cells in reader:
            filled = sheet.add(start, _cells(cells), filled)
            start = reader.line_num + 1 + skipped
    except csv.Error as why:
        raise Unreadable(f"Строка {reader.line_num}: таблица CSV нарушена. Сохраните файл заново из Excel.") from why
    return [sheet]


def _cells(cells: list[str]) -> dict[int, Value]:
    out: dict[int, Value] = {}
    for column, raw in enumerate(cells):
        word = text(raw)
        if word is not None:
            out[column] = Broken(word) if is_error(word) else word
    return out


def decoded(data: bytes) -> str | None:
    """Text in UTF-8, UTF-16 (with a mark or without) or cp1251; None for what is no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif data[1:2] == b"\x00" or data[:1] == b"\x00":
        encodings = ["utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"]
    elif data[:400].count(b"\x04") > 20:  # Cyrillic without a mark: every second byte is 04
        encodings = ["utf-16-le" if data[1::2][:200].count(b"\x04") >= data[::2][:200].count(b"\x04") else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1251", errors="replace") if encodings[-1] == "cp1251" else None


def _delimiter(words: str) -> str:
    """The delimiter by which most lines have the same number of cells."""
    sample = words[:60_000]
    best, found = (0.0, 0), ";"
    for delimiter in "\t;,|":
        try:
            lines = [len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if cells]
        except csv.Error:
            continue
        wide = [n for n in lines if n > 1]
        if not wide:
            continue
        width, count = Counter(wide).most_common(1)[0]
        score = (count / len(lines), width)
        if score > best:
            best, found = score, delimiter
    return found
