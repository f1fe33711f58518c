"""Papers without line breaks: one long line is cut where a printed paper would begin a new one. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.text import Line

LONG = 250  # characters a line on average: nobody prints paragraphs only
_TITLE = re.compile(
    r"(?<![А-ЯЁа-яё«])(?:ВЫПИСКА\s+ИЗ\s+ПРОТОКОЛА|ПРИКАЗ|РАСПОРЯЖЕНИЕ|ПОСТАНОВЛЕНИЕ|ПРОТОКОЛ|РЕШЕНИЕ\s+КОЛЛЕГИИ)(?![А-ЯЁа-яё])"
)
_SUBJECT = re.compile(r"(?<=[\d\wА-Яа-я.])\s+(?=(?:Об?о?|О\s+мерах)\s+[а-яё]{3,})")
_BEGINS = re.compile(
    r"(?<=[\s.;)»])(?=(?:Повестка(?:\s+дня)?|Присутств(?:овали|уют)|Председатель(?:ствовал[аи]?)?|Секретарь|Слушали|СЛУШАЛИ|Выступил[иа]?|ВЫСТУПИЛИ|"
    r"Решили|РЕШИЛИ|Постановили|ПОСТАНОВИЛИ|РЕШЕНИЕ|Решение)\s*[:–—-])|"
    r"(?<=\s)(?=(?:В\s+целях|В\s+соответствии|Во\s+исполнение|На\s+основании|С\s+целью)\s+[а-яё])|"
    r"(?<=[.;)»])\s+(?=По\s+(?:перво|второ|треть|четв[её]рто|пято)[а-яё]+\s+вопросу)"
)
_SIGNS = re.compile(
    r"(?<=[.»)])\s+(?=(?:И\.\s?о\.\s+)?(?:[Нн]ачальник|[Пп]редседатель|[Дд]иректор|[Гг]лава|[Зз]аведующ|[Сс]екретарь|[Рр]уководитель)[а-яё]*(?:\s+[а-яё]+){0,8}\s+"
    r"(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][а-яё]+\s*(?:$|[Сс]екретарь|[Пп]ротокол|[Ии]сп))"
)


def unrolled(lines: Sequence[Line]) -> list[Line]:
    """The lines of a paper; its over-long ones cut before titles, marks, questions, signatures."""
    length = sum(len(line.text) for line in lines)
    if not lines or length < LONG * len(lines) or not any(marks.DECIDED.search(line.text) for line in lines):
        return list(lines)
    out: list[Line] = []
    for line in lines:
        out += _cut(line, first=not out) if len(line.text) > LONG and not line.is_row else [line]
    return out


def _cut(line: Line, *, first: bool) -> list[Line]:
    text = line.text
    cuts = {m.start() for m in _BEGINS.finditer(text)} | {m.start() for m in _SIGNS.finditer(text)}
    if first and (title := _TITLE.search(text[:600])):
        cuts.add(title.start())
        subject = _SUBJECT.search(text, title.end(), title.end() + 160)
        if subject:
            cuts.add(subject.start())
    for found in marks.DECIDED.finditer(text):
        if found["end"] == ":":
            cuts.add(found.end())
    edges = [0, *sorted(c for c in cuts if 0 < c < len(text)), len(text)]
    pieces = [line.body.cut(a, b).strip() for a, b in zip(edges, edges[1:], strict=False)]
    return [Line(piece, line.blank_before if i == 0 else True) for i, piece in enumerate(pieces) if piece.text]
