"""What every form needs while it is read: the registry, the minimum of ЕГЭ, and a place for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .cells import words
from .containers.grid import Line, Sheet, Value
from .header import plain
from .headings import Column
from .model import Group, Severity
from .schools import MUNICIPAL_CODE, Found, Schools

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
    r"^(?:макс\w*\.? ?балл|средни[ей]\s*$|средние\b|среднее(?! общ)|средняя (?:отметк|оценк)|в среднем|ср\. ?балл|максимальн\w+ балл|минимальн\w+ балл)"
)


@dataclass
class Note:
    """A problem before it is known whether its place needs the sheet's name."""

    code: str
    severity: Severity
    message: str
    sheet: str
    line: int | None
    column: str = ""
    value: str = ""


@dataclass
class Context:
    schools: Schools
    minimum: Sequence[Minimum]
    sheet: Sheet
    notes: list[Note] = field(default_factory=list)
    persons: bool = False
    district: str | None = None
    since: int = 0

    def begin(self) -> None:
        """A new table: notes from here on are its own."""
        self.since = len(self.notes)

    def forget(self, line: int) -> None:
        """A line that is left out takes its own problems with it."""
        own = ("bad_number", "sum_mismatch", "no_participants", "rounded_shares")
        kept = [note for note in self.notes[self.since :] if not (note.line == line and note.code in own)]
        self.notes[self.since :] = kept

    def told(self, line: int) -> bool:
        return any(note.line == line for note in self.notes[self.since :])

    def note(
        self, code: str, severity: Severity, message: str, line: int | None, column: str = "", value: str = ""
    ) -> None:
        self.notes.append(Note(code, severity, message, self.sheet.name, line, column, value))

    def minimum_for(self, subject: str | None, level: str | None) -> Minimum | None:
        return next((m for m in self.minimum if m.subject == subject and m.level == level), None)


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least result of ЕГЭ that counts: a test score, or a mark for базовая математика."""

    subject: str
    level: str | None = None
    score: Decimal | None = None
    mark: int | None = None


# The default of the samples' rules; `rules.json` replaces it.
DEFAULT_MINIMUM = (
    Minimum("Русский язык", None, Decimal(24)),
    Minimum("Математика", "профиль", Decimal(27)),
    Minimum("Математика", "база", None, 3),
)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a line is about: its group, the printed name, and the school when it is one."""

    group: Group
    name: str
    found: Found | None = None


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
    _held: str = ""
    _spans: dict[tuple[int, int], tuple[int, int]] | None = None

    @classmethod
    def of(cls, context: Context, columns: Sequence[Column], first_figure: int, *, fill: bool = False) -> Names:
        def place(kind: str) -> int | None:
            return next((c.place for c in columns if c.kind == kind), None)

        start = min((c.place for c in columns), default=0)
        return cls(context, place("school"), place("code"), place("login"), first_figure, start, fill)

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
        if found.entry is None:
            low = plain(name)
            if low and (_NOT_A_ROW.match(low) or _is_heading(name)):
                return None
            group = self._group(name, low, figures)
            if group is not None:
                return Who(group, name)
            if not figures:
                return None
            if not name and not code.strip("0123456789. "):
                found = Found(None, f"В реестре нет школы с кодом «{code or login}».")
        self._held = name
        return Who("school", name or code or login, found)

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
    from .headings import column_of

    return column_of(0, (name,)).kind in (
        "school",
        "code",
        "login",
        "number",
        "participants",
        "mark",
        "requirement",
    ) and not re.fullmatch(r"\d+", name)


def is_numbering(line: Line) -> bool:
    """The line «1 2 3 4 …» that numbers the columns."""
    first = words(line[1][min(line[1])])
    if first != "1":
        return False
    values = [words(line[1][place]) for place in sorted(line[1])]
    return len(values) > 3 and values == [str(n) for n in range(1, len(values) + 1)]
