"""Whom each line of a table is about: a school, a municipality, a region; parts of a school and subtotals are nobody's.

A name alone is not enough under a municipality whose schools the registry does not know: «СОШ с. Ольховка» of the neighbour
is another school. Such a line stays without a school, and a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .cells import words
from .columns import Column, column_of
from .containers.grid import Line, Value
from .context import Context
from .header import plain
from .model import Group
from .schools import MUNICIPAL_CODE, Found

_ALL = re.compile(r"вся выборка|по россии|россия|рф|российская федерация|по рф")
_REGION = re.compile(
    r"(?<![а-я])(?:област[ьи]|край|краю|республик[аеи]|автономн\w+ (?:округ|область)|регион\w*)(?![а-я])|^г\.? ?(?:москва|санкт-петербург|севастополь)$"
)
_TOTAL = re.compile(
    r"^(?:(?:общий )?итог\w*|всего|в целом|общее|по (?:району|округу|городу|муниципалитету|мо|мр|го)|муниципалитет|район|муниципалитет в целом|городской округ|округ)(?![а-я])"
)
_MUNICIPALITY = re.compile(
    r"муниципальн\w+ (?:район|округ|образовани)|городской округ|(?<![а-я])район$|^г\. ?о\.|(?<![а-я])(?:мр|го|мо)$"
)
_SCHOOL_WORD = re.compile(
    r"школ|гимнази|лице[йя]|(?<![а-я])(?:[сонв]+ош|сш|нш|цо)(?![а-я])|интернат|кадетск|№|комплекс|центр образования"
)
_NOT_A_ROW = re.compile(
    r"^(?:макс\w*\.? ?балл|средни[ей]\s*$|средние\b|среднее(?! общ)|средняя (?:отметк|оценк)|в среднем|ср\. ?балл|максимальн\w+ балл|минимальн\w+ балл|максимум|минимум|медиана|мин\.?\s*$|макс\.?\s*$)"
)


_WORDS_OF_ALL = r"(?:школ\w*|(?:оо|оу)|(?:обще)?образовательн\w+ (?:организаци|учреждени)\w+)"
# «Итого по городским школам» is a part of the municipality, «Итого по школам района» is all of it.
_SUBTOTAL = re.compile(
    rf"(?:итог\w*|всего|в целом|среднее|ср\.)\W+(?:по |среди |для |в )?(?:\d+\W*(?:-?[йя]\w*)? ?)?(?:групп|кластер|куст|округу №|(?:городск|сельск|поселков|малокомплектн|малочисленн|средн|основн|начальн|базов|опорн|вечерн|коррекционн)\w+ (?:обще\w+ )?{_WORDS_OF_ALL}"
    rf"|городу? ?\(?без|город(?:у|ам)? и|селу|сельск\w+ местност|городск\w+ местност|(?:сош|оош|нош|сш|лице\w+|гимнази\w+|интернат\w*|филиал\w*)(?![а-я])|{_WORDS_OF_ALL} (?:города|села|поселк|городск|сельск)|параллел|\d+[- ]?(?:х|ым|м)? класс)"
)
_OWN_TOTAL = re.compile(
    r"(?:итог\w*|всего|в целом)(?:\W+(?:по )?(?:школе|оо|оу|организации|учреждению|гимназии|лицею))?\W*"
)
_PART = re.compile(
    r"(?:класс\s*)?\d{1,2}\s*[-–—]?\s*[«\"(]?\s*[а-яёa-z]\s*[»\")]?(?:\s*класс\w*|\s*кл\.?)?|\d{1,2}(?:\s*-?\s*[йехы]\w{0,2})?\s*(?:класс\w*|кл\.?)"
    r"|(?:в т\. ?ч\.?|в том числе|из них)\b.*"
)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a line is about: its group, the printed name, and the school when it is one.

    `part` says that the line is a class or a branch of the school above it; `total` that it sums the classes above it.
    """

    group: Group
    name: str
    found: Found | None = None
    part: bool = False
    total: bool = False


@dataclass
class Names:
    """The columns of a panel that say whom a line is about, with merged cells filled downwards."""

    context: Context
    school: int | None
    code: int | None
    login: int | None
    before: int
    start: int = 0
    fill: bool = False
    municipality: int | None = None
    aliens: frozenset[str] = frozenset()
    _held: str = ""
    _school: Found | None = None
    _parts: int = 0
    _section: str = ""
    _printed: dict[str, str] = field(default_factory=dict)
    _spans: dict[tuple[int, int], tuple[int, int]] | None = None

    @classmethod
    def of(cls, context: Context, columns: Sequence[Column], first_figure: int, *, fill: bool = False) -> Names:
        def place(kind: str) -> int | None:
            return next((c.place for c in columns if c.kind == kind), None)

        start = min((c.place for c in columns), default=0)
        return cls(
            context, place("school"), place("code"), place("login"), first_figure, start, fill, place("municipality")
        )

    def survey(self, body: Iterable[Line]) -> None:
        """Looks through the table once for municipalities whose schools the registry does not know."""
        told: dict[str, list[Found]] = {}
        for line in body:
            name = _line(words(self.cell(line, self.school)))
            found = self.context.schools.find(
                name, _line(words(self.cell(line, self.code))), _line(words(self.cell(line, self.login)))
            )
            section = self._section_of(line, name, found)
            if name and (found.entry is not None or _SCHOOL_WORD.search(plain(name))) and section:
                told.setdefault(section, []).append(found)
        self._section = ""
        schools = {name: {f.entry.canonical for f in rows if f.entry is not None} for name, rows in told.items()}
        largest = max(map(len, schools.values()), default=0)

        def alien(name: str, rows: list[Found]) -> bool:
            if len(schools[name]) >= largest or not all(f.by_name for f in rows if f.entry is not None):
                return False
            elsewhere = set().union(*(kept for other, kept in schools.items() if other != name))
            return 2 * len(schools[name]) <= len(rows) or schools[name] <= elsewhere

        self.aliens = frozenset(name for name, rows in told.items() if alien(name, rows))

    def _section_of(self, line: Line, name: str, found: Found) -> str:
        """The municipality that the line stands under: its own column, or the last line that named one."""
        if self.municipality is not None:
            printed = _line(words(self.cell(line, self.municipality)))
            said = plain(printed)
            self._printed[said] = printed
            self._section = said or self._section
            return self._section
        printed = name or self._label(line)
        low = plain(printed)
        self._printed.setdefault(low, _line(MUNICIPAL_CODE.sub("", printed)))
        if found.entry is None and low:
            if (
                MUNICIPAL_CODE.search(low)
                or _MUNICIPALITY.search(low)
                and not _TOTAL.match(low)
                and not _SCHOOL_WORD.search(low)
            ):
                self._section = low
        return self._section

    def cell(self, line: Line, place: int | None) -> Value:
        if place is None:
            return None
        value = line[1].get(place)
        if value is None:
            top = self.tops().get((line[0], place))
            if top is not None:
                return self.context_cells().get(top[0], {}).get(top[1])
        return value

    def tops(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For lines inside a merged cell: where its value stands. Only merges that go down matter."""
        if self._spans is None:
            self._spans = {}
            for span in self.context.sheet.spans:
                if span.top < span.bottom <= span.top + 500 and span.left == span.right:
                    for line in range(span.top + 1, span.bottom + 1):
                        self._spans[(line, span.left)] = (span.top, span.left)
        return self._spans

    def context_cells(self) -> dict[int, dict[int, Value]]:
        if not hasattr(self, "_lines"):
            self._lines = dict(self.context.sheet.lines)
        return self._lines

    def who(self, line: Line, *, figures: bool) -> Who | None:
        """Whom the line is about; None for headings, averages, notes, blank lines. `figures`: it has a number or a dash."""
        name = _line(words(self.cell(line, self.school)))
        code = _line(words(self.cell(line, self.code)))
        login = _line(words(self.cell(line, self.login)))
        if not name:
            name = self._label(line)
        if not name and not code and not login:
            if not figures:
                return None
            if self.fill and self._held:
                name = self._held
            else:
                return Who("school", "", Found(None, "Строка с числами без названия школы."))
        found = self.context.schools.find(name, code, login)
        section = self._section_of(line, name, found)
        if found.entry is not None and found.by_name and section in self.aliens:
            found = Found(
                None,
                f"Строка стоит под другим муниципалитетом («{self._printed.get(section, section)}»), поэтому «{name}» — не обязательно "
                f"ваша «{found.entry.canonical}». Укажите, какая это школа.",
            )
        if found.entry is None:
            low = plain(name)
            if low and (_NOT_A_ROW.match(low) or _is_heading(name)):
                return None
            if self._school is not None and not code and not login:
                own = self._own(low, name, figures)
                if own is not None:
                    return own
            if figures and _SUBTOTAL.match(low):
                return None
            group = self._group(name, low, figures)
            if group is not None:
                return Who(group, name)
            if not figures:
                return None
            if not name and not code.strip("0123456789. "):
                found = Found(None, f"В реестре нет школы с кодом «{code or login}».")
        self._held = name
        self._school, self._parts = (found if found.entry is not None else None), 0
        return Who("school", name or code or login, found)

    def _own(self, low: str, name: str, figures: bool) -> Who | None:
        """A class or a branch under the line of its school, or the total of the classes above."""
        if not figures or not low:
            return None
        if _PART.fullmatch(low):
            self._parts += 1
            return Who("school", name, self._school, part=True)
        if self._parts and _OWN_TOTAL.fullmatch(low):
            self._parts = 0
            return Who("school", self._held, self._school, total=True)
        return None

    def _label(self, line: Line) -> str:
        """«Итого» may stand in the column of numbers or codes, or in a merged cell that begins there."""
        for place, value in sorted(line[1].items()):
            if (
                self.start <= place < self.before
                and isinstance(value, str)
                and re.search(r"[а-яё]{3}", value, re.IGNORECASE)
            ):
                return _line(value)
        return ""

    def _group(self, name: str, low: str, figures: bool) -> Group | None:
        if not figures:
            return None
        if MUNICIPAL_CODE.search(name):
            self.context.district = self.context.district or _line(MUNICIPAL_CODE.sub("", name))
            return "municipality"
        if _ALL.fullmatch(low):
            return "all"
        school = _SCHOOL_WORD.search(low)
        total = _TOTAL.match(low)
        if total and re.search(r"(?:област|кра[йюя]|республик|регион|субъект)", low):
            return "region"
        if total and not (school and not re.search(r"(?:итого|всего)", low)):
            return "municipality"
        if school:
            return None
        if _REGION.search(low) and "район" not in low and "муниципальн" not in low:
            return "region"
        return "municipality" if _MUNICIPALITY.search(low) else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _is_heading(name: str) -> bool:
    return column_of(0, (name,)).kind in (
        "school",
        "code",
        "login",
        "number",
        "participants",
        "enrolled",
        "mark",
        "requirement",
    ) and not re.fullmatch(r"\d+", name)


def is_bare_total(name: str) -> bool:
    """«Итого», «Итого город»: a total that names no municipality."""
    low = plain(name)
    return bool(_TOTAL.match(low)) and not MUNICIPAL_CODE.search(low) and not re.search(r"район|округ|муницип", low)


def is_numbering(line: Line) -> bool:
    """The line «1 2 3 4 …» that numbers the columns."""
    first = words(line[1][min(line[1])])
    if first != "1":
        return False
    values = [words(line[1][place]) for place in sorted(line[1])]
    return len(values) > 3 and values == [str(n) for n in range(1, len(values) + 1)]
