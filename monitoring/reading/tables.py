"""Tables with schools in lines and figures in columns: ФИС ОКО, РЦОИ, home-made (README, sections 3–5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .cells import words
from .columns import FIGURES, Column
from .containers.grid import Line
from .context import Context
from .figures import Figures, figures_of
from .header import Clue, clue_of_label, facts_of, plain
from .headings import key_of
from .model import Facts, Form, ResultRow, ResultTable
from .names import Names, is_bare_total, is_numbering
from .rows import Rows, Seen, decimals_of, with_units

SPLITTERS = ("subject", "class", "procedure", "year", "level")


def splitters_of(columns: Sequence[Column]) -> dict[str, int | None]:
    """The columns that may name another exam in each line."""
    return {kind: next((c.place for c in columns if c.kind == kind), None) for kind in SPLITTERS}


def facts_of_group(group: Sequence[Column], clue: Clue) -> Facts | None:
    """What the headings over one group of columns say that it is about."""
    figures = figures_of(group)
    return _with_level(facts_of(clue_of_label(figures.label).over(clue)), figures) if figures is not None else None


def read_group(
    context: Context,
    columns: Sequence[Column],
    group: Sequence[Column],
    body: Sequence[Line],
    clue: Clue,
    form: Form | None,
    first_line: int,
) -> list[ResultTable]:
    """One exam of a panel: one table, or several where a column names the subject or the grade of each line."""
    figures = figures_of(group)
    key = key_of(columns)
    label = clue_of_label(figures.label) if figures is not None else Clue()
    clue = label.over(clue)
    if figures is None or not (
        figures.people or figures.percent or figures.unknown or figures.mean or figures.below or figures.below_percent
    ):
        return [unclear(context, clue, form, key, first_line)]
    first_figure = min((c.place for c in columns if c.kind in FIGURES), default=0)
    splitters = splitters_of(columns)
    names = Names.of(context, columns, first_figure, fill=any(splitters[kind] is not None for kind in SPLITTERS))
    seen = _lines(names, figures, body)
    paired = [c.place for c in figures.people.values() if c.unit == "both"]
    if paired and not any(
        item.cells[place].kind == "number" and item.cells[place].value for item in seen for place in paired
    ):
        return [unclear(context, clue, form, key, first_line)]
    parts = _parted(names, seen, splitters, clue)
    out = []
    for part, lines, classes in parts:
        facts = _with_level(facts_of(part), figures, lines)
        out.append(_table(context, figures, lines, facts, form, key, first_line, classes))
    return out


def read_figures(
    context: Context, columns: Sequence[Column], figures: Figures, body: Sequence[Line], facts: Facts, key: str
) -> list[ResultTable]:
    """A table whose columns a person has named: the facts are the person's, a column of subjects or classes parts it."""
    first_figure = min((c.place for c in figures.all), default=0)
    splitters = splitters_of(columns)
    names = Names.of(context, columns, first_figure, fill=any(splitters[kind] is not None for kind in SPLITTERS))
    clue = Clue(facts.procedure, facts.school_year, None, facts.date, facts.subject, facts.grade, facts.level)
    line = body[0][0] if body else 1
    return [
        _table(context, figures, seen, _with_level(facts_of(part), figures), None, key, line, classes)
        for part, seen, classes in _parted(names, _lines(names, figures, body), splitters, clue)
    ]


UNCLEAR = "Столбцы таблицы нельзя понять однозначно. Укажите, где школа, участники и отметки."
NO_PARTICIPANTS = "Отметки даны в процентах, а столбец с числом участников не найден. Укажите его."


def unclear(
    context: Context, clue: Clue | Facts, form: Form | None, key: str, line: int, why: str = UNCLEAR
) -> ResultTable:
    """A table whose columns a person must name: no figure is taken from it."""
    context.note("needs_mapping", "error", why, line)
    facts = clue if isinstance(clue, Facts) else facts_of(clue)
    return ResultTable(form or "plain_table", facts, (), context.sheet.name, line, key, needs_mapping=True)


def _lines(names: Names, figures: Figures, body: Sequence[Line]) -> list[Seen]:
    names.survey(body)
    out: list[Seen] = []
    for line in body:
        if is_numbering(line):
            continue
        cells = {c.place: figures.read(c, line[1].get(c.place)) for c in figures.all}
        has = any(cell.kind in ("number", "dash") for cell in cells.values())
        who = names.who(line, figures=has)
        if who is None:
            continue
        above = out[-1] if out else None
        untold = above is not None and all(cell.kind == "blank" for cell in above.cells.values())
        if who.part:
            if above is not None and untold:
                above.split = True  # only its classes have figures: they are not added up
        elif who.total and above is not None and untold:
            above.line, above.cells, above.split = line, cells, False
        else:
            out.append(Seen(line, who, cells))
    return out


def _parted(
    names: Names, seen: list[Seen], splitters: dict[str, int | None], clue: Clue
) -> list[tuple[Clue, list[Seen], bool]]:
    """Lines by subject and grade where columns name them; the last value says that several lines of a school are classes."""
    subject, grade = splitters["subject"], splitters["class"]
    procedure, year, level = (splitters[kind] for kind in ("procedure", "year", "level"))
    if all(place is None for place in splitters.values()):
        return [(clue, seen, False)]
    parts: dict[tuple[str, str, str], list[Seen]] = {}
    lettered = False
    for item in seen:
        values = [
            " ".join(words(names.cell(item.line, place)).split()) for place in (procedure, subject, grade, year, level)
        ]
        values[0] = " ".join(filter(None, (values[0], values[3], values[4])))
        found = re.fullmatch(r"(\d{1,2})\s*-?\s*[«\"(]?([а-яёa-z]?)[»\")]?(?:\s*кл\w*\.?)?", values[2], re.IGNORECASE)
        lettered |= bool(found and found[2])
        values[2] = found[1] if found else ""  # «всего», «все классы», a blank: the school as a whole
        key = (plain(values[0]), _subject_key(values[1]), values[2] if clue.procedure not in ("ОГЭ", "ЕГЭ") else "")
        parts.setdefault(key, []).append(item)
    if grade is not None:
        parts = _with_wholes(parts)
    total = [item for key, items in parts.items() if not any(key) for item in items]
    if all(item.who.group != "school" for item in total) and len(parts) > 1:
        parts = {key: items for key, items in parts.items() if any(key)}  # a total over different exams means nothing
    out = []
    for (proc, name, number), items in parts.items():
        own = clue_of_label([proc, name]) if proc or name else Clue()
        if name and own.subject is None:
            own = replace(own, several_subjects=True)
        if number.isdigit():
            own = replace(own, grade=int(number))
        whole = own.over(clue)
        classes = grade is not None and lettered
        out.append((whole, items, classes))
    return out or [(clue, [], False)]


def _with_wholes(parts: dict[tuple[str, str, str], list[Seen]]) -> dict[tuple[str, str, str], list[Seen]]:
    """Lines of a school as a whole stand among those of its classes: then they speak for the school, the classes do not."""
    out = dict(parts)
    for key, wholes in parts.items():
        others = [other for other in parts if other[:2] == key[:2] and other[2]]
        if key[2] or len(others) != 1:
            continue
        told = {w.who.found.entry.canonical for w in wholes if w.who.found and w.who.found.entry}
        kept = [
            s
            for s in parts[others[0]]
            if not (s.who.found and s.who.found.entry and s.who.found.entry.canonical in told)
        ]
        out[others[0]] = sorted([*kept, *wholes], key=lambda s: s.line[0])
        del out[key]
    return out


def _subject_key(said: str) -> str:
    """«математика» and «Математика » are one subject; its level stays apart."""
    clue = clue_of_label([said]) if said else Clue()
    return f"{clue.subject} {clue.level or ''}".strip() if clue.subject else plain(said)


def _with_level(facts: Facts, figures: Figures, lines: Sequence[Seen] = ()) -> Facts:
    """ЕГЭ математика without a printed level: only the base exam has marks, only the other one a mean above 5."""
    if facts.procedure != "ЕГЭ" or facts.subject != "Математика" or facts.level is not None:
        return facts
    if len({*figures.people, *figures.percent, *figures.unknown}) == 4:
        return replace(facts, level="база")
    column = figures.mean
    means = [item.cells[column.place].value for item in lines if column and item.cells[column.place].kind == "number"]
    if any(mean > 5 for mean in means):
        return replace(facts, level="профиль")
    return facts


def _table(
    context: Context,
    figures: Figures,
    seen: list[Seen],
    facts: Facts,
    form: Form | None,
    key: str,
    first_line: int,
    classes: bool,
) -> ResultTable:
    context.begin()
    if form is None:
        form = "rcoi_table" if facts.procedure in ("ОГЭ", "ЕГЭ") else "plain_table"
    figures = with_units(figures, seen, form)
    if figures.participants is None and len(figures.percent) == 4 and len(figures.people) < 4:
        return unclear(context, facts, form, key, first_line, NO_PARTICIPANTS)
    marks = {*figures.people, *figures.percent}
    if marks and len(figures.people) < 4 and len(figures.percent) < 4:
        said = ", ".join(f"«{mark}»" for mark in sorted(marks))
        context.note(
            "partial_marks", "warning", f"Есть столбцы только отметок {said}: числа по отметкам не взяты.", first_line
        )
    seen = _without_subtotals(seen, figures)
    many = _many(seen) if classes else set()
    reader = Rows(context, figures, facts, form, decimals_of(figures, seen))
    rows: list[ResultRow] = []
    told: set[str] = set()
    for item in seen:
        entry = item.who.found.entry if item.who.found else None
        if entry is not None and (entry.canonical in many or item.split):
            if entry.canonical not in told:
                told.add(entry.canonical)
                context.note(
                    "class_rows",
                    "error",
                    f"«{entry.canonical}» напечатана по классам. Строки классов не складываются: нужна строка по школе.",
                    item.line[0],
                )
                rows.append(reader.blank(item))
            continue
        rows.append(reader.row(item))
        reader.tell_of_mean(item)
    return ResultTable(form, facts, tuple(without_doubles(context, rows)), context.sheet.name, first_line, key)


def _without_subtotals(seen: list[Seen], figures: Figures) -> list[Seen]:
    """Of several totals that name no municipality only the largest sums all of it: «Итого город», «Итого село», «Итого»."""

    def people(item: Seen) -> int | None:
        return item.cells[figures.participants.place].people if figures.participants else None

    totals = [item for item in seen if item.who.group == "municipality" and is_bare_total(item.who.name)]
    whole = [item for item in seen if item.who.group == "municipality"]
    largest = max((n for item in whole if (n := people(item)) is not None), default=0)
    return [item for item in seen if not any(item is one and (people(one) or 0) < largest for one in totals)]


def _many(seen: list[Seen]) -> set[str]:
    """Schools with more than one line."""
    names = Counter(s.who.found.entry.canonical for s in seen if s.who.found and s.who.found.entry)
    return {name for name, n in names.items() if n > 1}


def without_doubles(context: Context, rows: Iterable[ResultRow]) -> list[ResultRow]:
    """The first line of a school stands; a later one is told about and left out."""
    first: dict[str, ResultRow] = {}
    out = []
    for row in rows:
        if row.group == "school" and row.school is not None:
            known = first.setdefault(row.school, row)
            if known is not row:
                same = known.figures == row.figures
                context.forget(row.line)
                context.note(
                    "duplicate_row",
                    "warning" if same else "error",
                    f"«{row.school}» уже есть в строке {known.line}; "
                    + ("числа те же." if same else "числа другие, взята первая строка."),
                    row.line,
                )
                continue
        out.append(row)
    return out
