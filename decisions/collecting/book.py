"""A workbook (XLSX) as cells: values, formulas, formats, merges, lists of choices. Pure; nothing is ever calculated or run.

Own reading on lxml rather than a library's: a stranger's file must cost no more than its size, whatever it declares, and the
same parts are later written back untouched (`patch`). Entities, document types and the network are off (`archive.parse`).
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from decisions.reading.containers import archive
from decisions.reading.containers.loaded import Unreadable

MAX_BYTES = 10 * 1024 * 1024
MAX_PART = 16 * 1024 * 1024
MAX_CELLS = 100_000
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_MERGES = 5_000
MAX_COVERED = 100_000  # cells under merged areas
SEEN_ROWS, SEEN_COLUMNS = 3_000, 200  # where a form may stand
MAX_SHEETS = 40

SAVE = "Откройте его в Excel и сохраните как «Книга Excel (.xlsx)», затем загрузите снова."
TOO_BIG = f"Файл слишком велик для формы: больше {MAX_CELLS} ячеек. Удалите лишние листы и пустые оформленные строки и загрузите снова."
LOCKED = (
    "Файл закрыт паролем на открытие. Снимите пароль (в Excel: «Файл» → «Сведения» → «Защита книги») и загрузите снова."
)
BROKEN = f"Файл повреждён и не открывается. {SAVE}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_SUMMED = re.compile(r"(?<![A-Z])(?:SUM|SUBTOTAL)\(([^()]*)\)", re.IGNORECASE)
_RANGE = re.compile(r"(?<![!A-Z0-9])(\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})")
MAX_SUMS = 300
_DATE_PARTS = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.")
_BUILTIN = {
    9: "0%",
    10: "0.00%",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    **dict.fromkeys([14, 15, 16, 17, 22, 27, 30, 36, 50, 57], "dd.mm.yyyy"),
}


class NotAForm(ValueError):
    """The file cannot be read as a form; `str()` is a Russian sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Style:
    """What of a cell's look matters: its number format, whether it is boxed, coloured, unlocked."""

    format: str = "General"
    boxed: bool = False
    filled: bool = False
    unlocked: bool = False

    @property
    def is_date(self) -> bool:
        plain = _DATE_PARTS.sub("", self.format).lower()
        return any(c in plain for c in "dyд") or ("г" in plain and "м" in plain)

    @property
    def is_percent(self) -> bool:
        return "%" in self.format


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is the value as words (a number canonical with a comma, a day as 01.09.2025), empty when there is none.

    `number` is set for numbers (a per cent cell keeps its share: 0.41); `error` for #REF! and the like.
    """

    text: str = ""
    number: Decimal | None = None
    day: dt.date | None = None
    formula: str = ""
    error: bool = False
    style: Style = Style()

    @property
    def blank(self) -> bool:
        return not self.text and not self.formula and not self.error


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule of input of the office's file: a list (words, or a range of cells) or limits."""

    kind: str
    areas: tuple[tuple[int, int, int, int], ...]
    first: str = ""
    second: str = ""
    operator: str = "between"


@dataclass
class SheetCells:
    """One sheet: cells by (row, column) from 1; `merged` maps every covered cell to its first one."""

    name: str
    part: str
    hidden: bool = False
    protected: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    sums: list[tuple[int, int, int, int]] = field(default_factory=list)  # ranges of this sheet that its formulas add up
    covered: dict[tuple[int, int], tuple[int, int, int, int]] = field(default_factory=dict)

    def merge(self, area: tuple[int, int, int, int]) -> None:
        """Notes a merged area; only the part of it where a form can be is kept cell by cell."""
        top, left, bottom, right = area
        bottom, right = min(bottom, SEEN_ROWS), min(right, SEEN_COLUMNS)
        if len(self.merges) >= MAX_MERGES or len(self.covered) > MAX_COVERED:
            raise NotAForm(TOO_BIG)
        self.merges.append(area)
        if (bottom - top + 1) * (right - left + 1) > MAX_COVERED:
            raise NotAForm(TOO_BIG)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.covered.setdefault((row, column), area)

    def cell(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), EMPTY)

    def merge_at(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """The merged area over a cell: (top, left, bottom, right)."""
        return self.covered.get((row, column))

    def shown(self, row: int, column: int) -> Cell:
        """The cell, or the first cell of the merged area that covers it."""
        area = self.merge_at(row, column)
        return self.cell(area[0], area[1]) if area else self.cell(row, column)


@dataclass
class Book:
    """Sheets in order and the names that hold words (`names["_x"]` for a name that is \"…\")."""

    sheets: list[SheetCells]
    names: dict[str, str]

    def sheet(self, name: str) -> SheetCells | None:
        wanted = " ".join(name.casefold().split())
        return next((s for s in self.sheets if " ".join(s.name.casefold().split()) == wanted), None)


EMPTY = Cell()


def read_book(data: bytes, name: str = "файл") -> Book:
    """Every sheet of an XLSX. Raises `NotAForm` for anything else, locked, broken or too big, with what to do."""
    try:
        package = _package(data, name)
        return _Reader(package).book()
    except Unreadable as why:
        raise NotAForm(
            LOCKED if str(why) == archive.ENCRYPTED else TOO_BIG if str(why) == archive.BOMB else BROKEN
        ) from why
    except (NotAForm, MemoryError):
        raise
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, etree.LxmlError, RecursionError) as why:
        raise NotAForm(BROKEN) from why


def _package(data: bytes, name: str) -> archive.Package:
    if not data:
        raise NotAForm("Файл пуст. Выберите заполненную форму ещё раз.")
    if len(data) > MAX_BYTES:
        raise NotAForm(f"Файл больше {MAX_BYTES // 2**20} МБ. Уберите из него рисунки и лишние листы.")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotAForm(LOCKED)
        raise NotAForm(f"Это файл старого Excel (.xls). {SAVE}")
    if not data.startswith(b"PK"):
        plain = b"\0" not in data[:4096]
        raise NotAForm(
            f"Это текст (CSV), а не книга Excel, как бы он ни назывался. {SAVE}"
            if plain and not data.lstrip().startswith(b"<")
            else f"Это не книга Excel. {SAVE}"
        )
    package = archive.Package(data)
    names = package.names
    mime = (package.read("mimetype") or b"")[:80] if "mimetype" in names else b""
    if b"opendocument" in mime:
        raise NotAForm(f"Это файл OpenDocument (.ods). {SAVE}")
    if "xl/workbook.bin" in names:
        raise NotAForm(f"Это двоичная книга Excel (.xlsb). {SAVE}")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise NotAForm(f"В файле есть макросы (.xlsm), такие файлы не принимаются. {SAVE}")
    if not any(part.startswith("xl/") for part in names):
        raise NotAForm(f"Это не книга Excel. {SAVE}")
    return package


def part_of(package: archive.Package, name: str) -> etree._Element | None:
    """One XML part, not larger than a form needs. Raises `NotAForm`."""
    content = package.read(name)
    if content is None:
        return None
    if len(content) > MAX_PART:
        raise NotAForm(TOO_BIG)
    return archive.parse(content)


class _Reader:
    def __init__(self, package: archive.Package) -> None:
        self.package = package
        self.left = MAX_CELLS
        self.strings: list[str] = []
        self.styles: list[Style] = [Style()]
        self.since = dt.date(1899, 12, 30)

    def book(self) -> Book:
        path = workbook_part(self.package)
        root = part_of(self.package, path)
        if root is None:
            raise NotAForm(BROKEN)
        if any(one.get("date1904") in ("1", "true") for one in root.findall("{*}workbookPr")):
            self.since = dt.date(1904, 1, 1)
        paths = sheet_parts(self.package, path, root)
        if len(paths) > MAX_SHEETS:
            raise NotAForm(f"В файле больше {MAX_SHEETS} листов. Оставьте только листы формы.")
        folder = posixpath.dirname(path)
        self._strings(f"{folder}/sharedStrings.xml")
        self._styles(f"{folder}/styles.xml")
        sheets = [self._sheet(name, part, hidden) for name, part, hidden in paths]
        if not sheets:
            raise NotAForm(BROKEN)
        names = {}
        for one in root.iter("{*}definedName"):
            words = (one.text or "").strip()
            if len(words) >= 2 and words[0] == words[-1] == '"':
                names[one.get("name", "")] = words[1:-1].replace('""', '"')
        return Book(sheets, names)

    def _strings(self, path: str) -> None:
        root = part_of(self.package, path)
        if root is not None:
            self.strings = [_words(one) for one in root.findall("{*}si")]

    def _styles(self, path: str) -> None:
        root = part_of(self.package, path)
        if root is None:
            return
        formats = dict(_BUILTIN)
        for one in root.findall("{*}numFmts/{*}numFmt"):
            formats[int(one.get("numFmtId", "0"))] = one.get("formatCode", "General")
        boxed = [
            sum(1 for side in one if side.get("style", "none") != "none") >= 2
            for one in root.findall("{*}borders/{*}border")
        ]
        filled = [
            any(p.get("patternType") == "solid" for p in one.iter("{*}patternFill"))
            for one in root.findall("{*}fills/{*}fill")
        ]
        found = []
        for one in root.findall("{*}cellXfs/{*}xf"):
            border, fill = int(one.get("borderId", "0")), int(one.get("fillId", "0"))
            lock = one.find("{*}protection")
            found.append(
                Style(
                    formats.get(int(one.get("numFmtId", "0")), "General"),
                    border < len(boxed) and boxed[border],
                    fill < len(filled) and filled[fill],
                    lock is not None and lock.get("locked") in ("0", "false"),
                )
            )
        self.styles = found or self.styles

    def _sheet(self, name: str, path: str, hidden: bool) -> SheetCells:
        sheet = SheetCells(name, path, hidden)
        root = part_of(self.package, path)
        if root is None:
            return sheet
        row_at = 0
        for row in root.findall("{*}sheetData/{*}row"):
            row_at = int(row.get("r") or row_at + 1)
            if not 0 < row_at <= MAX_ROW:
                raise NotAForm(BROKEN)
            if row.get("hidden") in ("1", "true"):
                sheet.hidden_rows.add(row_at)
            column_at = 0
            for node in row:
                self.left -= 1
                if self.left < 0:
                    raise NotAForm(TOO_BIG)
                ref = node.get("r")
                column_at = place_of(ref)[1] if ref else column_at + 1
                sheet.cells[(row_at, column_at)] = self._cell(node)
                if len(sheet.sums) < MAX_SUMS and (written := node.find("{*}f")) is not None:
                    sheet.sums += _summed(written, row_at, column_at)
        for one in root.findall("{*}mergeCells/{*}mergeCell"):
            sheet.merge(area_of(one.get("ref", "A1")))
        lock = root.find("{*}sheetProtection")
        sheet.protected = lock is not None and lock.get("sheet") in ("1", "true")
        for one in root.findall("{*}dataValidations/{*}dataValidation")[:500]:
            areas = tuple(area_of(ref) for ref in one.get("sqref", "").split()[:200])
            first, second = (_text_of(one.find(f"{{*}}formula{n}")) for n in (1, 2))
            sheet.validations.append(
                Validation(one.get("type", ""), areas, first, second, one.get("operator", "between"))
            )
        return sheet

    def _cell(self, node: etree._Element) -> Cell:
        index = int(node.get("s") or 0)
        style = self.styles[index] if 0 <= index < len(self.styles) else Style()
        kind = node.get("t", "n")
        formula = node.find("{*}f")
        written = "" if formula is None else (formula.text or "").strip() or "…"
        raw = _text_of(node.find("{*}v"))
        if kind == "inlineStr":
            inline = node.find("{*}is")
            return Cell(_clean(_words(inline)) if inline is not None else "", formula=written, style=style)
        if kind == "s":
            at = int(raw) if raw else -1
            return Cell(_clean(self.strings[at]) if 0 <= at < len(self.strings) else "", formula=written, style=style)
        if kind == "str":
            return Cell(_clean(raw), formula=written, style=style)
        if kind == "e":
            return Cell(raw, formula=written, error=True, style=style)
        if kind == "b":
            return Cell({"1": "да", "0": "нет"}.get(raw, ""), formula=written, style=style)
        if not raw:
            return Cell(formula=written, style=style)
        if kind == "d":
            day = dt.date.fromisoformat(raw[:10])
            return Cell(f"{day:%d.%m.%Y}", day=day, formula=written, style=style)
        return self._number(raw, written, style)

    def _number(self, raw: str, written: str, style: Style) -> Cell:
        number = exact(raw)
        if style.is_date and not style.is_percent and 1 <= number < 200_000:
            day = self.since + dt.timedelta(days=int(number))
            return Cell(f"{day:%d.%m.%Y}", number=number, day=day, formula=written, style=style)
        shown = number * 100 if style.is_percent else number
        return Cell(_shown(shown), number=number, formula=written, style=style)


def _summed(node: etree._Element, row: int, column: int) -> Iterator[tuple[int, int, int, int]]:
    """The ranges a formula adds up; one copied over a row or a column («shared») moves its ranges with it."""
    ref = node.get("ref", "") if node.get("t") == "shared" else ""
    _, _, last_row, last_column = area_of(ref) if ref else (row, column, row, column)
    down, right = min(max(0, last_row - row), SEEN_ROWS), min(max(0, last_column - column), SEEN_COLUMNS)
    for inside in _SUMMED.findall(node.text or ""):
        for one in _RANGE.findall(inside.upper()):
            a, b, c, d = area_of(one)
            yield a, b, c + down, d + right


def exact(raw: str) -> Decimal:
    """A stored double as the number a person typed: 0.30000000000000004 is 0.3. Raises `ValueError`."""
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        raise ValueError(raw) from None
    if not number.is_finite() or abs(number) > Decimal(10) ** 30:
        raise ValueError(raw)
    if len(number.as_tuple().digits) > 15:
        number = Decimal(f"{number:.15g}")
    return number


def _shown(number: Decimal) -> str:
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", ",")


def workbook_part(package: archive.Package) -> str:
    """The path of the workbook named by the package; «xl/workbook.xml» by default."""
    root = part_of(package, "_rels/.rels")
    for one in root if root is not None else ():
        if one.get("Type", "").endswith("/officeDocument"):
            return str(one.get("Target", "")).lstrip("/") or "xl/workbook.xml"
    return "xl/workbook.xml"


def sheet_parts(package: archive.Package, path: str, root: etree._Element) -> list[tuple[str, str, bool]]:
    """(name, part, hidden) of every sheet of cells, in order; charts and dialogs are left out."""
    folder, base = posixpath.split(path)
    rels = part_of(package, f"{folder}/_rels/{base}.rels")
    targets = {}
    for one in rels if rels is not None else ():
        if one.get("Type", "").endswith("/worksheet") and one.get("TargetMode") != "External":
            target = one.get("Target", "")
            targets[one.get("Id")] = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
    found = []
    for one in root.findall("{*}sheets/{*}sheet"):
        ident = next((v for k, v in one.attrib.items() if etree.QName(k).localname == "id"), "")
        if ident in targets:
            found.append((one.get("name", "Лист"), targets[ident], one.get("state", "visible") != "visible"))
    return found


def place_of(ref: str) -> tuple[int, int]:
    """«B7» → (7, 2). Raises `ValueError`."""
    found = _REF.fullmatch(ref.strip().upper())
    if not found:
        raise ValueError(ref)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if not (0 < row <= MAX_ROW and 0 < column <= MAX_COLUMN):
        raise ValueError(ref)
    return row, column


def area_of(ref: str) -> tuple[int, int, int, int]:
    """«A1:C3» → (1, 1, 3, 3); whole columns and rows as far as a sheet goes. Raises `ValueError`."""
    first, _, last = ref.replace("$", "").partition(":")
    last = last or first
    if first.isalpha():
        first, last = f"{first}1", f"{last}{MAX_ROW}"
    elif first.isdigit():
        first, last = f"A{first}", f"XFD{last}"
    (top, left), (bottom, right) = place_of(first), place_of(last)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def _words(node: etree._Element) -> str:
    """The words of a string, rich or plain; hints of pronunciation are left out."""
    return "".join(_runs(node))


def _runs(node: etree._Element) -> Iterator[str]:
    for one in node:
        name = etree.QName(one).localname
        if name == "t":
            yield one.text or ""
        elif name == "r":
            yield from _runs(one)


def _clean(text: str) -> str:
    """Words without control characters and trailing spaces; lines kept."""
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)) if int(m[1], 16) >= 32 else " ", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text.replace("\r\n", "\n")).strip()


def _text_of(node: Any) -> str:
    return "" if node is None else (node.text or "").strip()
