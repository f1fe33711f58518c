"""The cycle in the demo district: a direction whose chain has a gap, a recommendation sent to schools, a note."""

from __future__ import annotations

from decimal import Decimal

from config import clock
from monitoring.actions import directions as measured
from monitoring.enums import Audience, Better, Computed
from reports.actions import chain, notes
from reports.demo.district import District
from reports.demo.results import YEARS
from schools.school_year import school_year_of


def build(made: District) -> None:
    methodist, authority = made.users["metodist"], made.authority
    today = clock.today(authority.zone)
    year = school_year_of(today) + 1
    rows = {one.code: one for one in measured.open_year(by=methodist, authority=authority, school_year=year)}
    direction = rows["1.2"]

    def add(kind: str, text: str, *follows: object, **fields: object) -> object:
        return chain.save_element(
            by=methodist,
            direction=direction,
            kind=kind,
            fields={"text": text, **fields},
            follows=follows,  # type: ignore[arg-type]
        )

    goal = add("goal", "Уменьшить число школ, в которых больше 30 % обучающихся получают «2».")
    curated = chain.save_indicator(
        by=methodist,
        direction=direction,
        fields={
            "name": "Число школ с куратором",
            "formula": "количество школ, у которых есть действующий куратор",
            "unit": "шк.",
            "target": Decimal(3),
            "better": Better.UP,
            "computed": Computed.CURATED,
            "source": "назначения в программе",
        },
        follows=[goal],  # type: ignore[list-item]
    )
    discipline = chain.save_indicator(
        by=methodist,
        direction=direction,
        fields={
            "name": "Исполнительская дисциплина",
            "formula": "Ко = n / N · 100",
            "unit": "%",
            "target": Decimal(90),
            "better": Better.UP,
            "computed": Computed.DISCIPLINE,
            "source": "поручения в программе",
        },
        follows=[goal],  # type: ignore[list-item]
    )
    method = add("method", "Данные программы на конец месяца; школы отдельно не опрашиваются.", curated, discipline)
    monitoring = add("monitoring", "Мониторинг проведён по всем школам округа.", method)
    analysis = add(
        "analysis",
        "Кураторы назначены не всем школам, которым нужна помощь; отчёты запаздывают там, где куратора нет.",
        monitoring,
    )
    heads = add(
        "recommendation",
        "Разработать программу перехода школы в эффективный режим работы и согласовать её с куратором.",
        analysis,
        audience=Audience.HEADS,
    )
    add(
        "recommendation",
        "Организовать индивидуальное сопровождение обучающихся, показывающих низкие результаты.",
        analysis,
        audience=Audience.TEACHERS,
    )
    chain.publish(by=methodist, elements=[heads])  # type: ignore[list-item]
    notes.start_note(
        by=methodist,
        authority=authority,
        school_year=max(YEARS),
        title="О результатах оценочных процедур",
        direction=direction,
    )
