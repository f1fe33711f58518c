"""A table that nobody knows is explained once; a filled template reads back; a result by hand never overwrites silently."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from monitoring.actions import by_hand, imports, uploads
from monitoring.models import ColumnMapping, Holding, ImportBatch, ImportFile, Result
from schools.errors import Refused
from schools.models import AuditEvent, User
from tests.areas.looking import assessment, put
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


def book(*rows: list[object]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


STRANGE = (
    ["Сводка по округу"],
    ["Учреждение", "Колонка А", "Колонка Б", "Колонка В", "Колонка Г"],
    ["СОШ № 1", 3, 5, 8, 4],
    ["СОШ № 2", 1, 6, 7, 2],
)


def dropped(cast: Cast, content: bytes, name: str = "Сводка.xlsx") -> ImportFile:
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    file = uploads.add_file(by=cast.methodist, batch=batch, name=name, content=content)
    imports.check(batch=batch)
    return file


def test_columns_are_named_on_a_page_and_the_next_file_reads_itself(cast: Cast, as_user: Login) -> None:
    file = dropped(cast, book(*STRANGE))
    assert file.state == "mapping"
    client = as_user(cast.methodist)
    path = f"/results/files/{file.pk}/columns/"
    shown = client.get(path)
    text = shown.content.decode()
    assert "Колонка Б" in text and "СОШ № 1" in text
    fields = {"table": shown.context["signed"], "unit": "people", "column_0": "school"}
    wrong = client.post(path, {**fields, "column_1": "mark_2"})
    assert wrong.status_code == 422 and "все четыре" in wrong.content.decode()
    twice = client.post(path, {**fields, "column_1": "mark_2", "column_2": "mark_2"})
    assert twice.status_code == 422
    marks = {f"column_{place}": f"mark_{place + 1}" for place in range(1, 5)}
    assert client.post(path, {**fields, **marks}).status_code == 302
    file.refresh_from_db()
    assert file.state == "read" and ColumnMapping.objects.count() == 1
    facts = {"table": 0, "procedure": "КР", "school_year": "2025/2026", "subject": "Математика", "grade": 8}
    client.post(f"/results/files/{file.pk}/facts/", facts)
    batch = ImportBatch.objects.get()
    assert batch.errors == 0, batch.report["problems"]
    imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    assert Result.objects.get(organization=cast.school).counts == {2: 3, 3: 5, 4: 8, 5: 4}
    again = dropped(cast, book(*STRANGE[:3], ["СОШ № 2", 2, 5, 7, 2]))
    assert again.state == "read", "такие же заголовки прочитались по прежнему ответу"


def test_two_strange_tables_of_a_file_are_explained_one_after_the_other(cast: Cast, as_user: Login) -> None:
    other = [
        ["Контрольная работа по физике, 8 класс, 2025-2026 учебный год"],
        ["Где", "Два", "Три", "Четыре", "Пять"],
        ["СОШ № 1", 1, 2, 3, 4],
    ]
    made = openpyxl.Workbook()
    for lines in (STRANGE, other):
        page = made.create_sheet()
        for line in lines:
            page.append(line)
    made.remove(made.worksheets[0])
    out = io.BytesIO()
    made.save(out)
    file, client = dropped(cast, out.getvalue()), as_user(cast.methodist)
    path = f"/results/files/{file.pk}/columns/"
    for state in ("mapping", "read"):
        fields = {"table": client.get(path).context["signed"], "unit": "people", "column_0": "school"}
        assert client.post(path, fields | {f"column_{n}": f"mark_{n + 1}" for n in range(1, 5)}).status_code == 302
        file.refresh_from_db()
        assert file.state == state
    assert {table["subject"] for table in file.reading["tables"]} >= {"Физика"} and ColumnMapping.objects.count() == 2


def test_an_answer_that_was_tampered_with_is_not_taken(cast: Cast, as_user: Login) -> None:
    file = dropped(cast, book(*STRANGE))
    done = as_user(cast.methodist).post(f"/results/files/{file.pk}/columns/", {"table": "подделка", "unit": "people"})
    assert done.status_code == 302 and not ColumnMapping.objects.exists()


@pytest.mark.parametrize("procedure", ["КР", "ВПР"])
def test_a_filled_template_reads_back(cast: Cast, as_user: Login, procedure: str) -> None:
    client = as_user(cast.methodist)
    query = f"procedure={procedure}&school_year=2025/2026&subject=Математика&grade=7"
    given = client.get(f"/results/template/?{query}")
    made = openpyxl.load_workbook(io.BytesIO(given.content))
    page = made.worksheets[0]
    for row in page.iter_rows(min_row=3):
        if row[0].value == "СОШ № 1":
            for cell, number in zip(row[1:], (20, 3, 5, 8, 4), strict=True):
                cell.value = number
    out = io.BytesIO()
    made.save(out)
    file = dropped(cast, out.getvalue(), "Заполнено.xlsx")
    batch = imports.check(batch=file.batch)
    assert batch.errors == 0, batch.report
    imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    result = Result.objects.get(organization=cast.school)
    assert result.counts == {2: 3, 3: 5, 4: 8, 5: 4}
    one = result.assessment
    assert (one.procedure, one.subject, one.grade, one.school_year) == (procedure, "Математика", 7, 2026)
    assert client.get("/results/template/?procedure=КР&school_year=2025&subject=&grade=").status_code == 422


def test_a_result_by_hand_needs_a_ground_and_adds_up(cast: Cast, as_user: Login) -> None:
    one = assessment()
    client = as_user(cast.methodist)
    path = f"/results/schools/{cast.school.pk}/assessments/{one.pk}/edit/"
    marks = {"n2": 1, "n3": 2, "n4": 3, "n5": 4}
    assert client.post(path, marks).status_code == 422, "без основания"
    wrong = client.post(path, {**marks, "participants": 11, "reason": "протокол"})
    assert wrong.status_code == 422 and 'value="11"' in wrong.content.decode(), "введённое не потеряно"
    assert client.post(path, {**marks, "reason": "Протокол школы"}).status_code == 302
    row = Result.objects.get()
    assert (row.participants, row.low, row.source) == (10, 1, "hand")
    assert AuditEvent.objects.get(action="results.by_hand").reason == "Протокол школы"


def test_what_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    one = assessment()
    put(one, cast.school, (1, 2, 3, 4))
    row = Result.objects.get()
    seen = by_hand.seen_of(row)
    row.n3, row.n4 = 3, 2
    row.save()
    values = {"participants": 4, "n2": 1, "n3": 1, "n4": 1, "n5": 1}
    with pytest.raises(Refused, match="изменился"):
        by_hand.save_result(by=cast.head, assessment=one, school=cast.school, values=values, reason="x", seen=seen)


def test_a_file_that_says_otherwise_than_a_hand_is_a_conflict(cast: Cast) -> None:
    from tests.monitoring.readings import put as put_file
    from tests.monitoring.readings import reading, row, table

    one = assessment()
    values = {"participants": 10, "n2": 1, "n3": 2, "n4": 3, "n5": 4}
    by_hand.save_result(by=cast.head, assessment=one, school=cast.school, values=values, reason="протокол", seen="")
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    put_file(batch, reading(table(row(cast.school, (2, 2, 3, 3)))))
    assert imports.check(batch=batch).conflicts.count() == 1


def test_not_held_is_said_with_a_reason_and_not_where_a_result_stands(cast: Cast) -> None:
    one = assessment()
    with pytest.raises(Refused, match="почему"):
        by_hand.say_held(by=cast.head, assessment=one, place=cast.school, held=False, reason=" ")
    by_hand.say_held(by=cast.head, assessment=one, place=cast.school, held=False, reason="карантин")
    assert Holding.objects.get().held == "not_held"
    put(one, cast.neighbour, (1, 2, 3, 4))
    with pytest.raises(Refused, match="есть результат"):
        by_hand.say_held(by=cast.head, assessment=one, place=cast.neighbour, held=False, reason="x")
