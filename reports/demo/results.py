"""Invented results of the demo district: three school years of ВПР, ОГЭ and ЕГЭ, journal, points, tasks, region and country.

Whose results are low is said by `LOW` below; what is random has a seed, so the district is the same each time.
"""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from monitoring.enums import Held, Level, Procedure, ResultState, Scope
from monitoring.models import (
    Assessment,
    GradeSize,
    Holding,
    JournalComparison,
    PointDistribution,
    ReferenceShare,
    Result,
    TaskShares,
)
from reports.demo.district import District
from schools.models import Organization

YEARS = (2024, 2025, 2026)
BOUNDS = {"3": 7, "4": 12, "5": 15}
MAX_POINTS = 20
TASKS = ("1", "2", "3", "4", "5К1", "5К2", "6", "7", "8", "9")
REGION = {"2": "9.4", "3": "38.1", "4": "36.9", "5": "15.6"}
COUNTRY = {"2": "8.7", "3": "36.8", "4": "38.2", "5": "16.3"}

# chance of a «2» by school; the rest have about a tenth
LOW = {"СОШ № 3": 0.42, "СОШ с. Малая Берёзовка": 0.40, "ООШ п. Луговой": 0.36}
STRONG = {"Гимназия № 4": 0.02, "Лицей «Перспектива»": 0.01}
SIZES = {"СОШ с. Репьёвка": 9, "ООШ с. Ключи": 4, "НОШ д. Озерки": 3, "ООШ п. Луговой": 11}


def build(made: District) -> None:
    rng = random.Random(2026)
    for year in YEARS:
        for subject in ("Русский язык", "Математика"):
            for grade in (5, 6):
                _vpr(made, rng, year, subject, grade)
            _exam(made, rng, year, subject, Procedure.OGE)
        _exam(made, rng, year, "Русский язык", Procedure.EGE)
        for level in (Level.BASE, Level.PROFILE):
            _exam(made, rng, year, "Математика", Procedure.EGE, level)


def _pupils(rng: random.Random, name: str) -> int:
    usual = SIZES.get(name) or rng.randint(38, 74)
    return max(2, round(usual * rng.uniform(0.85, 1.1)))


def _chance(rng: random.Random, name: str, year: int) -> float:
    base = LOW.get(name, STRONG.get(name, 0.10))
    if name == "СОШ № 3" and year == 2026:
        base -= 0.06  # a school that is getting better, not yet out of the list
    return max(0.0, min(0.9, base + rng.uniform(-0.02, 0.03)))


def _marks(rng: random.Random, people: int, low: float) -> tuple[int, int, int, int]:
    two = round(people * low)
    rest = people - two
    four = round(rest * (0.42 - low / 3) * rng.uniform(0.9, 1.1))
    five = round(rest * max(0.04, 0.2 - low / 2) * rng.uniform(0.8, 1.2))
    return two, rest - four - five, four, five


def _vpr(made: District, rng: random.Random, year: int, subject: str, grade: int) -> None:
    row = Assessment.objects.create(
        procedure=Procedure.VPR,
        school_year=year,
        subject=subject,
        grade=grade,
        date=dt.date(year, 4, 14 + grade),
        max_points=MAX_POINTS,
        mark_bounds=BOUNDS,
    )
    whole: list[tuple[int, int, int, int]] = []
    for name, school in made.schools.items():
        if name.startswith("НОШ"):
            continue
        size, _ = GradeSize.objects.get_or_create(
            organization=school, school_year=year, grade=grade, defaults={"pupils": _pupils(rng, name)}
        )
        people = max(2, size.pupils - rng.randint(0, 3))
        if name == "СОШ № 2" and (year, subject, grade) == (2026, "Русский язык", 5):
            people = size.pupils + 2  # a question to the school: more wrote than there are
        if name == "СОШ р.п. Сосновка" and year == 2025 and subject == "Математика":
            Holding.objects.create(assessment=row, organization=school, held=Held.NOT_HELD, reason="карантин")
            continue
        if name == "СОШ № 5" and (year, subject, grade) == (2026, "Русский язык", 6):
            continue  # a school that sent nothing: «нет данных» and a question to it
        marks = _marks(rng, people, _chance(rng, name, year))
        whole.append(marks)
        _result(row, school, marks)
        _journal(row, school, marks, rng)
        if year == YEARS[-1]:
            _points(row, school, marks)
            _tasks(row, school, marks, rng)
    for scope, shares, words in ((Scope.REGION, REGION, "Приозёрская область"), (Scope.ALL, COUNTRY, "Вся выборка")):
        people = 18_400 if scope == Scope.REGION else 1_310_000
        ReferenceShare.objects.create(assessment=row, scope=scope, name=words, participants=people, shares=shares)
        ReferenceShare.objects.create(
            assessment=row,
            scope=scope,
            name=words,
            facet="tasks",
            participants=people,
            shares={task: str(round(76 - 4.5 * place, 1)) for place, task in enumerate(TASKS)},
        )
        ReferenceShare.objects.create(
            assessment=row,
            scope=scope,
            name=words,
            facet="comparison",
            participants=people,
            shares={"lowered": "16.2", "confirmed": "77.4", "raised": "6.4"},
        )


def _result(row: Assessment, school: Organization, marks: tuple[int, int, int, int]) -> None:
    two, three, four, five = marks
    Result(
        assessment=row,
        organization=school,
        authority=school.authority,
        source="fisoko_marks",
        state=ResultState.DATA,
        participants=sum(marks),
        n2=two,
        n3=three,
        n4=four,
        n5=five,
    ).save()


def _journal(row: Assessment, school: Organization, marks: tuple[int, int, int, int], rng: random.Random) -> None:
    people = sum(marks)
    lowered = min(people, round(people * (0.12 + marks[0] / max(people, 1) * 0.6)))
    raised = min(people - lowered, round(people * rng.uniform(0.02, 0.09)))
    JournalComparison.objects.create(
        assessment=row,
        organization=school,
        authority=school.authority,
        source="fisoko_comparison",
        participants=people,
        lowered=lowered,
        raised=raised,
        confirmed=people - lowered - raised,
    )


# how the people of a mark are spread over its scores: rising to the middle, so that no boundary stands out by itself
_SHAPES = ((1, 1, 2, 3, 5, 8, 12), (6, 10, 13, 12, 9), (11, 10, 9), (9, 7, 5, 3, 2, 1))


def _points(row: Assessment, school: Organization, marks: tuple[int, int, int, int]) -> None:
    people = []
    for shape, number in zip(_SHAPES, marks, strict=True):
        exact = [number * weight / sum(shape) for weight in shape]
        some = [int(one) for one in exact]
        for place in sorted(range(len(shape)), key=lambda i: some[i] - exact[i])[: number - sum(some)]:
            some[place] += 1
        people += some
    if school.name == "СОШ № 2":  # piles up on the first point of «3»
        moved = people[5] + people[6] - 1
        people[5], people[6], people[7] = 0, 1, people[7] + moved
    PointDistribution.objects.create(
        assessment=row,
        organization=school,
        authority=school.authority,
        source="fisoko_primary",
        participants=sum(people),
        people=people,
    )


def _tasks(row: Assessment, school: Organization, marks: tuple[int, int, int, int], rng: random.Random) -> None:
    weak = marks[0] / max(sum(marks), 1)
    shares = {}
    for place, task in enumerate(TASKS):
        usual = 79 - 4.5 * place - 38 * weak - (11 if task in ("5К2", "8") else 0)
        shares[task] = f"{max(2.0, min(98.0, usual + rng.uniform(-4, 4))):.1f}"
    TaskShares.objects.create(
        assessment=row,
        organization=school,
        authority=school.authority,
        source="fisoko_tasks",
        participants=sum(marks),
        tasks=shares,
    )


def _exam(
    made: District, rng: random.Random, year: int, subject: str, procedure: Procedure, level: Level = Level.NONE
) -> None:
    row = Assessment.objects.create(
        procedure=procedure, school_year=year, subject=subject, level=level, date=dt.date(year, 6, 4)
    )
    for name, school in made.schools.items():
        has = school.school.has_grade_9 if procedure == Procedure.OGE else school.school.has_grade_11
        if not has:
            continue
        people = max(2, round(_pupils(rng, name) * (1 if procedure == Procedure.OGE else 0.45)))
        low = _chance(rng, name, year) * (0.9 if procedure == Procedure.OGE else 0.6)
        if procedure == Procedure.OGE or level == Level.BASE:
            _result(row, school, _marks(rng, people, low))
            continue
        Result(
            assessment=row,
            organization=school,
            authority=school.authority,
            source="rcoi_table",
            participants=people,
            below_minimum=round(people * low),
            mean_score=Decimal(round(66 - 40 * low + rng.uniform(-3, 3), 1)),
        ).save()
