"""A school's own page: its results beside district, region and country, over the years; one assessment from all sides.

What a school sees of the others is the district only, and only where subtracting its own figures leaves at least two schools and
enough people (`monitoring.suppression`). The office sees the district always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from config.charts import Chart, Series, grouped, lines
from config.numbers import is_number
from config.sheets import Sheet
from monitoring import indicators, suppression
from monitoring.markers import found_for
from monitoring.models import Assessment, JournalComparison, PointDistribution, Result, TaskShares
from monitoring.pages.assessment import (
    EXAM_HEADS,
    GAP,
    JOURNAL_HEADS,
    MARK_HEADS,
    SCOPES,
    as_comparison,
    as_counts,
    by_people,
    journal_chart,
    journal_values,
    marks_chart,
    marks_values,
    office_markers,
    points_chart,
    printed_marks,
    total_values,
)
from monitoring.pages.frame import references, smallest_of, totals
from monitoring.pages.tables import INSIDE, Head, Line, Table
from schools.models import Organization

HEADS = (
    Head("Участников"),
    Head("Низкий результат", "percent", 14),
    Head("Округ", "percent"),
    Head("Регион", "percent"),
    Head("Разница с округом", "points", 16),
    Head("Качество знаний", "percent", 14),
    Head("Качество, округ", "percent", 14),
    Head("Средний балл", "number", 12),
)


@dataclass(frozen=True)
class YearPage:
    """Results of a school in one year, and its lines over all years."""

    year: int | None
    years: list[int]
    table: Table
    rows: list[tuple[Assessment, list[tuple[str, str]]]]
    charts: list[Chart]

    def sheet(self, title: str, notes: Sequence[str]) -> Sheet:
        return self.table.sheet(title, notes)


def year_page(school: Organization, asked: str, *, inside: bool) -> YearPage:
    """The chosen (or newest) year. Five queries."""
    mine = list(Result.objects.filter(organization=school).select_related("assessment"))
    years = sorted({row.assessment.school_year for row in mine}, reverse=True)
    year = int(asked) if is_number(asked) and int(asked) in years else (years[0] if years else None)
    rows = sorted((row for row in mine if row.assessment.school_year == year), key=_order)
    some = [row.assessment for row in rows]
    sums = totals(school.authority_id or 0, some)
    shown = set(sums) if inside else _open(rows, sums, smallest_of_school(school))
    beside = references(school.authority or school, some, "marks")
    table_lines = []
    for row in rows:
        key, total = row.assessment_id, sums.get(row.assessment_id)
        own = _low(row.low, row.participants)
        district = _low(total.low, total.judged) if total else None
        region = beside.get(key, {}).get("region")
        counts = as_counts(row)
        quality = indicators.quality_rate(total.counts, places=None) if total and total.counts else None
        closed = key not in shown and total is not None
        table_lines.append(
            Line(
                row.assessment.short_name,
                [
                    row.participants if row.state == "data" else row.get_state_display(),
                    own,
                    INSIDE if closed else district,
                    None if region is None else region.share("2") or region.share("below_minimum"),
                    None if closed else indicators.difference(own, district),
                    indicators.quality_rate(counts, places=None) if counts else None,
                    INSIDE if closed and counts else quality,
                    row.mean_score if counts is None else indicators.mean_mark(counts, places=None),
                ],
                key,
            )
        )
    table = Table(HEADS, (), table_lines, "Процедура")
    by_pk = {one.pk: one for one in some}
    shown_rows = [(by_pk[line.pk], cells) for line, cells in table.shown_lines if line.pk is not None]
    return YearPage(year, years, table, shown_rows, _over_years(school, mine))


def _order(row: Result) -> tuple[Any, ...]:
    one = row.assessment
    return one.procedure, one.grade, one.subject, one.level, one.wave, one.title


def _low(low: int | None, people: int | None) -> Decimal | None:
    return Decimal(100 * low) / people if low is not None and people else None


def smallest_of_school(school: Organization) -> int:
    return smallest_of(school.authority) if school.authority else suppression.SMALLEST


def _open(rows: Sequence[Result], sums: dict[int, Any], smallest: int) -> set[int]:
    own = {row.assessment_id: row.participants for row in rows}
    return suppression.totals_shown(own, {k: (t.schools, t.participants) for k, t in sums.items()}, smallest)


def _over_years(school: Organization, mine: Sequence[Result]) -> list[Chart]:
    """A line for each procedure, subject and grade known for two years or more, eight at most a chart."""
    years = sorted({row.assessment.school_year for row in mine})
    strands: dict[tuple[str, ...], dict[int, Decimal | None]] = {}
    for row in mine:
        one = row.assessment
        if not one.wave and (share := _low(row.low, row.participants)) is not None:
            strands.setdefault((one.procedure, one.short_name), {})[one.school_year] = share
    charts = []
    for procedure in sorted({key[0] for key in strands}):
        some = {key[1]: values for key, values in sorted(strands.items()) if key[0] == procedure and len(values) > 1}
        if not some:
            continue
        series = [
            Series(name.removeprefix(f"{procedure}, "), [values.get(year) for year in years])
            for name, values in list(some.items())[:8]
        ]
        charts.append(
            lines(
                f"{procedure}: доля участников с низким результатом",
                [f"{year - 1}/{year}" for year in years],
                series,
                description=f"{school.name}, по годам",
                threshold=(30.0, "порог 30 %"),
            )
        )
    return charts


@dataclass(frozen=True)
class OnePage:
    """One assessment of one school; `weak` is (task, own, district, difference)."""

    result: Result | None
    marks: Table | None
    journal: Table | None
    charts: list[Chart]
    tasks: Table | None
    weak: list[tuple[str, Decimal, Decimal]] = field(default_factory=list)
    markers: list[indicators.Marker] = field(default_factory=list)
    reliable: str = ""

    def sheets(self, notes: Sequence[str]) -> list[Sheet]:
        named = (("Отметки", self.marks), ("Сравнение с журналом", self.journal), ("Задания", self.tasks))
        return [table.sheet(title, notes) for title, table in named if table]


def one_page(school: Organization, assessment: Assessment, *, inside: bool) -> OnePage:
    here: dict[str, Any] = {"assessment": assessment, "organization": school}
    office = school.authority or school
    smallest = smallest_of_school(school)
    result = Result.objects.filter(**here).first()
    marks, charts = _marks(school, assessment, result, office, smallest, inside=inside)
    journal, journal_charts, comparison = _journal(school, assessment, office, smallest, inside=inside)
    tasks, weak, task_charts = _tasks(school, assessment, office, smallest, inside=inside)
    points = PointDistribution.objects.filter(**here).first()
    if points is not None:
        charts.append(points_chart(f"{assessment.short_name}, {school.name}", points.people, assessment.mark_bounds))
    markers: list[indicators.Marker] = []
    if inside:
        markers = found_for(
            office_markers(office),
            comparison=comparison,
            now=as_counts(result) if result else None,
            before=_year_before(school, assessment),
            points=points.people if points else None,
            bounds=assessment.mark_bounds,
        )
    people = result.participants if result else None
    words = indicators.sample_words(people) if people else ""
    return OnePage(result, marks, journal, [*charts, *journal_charts, *task_charts], tasks, weak, markers, words)


def _year_before(school: Organization, one: Assessment) -> dict[str, int] | None:
    row = Result.objects.filter(
        organization=school,
        assessment__school_year=one.school_year - 1,
        assessment__procedure=one.procedure,
        assessment__subject=one.subject,
        assessment__grade=one.grade,
        assessment__level=one.level,
        assessment__wave=one.wave,
        assessment__title=one.title,
    ).first()
    return as_counts(row) if row else None


def _marks(
    school: Organization,
    assessment: Assessment,
    result: Result | None,
    office: Organization,
    smallest: int,
    *,
    inside: bool,
) -> tuple[Table | None, list[Chart]]:
    if result is None or result.state != "data":
        return None, []
    total = totals(office.pk, [assessment]).get(assessment.pk)
    counts = as_counts(result)
    exam = counts is None
    own: list[Any] = (
        [result.participants, result.low, _low(result.low, result.participants), result.mean_score]
        if exam
        else marks_values(counts, result.participants)
    )
    found = [Line(school.name, own)]
    if total is not None:
        seen = inside or _open([result], {assessment.pk: total}, smallest)
        found.append(Line("Округ", total_values(total, exam) if seen else [INSIDE] * len(own)))
    beside = references(office, [assessment], "marks").get(assessment.pk, {})
    for scope, row in ((scope, beside[scope]) for scope in SCOPES if scope in beside):
        printed = [row.participants, None, row.share("below_minimum"), row.mean_score] if exam else printed_marks(row)
        found.append(Line(SCOPES[scope], printed))
    table = Table(EXAM_HEADS if exam else MARK_HEADS, (), found, "Кто")
    return table, [] if exam else [marks_chart(assessment.short_name, found)]


def _journal(
    school: Organization, assessment: Assessment, office: Organization, smallest: int, *, inside: bool
) -> tuple[Table | None, list[Chart], dict[str, int] | None]:
    own = JournalComparison.objects.filter(assessment=assessment, organization=school).first()
    if own is None:
        return None, [], None
    sums = JournalComparison.objects.filter(assessment=assessment, authority=office, participants__gt=0).aggregate(
        schools=Count("pk"),
        people=Sum("participants"),
        lowered=Sum("lowered"),
        confirmed=Sum("confirmed"),
        raised=Sum("raised"),
    )
    seen = inside or suppression.totals_shown({0: own.participants}, {0: (sums["schools"], sums["people"])}, smallest)
    whole = {name: sums[name] or 0 for name in ("lowered", "confirmed", "raised")}
    found = [
        Line(school.name, journal_values(as_comparison(own))),
        Line("Округ", journal_values(whole) if seen else [INSIDE] * len(JOURNAL_HEADS)),
    ]
    beside = references(office, [assessment], "comparison").get(assessment.pk, {})
    for scope, row in ((scope, beside[scope]) for scope in SCOPES if scope in beside):
        found.append(
            Line(SCOPES[scope], [row.participants, *(row.share(one) for one in ("lowered", "confirmed", "raised"))])
        )
    return Table(JOURNAL_HEADS, (), found, "Кто"), [journal_chart(assessment.short_name, found)], as_comparison(own)


def _tasks(
    school: Organization, assessment: Assessment, office: Organization, smallest: int, *, inside: bool
) -> tuple[Table | None, list[tuple[str, Decimal, Decimal]], list[Chart]]:
    rows = list(TaskShares.objects.filter(assessment=assessment, authority=office))
    own = next((row for row in rows if row.organization_id == school.pk), None)
    if own is None:
        return None, [], []
    people = [row.participants for row in rows if row.participants]
    seen = inside or suppression.totals_shown({0: own.participants}, {0: (len(people), sum(people))}, smallest)
    district = by_people(rows) if seen else {}
    mine = by_people([own])
    beside = references(office, [assessment], "tasks").get(assessment.pk, {})
    region = beside.get("region") or beside.get("all")
    heads = (
        Head("Школа", "percent"),
        Head("Округ", "percent"),
        Head("Регион", "percent"),
        Head("Разница с округом", "points", 16),
    )
    found, weak = [], []
    for task, share in mine.items():
        other = district.get(task)
        found.append(
            Line(
                task,
                [
                    share,
                    other if seen else INSIDE,
                    region.share(task) if region else None,
                    indicators.difference(share, other),
                ],
            )
        )
        compared = other if other is not None else (region.share(task) if region else None)
        if compared is not None and compared - share >= GAP:
            weak.append((task, share, compared))
    series = [Series("школа", list(mine.values()))]
    if seen:
        series.append(Series("округ", [district.get(task) for task in mine]))
    chart = grouped(
        f"Выполнение заданий: {assessment.short_name}",
        list(mine),
        series,
        description=f"{school.name}: процент от наибольшего балла по каждому заданию",
        first="Задание",
    )
    return Table(heads, (), found, "Задание"), weak, [chart]
