"""Directions of a year: values, gaps found and closed, recommendations read, the protocol with numbered annexes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config import sheets
from decisions.enums import Nature
from decisions.models import Document
from monitoring.actions import directions as measured
from monitoring.enums import Audience
from monitoring.models import Assessment, Direction, IndicatorValue, Result, ValueUpload
from reports.actions import chain as acts
from reports.actions.protocols import draft_protocol
from reports.models import Acknowledgement, ChainElement
from reports.paper.build import paper_of
from schools.enums import OrganizationKind
from schools.errors import Refused
from schools.models import Organization, User
from schools.search import sort_key
from tests.cast import Cast

YEAR = 2026
Login = Callable[[User], Client]


@pytest.fixture
def eight(cast: Cast) -> list[Direction]:
    return measured.open_year(by=cast.methodist, authority=cast.authority, school_year=YEAR)


def add(cast: Cast, direction: Direction, kind: str, *follows: ChainElement, **fields: object) -> ChainElement:
    said = {"text": f"Текст: {kind}."} | fields
    return acts.save_element(by=cast.methodist, direction=direction, kind=kind, fields=said, follows=follows)


def indicator(cast: Cast, direction: Direction, *follows: ChainElement, **fields: object) -> ChainElement:
    said = {"name": "Доля «2»", "unit": "%", "better": "down"} | fields
    return acts.save_indicator(by=cast.methodist, direction=direction, fields=said, follows=follows)


def words(direction: Direction) -> list[str]:
    rows = acts.elements_of([direction])[direction.pk]
    return [gap.words for gap in acts.gaps_of(rows, acts.measured_of([direction]))]


def marks(cast: Cast, school: object, counts: tuple[int, int, int, int], subject: str = "Математика") -> None:
    assessment, _ = Assessment.objects.get_or_create(procedure="ВПР", school_year=YEAR, subject=subject, grade=5)
    n2, n3, n4, n5 = counts
    Result.objects.create(
        assessment=assessment,
        organization=school,
        authority=cast.authority,
        participants=sum(counts),
        n2=n2,
        n3=n3,
        n4=n4,
        n5=n5,
    )


def test_a_year_opens_with_eight_directions_and_keeps_last_years_names(cast: Cast, eight: list[Direction]) -> None:
    assert [one.code for one in eight] == ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4"]
    measured.rename(by=cast.methodist, direction=eight[0], name="Система оценки качества подготовки")
    following = measured.open_year(by=cast.methodist, authority=cast.authority, school_year=YEAR + 1)
    assert following[0].name == "Система оценки качества подготовки"
    measured.open_year(by=cast.methodist, authority=cast.authority, school_year=YEAR)
    assert Direction.objects.filter(authority=cast.authority, school_year=YEAR).count() == 8


def test_the_region_begins_with_an_office_that_has_directions_and_can_choose_another(
    cast: Cast, eight: list[Direction], as_user: Login
) -> None:
    name = "Администрация Ближнего района"
    earlier = Organization.objects.create(
        kind=OrganizationKind.AUTHORITY, parent=cast.region, name=name, sort_key=sort_key(name)
    )
    client, first = as_user(cast.observer), eight[0].name
    begun = client.get("/directions/?year=2026").content.decode()
    assert first in begun and name in begun
    other = client.get(f"/directions/?year=2026&office={earlier.pk}").content.decode()
    assert first not in other and "Выберите другой год или другой орган" in other


def test_the_share_of_twos_is_of_people_and_not_the_mean_of_schools(cast: Cast, eight: list[Direction]) -> None:
    marks(cast, cast.school, (1, 3, 3, 3))
    marks(cast, cast.neighbour, (45, 15, 15, 15))
    one = indicator(cast, eight[0], computed="low")
    values = {value.organization_id: value.value for value in one.indicator.values.all()}
    assert values == {
        cast.authority.pk: Decimal("46.00"),
        cast.school.pk: Decimal("10.00"),
        cast.neighbour.pk: Decimal("50.00"),
    }


def test_computed_values_follow_the_data_and_go_with_them(cast: Cast, eight: list[Direction]) -> None:
    marks(cast, cast.school, (1, 3, 3, 3))
    one = indicator(cast, eight[0], computed="low")
    Result.objects.all().delete()
    acts.compute(by=cast.methodist, direction=eight[0])
    assert not IndicatorValue.objects.filter(indicator=one.indicator).exists()


def test_schools_with_a_curator_are_counted(cast: Cast, eight: list[Direction]) -> None:
    one = indicator(cast, eight[1], name="Школ с куратором", unit="шк.", computed="curated", better="up")
    values = {value.organization_id: value.value for value in one.indicator.values.all()}
    assert values[cast.authority.pk] == 1
    assert values[cast.school.pk] == 1
    assert values[cast.neighbour.pk] == 0


def test_a_gap_is_found_told_and_closed(cast: Cast, eight: list[Direction]) -> None:
    direction = eight[0]
    assert words(direction) == ["по направлению не названа цель"]
    goal = add(cast, direction, "goal")
    first = indicator(cast, direction, goal)
    assert words(direction) == [
        "показатель 1.1.1 не измерен",
        "показатель 1.1.1 — не указан метод сбора",
    ]
    measured.set_values(
        by=cast.methodist,
        indicator=first.indicator,
        values={cast.authority.pk: (Decimal(12), None)},
        source="hand",
        day=dt.date(2026, 3, 1),
    )
    method = add(cast, direction, "method", first)
    monitoring = add(cast, direction, "monitoring", method)
    assert words(direction) == ["показатель 1.1.1 не проанализирован"]
    analysis = add(cast, direction, "analysis", monitoring)
    advice = add(cast, direction, "recommendation", analysis, audience=Audience.HEADS, text="Провести занятия.")
    assert words(direction) == ["рекомендация «Провести занятия.» без меры"]
    measure = add(cast, direction, "measure", advice)
    decision = add(cast, direction, "decision", measure)
    assert words(direction) == [
        "решение «Текст: decision.» не связано с документом",
        "решение «Текст: decision.» — эффект не оценён",
    ]
    acts.save_element(
        by=cast.methodist,
        direction=direction,
        kind="decision",
        fields={"evidence": "приказ № 5"},
        follows=[measure],
        element=decision,
        version=1,
    )
    add(cast, direction, "effect", decision)
    assert words(direction) == []


def test_a_goal_does_not_follow_from_its_own_indicator_but_follows_from_last_years_effect(
    cast: Cast, eight: list[Direction]
) -> None:
    first = indicator(cast, eight[0])
    with pytest.raises(Refused, match="не может следовать"):
        add(cast, eight[0], "goal", first)
    effect = add(cast, eight[0], "effect")
    following = measured.open_year(by=cast.methodist, authority=cast.authority, school_year=YEAR + 1)[0]
    goal = add(cast, following, "goal", effect)
    assert list(goal.follows.all()) == [effect]


def test_two_people_do_not_overwrite_one_element(cast: Cast, eight: list[Direction]) -> None:
    goal = add(cast, eight[0], "goal")
    say = {"by": cast.methodist, "direction": eight[0], "kind": "goal", "follows": [], "element": goal}
    acts.save_element(**say, fields={"text": "Первый."}, version=1)
    with pytest.raises(Refused, match="другой сотрудник"):
        acts.save_element(**say, fields={"text": "Второй."}, version=1)
    goal.refresh_from_db()
    assert goal.text == "Первый."


def test_a_recommendation_reaches_those_it_is_for_once_it_is_sent(
    cast: Cast, eight: list[Direction], as_user: Login
) -> None:
    to_all = add(
        cast, eight[0], "recommendation", audience=Audience.TEACHERS, text="Вести индивидуальное сопровождение."
    )
    to_one = add(
        cast,
        eight[0],
        "recommendation",
        audience=Audience.SCHOOL,
        organization=cast.neighbour,
        text="Принять программу.",
    )
    director, neighbour = as_user(cast.director), as_user(cast.neighbour_director)
    assert "сопровождение" not in director.get("/recommendations/").content.decode()
    acts.publish(by=cast.methodist, elements=[to_all, to_one])
    assert "сопровождение" in director.get("/recommendations/").content.decode()
    assert "Принять программу" not in director.get("/recommendations/").content.decode()
    assert "Принять программу" in neighbour.get("/recommendations/").content.decode()
    assert director.post(f"/recommendations/{to_one.pk}/read/").status_code == 404
    for _ in range(2):
        assert director.post(f"/recommendations/{to_all.pk}/read/").status_code == 302
    assert Acknowledgement.objects.filter(element=to_all).count() == 1
    page = as_user(cast.methodist).get(f"/directions/elements/{to_all.pk}/readers/").content.decode()
    assert "Ознакомлены 1 из 3" in page
    with pytest.raises(Refused, match="уже направлена"):
        acts.delete_element(by=cast.methodist, element=ChainElement.objects.get(pk=to_all.pk))


def test_the_protocol_numbers_annexes_from_the_model(cast: Cast, eight: list[Direction]) -> None:
    goal = add(cast, eight[1], "goal", text="Снизить долю школ с низкими результатами")
    first = indicator(cast, eight[1], goal, name="Школ с куратором", unit="шк.", better="up", target=Decimal(3))
    measured.set_values(
        by=cast.methodist,
        indicator=first.indicator,
        values={cast.authority.pk: (Decimal(2), None), cast.school.pk: (Decimal("17.25"), None)},
        source="hand",
        day=dt.date(2026, 3, 1),
    )
    add(cast, eight[1], "recommendation", audience=Audience.HEADS, text="разработать программу,")
    add(cast, eight[1], "recommendation", audience=Audience.TEACHERS, text="вести сопровождение")
    document = draft_protocol(by=cast.methodist, authority=cast.authority, directions=eight)
    first_points = [one.text for one in document.ordered_clauses().filter(parent__number="1")]
    second_points = [one.text for one in document.ordered_clauses().filter(parent__number="2")]
    assert first_points[0] == f"«{eight[0].name}» (Приложение 1);"
    assert first_points[7] == f"«{eight[7].name}» (Приложение 8)."
    assert second_points[0] == f"«{eight[0].name}» (Приложение 9);"
    assert second_points[7] == f"«{eight[7].name}» (Приложение 16)."
    assert set(document.clauses.values_list("nature", flat=True)) == {Nature.STATES}
    annexes = paper_of(Document.objects.get(pk=document.pk)).annexes
    assert len(annexes) == 16
    assert [one.mark.split("\n")[0] for one in annexes][::15] == ["Приложение № 1", "Приложение № 16"]
    results = [line.text for section in annexes[1].sections for line in section.lines]
    assert "Снизить долю школ с низкими результатами." in results
    assert "1.2.1 Школ с куратором: 2\u00a0шк. при целевом значении 3\u00a0шк., не достигнуто." in results
    assert not any("17,25" in line for line in results), "values of single schools do not leave"
    advice = [line.text for section in annexes[9].sections for line in section.lines]
    assert advice == [
        "Рекомендации для педагогов:",
        "вести сопровождение.",
        "Рекомендации для руководящего состава:",
        "разработать программу.",
    ]


def test_values_come_from_the_filled_blank_in_two_steps(cast: Cast, eight: list[Direction], as_user: Login) -> None:
    one = indicator(cast, eight[0], name="Доля", unit="%")
    client = as_user(cast.methodist)
    blank = client.get(f"/directions/{eight[0].pk}/values.xlsx")
    assert blank.status_code == 200
    filled = sheets.workbook(
        [
            sheets.Sheet(
                "Лист",
                [sheets.Column("Организация"), sheets.Column("1.1.1 Доля", kind="number")],
                [
                    ["Муниципалитет", Decimal("12.5")],
                    ["МБОУ СОШ № 1", "41,25 %"],
                    ["СОШ № 2", "много"],
                    ["Школа Хогвартс", 3],
                ],
            )
        ]
    )
    upload = SimpleUploadedFile("Показатели.xlsx", filled)
    answer = client.post(f"/directions/{eight[0].pk}/values/upload/", {"file": upload})
    assert answer.status_code == 302
    assert not IndicatorValue.objects.exists(), "nothing is written by the first step"
    row = ValueUpload.objects.get()
    page = client.get(answer.url).content.decode()
    assert "«много» — не число" in page
    assert "Школа Хогвартс" in page
    client.post(answer.url)
    values = dict(IndicatorValue.objects.filter(indicator=one.indicator).values_list("organization_id", "value"))
    assert values == {cast.authority.pk: Decimal("12.50"), cast.school.pk: Decimal("41.25")}
    with pytest.raises(Refused, match="уже загружен"):
        measured.apply_values(by=cast.methodist, upload=row, day=dt.date(2026, 3, 1))


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"PK\x03\x04garbage"), ("b.csv", "Школа;Число\nСОШ № 1;5".encode()), ("c.txt", b"\x00\xff\x00")],
)
def test_a_wrong_file_is_told_and_nothing_breaks(
    cast: Cast, eight: list[Direction], as_user: Login, name: str, content: bytes
) -> None:
    indicator(cast, eight[0])
    answer = as_user(cast.methodist).post(
        f"/directions/{eight[0].pk}/values/upload/", {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 422


def test_values_typed_in_the_table_are_kept_when_one_is_wrong(
    cast: Cast, eight: list[Direction], as_user: Login
) -> None:
    one = indicator(cast, eight[0])
    client = as_user(cast.methodist)
    url = f"/directions/indicators/{one.indicator.pk}/values/"
    answer = client.post(url, {f"v{cast.authority.pk}": "12,5", f"v{cast.school.pk}": "сорок"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="12,5"' in page and 'value="сорок"' in page and "не число" in page
    assert client.post(url, {f"v{cast.authority.pk}": "12,5", f"v{cast.school.pk}": ""}).status_code == 302
    assert IndicatorValue.objects.get().value == Decimal("12.50")
