"""A table that the program does not know, read by a person's answer to «which column is which».

`describe` gives the screen its headings, sample lines and guesses; `read_with_mapping` reads by the answer; the answer is
remembered by `headings_key`, which survives re-saving and new figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from schools.registry import RegistryEntry

from .cells import words
from .columns import Column, Kind, Unit
from .containers import Sheet, Unreadable, load, load_all
from .containers.grid import Line
from .context import DEFAULT_MINIMUM, Context, Minimum
from .figures import Figures
from .header import Clue, clue_of, facts_of, sheet_clue
from .headings import Block, blocks_of, key_of
from .model import Facts, Problem, Reading, unreadable
from .pupils import PUPILS, without_names
from .reader import NO_ROWS, _parts, _problem, _said, read_sheets
from .schools import Schools
from .tables import read_figures

MEANINGS = (
    "school", "code", "login", "participants", "mark_2", "mark_3", "mark_4", "mark_5", "mean", "below", "subject", "class",
)  # fmt: skip
SAMPLE_LINES = 8


@dataclass(frozen=True, slots=True)
class Mapping:
    """A person's answer. `columns`: meaning → column (from 0). `unit` of marks: people or percent.

    What a table is about is no part of it: the next file with these headings may be another exam.
    """

    columns: dict[str, int]
    unit: str = "people"
    sheet: str = ""
    first_line: int = 1  # the first line with data, as the spreadsheet program shows it
    headings_key: str = ""


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
    kept = {k: v for k, v in values.items() if k in ("unit", "sheet", "first_line", "headings_key") and v is not None}
    return Mapping(columns, **kept)


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
                    {"place": c.place, "letter": letter(c.place), "heading": c.title, "guess": guess}
                    for c, guess in zip(columns, _guesses(columns), strict=True)
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


def _guesses(columns: Sequence[Column]) -> list[str | None]:
    """What each column seems to be; a meaning that two columns seem to have is left to the person."""
    guesses = [_guess(column) for column in columns]
    return [guess if guesses.count(guess) == 1 else None for guess in guesses]


def _guess(column: Column) -> str | None:
    if column.kind == "mark":
        return f"mark_{column.mark}"
    if column.kind in ("school", "code", "login", "participants", "mean", "below", "subject", "class"):
        return column.kind
    return "participants" if column.kind == "weak" else None


def read_with_mapping(
    data: bytes,
    name: str,
    answers: Mapping | Sequence[Mapping],
    *,
    registry: Iterable[RegistryEntry] | Schools,
    minimum: Sequence[Minimum] = DEFAULT_MINIMUM,
) -> Reading:
    """Reads by a person's answers: every table with their headings; all the others as the program reads them itself."""
    mappings = [answers] if isinstance(answers, Mapping) else answers
    try:
        sheets = load_all(data, name)
    except Unreadable as why:
        return unreadable(name, why.code, str(why))
    schools = Schools.of(registry)
    plain = read_sheets(sheets, name, registry=schools, minimum=minimum)
    shown = [sheet for sheet in sheets if not sheet.hidden]
    tables, notes, told = [], [], set()
    for place, sheet in enumerate(shown):
        context = Context(schools, minimum, sheet)
        for mapping in mappings:
            for line, body, facts in _named(sheet, mapping, schools, alone=len(shown) == 1):
                told.add((sheet.name, line))
                for table in read_figures(context, *_figures(mapping), body, facts, mapping.headings_key):
                    tables.append((place, line, table))
        notes += context.notes
    if not tables:
        return plain
    order = {sheet.name: place for place, sheet in enumerate(shown)}
    for table in plain.tables:
        if table.form != "unreadable" and not (table.needs_mapping and (table.sheet, table.line) in told):
            tables.append((order.get(table.sheet, 0), table.line or 0, table))
    tables.sort(key=lambda one: one[:2])
    several = len({table.sheet for *_, table in tables}) > 1
    problems = [_problem(note, several) for note in notes]
    problems += [
        one
        for one in plain.problems
        if one.code != "unreadable" and not (one.code == "needs_mapping" and (one.sheet, one.line) in told)
    ]
    problems += [
        Problem("empty", None, "error", NO_ROWS, sheet=table.sheet)
        for *_, table in tables
        if not table.rows and (table.sheet, table.line) in told and not table.needs_mapping
    ]
    reading = Reading(name, tuple(table for *_, table in tables), tuple(problems), plain.district)
    return without_names(reading) if PUPILS in problems else reading


def _named(sheet: Sheet, mapping: Mapping, schools: Schools, *, alone: bool) -> Iterator[tuple[int, list[Line], Facts]]:
    """The tables of a sheet that the answer is about: their first line, their lines of data and what the words above say."""
    fallback = sheet_clue(sheet.name)
    if not mapping.headings_key:
        if sheet.name == mapping.sheet or (not mapping.sheet and alone):
            above = [_said(line) for line in sheet.lines if line[0] < mapping.first_line]
            body = [line for line in sheet.lines if line[0] >= mapping.first_line]
            yield sheet.lines[0][0], body, facts_of(clue_of(above).over(fallback))
        return
    outer: Clue | None = None
    blocks = blocks_of(sheet, schools.knows)
    for part in _parts(sheet, blocks or [_guessed_block(sheet, schools)]):
        own = clue_of([_said(line) for line in part.titles])
        clue = own if outer is None else own.over(outer)
        outer = outer or own
        if key_of(part.block.columns) == mapping.headings_key:
            first = sheet.lines[part.block.first if blocks else 0][0]
            yield first, part.body, facts_of(clue.over(fallback))


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
