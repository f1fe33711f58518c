"""A large batch is checked and loaded in the background; a folder whose sending was interrupted loses nothing that arrived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config import clock
from monitoring.actions import jobs, uploads
from monitoring.models import ImportBatch, ImportFile, Result
from schools.errors import Refused
from schools.models import User
from tests.cast import Cast
from tests.monitoring.readings import problem, put, reading, row, table

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
TABLE = "ВПР 2026 {subject} 5 класс\nШкола;Кол-во участников;2;3;4;5\nСОШ № 1;20;3;5;8;4\n"


def large(cast: Cast, *said: dict[str, object]) -> ImportBatch:
    """A batch whose file is too large for a request."""
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    for one in said:
        file = put(batch, one)
        ImportFile.objects.filter(pk=file.pk).update(size=jobs.AT_ONCE + 1)
    return batch


def post(client: Client, name: str, batch: ImportBatch, **data: object) -> str:
    return client.post(reverse(f"monitoring:{name}", args=[batch.pk]), data, follow=True).content.decode()


def test_a_large_batch_is_checked_and_loaded_without_the_page_waiting(cast: Cast, as_user: Login) -> None:
    batch, client = large(cast, reading(table(row(cast.school, (3, 5, 8, 4))))), as_user(cast.methodist)
    page = post(client, "import_check", batch)
    assert "Проверяется" in page and 'hx-trigger="every 3s"' in page
    assert "сейчас проверяется" in post(client, "import_drop", batch), "пока работа идёт, загрузку не трогают"
    assert jobs.run_waiting() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.report["new"]) == ("checked", 1)
    asked = client.get(reverse("monitoring:import_detail", args=[batch.pk]), headers={"HX-Request": "true"})
    assert asked["HX-Refresh"] == "true"
    assert "Загружается" in post(client, "import_load", batch)
    post(client, "import_load", batch)
    assert not Result.objects.exists()
    assert (jobs.run_waiting(), jobs.run_waiting()) == (1, 0), "второе нажатие ничего не добавило"
    batch.refresh_from_db()
    assert (batch.state, batch.lease_holder, Result.objects.count()) == ("imported", "", 1)


def test_a_worker_that_died_is_replaced_and_one_that_dies_thrice_says_so(cast: Cast, as_user: Login) -> None:
    batch = large(cast, reading(table(row(cast.school, (3, 5, 8, 4)))))
    jobs.ask_check(by=cast.methodist, batch=batch)
    for tries in range(1, jobs.TRIES + 1):
        taken = jobs._taken()
        assert taken is not None and taken.report["job"]["tries"] == tries
        assert jobs._taken() is None, "двое одну загрузку не берут"
        ImportBatch.objects.update(leased_until=clock.now() - dt.timedelta(seconds=1))
    jobs.run_waiting()
    page = as_user(cast.methodist).get(reverse("monitoring:import_detail", args=[batch.pk])).content.decode()
    assert "трижды прервалась" in page and "Проверить принятое" in page


def test_what_the_check_already_refuses_is_refused_at_once(cast: Cast) -> None:
    said = reading(table(row(None, (3, 5, 8, 4))), problems=(problem("unknown_school", 9),))
    batch = large(cast, said)
    jobs.ask_check(by=cast.methodist, batch=batch)
    jobs.run_waiting()
    batch.refresh_from_db()
    with pytest.raises(Refused, match="есть ошибки"):
        jobs.ask_load(by=cast.methodist, batch=batch, accept_warnings=True)


def test_a_folder_interrupted_half_way_keeps_what_came_and_names_what_did_not(cast: Cast, as_user: Login) -> None:
    client = as_user(cast.methodist)
    names = ["русский.csv", "математика.csv", "пустой.csv"]
    where = client.post(reverse("monitoring:import_start"), {"names": names}).json()
    files = {
        name: SimpleUploadedFile(name, TABLE.format(subject=subject).encode("cp1251"))
        for name, subject in zip(names, ("Русский язык", "Математика"), strict=False)
    }
    blank = SimpleUploadedFile("пустой.csv", b"")
    said = client.post(where["file"], {"files": [blank, files["русский.csv"]]}).json()["files"]
    assert [one["name"] for one in said] == ["пустой.csv", "русский.csv"]
    assert "пуст" in said[0]["state"] and said[1]["state"] == "прочитан"
    batch = ImportBatch.objects.get()
    page = client.get(reverse("monitoring:import_detail", args=[batch.pk])).content.decode()
    assert "Принято файлов: 1 из 3" in page and "не дошли: математика.csv, пустой.csv" in page
    again = client.post(reverse("monitoring:import_start"), {"names": ["математика.csv"], "batch": batch.pk}).json()
    assert again == where, "остальное добавляется в ту же загрузку"
    client.post(where["file"], {"files": [files["математика.csv"]]})
    page = post(client, "import_check", batch)
    assert "Можно загружать" in page and "Не дошли до сервера: пустой.csv" in page
    post(client, "import_load", batch)
    assert Result.objects.count() == 2
