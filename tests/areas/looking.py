"""Looking at results: the heat map, an assessment, a subject, a school's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitoring.models import Assessment, JournalComparison, PointDistribution, Result, TaskShares
from schools.models import Organization

if TYPE_CHECKING:
    from decisions.models import Document
    from tests.cast import Cast
    from tests.world import World

TABLE = {
    "monitoring:heat_map": "mhos",
    "monitoring:heat_map_xlsx": "mhos",
    "monitoring:subject_detail": "mhos",
    "monitoring:subject_xlsx": "mhos",
    "monitoring:assessment_detail": "mhos",
    "monitoring:assessment_xlsx": "mhos",
    "monitoring:assessment_journal": "mhos",
    "monitoring:assessment_journal_xlsx": "mhos",
    "monitoring:assessment_points": "mhos",
    "monitoring:assessment_points_xlsx": "mhos",
    "monitoring:assessment_tasks": "mhos",
    "monitoring:assessment_tasks_xlsx": "mhos",
    "monitoring:own_results": "dnc",
    "monitoring:school_results": "mhdco",
    "monitoring:school_results_xlsx": "mhdco",
    "monitoring:organization_results": "mhdco",
    "monitoring:school_assessment": "mhdco",
    "monitoring:school_assessment_xlsx": "mhdco",
}
LISTS = {
    ("methodist", "monitoring:heat_map"): 14,
    ("methodist", "monitoring:subject_detail"): 15,
}


def assessment(**more: object) -> Assessment:
    facts: dict[str, object] = {"procedure": "ВПР", "school_year": 2026, "subject": "Математика", "grade": 5}
    return Assessment.objects.get_or_create(**facts | more)[0]


def put(one: Assessment, school: Organization, marks: tuple[int, int, int, int]) -> None:
    """All facets of a school in an assessment."""
    here = {"assessment": one, "organization": school, "authority": school.authority, "participants": sum(marks)}
    Result(**here, source="hand", **dict(zip(("n2", "n3", "n4", "n5"), marks, strict=True))).save()
    JournalComparison.objects.create(**here, lowered=marks[0], confirmed=sum(marks) - marks[0], raised=0)
    PointDistribution.objects.create(**here, people=[*marks])
    TaskShares.objects.create(**here, tasks={"1": "61.4", "2": "40"})


def build(world: World) -> None:
    cast = world.cast
    one = assessment(subject="История", grade=7)
    put(one, cast.school, (3, 5, 8, 4))
    put(one, cast.neighbour, (1, 6, 8, 4))
    world.ids |= {
        "monitoring:assessment_": {"pk": one.pk},
        "monitoring:school_assessment": {"pk": cast.school.pk, "assessment_pk": one.pk},
        "monitoring:school_results": {"pk": cast.school.pk},
        "monitoring:organization_results": {"pk": cast.school.pk},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    schools = Organization.objects.filter(authority=cast.authority).schools().order_by("pk")  # type: ignore[attr-defined]
    for number in range(rows):
        one = assessment(school_year=2025 - number % 3, grade=4 + number % 5)
        for school in schools[number : number + 3]:
            if not Result.objects.filter(assessment=one, organization=school).exists():
                put(one, school, (1, 2, 3, 4))
