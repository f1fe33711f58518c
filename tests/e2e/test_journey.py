"""The main job in a real browser: a Word file goes in, tasks come out, a school answers, the office accepts and prints."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Assignment, Document
from tests.docx_builder import docx_of
from tests.e2e.conftest import Visitor
from tests.office import Office, office_from

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def office_of(gold: Path, document: str) -> Office:
    """The office whose name the first words of the document print."""
    with (gold / "registry.csv").open(encoding="utf-8-sig") as stream:
        authorities = list(dict.fromkeys(row["authority"] for row in csv.DictReader(stream)))
    words = set((gold / document).read_text(encoding="utf-8").casefold().split()[:60])
    nearest = max(authorities, key=lambda name: len(words & set(name.casefold().split())))
    return office_from(gold / "registry.csv", nearest)


def settle_questions(page: Page) -> int:
    """Steps through the questions by F8: takes the offered answer where there is one, else leaves as it is."""
    answered = 0
    waiting = page.locator("[data-waiting]")
    while waiting.count():
        left = int(waiting.get_attribute("data-waiting") or 0)
        question = page.locator("[data-question]:focus-within").first
        page.wait_for_load_state("load")  # the deferred scripts, the one that hears F8 among them, have run by then
        page.keyboard.press("F8")
        expect(question).to_be_visible()
        yes, keep = question.get_by_role("button", name="Да,"), question.get_by_role("button", name="Оставить как есть")
        guess = question.locator("button.soft")  # what a part of the file is: the program's guess
        next(one for one in (yes, guess, keep) if one.count()).first.click()
        expect(page.locator(f"[data-waiting='{left}']")).to_have_count(0)
        expect(page.locator("#reading:focus-within, #reading:focus")).to_have_count(1)
        answered += 1
        assert answered < 200
    return answered


def register(page: Page) -> None:
    page.get_by_role("link", name="На регистрацию").click()
    control = page.get_by_label("на контроль", exact=False)
    if control.count():
        control.first.check()
    page.get_by_role(
        "button", name="Зарегистрировать и разослать"
    ).dblclick()  # as people do: one registration, no refusal
    expect(page.get_by_text("разослан").first).to_be_visible()


def take_in_file(page: Page, name: str, content: bytes) -> None:
    page.locator("#id_file").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("button", name="Прочитать документ").click()
    expect(page.get_by_role("heading", name="Прочитано", exact=False)).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("width", [1440, 360])
def test_a_protocol_goes_in_as_word_and_a_school_answers_it(
    gold: Path, visit: Callable[..., Visitor], width: int
) -> None:
    name = sorted(path.name for path in gold.glob("000*.txt"))[0]
    office = office_of(gold, name)
    methodist = visit(office.methodist, width=width)
    page = methodist.open("/documents/new/")
    take_in_file(page, "Протокол.docx", docx_of((gold / name).read_text(encoding="utf-8")))
    settle_questions(page)
    register(page)

    document = Document.objects.get(part_of__isnull=True)
    task = Assignment.objects.filter(document=document, reports=True, recommended=False).order_by("pk")[0]
    director = visit(office.director(task.organization.name), width=width)
    page_of_school = director.open("/tasks/")
    expect(page_of_school.locator(".task-rows li").first).to_be_visible()
    page_of_school.get_by_role("link", name="Ответить").first.click()
    page_of_school.get_by_label("Что сделано").fill("Рассмотрено на педагогическом совете.")
    page_of_school.locator("[data-uploads]").set_input_files(
        {"name": "Справка.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" + b"0" * 1_300_000}
    )
    expect(page_of_school.get_by_role("link", name="Справка.pdf")).to_be_visible()
    page_of_school.get_by_role("button", name="Отправить на проверку").click()
    expect(page_of_school.get_by_text("Ответ отправлен")).to_be_visible()

    queue = methodist.open("/answers/")
    queue.get_by_role("button", name="Принять").first.click()
    expect(queue.get_by_text("Принято: 1")).to_be_visible()
    assert Assignment.objects.filter(document=document, state="done").count() == 1

    matrix = methodist.open(f"/documents/{document.pk}/matrix/")
    expect(matrix.locator("td.ok, td.late_ok")).to_have_count(1)
    printed = page.request.get(f"{methodist.base}/documents/{document.pk}/pdf/")
    assert printed.ok and printed.body().startswith(b"%PDF")


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_every_real_document_goes_in_pasted_and_prints(gold: Path, visit: Callable[..., Visitor], number: str) -> None:
    path = next(gold.glob(f"{number}*.txt"))
    office = office_of(gold, path.name)
    methodist = visit(office.methodist)
    page = methodist.open("/documents/new/")
    page.get_by_label("Или вставьте текст").fill(path.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Прочитать документ").click()
    expect(page.get_by_role("heading", name="Прочитано", exact=False)).to_be_visible(timeout=60_000)
    settle_questions(page)
    register(page)
    document = Document.objects.filter(part_of__isnull=True).latest("pk")
    printed = page.request.get(f"{methodist.base}/documents/{document.pk}/pdf/")
    assert printed.ok and printed.body().startswith(b"%PDF")
