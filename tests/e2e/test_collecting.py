"""Collecting by form, in a real browser: the office's own Excel goes out with a clause, comes back filled, and adds up."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from decisions.models import Assignment, Clause
from tests.cast import Cast
from tests.decisions.test_life import settled, taken
from tests.e2e.conftest import Visitor
from tests.e2e.test_journey import register
from tests.e2e.test_pages import serious
from tests.forms import edited, saved, workbook_of

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

OFFICE_FORM = workbook_of(
    [
        ["Подготовка к экзаменам"],
        ["Ответственный:", None],
        [],
        ["Класс", "Обучающихся", "Выбрали физику"],
        ["9 класс"],
        ["11 класс"],
        ["Итого", "=SUM(B5:B6)", "=SUM(C5:C6)"],
    ],
    boxes=["A4:C7"],
)


def upload(page: Page, field: str, name: str, content: bytes) -> None:
    page.locator(field).set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def passes(page: Page, width: int) -> None:
    assert serious(Axe().run(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def filled(content: bytes, **cells: Any) -> bytes:
    def write(book: Any) -> None:
        for place, value in cells.items():
            book["Форма"][place] = value

    return edited(content, write)


def with_sheet_renamed(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book["Форма"].title = "Лист1"
    book["Лист1"]["A4"] = "Школа"
    book["Лист1"]["A5"], book["Лист1"]["A6"] = "1", "2"
    book["Лист1"]["A1"] = "Отчёт"
    return saved(book)


def attach_and_confirm(page: Page) -> None:
    upload(page, "#id_file", "Экзамены.xlsx", OFFICE_FORM)
    page.get_by_role("button", name="Приложить и посмотреть").click()
    expect(page.get_by_role("heading", name="Лист «Форма»")).to_be_visible()
    expect(page.locator(".sheet .asked")).to_have_count(5)
    expect(page.get_by_label("Что спрашивается").first).to_have_value("Ответственный")
    passes(page, 1440)
    page.get_by_label("Название формы").fill("Выбор экзаменов")
    page.get_by_role("button", name="Подтвердить форму").click()
    expect(page.get_by_text("Форма действует")).to_be_visible()
    passes(page, 1440)


def test_an_offices_form_goes_to_schools_and_comes_back_as_one_summary(
    cast: Cast, visit: Callable[..., Visitor]
) -> None:
    document = settled(cast, taken(cast))
    clause = Clause.objects.get(document=document, number="2.2")
    office = visit(cast.methodist)
    page = office.open(f"/documents/{document.pk}/review/")
    page.get_by_role("button", name="Изменить пункт 2.2").click()
    page.get_by_role("link", name="Форма сбора сведений").click()
    attach_and_confirm(page)
    page = office.open(f"/documents/{document.pk}/review/")
    register(page)
    task = Assignment.objects.get(clause=clause, organization=cast.school)
    other = Assignment.objects.get(clause=clause, organization=cast.neighbour)

    # one school fills the form on a telephone; what is wrong is said beside the field and at the top
    school = visit(cast.director, width=360)
    phone = school.open(f"/tasks/{task.pk}/form/")
    phone.get_by_label("Ответственный").fill("Белова И.С.")
    for name, words in (
        ("9 класс: Обучающихся", "40"),
        ("9 класс: Выбрали физику", "шесть"),
        ("11 класс: Обучающихся", "20"),
    ):
        phone.get_by_label(name).fill(words)
    phone.get_by_role("button", name="Отправить на проверку").click()
    expect(phone.get_by_role("heading", name="Что исправить")).to_be_visible()
    expect(phone.locator("#problems tbody tr")).to_have_count(2)
    expect(phone.locator("[data-focus]")).to_be_focused()
    expect(phone.get_by_label("9 класс: Выбрали физику")).to_have_value("шесть")
    passes(phone, 360)
    phone.get_by_label("9 класс: Выбрали физику").fill("6")
    phone.get_by_label("11 класс: Выбрали физику").fill("4")
    phone.get_by_role("button", name="Отправить на проверку").click()
    expect(phone.get_by_text("Форма отправлена")).to_be_visible()

    # the other returns the file: a foreign sheet, then wrong cells, then right
    neighbour = visit(cast.neighbour_director)
    desk = neighbour.open(f"/tasks/{other.pk}/form/")
    blank = downloaded(desk, "Скачать форму Excel")
    upload(desk, "input[name=file]", "Не та.xlsx", with_sheet_renamed(blank))
    desk.get_by_role("button", name="Проверить файл").click()
    expect(desk.get_by_text("Файл не принят, в форме ничего не изменилось.")).to_be_visible()
    expect(desk.locator("#problems")).to_contain_text("Лист1")
    wrong = filled(blank, B2="Громов А.В.", B5="тридцать", C5=5, B6=-1)
    upload(desk, "input[name=file]", "Экзамены.xlsx", wrong)
    desk.get_by_role("button", name="Проверить файл").click()
    problems = desk.locator("#problems tbody tr")
    expect(problems).to_have_count(3)
    for at, said in enumerate(
        [("Форма", "B5", "Обучающихся", "тридцать"), ("Форма", "B6", "-1"), ("Форма", "C6", "Не заполнено")]
    ):
        for words in said:
            expect(problems.nth(at)).to_contain_text(words)
    passes(desk, 1440)
    upload(desk, "input[name=file]", "Экзамены.xlsx", filled(blank, B2="Громов А.В.", B5=30, C5=5, B6=10, C6=1))
    desk.get_by_role("button", name="Проверить файл").click()
    expect(desk.get_by_text("Файл прочитан без ошибок")).to_be_visible()
    desk.get_by_role("button", name="Отправить на проверку").click()
    expect(desk.get_by_text("Форма отправлена")).to_be_visible()

    # the summary: who is missing, totals on the page and in Excel
    page = office.open("/forms/")
    expect(page.get_by_text("2 из 3")).to_be_visible()
    page.get_by_role("link", name="Выбор экзаменов").click()
    expect(page.locator(".missing-list li")).to_have_count(1)
    expect(page.locator(".missing-list")).to_contain_text("ООШ с. Ключи")
    passes(page, 1440)
    book = load_workbook(io.BytesIO(downloaded(page, "Свод в Excel")))
    rows = [[c.value for c in row] for row in book["Свод"].iter_rows(min_row=3)]
    assert rows == [
        ["СОШ № 1", "Белова И.С.", 40, 6, 20, 4],
        ["СОШ № 2", "Громов А.В.", 30, 5, 10, 1],
        ["Итого", None, 70, 11, 30, 5],
    ]

    # returned with a remark: what was typed stays, goes again, is accepted
    page.get_by_role("link", name="СОШ № 1", exact=True).click()
    page.get_by_text("Вернуть…").click()
    page.get_by_label("Что исправить").fill("Уточните 11 класс.")
    page.get_by_role("button", name="Вернуть школе").click()
    expect(page.get_by_text("Возвращено, школа увидит замечание")).to_be_visible()
    phone = school.open(f"/tasks/{task.pk}/form/")
    expect(phone.get_by_text("Уточните 11 класс.")).to_be_visible()
    expect(phone.get_by_label("9 класс: Обучающихся")).to_have_value("40")
    phone.get_by_label("11 класс: Обучающихся").fill("21")
    phone.get_by_role("button", name="Отправить на проверку").click()
    expect(phone.get_by_text("Форма отправлена")).to_be_visible()
    page = office.open(f"/tasks/{task.pk}/form/")
    expect(page.get_by_text("21", exact=True)).to_be_visible()
    page.get_by_role("button", name="Принять").click()
    expect(page.get_by_text("Принято: 1")).to_be_visible()
    task.refresh_from_db()
    assert task.state == "done"
