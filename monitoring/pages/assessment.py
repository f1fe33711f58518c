"""One assessment of an office: marks, comparison with the journal, primary points, tasks; schools beside district, region, country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from config.charts import MARK_TONES, Chart, Series, grouped, histogram, stacked
from config.sheets import Sheet
from config.ui.words import counted
from monitoring import indicators, suppression
from monitoring.markers import found_for, markers_of
from monitoring.models import (
    Assessment,
    JournalComparison,
    MonitoringSettings,
    PointDistribution,
    ReferenceShare,
    Result,
    TaskShares,
)
from monitoring.pages.frame import Total, references, smallest_of, totals
from monitoring.pages.tables import INSIDE, Head, Line, Table, shown
from schools.models import Organization, User

PARTS = {
    "marks": "Отметки",
    "journal": "Сравнение с журналом",
    "points": "Первичные баллы",
    "tasks": "Выполнение заданий",
}
CHARTED = 40  # schools a chart can show and be read
GAP = Decimal(5)  # a task this many points below the district is called worse
MARK_NAMES = {"2": "«2»", "3": "«3»", "4": "«4»", "5": "«5»"}
SCOPES = {"region": "Регион", "all": "Вся выборка"}

MARK_HEADS = (
    Head("Участников"),
    Head("«2»", "percent"),
    Head("«3»", "percent"),
    Head("«4»", "percent"),
    Head("«5»", "percent"),
    Head("Успеваемость", "percent", 14),
    Head("Качество знаний", "percent", 16),
    Head("СОУ", "percent"),
    Head("Средний балл", "number", 13),
)
EXAM_HEADS = (
    Head("Участников"),
    Head("Не преодолели минимум", "whole", 22),
    Head("Доля не преодолевших", "percent", 20),
    Head("Средний балл", "number", 13),
)
JOURNAL_HEADS = (
    Head("Участников"),
    Head("Понизили", "percent"),
    Head("Подтвердили", "percent", 14),
    Head("Повысили", "percent"),
)


@dataclass(frozen=True)
class Page:
    """What a part of the page shows. `weak` are tasks done worse: (task, district, other, difference, how many schools)."""

    table: Table | None
    charts: list[Chart]
    notes: list[str] = field(default_factory=list)
    weak: list[WeakTask] = field(default_factory=list)
    markers: list[indicators.Marker] = field(default_factory=list)

    def sheet(self, title: str, notes: Sequence[str]) -> Sheet:
        return self.table.sheet(title, notes) if self.table else Sheet(title, (), (), notes=notes)


@dataclass(frozen=True, slots=True)
class WeakTask:
    """A task and where it is done worse: shares in per cent, schools that stand below by `GAP` points or more."""

    task: str
    district: Decimal
    region: Decimal | None
    schools: list[Organization]

    @property
    def difference(self) -> Decimal | None:
        return indicators.difference(self.district, self.region)


def page_of(assessment: Assessment, office: Organization, user: User, part: str, *, outside: bool) -> Page:
    build = {"marks": _marks, "journal": _journal, "points": _points, "tasks": _tasks}[part]
    return build(assessment, office, smallest_of(office) if outside else 0)


def _rows(model: Any, assessment: Assessment, office: Organization) -> list[Any]:
    """Rows of a facet in the order of school names."""
    return list(
        model.objects.filter(assessment=assessment, authority=office)
        .select_related("organization")
        .order_by("organization__sort_key", "organization_id")
    )


def _away(rows: Sequence[Any], smallest: int) -> suppression.Hidden:
    """What stays inside when the page is for outside; nothing when it is not."""
    return suppression.hidden([row.participants for row in rows], smallest or 1)


# -- marks ---------------------------------------------------------------------------------------------------------


def marks_values(counts: dict[str, int] | None, people: int | None) -> list[Any]:
    """Figures of MARK_HEADS from people."""
    if counts is None:
        return [people, *[None] * 8]
    shares = indicators.shares(counts, places=None) or {}
    return [
        people,
        *(shares.get(mark) for mark in indicators.MARKS),
        indicators.pass_rate(counts, places=None),
        indicators.quality_rate(counts, places=None),
        indicators.learning_level(counts, places=None),
        indicators.mean_mark(counts, places=None),
    ]


def printed_marks(row: ReferenceShare) -> list[Any]:
    """The same of a region or country: from per cents as printed, which are all that is known of it."""
    shares = [row.share(mark) for mark in indicators.MARKS]
    if any(one is None for one in shares):
        return [row.participants, *shares, None, None, None, row.mean_score]
    two, three, four, five = (one or Decimal(0) for one in shares)
    level = (100 * five + 64 * four + 36 * three + 16 * two) / 100
    mean = (2 * two + 3 * three + 4 * four + 5 * five) / 100
    return [row.participants, *shares, three + four + five, four + five, level, mean]


def as_counts(row: Result) -> dict[str, int] | None:
    return None if row.counts is None else {str(mark): number for mark, number in row.counts.items()}


def _marks(assessment: Assessment, office: Organization, smallest: int) -> Page:
    rows = _rows(Result, assessment, office)
    total = totals(office.pk, [assessment]).get(assessment.pk)
    away = _away(rows, smallest)
    beside = references(office, [assessment], "marks").get(assessment.pk, {})
    exam = not any(row.counts for row in rows)
    heads = EXAM_HEADS if exam else MARK_HEADS
    groups = []
    if total is not None:
        hidden = [INSIDE] * len(heads)
        groups.append(Line("Округ", hidden if away.total else total_values(total, exam)))
    for scope, name in SCOPES.items():
        if scope in beside:
            groups.append(
                Line(
                    _named(name, beside[scope]), _printed_exam(beside[scope]) if exam else printed_marks(beside[scope])
                )
            )
    said = {} if smallest else _marks_markers(assessment, office, rows)
    lines = [
        Line(
            row.organization.name,
            _inside(heads) if place in away.places else _own(row, exam, len(heads)),
            row.organization_id,
            [one.title for one in said.get(row.organization_id, ())],
        )
        for place, row in enumerate(rows)
    ]
    table = Table(heads, groups, lines)
    charted = [*groups, *(lines if len(lines) <= CHARTED else ())]
    charts = [_exam_chart(assessment, charted)] if exam else [marks_chart(assessment.short_name, charted)]
    used = {one.code: one for some in said.values() for one in some}
    notes = (
        []
        if len(lines) <= CHARTED
        else [
            f"На диаграмме — округ, регион и вся выборка; {counted(len(lines), 'школа', 'школы', 'школ')} — в таблице."
        ]
    )
    return Page(table if rows else None, charts if charted and rows else [], notes, markers=list(used.values()))


def _named(words: str, row: ReferenceShare) -> str:
    return f"{words}: {row.name}" if row.scope == "region" and row.name else words


def _inside(heads: Sequence[Head]) -> list[Any]:
    return [INSIDE] * len(heads)


def _own(row: Result, exam: bool, width: int) -> list[Any]:
    if row.state != "data":
        return [row.get_state_display(), *[None] * (width - 1)]
    if exam:
        share = Decimal(100 * row.low) / row.participants if row.low is not None and row.participants else None
        return [row.participants, row.low, share, row.mean_score]
    return marks_values(as_counts(row), row.participants)


def total_values(total: Total, exam: bool) -> list[Any]:
    if exam:
        share = Decimal(100 * total.low) / total.judged if total.low is not None and total.judged else None
        return [total.participants, total.low, share, total.mean]
    return marks_values(total.counts, total.participants)


def _printed_exam(row: ReferenceShare) -> list[Any]:
    return [row.participants, None, row.share("below_minimum"), row.mean_score]


def marks_chart(title: str, lines: Sequence[Line]) -> Chart:
    """Shares of marks, a bar a line. A line with hidden figures is a bar without data."""
    series = [
        Series(MARK_NAMES[mark], [_number(line.values[place]) for line in lines], MARK_TONES[mark])
        for place, mark in enumerate(indicators.MARKS, start=1)
    ]
    described = "; ".join(
        f"{line.name}: «2» — {_words(line.values[1])}, «4» и «5» — {_words(line.values[6])}" for line in lines[:3]
    )
    return stacked(
        f"Распределение отметок: {title}", [x.name for x in lines], series, description=described, first="Кто"
    )


def _exam_chart(assessment: Assessment, lines: Sequence[Line]) -> Chart:
    below = [_number(line.values[2]) for line in lines]
    series = [
        Series("не преодолели минимум", below, MARK_TONES["2"]),
        Series("преодолели", [None if one is None else 100 - one for one in below], MARK_TONES["4"]),
    ]
    described = "; ".join(f"{line.name}: не преодолели — {_words(line.values[2])}" for line in lines[:3])
    return stacked(
        f"Минимум: {assessment.short_name}", [x.name for x in lines], series, description=described, first="Кто"
    )


def _number(value: Any) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _words(value: Any) -> str:
    return shown(value, "percent")


def _marks_markers(
    assessment: Assessment, office: Organization, rows: Iterable[Result]
) -> dict[int, list[indicators.Marker]]:
    """Markers by school: growth of «2» against the same assessment a year before, journal, points. Three queries."""
    markers = office_markers(office)
    before = {
        row.organization_id: as_counts(row)
        for row in Result.objects.filter(
            authority=office,
            assessment__school_year=assessment.school_year - 1,
            assessment__procedure=assessment.procedure,
            assessment__subject=assessment.subject,
            assessment__grade=assessment.grade,
            assessment__level=assessment.level,
            assessment__wave=assessment.wave,
            assessment__title=assessment.title,
        )
    }
    here: dict[str, Any] = {"assessment": assessment, "authority": office}
    journal = {row.organization_id: as_comparison(row) for row in JournalComparison.objects.filter(**here)}
    points = {row.organization_id: row.people for row in PointDistribution.objects.filter(**here)}
    found = {}
    for row in rows:
        pk = row.organization_id
        found[pk] = found_for(
            markers,
            comparison=journal.get(pk),
            before=before.get(pk),
            now=as_counts(row),
            points=points.get(pk),
            bounds=assessment.mark_bounds,
        )
    return found


def office_markers(office: Organization) -> tuple[indicators.Marker, ...]:
    kept = MonitoringSettings.objects.filter(pk=office.pk).values_list("bias", flat=True).first()
    return markers_of(kept or {})


# -- comparison with the journal -----------------------------------------------------------------------------------


def as_comparison(row: JournalComparison) -> dict[str, int]:
    return {"lowered": row.lowered, "confirmed": row.confirmed, "raised": row.raised}


def journal_values(comparison: dict[str, int]) -> list[Any]:
    shares = indicators.comparison_shares(comparison, places=None) or {}
    return [sum(comparison.values()), *(shares.get(one) for one in ("lowered", "confirmed", "raised"))]


def journal_chart(title: str, lines: Sequence[Line]) -> Chart:
    tones = (MARK_TONES["2"], MARK_TONES["4"], MARK_TONES["5"])
    series = [
        Series(head.title.lower(), [_number(line.values[place]) for line in lines], tones[place - 1])
        for place, head in enumerate(JOURNAL_HEADS)
        if place
    ]
    described = "; ".join(f"{line.name}: подтвердили — {_words(line.values[2])}" for line in lines[:3])
    return stacked(
        f"Отметки за работу и в журнале: {title}", [x.name for x in lines], series, description=described, first="Кто"
    )


def _journal(assessment: Assessment, office: Organization, smallest: int) -> Page:
    rows = _rows(JournalComparison, assessment, office)
    away = _away(rows, smallest)
    whole = {name: sum(getattr(row, name) for row in rows) for name in ("lowered", "confirmed", "raised")}
    groups = [Line("Округ", _inside(JOURNAL_HEADS) if away.total else journal_values(whole))] if rows else []
    beside = references(office, [assessment], "comparison").get(assessment.pk, {})
    for scope, row in ((scope, beside[scope]) for scope in SCOPES if scope in beside):
        printed = [row.share(one) for one in ("lowered", "confirmed", "raised")]
        groups.append(Line(_named(SCOPES[scope], row), [row.participants, *printed]))
    markers = () if smallest else office_markers(office)
    lines, used = [], {}
    for place, row in enumerate(rows):
        said = found_for(markers, comparison=as_comparison(row))
        used |= {one.code: one for one in said}
        values = _inside(JOURNAL_HEADS) if place in away.places else journal_values(as_comparison(row))
        lines.append(Line(row.organization.name, values, row.organization_id, [one.title for one in said]))
    charted = [*groups, *(lines if len(lines) <= CHARTED else ())]
    charts = [journal_chart(assessment.short_name, charted)] if rows else []
    return Page(Table(JOURNAL_HEADS, groups, lines) if rows else None, charts, markers=list(used.values()))


# -- primary points ------------------------------------------------------------------------------------------------


def points_chart(title: str, people: Sequence[int], bounds: dict[str, int]) -> Chart:
    whole = sum(people)
    middle = Decimal(sum(i * n for i, n in enumerate(people))) / whole if whole else Decimal(0)
    words = f"Участников {whole}, средний первичный балл {indicators.rounded(middle, 1)}".replace(".", ",")
    return histogram(f"Первичные баллы: {title}", people, description=words, bounds=bounds or None)


def summed(rows: Iterable[PointDistribution]) -> list[int]:
    """People by score of several schools together."""
    whole: list[int] = []
    for row in rows:
        whole += [0] * (len(row.people) - len(whole))
        for score, number in enumerate(row.people):
            whole[score] += number
    return whole


def mean_points(people: Sequence[int]) -> Decimal | None:
    whole = sum(people)
    return Decimal(sum(i * n for i, n in enumerate(people))) / whole if whole else None


def _points(assessment: Assessment, office: Organization, smallest: int) -> Page:
    rows = _rows(PointDistribution, assessment, office)
    away = _away(rows, smallest)
    whole = summed(rows)
    markers = () if smallest else office_markers(office)
    heads = (
        Head("Участников"),
        Head("Средний первичный балл", "number", 20),
        Head("Наибольший", "whole"),
    )
    groups = [Line("Округ", _inside(heads) if away.total else _points_values(whole))] if rows else []
    lines, used = [], {}
    for place, row in enumerate(rows):
        said = found_for(markers, points=row.people, bounds=assessment.mark_bounds)
        used |= {one.code: one for one in said}
        values = _inside(heads) if place in away.places else _points_values(row.people)
        lines.append(Line(row.organization.name, values, row.organization_id, [one.title for one in said]))
    charts = (
        []
        if away.total or not rows
        else [points_chart(f"{assessment.short_name}, округ", whole, assessment.mark_bounds)]
    )
    notes = (
        [] if assessment.mark_bounds or not rows else ["Границы отметок для этой работы не указаны: на рисунке их нет."]
    )
    return Page(Table(heads, groups, lines) if rows else None, charts, notes, markers=list(used.values()))


def _points_values(people: Sequence[int]) -> list[Any]:
    return [sum(people), mean_points(people), max((i for i, n in enumerate(people) if n), default=None)]


# -- tasks ---------------------------------------------------------------------------------------------------------


def by_people(rows: Iterable[TaskShares]) -> dict[str, Decimal]:
    """Per cent of the maximum by task of several schools, each weighed by its people; in the order of first appearance."""
    sums: dict[str, tuple[Decimal, int]] = {}
    for row in rows:
        for task, printed in row.tasks.items():
            if printed is None or not row.participants:
                continue
            total, people = sums.get(task, (Decimal(0), 0))
            sums[task] = total + Decimal(str(printed)) * row.participants, people + row.participants
    return {task: total / people for task, (total, people) in sums.items()}


def _tasks(assessment: Assessment, office: Organization, smallest: int) -> Page:
    rows = _rows(TaskShares, assessment, office)
    away = _away(rows, smallest)
    district = by_people(rows)
    beside = references(office, [assessment], "tasks").get(assessment.pk, {})
    heads = (Head("Участников"), *(Head(task, "percent", 10) for task in district))
    groups = []
    if rows:
        people = sum(row.participants or 0 for row in rows)
        groups.append(Line("Округ", _inside(heads) if away.total else [people, *district.values()]))
    for scope, row in ((scope, beside[scope]) for scope in SCOPES if scope in beside):
        groups.append(Line(_named(SCOPES[scope], row), [row.participants, *(row.share(task) for task in district)]))
    lines = [
        Line(
            row.organization.name,
            _inside(heads) if place in away.places else [row.participants, *(_task(row, task) for task in district)],
            row.organization_id,
        )
        for place, row in enumerate(rows)
    ]
    region = beside.get("region") or beside.get("all")
    weak = []
    for task, share in district.items():
        low = [
            row.organization
            for place, row in enumerate(rows)
            if place not in away.places and (own := _task(row, task)) is not None and share - own >= GAP
        ]
        other = region.share(task) if region else None
        if low or (other is not None and other - share >= GAP):
            weak.append(WeakTask(task, share, other, low))
    charts = []
    if rows and not away.total:
        series = [Series("округ", list(district.values()))]
        if region is not None:
            series.append(Series(SCOPES[region.scope].lower(), [region.share(task) for task in district]))
        described = ", ".join(f"{task} — {_words(share)}" for task, share in list(district.items())[:4])
        charts.append(
            grouped(
                f"Выполнение заданий: {assessment.short_name}",
                list(district),
                series,
                description=f"Процент от наибольшего балла: {described}",
                first="Задание",
            )
        )
    return Page(Table(heads, groups, lines) if rows else None, charts, weak=[] if away.total else weak)


def _task(row: TaskShares, task: str) -> Decimal | None:
    printed = row.tasks.get(task)
    return None if printed is None else Decimal(str(printed))
