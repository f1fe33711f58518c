"""Which cells of an office's workbook a school is to fill: tables under headings, and labels with an empty cell beside. Pure.

The program only proposes: a person confirms or corrects. In a protected sheet the unlocked cells say it themselves; in a sheet
with boxes the boxed empty cells do; in a plain sheet whatever is empty beside a label or under headings.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from decisions.collecting.book import Book, Cell, SheetCells
from decisions.collecting.kinds import guess, is_part
from decisions.collecting.model import MAX_FIELDS, MAX_ROWS, Field, Layout, Table

ROWS, COLUMNS = 1_000, 120
DEEPEST_HEAD = 6
_NUMBER = re.compile(r"\d{1,4}[.)]?")
_NUMBERING = re.compile(r"№|п\s*/\s*п|номер строки|код строки", re.IGNORECASE)
_COUNTER = re.compile(r"(?:№|N|номер)?\s*п\.?\s*/?\s*п\.?|№|номер строки", re.IGNORECASE)
_SIGNED = re.compile(r"подпис|расшифровк|\bм\.?\s?п\b", re.IGNORECASE)
_TITLE = re.compile(r"^(?:форма|отч[её]т|раздел|приложение|сведения|информация|мониторинг|таблица)\b", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:итог|всего)", re.IGNORECASE)
_HINT = re.compile(r"\s*\((?:заполн|указать|укажите)[^)]*\)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Recognised:
    """What is proposed and what a person should know (`notes`, Russian sentences)."""

    layout: Layout
    notes: tuple[str, ...]


@dataclass
class _Look:
    """How one sheet is seen: its extent, and which empty cells may be inputs."""

    book: Book
    sheet: SheetCells
    rows: int
    columns: int
    mode: str  # «unlocked», «boxed», «plain»
    taken: set[tuple[int, int]] = field(default_factory=set)

    def words(self, row: int, column: int) -> str:
        cell = self.sheet.shown(row, column)
        return "" if cell.formula or cell.error or self.input(row, column) else " ".join(cell.text.split())

    def formula(self, row: int, column: int) -> bool:
        return bool(self.sheet.shown(row, column).formula)

    def input(self, row: int, column: int) -> bool:
        """May this cell be filled: empty, not hidden behind another of its merged area, and marked so by the sheet's look."""
        if not (0 < row <= self.rows and 0 < column <= self.columns) or row in self.sheet.hidden_rows:
            return False
        area = self.sheet.merge_at(row, column)
        if area and (row, column) != area[:2]:
            return False
        cell = self.sheet.cell(row, column)
        if self.mode == "unlocked":
            return cell.style.unlocked and not cell.formula and (cell.blank or cell.number is not None)
        if not cell.blank:
            return False
        return self.mode == "plain" or cell.style.boxed or cell.style.unlocked

    def blank(self, row: int, column: int) -> bool:
        """Nothing is written here, and nothing of a merged area lies over it but its own."""
        area = self.sheet.merge_at(row, column)
        return self.sheet.cell(row, column).blank and (not area or (row, column) == area[:2])

    def first(self, row: int, column: int) -> tuple[int, int]:
        area = self.sheet.merge_at(row, column)
        return area[:2] if area else (row, column)

    def right_of(self, row: int, column: int) -> int:
        area = self.sheet.merge_at(row, column)
        return (area[3] if area else column) + 1


@dataclass
class _Row:
    """A row of a table's body: label columns and input columns (of all columns of the table)."""

    row: int
    labels: dict[int, str]
    inputs: set[int]
    section: str


def recognise(book: Book) -> Recognised:
    """The form proposed for a workbook; an empty layout when nothing in it looks like a place to fill."""
    parts: list[Field | Table] = []
    notes: list[str] = []
    for sheet in book.sheets:
        if sheet.hidden:
            continue
        look = _look(book, sheet)
        found = sorted([*_tables(look, notes), *_pairs(look)], key=_where)
        parts += found
        if not found and any(cell.text for cell in sheet.cells.values()):
            notes.append(f"На листе «{sheet.name}» мест для заполнения не найдено.")
    layout = Layout(tuple(_keyed(parts)))
    if layout.size > MAX_FIELDS:
        kept, size = [], 0
        for part in layout.parts:
            size += Layout((part,)).size
            if size <= MAX_FIELDS:
                kept.append(part)
        layout = Layout(tuple(kept))
        notes.append(f"Мест для заполнения больше {MAX_FIELDS}: взяты первые. Разделите форму на несколько.")
    return Recognised(layout, tuple(notes))


def _where(part: Field | Table) -> tuple[int, int]:
    return (part.row, part.column) if isinstance(part, Field) else (part.rows[0], part.columns[0].column)


def _look(book: Book, sheet: SheetCells) -> _Look:
    rows = columns = 0
    boxed = unlocked = False
    for (row, column), cell in sheet.cells.items():
        if row > ROWS or column > COLUMNS:
            continue
        if cell.text or cell.formula or cell.style.boxed or cell.style.unlocked:
            rows, columns = max(rows, row), max(columns, column)
        boxed = boxed or (cell.blank and cell.style.boxed)
        unlocked = unlocked or (cell.style.unlocked and not cell.formula)
    for top, left, bottom, right in sheet.merges:
        if top <= rows and left <= columns:
            rows, columns = max(rows, min(bottom, ROWS)), max(columns, min(right, COLUMNS))
    mode = "unlocked" if sheet.protected and unlocked else "boxed" if boxed else "plain"
    room = 1 if mode == "plain" else 0  # a value may stand right of the last label, a row under the last heading
    return _Look(book, sheet, min(rows + room, ROWS), min(columns + room, COLUMNS), mode)


def _keyed(parts: list[Field | Table]) -> list[Field | Table]:
    """Keys in order, and «из них» of single fields of one sheet."""
    keyed = [
        dataclasses.replace(part, key=f"{'t' if isinstance(part, Table) else 'f'}{number}")
        for number, part in enumerate(parts, start=1)
    ]
    parted: dict[str, Field] = {}
    for sheet in {part.sheet for part in keyed}:
        fields = [part for part in keyed if isinstance(part, Field) and part.sheet == sheet]
        parted |= {one.key: one for one in _parted(fields)}
    return [parted.get(part.key, part) for part in keyed]


# --- tables ---


def _tables(look: _Look, notes: list[str]) -> Iterator[Table | Field]:
    row = 1
    while row <= look.rows:
        end = row
        for left, right in _runs(look, row):
            made = _table_at(look, row, left, right, notes)
            if made is not None:
                parts, last = made
                yield from parts
                end = max(end, last)
        row = end + 1


def _runs(look: _Look, row: int) -> Iterator[tuple[int, int]]:
    """Stretches of neighbouring headings in a row: at least two different cells."""
    column = 1
    while column <= look.columns:
        if not look.words(row, column) or (row, column) in look.taken:
            column += 1
            continue
        left, cells = column, set()
        while column <= look.columns and look.words(row, column) and (row, column) not in look.taken:
            cells.add(look.first(row, column))
            column += 1
        if len(cells) >= 2 and all(top == row for top, _ in cells):
            yield left, column - 1


def _table_at(look: _Look, top: int, left: int, right: int, notes: list[str]) -> tuple[list[Table | Field], int] | None:
    body = _body_of(look, top, left, right)
    if body is None:
        return None
    span = range(left, right + 1)
    first = left
    while first > 1 and not look.words(top, first - 1) and look.words(body, first - 1):
        first -= 1  # labels of rows stand left of the headings
    whole = range(first, right + 1)
    rows, last, closed = _rows(look, body, whole)
    if not rows:
        return None
    heads = {column: _heading(look, top, body, column) for column in span}
    labelled = [row for row in rows if row.labels]
    label_columns = [
        column
        for column in whole
        if labelled
        and sum(column in row.labels for row in labelled) * 10 >= 6 * len(labelled)
        and not any(column in row.inputs for row in labelled)
    ]
    numbering = [c for c in label_columns if all(_NUMBER.fullmatch(r.labels.get(c, "1")) for r in labelled)]
    if numbering and (len(numbering) == len(label_columns)):
        if any(_NUMBERING.search(heads.get(c, "№")) for c in numbering) or len(numbering) == len(label_columns) > 1:
            labelled, label_columns = [], numbering  # «№ п/п» is printed, the rest of the row is the school's
    elif len(label_columns) > len(numbering):
        named = [c for c in label_columns if c not in numbering]
        label_columns = [*named, *numbering]
    if not labelled and len(span) < 2:
        return None
    title = _title(look, top, first, right)
    for row in range(top, last + 1):
        look.taken |= {(row, column) for column in whole}
    free = [row for row in rows if not row.labels or not labelled]
    out: list[Table | Field] = []
    if labelled:
        named_columns = [c for c in label_columns if c not in numbering] or label_columns
        out += _fixed(look, labelled, span, heads, named_columns, set(label_columns), title)
        if free:
            spots = f"{free[0].row}–{free[-1].row}" if len(free) > 1 else str(free[0].row)
            out.append(
                _open(
                    look, free, [c for c in span if c not in numbering], heads, f"{title}: другие строки", closed, False
                )
            )
            notes.append(
                f"Лист «{look.sheet.name}»: пустые строки {spots} приняты за добавочные, их можно не заполнять."
            )
    else:
        columns = [c for c in span if c not in label_columns]
        columns = [c for c in columns if not _COUNTER.fullmatch(heads[c])] or columns  # nobody is asked to number rows
        out.append(_open(look, free, columns, heads, title, closed, True))
    return [part for part in out if isinstance(part, Field) or part.columns], last


def _body_of(look: _Look, top: int, left: int, right: int) -> int | None:
    """The first row under the headings: headings go on under a wide one, through tall ones, and over a row of numbers."""
    row = top + 1
    while row <= min(look.rows, top + DEEPEST_HEAD):
        under_wide = any(
            look.words(row, c)
            and look.first(row, c)[0] == row
            and (area := look.sheet.merge_at(row - 1, c)) is not None
            and area[3] > area[1]
            for c in range(left, right + 1)
        )
        through = any(look.first(row, c)[0] < row for c in range(left, right + 1))
        texts = [look.words(row, c) for c in range(left, right + 1)]
        counting = len(texts) > 1 and all(re.fullmatch(r"\d{1,3}|[А-Яа-яA-Za-z]", t) for t in texts)
        if not (under_wide or through or (counting and _counts(texts))):
            return row
        row += 1
    return None


def _counts(texts: list[str]) -> bool:
    """1 2 3 … or А Б 1 2 …: the row that numbers columns."""
    numbers = [int(t) for t in texts if t.isdigit()]
    return len(numbers) >= 2 and all(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False)) and numbers[0] <= 3


def _rows(look: _Look, body: int, columns: range) -> tuple[list[_Row], int, bool]:
    """Rows to be filled, the last row of the table, and whether something stands right under its open rows."""
    found: list[_Row] = []
    section, last, closed = "", body - 1, False
    row = body
    while row <= look.rows:
        inputs = {c for c in columns if look.input(row, c)}
        labels = {c: words for c in columns if (words := look.words(row, c)) and look.first(row, c) == (row, c)}
        formulas = {c for c in columns if look.formula(row, c)}
        if not inputs and not labels and not formulas:
            if any(look.first(row, c)[0] < row for c in columns):  # a tall cell of the row above
                row += 1
                continue
            break
        if look.mode == "plain" and not labels and not formulas:
            if found and found[-1].labels:
                break  # an empty row ends a table of labelled rows
            under = next((r for r in range(row, look.rows + 1) if any(look.words(r, c) for c in columns)), 0)
            room = (under or row + MAX_ROWS) - row
            found += [_Row(r, {}, set(columns), "") for r in range(row, row + min(room, MAX_ROWS))]
            return found, row + room - 1, bool(under)
        if formulas and any(_TOTAL.match(words) for words in labels.values()):
            closed = True
        elif inputs and found and closed and len(inputs) * 2 < len(found[0].inputs):
            break  # a signature under the total is no row of the table
        elif inputs:
            found.append(_Row(row, labels, inputs, section if labels else ""))
            closed = False
        elif labels and not formulas and _wide(look, row, labels):
            if look.mode == "plain" and not look.words(row + 1, columns[0]):
                break
            section = next(iter(labels.values()))
            closed = True
        elif formulas or look.sheet.cell(row, columns[0]).style.boxed:
            closed = True  # a total or a row filled by the office
        else:
            break
        last = row
        row += 1
    if row <= look.rows and any(look.words(row, c) for c in columns):
        closed = True
    if found and not found[-1].labels and found[-1].row == look.rows and look.mode != "plain":
        closed = False
    return found, last, closed


def _wide(look: _Look, row: int, labels: dict[int, str]) -> bool:
    if len(labels) != 1:
        return False
    area = look.sheet.merge_at(row, next(iter(labels)))
    return area is not None and area[3] - area[1] >= 1


def _heading(look: _Look, top: int, body: int, column: int) -> str:
    """Words over a column from the wide ones down, the row of column numbers left out."""
    words: list[str] = []
    for row in range(top, body):
        one = look.words(row, column)
        if one and (not words or words[-1] != one) and not (row > top and re.fullmatch(r"\d{1,3}|[А-ЯA-Z]", one)):
            words.append(one)
    return " — ".join(words) or f"Столбец {column}"


def _title(look: _Look, top: int, left: int, right: int) -> str:
    """The words right above the headings, when they stand alone in their row; else the sheet's name."""
    for row in (top - 1, top - 2):
        texts = {look.first(row, c): look.words(row, c) for c in range(1, right + 1) if row > 0 and look.words(row, c)}
        if len(texts) == 1:
            (place, words), *_ = texts.items()
            if words.endswith(":") and look.blank(row, look.right_of(*place)):
                continue  # «Дата заполнения:» is a question of its own
            if place not in look.taken and not look.input(row, look.right_of(*place)) or look.mode == "plain":
                return words[:200]
        elif texts:
            break
    return look.sheet.name


def _fixed(
    look: _Look,
    rows: list[_Row],
    span: range,
    heads: dict[int, str],
    named: list[int],
    label_columns: set[int],
    title: str,
) -> list[Table | Field]:
    asked = [c for c in span if c not in label_columns and any(c in row.inputs for row in rows)]
    if not asked:
        return []
    labels = _unique([_row_label(row, named) for row in rows])
    if len(asked) == 1:
        # «Показатель — значение»: each row is a field of its own kind
        return [
            _field(look, label, row.row, asked[0], heads[asked[0]])
            for label, row in zip(labels, rows, strict=True)
            if asked[0] in row.inputs
        ]
    columns = _columns(look, asked, heads, rows[0].row, rows)
    skip = tuple(
        f"{at}.{column.key}" for at, row in enumerate(rows) for column in columns if column.column not in row.inputs
    )
    return [
        Table(
            key="t", title=title, columns=columns, labels=labels, rows=tuple(r.row for r in rows), sheet=look.sheet.name,
            room=len(rows), closed_below=True, skip=skip,
        )
    ]  # fmt: skip


def _row_label(row: _Row, named: list[int]) -> str:
    words = ", ".join(dict.fromkeys(row.labels[c] for c in named if c in row.labels)) or ", ".join(row.labels.values())
    return f"{row.section}: {words}" if row.section else words


def _unique(labels: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    out = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        out.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(out)


def _open(
    look: _Look, rows: list[_Row], columns: list[int], heads: dict[int, str], title: str, closed: bool, required: bool
) -> Table:
    asked = [c for c in columns if c in rows[0].inputs and c in heads]
    return Table(
        key="t",
        title=title,
        columns=_columns(look, asked, heads, rows[0].row, rows),
        rows=(rows[0].row,),
        sheet=look.sheet.name,
        room=min(len(rows), MAX_ROWS) if closed else MAX_ROWS,
        closed_below=closed,
        required=required,
    )


def _columns(look: _Look, asked: list[int], heads: dict[int, str], row: int, rows: list[_Row]) -> tuple[Field, ...]:
    labels = _unique([heads[c] for c in asked])
    made = []
    for number, (column, label) in enumerate(zip(asked, labels, strict=True), start=1):
        at = next((r.row for r in rows if column in r.inputs), row)
        one = _field(look, label, at, column, "")
        made.append(dataclasses.replace(one, key=f"c{number}", row=0))
    return tuple(_parted(made))


def _parted(fields: list[Field]) -> list[Field]:
    """«Из них» points at the nearest number before it that is not itself a part."""
    out: list[Field] = []
    whole: Field | None = None
    for one in fields:
        if one.numeric and is_part(one.label) and whole is not None and whole.kind == one.kind:
            one = dataclasses.replace(one, part_of=whole.key)
        elif one.numeric:
            whole = one
        out.append(one)
    return out


def _field(look: _Look, label: str, row: int, column: int, over: str) -> Field:
    hint = ""
    if found := _HINT.search(label):
        hint, label = found[0].strip(" ()"), label[: found.start()]
    label = label.rstrip(" :").strip()[:300] or f"Ячейка {column}"
    said = guess(look.book, look.sheet, row, column, f"{label} {over}" if over else label)
    return Field(
        key="f", label=label, kind=said.kind, required=said.required, hint=hint, low=said.low, high=said.high,
        choices=said.choices, adds=said.adds, sure=said.sure, sheet=look.sheet.name, row=row, column=column,
    )  # fmt: skip


# --- labels with an empty cell beside ---


def _pairs(look: _Look) -> Iterator[Field]:
    for row in range(1, look.rows + 1):
        column = 1
        while column <= look.columns:
            words = look.words(row, column)
            first = look.first(row, column)
            if not words or (row, column) in look.taken or first != (row, column):
                column += 1
                continue
            beside = look.right_of(row, column)
            if (row, beside) not in look.taken and _beside(look, row, column, beside, words):
                look.taken.add((row, beside))
                yield _field(look, words, row, beside, "")
                column = look.right_of(row, beside)
            else:
                column = beside


def _beside(look: _Look, row: int, column: int, beside: int, words: str) -> bool:
    """Is the cell beside a label asked. Where only the table is boxed, «Ответственный:» above it is asked all the same."""
    if look.input(row, beside):
        return _asks(look, row, column, words)
    return (
        look.mode == "boxed"
        and row not in look.sheet.hidden_rows
        and words.endswith((":", "?"))
        and not _SIGNED.search(words)
        and look.blank(row, beside)
    )


def _asks(look: _Look, row: int, column: int, words: str) -> bool:
    """In a plain sheet a title has an empty cell beside too: only what reads like a question is one."""
    if look.mode != "plain":
        return True
    if words.endswith((":", "?")):
        return True
    wide = look.sheet.merge_at(row, column)
    if (wide and wide[3] > wide[1]) or _TITLE.match(words) or len(words) > 160:
        return False
    return guess(look.book, look.sheet, row, column + 1, words).sure


__all__ = ["Cell", "Recognised", "recognise"]
