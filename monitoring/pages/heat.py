"""The heat map: schools × assessments of a year, coloured by the share of people with a low result.

Its rows are written here, not by the template: forty thousand cells of one class each, nothing else in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from config.sheets import Column, Sheet
from monitoring import suppression
from monitoring.heat import INSIDE, Cell, Figures, cell_of, fixed, legend
from monitoring.models import Assessment, Holding, Result
from monitoring.pages.frame import Chosen, Sums
from schools.models import Organization

NOT_BELOW = Cell("nd", "нет данных")


@dataclass(frozen=True)
class HeatMap:
    schools: list[Organization]
    assessments: list[Assessment]
    cells: list[list[Cell]]  # by school, then by assessment
    people: list[list[int | None]]
    foot: list[Cell]
    threshold: Decimal
    outside: bool

    @property
    def legend(self) -> list[tuple[str, str]]:
        return legend(self.threshold)

    def body(self, *, picking: bool) -> SafeString:
        """Rows of the table: a school and its cells."""
        out = []
        # one pattern for all links: reversing a thousand addresses costs more than writing the table
        link = reverse("monitoring:school_results", args=[0]).replace("/0/", "/%d/")
        for school, line in zip(self.schools, self.cells, strict=True):
            name = escape(school.name)
            tick = (
                f'<input type="checkbox" name="organization" value="{school.pk}" aria-label="Отметить: {name}"> '
                if picking
                else ""
            )
            cells = "".join([f"<td class={one.tone}>{one.text}" for one in line])
            out.append(f'<tr><th scope=row>{tick}<a href="{link % school.pk}">{name}</a>{cells}')
        return mark_safe("\n".join(out))  # noqa: S308 (every word above is escaped or ours)

    def sheet(self, title: str, notes: Sequence[str]) -> Sheet:
        """Shares as real numbers; what is not a share stands as words."""
        columns = [Column("Школа", 34)]
        for one in self.assessments:
            columns += [Column(one.short_name, 16, "percent"), Column("участников", 11, "whole")]
        rows = []
        for school, line, people in zip(self.schools, self.cells, self.people, strict=True):
            row: list[object] = [school.name]
            for cell, number in zip(line, people, strict=True):
                hidden = cell is INSIDE
                row += [_share(cell), None if hidden else number]
            rows.append(row)
        total: list[object] = ["Всего по округу"]
        for cell in self.foot:
            total += [_share(cell), None]
        return Sheet(title, columns, rows, total=total, notes=notes)


def _share(cell: Cell) -> object:
    if cell.tone in ("hid", "mean") or cell.share is None:
        return cell.text
    return cell.share / 100


def heat_map(chosen: Chosen, threshold: Decimal) -> HeatMap:
    """Two queries whatever the size: results, and what was said not to be held. Sums are of the whole office."""
    office, assessments, schools = chosen.office, chosen.assessments, chosen.schools
    found: dict[tuple[int, int], Figures] = {}
    everyone: dict[int, dict[int, int | None]] = {one.pk: {} for one in assessments}
    sums = {one.pk: Sums() for one in assessments}
    rows = Result.objects.filter(authority=office, assessment__in=[one.pk for one in assessments]).order_by()
    for organization, assessment, state, people, low, mean in rows.values_list(
        "organization_id", "assessment_id", "state", "participants", "low", "mean_score"
    ):
        found[organization, assessment] = Figures(state, people, low, mean)
        everyone[assessment][organization] = people
        sums[assessment].add(people, low, mean)
    not_held = set(
        Holding.objects.filter(assessment__in=[one.pk for one in assessments], held="not_held").values_list(
            "organization_id", "assessment_id"
        )
    )
    away = {one.pk: _hidden(everyone[one.pk], chosen) for one in assessments}
    cells, people_of = [], []
    smallest = chosen.smallest
    for school in schools:
        line, numbers = [], []
        for one in assessments:
            figures = found.get((school.pk, one.pk))
            if school.pk in away[one.pk][0]:
                line.append(INSIDE)
            else:
                held = (school.pk, one.pk) not in not_held and (office.pk, one.pk) not in not_held
                line.append(
                    cell_of(figures, held=held, grade=has_grade(school, one), smallest=smallest, threshold=threshold)
                )
            numbers.append(figures.participants if figures else None)
        cells.append(line)
        people_of.append(numbers)
    foot = [_foot(sums[one.pk], away[one.pk][1], threshold) for one in assessments]
    return HeatMap(schools, assessments, cells, people_of, foot, threshold, chosen.outside)


def _hidden(people: dict[int, int | None], chosen: Chosen) -> tuple[set[int], bool]:
    """Schools whose figures stay inside, and whether the total does; of the whole office, whatever is filtered."""
    if not chosen.outside:
        return set(), False
    names = list(people)
    away = suppression.hidden([people[one] for one in names], chosen.smallest)
    return {names[place] for place in away.places}, away.total


def _foot(total: Sums, inside: bool, threshold: Decimal) -> Cell:
    if inside:
        return INSIDE
    if total.low is None:
        return Cell("mean", f"ср. {fixed(total.mean)}") if total.mean is not None else NOT_BELOW
    figures = Figures("data", total.judged, total.low)
    return cell_of(figures, held=True, grade=True, smallest=1, threshold=threshold)


def has_grade(school: Organization, assessment: Assessment) -> bool:
    """Whether the school teaches the grade: ОГЭ is of grade 9, ЕГЭ of 11. Without a card of the school nothing is ruled out."""
    card = getattr(school, "school", None)
    if card is None:
        return True
    grade = {"ОГЭ": 9, "ЕГЭ": 11}.get(assessment.procedure, assessment.grade)
    if grade >= 10:
        return bool(card.has_grade_11)
    return bool(card.has_grade_9) if grade >= 5 else True
