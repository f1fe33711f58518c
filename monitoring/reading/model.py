"""What was read from a file of results: frozen values and their JSON (the schema of the samples' README, sections 1 and 9)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

Form = Literal[
    "fisoko_marks",
    "fisoko_comparison",
    "fisoko_primary",
    "fisoko_tasks",
    "fisoko_outcomes",
    "fisoko_individual",
    "fisoko_groups",
    "rcoi_table",
    "rcoi_protocol",
    "plain_table",
    "unreadable",
]
Group = Literal["all", "region", "municipality", "school"]
Severity = Literal["error", "warning"]
MARKS = ("2", "3", "4", "5")
COMPARISON = ("lowered", "confirmed", "raised")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person must know: where it stands, what stands there, what is wrong (a Russian sentence)."""

    code: str
    where: str | None
    severity: Severity
    message: str = ""
    sheet: str = ""
    line: int | None = None
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Figures of one group. All are counts of people but `mean_score`, `tasks` and `shares`; None is «not known»."""

    group: Group
    school: str | None
    name: str = ""
    line: int = 0
    participants: int | None = None
    counts: dict[str, int] | None = None
    below_minimum: int | None = None
    mean_score: Decimal | None = None
    comparison: dict[str, int] | None = None
    tasks: dict[str, Decimal] | None = None
    points: dict[str, int] | None = None
    shares: dict[str, Decimal] | None = None
    key: int | str | None = field(default=None, compare=False)

    @property
    def figures(self) -> tuple[object, ...]:
        return (
            self.participants,
            self.counts,
            self.below_minimum,
            self.mean_score,
            self.comparison,
            self.tasks,
            self.points,
            self.shares,
        )

    def with_people(self, participants: int, counts: dict[str, int] | None = None) -> ResultRow:
        """`dataclasses.replace` for the two figures that every line of a large table gets."""
        return ResultRow(
            self.group,
            self.school,
            self.name,
            self.line,
            participants,
            counts,
            self.below_minimum,
            self.mean_score,
            self.comparison,
            self.tasks,
            self.points,
            self.shares,
            self.key,
        )

    def without_figures(self, participants: int | None = None) -> ResultRow:
        return replace(
            self,
            participants=participants,
            counts=None,
            below_minimum=None,
            mean_score=None,
            comparison=None,
            tasks=None,
            points=None,
            shares=None,
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What a table is about. `date` is ISO, `school_year` «2025/2026»."""

    procedure: str | None = None
    school_year: str | None = None
    date: str | None = None
    subject: str | None = None
    grade: int | None = None
    level: str | None = None


@dataclass(frozen=True)
class ResultTable:
    """One exam. `headings_key` names the shape of its headings; `needs_mapping` says that a person must name the columns."""

    form: Form
    facts: Facts = Facts()
    rows: tuple[ResultRow, ...] = ()
    sheet: str = ""
    line: int | None = None
    headings_key: str = ""
    needs_mapping: bool = False
    maximum: dict[str, Decimal] | None = None


@dataclass(frozen=True)
class Reading:
    """Everything read from one file."""

    file: str
    tables: tuple[ResultTable, ...]
    problems: tuple[Problem, ...] = ()
    district: str | None = None


def unreadable(file: str, code: str, message: str) -> Reading:
    """Nothing can be taken from the file, and why."""
    return Reading(file, (ResultTable("unreadable"),), (Problem(code, None, "error", message),))


def to_json(reading: Reading) -> dict[str, Any]:
    """The object of the README; keys beyond it are our own and explained in section 9 or begin the record of a place."""
    return {
        "file": reading.file,
        "tables": [_table(table) for table in reading.tables],
        "problems": [_problem(problem) for problem in reading.problems],
        "district": reading.district,
    }


def _table(table: ResultTable) -> dict[str, Any]:
    facts = table.facts
    out: dict[str, Any] = {
        "form": table.form,
        "procedure": facts.procedure,
        "school_year": facts.school_year,
        "date": facts.date,
        "subject": facts.subject,
        "grade": facts.grade,
        "level": facts.level,
        "rows": [_row(row, table.form) for row in table.rows],
    }
    if table.form != "unreadable":
        out |= {"sheet": table.sheet, "line": table.line, "headings_key": table.headings_key}
    if table.needs_mapping:
        out["needs_mapping"] = True
    if table.maximum is not None:
        out["maximum"] = _numbers(table.maximum)
    return out


def _row(row: ResultRow, form: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "group": row.group,
        "school": row.school,
        "participants": row.participants,
        "counts": row.counts,
        "below_minimum": row.below_minimum,
        "mean_score": _number(row.mean_score),
        "comparison": row.comparison,
    }
    if form in ("fisoko_tasks", "fisoko_outcomes"):
        out["tasks"] = _numbers(row.tasks)
    if form == "fisoko_primary":
        out["points"] = row.points
    if row.shares is not None:
        out["shares"] = _numbers(row.shares)
    return out | {"name": row.name, "line": row.line}


def _numbers(values: dict[str, Decimal] | None) -> dict[str, float | int | None] | None:
    return None if values is None else {key: _number(value) for key, value in values.items()}


def _number(value: Decimal | None) -> float | int | None:
    return None if value is None else float(value)


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "where": problem.where,
        "severity": problem.severity,
        "message": problem.message,
        "sheet": problem.sheet,
        "line": problem.line,
        "column": problem.column,
        "value": problem.value,
    }
