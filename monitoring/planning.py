"""What loading readings would change: new, changed, same, in conflict; and what a person must decide first. Pure.

A reading is the object that `read_results` prints (the samples' README, sections 1–9). Nothing is guessed here: a row without a
school, a table without a procedure or a figure that disagrees with another source is a problem or a conflict, never a value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

# form → (facet, where its figures stand)
FACETS: dict[str, tuple[str, ...]] = {
    "fisoko_marks": ("marks",),
    "rcoi_table": ("marks",),
    "rcoi_protocol": ("marks",),
    "plain_table": ("marks",),
    "fisoko_individual": ("marks", "comparison"),
    "fisoko_comparison": ("comparison",),
    "fisoko_primary": ("points",),
    "fisoko_tasks": ("tasks",),
    "fisoko_outcomes": ("tasks",),
}
MARKS = ("n2", "n3", "n4", "n5")
HUNDREDTH = Decimal("0.01")  # a mean that one source prints and another computes may differ in the last digit

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """Which assessment: the columns that make it one (`school_year` is the year it ends in, `grade` 0 where it has none)."""

    procedure: str
    school_year: int
    subject: str
    grade: int = 0
    level: str = ""
    wave: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A school's figures of one facet, as they would be stored."""

    facet: str
    key: Key
    organization: int
    values: Values
    source: str
    file: int
    where: str
    date: str | None = None

    @property
    def at(self) -> tuple[str, Key, int]:
        return self.facet, self.key, self.organization


@dataclass(frozen=True, slots=True)
class Reference:
    """Figures of a municipality, region or the whole sample: shown beside, never aggregated."""

    facet: str
    key: Key
    scope: str
    name: str
    participants: int | None
    shares: dict[str, str]
    mean_score: str | None
    source: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """`name` is the printed school where it is unknown (a person may say which it is); `row` names a row that may be left out."""

    file: int
    where: str | None
    code: str
    severity: str
    text: str
    name: str = ""
    row: str = ""


@dataclass
class Answers:
    """What a person said of one file: `schools` (printed name → organisation), `skipped` (rows left out on purpose, as `place_of` names them), `facts`
    (by table: what the heading did not say)."""

    schools: dict[str, int] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Answers:
        return cls(dict(kept.get("schools", {})), set(kept.get("skipped", ())), dict(kept.get("facts", {})))

    def kept(self) -> dict[str, Any]:
        return {"schools": self.schools, "skipped": sorted(self.skipped), "facts": self.facts}


@dataclass
class Taken:
    """What one file says, ready to be compared with what is stored."""

    items: list[Item] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: int = 0
    rows: int = 0


WORDS = {
    "unknown_school": "школа не найдена в реестре — укажите, какая это школа, или не загружайте строку",
    "bad_number": "в клетке не число — исправьте файл и загрузите его заново или не загружайте строку",
    "sum_mismatch": "отметки в сумме не дают число участников — проверьте строку в файле",
    "duplicate_row": "школа встречается второй раз",
    "no_participants": "участников нет",
    "personal_data_dropped": "в файле есть фамилии: взяты только итоги по школам, сам файл не сохранён",
    "unreadable": "файл не удалось прочитать — сохраните его в Excel заново и загрузите ещё раз",
    "empty": "в файле нет данных",
    "too_large": "файл слишком велик — разделите его на части",
}


def take(
    reading: Mapping[str, Any],
    *,
    file: int,
    answers: Answers,
    organization_of: Callable[[Mapping[str, Any]], int | None],
) -> Taken:
    """The items of one reading. `organization_of` turns a row that names a school into an organisation, or None.

    Rows that name a school of nobody known are problems unless a person answered for the printed name or left the row out.
    """
    taken = Taken()
    printed_at: dict[str, str] = {}
    for index, table in enumerate(reading.get("tables", ())):
        form, sheet = table.get("form") or "unreadable", table.get("sheet") or ""
        if form == "fisoko_groups":
            words = "отчёт по группам участников: итогов по школам в нём нет"
            taken.problems.append(Problem(file, sheet or None, "no_rows", "warning", words))
        if form not in FACETS:
            continue
        taken.tables += 1
        if table.get("needs_mapping"):
            words = next(
                (
                    one["message"]
                    for one in reading.get("problems", ())
                    if one["code"] == "needs_mapping" and one.get("sheet") == sheet and one.get("message")
                ),
                "Назначение столбцов не понятно — укажите, какой столбец что значит.",
            )
            taken.problems.append(Problem(file, sheet or None, "needs_mapping", "error", words))
            continue
        if not table.get("rows"):
            continue  # the reading says why
        facts = {**_facts(table), **answers.facts.get(str(index), {})}
        key = key_of(facts)
        if isinstance(key, str):
            taken.problems.append(Problem(file, sheet or None, "no_facts", "error", key))
            continue
        for row in table.get("rows", ()):
            taken.rows += 1
            if row.get("group") != "school":
                taken.references += _references(form, key, row, facts.get("date"))
                continue
            at, printed = place_of(sheet, row.get("line")), row.get("name") or ""
            printed_at[at] = printed
            if at in answers.skipped:
                continue
            school = answers.schools.get(printed)
            if school is None and row.get("school") is not None:
                school = organization_of(row)
            if school is None:
                if row.get("school") is not None:  # otherwise the reading's own unknown_school says so
                    words = "школа не относится к вашему органу управления — укажите, какая это школа, или не загружайте строку"
                    taken.problems.append(
                        Problem(file, _where(sheet, row), "unknown_school", "error", words, printed, at)
                    )
                continue
            if form == "plain_table" and not_filled(row):
                continue  # a school left blank in a table to fill: nothing is said of it
            for facet in FACETS[form]:
                values = values_of(facet, row)
                if (
                    values is None
                    and facet == "marks"
                    and row.get("participants") is None
                    and row.get("mean_score") is not None
                ):
                    words = "есть средний балл, но нет числа участников — строка не загружается"
                    taken.problems.append(Problem(file, _where(sheet, row), "no_people", "warning", words))
                if values is not None:
                    taken.items.append(Item(facet, key, school, values, form, file, at, facts.get("date")))
    for one in reading.get("problems", ()):
        at, code = place_of(one.get("sheet"), one.get("line")), one["code"]
        if code == "needs_mapping":
            continue  # said above, once for the table
        printed = printed_at.get(at, "")
        if at in answers.skipped or (code == "unknown_school" and printed and printed in answers.schools):
            continue
        words = one.get("message") or WORDS.get(code, code)
        if one.get("value") and one["value"] not in words:
            words += f" ({', '.join(filter(None, (one.get('column'), one['value'])))})"
        skippable = bool(one.get("line")) and one["severity"] == "error"
        shown = printed if code == "unknown_school" else ""
        taken.problems.append(
            Problem(file, one.get("where"), code, one["severity"], words, shown, at if skippable else "")
        )
    return taken


def rows_of_name(reading: Mapping[str, Any], printed: str | None) -> set[str]:
    """The rows, as `place_of` names them, where this school (None: any school) is printed and is not known."""
    return {
        place_of(table.get("sheet"), row.get("line"))
        for table in reading.get("tables", ())
        for row in table.get("rows", ())
        if row.get("group") == "school" and row.get("key") is None and printed in (None, row.get("name"))
    }


def rows_with(reading: Mapping[str, Any], code: str) -> set[str]:
    """The rows, as `place_of` names them, that the reading has this error for."""
    return {
        place_of(one.get("sheet"), one["line"])
        for one in reading.get("problems", ())
        if one["code"] == code and one["severity"] == "error" and one.get("line")
    }


def place_of(sheet: str | None, line: int | None) -> str:
    """A row of a file, as answers remember it: «Лист1:14»."""
    return f"{sheet or ''}:{line or ''}"


def _where(sheet: str, row: Mapping[str, Any]) -> str:
    """A row as problems name it, like the reading's own: «Лист1: row 14»."""
    line = f"row {row.get('line')}"
    return f"{sheet}: {line}" if sheet else line


def _facts(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: table.get(name)
        for name in ("procedure", "school_year", "date", "subject", "grade", "level", "wave", "title")
        if table.get(name) not in (None, "")
    }


def key_of(facts: Mapping[str, Any]) -> Key | str:
    """The assessment that the facts name, or a sentence that says which of them is missing."""
    missing = [
        words
        for name, words in (("procedure", "процедура"), ("school_year", "учебный год"), ("subject", "предмет"))
        if not facts.get(name)
    ]
    if not missing and facts["procedure"] in ("ВПР", "КР") and not facts.get("grade"):
        missing.append("класс")
    if not missing and facts["procedure"] == "ЕГЭ" and facts["subject"] == "Математика" and not facts.get("level"):
        missing.append("уровень (база или профиль)")
    if missing:
        return f"в таблице не указано: {', '.join(missing)} — допишите и проверьте ещё раз"
    year = school_year_of(str(facts["school_year"]))
    if year is None:
        return f"учебный год «{facts['school_year']}» не распознан — ожидается вид 2025/2026"
    title = str(facts.get("title") or "")
    if facts["procedure"] == "КР" and not title:
        day = facts.get("date")
        title = f"Контрольная работа от {dt.date.fromisoformat(day):%d.%m.%Y}" if day else "Контрольная работа"
    grade = facts.get("grade")
    return Key(
        procedure=facts["procedure"],
        school_year=year,
        subject=str(facts["subject"]),
        grade=int(grade) if grade and facts["procedure"] in ("ВПР", "КР") else 0,
        level=str(facts.get("level") or ""),
        wave=str(facts.get("wave") or ""),
        title=title if facts["procedure"] == "КР" else "",
    )


def school_year_of(words: str) -> int | None:
    """The year a school year ends in: «2025/2026» → 2026; None when the two are not neighbours."""
    first, _, second = words.strip().partition("/")
    if not (first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1 and 2000 <= int(second) <= 2100):
        return None
    return int(second)


def not_filled(row: Mapping[str, Any]) -> bool:
    """A row that names a school and says nothing more; 0 participants is something said."""
    return all(row.get(name) is None for name in ("participants", "counts", "below_minimum", "mean_score"))


def values_of(facet: str, row: Mapping[str, Any]) -> Values | None:
    """The figures of one facet as they are stored, or None where the row has nothing to store.

    A row whose figures could not be read (its problem is an error) gives nothing: a half of a result is never kept.
    """
    people = row.get("participants")
    if facet == "marks":
        counts, below, mean = row.get("counts"), row.get("below_minimum"), row.get("mean_score")
        if people is None and (counts or below is not None or mean is not None):
            return None  # a mean of nobody knows how many
        if not people:
            empty = dict.fromkeys((*MARKS, "below_minimum", "mean_score"))
            return {"state": "no_participants", "participants": people, **empty}
        if counts is None and below is None and mean is None:
            return None
        marks = {f"n{mark}": int(counts.get(mark, 0)) if counts else None for mark in "2345"}
        return {
            "state": "data",
            "participants": people,
            **marks,
            "below_minimum": below,
            "mean_score": None if mean is None else str(Decimal(str(mean)).quantize(HUNDREDTH)),
        }
    if not people:
        return None
    if facet == "comparison":
        found = row.get("comparison")
        if not found:
            return None
        both = sum(int(found[one]) for one in ("lowered", "confirmed", "raised"))
        return {"participants": both, **{one: int(found[one]) for one in ("lowered", "confirmed", "raised")}}
    if facet == "points":
        points = row.get("points")
        if not points:
            return None
        pairs = points.items() if isinstance(points, Mapping) else enumerate(points)
        by_score = {int(score): int(number) for score, number in pairs}
        return {"participants": people, "people": [by_score.get(i, 0) for i in range(max(by_score) + 1)]}
    tasks = row.get("tasks")
    if not tasks:
        return None
    return {"participants": people, "tasks": {str(name): _plain(value) for name, value in tasks.items()}}


def _plain(value: Any) -> str | None:
    return None if value is None else f"{Decimal(str(value)).normalize():f}"


def _references(form: str, key: Key, row: Mapping[str, Any], date: str | None) -> list[Reference]:
    found = []
    for facet in FACETS[form]:
        shares: dict[str, str] = {}
        if facet == "marks":
            source = row.get("shares") or {}
            people, counts = row.get("participants"), row.get("counts")
            if not source and counts and people:
                source = {mark: Decimal(100 * int(n)) / int(people) for mark, n in counts.items()}
            shares = {str(k): f"{Decimal(str(v)).quantize(HUNDREDTH):f}" for k, v in source.items() if v is not None}
            if people and row.get("below_minimum") is not None:
                below = Decimal(100 * int(row["below_minimum"])) / int(people)
                shares["below_minimum"] = f"{below.quantize(HUNDREDTH):f}"
        elif facet == "comparison" and row.get("comparison"):
            people = sum(int(v) for v in row["comparison"].values()) or 1
            shares = {
                k: f"{(Decimal(100 * int(v)) / people).quantize(HUNDREDTH):f}" for k, v in row["comparison"].items()
            }
        elif facet == "tasks":
            shares = {str(k): str(_plain(v)) for k, v in (row.get("tasks") or {}).items() if v is not None}
        elif facet == "points":
            shares = {str(k): str(v) for k, v in (row.get("shares") or {}).items() if v is not None}
        mean = row.get("mean_score")
        if shares or mean is not None:
            found.append(
                Reference(
                    facet=facet,
                    key=key,
                    scope=row["group"],
                    name=str(row.get("name") or ""),
                    participants=row.get("participants"),
                    shares=shares,
                    mean_score=None if mean is None else str(Decimal(str(mean)).quantize(HUNDREDTH)),
                    source=form,
                    date=date,
                )
            )
    return found
