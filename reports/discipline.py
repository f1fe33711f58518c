"""Execution discipline of an office for a period as tables: the whole, each school by name, each document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from config import sheets
from config.sheets import Column
from decisions.discipline import Period, Tally, tallies
from decisions.models import Document
from decisions.standing import works_for
from schools.models import Organization

FORMULA = "Ко = n / N · 100, где N — поручения со сроком в периоде, n — из них исполненные до конца периода."
RULES = (
    "День ответа, а не день его проверки, решает, исполнено ли в срок; ответы на проверке считаются исполненными, пока не возвращены.",
    "В N не входят: рекомендации, «постоянно», поручения без срока и без отчёта, отменённые и снятые без исполнения, "
    "не относящиеся к школе, срок которых ещё не наступил, перенесённые за пределы периода.",
)
HEADS = ("План (N)", "В срок", "С нарушением", "Не исполнено", "Продлено", "Ко, %", "В срок, %")
APART = (
    "На проверке",
    "Исполнено позже",
    "Срок впереди",
    "Перенесено",
    "Долг прошлых периодов",
    "Рекомендовано",
    "из них исполнено",
    "Постоянно",
    "из них отчитались",
)


@dataclass(frozen=True)
class Line:
    name: str
    tally: Tally
    pk: int = 0

    @property
    def figures(self) -> tuple[int | Decimal | None, ...]:
        """In the order of `HEADS`."""
        one = self.tally
        return (
            one.planned,
            one.in_time,
            one.late,
            one.not_done,
            one.extended,
            one.rate,
            one.in_time_rate,
        )

    @property
    def apart(self) -> tuple[int, ...]:
        """In the order of `APART`."""
        one = self.tally
        return (
            one.on_check,
            one.later,
            one.ahead,
            one.moved,
            one.carried,
            one.recommended,
            one.recommended_done,
            one.standing,
            one.standing_done,
        )


@dataclass(frozen=True)
class Discipline:
    period: Period
    today: dt.date
    whole: Tally
    schools: list[Line]
    documents: list[Line]
    single: bool

    @property
    def title(self) -> str:
        return f"Исполнительская дисциплина за {self.period.start:%d.%m.%Y} — {self.period.end:%d.%m.%Y}"

    @property
    def whole_line(self) -> Line:
        return Line("Всего", self.whole)


def discipline_of(offices: Collection[Organization], period: Period, today: dt.date) -> Discipline:
    """Three questions to the database whatever the number of tasks; of several offices a line is an office."""
    ids = [one.pk for one in offices]
    single = len(ids) == 1
    works = list(works_for(ids, period))
    by_school = tallies(works, period, today, by=lambda one: one.organization)
    by_document = tallies(works, period, today, by=lambda one: one.document)
    whole = tallies(works, period, today, by=lambda one: 0).get(0, Tally())
    papers = Document.objects.filter(pk__in=by_document).select_related("authority").defer("source_text", "reading")
    documents = [
        Line(row.short_title if single else f"{row.short_title}, {row.authority}", by_document[row.pk], row.pk)
        for row in papers.order_by("-date", "-pk")
    ]
    if single:
        names = Organization.objects.filter(pk__in=by_school).order_by("sort_key", "pk").values_list("pk", "name")
        schools = [Line(name, by_school[pk], pk) for pk, name in names]
    else:
        owner = {row.pk: row.authority_id for row in papers}
        by_office = tallies(works, period, today, by=lambda one: owner.get(one.document, 0))
        schools = [Line(one.name, by_office[one.pk], one.pk) for one in offices if one.pk in by_office]
    return Discipline(period, today, whole, schools, documents, single)


def workbook_of(found: Discipline) -> bytes:
    notes = (found.title, f"Составлено {found.today:%d.%m.%Y}. {FORMULA}", *RULES)
    kinds: list[sheets.Kind] = ["whole"] * 5 + ["percent"] * 2 + ["whole"] * len(APART)

    def sheet(title: str, first: str, lines: list[Line]) -> sheets.Sheet:
        columns = [
            Column(first, 40),
            *(Column(head, 13, kind) for head, kind in zip((*HEADS, *APART), kinds, strict=True)),
        ]
        rows = [_cells(line) for line in lines]
        return sheets.Sheet(title, columns, rows, total=_cells(found.whole_line), notes=notes)

    return sheets.workbook(
        [
            sheet("По школам" if found.single else "По органам", "Организация", found.schools),
            sheet("По документам", "Документ", found.documents),
        ]
    )


def _cells(line: Line) -> list[object]:
    figures = [None if one is None else one / 100 if isinstance(one, Decimal) else one for one in line.figures]
    return [line.name, *figures, *line.apart]
