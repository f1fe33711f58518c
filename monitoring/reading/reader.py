"""A file of results as tables with rows: forms are recognised by titles and headings, never by the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schools.registry import RegistryEntry

from .cells import figure, words
from .columns import FIGURES, Column
from .comparison import is_old_comparison, read_comparison, read_old_comparison
from .containers import Sheet, Unreadable, load_all
from .containers.grid import Line, Value
from .context import DEFAULT_MINIMUM, Context, Minimum, Note
from .distributions import is_distribution, read_distribution, told_in_percent
from .figures import groups_of
from .header import Clue, clue_of, facts_of, plain, sheet_clue
from .headings import Block, blocks_of, key_of
from .model import Form, Problem, Reading, ResultTable, unreadable
from .outcomes import read_outcomes
from .persons import read_persons
from .pupils import PUPILS, lists_appeals, names_pupils, without_names
from .schools import Schools
from .tables import facts_of_group, read_group, unclear
from .turned import turned_back

NOTHING = "В файле нет таблицы с результатами: не найдены заголовки «ОО», «Кол-во участников», отметки. Проверьте, тот ли файл выбран."
APPEALS = (
    "Это результаты апелляций: в них только те, кто их подавал, поэтому итоги школ по такому файлу не считаются. "
    "Загрузите таблицу или протокол РЦОИ, сформированные после апелляций."
)
TURNED = "Школы стоят в столбцах: таблица прочитана повёрнутой. Номер строки в замечаниях — номер столбца файла."
NO_ROWS = "Таблица распознана, но в ней нет ни одной строки с данными."
_TITLES: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("fisoko_groups", re.compile(r"выполнение заданий группами")),
    ("fisoko_marks", re.compile(r"статистика по отметкам")),
    ("fisoko_comparison", re.compile(r"сравнение отметок с отметк")),
    ("fisoko_primary", re.compile(r"распределение первичных б")),
    ("fisoko_tasks", re.compile(r"выполнение заданий")),
    ("fisoko_outcomes", re.compile(r"достижение планируемых")),
    ("fisoko_individual", re.compile(r"индивидуальные результаты")),
)


def read_results(
    data: bytes, name: str, *, registry: Iterable[RegistryEntry] | Schools, minimum: Sequence[Minimum] = DEFAULT_MINIMUM
) -> Reading:
    """Reads one file. Never raises for what a file contains: the reason is a problem of the reading."""
    try:
        sheets = load_all(data, name)
    except Unreadable as why:
        return unreadable(name, why.code, str(why))
    return read_sheets(sheets, name, registry=registry, minimum=minimum)


def read_sheets(
    sheets: Sequence[Sheet],
    name: str,
    *,
    registry: Iterable[RegistryEntry] | Schools,
    minimum: Sequence[Minimum] = DEFAULT_MINIMUM,
) -> Reading:
    schools = Schools.of(registry)
    tables: list[ResultTable] = []
    notes: list[Note] = []
    persons = False
    district = None
    pupils = names_pupils(sheets)
    for sheet in (sheet for sheet in sheets if not sheet.hidden):
        context = Context(schools, minimum, sheet)
        if pupils and lists_appeals(sheet.lines):
            tables.append(_appeals(context))
        else:
            tables += _sheet(context)
        notes += context.notes
        persons |= context.persons
        district = district or context.district
    if not tables:
        nothing = unreadable(name, "unreadable", NOTHING)
        return replace(nothing, problems=(*nothing.problems, PUPILS)) if pupils else nothing
    several = len({table.sheet for table in tables}) > 1
    problems = [_problem(note, several) for note in notes]
    if persons or pupils:
        problems.append(PUPILS)
    problems += [
        Problem("empty", None, "error", NO_ROWS, sheet=table.sheet)
        for table in tables
        if not table.rows and not table.needs_mapping and table.form != "fisoko_groups" and not _told(problems, table)
    ]
    reading = Reading(name, tuple(tables), tuple(problems), district)
    return without_names(reading) if persons or pupils else reading


def _told(problems: Iterable[Problem], table: ResultTable) -> bool:
    return any(one.code == "empty" and one.sheet == table.sheet for one in problems)


def _appeals(context: Context) -> ResultTable:
    """A list of appeals is known and refused: its persons are some of a school's, and each stands in it twice."""
    sheet = context.sheet
    clue = clue_of([_said(line) for line in sheet.lines[:12]]).over(sheet_clue(sheet.name))
    context.note("empty", "error", APPEALS, None)
    return ResultTable("rcoi_protocol", facts_of(clue), (), sheet.name, sheet.lines[0][0])


def _problem(note: Note, several: bool) -> Problem:
    where = None
    if note.line is not None:
        where = f"{note.sheet}: row {note.line}" if several else f"row {note.line}"
    return Problem(note.code, where, note.severity, note.message, note.sheet, note.line, note.column, note.value)


@dataclass
class _Part:
    """A block with the words above it and the lines below it."""

    block: Block
    titles: list[Line]
    body: list[Line]


def _sheet(context: Context) -> list[ResultTable]:
    sheet = context.sheet
    blocks = blocks_of(sheet, context.schools.knows)
    if not blocks:
        turned = turned_back(sheet, context.schools.knows)
        if turned is None:
            return _without_headings(context)
        sheet = context.sheet = turned
        blocks = blocks_of(sheet, context.schools.knows)
        context.note("turned", "warning", TURNED, None)
    parts = _parts(sheet, blocks)
    tables: list[ResultTable] = []
    outer = Clue()
    fallback = sheet_clue(sheet.name)
    title_form: Form | None = None
    for place, part in enumerate(parts):
        lines = [_said(line) for line in part.titles]
        own = clue_of(lines)
        form = form_of_title(lines)
        clue = own.over(outer)
        if place == 0 or form is not None:
            title_form = form
        if place == 0:
            outer = own
        tables += _part(context, part, clue.over(fallback), title_form or _form_of_sheet(sheet, part))
    return tables


def form_of_title(lines: Sequence[str]) -> Form | None:
    low = [plain(line) for line in lines]
    return next(
        (form for form, pattern in _TITLES if any(pattern.search(line) and len(line) < 200 for line in low)), None
    )


def _form_of_sheet(sheet: Sheet, part: _Part) -> Form | None:
    """The sheet's name may be all that is left of the title, cut at 31 characters."""
    low = plain(sheet.name)
    for form, pattern in _TITLES:
        if pattern.search(low):
            return form
    return None


def _said(line: Line) -> str:
    return " ".join(words(line[1][place]) for place in sorted(line[1]))


def _parts(sheet: Sheet, blocks: Sequence[Block]) -> list[_Part]:
    """Blocks with their titles and bodies; headings repeated after a page break do not begin a new table."""
    parts: list[_Part] = []
    for place, block in enumerate(blocks):
        floor = blocks[place - 1].last + 1 if place else 0
        begin = block.first if place else 0
        if place:
            while begin > floor and _is_title(sheet.lines[begin - 1]):
                begin -= 1
        end = len(sheet.lines)
        if place + 1 < len(blocks):
            end = blocks[place + 1].first
        above = [line for line in sheet.lines[block.first : block.anchor] if len(line[1]) == 1]  # a centred title
        part = _Part(block, [*sheet.lines[begin : block.first], *above], sheet.lines[block.last + 1 : end])
        if parts and key_of(parts[-1].block.columns) == key_of(block.columns):
            previous = parts[-1]
            own = clue_of([_said(line) for line in part.titles])
            before = clue_of([_said(line) for line in previous.titles])
            if not _another(own, before):
                previous.body = [*_trimmed(previous.body, part.titles), *part.body]
                continue
        if parts:
            parts[-1].body = _trimmed(parts[-1].body, part.titles)
        parts.append(part)
    return parts


def _trimmed(body: list[Line], titles: list[Line]) -> list[Line]:
    numbers = {line[0] for line in titles}
    return [line for line in body if line[0] not in numbers]


def _another(own: Clue, before: Clue) -> bool:
    """Whether words between two equal headings begin another exam."""
    pairs = (
        (own.subject, before.subject),
        (own.date, before.date),
        (own.grade, before.grade),
        (own.level, before.level),
        (own.procedure, before.procedure),
        (own.year, before.year),
        (own.school_year, before.school_year),
    )
    return any(mine is not None and mine != other for mine, other in pairs)


def _is_title(line: Line) -> bool:
    """A line of words only, or «Предмет: …», «Максимальный первичный балл: 20»."""
    values = [line[1][place] for place in sorted(line[1])]
    if not isinstance(values[0], str):
        return False
    if len(values) <= 2 and values[0].rstrip().endswith(":"):
        return True
    return len(values) <= 4 and all(isinstance(v, str) and figure(v).kind == "bad" for v in values)


def _part(context: Context, part: _Part, clue: Clue, title_form: Form | None) -> list[ResultTable]:
    columns = part.block.columns
    panels = _panels(columns)
    out: list[ResultTable] = []
    for panel in panels:
        own = clue
        if len(panels) > 1:
            said = _panel_titles(part.titles, panel, panels)
            own = clue_of(said).over(Clue(clue.procedure, clue.school_year, clue.year, None)) if said else clue
        out += _panel(context, part, panel, own, title_form)
    return out


def _panels(columns: Sequence[Column]) -> list[list[Column]]:
    """Tables side by side with school columns of their own."""
    panels: list[list[Column]] = [[]]
    named = figures = False
    for column in columns:
        begins = column.kind in ("school", "code", "login", "number")
        if begins and named and figures:
            later = [c.kind for c in columns if c.place >= column.place]
            if "school" in later or "code" in later or "login" in later:
                panels.append([])
                named = figures = False
        named |= column.kind in ("school", "code", "login")
        figures |= column.kind in FIGURES or column.kind == "mark_of_person"
        panels[-1].append(column)
    return panels


def _panel_titles(titles: Sequence[Line], panel: Sequence[Column], panels: Sequence[Sequence[Column]]) -> list[str]:
    left, right = panel[0].place, panel[-1].place
    out = []
    for _, cells in titles:
        inside = [words(cells[place]) for place in sorted(cells) if left <= place <= right]
        beside = any(place > panels[0][-1].place for place in cells)
        if inside and (beside or left > 0):
            out.append(" ".join(inside))
    return out


def _panel(
    context: Context, part: _Part, columns: Sequence[Column], clue: Clue, title_form: Form | None
) -> list[ResultTable]:
    line = context.sheet.lines[part.block.first][0]
    body = part.body
    kinds = {column.kind for column in columns}
    if title_form == "fisoko_groups":
        return [ResultTable("fisoko_groups", facts_of(clue), (), context.sheet.name, line, key_of(columns))]
    if "requirement" in kinds:
        return [read_outcomes(context, columns, body, clue, line)]
    if not kinds & {"school", "code", "login", "person", "pupil"} and kinds & {"subject", "class", "procedure"}:
        # a table of one school: its name is in the words above
        only = context.schools.named_in(" ".join(_said(title) for title in part.titles))
        if only is not None:
            body = [(number, {**cells, -1: only.canonical}) for number, cells in body]
            columns = [Column(-1, "school"), *columns]
    heads = _heads(context.sheet, part.block, columns)
    persons = kinds & {"person", "pupil", "mark_of_person", "journal"}
    if (kinds & {"mark_of_person", "score"}) and (persons or "code" in kinds) and not _marks(columns, heads):
        individual = title_form == "fisoko_individual" or "pupil" in kinds or "journal" in kinds
        form: Form | None = "fisoko_individual" if individual else None
        return read_persons(context, columns, body, clue, form, line)
    if {"lowered", "confirmed", "raised"} <= kinds:
        return [read_comparison(context, columns, body, clue, line)]
    if is_old_comparison(body):
        return [read_old_comparison(context, columns, body, clue, line)]
    shape = is_distribution(heads)
    if title_form in ("fisoko_primary", "fisoko_tasks") and not shape:
        return [unclear(context, clue, title_form, key_of(columns), line)]
    if shape and title_form is None and not told_in_percent(heads, columns, body):
        # numbered columns of nobody knows what: classes of a school, people who did a task
        return [unclear(context, clue, None, key_of(columns), line)]
    if shape and (title_form in ("fisoko_primary", "fisoko_tasks", None) or len(heads) > 6):
        if title_form == "fisoko_tasks":
            shape = "tasks"
        return [
            read_distribution(
                context, columns, heads, body, clue, "fisoko_primary" if shape == "primary" else "fisoko_tasks", line
            )
        ]
    fisoko = title_form == "fisoko_marks" or any(
        "группы участников" in plain(c.title) for c in columns if c.kind == "school"
    )
    form = "fisoko_marks" if fisoko and clue.procedure in ("ВПР", None) else None
    groups = groups_of(columns)
    if groups is None:
        return [unclear(context, clue, form, key_of(columns), line)]
    if len(groups) > 1:
        about = [facts_of_group(group, clue) for group in groups]
        if any(
            about.count(one) > 1 for one in about
        ):  # «Основной период» and «С пересдачей»: which of them is the result?
            return [unclear(context, clue, form, key_of(columns), line)]
    out: list[ResultTable] = []
    for group in groups:
        out += read_group(context, columns, group, body, clue, form, line)
    return out


def _marks(columns: Sequence[Column], heads: dict[int, Value]) -> bool:
    """Whether the columns «2»…«5» are marks of many, not tasks of a person."""
    return {c.mark for c in columns if c.kind == "mark"} == set("2345") and not is_distribution(heads)


def _heads(sheet: Sheet, block: Block, columns: Sequence[Column]) -> dict[int, Value]:
    """The lowest heading of each column as its cell holds it: a number, a date or text."""
    out: dict[int, Value] = {}
    for _, cells in sheet.lines[block.first : block.last + 1]:
        for column in columns:
            if column.place in cells and column.kind in ("mark", "other", "task"):
                out[column.place] = cells[column.place]
    return out


def _without_headings(context: Context) -> list[ResultTable]:
    """No headings: a form known by its title is empty; lines of known schools wait for a person to name the columns."""
    sheet = context.sheet
    titles = [_said(line) for line in sheet.lines[:12]]
    form = form_of_title(titles)
    clue = clue_of(titles).over(sheet_clue(sheet.name))
    numbers = [
        sum(figure(v).kind == "number" for v in cells.values())
        for _, cells in sheet.lines
        if any(isinstance(v, str) and context.schools.knows(" ".join(v.split())) for v in cells.values())
    ]
    if sum(n > 0 for n in numbers) >= 2 or max(numbers, default=0) > 2:
        return [unclear(context, clue, form, "", sheet.lines[0][0])]
    if form is not None:
        return [ResultTable(form, facts_of(clue), (), sheet.name, sheet.lines[0][0])]
    return []
