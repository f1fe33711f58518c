"""Issued papers: the bytes kept from registration on, versions, and the page by which anybody may check a paper."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from docx import Document as open_word

from decisions.actions import editing, mending, registration
from decisions.actions.intake import start_empty
from decisions.actions.papers import issue_missing
from decisions.models import Document
from decisions.reading.model import Deadline
from schools.actions import papers
from schools.enums import PaperState
from schools.models import AuditEvent, IssuedPaper, OfficeSettings, StoredFile, User
from tests.cast import Cast
from tests.decisions.test_life import sent, settled
from tests.papers import PROTOCOL


def text_of(pdf: bytes) -> str:
    words = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(words.replace("\u00a0", " ").split())


def codes_of(pdf: bytes) -> list[str]:
    """What a reader of QR codes sees on each page."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        found += [one.text for one in zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())]
    return found


def at_signing(cast: Cast) -> Document:
    document = start_empty(by=cast.methodist, authority=cast.authority, kind="order", meeting="")
    clause = document.clauses.get()
    editing.set_text(by=cast.methodist, clause=clause, text="Провести собрание.", version=clause.version)
    editing.set_parties(
        by=cast.methodist, clauses=[clause], parties=[editing.Party("СОШ № 1", "school", organization=cast.school)]
    )
    registration.send_to_sign(by=cast.methodist, document=settled(cast, document))
    document.refresh_from_db()
    return document


def printed(client: Client, document: Document) -> bytes:
    answer = client.get(reverse("reports:protocol_pdf", args=[document.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return answer.content


def checked(code: str) -> str:
    answer = Client().get(reverse("schools:paper_check", args=[code]))
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_what_is_printed_after_registering_is_the_same_bytes_forever(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    paper = IssuedPaper.objects.of(document).get()
    assert (paper.version, paper.number, paper.sha256) == (1, "4", "")  # registering did not wait for the renderer
    first = printed(as_user(cast.methodist), document)
    Document.objects.filter(pk=document.pk).update(meeting="совещания, которого не было")
    document.clauses.update(text="Подменённые слова.")
    again = printed(as_user(cast.director), document)
    assert first == again
    paper.refresh_from_db()
    assert paper.sha256 == hashlib.sha256(first).hexdigest()
    assert "Подменённые" not in text_of(first) and "ПРОТОКОЛ" in text_of(first)


def test_what_was_said_at_registration_is_printed_even_when_rows_change_before_the_first_print(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    document.clauses.update(text="Подменённые слова.")
    assert "Подменённые" not in text_of(printed(as_user(cast.methodist), document))


def test_the_scan_makes_the_bytes_nobody_asked_for(cast: Cast) -> None:
    sent(cast)
    assert papers.render_waiting() == 1
    assert papers.render_waiting() == 0
    assert IssuedPaper.objects.get().file is not None


def test_a_file_changed_behind_our_back_is_not_given_out_as_the_document(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    printed(as_user(cast.methodist), document)
    file = StoredFile.objects.get(paper__isnull=False)
    with open(file.content.path, "ab") as kept:
        kept.write(b"\n% more")
    answer = as_user(cast.methodist).get(reverse("reports:protocol_pdf", args=[document.pk]))
    assert answer.status_code == 503 and "контрольная сумма не сходится" in answer.content.decode()


def test_a_mended_reading_is_a_new_version_with_the_same_words_and_the_old_one_stays(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    client = as_user(cast.methodist)
    first = printed(client, document)
    clause = document.clauses.get(number="2.2")
    deadline = Deadline(kind="date", due=dt.date(2026, 5, 20), text="до 20.05.2026")
    mending.mend_deadline(by=cast.methodist, clause=clause, deadline=deadline, reason="Срок прочитан неверно")
    second = printed(client, document)
    words, added = text_of(first), text_of(second)
    assert "до 15 мая 2026 года" in added  # as the paper says
    assert "Уточнено после регистрации" in added and "п. 2.2: срок — до 20.05.2026" in added
    assert "Уточнено" not in words
    new, old = IssuedPaper.objects.of(document)
    assert (new.state, old.state) == (PaperState.IN_FORCE, PaperState.REPLACED)
    assert client.get(reverse("schools:paper_pdf", args=[old.pk])).content == first
    assert "Заменён новой редакцией" in checked(old.code) and "Действует" in checked(new.code)


def test_an_annulled_document_says_so_on_paper_and_by_its_code(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    registration.annul(by=cast.head, document=document, reason="Зарегистрирован дважды")
    assert "РЕГИСТРАЦИЯ АННУЛИРОВАНА" in text_of(printed(as_user(cast.methodist), document))
    assert {paper.state for paper in IssuedPaper.objects.of(document)} == {PaperState.ANNULLED}
    assert all("Аннулирован" in checked(paper.code) for paper in IssuedPaper.objects.of(document))


def test_the_copy_for_signing_has_no_number_and_its_code_answers_with_the_number_later(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = at_signing(cast)
    copy = IssuedPaper.objects.of(document).get()
    sheet = printed(as_user(cast.methodist), document)
    assert "ПРОЕКТ" not in text_of(sheet) and "№ ______" in text_of(sheet)
    assert codes_of(sheet) == [f"HTTP://127.0.0.1:8000/C/{copy.code}"]
    assert "Ещё не зарегистрирован" in checked(copy.code)
    registration.mark_signed(by=cast.head, document=document, signed_on=document.date, signed_by="Т.И. Воронцова")
    registration.register(by=cast.methodist, document=document)
    document.refresh_from_db()
    assert f"Приказ № {document.number} от {document.date:%d.%m.%Y}" in checked(copy.code)
    assert "Действует" in checked(copy.code)
    assert f"№ {document.number}" in text_of(printed(as_user(cast.methodist), document))


def test_a_long_paper_has_its_code_on_the_first_sheet_and_on_the_one_with_the_signatures(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    lines = "".join(f"2.{n}. Провести занятие {n} до 1 июня 2026 года.\n" for n in range(3, 120))
    words = PROTOCOL.replace("3. Руководителям СОШ № 1", f"{lines}3. Руководителям СОШ № 1")
    document = sent(cast, words)
    pages = list(pypdfium2.PdfDocument(printed(as_user(cast.methodist), document)))
    told = [bool(zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())) for page in pages]
    assert len(told) > 2 and [n for n, code in enumerate(told) if code] == [0, len(told) - 1]


def test_a_paper_begun_here_is_signed_from_the_start_by_the_head_and_a_protocol_by_who_writes_it_too(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    signed = {}
    for kind in ("order", "protocol"):
        document = start_empty(by=cast.methodist, authority=cast.authority, kind=kind, meeting="")
        signed[kind] = [(one.role, one.name) for one in document.participants.all()]
    head, writer = cast.head.person.surname_first, cast.methodist.person.surname_first
    assert signed == {"order": [("signatory", head)], "protocol": [("chair", head), ("secretary", writer)]}
    words = text_of(printed(as_user(cast.methodist), at_signing(cast)))
    assert cast.head.person.initials_first in words.replace("\xa0", " ")


def test_a_signature_is_taken_off_with_a_reason_that_stays_in_the_history(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = at_signing(cast)
    registration.mark_signed(by=cast.head, document=document, signed_on=document.date, signed_by="Т.И. Воронцова")
    client, url = as_user(cast.head), reverse("decisions:document_take_back", args=[document.pk])
    assert "почему подписанный" in client.post(url, follow=True).content.decode()
    document.refresh_from_db()
    assert (document.state, document.signed_by) == ("signed", "Т.И. Воронцова")
    client.post(url, {"reason": "Председатель попросил уточнить срок"})
    document.refresh_from_db()
    assert (document.state, document.signed_by) == ("draft", "")
    assert (
        AuditEvent.objects.filter(action="document.draft").latest("pk").reason == "Председатель попросил уточнить срок"
    )


def test_a_sheet_printed_before_the_document_was_taken_back_is_no_longer_good(cast: Cast) -> None:
    document = at_signing(cast)
    registration.take_back(by=cast.head, document=document)
    old = IssuedPaper.objects.of(document).get()
    assert "отозван до регистрации" in checked(old.code)
    document.refresh_from_db()
    registration.send_to_sign(by=cast.methodist, document=document)
    assert papers.current(document) != old


def test_an_office_may_leave_the_code_out(cast: Cast, as_user: Callable[[User], Client]) -> None:
    OfficeSettings.objects.filter(authority=cast.authority).update(check_code=False)
    assert codes_of(printed(as_user(cast.methodist), sent(cast))) == []


def test_an_excerpt_carries_the_code_of_its_document_and_the_number_is_not_parted_from_its_sign(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    address = reverse("reports:excerpt_pdf", args=[document.pk, cast.school.pk])
    excerpt = as_user(cast.director).get(address).content
    assert codes_of(excerpt) == codes_of(printed(as_user(cast.methodist), document))
    assert "из которого сделана выписка" in text_of(excerpt)
    word = as_user(cast.director).get(reverse("reports:excerpt_docx", args=[document.pk, cast.school.pk])).content
    assert "№\u00a04" in "".join(line.text for line in open_word(io.BytesIO(word)).paragraphs)


def test_the_list_that_a_protocol_promises_is_printed_behind_it(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    IssuedPaper.objects.all().delete()
    for number in range(16, 0, -1):
        document.participants.create(role="present", name=f"Лосев{number:02} А.А.", post="директор", position=number)
    issue_missing()
    words = text_of(printed(as_user(cast.methodist), document))
    assert "(список прилагается)" in words
    assert "Список присутствовавших 1. Лосев01 А.А., директор 2. Лосев02" in words


def test_the_check_page_tells_a_stranger_nothing_of_what_the_paper_says(cast: Cast) -> None:
    document = sent(cast)
    shown = checked(IssuedPaper.objects.of(document).get().code)
    assert "Протокол № 4 от 10.03.2026" in shown and cast.authority.full_name in shown
    for hidden in ("СОШ", "руководител", "Воронцова", "проверочн", "пункт"):
        assert hidden not in shown


@pytest.mark.parametrize("code", ["0000000000", "нет", "'; drop", "9" * 300])
def test_an_unknown_code_is_the_same_calm_page(cast: Cast, code: str) -> None:
    answer = Client().get(reverse("schools:paper_check", args=[code]))
    assert answer.status_code == 404 and "Документ не найден" in answer.content.decode()


def test_a_code_is_understood_as_people_type_it(cast: Cast) -> None:
    paper = IssuedPaper.objects.of(sent(cast)).get()
    IssuedPaper.objects.filter(pk=paper.pk).update(code="K0F79X1MQP")
    for typed in ("k0f79-x1mqp", " КOF79 XLMQP ", "KOF79XIMQP"):
        answer = Client().get(reverse("schools:paper_find"), {"code": typed}, follow=True)
        assert "Протокол № 4" in answer.content.decode(), typed
    assert Client().get("/C/K0F79X1MQP").status_code == 200


def test_a_machine_that_asks_too_often_waits_and_others_do_not(cast: Cast) -> None:
    code = IssuedPaper.objects.of(sent(cast)).get().code
    url = reverse("schools:paper_check", args=[code])
    statuses = [Client().get(url, REMOTE_ADDR="10.0.0.1").status_code for _ in range(130)]
    assert statuses[0] == 200 and statuses[-1] == 429
    assert Client().get(url, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_papers_of_documents_registered_before_are_issued_by_the_scan(cast: Cast) -> None:
    document = sent(cast)
    IssuedPaper.objects.all().delete()
    assert issue_missing() == 1 and issue_missing() == 0
    assert IssuedPaper.objects.of(document).get().state == PaperState.IN_FORCE
