"""Reading a returned file against the form that was sent: all that is wrong at once, each with sheet, cell, heading. Pure.

`problems` stop the file, `notices` are said and do not. Rows that a school put into an open table move what stands below it:
such a shift is understood. Anything else that moved or was written over is a problem, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from decisions.collecting.book import Book, Cell, SheetCells, area_of
from decisions.collecting.model import MAX_ROWS, Field, Layout, Place, Problem, Table, address, letters
from decisions.collecting.patch import MARK
from decisions.collecting.values import Checked, check, plain_number

OTHER_BOOK = (
    "В файле нет ни одного листа формы (есть {there}): похоже, выбран другой файл. Скачайте форму на этой странице, "
    "заполните её и верните этот же файл"
)
MAX_PROBLEMS = 300
MAX_NOTICES = 20
_SUM = re.compile(r"=?\s*(?:SUM|СУММ)\(([A-Z$]+\d[\d$]*:[A-Z$]+\d[\d$]*)\)\s*", re.IGNORECASE)


@dataclass
class Returned:
    """What a file says: words by place, what is wrong, what a person should know."""

    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def mark_of(book: Book) -> str:
    """The hidden mark put by `patch.filled`, or empty: a blank taken from elsewhere."""
    return book.names.get(MARK, "")


def read_back(book: Book, template: Book, layout: Layout) -> Returned:
    """The answer in a file. Kinds, limits and what is required are checked too, so the school hears everything at once."""
    out = Returned()
    places: dict[str, tuple[str, str]] = {}  # key → sheet, cell: rows may have moved
    for name in layout.sheets:
        _sheet(book, template, layout, name, out, places)
    if not any(book.sheet(name) for name in layout.sheets) and len(out.problems) == len(layout.sheets) > 1:
        there = ", ".join(f"«{sheet.name}»" for sheet in book.sheets[:8])
        out.problems = [Problem(OTHER_BOOK.format(there=there))]
    if out.problems and not out.values:
        return out
    checked = check(layout, out.values)
    had = {problem.key for problem in out.problems if problem.key}
    for problem in checked.problems:
        if problem.key not in had:
            sheet, cell = places.get(problem.key, (problem.sheet, problem.cell))
            out.problems.append(Problem(problem.reason, sheet, cell, problem.heading, problem.value, problem.key))
    out.values = {**out.values, **checked.texts}
    _order(out, layout)
    del out.problems[MAX_PROBLEMS:]
    if len(out.notices) > MAX_NOTICES:
        more = len(out.notices) - MAX_NOTICES
        out.notices[MAX_NOTICES:] = [f"И ещё таких замечаний: {more}."]
    return out


def _order(out: Returned, layout: Layout) -> None:
    order = {name: at for at, name in enumerate(layout.sheets)}

    def key(problem: Problem) -> tuple[int, int, str]:
        digits = re.sub(r"\D", "", problem.cell)
        return order.get(problem.sheet, 0), int(digits or 0), problem.cell

    out.problems.sort(key=key)


def _sheet(
    book: Book, template: Book, layout: Layout, name: str, out: Returned, places: dict[str, tuple[str, str]]
) -> None:
    model = template.sheet(name)
    if model is None:  # the stored form always has its sheets
        out.problems.append(Problem("листа нет в самой форме: сообщите методисту", name))
        return
    sheet = book.sheet(name)
    if sheet is None:
        lone = [s for s in book.sheets if not s.hidden]
        if len(layout.sheets) == 1 and len(lone) == 1 and _likeness(lone[0], model, layout) > 0.7:
            sheet = lone[0]
            out.notices.append(f"Лист называется «{sheet.name}», а в форме — «{name}»: прочитан он.")
        else:
            others = ", ".join(f"«{s.name}»" for s in book.sheets[:8])
            out.problems.append(Problem(f"такого листа в файле нет. Есть: {others}", name))
            return
    printed = _printed(model, layout)
    shifts, moved = _shifts(sheet, model, layout, printed)
    wrong = [
        (at, words, sheet.shown(at[0] + _shift(shifts, at[0]), at[1]).text)
        for at, words in printed.items()
        if not _same(sheet.shown(at[0] + _shift(shifts, at[0]), at[1]).text, words)
    ]
    if printed and len(wrong) * 2 > len(printed):
        (row, column), words, there = wrong[0]
        said = f"там «{there[:60]}»" if there else "она пуста"
        out.problems.append(
            Problem(
                f"лист не похож на форму: в ячейке {address(row, column)} ждём «{words[:60]}», а {said}. "
                "Заполните форму, скачанную на этой странице, и верните этот же файл",
                name,
            )
        )
        return
    for (row, column), words, there in wrong:
        at = address(row + _shift(shifts, row), column)
        said = (
            f"надпись формы «{words[:60]}» изменена" if there else f"надпись формы «{words[:60]}» стёрта или сдвинута"
        )
        out.problems.append(Problem(f"{said}: верните её на место", sheet.name, at, value=there))
    asked = _fill(sheet, layout, name, shifts, moved, out, places)
    _strangers(sheet, model, layout, name, shifts, asked, out)
    _totals(sheet, model, shifts, out)


def _likeness(sheet: SheetCells, model: SheetCells, layout: Layout) -> float:
    printed = _printed(model, layout)
    same = sum(_same(sheet.shown(*at).text, words) for at, words in printed.items())
    return same / len(printed) if printed else 0.0


def _printed(model: SheetCells, layout: Layout) -> dict[tuple[int, int], str]:
    """The form's own words on a sheet: what must stand where it stood."""
    inputs = {
        place.at for place in layout.places({}) if place.sheet == model.name
    }  # an input that had an example in it may change
    return {
        at: cell.text
        for at, cell in model.cells.items()
        if cell.text and cell.number is None and not cell.formula and not cell.error and at not in inputs
        and at[0] not in model.hidden_rows
    }  # fmt: skip


def _same(a: str, b: str) -> bool:
    return "".join(a.casefold().replace("ё", "е").split()) == "".join(b.casefold().replace("ё", "е").split())


def _shifts(
    sheet: SheetCells, model: SheetCells, layout: Layout, printed: Mapping[tuple[int, int], str]
) -> tuple[list[tuple[int, int]], dict[str, int]]:
    """Rows put into (or taken out of) open tables: (rows of the form from here on, moved by), and by table."""
    shifts: list[tuple[int, int]] = []
    by_table: dict[str, int] = {}
    total = 0
    open_tables = sorted(
        (t for t in layout.tables if t.sheet == model.name and not t.fixed and t.closed_below), key=lambda t: t.rows[0]
    )
    for table in open_tables:
        below = sorted(at for at in printed if at[0] >= table.rows[0] + table.room)
        if not below:
            continue
        row, column = below[0]
        words = printed[(row, column)]
        if _same(sheet.shown(row + total, column).text, words):
            continue
        for step in sorted(range(-table.room + 1, MAX_ROWS), key=abs):
            if row + total + step > 0 and _same(sheet.shown(row + total + step, column).text, words):
                total += step
                by_table[table.key] = step
                shifts.append((table.rows[0] + table.room, total))
                break
    return shifts, by_table


def _shift(shifts: list[tuple[int, int]], row: int) -> int:
    return next((by for start, by in reversed(shifts) if row >= start), 0)


def _fill(
    sheet: SheetCells,
    layout: Layout,
    name: str,
    shifts: list[tuple[int, int]],
    moved: Mapping[str, int],
    out: Returned,
    places: dict[str, tuple[str, str]],
) -> set[tuple[int, int]]:
    """Takes every place of one sheet; gives the cells it looked at."""
    looked: set[tuple[int, int]] = set()
    for part in layout.parts:
        if part.sheet != name:
            continue
        for place in _places(part, sheet, shifts, moved):
            row, column = place.at
            row += _shift(shifts, row if place.table is None or place.table.fixed else place.table.rows[0])
            looked.add((row, column))
            places[place.key] = (sheet.name, address(row, column))
            _take(sheet, place, row, column, out)
    return looked


def _places(
    part: Field | Table, sheet: SheetCells, shifts: list[tuple[int, int]], moved: Mapping[str, int]
) -> Iterator[Place]:
    if isinstance(part, Field) or part.fixed:
        yield from Layout((part,)).places({})
        return
    room = min(part.room + moved.get(part.key, 0), MAX_ROWS)
    start = part.rows[0] + _shift(shifts, part.rows[0])
    columns = {c.column for c in part.columns}
    last = max((r for (r, c), cell in sheet.cells.items() if c in columns and start <= r < start + room and not cell.blank),
               default=start - 1)  # fmt: skip
    for at in range(last - start + 1):
        for column in part.columns:
            yield Place(f"{part.key}.{at}.{column.key}", column, part, at)


def _take(sheet: SheetCells, place: Place, row: int, column: int, out: Returned) -> None:
    cell = sheet.cell(row, column)
    area = sheet.merge_at(row, column)
    where = (sheet.name, address(row, column), place.heading)
    if area and area[:2] != (row, column):
        first = sheet.cell(*area[:2])
        if first.text:
            out.problems.append(
                Problem(f"ячейка объединена с {address(*area[:2])}: снимите объединение и заполните каждую", *where,
                        first.text, place.key)
            )  # fmt: skip
        return
    if cell.error:
        out.problems.append(
            Problem("в ячейке ошибка формулы: исправьте её или впишите число", *where, cell.text, place.key)
        )
        return
    if cell.formula and not cell.text:
        out.problems.append(
            Problem(
                "формула без посчитанного значения: откройте файл в Excel, сохраните и верните снова или впишите число",
                *where,
                f"={cell.formula}",
                place.key,
            )
        )
        return
    if cell.text:
        out.values[place.key] = _said(cell, place.field)


def _said(cell: Cell, asked: Field) -> str:
    if asked.kind == "percent" and cell.number is not None and not cell.style.is_percent:
        return plain_number(cell.number)
    if asked.kind == "percent" and cell.number is not None:
        return plain_number(cell.number * 100)
    if asked.kind == "text" and cell.day is None and cell.number is not None and not cell.style.is_percent:
        return plain_number(cell.number)
    if asked.kind in ("whole", "number", "money") and cell.number is not None and cell.day is None:
        return plain_number(_near(cell.number, asked.kind))
    if asked.kind == "date" and cell.day is None and cell.number is not None:
        return cell.text  # a bare number is no day: the check says so
    return cell.text


def _near(number: Decimal, kind: str) -> Decimal:
    """Money that a formula left with a tail of thousandths is what the person sees: two places."""
    return round(number, 2) if kind == "money" else number


def _strangers(
    sheet: SheetCells,
    model: SheetCells,
    layout: Layout,
    name: str,
    shifts: list[tuple[int, int]],
    asked: set[tuple[int, int]],
    out: Returned,
) -> None:
    """What was written where the form asks nothing: rows beyond a table stop the file, other words are told about."""
    own = {(r + _shift(shifts, r), c) for (r, c), cell in model.cells.items() if not cell.blank}
    tables = [t for t in layout.tables if t.sheet == name]
    told: set[int] = set()
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.blank or (row, column) in asked or (row, column) in own:
            continue
        table = next((t for t in tables if column in {c.column for c in t.columns} and row >= t.rows[0]), None)
        inside = any(not t.fixed and t.rows[0] <= row for t in tables)
        if inside and cell.number is not None and table is None:
            continue  # a school numbers its rows in the column of numbers
        beyond = table is not None and not table.fixed
        if beyond and table is not None and row not in told:
            told.add(row)
            out.problems.append(
                Problem(
                    f"лишняя строка: в таблице «{table.title}» места на {table.room}. Вставьте строки внутри таблицы или "
                    "перенесите сведения",
                    sheet.name,
                    address(row, column),
                    value=cell.text or f"={cell.formula}",
                )
            )
        elif not beyond and table is not None and table.fixed and row > max(table.rows) and row not in told:
            told.add(row)
            out.problems.append(
                Problem(f"лишняя строка под таблицей «{table.title}»: такой строки в форме нет", sheet.name,
                        address(row, column), value=cell.text)
            )  # fmt: skip
        elif row not in told:
            out.notices.append(
                f"Лист «{sheet.name}», ячейка {address(row, column)}: «{cell.text[:60]}» — форма здесь ничего не спрашивает, "
                "не прочитано."
            )


def _totals(sheet: SheetCells, model: SheetCells, shifts: list[tuple[int, int]], out: Returned) -> None:
    """A total of the form that the school wrote over by hand must agree with what it adds."""
    for (row, column), cell in model.cells.items():
        found = _SUM.fullmatch(cell.formula) if cell.formula else None
        if not found:
            continue
        here = row + _shift(shifts, row)
        there = sheet.cell(here, column)
        if there.formula or there.number is None:
            continue
        top, left, bottom, right = area_of(found[1])
        top, bottom = top + _shift(shifts, top), bottom + _shift(shifts, bottom)
        if here > bottom and bottom + 1 < here and not shifts:
            bottom = min(bottom, here - 1)
        elif shifts and here > bottom:
            bottom = here - 1 if here - 1 - bottom <= MAX_ROWS else bottom
        total = sum(
            (c.number for (r, k), c in sheet.cells.items() if top <= r <= bottom and left <= k <= right and c.number),
            Decimal(0),
        )
        if total != there.number:
            out.problems.append(
                Problem(
                    f"итог не сходится: по строкам {letters(left)}{top}–{letters(right)}{bottom} получается {plain_number(total)}",
                    sheet.name,
                    address(here, column),
                    value=there.text,
                )
            )


__all__ = ["Checked", "Returned", "mark_of", "read_back"]
