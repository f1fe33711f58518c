"""Papers as Word shows them: the printed numbers, columns that fit, words a line does not part."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from decisions.reading.containers.docx import load_docx
from reports.docx import paper_docx, sheet_docx
from reports.paper.build import in_signature
from reports.paper.model import Line, Paper, Section, Sheet
from reports.paper.words import tied


def paper(*numbers: str) -> Paper:
    lines = tuple(Line(number, number.count(".") - 1, f"Провести занятие {at}") for at, number in enumerate(numbers))
    return Paper(
        kind="protocol",
        issuer=("Отдел",),
        title="ПРОТОКОЛ",
        heading="совещания",
        date="",
        place="",
        number="1",
        sections=(Section(lines=lines),),
    )


def definitions_of(data: bytes) -> list[str]:
    """The list definition (w:abstractNum) of each numbered paragraph, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body, numbering = archive.read("word/document.xml").decode(), archive.read("word/numbering.xml").decode()
    of = dict(re.findall(r'<w:num w:numId="(\d+)"[^>]*>\s*<w:abstractNumId w:val="(\d+)"', numbering))
    return [of[num] for num in re.findall(r'<w:numId w:val="(\d+)"', body)]


@pytest.mark.parametrize(
    "numbers",
    [
        ("1.", "2.", "2.1.", "2.2.", "3."),
        ("4.", "5.", "5.1.", "2.1.", "2.2.", "3.", "3.1.", "4."),  # a second question begins at 2.1, as offices do
        ("2.3.", "3.", "3.1.", "3.2.", "5."),
        ("1.1.2.", "1.1.3.", "1.2.", "1.2.1."),
    ],
)
def test_word_shows_the_numbers_the_paper_prints(numbers: tuple[str, ...]) -> None:
    text = load_docx(paper_docx(paper(*numbers))).text
    shown = re.findall(r"^([\d.]+)\s+Провести", text, re.M)
    assert [one.rstrip(".") for one in shown] == [one.rstrip(".") for one in numbers]


def test_a_list_that_begins_anew_shares_no_counters_with_the_one_above() -> None:
    first, second, third = definitions_of(paper_docx(paper("5.", "5.1.", "2.1.")))
    assert first == second != third


def test_columns_of_a_sheet_are_as_wide_as_the_sheet_says() -> None:
    sheet = Sheet("ЛИСТ", "с приказом", ("№", "Организация", "Подпись"), (("1", "Школа", ""),), (10, 60, 30))
    with zipfile.ZipFile(io.BytesIO(sheet_docx(sheet))) as archive:
        grid = re.findall(r'<w:gridCol w:w="(\d+)"', archive.read("word/document.xml").decode())
    widths = [int(one) for one in grid]
    assert [round(width / sum(widths), 1) for width in widths] == [0.1, 0.6, 0.3]


@pytest.mark.parametrize(
    "printed",
    [
        "до 7~декабря 2021~года",
        "школе п.~Луговой и с.~Малая Берёзовка, р.п.~Сосновка",
        "п.~2.1 приказа №~15",
        "Титова~Е.А. и Ю.~А.~Гаранина",
        "занятия~– для всех",
        "в 5 классах, в 2021/2022 учебном году",
    ],
)
def test_a_line_does_not_part_what_belongs_together(printed: str) -> None:
    assert tied(printed.replace("~", " ")).replace("\u00a0", "~") == printed


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("Орлова Н.П.", "Н.П. Орлова"),
        ("Орлова Надежда Павловна", "Н.П. Орлова"),
        ("Петрова-Водкина А. И.", "А.И. Петрова-Водкина"),
        ("Абдулов Рашид", "Р. Абдулов"),
        ("Н.П. Орлова", "Н.П. Орлова"),
        ("Юсупов Рашид Ахмед оглы", "Юсупов Рашид Ахмед оглы"),
    ],
)
def test_under_a_paper_initials_stand_before_the_surname(name: str, signed: str) -> None:
    assert in_signature(name) == signed
