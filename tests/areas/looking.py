"""Looking at results: the heat map, an assessment, a subject, a school's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitoring.actions import uploads
from monitoring.models import Assessment, DataCheck, JournalComparison, PointDistribution, Result, TaskShares
from schools.models import Organization
from tests.monitoring.readings import put as put_file
from tests.monitoring.readings import reading

if TYPE_CHECKING:
    from decisions.models import Document
    from tests.cast import Cast
    from tests.world import World

TABLE = {
    "monitoring:heat_map": "mhos",
    "monitoring:heat_map_xlsx": "mhos",
    "monitoring:subject_detail": "mhos",
    "monitoring:subject_xlsx": "mhos",
    "monitoring:assessment_create": "mhs",
    "monitoring:assessment_schools": "mhs",
    "monitoring:sizes_import": "mhs",
    "monitoring:sizes_xlsx": "mhs",
    "monitoring:assessment_detail": "mhos",
    "monitoring:assessment_xlsx": "mhos",
    "monitoring:assessment_journal": "mhos",
    "monitoring:assessment_journal_xlsx": "mhos",
    "monitoring:assessment_points": "mhos",
    "monitoring:assessment_points_xlsx": "mhos",
    "monitoring:assessment_tasks": "mhos",
    "monitoring:assessment_tasks_xlsx": "mhos",
    "monitoring:import_mapping": "mh",
    "monitoring:result_template": "mhs",
    "monitoring:result_selection": "mh",
    "monitoring:result_edit": "mh",
    "monitoring:result_held": "mh",
    "monitoring:check_list": "mhdnos",
    "monitoring:check_run": "mhs",
    "monitoring:check_answer": "mhd",
    "monitoring:sizes_edit": "mhd",
    "monitoring:markers_edit": "mhs",
    "monitoring:own_results": "dnc",
    "monitoring:school_results": "mhdco",
    "monitoring:school_results_xlsx": "mhdco",
    "monitoring:organization_results": "mhdco",
    "monitoring:school_assessment": "mhdco",
    "monitoring:school_assessment_xlsx": "mhdco",
}
LISTS = {
    ("methodist", "monitoring:heat_map"): 13,
    ("methodist", "monitoring:subject_detail"): 14,
    ("methodist", "monitoring:check_list"): 8,
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
    file = put_file(uploads.begin(by=cast.methodist, authority=cast.authority), reading(), "Таблица.xlsx")
    check = DataCheck.objects.create(
        authority=cast.authority, organization=cast.school, assessment=one, kind="jump", key="jump:0", text="Изменение."
    )
    world.posts["monitoring:result_selection"] = {"organization": cast.school.pk, "assessment": one.pk, "ground": "ВПР"}
    world.ids |= {
        "monitoring:import_mapping": {"pk": file.pk},
        "monitoring:result_": {"pk": cast.school.pk, "assessment_pk": one.pk},
        "monitoring:check_answer": {"pk": check.pk},
        "monitoring:sizes_edit": {"pk": cast.school.pk},
        "monitoring:assessment_": {"pk": one.pk},
        "monitoring:school_assessment": {"pk": cast.school.pk, "assessment_pk": one.pk},
        "monitoring:school_results": {"pk": cast.school.pk},
        "monitoring:organization_results": {"pk": cast.school.pk},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    schools = Organization.objects.filter(authority=cast.authority).schools().order_by("pk")  # type: ignore[attr-defined]
    for number in range(rows):
        DataCheck.objects.create(
            authority=cast.authority, organization=cast.school, kind="jump", key=f"jump:x{number}", text="Изменение."
        )
        one = assessment(school_year=2025 - number % 3, grade=4 + number % 5)
        for school in schools[number : number + 3]:
            if not Result.objects.filter(assessment=one, organization=school).exists():
                put(one, school, (1, 2, 3, 4))
