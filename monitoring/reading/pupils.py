"""Whether a sheet names pupils, told by its cells and not only by headings that the reader knows.

A file that names pupils is never kept (152-ФЗ, `domain.md` §7.1), also where its table is not understood: a list of appeals
without a column of schools, names beside a table of schools, a sheet that is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from .containers.grid import Line, Sheet, Value
from .header import plain
from .model import Problem, Reading

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)?"
_FULL = re.compile(
    rf"{_WORD}\s+{_WORD}\s+[А-ЯЁ][а-яё]*(?:ич|вна|чна)(?:\s.*)?|{_WORD}\s+{_WORD}(?:\s+{_WORD})?\s+(?:оглы|[кг]ызы|улы)"
)
_FULL_LOUD = re.compile(r"[А-ЯЁ-]{2,}\s+[А-ЯЁ]{2,}\s+[А-ЯЁ]+(?:ИЧ|ВНА|ЧНА)")
_INITIALS = re.compile(rf"{_WORD}\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_WORD}")
_HEAD = re.compile(
    r"фамили\w*.*|ф\.? ?и\.?(?: ?о\.?)?(?:\W.*)?|фио(?:\W.*)?|(?:имя|отчество)(?:\W.*)?|(?:учени[кц]\w*|учащ\w+|обучающ\w+|выпускник\w*|участник\w*)(?: экзамена| впр| гиа)?"
)
_ADULTS = re.compile(
    r"директор|учител|педагог|руководител|исполнител|эксперт|организатор|ответственн|куратор|методист|заместител|завуч|председател|член|контакт|составил|тел"
)
PUPILS = Problem("personal_data_dropped", None, "warning", "В файле есть фамилии: прочитаны только итоги по школам.")
_WORDS = re.compile(rf"(?:{_WORD}\s*){{1,3}}")
ENOUGH = 3  # one or two names are a signature and its performer


def is_person(said: Value) -> bool:
    """«Иванова Анна Петровна», «ИВАНОВА АННА ПЕТРОВНА», «Иванова А.П.»: the whole cell is a person's name."""
    if not isinstance(said, str):
        return False
    name = " ".join(said.replace("\u00a0", " ").split())
    return len(name) < 80 and bool(_FULL.fullmatch(name) or _FULL_LOUD.fullmatch(name) or _INITIALS.fullmatch(name))


def names_pupils(sheets: Iterable[Sheet]) -> bool:
    """Whether any sheet, hidden ones too, names pupils; one that could not be read is taken to."""
    return any(sheet.unread or _names(sheet) for sheet in sheets)


def _names(sheet: Sheet) -> bool:
    """A column of pupils by its heading, or enough whole names one under another that no heading gives to grown-ups."""
    heads: dict[int, str] = {}
    found: dict[int, int] = {}
    for _, cells in sheet.lines:
        for place, value in cells.items():
            if type(value) is not str:
                continue
            kind = _kind(value)
            if kind in ("pupils", "adults"):
                heads[place] = kind
            elif heads.get(place) != "adults" and (kind == "person" or kind == "word" and heads.get(place) == "pupils"):
                found[place] = found.get(place, 0) + 1
                if found[place] >= ENOUGH:
                    return True
    return False


@lru_cache(maxsize=50_000)
def _kind(value: str) -> str:
    """«person» for a whole name, «pupils» and «adults» for headings, «word» for what may be a surname alone."""
    if is_person(value):
        return "person"
    low = plain(value).strip(" .:;")
    if _ADULTS.search(low):
        return "adults"
    if _HEAD.fullmatch(low):
        return "pupils"
    return "word" if _WORDS.fullmatch(value.strip()) else ""


_APPEAL = re.compile(r"апелляц|перепроверк|перерасч[её]т")
_STATE = re.compile(
    r"текущ(?:ие|ий|ая)(?: результат\w*| балл\w*)?|(?:после|до|по) апелляции|апелляция|после перепроверки|измененн(?:ые|ый)"
)


def lists_appeals(lines: Sequence[Line]) -> bool:
    """Results before and after appeals: only the pupils who appealed stand there, so no school's figures follow from it."""
    words = [plain(value) for _, cells in lines[:12] for value in cells.values() if isinstance(value, str)]
    titled = any(_APPEAL.search(word) and len(word) > 12 for word in words)
    states = sum(
        bool(_STATE.fullmatch(plain(value)))
        for _, cells in lines[:400]
        for value in cells.values()
        if isinstance(value, str)
    )
    return (
        states >= 2
        or (titled and states >= 1)
        or any(re.match(r"(?:результат\w*|протокол|список|ведомость|сведения|изменени\w)\b.*апелляц", w) for w in words)
    )


def without_names(reading: Reading) -> Reading:
    """A reading in whose words no cell that is a person's name is repeated."""
    tables = tuple(
        replace(
            table,
            rows=tuple(
                replace(row, name="") if row.school is None and is_person(row.name) else row for row in table.rows
            ),
        )
        for table in reading.tables
    )
    problems = tuple(
        replace(one, message="Строка не названа школой.", value="") if is_person(one.value) else one
        for one in reading.problems
    )
    return replace(reading, tables=tables, problems=problems)
