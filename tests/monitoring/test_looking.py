"""Pages of results: figures by people, schools by name, nothing of another school, exports with real numbers."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from monitoring.models import Holding, ReferenceShare
from schools.models import Selection, User
from tests.areas.looking import assessment, put
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def sheet(client: Client, path: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(client.get(path).content))
    return [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_the_map_names_schools_in_their_order_and_sums_people(cast: Cast, as_user: Login) -> None:
    one = assessment()
    put(one, cast.school, (9, 1, 0, 0))
    put(one, cast.neighbour, (0, 50, 30, 10))
    text = page(as_user(cast.methodist), "/results/")
    body = text[text.index("<tbody>") : text.index("</tbody>")]
    assert body.index("ООШ с. Ключи") < body.index("СОШ № 1") < body.index("СОШ № 2")
    assert "<td class=h4>90" in body and "<td class=nd>нет данных" in body
    assert '<td class="h0">9,0</td>' in text, "девять из ста, а не среднее девяноста и нуля"


def test_not_held_is_told_from_no_data(cast: Cast, as_user: Login) -> None:
    one = assessment()
    put(one, cast.school, (1, 5, 5, 5))
    Holding.objects.create(assessment=one, organization=cast.neighbour, held="not_held")
    text = page(as_user(cast.methodist), "/results/")
    assert "<td class=nh>не пров." in text and "<td class=nd>нет данных" in text


def test_filters_stay_in_the_address_and_rubbish_in_it_is_no_error(cast: Cast, as_user: Login) -> None:
    put(assessment(), cast.school, (1, 5, 5, 5))
    put(assessment(school_year=2025), cast.school, (2, 5, 5, 5))
    client = as_user(cast.methodist)
    assert "2024/2025" in page(client, "/results/?year=2025")
    for query in (
        "year=x&grade=99",
        "group=999999&rural=maybe",
        "threshold=-1&office=0",
        "subject=%3C&procedure=%27",
    ):
        assert page(client, f"/results/?{query}")
        assert page(client, f"/results/subjects/?{query}")


def test_what_leaves_the_office_hides_small_groups_and_what_would_betray_them(cast: Cast, as_user: Login) -> None:
    one = assessment()
    put(one, cast.school, (1, 1, 1, 0))
    put(one, cast.neighbour, (2, 4, 4, 2))
    put(one, cast.third, (5, 20, 20, 10))
    client = as_user(cast.methodist)
    rows = {row[0]: row[1:] for row in sheet(client, "/results/xlsx/?outside=on")}
    assert rows["СОШ № 1"][:2] == ("скрыто", None) and rows["СОШ № 2"][:2] == ("скрыто", None)
    assert rows["ООШ с. Ключи"][1] == 55
    assert rows["Всего по округу"][0] == pytest.approx(8 / 70)
    inside = {row[0]: row[1:] for row in sheet(client, "/results/xlsx/")}
    assert inside["СОШ № 1"][:2] == (pytest.approx(1 / 3), 3)
    for part in ("", "journal/", "points/", "tasks/"):
        shown = {row[0]: row[1] for row in sheet(client, f"/results/assessments/{one.pk}/{part}xlsx/?outside=on")}
        assert (shown["СОШ № 1"], shown["СОШ № 2"], shown["ООШ с. Ключи"]) == ("скрыто", "скрыто", 55)


def test_an_assessment_stands_beside_district_and_region_with_real_numbers_in_excel(cast: Cast, as_user: Login) -> None:
    one = assessment()
    put(one, cast.school, (11, 47, 24, 7))
    shares = {"2": "5.06", "3": "30", "4": "40", "5": "24.94"}
    ReferenceShare.objects.create(assessment=one, scope="region", name="Приозёрская область", shares=shares)
    client = as_user(cast.methodist)
    text = page(client, f"/results/assessments/{one.pk}/")
    assert "Регион: Приозёрская область" in text and "<svg" in text and "Таблица к диаграмме" in text
    rows = {row[0]: row[1:] for row in sheet(client, f"/results/assessments/{one.pk}/xlsx/")}
    assert rows["СОШ № 1"][0] == 89 and rows["СОШ № 1"][5] == pytest.approx(78 / 89)
    assert rows["Регион: Приозёрская область"][1] == pytest.approx(0.0506)


def test_a_share_is_rounded_once_and_is_the_same_on_every_page(cast: Cast, as_user: Login) -> None:
    """2 of 44 are 4,545… %: 4,5 and not 4,55 → 4,6; figures of a column have their commas under each other."""
    one = assessment()
    put(one, cast.school, (2, 18, 16, 8))
    put(one, cast.neighbour, (12, 0, 12, 6))
    client = as_user(cast.methodist)
    for address in ("/results/", f"/results/assessments/{one.pk}/", f"/results/schools/{cast.school.pk}/"):
        text = page(client, address)
        assert "4,5" in text and "4,6" not in text
    assert "40,0\u00a0%" in page(client, f"/results/assessments/{one.pk}/")


def test_a_school_sees_itself_and_no_other(cast: Cast, as_user: Login) -> None:
    one = assessment()
    for school, marks in ((cast.school, (3, 5, 8, 4)), (cast.neighbour, (11, 3, 2, 1)), (cast.third, (1, 9, 9, 9))):
        put(one, school, marks)
    client = as_user(cast.director)
    text = page(client, f"/results/schools/{cast.school.pk}/") + page(
        client, f"/results/schools/{cast.school.pk}/assessments/{one.pk}/"
    )
    assert "СОШ № 2" not in text and "ООШ с. Ключи" not in text
    assert client.get(f"/results/schools/{cast.neighbour.pk}/").status_code == 404
    assert client.get(f"/results/assessments/{one.pk}/").status_code == 403
    assert client.get("/results/own/")["Location"] == f"/results/schools/{cast.school.pk}/"


def test_a_district_of_two_schools_is_not_shown_to_either(cast: Cast, as_user: Login) -> None:
    one = assessment()
    put(one, cast.school, (3, 5, 8, 4))
    put(one, cast.neighbour, (17, 3, 0, 0))
    path = f"/results/schools/{cast.school.pk}/"
    rows = {row[0]: row[1:] for row in sheet(as_user(cast.director), f"{path}xlsx/")}
    assert rows["ВПР, Математика, 5 класс"][:5] == (20, 0.15, "скрыто", None, None)
    assert "скрыто" in page(as_user(cast.director), f"{path}assessments/{one.pk}/")
    office = {row[0]: row[1:] for row in sheet(as_user(cast.methodist), f"{path}xlsx/")}
    assert office["ВПР, Математика, 5 класс"][2] == 0.5
    given = {row[0]: row[1:] for row in sheet(as_user(cast.methodist), f"{path}xlsx/?outside=on")}
    assert given["ВПР, Математика, 5 класс"][2] == "скрыто"


def test_markers_are_for_the_office_and_never_for_the_school(cast: Cast, as_user: Login) -> None:
    one = assessment()
    for school in (cast.school, cast.neighbour, cast.third):
        put(one, school, (9, 1, 1, 1))
    path = f"/results/schools/{cast.school.pk}/assessments/{one.pk}/"
    assert "Очень много пониженных отметок" in page(as_user(cast.methodist), path)
    assert "пониженных отметок" not in page(as_user(cast.director), path)


def test_ticked_schools_go_into_a_decision_with_their_own_figures(cast: Cast, as_user: Login) -> None:
    one = assessment()
    put(one, cast.school, (9, 8, 2, 1))
    put(one, cast.neighbour, (1, 8, 2, 9))
    posted = {
        "organization": [cast.school.pk, cast.other_school.pk],
        "assessment": one.pk,
        "ground": "Низкий результат",
    }
    done = as_user(cast.methodist).post("/results/selection/", posted)
    row = Selection.objects.get()
    assert str(row.pk) in done["Location"] and row.confidential
    [school] = row.rows
    assert school["organization"] == cast.school.pk, "школа другого управления не попадает"
    assert "45" in school["ground"] and "9 из 20" in school["ground"]
    assert as_user(cast.observer).post("/results/selection/", posted).status_code == 403
    assert as_user(cast.director).post("/results/selection/", posted).status_code == 403
    assert as_user(cast.methodist).post("/results/selection/", {}).status_code == 302
