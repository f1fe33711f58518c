"""An abstract page, and what a careful reader must find in it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from schools.registry import RegistryEntry
from tests.monitoring.containers import Cell
from tests.monitoring.district import SUBJECTS, District

Facts = dict[str, Any]


@dataclass
class Line:
    """A row of a page: its cells and, for rows of results, what must be read from them."""

    cells: list[Cell]
    want: dict[str, Any] | None = None
    entry: RegistryEntry | None = None
    code: str | None = None  # the problem that the row must have
    kind: str = "other"  # title, head, data, total, other
    table: int = 0


@dataclass
class Sheet:
    """Lines with the meaning of columns: which hold figures, which are needed for the row's figures."""

    lines: list[Line]
    tables: list[Facts]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    name: str = "Лист1"
    figures: list[int] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)
    participants: int | None = None
    names: int = 0
    code: int | None = None
    percents: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)  # problems of the whole file
    fixed: bool = False  # damages that add or move rows do not fit
    counts: str = "people"


def facts(form: str, procedure: str | None, year: str | None, **more: Any) -> Facts:
    base: Facts = {
        "form": form,
        "procedure": procedure,
        "school_year": year,
        "date": None,
        "subject": None,
        "grade": None,
        "level": None,
    }
    return base | more


def row(group: str, entry: RegistryEntry | None, **figures: Any) -> dict[str, Any]:
    base = {
        "group": group,
        "school": entry.canonical if entry else None,
        "participants": None,
        "counts": None,
        "below_minimum": None,
        "comparison": None,
    }
    return base | figures


def marks(people: list[int]) -> dict[str, int]:
    return {str(m): n for m, n in zip((2, 3, 4, 5), people, strict=True)}


def mean(people: list[int]) -> float:
    total = Decimal(sum(m * n for m, n in zip((2, 3, 4, 5), people, strict=True))) / max(sum(people), 1)
    return float(total.quantize(Decimal("0.01"), ROUND_HALF_UP))


def day(rng: random.Random, year: int, months: tuple[int, ...]) -> dt.date:
    return dt.date(year, rng.choice(months), rng.randint(1, 28))


def vpr(rng: random.Random, form: str) -> tuple[Facts, int, str, int, dt.date]:
    year = rng.randint(2021, 2026)
    subject, grade = rng.choice(list(SUBJECTS)), rng.randint(4, 8)
    date = day(rng, year, (4, 5))
    known = facts(form, "ВПР", f"{year - 1}/{year}", date=date.isoformat(), subject=subject, grade=grade)
    return known, year, subject, grade, date


def frame(rng: random.Random, title: str, year: int, subject: str, grade: int, date: dt.date, top: int) -> list[Line]:
    when: Cell = date if rng.random() < 0.2 else date.strftime("%d.%m.%Y")
    return [
        Line([title], kind="title"),
        Line([]),
        Line([f"ВПР {year} {subject} {grade} класс"], kind="title"),
        Line(["Предмет:", subject], kind="title"),
        Line(["Максимальный первичный балл:", top], kind="title"),
        Line(["Дата:", when], kind="title"),
        Line([]),
    ]


def groups(rng: random.Random, district: District) -> list[tuple[str, RegistryEntry | None, str, int]]:
    """(group, school, printed name, participants) in the order of ФИС ОКО."""
    out: list[tuple[str, RegistryEntry | None, str, int]] = [
        ("all", None, "Вся выборка", rng.randint(400_000, 1_500_000)),
        ("region", None, district.region, rng.choice((rng.randint(2_000, 9_000), rng.randint(10_000, 30_000)))),
        ("municipality", None, f"{district.name}({district.code})", rng.randint(200, 1500)),
    ]
    for entry in district.entries:
        out.append(("school", entry, f"МБОУ «{entry.canonical}»({entry.fisoko_login})", rng.randint(2, 120)))
    return out
