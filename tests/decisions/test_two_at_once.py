"""Misuse and two people at once, with real concurrent transactions: one wins, the other is told and loses no word."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from decisions.actions import answers, extensions, registration
from decisions.actions.drafts import undo
from decisions.actions.heading import save_heading
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, Document, ExecutionReport
from schools.models import User
from tests.areas.control import asked, future, with_day
from tests.cast import Cast
from tests.decisions.test_life import DAY, answered, sent, settled, taken, waiting


def at_once(*actions: Callable[[], object]) -> list[str]:
    """Runs each action in a thread and a connection of its own; gives «ok» or the words of the refusal, sorted."""
    start, said = threading.Barrier(len(actions)), []

    def run(action: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            action()
            said.append("ok")
        except Refused as why:
            said.append(f"{type(why).__name__}: {why}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(said, key=lambda words: words != "ok")


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def postgres(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("Одновременные транзакции проверяются на PostgreSQL.")


def test_a_registration_pressed_twice_makes_the_tasks_once_and_shows_the_document(postgres: None, cast: Cast) -> None:
    document = settled(cast, taken(cast))
    pages: list[str] = []

    def press() -> None:
        window = Client()
        window.force_login(fresh(cast.methodist))
        data = {"number": "4", "date": DAY, "past": "control"}
        answer = window.post(reverse("decisions:document_send", args=[document.pk]), data)
        pages.append(getattr(answer, "url", str(answer.status_code)))

    assert at_once(press, press) == ["ok", "ok"]
    assert pages == [reverse("decisions:document_detail", args=[document.pk])] * 2
    assert Assignment.objects.filter(document=document).count() == 11


def test_two_who_register_at_once_get_two_numbers_in_a_row(postgres: None, cast: Cast) -> None:
    signed = [settled(cast, taken(cast)) for _ in range(2)]
    Document.objects.update(state="signed", entry="prepared")
    said = at_once(
        *(lambda one=one: registration.register(by=fresh(cast.methodist), document=one) for one in signed)  # type: ignore[misc]
    )
    assert said == ["ok", "ok"]
    assert sorted(Document.objects.values_list("number", flat=True)) == ["1", "2"]


def test_two_people_of_a_school_answer_at_once(postgres: None, cast: Cast) -> None:
    document = sent(cast)
    row = Assignment.objects.get(document=document, organization=cast.school, clause__number="2.1")
    report = answers.draft_answer(by=cast.director, document=document, organization=cast.school)
    answers.save_draft(by=cast.director, report=report, text="Сделано.", link="", assignments=[row])
    send = lambda: answers.send_answer(by=fresh(cast.director), report=report, assignments=[row])  # noqa: E731
    said = at_once(send, send)
    assert said[0] == "ok" and said[1].startswith("Conflict: Ответ уже отправлен: Белова И.С.")
    assert ExecutionReport.objects.filter(document=document, state="sent").count() == 1
    assert row.events.filter(kind="отправлен ответ").count() == 1


def test_two_checkers_judge_one_answer_at_once(postgres: None, cast: Cast) -> None:
    row = answered(cast, sent(cast))
    items = waiting(row)
    said = at_once(
        lambda: answers.accept(by=fresh(cast.methodist), items=items),
        lambda: answers.return_(by=fresh(cast.head), items=items, remark="Приложите выписку"),
    )
    assert said[0] == "ok" and said[1].startswith("Conflict")
    row.refresh_from_db()
    assert row.state in ("done", "returned")
    assert row.events.filter(kind__in=["ответ принят", "ответ возвращён"]).count() == 1


def test_two_decide_one_request_at_once(postgres: None, cast: Cast) -> None:
    document = sent(cast)
    row = with_day(Assignment.objects.get(document=document, organization=cast.school, clause__number="2.1"))
    request = asked(cast, row)
    said = at_once(
        lambda: extensions.grant(by=fresh(cast.head), request=request),
        lambda: extensions.refuse(by=fresh(cast.head), request=request, answer="Срок общий для всех"),
    )
    assert said[0] == "ok" and "уже рассмотрена" in said[1]
    assert row.date_changes.count() <= 1


def test_the_same_extension_asked_twice_at_once_is_one_request(postgres: None, cast: Cast) -> None:
    document = sent(cast)
    row = with_day(Assignment.objects.get(document=document, organization=cast.school, clause__number="2.1"))

    def ask() -> None:
        extensions.ask(
            by=fresh(cast.director), assignment=row, wanted=future(60), reason="Педагог на больничном", batch="b"
        )

    said = at_once(ask, ask)
    assert said[0] == "ok" and said[1].startswith("Conflict")
    assert row.extension_requests.count() == 1


# --- by pages ---


@pytest.fixture
def page(cast: Cast, as_user: Callable[[User], Client]) -> tuple[Client, Assignment, str]:
    document = sent(cast)
    row = Assignment.objects.get(document=document, organization=cast.school, clause__number="2.1")
    return as_user(cast.director), row, reverse("decisions:answer_create", args=[document.pk])


def test_who_answers_second_sees_who_was_first_and_keeps_the_text(
    cast: Cast, page: tuple[Client, Assignment, str]
) -> None:
    client, row, url = page
    for one in Assignment.objects.filter(document=row.document, organization=cast.school):
        Assignment.objects.filter(pk=one.pk).update(state="on_check", answered_on="2026-03-20")
    report = ExecutionReport.objects.create(
        document=row.document, organization=cast.school, created_by=cast.director, text="Первый ответ."
    )
    ExecutionReport.objects.filter(pk=report.pk).update(
        state="sent", sent_by=cast.director, sent_at="2026-03-20T10:00:00Z"
    )
    said = client.post(url, {"task": row.pk, "text": "Мой длинный ответ.", "verb": "send"})
    words = said.content.decode()
    assert said.status_code == 409
    assert "Белова И.С." in words and "Первый ответ." in words and "Мой длинный ответ." in words


def test_two_drafts_of_one_answer_do_not_overwrite_each_other(cast: Cast, page: tuple[Client, Assignment, str]) -> None:
    client, row, url = page
    client.get(url)
    report = ExecutionReport.objects.get(document=row.document, state="draft")
    first = client.post(url, {"task": row.pk, "text": "Слова первого.", "verb": "save", "version": report.version})
    assert first.status_code == 302
    second = client.post(url, {"task": row.pk, "text": "Слова второго.", "verb": "send", "version": report.version})
    words = second.content.decode()
    assert second.status_code == 422 and "Слова первого." in words and "Слова второго." in words
    report.refresh_from_db()
    assert (report.text, report.state) == ("Слова первого.", "draft")


def test_thirty_files_are_taken_and_the_next_one_is_told(cast: Cast, page: tuple[Client, Assignment, str]) -> None:
    client, row, url = page
    files = [SimpleUploadedFile(f"Лист {n}.txt", f"Лист {n}".encode()) for n in range(31)]
    said = client.post(url, {"task": row.pk, "text": "Вот листы.", "verb": "send", "files": files})
    assert said.status_code == 422
    assert "не больше 30 файлов" in said.content.decode() and "Вот листы." in said.content.decode()
    assert ExecutionReport.objects.get(document=row.document).files.count() == 30


def test_a_paste_of_two_hundred_pages_into_an_answer_is_told_and_kept(
    cast: Cast, page: tuple[Client, Assignment, str]
) -> None:
    client, row, url = page
    text = "Проведено занятие, присутствовали обучающиеся. " * 10_000
    said = client.post(url, {"task": row.pk, "text": text, "verb": "send"})
    words = said.content.decode()
    assert said.status_code == 422 and "помещается 8000" in words and "приложите файлом" in words
    assert text.strip() in words
    assert ExecutionReport.objects.get(document=row.document).state == "draft"


def test_a_task_of_another_school_is_nobodys(cast: Cast, page: tuple[Client, Assignment, str]) -> None:
    client, row, url = page
    theirs = Assignment.objects.get(document=row.document, organization=cast.neighbour, clause__number="2.1")
    said = client.post(url, {"task": theirs.pk, "text": "За соседа.", "verb": "send"})
    assert said.status_code == 422 and "За соседа." in said.content.decode()
    assert client.post(reverse("decisions:task_explain", args=[theirs.pk]), {"text": "Объясняю"}).status_code == 404
    asked_for = client.post(
        reverse("decisions:extension_ask"), {"task": theirs.pk, "wanted": future().isoformat(), "reason": "За соседа"}
    )
    assert asked_for.status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "assigned" and not theirs.extension_requests.exists()
    with pytest.raises(Refused, match="другой школе"):
        report = ExecutionReport.objects.get(document=row.document, organization=cast.school)
        answers.send_answer(by=cast.director, report=report, assignments=[theirs])


def test_a_bulk_withdrawal_says_what_was_not_done_and_why(cast: Cast, as_user: Callable[[User], Client]) -> None:
    row = answered(cast, sent(cast))
    answers.accept(by=cast.methodist, items=waiting(row))
    other = Assignment.objects.get(clause=row.clause, organization=cast.neighbour)
    said = as_user(cast.head).post(reverse("decisions:tasks_withdraw"), {"task": [row.pk, other.pk]}, follow=True)
    words = said.content.decode()
    assert "Снято с контроля: 1" in words and "Не сделано: 1" in words and "СОШ № 2" in words and "причину" in words
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.state) == ("withdrawn", "assigned")


def test_the_remark_of_who_came_second_is_shown_again(cast: Cast, as_user: Callable[[User], Client]) -> None:
    row = answered(cast, sent(cast))
    item = waiting(row)[0]
    answers.accept(by=cast.methodist, items=[item])
    said = as_user(cast.head).post(
        reverse("decisions:answers_judge"),
        {"item": item.pk, "verb": "return", "remark": "Приложите выписку из протокола"},
        follow=True,
    )
    assert "уже проверил другой" in said.content.decode()
    assert "Приложите выписку из протокола" in said.content.decode()


def test_viewing_is_recorded_by_the_page_itself_and_a_get_changes_nothing(
    cast: Cast, page: tuple[Client, Assignment, str], as_user: Callable[[User], Client]
) -> None:
    client, row, _ = page
    client.get(reverse("decisions:task_detail", args=[row.pk]))
    row.refresh_from_db()
    assert row.first_seen_at is None
    as_user(cast.methodist).post(reverse("decisions:task_seen", args=[row.pk]))
    row.refresh_from_db()
    assert row.first_seen_at is None  # an office that looks is not the school
    assert client.post(reverse("decisions:task_seen", args=[row.pk])).status_code == 204
    row.refresh_from_db()
    assert row.first_seen_at is not None


def test_a_co_executor_sees_the_task_without_answers_and_grounds(
    cast: Cast, page: tuple[Client, Assignment, str], as_user: Callable[[User], Client]
) -> None:
    from decisions.models import ClauseGround, CoExecutor

    _, row, _ = page
    CoExecutor.objects.create(assignment=row, organization=cast.neighbour)
    ClauseGround.objects.create(clause=row.clause, organization=cast.school, text="41 % отметок «2»")
    answered(cast, row.document)
    Assignment.objects.filter(pk=row.pk).update(state="returned", last_remark="Неполный ответ")
    client = as_user(cast.neighbour_director)
    shown = client.get(reverse("decisions:task_detail", args=[row.pk])).content.decode()
    assert "соисполнитель" in shown and "Ваша часть" in shown
    for hidden in ("41 %", "Рассмотрено 20 марта", "Неполный ответ"):
        assert hidden not in shown
    assert "Вы соисполнитель" in client.get(reverse("decisions:task_list")).content.decode()


def test_conflicts_are_refusals() -> None:
    assert issubclass(Conflict, Refused)


def test_two_who_edit_the_people_of_a_protocol_do_not_overwrite_each_other(cast: Cast) -> None:
    document = taken(cast)
    version = document.header_version

    def save(name: str) -> None:
        fresh = Document.objects.get(pk=document.pk)
        people = [{"role": "chair", "name": name, "post": ""}]
        agenda = [{"id": None, "text": "О питании", "speaker": ""}]
        save_heading(
            by=cast.methodist, document=fresh, header_version=version, changes={}, people=people, agenda=agenda
        )

    save("Первая П.П.")
    with pytest.raises(Conflict):
        save("Вторая В.В.")
    assert [one.name for one in document.participants.all()] == ["Первая П.П."]
    document.refresh_from_db()
    undo(by=cast.methodist, document=document)  # people and agenda were one edit: one step back
    assert not document.agenda.filter(text="О питании").exists()
