"""Templates of the usual meetings: a heading and an agenda to start from. Wording is ours and plain."""

from __future__ import annotations

from dataclasses import dataclass

from decisions.enums import DocumentKind


@dataclass(frozen=True)
class MeetingTemplate:
    key: str
    label: str
    kind: DocumentKind
    meeting: str
    agenda: tuple[str, ...] = ()


TEMPLATES = (
    MeetingTemplate(
        "directors",
        "Совещание руководителей школ",
        DocumentKind.PROTOCOL,
        "совещание руководителей общеобразовательных организаций",
        ("Об исполнении решений предыдущего совещания.", "О текущих вопросах."),
    ),
    MeetingTemplate(
        "vpr",
        "Совещание по итогам ВПР",
        DocumentKind.PROTOCOL,
        "совещание по итогам всероссийских проверочных работ",
        ("Об итогах всероссийских проверочных работ.", "О мерах по повышению качества подготовки обучающихся."),
    ),
    MeetingTemplate(
        "low_results",
        "Рабочая группа по ШНОР",
        DocumentKind.PROTOCOL,
        "заседание рабочей группы по работе со школами с низкими образовательными результатами",
        ("О результатах школ.", "О закреплении кураторов и наставников."),
    ),
    MeetingTemplate(
        "interview",
        "Собеседование с руководителем школы",
        DocumentKind.PROTOCOL,
        "собеседование с руководителем общеобразовательной организации",
        ("О качестве подготовки обучающихся.",),
    ),
)


def template_of(key: str) -> MeetingTemplate | None:
    return next((t for t in TEMPLATES if t.key == key), None)
