"""What stands beside the text of a word processor's file: removed and hidden text, boxes; and how the reader is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .loaded import tidy

CHANGES = "В файле были исправления рецензентов: они прочитаны как принятые, удалённый текст отброшен."
HIDDEN = "В файле есть скрытый текст: он не печатается и не прочитан."
EMBEDDED = "В файл вставлен другой документ целиком: его текст не прочитан, проверьте, всё ли на месте."
BOXES_ONLY = "Почти весь текст файла лежит в надписях (рамках): проверьте порядок строк."


def without_boxes(lines: Sequence[str], boxes: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text of a file and notes on its boxes. The boxes are the text only when they hold nearly all of it."""
    text, boxed = tidy("\n".join(lines)), tidy("\n".join(boxes))
    if len(text) * 2 < len(boxed):
        return boxed, (BOXES_ONLY,)
    body = _letters(text)
    lost = [box for box in map(tidy, boxes) if _letters(box) and _letters(box) not in body]
    if not lost:
        return text, ()
    shown = "; ".join(f"«{_short(box)}»" for box in lost[:3])
    return text, (f"Текст в надписях (рамках) не прочитан: {shown}{' и ещё' if lost[3:] else ''}.",)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"
