"""Labels «Ответственный: …», «Соисполнители: …», «Контроль возложить на …»: where what stands behind them ends. Pure.

A label lasts to the end of its line, sentence or bracket; the dot of «пос. Ключи» ends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from decisions.reading.party_marks import ABBREVIATED, CO_EXECUTOR, INITIAL, RESPONSIBLE, RESPONSIBLE_END


def co_executor_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where co-executors are named, from the label to the end of its line, sentence or bracket."""
    for found in islice(CO_EXECUTOR.finditer(text), 8):
        stop = label_end(text, found.end())
        responsible = RESPONSIBLE.search(text, found.end(), stop)
        stop = responsible.start() if responsible else stop
        if text[: found.start()].count("(") > text[: found.start()].count(")"):
            closing = text.find(")", found.end(), stop)
            stop = closing if closing >= 0 else stop
        yield found.start(), stop


def label_end(text: str, position: int) -> int:
    """Where the line «Ответственные: …» ends; the dot of «пос. Ключи» does not end it."""
    for stop in RESPONSIBLE_END.finditer(text, position):
        before = text[max(0, stop.start() - 20) : stop.start()]
        if stop.group()[:1] != "." or not (ABBREVIATED.search(before) or INITIAL.search(before)):
            return stop.start()
    return len(text)


def sentence_end(text: str, start: int) -> int:
    """Where the sentence or the line ends; initials and short words do not end one."""
    found = re.compile(r"\n|(?<=[а-яё»\"]{2})\.\s+(?=[А-ЯЁ][а-яё]{3,})").search(text, start)
    return found.start() if found else len(text)
