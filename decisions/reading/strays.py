"""What looks like a school and was not understood: a person is asked about it. Pure."""

from __future__ import annotations

import re

from decisions.deadlines.words import MONTH
from decisions.reading.named import Named
from decisions.reading.school_marks import ADJECTIVE
from schools.names import AuthorityRegistry


def stray_names(text: str, named: list[Named], registry: AuthorityRegistry) -> list[str]:
    """What looks like a school and was not understood: a short kind word or a number with №, outside all names."""
    out = []
    inside = bytearray(len(text) + 1)
    for one in named:
        inside[one.start : one.end] = b"\x01" * (one.end - one.start)
    for found in STRAY.finditer(text):
        if inside[found.start()] or NOT_SCHOOL_NUMBER.search(text[max(0, found.start() - 60) : found.start()]):
            continue
        out.append(text[max(0, found.start() - 12) : found.end() + 14].strip())
    for found in ALONE.finditer(text):  # «Каменской (Попов П.П.), Лесной школ»: half a name of the registry
        if not inside[found.start()] and registry.match(f"{found.group()} школа").entry is not None:
            out.append(text[max(0, found.start() - 12) : found.end() + 14].strip())
    for found in A_BRANCH.finditer(text):
        if not inside[found.start()]:
            out.append(text[max(0, found.start() - 12) : found.end() + 14].strip())
    for one in named:  # «СОШ № 5, 17»: a number behind a list that is no school of the registry
        more = BEHIND_LIST.match(text, one.end)
        if one.is_school and more and re.search(r"\d$", one.text) and not inside[more.end() - 1]:
            out.append(text[max(0, more.start() - 12) : more.end() + 14].strip())
        letter = LETTER_BEHIND_LIST.match(text, one.end)
        if one.is_school and letter and re.search(r"\d$", one.text):
            out.append(text[max(0, letter.start() - 12) : letter.end() + 14].strip())
    return out


BEHIND_LIST = re.compile(
    rf"\s*(?:,|и)\s*(?:№\s*)?\d{{1,3}}(?![\d.%]|\s*(?:класс|лет|балл|чел|обуч|час|выпускн|участн|учен|%|-|[–—]|{MONTH}))"
)
# «СОШ № 2, 3, б»: a letter where a number of the list is expected, most likely misread.
LETTER_BEHIND_LIST = re.compile(r"\s*(?:,|и\s)\s*[бзлгтЗОБIl](?=\s*(?:[,;.)]|\s[а-яё]{2}|$))")
STRAY = re.compile(
    r"(?<![А-Яа-яё])(?:СОШ|ООШ|НОШ|МБОУ|МОУ|МКОУ|МАОУ)(?![А-Яа-яё])|№\s*\d{1,3}(?![\d/-])|(?<![А-Яа-яё])(?:гимнази|лице)[а-яё]+\s+(?:№|«)"
)
ALONE = re.compile(rf"(?<![А-Яа-яё«-]){ADJECTIVE}(?=\s*(?:[,;()]|и\s|[–—-]\s|[а-яё]+(?:ть|ти)(?![а-яё])|$))")
A_BRANCH = re.compile(r"(?<![А-Яа-яё])филиал(?:у|ом)(?![а-яё])", re.IGNORECASE)
NOT_SCHOOL_NUMBER = re.compile(
    r"(?:приложени[а-яё]*|приказ[а-яё]*|протокол[а-яё]*|пункт[а-яё]*|п\.|форм[а-яё]*|таблиц[а-яё]*|вопрос[а-яё]*|письм[а-яё]*|распоряжени[а-яё]*|постановлени[а-яё]*|"
    r"закон[а-яё]*|от\s+[\d.]+\s*(?:г\.|года)?|этап[а-яё]*|вариант[а-яё]*|задани[а-яё]*|раздел[а-яё]*|номер[а-яё]*|час(?:ть|ти)|модул[а-яё]*|блок[а-яё]*|положени[а-яё]*)\s*:?\s*$",
    re.IGNORECASE,
)
