"""What an office does for all its schools on one page: a new assessment, «не проводилась», sizes of grades; the region beside."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from monitoring.models import Assessment, DataCheck, GradeSize, Holding, Result
from schools.models import AccessLog, Organization, User
from tests.areas.lists import low_school
from tests.areas.looking import assessment, put
from tests.cast import Cast, organization

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


def test_an_assessment_without_a_file_is_entered_and_only_once(cast: Cast, as_user: Login) -> None:
    client, url = as_user(cast.methodist), reverse("monitoring:assessment_create")
    facts = {"procedure": "КР", "school_year": "2025-2026", "subject": "физика", "grade": 8, "title": "Входная работа"}
    assert client.post(url, {**facts, "title": ""}).status_code == 422
    made = client.post(url, facts)
    row = Assessment.objects.get()
    assert made["Location"] == reverse("monitoring:assessment_schools", args=[row.pk])
    assert (str(row), row.authority) == ("Входная работа, Физика, 8 класс, 2025/2026", cast.authority)
    again = client.post(url, facts)
    assert again.status_code == 422 and "Такая работа уже есть" in again.content.decode()
    oge = {"procedure": "ОГЭ", "school_year": "2025/2026", "subject": "Физика", "grade": 9}
    client.post(url, oge)
    assert Assessment.objects.filter(procedure="ОГЭ", grade=0, authority=None).count() == 1
    assert as_user(cast.stranger).get(made["Location"]).status_code == 404


def test_not_held_is_said_for_some_schools_or_for_all_and_taken_back(cast: Cast, as_user: Login) -> None:
    one = assessment()
    put(one, cast.school, (1, 5, 8, 4))
    client, url = as_user(cast.methodist), reverse("monitoring:assessment_schools", args=[one.pk])
    said = {"verb": "not_held", "reason": "Карантин", "school": [cast.neighbour.pk, cast.third.pk]}
    refused = client.post(url, {**said, "school": [cast.school.pk, cast.third.pk]})
    assert refused.status_code == 422 and "уже есть результаты: СОШ № 1" in refused.content.decode()
    assert not Holding.objects.exists(), "всё или ничего"
    client.post(url, {**said, "school": [*said["school"], cast.other_school.pk]})
    assert set(Holding.objects.values_list("organization", flat=True)) == {cast.neighbour.pk, cast.third.pk}
    page = client.get(url).content.decode()
    assert page.count("не проводилась</span>") == 2 and "18\u00a0участников" in page
    client.post(url, {"verb": "held", "school": [cast.third.pk]})
    assert set(Holding.objects.filter(held="not_held").values_list("organization", flat=True)) == {cast.neighbour.pk}
    other = assessment(subject="История")
    client.post(
        reverse("monitoring:assessment_schools", args=[other.pk]),
        {"verb": "not_held", "whole": "on", "reason": "Перенесена"},
    )
    assert Holding.objects.get(assessment=other).organization == cast.authority


def sizes(client: Client, table: str) -> str:
    file = SimpleUploadedFile("Дети.csv", table.encode("cp1251"))
    data = {"school_year": 2026, "file": file}
    return client.post(reverse("monitoring:sizes_import"), data, follow=True).content.decode()


def test_sizes_of_grades_come_from_a_table_all_or_none(cast: Cast, as_user: Login) -> None:
    one = assessment()
    put(one, cast.school, (5, 10, 10, 5))
    client = as_user(cast.methodist)
    wrong = sizes(client, "Школа;4 класс;5 класс\nСОШ № 1;20;двадцать\nСОШ № 77;1;2\nСОШ №2;10;-3\n")
    for words in ("строка 2", "«двадцать»", "школы «СОШ № 77» нет в реестре", "«-3»"):
        assert words in wrong, words
    assert not GradeSize.objects.exists()
    sizes(client, "Школа;4;5\nМБОУ «СОШ № 1»;20;25\nСОШ № 2;;31\nИтого;20;56\n")
    found = {(row.organization.name, row.grade): row.pupils for row in GradeSize.objects.select_related("organization")}
    assert found == {("СОШ № 1", 4): 20, ("СОШ № 1", 5): 25, ("СОШ № 2", 5): 31}
    assert DataCheck.objects.get(kind="too_many").organization == cast.school, "30 участников при 25 обучающихся"
    book = load_workbook(io.BytesIO(client.get(reverse("monitoring:sizes_xlsx"), {"year": 2026}).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert any(row[0] == "СОШ № 1" and row[4:6] == (20, 25) for row in rows)


def test_the_region_sees_how_many_schools_of_each_municipality_and_no_names(cast: Cast, as_user: Login) -> None:
    from monitoring import sums

    sums.forget()
    second = Organization.objects.create(kind="authority", parent=cast.region, name="Отдел образования Второго округа")
    low_school(cast.school)
    low_school(organization(second, "СОШ № 9", type_name="СОШ", number="9"))
    low_school(cast.other_school)
    url = reverse("monitoring:forecast_region")
    response = as_user(cast.observer).get(url)
    assert [(office.name, listed) for office, _, listed, _, _ in response.context["rows"]] == [
        ("Отдел образования Второго округа", 1),
        ("Управление образования Заречного округа", 1),
    ]
    text = response.content.decode()
    assert "СОШ № 1" not in text and "СОШ № 9" not in text and "Дальнего" not in text
    assert AccessLog.objects.filter(user=cast.observer, what="forecast.view").count() == 1
    for who in (cast.methodist, cast.director, cast.admin, cast.curator):
        assert as_user(who).get(url).status_code == 403
    assert Result.objects.count() == 12


def test_the_minimum_of_the_offices_rules_is_used_for_protocols(cast: Cast) -> None:
    from dataclasses import replace
    from decimal import Decimal

    from monitoring.actions.reading import _minimum
    from monitoring.actions.rules import save_rules
    from monitoring.default_rules import DEFAULT

    least = tuple(replace(one, score=Decimal(40)) if one.score else one for one in DEFAULT.ege_minimum)
    changed = replace(DEFAULT, ege_minimum=least)
    save_rules(by=cast.methodist, authority=cast.authority, rules=changed, name="Наши", source="Приказ № 1")
    assert {one.score for one in _minimum(cast.authority)} == {Decimal(40), None}
    assert _minimum(cast.other_authority) == DEFAULT.ege_minimum
