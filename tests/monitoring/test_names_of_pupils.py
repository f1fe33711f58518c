"""No surname stays in the database: not from a file, not from its name, not from a hidden sheet, not from a file nobody could read."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core import serializers

from monitoring.actions import imports, uploads
from schools.errors import Refused
from tests.cast import Cast
from tests.monitoring.containers import Cell, Page, write

pytestmark = pytest.mark.django_db
PERSONS: list[list[Cell]] = [["Коробейников Пётр Ильич"], ["Вьюгина Анна Олеговна"], ["Тучкова Инна Львовна"]]
MARKS: list[list[Cell]] = [
    ["ВПР 2026 Химия 8 класс"],
    ["Школа", "Участников", "2", "3", "4", "5"],
    ["СОШ № 1", 10, 1, 2, 3, 4],
]
PROTOCOL: list[list[Cell]] = [
    ["97 - Область"],
    ["04 - Химия 2026.06.02"],
    [],
    ["№", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Первичный балл", "Оценка"],
    *[[i, "8101", "9А", *str(one[0]).split(), 20, 4] for i, one in enumerate(PERSONS, start=1)],
]


def everything() -> str:
    return "\n".join(
        serializers.serialize("json", m._default_manager.all(), ensure_ascii=False) for m in apps.get_models()
    )


@pytest.mark.parametrize(
    ("pages", "name"),
    [
        ([Page("Page 1", PROTOCOL)], "Протокол Коробейникова.xlsx"),
        ([Page("Лист1", MARKS), Page("список", PERSONS, hidden=True)], "свод и Коробейников.xlsx"),
        (
            [Page("Лист1", [["Апелляции"], ["ФИО", "Экзамен", "Балл"], *[[p[0], "Химия", 5] for p in PERSONS]])],
            "Коробейников.xlsx",
        ),
    ],
    ids=["protocol", "hidden sheet", "not understood"],
)
def test_a_file_that_names_pupils_is_not_kept_and_loses_its_name(cast: Cast, pages: list[Page], name: str) -> None:
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    uploads.expect(batch=batch, names=[name, "другой.xlsx"])
    content = write("xlsx", pages)
    row = uploads.add_file(by=cast.methodist, batch=batch, name=name, content=content)
    assert row.personal and row.stored is None and row.sha256[:6] in row.name and row.name.endswith(".xlsx")
    uploads.expect(batch=batch, names=[name])  # the same folder is dropped once more
    with pytest.raises(Refused):
        uploads.add_file(by=cast.methodist, batch=batch, name=name, content=content)
    imports.check(batch=batch)
    batch.refresh_from_db()
    assert batch.report["expected"] == ["другой.xlsx"]
    kept = everything()
    assert [one for one in ("Коробейник", "Вьюгин", "Тучков") if one in kept] == []


def test_a_file_that_nobody_could_read_is_not_kept(cast: Cast) -> None:
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    row = uploads.add_file(by=cast.methodist, batch=batch, name="скан.pdf", content=b"%PDF-1.4 Surname")
    assert row.state == "failed" and row.stored is None
