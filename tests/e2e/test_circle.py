"""The circle by browser: an order names curators who visit; a note becomes a signed protocol; an interview, a protocol; a gap of a
direction is closed. State that other tests prove is built by actions; the browser does what is new here."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config import clock
from decisions.actions import questions, registration
from decisions.actions.intake import take_in
from decisions.enums import Entry, QuestionState
from decisions.models import Assignment, Document
from decisions.reading.model import to_json
from decisions.reading.reader import read_text
from mentoring.actions import talks
from mentoring.models import Curatorship, Interview
from monitoring.actions import directions as measured
from monitoring.enums import Audience
from reports.actions import jobs
from reports.models import AnalyticalNote
from schools.models import IssuedPaper, User
from schools.registry_rows import registry_of
from tests.cast import PASSWORD, Cast
from tests.decisions.test_scans import photographed
from tests.e2e.conftest import Visitor
from tests.e2e.test_journey import office_of
from tests.office import Office
from tests.reports.test_directions import add, indicator
from tests.reports.test_notes import marks

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Visitor]


def registered_order(gold: Path) -> tuple[Office, Document]:
    """The real order that names curators, registered with its own number and date."""
    name = next(gold.glob("003*.txt")).name
    office = office_of(gold, name)
    reading = to_json(read_text((gold / name).read_text(encoding="utf-8"), registry=registry_of(office.authority)))
    document = take_in(by=office.methodist, authority=office.authority, reading=reading, entry=Entry.PAPER)
    for part in [document, *document.parts.all()]:
        for question in part.questions.filter(state=QuestionState.OPEN):
            questions.dismiss(by=office.methodist, question=question)
    registration.register_paper(
        by=office.methodist, document=document, number=document.number, date=document.date, past="archive"
    )
    document.refresh_from_db()
    return office, document


def with_password(user: User) -> User:
    """As if the person had taken the invitation."""
    user.set_password(PASSWORD)
    user.save()
    return user


def day(days: int) -> str:
    return (clock.today() + dt.timedelta(days=days)).isoformat()


def test_an_order_names_curators_one_visits_and_what_was_agreed_is_reported(gold: Path, visit: Visit) -> None:
    office, document = registered_order(gold)
    page = visit(office.methodist).open(f"/documents/{document.pk}/")
    page.get_by_role("link", name="Предложены кураторы: 7").click()
    page.get_by_role("button", name="Отметить все").click()
    page.get_by_role("button", name="Назначить отмеченных").click()
    expect(page.get_by_text("Назначено кураторов: 7")).to_be_visible()
    expect(page.locator(".st.ok", has_text="назначен")).to_have_count(7)
    care = Curatorship.objects.filter(document=document).select_related("membership__user").order_by("pk")[0]
    assert care.membership is not None

    curator = visit(with_password(care.membership.user), width=360)
    phone = curator.page
    phone.get_by_role("link", name=str(care.school)).first.click()
    phone.get_by_role("link", name="Запланировать визит").click()
    phone.get_by_label("Цель").fill("Посмотреть уроки")
    phone.get_by_role("button", name="Запланировать").click()
    phone.get_by_label("Что увидели").fill("Посетили три урока.")
    steps, dues = phone.get_by_label("Что сделать"), phone.get_by_label("К какому дню")
    for number, text in enumerate(("Провести консультации", "Открыть занятия по субботам", "Показать журнал")):
        steps.nth(number).fill(text)
        dues.nth(number).fill(day(7 * (number + 1)))
    phone.get_by_role("button", name="Передать директору").click()
    expect(phone.get_by_text("Передано директору")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    director = visit(office.director(care.school.name), width=360)
    school = director.page
    school.get_by_role("link", name="Подтвердите, о чём договорились", exact=False).first.click()
    school.get_by_role("button", name="Подтверждаю").click()
    expect(school.get_by_text("Договорённости — в поручениях школы")).to_be_visible()
    tasks = Assignment.objects.filter(document__visit__school=care.school)
    assert sorted(tasks.values_list("due", flat=True)) == [clock.today() + dt.timedelta(days=7 * n) for n in (1, 2, 3)]
    director.open("/tasks/").get_by_role("link", name="Ответить").first.click()
    school.get_by_label("Что сделано").fill("Консультации прошли.")
    school.get_by_role("button", name="Отправить на проверку").click()
    expect(school.get_by_text("Ответ отправлен")).to_be_visible()

    # The curator sees how it goes and accepts nothing; the office accepts.
    curator.open(f"/care/schools/{care.school_id}/")
    expect(phone.get_by_text("на проверке").first).to_be_visible()
    task = tasks.get(state="on_check")
    curator.open(f"/tasks/{task.pk}/")
    expect(phone.get_by_role("button", name="Принять")).to_have_count(0)
    page.goto(page.url.split("/documents/")[0] + "/answers/")
    page.get_by_role("button", name="Принять").first.click()
    expect(page.get_by_text("Принято: 1")).to_be_visible()
    task.refresh_from_db()
    assert task.state == "done"


def edit_section(page: Page, heading: str, text: str) -> None:
    form = page.locator("form[data-section]", has=page.get_by_role("textbox", name=heading))
    form.get_by_role("textbox").fill(text)
    form.get_by_role("button", name="Сохранить").click()
    expect(form.get_by_text("Сохранено")).to_be_visible()


def test_a_note_becomes_a_protocol_signed_scanned_and_read(cast: Cast, visit: Visit) -> None:
    marks(cast, 2026, cast.school, (5, 6, 6, 4))
    marks(cast, 2025, cast.school, (2, 8, 6, 4))
    visitor = visit(cast.methodist)
    page = visitor.open("/notes/new/")
    page.get_by_label("Учебный год").select_option("2026")
    page.get_by_role("button", name="Составить").click()
    expect(page.get_by_text("за год выросла на 13,8").first).to_be_visible()
    edit_section(page, "Выводы", "Доля «2» по математике выросла.")
    edit_section(
        page, "Рекомендации", "Руководителям: провести собрания.\nМетодистам и специалистам: подготовить семинар."
    )

    # More results arrive: unedited words follow them, edited ones stay, what changed stands beside.
    marks(cast, 2026, cast.neighbour, (20, 0, 0, 0))
    page.get_by_role("button", name="Пересчитать").click()
    expect(page.get_by_text("Что изменилось при последнем пересчёте")).to_be_visible()
    expect(page.get_by_role("textbox", name="Выводы")).to_have_value("Доля «2» по математике выросла.")
    expect(page.get_by_role("textbox", name="Результаты")).to_have_value(
        value := page.get_by_role("textbox", name="Результаты").input_value()
    )
    assert "41 обучающ" in value.replace("\u00a0", " ")

    # Word is made while one waits; the page says so by itself.
    page.get_by_role("button", name="Word").click()
    expect(page.get_by_text("ждёт очереди")).to_be_visible()
    jobs.run_waiting()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Скачать").click()
    with zipfile.ZipFile(io.BytesIO(Path(taken.value.path()).read_bytes())) as word:
        assert "Доля «2» по математике выросла." in word.read("word/document.xml").decode()

    note = AnalyticalNote.objects.get()
    visitor.open(f"/notes/{note.pk}/").get_by_role("button", name="Проект решения").click()
    expect(page.get_by_role("heading", name="В документе", exact=False)).to_be_visible()
    expect(page.get_by_text("Доля «2» по математике выросла.").first).to_be_visible()
    document = Document.objects.get()
    page.get_by_role("link", name="На подпис", exact=False).click()
    expect(page.locator(".org-counts")).to_contain_text("СОШ № 2")
    page.get_by_role("button", name="Передать на подписание").click()
    expect(page.get_by_role("heading", name="Документ на подписании")).to_be_visible()
    printed = page.request.get(f"{visitor.base}/documents/{document.pk}/pdf/").body()

    visitor.open("/documents/").get_by_role("link", name="Загрузить скан").click()
    page.get_by_label("Скан или снимок").set_input_files(
        {"name": "Подписано.pdf", "mimeType": "application/pdf", "buffer": photographed(printed)}
    )
    page.get_by_role("button", name="Загрузить").click()
    expect(page.get_by_text("Найден по QR-коду")).to_be_visible(timeout=60_000)
    expect(page.get_by_alt_text("Первая страница скана")).to_be_visible()
    page.get_by_label("Кто подписал").fill("Т.И. Воронцова")
    page.get_by_role("button", name="Да, документ подписан").click()
    expect(page.get_by_role("heading", name="Подписанный экземпляр")).to_be_visible()
    page.get_by_role("button", name="Зарегистрировать", exact=True).click()
    page.get_by_role("link", name="Разослать").click()
    page.get_by_role("button", name="Разослать").click()
    expect(page.get_by_text("Ознакомились 0 из 4")).to_be_visible()
    paper = IssuedPaper.objects.filter(object_id=document.pk).latest("pk")
    checked = visit().open(f"/c/{paper.code}")
    expect(checked.get_by_text("действует").first).to_be_visible()
    expect(checked.get_by_text("математик")).to_have_count(0)

    school = visit(cast.director, width=360).open(f"/documents/{document.pk}/")
    school.get_by_role("button", name="Ознакомлен(а)").click()
    expect(school.get_by_text("Вы ознакомлены").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("Ознакомились 1 из 4")).to_be_visible()


def test_an_interview_becomes_a_registered_protocol(cast: Cast, visit: Visit) -> None:
    listed = talks.save_questionnaire(
        by=cast.methodist, authority=cast.authority, title="К аттестации", texts=["Что сделано?", "Что мешает?"]
    )
    earlier = talks.invite(
        by=cast.methodist,
        questionnaire=listed,
        schools=[cast.school],
        day=clock.today(),
    )[0]
    talks.save_answers(
        by=cast.director, interview=earlier, saved=earlier.saved, texts={"q1": "Прошлогодний план."}, ready=True
    )
    Interview.objects.update(day=clock.today() - dt.timedelta(days=300))
    office = visit(cast.methodist)
    page = office.open("/interviews/new/")
    page.get_by_label("Вопросы").select_option(label="К аттестации")
    page.get_by_label("День").fill(day(0))
    page.get_by_label("СОШ № 1").check()
    page.get_by_role("button", name="Назначить").click()
    expect(page.get_by_text("Назначено собеседований: 1")).to_be_visible()

    director = visit(cast.director, width=360)
    school = director.page
    school.get_by_role("link", name="подготовьте ответы", exact=False).first.click()
    expect(school.get_by_text("Прошлогодний план.")).to_be_visible()
    school.get_by_label("Ваш ответ").first.fill("План есть у каждого выпускника.")
    school.get_by_role("button", name="Передать ответы").click()
    expect(school.get_by_text("Ответы переданы")).to_be_visible()

    office.open("/interviews/").get_by_role("link", name="СОШ № 1").first.click()
    expect(page.get_by_text("План есть у каждого выпускника.")).to_be_visible()
    page.get_by_label("Заметка").first.fill("план общий")
    page.get_by_label("Выводы").fill("Работа ведётся.")
    page.get_by_label("Что рекомендовано").first.fill("Составить индивидуальные планы")
    page.get_by_label("К какому дню").first.fill(day(30))
    page.get_by_role("button", name="Собеседование проведено").click()
    expect(page.get_by_text("Собеседование отмечено проведённым")).to_be_visible()
    office.open("/interviews/").get_by_role("button", name="Составить протокол").click()
    expect(page.get_by_role("heading", name="В документе", exact=False)).to_be_visible()
    document = Document.objects.get()
    page.get_by_role("link", name="На подпис", exact=False).click()
    page.get_by_role("button", name="Передать на подписание").click()
    page.get_by_label("Кто подписал").fill("Т.И. Воронцова")
    page.get_by_role("button", name="Отметить подписание").click()
    page.get_by_role("button", name="Зарегистрировать", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Протокол № 1")
    assert Interview.objects.get(day=clock.today()).document == document


def test_a_gap_of_a_direction_is_found_and_closed(cast: Cast, visit: Visit) -> None:
    direction = measured.open_year(by=cast.methodist, authority=cast.authority, school_year=2026)[0]
    goal = add(cast, direction, "goal")
    first = indicator(cast, direction, goal)
    measured.set_values(
        by=cast.methodist,
        indicator=first.indicator,
        values={cast.authority.pk: (Decimal(12), None)},
        source="hand",
        day=clock.today(),
    )
    monitoring = add(cast, direction, "monitoring", add(cast, direction, "method", first))
    analysis = add(cast, direction, "analysis", monitoring)
    add(cast, direction, "recommendation", analysis, audience=Audience.HEADS, text="Провести занятия.")
    page = visit(cast.methodist).open("/directions/?year=2026")
    expect(page.locator("li", has_text="1.1").get_by_text("1 разрыв")).to_be_visible()
    page.locator("li", has_text="1.1").get_by_role("link").first.click()
    gaps = page.locator("section", has=page.get_by_role("heading", name="Разрывы цепочки"))
    for said, step, text in (
        ("Рекомендация «Провести занятия.» без меры", "Назначить меру", "Семинар для педагогов"),
        ("Мера «Семинар для педагогов» без решения", "Внести решение", "Провести семинар в марте"),
        ("Решение «Провести семинар в марте» — эффект не оценён", "Оценить эффект", "Доля «2» снизилась"),
    ):
        expect(gaps).to_contain_text(said)
        gaps.get_by_role("link", name=step).click()
        page.locator("#id_text").fill(text)
        if step == "Внести решение":
            page.get_by_label("Реквизиты или адрес страницы").fill("Приказ № 5 от 02.03.2026")
        page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Цепочка замкнута")).to_be_visible()
