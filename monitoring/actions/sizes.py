"""Pupils of grades from a table of the office: schools in lines, grades in columns. All problems at once, or all of it written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from monitoring.actions import checks
from monitoring.actions.reading import entries_for
from monitoring.models import GradeSize
from monitoring.reading.cells import figure
from monitoring.reading.cells_child import Lines, read_cells
from monitoring.reading.schools import Schools
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User

_GRADE = re.compile(r"(\d{1,2})(?:\.0)?(?:-?й)?\s*(?:кл\w*\.?)?", re.IGNORECASE)
MOST = 2000


class Problems(Refused):
    """What is wrong with the table, a sentence each."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(said[0])
        self.said = said


@dataclass(frozen=True)
class Size:
    organization: int
    grade: int
    pupils: int


def import_sizes(*, by: User, office: Organization, school_year: int, content: bytes, name: str) -> int:
    """Writes the sizes a table says; a blank cell changes nothing. Returns how many schools it named. Raises Problems, Refused."""
    lines, error = read_cells(content, name, **settings.READING_LIMITS)
    if error:
        raise Refused(error)
    sizes = _sizes(lines, Schools(entries_for(office)))
    with transaction.atomic():
        GradeSize.objects.bulk_create(
            [
                GradeSize(organization_id=one.organization, school_year=school_year, grade=one.grade, pupils=one.pupils)
                for one in sizes
            ],
            update_conflicts=True,
            unique_fields=["organization", "school_year", "grade"],
            update_fields=["pupils"],
            batch_size=1000,
        )
        schools = len({one.organization for one in sizes})
        words = f"обучающихся по классам, {school_year - 1}/{school_year}: школ {schools}"
        record(by=by, action="results.sizes_saved", row=office, authority=office, summary=words)
        for authority in Organization.objects.filter(pk__in=_offices(office, sizes)):
            checks.run(authority=authority, years=[school_year])
    return schools


def _offices(office: Organization, sizes: list[Size]) -> set[int]:
    rows = Organization.objects.filter(pk__in={one.organization for one in sizes})
    return {pk or office.pk for pk in rows.values_list("authority_id", flat=True)}


def _sizes(lines: Lines, schools: Schools) -> list[Size]:
    problems: list[str] = []
    found: dict[tuple[int, int], Size] = {}
    told: dict[int, int] = {}
    columns: dict[int, int] = {}
    for sheet, number, cells in lines:
        heads = _heads(cells)
        if heads:
            columns = heads
            continue
        if not columns:
            continue
        names = [
            cells[place] for place in sorted(cells) if place not in columns and re.search("[а-яё]", cells[place], re.I)
        ]
        figures = {place: cells[place] for place in columns if place in cells}
        if not figures or not names or re.match(r"\s*(?:итого|всего)", names[0], re.IGNORECASE):
            continue
        where = f"Лист «{sheet}», строка {number}"
        entry = next((one.entry for name in names if (one := schools.find(" ".join(name.split()))).entry), None)
        if entry is None or not isinstance(entry.key, int):
            problems.append(
                f"{where}: школы «{names[0].strip()}» нет в реестре. Исправьте название или уберите строку."
            )
            continue
        if entry.key in told:
            problems.append(f"{where}: «{entry.canonical}» уже есть в строке {told[entry.key]}.")
            continue
        told[entry.key] = number
        for place, said in figures.items():
            cell = figure(said)
            if cell.kind in ("blank", "dash"):
                continue
            if cell.people is None or cell.people > MOST:
                problems.append(f"{where}, {columns[place]} класс: «{said}» — ожидается целое число от 0 до {MOST}.")
                continue
            found[entry.key, columns[place]] = Size(entry.key, columns[place], cell.people)
    if problems:
        raise Problems(problems)
    if not found:
        raise Refused("В таблице не найдены классы: в строке заголовков ожидаются числа от 1 до 11 или «5 класс».")
    return list(found.values())


def _heads(cells: dict[int, str]) -> dict[int, int]:
    """The columns of grades, when the line is one of headings: at least two grades, and nothing that is no grade but words."""
    grades: dict[int, int] = {}
    for place, words in cells.items():
        match = _GRADE.fullmatch(" ".join(words.split()))
        if match and 1 <= int(match[1]) <= 11:
            grades[place] = int(match[1])
        elif figure(words).kind == "number":
            return {}
    rising = [grades[place] for place in sorted(grades)]
    named = any(re.search("школ|оо|назван|наименован|организац", words, re.I) for words in cells.values())
    return grades if rising and rising == sorted(set(rising)) and (named or len(grades) == len(cells)) else {}


def current(office: Organization, school_year: int) -> list[list[Any]]:
    """Rows of the table to fill: each school with what is known."""
    schools = list(Organization.objects.below(office).schools().order_by("sort_key", "pk"))
    kept = {
        (one.organization_id, one.grade): one.pupils
        for one in GradeSize.objects.filter(organization__in=schools, school_year=school_year)
    }
    return [[one.name, *(kept.get((one.pk, grade)) for grade in range(1, 12))] for one in schools]
