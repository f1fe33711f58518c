"""Directions, their chains and values, recommendations to schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitoring.actions import directions as measured
from monitoring.enums import Audience
from monitoring.models import Direction, ValueUpload
from reports.actions import chain as acts
from reports.actions import notes
from reports.models import ChainElement, PaperJob

if TYPE_CHECKING:
    from decisions.models import Document
    from tests.cast import Cast
    from tests.world import World

TABLE = {
    "reports:direction_list": "mhos",
    "reports:direction_open": "mhs",
    "reports:direction_protocol": "mhs",
    "reports:direction_detail": "mho",
    "reports:direction_edit": "mh",
    "reports:direction_compute": "mh",
    "reports:direction_publish": "mh",
    "reports:element_create": "mh",
    "reports:element_edit": "mh",
    "reports:element_delete": "mh",
    "reports:element_readers": "mho",
    "reports:indicator_values": "mho",
    "reports:values_blank": "mh",
    "reports:values_upload": "mh",
    "reports:values_check": "mh",
    "reports:note_list": "mhos",
    "reports:note_create": "mhs",
    # a draft: who watches sees notes from their approval (tests/reports/test_notes.py)
    "reports:note_detail": "mh",
    "reports:note_recalculate": "mh",
    "reports:note_approve": "h",
    "reports:note_decision": "mh",
    "reports:note_pdf": "mh",
    "reports:note_selection": "mh",
    "reports:note_docx": "mh",
    "reports:section_save": "mh",
    "reports:section_redraft": "mh",
    "reports:job_list": "mhdncos",
    "reports:job_detail": "m",
    "reports:job_file": "m",
    "reports:excerpts_start": "mho",
    "reports:execution_start": "mho",
    "reports:passport_start": "mhdco",
    "reports:passport_card": "mhdco",
    "reports:recommendation_list": "dn",
    "reports:recommendation_read": "dn",
}
LISTS = {
    ("methodist", "reports:note_list"): 8,
    ("methodist", "reports:job_list"): 8,
    ("methodist", "reports:direction_list"): 9,
    ("director", "reports:recommendation_list"): 8,
}
YEAR = 2026


def first_direction(cast: Cast) -> Direction:
    return measured.open_year(by=cast.methodist, authority=cast.authority, school_year=YEAR)[0]


def recommendation(cast: Cast, direction: Direction, text: str = "Провести занятия.") -> ChainElement:
    """One to the heads of all schools, sent."""
    one = acts.save_element(
        by=cast.methodist,
        direction=direction,
        kind="recommendation",
        fields={"text": text, "audience": Audience.HEADS},
        follows=[],
    )
    acts.publish(by=cast.methodist, elements=[one])
    return one


def waiting_job(cast: Cast) -> PaperJob:
    return PaperJob.objects.create(
        authority=cast.authority, owner=cast.methodist, kind="passport", title="Паспорт", params={}
    )


def build(world: World) -> None:
    from tests.world import stored

    cast = world.cast
    direction = first_direction(cast)
    element = acts.save_indicator(
        by=cast.methodist, direction=direction, fields={"name": "Доля участников", "unit": "%"}, follows=[]
    )
    assert element.indicator is not None
    sent = recommendation(cast, direction)
    upload = ValueUpload.objects.create(direction=direction, name="Показатели.xlsx", created_by=cast.methodist)
    note = notes.start_note(
        by=cast.methodist, authority=cast.authority, school_year=YEAR, title="О результатах", direction=direction
    )
    section = note.sections.get(kind="basis")
    job = waiting_job(cast)
    PaperJob.objects.filter(pk=job.pk).update(result=stored(cast, "Паспорт.txt"), state="done")
    world.posts |= {"reports:section_save": {"text": "Основание.", "version": 1}}
    pk = lambda row: {"pk": row.pk}  # noqa: E731
    world.ids |= {
        "reports:direction_": pk(direction),
        "reports:element_create": pk(direction),
        "reports:element_": pk(element),
        "reports:element_readers": pk(sent),
        "reports:indicator_": pk(element.indicator),
        "reports:values_": pk(direction),
        "reports:values_check": pk(upload),
        "reports:recommendation_": pk(sent),
        "reports:note_": pk(note),
        "reports:section_": pk(section),
        "reports:job_": pk(job),
        "reports:excerpts_start": pk(world.document),
        "reports:execution_start": pk(world.document),
        "reports:passport_": pk(cast.school),
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    direction = first_direction(cast)
    for index in range(rows):
        notes.start_note(by=cast.methodist, authority=cast.authority, school_year=YEAR, title=f"Справка {index}")
        waiting_job(cast)
        recommendation(cast, direction, f"Рекомендация {index}.")
