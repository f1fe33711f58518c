"""A subject over the years: shares of low results by people, and each school's line; what fails, from tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from config.charts import Chart, Series, lines
from config.sheets import Sheet
from monitoring import suppression
from monitoring.heat import comma
from monitoring.models import Assessment, Result, TaskShares
from monitoring.pages.assessment import GAP, WeakTask, by_people
from monitoring.pages.frame import Chosen, Sums, references
from monitoring.pages.tables import INSIDE, Head, Line, Table
from schools.models import Organization


@dataclass(frozen=True)
class Strand:
    """One procedure and grade of the subject over the years."""

    title: str
    assessments: list[Assessment]  # by year, oldest first
    table: Table


@dataclass(frozen=True)
class Page:
    subject: str
    subjects: list[str]
    charts: list[Chart]
    strands: list[Strand]
    weak: list[tuple[Assessment, list[WeakTask]]]

    def sheets(self, notes: Sequence[str]) -> list[Sheet]:
        return [one.table.sheet(one.title, notes) for one in self.strands]


def page_of(chosen: Chosen, threshold: Decimal) -> Page:
    """Three queries whatever the number of schools and years."""
    subjects = [value for value, _ in chosen.by_assessment.filters["subject"].extra["choices"]]
    asked = chosen.by_assessment.data.get("subject", "")
    subject = asked if asked in subjects else (subjects[0] if subjects else "")
    rows = sorted(
        (one for one in chosen.assessments if one.subject == subject and not one.wave),
        key=lambda one: (one.procedure, one.grade, one.level, one.school_year),
    )
    families: dict[tuple[str, int, str, str], list[Assessment]] = {}
    for one in rows:
        families.setdefault((one.procedure, one.grade, one.level, one.title), []).append(one)
    sums = {one.pk: Sums() for one in rows}
    shares: dict[int, dict[int, tuple[int, int]]] = {one.pk: {} for one in rows}
    everyone: dict[int, dict[int, int | None]] = {one.pk: {} for one in rows}
    found = Result.objects.filter(authority=chosen.office, assessment__in=list(shares)).order_by()
    for assessment, school, low, people in found.values_list("assessment_id", "organization_id", "low", "participants"):
        everyone[assessment][school] = people
        sums[assessment].add(people, low)
        if low is not None and people:
            shares[assessment][school] = low, people
    away = {one.pk: _away(everyone[one.pk], chosen) for one in rows}
    years = sorted({one.school_year for one in rows})
    series, strands = [], []
    for some in families.values():
        title = some[0].short_name.replace(f", {subject}", "")
        by_year = {one.school_year: one for one in some}
        values = []
        for year in years:
            one = by_year.get(year)
            total = sums.get(one.pk) if one is not None and not away[one.pk][1] else None
            values.append(
                Decimal(100 * total.low) / total.judged if total and total.low is not None and total.judged else None
            )
        series.append(Series(title, values))
        strands.append(Strand(title, some, _table(some, chosen, shares, away, sums)))
    level = comma(threshold)
    charts = []
    if years:
        charts.append(
            lines(
                f"{subject}: доля участников с низким результатом, округ",
                [f"{year - 1}/{year}" for year in years],
                series[:8],
                description="По людям: все участники округа вместе. "
                + "; ".join(f"{one.name}: {_last(one.values)}" for one in series[:8]),
                threshold=(float(threshold), f"порог {level} %"),
            )
        )
    return Page(subject, subjects, charts, strands, _weak(chosen, rows, years))


def _last(values: Sequence[Any]) -> str:
    known = [one for one in values if one is not None]
    return f"{comma(Decimal(known[-1]).quantize(Decimal('0.1')))} %" if known else "нет данных"


def _away(people: dict[int, int | None], chosen: Chosen) -> tuple[set[int], bool]:
    if not chosen.outside:
        return set(), False
    names = list(people)
    found = suppression.hidden([people[one] for one in names], chosen.smallest)
    return {names[place] for place in found.places}, found.total


def _table(
    some: Sequence[Assessment],
    chosen: Chosen,
    shares: dict[int, dict[int, tuple[int, int]]],
    away: dict[int, tuple[set[int], bool]],
    sums: dict[int, Sums],
) -> Table:
    heads: list[Head] = []
    for one in some:
        heads += [Head(one.year_name, "percent", 12), Head("участников", "whole", 11)]
    total: list[Any] = []
    for one in some:
        found = sums.get(one.pk)
        if away[one.pk][1]:
            total += [INSIDE, INSIDE]
        elif found is None or found.low is None or not found.judged:
            total += [None, found.participants if found else None]
        else:
            total += [Decimal(100 * found.low) / found.judged, found.judged]
    rows = []
    for school in chosen.schools:
        values: list[Any] = []
        for one in some:
            pair = shares[one.pk].get(school.pk)
            if school.pk in away[one.pk][0]:
                values += [INSIDE, INSIDE]
            else:
                values += [Decimal(100 * pair[0]) / pair[1], pair[1]] if pair else [None, None]
        if any(value is not None for value in values):
            rows.append(Line(school.name, values, school.pk))
    return Table(heads, [Line("Округ", total)], rows)


def _weak(chosen: Chosen, rows: Sequence[Assessment], years: Sequence[int]) -> list[tuple[Assessment, list[WeakTask]]]:
    """Tasks of the newest year where the district stands below the region, or schools below the district."""
    newest = [one for one in rows if years and one.school_year == years[-1]]
    by_assessment: dict[int, list[TaskShares]] = {}
    found = TaskShares.objects.filter(assessment__in=[one.pk for one in newest], authority=chosen.office)
    for row in found.select_related("organization").order_by("organization__sort_key", "organization_id"):
        by_assessment.setdefault(row.assessment_id, []).append(row)
    beside = references(chosen.office, newest, "tasks")
    out = []
    for one in newest:
        tasks = by_assessment.get(one.pk, [])
        hidden = suppression.hidden([row.participants for row in tasks], chosen.smallest if chosen.outside else 1)
        if not tasks or hidden.total:
            continue
        scopes = beside.get(one.pk, {})
        region = scopes.get("region") or scopes.get("all")
        weak = []
        for task, share in by_people(tasks).items():
            low: list[Organization] = [
                row.organization
                for place, row in enumerate(tasks)
                if place not in hidden.places
                and row.tasks.get(task) is not None
                and share - Decimal(str(row.tasks[task])) >= GAP
            ]
            other = region.share(task) if region else None
            if other - share >= GAP if other is not None else low:  # every school below: that is the district
                weak.append(WeakTask(task, share, other, low))
        if weak:
            out.append((one, weak))
    return out
