"""Directions, their chains and values, recommendations to schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitoring.actions import directions as measured
from monitoring.enums import Audience
from monitoring.models import Direction, ValueUpload
from reports.actions import chain as acts
from reports.models import ChainElement

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
    "reports:recommendation_list": "dn",
    "reports:recommendation_read": "dn",
}
LISTS = {
    ("methodist", "reports:direction_list"): 0,
    ("director", "reports:recommendation_list"): 0,
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


def build(world: World) -> None:
    cast = world.cast
    direction = first_direction(cast)
    element = acts.save_indicator(
        by=cast.methodist, direction=direction, fields={"name": "Доля участников", "unit": "%"}, follows=[]
    )
    assert element.indicator is not None
    sent = recommendation(cast, direction)
    upload = ValueUpload.objects.create(direction=direction, name="Показатели.xlsx", created_by=cast.methodist)
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
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    direction = first_direction(cast)
    for index in range(rows):
        recommendation(cast, direction, f"Рекомендация {index}.")
