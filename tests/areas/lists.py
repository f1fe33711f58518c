"""Low-result lists: who sees a list, a forecast, a rule, the log; nobody else does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from monitoring.actions import lists
from monitoring.actions.rules import save_rules
from monitoring.default_rules import DEFAULT
from monitoring.enums import ListLevel
from monitoring.models import Assessment, ListUpload, LowResultsEntry, LowResultsList, Result
from schools.actions.selections import select_schools
from schools.audit import seen

if TYPE_CHECKING:
    from decisions.models import Document
    from schools.models import Organization
    from tests.cast import Cast
    from tests.world import World

TABLE = {
    "monitoring:list_list": "mhos",
    "monitoring:forecast_detail": "mhos",
    "monitoring:forecast_region": "",
    "monitoring:forecast_xlsx": "mhos",
    "monitoring:forecast_save": "mhs",
    "monitoring:selection_create": "mh",
    "monitoring:look_list": "h",
    "monitoring:rules_list": "mhos",
    "monitoring:rules_create": "mhs",
    "monitoring:rules_edit": "mh",
    "monitoring:rules_json": "mho",
    "monitoring:received_create": "mhs",
    "monitoring:list_upload": "m",
    "monitoring:list_upload_answer": "m",
    "monitoring:list_upload_load": "m",
    "monitoring:entry_take_out": "mh",
    "monitoring:school_lists": "mhdo",
    # a draft: who watches sees lists from their approval (tests/monitoring/test_lists.py)
    "monitoring:list_detail": "mh",
    "monitoring:list_xlsx": "mh",
    "monitoring:list_compare": "mh",
    "monitoring:entry_put": "mh",
    "monitoring:list_approve": "h",
    "monitoring:list_withdraw": "mh",
    "monitoring:list_recompute": "mh",
    "decisions:selection_clause": "m",
}
LISTS = {
    ("methodist", "monitoring:list_list"): 8,
    ("methodist", "monitoring:forecast_detail"): 13,
    ("methodist", "monitoring:rules_list"): 9,
    ("head", "monitoring:look_list"): 10,
}


def low_school(school: Organization, *, years: tuple[int, ...] = (2025, 2026), low: int = 12) -> None:
    """Two low procedures in each year: 12 of 30 have «2»."""
    for year in years:
        for subject in ("Русский язык", "Математика"):
            assessment, _ = Assessment.objects.get_or_create(
                procedure="ВПР", school_year=year, subject=subject, grade=5
            )
            Result.objects.create(
                assessment=assessment,
                organization=school,
                authority=school.authority,
                participants=30,
                n2=low,
                n3=30 - low,
                n4=0,
                n5=0,
            )


def received_list(cast: Cast, school: Organization, *, year: int = 2026) -> LowResultsList:
    row = lists.start_received(
        by=cast.methodist,
        authority=school.authority,
        school_year=year,
        level=ListLevel.REGIONAL,
        letter="Письмо министерства № 01-17/55",
        letter_date=dt.date(2026, 9, 20),
    )
    lists.put_school(
        by=cast.methodist,
        listing=row,
        organization=school,
        words={"cluster_code": "2", "cluster_name": "Умеренно неуспевающие"},
    )
    return row


def build(world: World) -> None:
    cast = world.cast
    low_school(cast.school)
    row = received_list(cast, cast.school)
    rules = save_rules(by=cast.methodist, authority=cast.authority, rules=DEFAULT, name="Наши", source="Приказ № 1")
    upload = ListUpload.objects.create(
        office=cast.authority,
        created_by=cast.methodist,
        name="Перечень.xlsx",
        sha256="0" * 64,
        about={"school_year": 2026, "level": "regional", "letter": "Письмо № 1", "letter_date": None},
    )
    selection = select_schools(
        by=cast.methodist, authority=cast.authority, grounds=[(cast.school, "12 из 30")], confidential=True
    )
    pk = lambda row: {"pk": row.pk}  # noqa: E731
    world.ids |= {
        "monitoring:list_": pk(row),
        "monitoring:list_upload": pk(upload),
        "monitoring:entry_put": pk(row),
        "monitoring:entry_take_out": pk(LowResultsEntry.objects.get(listing=row)),
        "monitoring:rules_": pk(rules),
        "monitoring:school_lists": pk(cast.school),
        "decisions:selection_clause": pk(selection),
    }
    world.posts |= {
        "monitoring:selection_create": {"list": row.pk, "school": cast.school.pk},
        "monitoring:entry_put": {"organization": cast.neighbour.pk},
        "monitoring:list_upload_answer": {"verb": "rest"},
        "monitoring:entry_take_out": {"reason": "Ошибка"},
        "monitoring:list_withdraw": {"reason": "Ошибка"},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    from schools.models import Organization

    low_school(cast.school)
    for index in range(rows):
        LowResultsList.objects.create(
            authority=cast.authority,
            kind="received",
            school_year=2026,
            letter=f"Письмо № {index}",
            created_by=cast.methodist,
        )
        save_rules(by=cast.methodist, authority=cast.authority, rules=DEFAULT, name=f"Набор {index}", source="Приказ")
        seen(by=cast.head, what="list.view", authority=cast.authority, title="перечень")
    for school in Organization.objects.filter(authority=cast.authority, kind="school").exclude(pk=cast.school.pk):
        low_school(school, years=(2026,))
        low_school(school, years=(2025,), low=8 if school.pk % 2 else 12)
