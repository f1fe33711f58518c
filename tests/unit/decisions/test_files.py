"""What people drop into the page: every kind of file gives its text or a sentence on what to do, never another error."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from PIL import Image

from decisions.reading.child import read_file
from decisions.reading.containers import Unreadable, load
from tests.docx_builder import docx_of

TEXT = """ПРОТОКОЛ № 3
совещания директоров
от 12.03.2026

РЕШИЛИ:
1. Принять к сведению информацию.
2. Руководителям школ:
2.1. Провести собрания до 1 апреля 2026 года.
2.2. Представить отчёты до 5 апреля 2026 года.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r"])
def test_plain_text_is_read_in_every_encoding_people_use(encoding: str) -> None:
    text = TEXT.replace("№", "N") if encoding == "koi8-r" else TEXT  # KOI8-R has no №
    assert load(text.encode(encoding), "протокол.txt").text.strip() == text.strip()


def test_automatic_numbers_of_word_are_rebuilt() -> None:
    made = docx_of(TEXT)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert "2.1." not in package.read("word/document.xml").decode()
    assert [line for line in load(made, "a.docx").text.split("\n") if line.strip()] == [
        line for line in TEXT.split("\n") if line.strip()
    ]


def word_with(body: str) -> bytes:
    """A bare DOCX with the given paragraphs as OOXML."""
    document = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", document)
    return out.getvalue()


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Провести </w:t></w:r><w:del w:id='1'><w:r><w:delText>до мая</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>до июня</w:t></w:r></w:ins></w:p>"
    )
    assert load(word_with(body), "a.docx").text == "Провести до июня"


def test_a_table_is_rows_with_tabs_and_merged_cells_keep_their_columns() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    merged = '<w:vMerge w:val="restart"/>'
    body = (
        f"<w:tbl><w:tr>{cell('№')}{cell('Решение')}{cell('Срок')}</w:tr>"
        f"<w:tr>{cell('1')}{cell('Провести')}{cell('до 01.04.2026', merged)}</w:tr>"
        f"<w:tr>{cell('2')}{cell('Представить')}{cell('', '<w:vMerge/>')}</w:tr></w:tbl>"
    )
    rows = [line.split("\t") for line in load(word_with(body), "a.docx").text.split("\n") if line]
    assert rows[0] == ["№", "Решение", "Срок"]
    assert rows[1] == ["1", "Провести", "до 01.04.2026"]
    assert rows[2][:2] == ["2", "Представить"]


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, kind)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"0" * 300_000_000)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "пуст"),
        (b"  \n ", "пуст"),
        (picture("PNG"), "изображение"),
        (picture("JPEG"), "изображение"),
        (b"%PDF-1.7\nbroken", "повреждён"),
        (docx_of(TEXT)[:900], "DOCX"),
        (OLE + "Workbook".encode("utf-16-le") + b"\0" * 5000, "таблица"),
        (b"x" * (20 * 1024 * 1024 + 1), "20 МБ"),
        (b"Rar!\x1a\x07\x00" + b"\0" * 100, "архив"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        load(content, "протокол.docx")


def locked_odt() -> bytes:
    """What LibreOffice writes under a password: the parts are noise, the manifest says how they were made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name in ("content.xml", "styles.xml"):
            package.writestr(name, bytes(range(7, 256)))
        manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml">'
        package.writestr("META-INF/manifest.xml", manifest + "<m:encryption-data/></m:file-entry></m:manifest>")
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF under a password nobody knows: the handler is named, the keys are noise."""
    key = b"<" + b"5a" * 32 + b">"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -4/O" + key + b"/U" + key + b">>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>\n%%EOF"
    )


@pytest.mark.parametrize(
    ("content", "how"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 5000, "Защита документа"),
        (locked_odt(), "Защита документа"),
        (locked_pdf(), "Сохранить как PDF"),
    ],
    ids=["docx", "odt", "pdf"],
)
def test_a_locked_file_is_to_be_unlocked_by_its_owner(content: bytes, how: str) -> None:
    with pytest.raises(Unreadable, match="Снимите пароль") as refused:
        load(content, "протокол")
    assert how in str(refused.value)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Unreadable):
        load(bomb(), "протокол.docx")


def test_a_pdf_of_pictures_is_a_scan() -> None:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF")
    loaded = load(out.getvalue(), "скан.pdf")
    assert loaded.scan and not loaded.text


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_give_text_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(docx_of(TEXT))
    for _ in range(chance.randint(1, 60)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        load(bytes(content[: chance.randint(200, len(content))]), "a.docx")
    except Unreadable as why:
        assert str(why).endswith((".", "поле."))


def test_reading_runs_apart_and_its_refusal_comes_back_as_a_sentence() -> None:
    reading, meta = read_file(docx_of(TEXT), "a.docx", registry=None, seconds=60, megabytes=1024)
    assert reading["number"] == "3" and meta.kind == "docx"
    with pytest.raises(Unreadable, match="изображение"):
        read_file(picture("PNG"), "a.png", registry=None, seconds=60, megabytes=1024)


def test_a_file_that_needs_too_much_memory_harms_nobody() -> None:
    with pytest.raises(Unreadable, match="памят|велик"):
        read_file(docx_of(TEXT), "a.docx", registry=None, seconds=60, megabytes=40)


def test_rtf_keeps_printed_list_numbers_and_letters() -> None:
    body = "".join(f"\\'{byte:02x}" for byte in "Провести собрания".encode("cp1251"))
    rtf = r"{\rtf1\ansi\ansicpg1251 {\listtext\pard\plain 2.1.\tab}" + body + r"\par}"
    assert load(rtf.encode("ascii"), "a.rtf").text == "2.1. Провести собрания"


def test_pdf_lines_are_healed_into_paragraphs() -> None:
    from config.pdf import render_pdf

    words = "Рассмотреть на педагогических советах итоги проверочных работ и разработать меры по устранению выявленных недостатков"
    html = f"<html lang='ru'><head><title>x</title></head><body><p>1. {words} до 1 апреля 2026 года.</p><p>2. {words}.</p></body></html>"
    text = load(render_pdf(html, variant=None), "a.pdf").text
    assert f"1. {words} до 1 апреля 2026 года." in text
