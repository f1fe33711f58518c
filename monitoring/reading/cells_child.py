"""The cells of any table file as words, read in a child process with limits (`config.child`)."""

from __future__ import annotations

from typing import Any

from config import child

from .containers import load
from .containers.grid import Unreadable

SLOW = "Файл не удалось прочитать: он слишком велик или повреждён. Сохраните его заново как «Книга Excel»."

Lines = list[tuple[str, int, dict[int, str]]]


def read_cells(data: bytes, name: str, *, seconds: int = 60, megabytes: int = 1024) -> tuple[Lines, str]:
    """(sheet, line number, {column from 0: words}) in order, and a sentence when nothing could be read."""
    try:
        answer = child.run("monitoring.reading.cells_child", {"name": name}, data, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed:
        return [], SLOW
    lines = [(sheet, number, {int(k): v for k, v in cells.items()}) for sheet, number, cells in answer["lines"]]
    return lines, answer["error"]


def _answer(data: bytes, head: dict[str, Any]) -> dict[str, Any]:
    try:
        sheets = load(data, head["name"])
    except Unreadable as why:
        return {"lines": [], "error": str(why)}
    except MemoryError:
        return {"lines": [], "error": SLOW}
    lines = [
        (sheet.name, number, {column: str(value) for column, value in line.items() if value is not None})
        for sheet in sheets
        for number, line in sheet.lines
    ]
    return {"lines": lines, "error": ""}


if __name__ == "__main__":
    child.serve(_answer)
