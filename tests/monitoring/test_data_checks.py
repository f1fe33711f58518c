"""Data checks: found on import, answered by the school, open again on other figures, told in the morning without figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from monitoring import home
from monitoring.actions import checks, imports, uploads
from monitoring.models import DataCheck, GradeSize, MonitoringSettings
from schools.errors import Refused
from schools.models import AuditEvent, User
from tests.cast import Cast
from tests.monitoring.readings import put, reading, row, table

pytestmark = pytest.mark.django_db


def load(cast: Cast, marks: tuple[int, int, int, int], **facts: object) -> None:
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    put(batch, reading(table(row(cast.school, marks), **facts)))
    imports.load(by=cast.methodist, batch=imports.check(batch=batch), accept_warnings=True)


def test_an_import_asks_about_more_participants_than_pupils(cast: Cast) -> None:
    GradeSize.objects.create(organization=cast.school, school_year=2026, grade=5, pupils=19)
    load(cast, (3, 5, 8, 4))
    check = DataCheck.objects.get()
    assert (check.kind, check.organization, check.state) == ("too_many", cast.school, "open")
    checks.answer(by=cast.director, check=check, comment="Двое писали в другой параллели.")
    assert checks.run(authority=cast.authority) == 0, "подтверждённое на тех же данных не спрашивают снова"
    load(cast, (4, 5, 8, 4))
    assert DataCheck.objects.get().state == "open", "данные другие — вопрос снова открыт"
    GradeSize.objects.update(pupils=40)
    assert checks.run(authority=cast.authority, by=cast.methodist) == 0
    assert DataCheck.objects.get().state == "gone"


def test_what_was_said_to_be_corrected_and_is_not_is_asked_again(cast: Cast) -> None:
    GradeSize.objects.create(organization=cast.school, school_year=2026, grade=5, pupils=19)
    load(cast, (3, 5, 8, 4))
    checks.answer(by=cast.director, check=DataCheck.objects.get(), comment="Исправим.", corrected=True)
    assert checks.run(authority=cast.authority) == 1


def test_a_jump_is_asked_by_the_office_s_own_measure(cast: Cast) -> None:
    load(cast, (2, 6, 6, 6), school_year="2024/2025")
    load(cast, (7, 6, 4, 3))
    assert not DataCheck.objects.exists()
    MonitoringSettings.objects.create(authority=cast.authority, jump_points=20)
    checks.run(authority=cast.authority)
    assert DataCheck.objects.get().kind == "jump"


def test_an_undone_import_takes_its_questions_along(cast: Cast) -> None:
    GradeSize.objects.create(organization=cast.school, school_year=2026, grade=5, pupils=19)
    load(cast, (3, 5, 8, 4))
    from monitoring.models import ImportBatch

    imports.undo(by=cast.methodist, batch=ImportBatch.objects.get())
    assert DataCheck.objects.filter(state="open").count() == 0


def test_an_answer_needs_words_and_is_given_once(cast: Cast) -> None:
    GradeSize.objects.create(organization=cast.school, school_year=2026, grade=5, pupils=19)
    load(cast, (3, 5, 8, 4))
    check = DataCheck.objects.get()
    with pytest.raises(Refused, match="пояснение"):
        checks.answer(by=cast.director, check=check, comment="  ")
    checks.answer(by=cast.director, check=check, comment="Верно.")
    with pytest.raises(Refused, match="уже ответили"):
        checks.answer(by=cast.methodist, check=check, comment="Не верно.")
    assert AuditEvent.objects.filter(action="results.check_answered", by=cast.director).exists()


def test_a_school_answers_on_its_page_and_another_one_does_not_see_the_question(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    GradeSize.objects.create(organization=cast.school, school_year=2026, grade=5, pupils=19)
    load(cast, (3, 5, 8, 4))
    path = f"/results/checks/{DataCheck.objects.get().pk}/"
    assert as_user(cast.neighbour_director).get(path).status_code == 404
    client = as_user(cast.director)
    typed = client.post(path, {"answer": "confirmed", "comment": ""})
    assert typed.status_code == 422
    client.post(path, {"answer": "confirmed", "comment": "Приехали дети из закрытой школы."})
    assert DataCheck.objects.get().state == "confirmed"
    assert "Приехали дети" in client.get("/results/checks/?state=done").content.decode()


def test_the_morning_says_how_many_and_no_figures(cast: Cast) -> None:
    GradeSize.objects.create(organization=cast.school, school_year=2026, grade=5, pupils=19)
    load(cast, (3, 5, 8, 4))
    [(heading, [(words, url)])] = home.lines(cast.director, dt.date(2026, 3, 10))
    assert heading == "Проверки данных" and "1\u00a0вопрос" in words and "20" not in words
    assert home.lines(cast.neighbour_director, dt.date(2026, 3, 10)) == []
    assert home.block(cast.director) and home.block(cast.neighbour_director) is None


def test_sizes_and_markers_are_saved_by_their_forms(cast: Cast, as_user: Callable[[User], Client]) -> None:
    client = as_user(cast.director)
    client.post(f"/results/schools/{cast.school.pk}/sizes/?year=2026", {"grade_5": "31"})
    assert GradeSize.objects.get().pupils == 31
    assert client.post(f"/results/schools/{cast.school.pk}/sizes/?year=2026", {"grade_5": "-1"}).status_code == 422
    assert client.post("/results/markers/", {}).status_code == 403
    office = as_user(cast.methodist)
    assert office.post("/results/markers/", {"small_group": "0"}).status_code == 422
    fields = {"small_group": "7", "jump_points": "25"}
    for code in ("many_lowered", "very_many_lowered", "many_raised", "growth_of_low", "peak_at_boundary"):
        fields |= {f"{code}_threshold": "33", f"{code}_source": "решение управления"}
    office.post("/results/markers/", fields)
    row = MonitoringSettings.objects.get()
    assert (row.small_group, row.bias["many_raised"]) == (
        7,
        {"on": False, "threshold": "33", "source": "решение управления"},
    )
