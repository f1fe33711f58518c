"""Where a table's headings stand and what each column is, by the words of the headings and never by place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from .cells import figure, words
from .containers.grid import Line, Sheet, Value
from .header import plain

Kind = Literal[
    "number", "school", "code", "login", "schools", "participants", "weak", "enrolled", "mark", "mean", "below", "lowered",
    "confirmed", "raised", "class", "subject", "procedure", "date", "person", "mark_of_person", "score", "primary",
    "journal", "pupil", "task", "requirement", "maximum", "people", "other",
]  # fmt: skip
Unit = Literal["people", "percent", "both", ""]
FIGURES = frozenset({"participants", "weak", "mark", "mean", "below", "lowered", "confirmed", "raised"})
IDENTITY = frozenset({"school", "code", "login"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `path` are its headings from top to bottom, `mark` is «2»…«5» for marks, the heading for tasks."""

    place: int
    kind: Kind
    unit: Unit = ""
    mark: str = ""
    path: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return " — ".join(" ".join(part.split()) for part in self.path if part)


@dataclass
class Block:
    """Headings of one or several tables side by side: lines `first`…`last` (indexes into the sheet's lines)."""

    first: int
    last: int
    anchor: int
    columns: list[Column] = field(default_factory=list)


_SCHOOL = re.compile(
    r"группы? участников|(?:кратк\w+ |полн\w+ |сокращенн\w+ )?(?:наименовани\w|названи\w)(?:[ _](?:оо|оу|школ\w*|(?:обще)?образовательн\w+ (?:организаци|учреждени)\w+|учреждени\w+|организаци\w+))?(?: ?\(.*\))?"
    r"|школ[аы]|оо|оу|(?:обще)?образовательн\w+ (?:организаци|учреждени)\w+|учреждени[ея]|организаци[яи]|муниципалитет ?[/,] ?оо|школа ?\(оо\)|ос|оо ?\(.*\)|оу ?\(.*\)|шко?лы? района|территория ?[/,] ?оо"
)
_CODE = re.compile(
    r"(?:код|номер|№)[ _]?(?:оо|оу|школы|организации|учреждения|(?:обще)?образовательн\w+ \w+)(?: ?\(.*\))?|кодоо|шифр оо|school_?code"
)
_LOGIN = re.compile(r"логин.*|login.*")
_NUMBER = re.compile(r"№|n|no|№ ?п ?[/\\.]? ?п\.?|п ?/ ?п|пп|номер п/п|#|№№|№ п")
_SCHOOLS = re.compile(r"(?:кол-?во|количество|число) (?:оо|оу|школ|организаций|учреждений|образовательн\w+ \w+)")
_PERSON = re.compile(
    r"фамилия(?!.*(?:директор|учител)).*|имя|отчество|ф\.? ?и\.?(?: ?о\.?)?(?: (?:ученик|учащ|обучающ|участник|выпускник)\w*)?"
    r"|фио|ученик|учащийся|обучающийся|участник|список (?:класса|учеников|обучающихся|участников)"
)
_CLASS = re.compile(r"класс(?:ы|\(буква\))?|параллель|кл\.?|класс ?\(.*\)|номер класса|класс[, ]+литера?")
_SUBJECT = re.compile(
    r"(?:учебн\w+ )?предмет(?:ы)?|дисциплина|наименование предмета|название предмета|экзамен|предмет \(?экзамен\)?"
)
_PROCEDURE = re.compile(r"процедура|оценочная процедура|вид работы|вид процедуры|форма гиа")
_DATE = re.compile(r"дата(?: \w+)?")
_LEVEL_COLUMN = re.compile(r"уровень")
_PARTICIPANTS = re.compile(
    r"участник|участвовал|участи[ея]|(?<!не )писал|писавш|выполнял|выполнивш|выполнявш|сдавал|сдававш|сдавш|принимал|явил|явивш|участв|уч-ков|уч\.(?![а-я])|уч-ся|тестируем|аттестуем|экзаменуем|испытуем"
)
_NOT_PARTICIPANTS = re.compile(
    r"не писал|не участв|не явил|неявк|отсутств|зарегистр|заявлен|допущен|спис[ко]|дол[яи]|процент|%|получивш|получил|набра|не сдал|не преодол|100|8[01]|справил|с овз|балл|отмет|оцен|групп[аы] участ|среди|удален|выпускник|план"
)
_ENROLLED = re.compile(
    r"по списк|контингент|зарегистр|заявлен|отсутств|не писал|не участв|не явил|неявк|в класс[еах]|всего (?:обучающихся|учащихся|учеников|детей) в|допущен|численность|с овз"
)
_WEAK = re.compile(
    r"всего|итого|всего,? чел\.?(?:овек)?|всего человек|чел\.?|человек|(?:кол-?во|количество|число)(?: чел\.?(?:овек)?| обучающихся| учащихся| учеников| детей|,? ?чел\.?)?|обучающихся|учащихся|всего (?:обучающихся|учащихся|учеников)"
)
_BELOW = re.compile(
    r"не (?:преодолел|набрал|достиг|сдал|перешагнул|прошл|прошел|прошед|преодолев|набрав|достигш|сдавш)|ниже (?:минимальн|порог|мин\.)|ниже мин|менее минимал|не преод|неудовлетворительн\w+ результат"
)
_MEAN = re.compile(
    r"ср(?:едн\w+|\.)? ?(?:\(?тестов\w+\)? |школьн\w+ |по школе )?(?:балл|отметк|оценк)|средн(?:ее|ий|яя)(?: (?:значение|арифметическое))?|ср\. ?(?:балл|оц|отм|знач)\w*\.?"
)
_NOT_MEAN = re.compile(r"первичн|%|выполнени|процент")
_UNITS = re.compile(
    r"чел(?:овека?|\.)?(?![а-я])|%|процент\w*|(?:кол-?во|количество|число|дол[яи])|(?:участник|обучающ|учащ|ученик|выпускник|школьник|детей|работ|отмет[ко]|оцен[ко]|получивш|получил|набравш|имеющ|написавш|написал|сдавш|сдал)\w*"
    r"|(?<![а-я])(?:на|из них|в т\.? ?ч\.?|в том числе|от числа|от общего|общего|числа|с|гр|группа|групп|по|в|за|за работу)(?![а-я])|[()\[\].,:;\"'«»–—_/|-]"
)
_MARK_WORDS = (
    ("2", re.compile(r"двойк\w*|двоек|неуд\w*|неудовлетворительн\w*")),
    ("3", re.compile(r"тройк\w*|троек|уд|удовл\w*|удовлетворительн\w*")),
    ("4", re.compile(r"четверк\w*|четверок|хор|хорош\w*")),
    ("5", re.compile(r"пятерк\w*|пятерок|отл|отличн\w*")),
)
_COMPARISON: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("lowered", re.compile(r"понизил|ниже журнал|понижен")),
    ("confirmed", re.compile(r"подтвердил|подтвержден")),
    ("raised", re.compile(r"повысил|выше журнал|повышен")),
)
_WRAPPED = re.compile(r"([а-яё])[-\u00ad]\s*\n\s*([а-яё])", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def normal(heading: str) -> str:
    """A heading in one line: a word broken by «-» at a line's end is one word again."""
    return plain(_WRAPPED.sub(r"\1\2", heading.replace("\u00ad", "")).replace("№п/п", "№ п/п")).strip(" .:;*")


def mark_of(heading: str) -> str:
    """«2» for «2», «Получили «2», чел.», «двойки», «неуд.»; nothing for «4 и 5», «81–100», «2 балла и ниже»."""
    bare = " ".join(_UNITS.sub(" ", heading.replace(" и ", " + ")).split())
    if bare in ("2", "3", "4", "5"):
        return bare
    for mark, pattern in _MARK_WORDS:
        if pattern.fullmatch(bare) or re.fullmatch(
            rf"{mark} ?(?:{pattern.pattern})|(?:{pattern.pattern}) ?{mark}", bare
        ):
            return mark
    return ""


def unit_of(path: Sequence[str]) -> Unit:
    """The unit, from the lowest heading that names one."""
    for level in reversed(path):
        percent = "%" in level or "процент" in level or re.search(r"(?<![а-я])дол[яи](?![а-я])", level) is not None
        people = re.search(r"(?<![а-я])чел(?:\.|овек|$|[ ,)])|кол-?во|количество|(?<![а-я])число", level) is not None
        if percent and people:
            if re.search(r"(?:кол-?во|количество|число)[^%|]*[,(]? ?(?:в )?%", level) and not re.search(r"чел", level):
                return "percent"  # «Кол-во участников, %», «количество (в %)»
            return "both"
        if percent or people:
            return "percent" if percent else "people"
    return ""


def column_of(place: int, path: tuple[str, ...]) -> Column:
    """The meaning of a column from its headings, top to bottom."""
    levels = tuple(normal(part) for part in path if part and part.strip())
    if not levels:
        return Column(place, "other", path=path)
    joined, last = " | ".join(levels), levels[-1]
    unit = unit_of(levels)

    def made(kind: Kind, mark: str = "") -> Column:
        return Column(place, kind, unit, mark, path)

    for kind, pattern in _COMPARISON:
        if pattern.search(joined):
            return made(kind)
    if re.search(r"по журналу", joined) and re.search(r"отметк|оценк", joined) and not _PARTICIPANTS.search(joined):
        return made("journal")
    if re.search(r"код участника|код обучающегося|код ученика", joined):
        return made("pupil")
    for level in reversed(levels):
        mark = mark_of(level)
        if mark:
            return made("mark", mark)
    if _BELOW.search(joined):
        return made("below")
    for level in reversed(levels):
        if _NUMBER.fullmatch(level):
            return made("number")
        if _LOGIN.fullmatch(level):
            return made("login")
        if _CODE.fullmatch(level):
            return made("school" if level.startswith("№") else "code")
        if _SCHOOL.fullmatch(level):
            return made("school")
        if _SCHOOLS.search(level):
            return made("schools")
        if _MEAN.search(level):
            return made("other" if _NOT_MEAN.search(level) or "первичн" in joined else "mean")
    if re.search(r"первичн\w+ балл|сумма баллов|балл первичн", joined):
        return made("primary")
    if re.fullmatch(
        r"(?:тестов\w+|итогов\w+|стобалльн\w+)(?: ?[/(] ?тестов\w+\)?)? балл|балл|баллы|балл ?\(.*\)|тест\. балл", last
    ):
        return made("score")
    if re.fullmatch(
        r"отметка|оценка|отметка за (?:работу|впр|экзамен)|оценка за (?:работу|экзамен)|итоговая отметка|отметка впр",
        last,
    ):
        return made("mark_of_person")
    if re.fullmatch(r"проверяемые требования.*|№ задания.*|блоки пооп.*|планируемые результаты.*", last):
        return made("requirement")
    if re.fullmatch(r"макс\w*\.? ?балл\w*.*", last):
        return made("maximum")
    for level in reversed(levels):
        if _PERSON.fullmatch(level):
            return made("person")
        if _CLASS.fullmatch(level):
            return made("class")
        if _SUBJECT.fullmatch(level):
            return made("subject")
        if _PROCEDURE.fullmatch(level):
            return made("procedure")
        if _DATE.fullmatch(level):
            return made("date")
    if _ENROLLED.search(joined) and not re.search(r"писавш|(?<!не )писал|выполнял|участник", joined):
        return made("enrolled")
    for level in reversed(levels):
        if _PARTICIPANTS.search(level) and not _NOT_PARTICIPANTS.search(level):
            return made("participants") if unit != "percent" else made("other")
    if _PARTICIPANTS.search(levels[0]) and not _NOT_PARTICIPANTS.search(joined) and _WEAK.fullmatch(last):
        return made("participants")
    if _WEAK.fullmatch(last) and unit != "percent":
        return made("weak")
    return made("other")


def is_anchor(cells: Mapping[int, Value]) -> bool:
    """Whether a line has a cell that can only be the heading of a column of schools or of persons."""
    seen = 0
    anchor = False
    for value in cells.values():
        if not isinstance(value, str):
            seen += 1
            continue
        low = normal(value)
        if not low:
            continue
        seen += 1
        if (
            len(low) < 60
            and (
                _SCHOOL.fullmatch(low)
                or _CODE.fullmatch(low)
                or _LOGIN.fullmatch(low)
                or re.fullmatch(r"проверяемые требования.*|№ задания.*", low)
            )
            or len(low) >= 60
            and re.match(r"№ задания|проверяемые требования|блоки пооп|номер задания", low)
        ):
            anchor = True
    return anchor and seen >= 2


def _with_schools(columns: list[Column], body: Sequence[Line], knows: Callable[[str], bool]) -> list[Column]:
    """A column of schools without a heading: the first one where most lines are known names."""
    for column in columns:
        names = [cells[column.place] for _, cells in body if isinstance(cells.get(column.place), str)]
        if len(names) >= 2 and 2 * sum(knows(" ".join(str(name).split())) for name in names) >= len(names):
            return [Column(c.place, "school", path=c.path) if c.place == column.place else c for c in columns]
    return columns


def blocks_of(sheet: Sheet, knows: Callable[[str], bool]) -> list[Block]:
    """Every block of headings of a sheet, from top to bottom, with its columns."""
    out: list[Block] = []
    at = 0
    lines = sheet.lines
    spans = _spans(sheet)
    while at < len(lines):
        if is_anchor(lines[at][1]) or (not out and _marks_only(lines[at][1])):
            first = _upward(lines, at, out[-1].last + 1 if out else 0)
            last = _downward(lines, at, spans)
            columns = _columns(lines, first, last, spans)
            if not any(column.kind in IDENTITY for column in columns):
                columns = _with_schools(columns, lines[last + 1 : last + 40], knows)
            block = Block(first, last, at, columns)
            if _useful(block.columns):
                out.append(block)
                at = last + 1
                continue
        at += 1
    return out


def _useful(columns: list[Column]) -> bool:
    kinds = {column.kind for column in columns}
    return (
        bool(kinds & (FIGURES | {"mark_of_person", "score", "requirement"}))
        or sum(c.kind == "task" for c in columns) > 2
    )


def _marks_only(cells: Mapping[int, Value]) -> bool:
    """A row of headings whose column of schools bears no name: all four marks are in it."""
    found = [mark_of(normal(words(value))) for value in cells.values() if value is not None]
    return set("2345") <= set(found) and len([f for f in found if f]) == len(set(found) - {""})


Spans = dict[int, list[tuple[int, int, int, int]]]


def _spans(sheet: Sheet) -> Spans:
    out: Spans = {}
    for span in sheet.spans:
        if span.bottom - span.top > 2_000 or span.right - span.left > 2_000:
            continue
        for line in range(span.top, span.bottom + 1):
            out.setdefault(line, []).append((span.top, span.left, span.bottom, span.right))
    return out


def _upward(lines: list[Line], at: int, floor: int) -> int:
    """Headings may begin above the line that names the school column: a line of group headings right above it."""
    first = at
    left = min(lines[at][1])
    while first > floor and lines[first][0] - lines[first - 1][0] == 1 and at - first < 2:
        cells = lines[first - 1][1]
        names = [place for place, value in cells.items() if isinstance(value, str)]
        if len(names) != len(cells) or min(cells) <= left or not names:
            break
        first -= 1
    return first


def _downward(lines: list[Line], at: int, spans: Spans) -> int:
    """Headings end before the first line that has something of its own in the columns of schools and codes."""
    anchors = [
        place
        for place, value in lines[at][1].items()
        if isinstance(value, str)
        and column_of(place, (value,)).kind in ("school", "code", "login", "number", "person", "requirement")
    ]
    last = at
    if not anchors:  # nothing would tell the first line of data from a heading
        return last
    while last + 1 < len(lines) and last - at < 3:
        number, cells = lines[last + 1]
        if number - lines[last][0] > 1 and last > at:
            break
        if any(place in cells for place in anchors):
            break
        merged = any(top <= lines[at][0] < number <= bottom for top, left, bottom, right in spans.get(number, ()))
        texts = [v for v in cells.values() if isinstance(v, str)]
        headed = sum(_heads(words(value)) for value in cells.values())
        ok = (
            merged
            or headed * 2 >= len(cells)
            or len(texts) == len(cells)
            and all(figure(v).kind == "bad" for v in texts)
        )
        if not ok:
            break
        last += 1
    return last


def _heads(said: str) -> bool:
    """Whether a cell below a heading is a heading itself: a column's meaning, a unit, «3162 уч.»."""
    if column_of(0, (said,)).kind not in ("other", "weak") or unit_of((normal(said),)):
        return True
    return re.search(r"\d\s*(?:уч|чел)\.?", said) is not None


def _columns(lines: list[Line], first: int, last: int, spans: Spans) -> list[Column]:
    rows = lines[first : last + 1]
    width = max(max(cells) for _, cells in rows) + 1
    levels: list[list[str]] = []
    for depth, (number, cells) in enumerate(rows):
        names = [words(cells.get(place)) for place in range(width)]
        for top, left, _, right in spans.get(number, ()):
            if top == number and right > left:
                for place in range(left, min(right + 1, width)):
                    names[place] = names[left]
        below = {place for _, lower in rows[depth + 1 :] for place in lower}
        if below:  # without merges a group heading reaches over blanks that have headings beneath
            merged = {
                place
                for top, left, bottom, right in spans.get(number, ())
                for place in range(left, min(right + 1, width))
            }
            held = ""
            for place in range(width):
                if names[place]:
                    held = names[place] if place in below and place not in merged else ""
                elif place in below and place not in merged:
                    names[place] = held
                elif place not in below:
                    held = ""
        levels.append(names)
    return [column_of(place, tuple(level[place] for level in levels if level[place])) for place in range(width)]


def key_of(columns: Iterable[Column]) -> str:
    """A fingerprint of headings and of their places: it survives re-saving and new figures.

    A table that moved by a column has another one, because a remembered answer names columns by place.
    """
    words_at = ((c.place, " / ".join(normal(part) for part in c.path if part)) for c in columns)
    said = "\n".join(f"{place} {text}" for place, text in words_at if text)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
