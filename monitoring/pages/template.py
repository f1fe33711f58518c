"""Our own table to fill: schools of the office with their codes, empty marks, and a sheet of valid names. It reads back by itself."""

from __future__ import annotations

from config.sheets import Column, Sheet
from schools.models import Organization, OrganizationCode

HEADS = ("«2»", "«3»", "«4»", "«5»")


def sheets_for(office: Organization, procedure: str, school_year: str, subject: str, grade: str) -> list[Sheet]:
    """A table of marks under a title that says what it is about, and the schools that may stand in it."""
    schools = list(Organization.objects.below(office).schools().order_by("sort_key", "pk"))
    codes: dict[int, dict[str, str]] = {}
    for one in OrganizationCode.objects.filter(organization__in=schools):
        codes.setdefault(one.organization_id, {})[one.system] = one.code
    words = {"КР": "Контрольная работа"}.get(procedure, procedure)
    title = (
        f"{words}, {subject}, {grade} класс, {school_year} учебный год"
        if grade
        else f"{words}, {subject}, {school_year} учебный год"
    )
    columns = [
        Column("Школа", 44),
        Column("Писали работу", 14, "whole"),
        *(Column(f"Отметка {head}", 12, "whole") for head in HEADS),
    ]
    rows = [[row.name, None, None, None, None, None] for row in schools]
    known = [
        [row.name, row.full_name, codes.get(row.pk, {}).get("fisoko", ""), codes.get(row.pk, {}).get("rcoi", "")]
        for row in schools
    ]
    return [
        Sheet("Результаты", columns, rows, notes=[title]),
        Sheet(
            "Школы",
            [
                Column("Название", 44),
                Column("Полное название", 70),
                Column("Логин ФИС ОКО", 18),
                Column("Код РЦОИ", 14),
            ],
            known,
            notes=["Справочник: менять не нужно"],
        ),
    ]
