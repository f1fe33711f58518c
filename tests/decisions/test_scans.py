"""Print, sign, scan, upload: the scan finds its document by the code, a person confirms; and what is refused, in words."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFilter

from decisions.actions import registration
from decisions.actions.scans import told_apart
from decisions.models import Document, Scan
from schools.actions import papers
from schools.models import IssuedPaper, User
from tests.cast import Cast, user
from tests.decisions.test_life import sent
from tests.decisions.test_papers import at_signing, printed


def photographed(*pdfs: bytes, kind: str = "PDF", dots: int = 200, turned: float = 0.7) -> bytes:
    """Pages as an office machine gives them back: grey, slightly turned and blurred, as pictures in a PDF or as a TIFF."""
    pages = []
    for pdf in pdfs:
        for page in pypdfium2.PdfDocument(pdf):
            picture = page.render(scale=dots / 72).to_pil().convert("L")
            picture = picture.rotate(turned, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
            pages.append(picture.point(lambda tone: 30 + tone * 0.8))
    out = io.BytesIO()
    pages[0].save(out, kind, save_all=True, append_images=pages[1:], resolution=dots)
    return out.getvalue()


def blank() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 1100), "white").save(out, "JPEG")
    return out.getvalue()


def upload(client: Client, content: bytes, name: str = "Скан.pdf", **more: object) -> tuple[int, str]:
    """The status and the page that came after the upload."""
    answer = client.post(
        reverse("decisions:scan_create"), {"file": SimpleUploadedFile(name, content), **more}, follow=True
    )
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(("kind", "dots", "turned"), [("PDF", 200, 0.7), ("PDF", 150, -1.5), ("TIFF", 200, 180.4)])
def test_a_scan_finds_its_document_and_makes_it_signed(
    cast: Cast, as_user: Callable[[User], Client], kind: str, dots: int, turned: float
) -> None:
    document = at_signing(cast)
    client = as_user(cast.methodist)
    sheet = photographed(printed(client, document), kind=kind, dots=dots, turned=turned)
    status, page = upload(client, sheet, f"Скан.{kind.lower()}")
    assert status == 200 and "Найден по QR-коду" in page and "Приказ от" in page
    scan = Scan.objects.get()
    assert client.get(reverse("decisions:scan_page", args=[scan.pk])).getvalue().startswith(b"\xff\xd8\xff")
    document.refresh_from_db()
    assert document.state == "signing"  # nothing happens before a person has looked
    confirm = reverse("decisions:scan_confirm", args=[scan.pk])
    client.post(confirm, {"signed_on": document.date.isoformat(), "signed_by": "Т.И. Воронцова"})
    document.refresh_from_db()
    assert (document.state, document.signed_by) == ("signed", "Т.И. Воронцова")
    kept = client.get(reverse("decisions:document_scan", args=[document.pk]))
    assert b"".join(kept.streaming_content) == sheet
    shown = client.get(reverse("decisions:document_detail", args=[document.pk])).content.decode()
    assert "Подписанный экземпляр" in shown and scan.file.sha256 in shown


def test_a_registered_document_gets_its_scan_and_keeps_the_earlier_one(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    client = as_user(cast.methodist)
    for turned in (0.5, 1.0):
        upload(client, photographed(printed(client, document), turned=turned))
        client.post(reverse("decisions:scan_confirm", args=[Scan.objects.latest("pk").pk]))
    document.refresh_from_db()
    assert document.signed_scan == Scan.objects.latest("pk").file
    assert "Прежний скан" in client.get(reverse("decisions:document_detail", args=[document.pk])).content.decode()


def test_a_picture_without_a_code_is_given_its_document_by_number(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = sent(cast)
    client = as_user(cast.methodist)
    _, page = upload(client, blank(), "снимок.jpg")
    assert "QR-код не прочитан" in page and "Протокол № 4" in page
    confirm = reverse("decisions:scan_confirm", args=[Scan.objects.get().pk])
    assert "документов нет" in client.get(confirm, {"q": "999"}).content.decode()
    assert "Да, приложить скан" in client.get(confirm, {"document": document.pk}).content.decode()
    client.post(confirm, {"document": document.pk})
    document.refresh_from_db()
    assert document.signed_scan is not None


def test_the_code_of_another_document_is_told_before_anything_is_kept(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    first, second = sent(cast), at_signing(cast)
    client = as_user(cast.methodist)
    sheet = photographed(printed(client, first))
    status, page = upload(client, sheet, document=second.pk)
    assert status == 422 and "На скане код документа «Протокол № 4" in page
    answer = client.post(
        reverse("decisions:document_signed", args=[second.pk]),
        {"signed_on": "2026-03-10", "signed_by": "Кто-то", "scan": SimpleUploadedFile("с.pdf", sheet)},
        follow=True,
    )
    assert "На скане код документа «Протокол № 4" in answer.content.decode()
    second.refresh_from_db()
    assert second.state == "signing" and not Scan.objects.exists()


def test_two_documents_in_one_file_are_to_be_divided(cast: Cast, as_user: Callable[[User], Client]) -> None:
    client = as_user(cast.methodist)
    both = photographed(printed(client, sent(cast)), printed(client, at_signing(cast)))
    status, page = upload(client, both)
    assert status == 422 and "В файле несколько документов" in page and "Протокол № 4" in page


def test_papers_of_one_day_without_a_number_are_told_apart(cast: Cast) -> None:
    names = told_apart([at_signing(cast), at_signing(cast)])
    assert len(set(names)) == 2 and all("Приказ от" in name for name in names)


def test_another_offices_code_is_refused_and_tells_nothing_of_it(cast: Cast, as_user: Callable[[User], Client]) -> None:
    sheet = photographed(papers.bytes_of(IssuedPaper.objects.of(sent(cast)).get()))
    status, page = upload(as_user(cast.stranger), sheet)
    assert status == 422 and "другого органа управления" in page
    assert "Протокол № 4" not in page and not Scan.objects.exists()


def test_a_sheet_printed_before_the_draft_was_taken_back_is_refused(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    document = at_signing(cast)
    client = as_user(cast.methodist)
    sheet = photographed(printed(client, document))
    registration.take_back(by=cast.head, document=document)
    document.refresh_from_db()
    registration.send_to_sign(by=cast.methodist, document=document)
    status, page = upload(client, sheet)
    assert status == 422 and "вернули в черновик" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "пуст"),
        (b"%PDF-1.7\nrubbish", "повреждён"),
        (b"\xff\xd8\xff\xe0rubbish", "не открывается"),
        (b"PK\x03\x04 a Word file", "скан должен быть файлом PDF"),
        (b"<html>", "скан должен быть файлом PDF"),
    ],
)
def test_a_broken_file_is_refused_in_words(
    cast: Cast, as_user: Callable[[User], Client], content: bytes, words: str
) -> None:
    status, page = upload(as_user(cast.methodist), content)
    assert status == 422 and words in page
    assert not Scan.objects.exists()


def test_an_annulled_document_takes_no_scan(cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = sent(cast)
    client = as_user(cast.methodist)
    sheet = photographed(printed(client, document))
    registration.annul(by=cast.head, document=document, reason="Зарегистрирован дважды")
    status, page = upload(client, sheet)
    assert status == 422 and "аннулирована" in page


def test_a_wrong_file_is_put_away_with_its_bytes(cast: Cast, as_user: Callable[[User], Client]) -> None:
    client = as_user(cast.methodist)
    upload(client, blank(), "снимок.jpg")
    scan = Scan.objects.get()
    client.post(reverse("decisions:scan_drop", args=[scan.pk]))
    assert not Scan.objects.exists()


def test_a_scan_of_one_office_is_not_confirmed_for_a_document_of_another(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    upload(as_user(cast.methodist), blank(), "снимок.jpg")
    scan = Scan.objects.get()
    theirs = Document.objects.create(
        authority=cast.other_authority, kind="order", state="sent", date="2026-03-10", created_by=cast.stranger
    )
    both = user("dvoe", "methodist", cast.authority, "Сомова Вера Павловна", "методист")
    both.memberships.create(role="methodist", organization=cast.other_authority)
    as_user(both).post(reverse("decisions:scan_confirm", args=[scan.pk]), {"document": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.signed_scan is None
