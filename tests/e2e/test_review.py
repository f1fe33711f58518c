"""The review and the other way in, by browser: editing in place, undo, several clauses at once, a protocol prepared here."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from decisions.models import Assignment, Clause, Document
from tests.cast import Cast
from tests.decisions.test_life import sent, taken
from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def row(page: Page, number: str) -> Page:
    return page.locator(f"[data-clause][aria-label='Пункт {number}']")  # type: ignore[return-value]


def editor_of(page: Page, number: str) -> None:
    row(page, number).get_by_role("button", name=f"Изменить пункт {number}").click()
    expect(page.locator("[data-editor]")).to_be_visible()


def test_a_clause_is_edited_split_and_brought_back(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = taken(cast)
    page = visit(cast.methodist).open(f"/documents/{document.pk}/review/")
    editor_of(page, "2.2")
    words = page.locator("[data-clause-text]")
    words.fill("Направить план работы в методический центр. Ознакомить педагогов.")
    page.get_by_role("button", name="Сохранить текст").click()
    expect(row(page, "2.2")).to_contain_text("Ознакомить педагогов")
    expect(row(page, "2.2")).to_be_focused()
    editor_of(page, "2.2")
    page.locator("[data-clause-text]").evaluate("(field) => { field.focus(); field.setSelectionRange(43, 43); }")
    page.get_by_role("button", name="Разделить у курсора").click()
    expect(page.get_by_role("heading", name="Прочитано: 8 пунктов")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Отменить правку").click()
    expect(page.get_by_role("heading", name="Прочитано: 7 пунктов")).to_be_visible()
    page.get_by_role("button", name="Вернуть правку").click()
    expect(page.get_by_role("heading", name="Прочитано: 8 пунктов")).to_be_visible()


def test_several_clauses_get_a_term_and_parties_at_once(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = taken(cast)
    page = visit(cast.methodist).open(f"/documents/{document.pk}/review/")
    for number in ("2.1", "2.2"):
        row(page, number).get_by_role("checkbox").check()
    page.get_by_role("button", name="Срок, исполнители, контроль").click()
    editor = page.locator("#bulk-editor")
    editor.get_by_label("Дата", exact=True).fill("2026-09-01")
    editor.get_by_role("button", name="Сохранить срок").click()
    expect(row(page, "2.1")).to_contain_text("01.09.2026")
    expect(row(page, "2.2")).to_contain_text("01.09.2026")
    assert Clause.objects.filter(document=document, deadline_due="2026-09-01").count() == 2


def test_what_is_typed_in_two_tabs_is_never_lost(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = taken(cast)
    first = visit(cast.methodist).open(f"/documents/{document.pk}/review/")
    second = visit(cast.head).open(f"/documents/{document.pk}/review/")
    editor_of(first, "2.1")
    editor_of(second, "2.1")
    first.locator("[data-clause-text]").fill("Слова первого.")
    first.get_by_role("button", name="Сохранить текст").click()
    expect(row(first, "2.1")).to_contain_text("Слова первого.")
    second.locator("[data-clause-text]").fill("Слова второго.")
    second.get_by_role("button", name="Сохранить текст").click()
    expect(second.get_by_role("alert").first).to_be_visible()
    assert Clause.objects.get(document=document, number="2.1").text == "Слова первого."
    editor_of(second, "2.1")
    expect(second.locator("[data-clause-text]")).to_have_value("Слова второго.")


def test_a_protocol_prepared_here_is_signed_registered_and_sent(cast: Cast, visit: Callable[..., Visitor]) -> None:
    page = visit(cast.methodist).open("/documents/new/")
    page.get_by_label("Что проводится или о чём приказ").fill("совещание директоров школ")
    page.get_by_role("button", name="Начать с пустого").click()
    editor = page.locator("[data-clause]").first
    editor.get_by_role("button", name="Изменить пункт").click()
    page.locator("[data-clause-text]").fill("Провести родительские собрания.")
    page.get_by_role("button", name="Сохранить текст").click()
    expect(page.get_by_text("Провести родительские собрания.").first).to_be_visible()
    page.locator("[data-clause]").first.get_by_role("button", name="Изменить пункт").click()
    page.locator("[data-editor] .party-part input[type=checkbox]").first.check()
    page.get_by_role("button", name="Сохранить исполнителей").click()
    document = Document.objects.latest("pk")
    page.goto(page.url.split("/documents/")[0] + f"/documents/{document.pk}/send/")
    page.get_by_role("button", name="Передать на подписание").click()
    page.get_by_label("Кто подписал").fill("Т.И. Воронцова")
    page.get_by_role("button", name="Отметить подписание").click()
    page.get_by_role("button", name="Зарегистрировать", exact=True).click()
    expect(page.get_by_text("зарегистрирован, не разослан")).to_be_visible()
    page.goto(page.url.split("/documents/")[0] + f"/documents/{document.pk}/send/")
    page.get_by_role("button", name="Разослать").click()
    expect(page.get_by_text("разослан").first).to_be_visible()
    assert Assignment.objects.filter(document=document).exists()


def heic_or_jpeg(colour: str) -> bytes:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    out = io.BytesIO()
    Image.new("RGB", (1200, 1600), colour).save(out, "HEIF")
    return out.getvalue()


def test_photographs_of_a_telephone_become_one_pdf(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = sent(cast)
    page = visit(cast.director, width=360).open(f"/documents/{document.pk}/answer/")
    page.locator("#id_photos").set_input_files(
        [
            {"name": "1.heic", "mimeType": "image/heic", "buffer": heic_or_jpeg("white")},
            {"name": "2.heic", "mimeType": "image/heic", "buffer": heic_or_jpeg("grey")},
        ]
    )
    expect(page.get_by_role("link", name="Фотографии, 2", exact=False)).to_be_visible()


def test_a_half_written_answer_survives_logging_in_again(cast: Cast, visit: Callable[..., Visitor]) -> None:
    document = sent(cast)
    visitor = visit(cast.director)
    page = visitor.open(f"/documents/{document.pk}/answer/")
    page.get_by_label("Что сделано").fill("Собрания проведены в каждом классе.")
    page.wait_for_timeout(600)
    page.context.clear_cookies()
    visitor.login(cast.director)
    page = visitor.open(f"/documents/{document.pk}/answer/")
    expect(page.get_by_label("Что сделано")).to_have_value("Собрания проведены в каждом классе.")
