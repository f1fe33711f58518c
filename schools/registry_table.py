"""A registry workbook or CSV as rows of words, with everything that is wrong in it found at once.

Pure: bytes in, frozen values out. The columns are those of `RegistryEntry` (all optional but `canonical`), known by their
English names or by the Russian headings that the page explains. What depends on the rows already kept (codes taken by
others, unknown parents) is checked by `schools.actions.registry_import`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from zoneinfo import available_timezones

from python_calamine import CalamineError, CalamineWorkbook

from config.encodings import NotText, decoded
from schools.search import normalized

# The file's column, how the page calls it, the longest value.
COLUMNS: dict[str, tuple[str, int]] = {
    "authority": ("орган управления", 500),
    "parent": ("подчинена", 255),
    "canonical": ("краткое название", 255),
    "full_name": ("полное название", 500),
    "kind": ("вид", 80),
    "settlement": ("населённый пункт", 120),
    "number": ("номер", 20),
    "named_after": ("имени", 200),
    "fisoko_login": ("логин ФИС ОКО", 60),
    "rcoi_code": ("код РЦОИ", 60),
    "inn": ("ИНН", 12),
    "opened": ("открыта", 10),
    "closed": ("закрыта", 10),
    "time_zone": ("часовой пояс", 40),
    "aliases": ("другие названия", 20_000),
}
HEADINGS = {
    **{name: name for name in COLUMNS},
    **{heading.casefold().replace("ё", "е"): name for name, (heading, _) in COLUMNS.items()},
    "краткое наименование": "canonical",
    "полное наименование": "full_name",
    "вид организации": "kind",
    "тип организации": "kind",
}
DATES = ("opened", "closed")
CODES = ("fisoko_login", "rcoi_code", "inn")
ALIAS_LENGTH = 500
MAX_ROWS = 20_000
MAX_UNPACKED = 200 * 1024 * 1024

_SPREADSHEET = re.compile(rb"^(PK\x03\x04|\xd0\xcf\x11\xe0)")
_NO_VALUE = re.compile(rb'<c [^>]*?\br="([A-Z]+\d+)"[^>]*><f\b[^<]*(?:/>|</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_FORMULA = re.compile(r"^[=+@\t\r]")
_WHOLE = re.compile(r"^(\d+)\.0+$")


class NotATable(ValueError):
    """The file cannot be read as a table at all; `str()` is a Russian sentence: what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the file cannot be taken: where exactly, what stands there, and what is expected instead."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `values` holds the filled cells only, by the names of `COLUMNS`; dates as ISO words."""

    sheet: str
    line: int
    values: dict[str, str]

    def problem(self, column: str, reason: str) -> Problem:
        return Problem(self.sheet, self.line, column, self.values.get(column, ""), reason)

    @property
    def aliases(self) -> tuple[str, ...]:
        parts = (" ".join(part.split()) for part in self.values.get("aliases", "").split("|"))
        return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True)
class Table:
    rows: tuple[TableRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    columns: frozenset[str] = field(default_factory=frozenset)


def read_table(data: bytes, name: str = "") -> Table:
    """Rows of every sheet that has a column «canonical», and all that is wrong with them by themselves."""
    rows: list[TableRow] = []
    problems: list[Problem] = []
    notes: list[str] = []
    columns: set[str] = set()
    heads = []
    for sheet, lines in _sheets(data, name):
        found = _head(lines)
        heads.append((sheet, found))
        if found is None:
            continue
        at, names, strange = found
        for column in {one for one in names.values() if list(names.values()).count(one) > 1}:
            problems.append(
                Problem(sheet, lines[at][0], column, COLUMNS[column][0], "столбец назван дважды: оставьте один из них")
            )
        columns |= set(names.values())
        notes += [f"Лист «{sheet}»: столбец «{one}» программе не нужен, он не читается." for one in strange]
        for line, cells in lines[at + 1 :]:
            values = {names[i]: cells[i] for i in names if i < len(cells) and cells[i]}
            if values:
                row, wrong = _checked(TableRow(sheet, line, values))
                rows.append(row)
                problems += wrong
    if not any(found for _, found in heads):
        raise NotATable(
            "В файле нет столбца «краткое название» (canonical). Первая строка таблицы должна содержать названия "
            "столбцов: возьмите за образец выгрузку реестра из программы."
        )
    if len(rows) > MAX_ROWS:
        raise NotATable(f"В файле {len(rows)} строк, а за один раз читается не больше {MAX_ROWS}. Разделите файл.")
    notes += [
        f"Лист «{sheet}» пропущен: в нём нет столбца «краткое название»." for sheet, found in heads if found is None
    ]
    problems += _repeated(rows)
    return Table(tuple(rows), tuple(problems), tuple(notes), frozenset(columns))


Lines = list[tuple[int, list[str]]]


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, Lines]]:
    if not data.strip():
        raise NotATable("Файл пуст. Выберите таблицу XLSX или CSV со строками реестра.")
    if _SPREADSHEET.match(data):
        try:
            if cell := _unsaved_formula(data):
                raise NotATable(
                    f"Ячейка {cell}: формула есть, а её значения в файле нет. Откройте файл в Excel, сохраните и загрузите снова."
                )
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            for sheet in book.sheet_names:
                page = book.get_sheet_by_name(sheet)
                grid = [[_word(cell) for cell in line] for line in page.to_python(skip_empty_area=False)]
                _fill_down(grid, page.merged_cell_ranges or [])
                yield sheet, list(enumerate(grid, start=1))
        except (CalamineError, zipfile.BadZipFile) as why:
            raise NotATable(
                "Таблица не открывается: файл повреждён или защищён паролем. Сохраните её заново в формате XLSX без пароля."
            ) from why
        return
    yield name or "CSV", _csv_lines(data)


def _fill_down(grid: list[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged over several rows is said of each of them («орган управления» is often written once)."""
    for (top, left), (bottom, _) in merged:
        for row in range(top + 1, min(bottom + 1, len(grid))):
            if top < len(grid) and left < len(grid[top]) and left < len(grid[row]):
                grid[row][left] = grid[top][left]


def _unsaved_formula(data: bytes) -> str:
    """The first cell of a workbook whose formula has no value stored with it: a program wrote it, Excel has not computed it."""
    if not data.startswith(b"PK"):
        return ""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        if sum(one.file_size for one in book.infolist()) > MAX_UNPACKED:
            raise NotATable("Таблица слишком велика для реестра. Проверьте, тот ли это файл.")
        for name in book.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                if found := _NO_VALUE.search(book.read(name)):
                    return found[1].decode()
    return ""


def _csv_lines(data: bytes) -> Lines:
    try:
        text = decoded(data)
    except NotText:
        text = ""
    if not text or "\0" in text:
        raise NotATable(
            "Это не таблица: подходят файлы XLSX и CSV. Откройте файл в Excel и сохраните как «Книга Excel»."
        )
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines, start = [], 1
    try:
        for cells in reader:
            lines.append((start, [_word(cell) for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as why:
        raise NotATable(f"Строка {reader.line_num}: таблица CSV нарушена. Сохраните файл заново из Excel.") from why
    return lines


def _word(cell: object) -> str:
    """A cell as a person reads it: «3», not «3.0»; a date as ISO words; single spaces."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _head(lines: Lines) -> tuple[int, dict[int, str], list[str]] | None:
    """Which of the first lines names the columns, what stands where, and which headings are unknown."""
    for at, (_, cells) in enumerate(lines[:10]):
        said = [cell.casefold().replace("ё", "е") for cell in cells]
        names = {i: HEADINGS[word] for i, word in enumerate(said) if word in HEADINGS}
        if "canonical" in names.values():
            return at, names, [cell for i, cell in enumerate(cells) if cell and i not in names]
    return None


def _checked(row: TableRow) -> tuple[TableRow, list[Problem]]:
    """The row with its dates as ISO words, and what is wrong in it."""
    values = dict(row.values)
    wrong: list[Problem] = []
    if not values.get("canonical"):
        wrong.append(row.problem("canonical", "не указано краткое название"))
    for column, value in row.values.items():
        heading, longest = COLUMNS[column]
        if len(value) > longest:
            wrong.append(row.problem(column, f"слишком длинно: {len(value)} знаков, помещается {longest}"))
        elif _FORMULA.match(value):
            wrong.append(
                row.problem(column, "похоже на формулу: значение не может начинаться со знака «=», «+» или «@»")
            )
    for column in DATES:
        if column in values:
            day = _day(values[column])
            if day is None:
                wrong.append(row.problem(column, "не дата: напишите, например, 01.09.2020"))
            else:
                values[column] = day.isoformat()
    if all(column in values for column in DATES) and not wrong and values["closed"] <= values["opened"]:
        wrong.append(row.problem("closed", "закрыта раньше, чем открыта"))
    if "inn" in values and not re.fullmatch(r"\d{10}|\d{12}", _WHOLE.sub(r"\1", values["inn"])):
        wrong.append(row.problem("inn", "ИНН состоит из 10 или 12 цифр"))
    if "time_zone" in values and values["time_zone"] not in available_timezones():
        wrong.append(row.problem("time_zone", "такого часового пояса нет: напишите, например, Europe/Saratov"))
    wrong += [
        Problem(row.sheet, row.line, "aliases", alias[:80], f"название длиннее {ALIAS_LENGTH} знаков")
        for alias in row.aliases
        if len(alias) > ALIAS_LENGTH
    ]
    return TableRow(row.sheet, row.line, values), wrong


def _day(text: str) -> dt.date | None:
    for shape in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            day = dt.datetime.strptime(text, shape).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
        return day if 1800 <= day.year <= 2200 else None
    return None


def _repeated(rows: Iterable[TableRow]) -> list[Problem]:
    """Names repeated inside one authority, codes repeated anywhere in the file."""
    wrong: list[Problem] = []
    names: dict[tuple[str, str], TableRow] = {}
    codes: dict[tuple[str, str], TableRow] = {}
    for row in rows:
        name = row.values.get("canonical")
        if name and "closed" not in row.values:
            key = (normalized(row.values.get("authority", "")), normalized(name))
            first = names.setdefault(key, row)
            if first is not row:
                wrong.append(row.problem("canonical", f"название повторяется: уже есть в строке {first.line}"))
        for column in CODES:
            if value := row.values.get(column):
                first = codes.setdefault((column, value), row)
                if first is not row:
                    wrong.append(row.problem(column, f"код повторяется: уже есть в строке {first.line}"))
    return wrong
