"""What pages of results can be narrowed by (django-filter): assessments of a year, schools of an office. It stays in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from config import clock
from monitoring.enums import Procedure
from monitoring.models import Assessment
from schools.models import Organization, SchoolGroup


class AssessmentFilter(django_filters.FilterSet):
    """`school_year` is the year it ends in; without one the newest with results is taken by the page."""

    year = django_filters.ChoiceFilter(label="Учебный год", field_name="school_year", empty_label=None)
    procedure = django_filters.ChoiceFilter(label="Процедура", choices=Procedure.choices, empty_label="все")
    subject = django_filters.ChoiceFilter(label="Предмет", empty_label="все предметы")
    grade = django_filters.ChoiceFilter(
        label="Класс", choices=[(str(n), f"{n} класс") for n in range(4, 12)], empty_label="все классы"
    )

    class Meta:
        model = Assessment
        fields = ("year", "procedure", "subject", "grade")

    def __init__(self, *args: Any, years: list[int], subjects: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(str(year), f"{year - 1}/{year}") for year in years]
        self.filters["subject"].extra["choices"] = [(one, one) for one in subjects]


class SchoolFilter(django_filters.FilterSet):
    """Schools of the office. Confidential groups are not offered: choosing one would show a low-result list without its log."""

    group = django_filters.ModelChoiceFilter(
        label="Группа школ", queryset=SchoolGroup.objects.none(), method="by_group", empty_label="все школы"
    )
    type = django_filters.ChoiceFilter(label="Тип школы", field_name="type_name", empty_label="все типы")
    rural = django_filters.ChoiceFilter(
        label="Где",
        field_name="school__rural",
        choices=[("true", "сельские"), ("false", "городские")],
        method="by_place",
        empty_label="везде",
    )

    class Meta:
        model = Organization
        fields = ("group", "type", "rural")

    def __init__(self, *args: Any, office: Organization, types: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["group"].queryset = SchoolGroup.objects.filter(authority=office, confidential=False)
        self.filters["type"].extra["choices"] = [(one, one) for one in types]

    def by_group(self, rows: Any, name: str, value: SchoolGroup) -> Any:
        return rows.filter(pk__in=value.organizations_on(clock.today()).values("pk"))

    def by_place(self, rows: QuerySet[Any], name: str, value: str) -> Any:
        return rows.filter(school__rural=value == "true")
