"""Thirty files dropped at once, one broken, one with a school nobody knows: mended, loaded, looked at, undone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from monitoring.models import Result
from tests.cast import Cast
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def report(subject: str, grade: int, year: int, schools: dict[str, tuple[int, int, int, int]]) -> bytes:
    """«Статистика по отметкам» as it comes: shares in per cent."""
    book = openpyxl.Workbook()
    page = book.active
    for line in (
        ["Статистика по отметкам"],
        [],
        [f"ВПР {year} {subject} {grade} класс"],
        ["Предмет:", subject],
        ["Дата:", f"21.04.{year}"],
        [],
        ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5],
        ["Вся выборка", 30000, 1_200_000, 8.5, 36.5, 38.7, 16.3],
    ):
        page.append(line)
    for name, marks in schools.items():
        page.append([name, None, sum(marks), *(round(100 * one / sum(marks), 2) for one in marks)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def folder(at: Path) -> list[Path]:
    """Twenty-eight good reports, one with an unknown school, one that is no spreadsheet."""
    marks = {"МБОУ СОШ № 1": (9, 8, 2, 1), "СОШ № 2": (2, 8, 6, 4), "ООШ с. Ключи": (1, 4, 3, 2)}
    made = []
    kinds = [(s, g, y) for y in (2025, 2026) for s in ("Русский язык", "Математика", "История") for g in (5, 6, 7, 8)]
    kinds += [("Биология", grade, 2026) for grade in (5, 6, 7, 8)]
    for number, (subject, grade, year) in enumerate(kinds):
        path = at / f"{number:02d}.xlsx"
        path.write_bytes(report(subject, grade, year, marks))
        made.append(path)
    stranger = at / "с новой школой.xlsx"
    stranger.write_bytes(report("География", 6, 2026, {**marks, "МБОУ «Прогимназия Радуга»": (1, 2, 3, 4)}))
    broken = at / "повреждён.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"\x00" * 400)
    return [*made, stranger, broken]


def test_thirty_files_are_mended_loaded_looked_at_and_undone(
    cast: Cast, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    files = folder(tmp_path)
    assert len(files) == 30
    visitor = visit(cast.methodist)
    page = visitor.open("/results/imports/new/")
    page.set_input_files("#id_files", files)
    page.get_by_role("button", name="Прочитать и проверить").click()
    page.wait_for_url(re.compile(r"/results/imports/\d+/$"), timeout=180_000)
    expect(page.get_by_role("heading", name=re.compile("Сначала исправьте ошибки"))).to_be_visible()

    row = page.get_by_role("row").filter(has_text="повреждён.xlsx")
    row.get_by_role("button", name="Убрать файл").click()
    asked = page.get_by_role("listitem").filter(has_text="Прогимназия Радуга")
    asked.get_by_role("combobox").select_option("skip")
    asked.get_by_role("button", name="Запомнить").click()
    accept = page.get_by_label(re.compile("Предупреждения и изменения прочитаны"))
    if accept.count():
        accept.check()
    page.get_by_role("button", name="Загрузить", exact=True).click()
    expect(page.get_by_text("Результаты загружены.")).to_be_visible(timeout=60_000)
    assert Result.objects.count() == 29 * 3

    visitor.open("/results/?year=2026&subject=Математика")
    cell = page.get_by_role("row").filter(has_text="СОШ № 1").get_by_role("cell").first
    expect(cell).to_have_text("45,0")
    page.get_by_role("link", name="ВПР, Математика, 5 класс").click()
    expect(page.get_by_role("heading", name="ВПР, Математика, 5 класс")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Округ").last).to_contain_text("24")
    expect(page.locator(".chart-picture svg")).to_be_visible()

    visitor.open("/results/imports/")
    page.get_by_role("row").filter(has_text="загружено").get_by_role("link").click()
    page.get_by_role("button", name="Отменить загрузку").click()
    page.locator("dialog[open] [data-confirm-yes]").click()
    expect(page.get_by_text("Загрузка отменена: данные такие, какими были до неё.")).to_be_visible()
    assert not Result.objects.exists()
