"""Low-result lists through actions and pages: drafts, approving, episodes, confidentiality, «в решение»."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from decisions.models import Clause, ClauseGround, Document
from monitoring import sums
from monitoring.actions import lists
from monitoring.actions.rules import default_rule_set, save_rules
from monitoring.default_rules import DEFAULT
from monitoring.forecast import rules_in_force
from monitoring.models import DataLock, ListUpload, LowResultsEpisode, LowResultsList, Result, RuleSet
from schools.errors import Refused
from schools.models import AccessLog, Selection, User
from tests.areas.lists import low_school, received_list
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    sums.forget()


def drafted(cast: Cast) -> LowResultsList:
    low_school(cast.school)
    rules = default_rule_set(by=cast.methodist, authority=cast.authority)
    return lists.save_forecast(by=cast.methodist, authority=cast.authority, rule_set=rules, school_year=2026)


def test_a_draft_holds_the_schools_with_their_figures_and_approving_freezes_them(cast: Cast) -> None:
    row = lists.approve(by=cast.head, listing=drafted(cast))
    entry = row.entries.get()
    assert entry.organization == cast.school and len(entry.reasons) == 4
    assert entry.reasons[0]["low"] == 12 and entry.reasons[0]["share"] == "40.00"
    assert row.group and row.group.confidential
    assert [one.organization for one in row.group.members.all()] == [cast.school]
    assert set(DataLock.objects.values_list("school_year", flat=True)) == {2025, 2026}
    Result.objects.filter(organization=cast.school).update(n2=0, n3=30, low=0)
    entry.refresh_from_db()
    assert entry.reasons[0]["low"] == 12
    for act in (
        lambda: lists.approve(by=cast.head, listing=row),
        lambda: lists.withdraw(by=cast.head, listing=row, reason="Ошибка"),
        lambda: lists.take_out(by=cast.head, entry=entry, reason="Ошибка"),
        lambda: lists.recompute(by=cast.head, listing=row),
    ):
        with pytest.raises(Refused, match="утверждён"):
            act()


def test_a_draft_computed_from_older_figures_is_not_approved_unseen(cast: Cast) -> None:
    row = drafted(cast)
    low_school(cast.neighbour)
    with pytest.raises(Refused, match="Пересчитать"):
        lists.approve(by=cast.head, listing=row)
    lists.recompute(by=cast.methodist, listing=row)
    assert lists.approve(by=cast.head, listing=row).entries.count() == 2


def test_a_school_taken_out_by_hand_stays_out_and_one_put_in_stays_in(cast: Cast) -> None:
    row = drafted(cast)
    lists.take_out(by=cast.methodist, entry=row.entries.get(), reason="Карантин в дни работы")
    with pytest.raises(Refused, match="примечании"):
        lists.put_school(by=cast.methodist, listing=row, organization=cast.third, words={})
    lists.put_school(by=cast.methodist, listing=row, organization=cast.third, words={"note": "По просьбе школы"})
    row.refresh_from_db()
    lists.recompute(by=cast.methodist, listing=row)
    assert [one.organization for one in lists.approve(by=cast.head, listing=row).entries.all()] == [cast.third]


def test_a_withdrawn_draft_keeps_the_reason_and_a_second_list_of_a_year_is_refused(cast: Cast) -> None:
    row = drafted(cast)
    with pytest.raises(Refused, match="почему"):
        lists.withdraw(by=cast.methodist, listing=row, reason=" ")
    again = lists.save_forecast(by=cast.methodist, authority=cast.authority, rule_set=row.rule_set, school_year=2026)
    lists.approve(by=cast.head, listing=row)
    with pytest.raises(Refused, match="уже утверждён"):
        lists.approve(by=cast.head, listing=again)
    lists.withdraw(by=cast.methodist, listing=again, reason="Повтор")
    again.refresh_from_db()
    assert (again.state, again.withdrawn_reason) == ("withdrawn", "Повтор")


def test_episodes_follow_the_lists_and_their_wordings(cast: Cast) -> None:
    first = received_list(cast, cast.school, year=2021)
    lists.put_school(
        by=cast.methodist,
        listing=first,
        organization=cast.school,
        words={"trajectory_text": "В списках 2019 и 2021 гг"},
    )
    lists.put_school(
        by=cast.methodist,
        listing=first,
        organization=cast.neighbour,
        words={"trajectory_text": "Только в списке 2019 года"},
    )
    lists.approve(by=cast.head, listing=first)
    lists.approve(by=cast.head, listing=received_list(cast, cast.third, year=2022))
    lists.approve(by=cast.head, listing=received_list(cast, cast.school, year=2023))
    found = {
        (one.organization.name, one.first_year, one.last_year, one.left_year)
        for one in LowResultsEpisode.objects.select_related("organization")
    }
    assert found == {
        ("СОШ № 1", 2019, 2021, 2022),
        ("СОШ № 1", 2023, 2023, None),
        ("СОШ № 2", 2019, 2019, 2021),
        ("ООШ с. Ключи", 2022, 2022, 2023),
    }
    group = LowResultsList.objects.get(school_year=2023).group
    assert group and [m.organization for m in group.members.filter(valid_to=None)] == [cast.school]


def test_a_used_version_of_rules_is_never_changed(cast: Cast) -> None:
    first = save_rules(by=cast.methodist, authority=cast.authority, rules=DEFAULT, name="Наши", source="Приказ № 1")
    changed = replace(DEFAULT, threshold_percent=Decimal(40))
    same = save_rules(
        by=cast.methodist, authority=cast.authority, rules=changed, name="Наши", source="Приказ № 1", kept=first
    )
    assert (same.pk, same.version) == (first.pk, 1)
    lists.save_forecast(by=cast.methodist, authority=cast.authority, rule_set=same, school_year=2026)
    second = save_rules(
        by=cast.methodist, authority=cast.authority, rules=DEFAULT, name="Наши", source="Приказ № 2", kept=same
    )
    assert (second.version, RuleSet.objects.get(pk=first.pk).parameters["threshold_percent"]) == (2, 40)
    assert rules_in_force(cast.authority)[1] == second


def test_what_if_shows_who_enters_and_leaves_and_saves_nothing(cast: Cast, as_user: Login) -> None:
    low_school(cast.school)
    low_school(cast.neighbour, years=(2025,))
    low_school(cast.neighbour, years=(2026,), low=8)
    client = as_user(cast.methodist)
    plain = client.get(reverse("monitoring:forecast_detail"))
    assert [school for school, _ in plain.context["listed"]] == [cast.school]
    assert [school for school, _, _ in plain.context["near"]] == [cast.neighbour]
    asked = {"whatif": 1, "threshold": 25, "inclusive": "on", "least": 2, "years": 2, "participants": 5}
    asked |= {"procedures": ["ВПР|Русский язык|5", "ВПР|Математика|5"]}
    asked |= {"ege_russian": 24, "ege_profile": 27, "ege_base": 3}
    changed = client.get(reverse("monitoring:forecast_detail"), asked)
    assert changed.context["entering"] == [cast.neighbour] and changed.context["leaving"] == []
    stricter = client.get(reverse("monitoring:forecast_detail"), {**asked, "threshold": 45})
    assert stricter.context["leaving"] == [cast.school]
    assert not RuleSet.objects.exists() and not LowResultsList.objects.exists()
    wrong = client.get(reverse("monitoring:forecast_detail"), {**asked, "threshold": "абв"})
    assert wrong.status_code == 200 and wrong.context["ask"].form.errors


def test_a_forecast_with_changed_rules_is_saved_with_a_version_of_its_own(cast: Cast, as_user: Login) -> None:
    low_school(cast.school, low=8)
    query = (
        "whatif=1&threshold=25&inclusive=on&least=2&years=2&participants=5&procedures=ВПР|Математика|5"
        "&procedures=ВПР|Русский язык|5&ege_russian=24&ege_profile=27&ege_base=3"
    )
    as_user(cast.methodist).post(reverse("monitoring:forecast_save"), {"query": query})
    row = LowResultsList.objects.get()
    assert row.rule_set and row.rule_set.parameters["threshold_percent"] == 25
    assert [one.organization for one in row.entries.all()] == [cast.school]


def test_every_look_at_a_list_and_every_export_is_written_down_first(cast: Cast, as_user: Login) -> None:
    row = lists.approve(by=cast.head, listing=drafted(cast))
    received = lists.approve(by=cast.head, listing=received_list(cast, cast.school))
    client = as_user(cast.observer)
    for name, args in (
        ("list_detail", [row.pk]),
        ("list_xlsx", [row.pk]),
        ("list_compare", [received.pk]),
        ("forecast_detail", []),
        ("forecast_xlsx", []),
        ("school_lists", [cast.school.pk]),
    ):
        before = AccessLog.objects.count()
        response = client.get(reverse(f"monitoring:{name}", args=args))
        assert response.status_code == 200 and "no-store" in response["Cache-Control"], name
        assert AccessLog.objects.filter(user=cast.observer).count() == before + 1, name
    log = as_user(cast.head).get(reverse("monitoring:look_list")).content.decode()
    assert "выгрузил прогноз" in log and "Минаева" in log


def test_the_region_sees_a_forecast_of_an_office_when_it_is_approved(cast: Cast, as_user: Login) -> None:
    row = drafted(cast)
    client, address = as_user(cast.observer), reverse("monitoring:list_detail", args=[row.pk])
    assert client.get(address).status_code == 404
    assert str(cast.school) not in client.get(reverse("monitoring:list_list")).content.decode()
    lists.approve(by=cast.head, listing=row)
    assert str(cast.school) in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_without_a_row_in_the_log_nothing_is_shown(cast: Cast, as_user: Login) -> None:
    row = drafted(cast)
    client = as_user(cast.methodist)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no'; END $$ LANGUAGE plpgsql;"
            "CREATE TRIGGER refuse BEFORE INSERT ON schools_accesslog EXECUTE FUNCTION refuse()"
        )
    for name, args in (
        ("list_detail", [row.pk]),
        ("list_xlsx", [row.pk]),
        ("forecast_detail", []),
        ("forecast_xlsx", []),
    ):
        response = client.get(reverse(f"monitoring:{name}", args=args))
        assert response.status_code == 503 and cast.school.name not in response.content.decode(), name
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse ON schools_accesslog; DROP FUNCTION refuse()")


def test_a_director_sees_the_own_school_only_and_the_draft_never(cast: Cast, as_user: Login) -> None:
    row = drafted(cast)
    url = reverse("monitoring:school_lists", args=[cast.school.pk])
    client = as_user(cast.director)
    assert not client.get(url).context["entries"]
    lists.approve(by=cast.head, listing=row)
    shown = client.get(url)
    assert [entry.organization for entry, _ in shown.context["entries"]] == [cast.school]
    assert shown.context["left"].procedures == 1
    assert cast.neighbour.name not in shown.content.decode() and "в прогнозе" not in shown.content.decode()
    assert as_user(cast.neighbour_director).get(url).status_code == 404
    assert as_user(cast.curator).get(url).status_code == 403
    page = client.get(reverse("schools:organization_detail", args=[cast.school.pk])).content.decode()
    assert page.count(url) == 1
    for who in (cast.director, cast.curator, cast.admin, cast.stranger):
        assert as_user(who).get(reverse("monitoring:list_detail", args=[row.pk])).status_code in (403, 404)
    for who in (cast.director, cast.neighbour_director, cast.admin, cast.curator):
        found = as_user(who).get(reverse("reports:search"), {"q": "ШНОР прогноз"}).content.decode()
        assert f"/lists/{row.pk}/" not in found


def test_the_sheet_of_a_list_holds_real_numbers(cast: Cast, as_user: Login) -> None:
    row = drafted(cast)
    content = as_user(cast.methodist).get(reverse("monitoring:list_xlsx", args=[row.pk])).content
    cells = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert ("СОШ № 1", "2024/2025", "ВПР, математика, 5 класс", 30, 12, 0.4) in cells


def test_the_received_list_and_the_forecast_are_compared_by_school(cast: Cast, as_user: Login) -> None:
    low_school(cast.school)
    low_school(cast.neighbour)
    received = received_list(cast, cast.school)
    lists.put_school(by=cast.methodist, listing=received, organization=cast.third, words={})
    shown = as_user(cast.methodist).get(reverse("monitoring:list_compare", args=[received.pk])).context
    assert [entry.organization for entry, _ in shown["both"]] == [cast.school]
    assert [entry.organization for entry, _ in shown["only_there"]] == [cast.third]
    assert [(school, len(years)) for school, years in shown["only_here"]] == [(cast.neighbour, 2)]


def test_a_list_from_a_file_is_checked_asked_and_loaded(cast: Cast, as_user: Login) -> None:
    table = "Название ОО;Кластер;Динамика ШНОР\nСОШ № 1;2 Умеренно неуспевающие;Только в списке 2026 года\nСОШ №2;3;\nСОШ Дальняя;;\n"
    client = as_user(cast.methodist)
    client.post(
        reverse("monitoring:received_create"),
        {
            "level": "regional",
            "school_year": "2025/2026",
            "letter": "Письмо № 5",
            "letter_date": "2026-09-01",
            "file": SimpleUploadedFile("перечень.csv", table.encode("cp1251")),
        },
    )
    upload = ListUpload.objects.get()
    page = client.get(reverse("monitoring:list_upload", args=[upload.pk]))
    assert [one["printed"] for one in page.context["unknown"]] == ["СОШ Дальняя"]
    client.post(reverse("monitoring:list_upload_load", args=[upload.pk]))
    assert not LowResultsList.objects.exists(), "пока не сказано, что это за школа, ничего не загружено"
    client.post(
        reverse("monitoring:list_upload_answer", args=[upload.pk]), {"printed": "СОШ Дальняя", "organization": "skip"}
    )
    client.post(reverse("monitoring:list_upload_load", args=[upload.pk]))
    row = LowResultsList.objects.get()
    assert (row.state, row.level, row.letter) == ("draft", "regional", "Письмо № 5")
    entries = {e.organization: (e.cluster_code, e.cluster_name, e.trajectory) for e in row.entries.all()}
    assert entries == {
        cast.school: ("2", "Умеренно неуспевающие", "entered"),
        cast.neighbour: ("3", "", ""),
    }
    client.post(reverse("monitoring:list_upload_load", args=[upload.pk]))
    assert LowResultsList.objects.count() == 1


def test_schools_of_the_forecast_become_addressees_with_grounds_only_they_may_read(cast: Cast, as_user: Login) -> None:
    low_school(cast.school)
    client = as_user(cast.methodist)
    response = client.post(
        reverse("monitoring:selection_create"), {"query": "", "school": [cast.school.pk, cast.third.pk]}
    )
    selection = Selection.objects.get()
    assert response["Location"].endswith(f"/{selection.pk}/") and selection.confidential
    assert [one["organization"] for one in selection.rows] == [cast.school.pk]
    assert as_user(cast.head).get(response["Location"]).status_code == 404, "выбор — только того, кто выбирал"
    client.post(response["Location"], {"kind": "protocol", "text": "Представить план мер."})
    clause = Clause.objects.get(text="Представить план мер.")
    assert clause.document.circulation == "excerpt" and clause.document.state == "draft"
    ground = ClauseGround.objects.get(clause=clause)
    assert ground.organization == cast.school and "12 из 30" in ground.text and ground.data_date
    client.post(response["Location"], {"document": clause.document_id, "text": "Второй пункт."})
    assert Document.objects.count() == 1 and clause.document.clauses.count() == 2
    assert set(ClauseGround.objects.visible_to(cast.methodist)) == set(ClauseGround.objects.all())
    for who in (cast.neighbour_director, cast.curator, cast.admin, cast.stranger):
        assert not ClauseGround.objects.visible_to(who).exists()


def test_undoing_the_deletion_of_a_clause_brings_its_grounds_back(cast: Cast) -> None:
    from decisions.actions import drafts, editing
    from decisions.actions.selections import clause_from_selection
    from schools.actions.selections import select_schools

    selection = select_schools(by=cast.methodist, authority=cast.authority, grounds=[(cast.school, "12 из 30")])
    clause = clause_from_selection(by=cast.methodist, selection=selection, text="Представить план.")
    document = clause.document
    editing.delete_clauses(by=cast.methodist, clauses=[clause], structure_version=document.structure_version)
    assert not ClauseGround.objects.exists()
    drafts.undo(document=document, by=cast.methodist)
    assert ClauseGround.objects.get().text == "12 из 30"
