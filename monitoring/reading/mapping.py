"""A table that the program does not know, read by a person's answer to «which column is which».

`describe` gives the screen its headings, sample lines and guesses; `read_with_mapping` reads by the answer; the answer is
remembered by `headings_key`, which survives re-saving and new figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from schools.registry import RegistryEntry

from .cells import words
from .columns import Column, Kind, Unit
from .containers import Sheet, Unreadable, load, load_all
from .context import DEFAULT_MINIMUM, Context, Minimum
from .figures import Figures
from .header import clue_of, facts_of, sheet_clue
from .headings import Block, blocks_of, key_of
from .model import Facts, Problem, Reading, unreadable
from .pupils import PUPILS, names_pupils, without_names
from .reader import NO_ROWS, NOTHING, _parts, _problem, _said
from .schools import Schools
from .tables import read_figures

MEANINGS = (
    "school", "code", "login", "participants", "mark_2", "mark_3", "mark_4", "mark_5", "mean", "below", "subject", "class",
)  # fmt: skip
SAMPLE_LINES = 8


@dataclass(frozen=True, slots=True)
class Mapping:
    """A person's answer. `columns`: meaning → column (from 0). `unit` of marks: people or percent."""

    columns: dict[str, int]
    unit: str = "people"
    sheet: str = ""
    first_line: int = 1  # the first line with data, as the spreadsheet program shows it
    headings_key: str = ""
    procedure: str | None = None
    school_year: str | None = None
    date: str | None = None
    subject: str | None = None
    grade: int | None = None
    level: str | None = None


class WrongMapping(ValueError):
    """The answer cannot be used; `str()` is a Russian sentence."""


def mapping_of(values: dict[str, Any]) -> Mapping:
    """An answer from JSON. Raises WrongMapping."""
    columns = {str(k): int(v) for k, v in (values.get("columns") or {}).items() if v is not None}
    strange = [name for name in columns if name not in MEANINGS]
    if strange:
        raise WrongMapping(f"Неизвестное назначение столбца: {strange[0]}.")
    if not {"school", "code", "login"} & set(columns):
        raise WrongMapping("Укажите столбец с названием или кодом школы.")
    if len(set(columns.values())) != len(columns):
        raise WrongMapping("Один столбец выбран дважды: у каждого столбца одно назначение.")
    marks = {f"mark_{m}" for m in "2345"} & set(columns)
    if marks and len(marks) < 4:
        raise WrongMapping("Укажите все четыре столбца отметок: 2, 3, 4 и 5.")
    if marks and values.get("unit") == "percent" and "participants" not in columns:
        raise WrongMapping("Отметки в процентах: укажите ещё столбец с числом участников.")
    if not marks and not {"mean", "below"} & set(columns):
        raise WrongMapping("Укажите столбцы отметок, средний балл или число не преодолевших порог.")
    return Mapping(**{**values, "columns": columns})


def describe(data: bytes, name: str, *, registry: Iterable[RegistryEntry] | Schools) -> dict[str, Any]:
    """Sheets with their blocks of headings, sample lines and what the program would guess.

    {"error": …, "sheets": [{"name", "tables": [{"headings_key", "first_line", "columns": [{"place", "letter", "heading",
    "guess"}], "sample": [{"line", "cells": […]}], "facts": {…}}]}]}. Persons are never shown: a table of persons has no sample.
    """
    try:
        sheets = load(data, name)
    except Unreadable as why:
        return {"error": str(why), "sheets": []}
    schools = Schools.of(registry)
    return {"error": None, "sheets": [{"name": s.name, "tables": _described(s, schools)} for s in sheets]}


def _described(sheet: Sheet, schools: Schools) -> list[dict[str, Any]]:
    blocks = blocks_of(sheet, schools.knows) or [_guessed_block(sheet, schools)]
    out = []
    for part in _parts(sheet, blocks):
        columns = part.block.columns
        persons = any(c.kind in ("person", "pupil") for c in columns)
        first = part.body[0][0] if part.body else (sheet.lines[part.block.last][0] + 1)
        facts = facts_of(clue_of([_said(line) for line in part.titles]).over(sheet_clue(sheet.name)))
        out.append(
            {
                "headings_key": key_of(columns),
                "first_line": first,
                "unit": "percent" if any(c.kind == "mark" and c.unit == "percent" for c in columns) else "people",
                "columns": [
                    {"place": c.place, "letter": letter(c.place), "heading": c.title, "guess": _guess(c)}
                    for c in columns
                ],
                "sample": []
                if persons
                else [
                    {"line": n, "cells": [words(cells.get(c.place)) for c in columns]}
                    for n, cells in part.body[:SAMPLE_LINES]
                ],
                "facts": {
                    k: getattr(facts, k) for k in ("procedure", "school_year", "date", "subject", "grade", "level")
                },
            }
        )
    return out


def _guessed_block(sheet: Sheet, schools: Schools) -> Block:
    """Without known headings: the line before the first line of a known school is taken for them."""
    for place, (_, cells) in enumerate(sheet.lines):
        if any(isinstance(v, str) and schools.knows(" ".join(v.split())) for v in cells.values()) and place:
            heads = sheet.lines[place - 1][1]
            width = max(max(heads), max(cells)) + 1
            school = next(
                (p for p, v in cells.items() if isinstance(v, str) and schools.knows(" ".join(v.split()))), -1
            )
            columns = [
                Column(p, "school" if p == school else "other", path=(words(heads.get(p)),)) for p in range(width)
            ]
            return Block(place - 1, place - 1, place - 1, columns)
    width = max((max(cells) for _, cells in sheet.lines[:20]), default=0) + 1
    heads = sheet.lines[0][1]
    return Block(0, 0, 0, [Column(p, "other", path=(words(heads.get(p)),)) for p in range(width)])


def letter(place: int) -> str:
    """0 → «A», 26 → «AA»."""
    out = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        out = chr(65 + rest) + out
    return out


def _guess(column: Column) -> str | None:
    if column.kind == "mark":
        return f"mark_{column.mark}"
    if column.kind in ("school", "code", "login", "participants", "mean", "below", "subject", "class"):
        return column.kind
    return "participants" if column.kind == "weak" else None


def read_with_mapping(
    data: bytes,
    name: str,
    mapping: Mapping,
    *,
    registry: Iterable[RegistryEntry] | Schools,
    minimum: Sequence[Minimum] = DEFAULT_MINIMUM,
) -> Reading:
    """Reads by a person's answer. Sheets other than the named one, and tables with other headings, are left out."""
    try:
        sheets = load_all(data, name)
    except Unreadable as why:
        return unreadable(name, why.code, str(why))
    pupils = names_pupils(sheets)
    schools = Schools.of(registry)
    chosen = [s for s in sheets if not s.hidden and (not mapping.sheet or s.name == mapping.sheet)]
    if not chosen:
        return unreadable(name, "unreadable", f"В файле нет листа «{mapping.sheet}».")
    tables, problems = [], []
    for sheet in chosen[:1] if mapping.sheet or len(chosen) == 1 else chosen:
        context = Context(schools, minimum, sheet)
        body = _body(sheet, mapping, schools)
        if body is None:
            continue
        tables += read_figures(context, *_figures(mapping), body, _facts(mapping, sheet), mapping.headings_key)
        problems += [_problem(note, False) for note in context.notes]
    if not tables:
        return unreadable(name, "unreadable", NOTHING)
    problems += [
        Problem("empty", None, "error", NO_ROWS, sheet=t.sheet) for t in tables if not t.rows and not t.needs_mapping
    ]
    if pupils:
        return without_names(Reading(name, tuple(tables), (*problems, PUPILS)))
    return Reading(name, tuple(tables), tuple(problems))


def _body(sheet: Sheet, mapping: Mapping, schools: Schools) -> list[Any] | None:
    """The lines of data: of the block with the remembered headings when it is found, else from the named line on."""
    if mapping.headings_key:
        blocks = blocks_of(sheet, schools.knows) or [_guessed_block(sheet, schools)]
        for part in _parts(sheet, blocks):
            if key_of(part.block.columns) == mapping.headings_key:
                return part.body
        return None
    return [line for line in sheet.lines if line[0] >= mapping.first_line]


def _figures(mapping: Mapping) -> tuple[list[Column], Figures]:
    unit: Unit = "percent" if mapping.unit == "percent" else "people"
    columns: list[Column] = []
    figures = Figures()
    for meaning, place in mapping.columns.items():
        kind = cast(Kind, "mark" if meaning.startswith("mark_") else meaning)
        column = Column(
            place, kind, unit if kind == "mark" else "people", meaning[-1] if kind == "mark" else "", (meaning,)
        )
        columns.append(column)
        if kind == "mark":
            (figures.percent if unit == "percent" else figures.people)[column.mark] = column
        elif kind == "participants":
            figures.participants = column
        elif kind == "mean":
            figures.mean = column
        elif kind == "below":
            figures.below = column
    return sorted(columns, key=lambda c: c.place), figures


def _facts(mapping: Mapping, sheet: Sheet) -> Facts:
    return Facts(mapping.procedure, mapping.school_year, mapping.date, mapping.subject, mapping.grade, mapping.level)
