"""What a table is about, read from the words above it (README, section 2). What is not printed stays unknown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from .model import Facts
from .subjects import sheet_code, short_subject, subjects_in

_LATIN = str.maketrans("abcehkmoptxy", "авсенкмортху")
_MONTHS = {"янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "мае": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9}
_MONTHS |= {"окт": 10, "ноя": 11, "дек": 12}
_MONTH = r"(янв\w*|фев\w*|мар\w*|апр\w*|ма[йяе]|июн\w*|июл\w*|авг\w*|сен\w*|окт\w*|ноя\w*|дек\w*)"
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\s?[./]\s?(\d{1,2})\s?[./]\s?((?:19|20)\d\d|\d\d)(?![\d])")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[.\-](\d{2})[.\-](\d{2})(?!\d)")
_WORDY = re.compile(rf"(?<!\d)(\d{{1,2}})\s+{_MONTH}\.?\s+((?:19|20)\d\d)")
_MONTH_YEAR = re.compile(rf"(?<![а-я]){_MONTH}\s+((?:19|20)\d\d)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-–—/]\s?((?:19|20)?\d\d)(?!\d)\s*(?:уч|гг|год)?")
_SHORT_YEAR = re.compile(r"(?<![\d./-])(\d\d)\s?[-–—/]\s?(\d\d)\s*(?:уч\w*\.?\s*(?:г\w*|год\w*)|уч\.|гг)")
_SEASON_YEAR = re.compile(r"(?<![а-я])(осен|весн)\w*[\s,.()-]+((?:19|20)\d\d)")
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d]|\s?[./]\d)")
_ASIDE = re.compile(
    r"приказ|письм|распоряж|постановл|выгруж|выгрузк|формирован|сформир|составлен|обновл|распечат|отчет от|по состоянию"
)

_VPR = re.compile(r"(?<![а-я])впр(?![а-я])|всероссийск\w+\s+проверочн\w+")
_OGE = re.compile(r"(?<![а-я])огэ(?![а-я])|основн\w+\s+государственн\w+\s+экзамен|гиа\s?-?\s?9|(?<![а-я])гвэ-9")
_EGE = re.compile(r"(?<![а-я])егэ(?![а-я])|един\w+\s+государственн\w+\s+экзамен|гиа\s?-?\s?11|(?<![а-я])кегэ(?![а-я])")
_OWN = re.compile(
    r"(?:контрольн|диагностическ|мониторингов|проверочн|срезов|тренировочн|административн|стартов|итогов)\w*\s+(?:\w+\s+){0,2}?работ"
    r"|срез\w*\s+знаний|(?<![а-я])пробн\w+|репетиционн\w+|тренировочн\w+|(?<![а-я])[мр]?[кд]р(?![а-я])|(?<![а-я])адр(?![а-я])"
    r"|контрольн\w+\s+(?:диктант|срез|тест|изложени|сочинени|списывани)\w*|(?<![а-я])(?:[кпдс]|адм)\.?\s?/\s?[рт](?![а-я])"
)
# «Мониторинг ОГЭ» is about the exam: these words speak only where no exam is named.
_OWN_ALONE = re.compile(
    r"(?<![а-я])(?:срез\w*|диктант\w*|мониторинг\w*|диагностик\w*)(?![а-я])|админ\w*\.?\s+контрол\w+|промежуточн\w+\s+аттестац\w+"
    r"|(?:входн|текущ|рубежн|итогов|промежуточн|административн|стартов)\w+\s+(?:контрол|тест|мониторинг|диагностик)\w*"
)
_GRADE = re.compile(
    r"(?<![\d.,-])(\d{1,2})\s?-?\s?(?:[«\"]?[а-еА-Е][»\"]?\s+)?(?:х|е|й|го|ые|ый|ых|м|ом)?\s*-?\s?(?:кл(?![а-я])\.?|класс\w*)"
)
_GRADES = re.compile(
    r"(?<![\d.,])\d{1,2}\s?(?:-?[хей])?\s?(?:[-–—,и]|\sи\s)\s?\d{1,2}\s?-?\s?(?:х|е|й|ые|ых)?\s*(?:кл(?![а-я])|класс)"
)
_GRADE_AFTER = re.compile(r"класс\w*\s*[:\-–|]\s*(\d{1,2})(?![\d./])")
_ROMAN = {"iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11}
# plain() turns «x» into «х» and «c» into «с» where Russian letters stand in the line
_GRADE_ROMAN = re.compile(
    r"(?<![a-zа-я])(iv|viii|vii|vi|v|i[xх]|[xх]i|[xх])\s?-?\s?(?:е|й|го|ые|ый|ых|х)?\s+кл(?:асс\w*|\.)"
)
_GRADE_WORDS = {"четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10, "одиннадцат": 11}
_GRADE_WORD = re.compile(r"(?<![а-я])(четверт|пят|шест|седьм|восьм|девят|десят|одиннадцат)\w+\s+класс")
_BASE = re.compile(r"базов\w+|(?<![а-я])баз\.|(?<![а-я])база(?![а-я])|\(б\)|математик\w*\s*[-,.]?\s*\(?б\)?(?![а-я.])")
_PROFILE = re.compile(r"профил\w+|(?<![а-я])проф(?![а-я])|\(п\)|математик\w*\s*[-,.]?\s*\(?п\)?(?![а-я.])")
_CODED_EXAM = re.compile(r"^\s*\d{1,2}\s*-\s*(.+)$")


@lru_cache(maxsize=50_000)  # the name of a line is asked about several times, in two passes over the table
def plain(text: str) -> str:
    """Lower case, ё→е, look-alike Latin letters inside Russian words put right, single blanks, quotes dropped."""
    low = text.casefold().replace("ё", "е")
    if re.search(r"[а-я]", low):
        low = low.translate(_LATIN)
    return re.sub(r"\s+", " ", re.sub(r"[«»\"“”„]", "", low)).strip()


@dataclass(frozen=True, slots=True)
class Clue:
    """What words say, before it is known which procedure it is: `year` is bare, `school_year` is said directly."""

    procedure: str | None = None
    school_year: str | None = None
    year: int | None = None
    date: str | None = None
    subject: str | None = None
    grade: int | None = None
    level: str | None = None
    several_subjects: bool = False

    def over(self, outer: Clue) -> Clue:
        """These clues, filled from words that stand farther away. A subject of its own closes the door to another's level."""
        subject = self.subject or (None if self.several_subjects else outer.subject)
        own_time = self.school_year or self.date
        return Clue(
            procedure=self.procedure or outer.procedure,
            school_year=self.school_year or (None if own_time or self.year else outer.school_year),
            year=self.year or (None if own_time else outer.year),
            date=self.date or outer.date,
            subject=subject,
            grade=self.grade if self.grade is not None else outer.grade,
            level=self.level or (outer.level if self.subject in (None, outer.subject) else None),
            several_subjects=self.several_subjects or (outer.several_subjects and not subject),
        )


def clue_of_label(texts: Iterable[str]) -> Clue:
    """What a group heading or a cell of a column «Предмет» says: there a shortened subject stands alone."""
    said = [text for text in texts if text and text.strip()]
    clue = clue_of(said)
    if clue.subject is None and not clue.several_subjects:
        short = {name for text in said if (name := short_subject(plain(text)))}
        if len(short) == 1:
            return replace(clue, subject=short.pop())
    return clue


def clue_of(texts: Iterable[str]) -> Clue:
    """What these lines say together. Two different answers in one place are no answer."""
    lines = [plain(text) for text in texts if text and text.strip()]
    joined = " | ".join(lines)
    subjects = _subjects(lines)
    day, school_year = _time(lines)
    base, profile = bool(_BASE.search(joined)), bool(_PROFILE.search(joined))
    grade = _grade(lines)
    return Clue(
        procedure=_procedure(joined) or _final_exam(joined, grade),
        school_year=school_year,
        year=_bare_year(lines) if not school_year else None,
        date=day,
        subject=subjects[0] if len(subjects) == 1 else None,
        grade=grade,
        level=("база" if base else "профиль") if base != profile else None,
        several_subjects=len(subjects) > 1,
    )


def _subjects(lines: list[str]) -> list[str]:
    for line in lines:  # a labelled subject is the table's own
        if re.match(r"(?:учебный )?предмет\s*[:|]", line) and subjects_in(line):
            return subjects_in(line)
    for line in lines:
        coded = _CODED_EXAM.match(line)
        if coded and _ISO.search(line) and subjects_in(coded[1]):
            return subjects_in(coded[1])
    return subjects_in(" | ".join(lines))


def _procedure(joined: str) -> str | None:
    bare = _VPR.sub(" ", joined)
    vpr = bare != joined
    own = bool(_OWN.search(bare))
    oge, ege = bool(_OGE.search(joined)), bool(_EGE.search(joined))
    if own:  # a trial exam and a work «в формате ОГЭ» are the authority's own works
        return "КР"
    if vpr + oge + ege == 1:
        return "ВПР" if vpr else "ОГЭ" if oge else "ЕГЭ"
    of_an_exam = vpr or oge or ege or re.search(r"(?<![а-я])гиа(?![а-я])", bare)
    return "КР" if _OWN_ALONE.search(bare) and not of_an_exam else None


def _final_exam(joined: str, grade: int | None) -> str | None:
    """«ГИА» alone is ОГЭ of the ninth grade and ЕГЭ of the eleventh."""
    if not re.search(r"(?<![а-я])гиа(?![а-я])|государственн\w+ итогов\w+ аттестац", joined) or "гвэ" in joined:
        return None
    return {9: "ОГЭ", 11: "ЕГЭ"}.get(grade or 0)


def _days(line: str) -> list[dt.date]:
    out = []
    shapes: list[tuple[re.Pattern[str], tuple[int, int, int]]] = [
        (_ISO, (1, 2, 3)),
        (_NUMERIC, (3, 2, 1)),
        (_WORDY, (3, 2, 1)),
    ]
    for pattern, (y, m, d) in shapes:
        for found in pattern.finditer(line):
            month = int(found[m]) if found[m].isdigit() else _MONTHS.get(found[m][:3], 0)
            year = int(found[y]) + (2000 if len(found[y]) == 2 else 0)
            try:
                out.append(dt.date(year, month, int(found[d])))
            except ValueError:
                continue
    return out


def _time(lines: list[str]) -> tuple[str | None, str | None]:
    """The day (ISO) and the school year that are said directly."""
    kept = [line for line in lines if not _ASIDE.search(line)]
    labelled = [line for line in kept if re.match(r"дата(?:\s+(?:экзамена|проведения|работы|впр|написания))?\b", line)]
    days: list[dt.date] = []
    for group in (labelled, kept):
        days = list(dict.fromkeys(day for line in group for day in _days(line)))
        if days:
            break
    day = days[0].isoformat() if len(days) == 1 else None
    for line in kept:
        for found in _SCHOOL_YEAR.finditer(line):
            first, second = int(found[1]), int(found[2][-2:])
            if (first + 1) % 100 == second:
                return day, f"{first}/{first + 1}"
    for line in kept:
        for found in _SHORT_YEAR.finditer(line):
            first, second = int(found[1]), int(found[2])
            if (first + 1) % 100 == second and first < 90:
                return day, f"20{first:02d}/20{first + 1:02d}"
    years = {school_year_of(d.year, d.month) for d in days}
    if not years:
        months = [_MONTH_YEAR.search(line) for line in kept]
        years = {school_year_of(int(m[2]), _MONTHS[m[1][:3]]) for m in months if m}
        seasons = [_SEASON_YEAR.search(line) for line in kept]
        years |= {school_year_of(int(m[2]), 10 if m[1] == "осен" else 4) for m in seasons if m}
    return day, years.pop() if len(years) == 1 else None


def school_year_of(year: int, month: int) -> str:
    """1 September – 31 August."""
    first = year if month >= 9 else year - 1
    return f"{first}/{first + 1}"


def _bare_year(lines: list[str]) -> int | None:
    years = {int(m[1]) for line in lines if not _ASIDE.search(line) for m in _YEAR.finditer(line)}
    years = {year for year in years if 2000 <= year <= 2100}
    return years.pop() if len(years) == 1 else None


def _grade(lines: list[str]) -> int | None:
    found: set[int] = set()
    for line in lines:
        if _GRADES.search(line):
            return None
        found |= {int(m[1]) for pattern in (_GRADE, _GRADE_AFTER) for m in pattern.finditer(line)}
        bare = re.sub(r"\d\s?-?\s?х(?![а-я])", " ", line)  # «8-х классов» is no tenth grade
        found |= {_ROMAN[m[1].replace("х", "x")] for m in _GRADE_ROMAN.finditer(bare)}
        found |= {_GRADE_WORDS[m[1]] for m in _GRADE_WORD.finditer(line)}
    found = {grade for grade in found if 1 <= grade <= 12}
    return found.pop() if len(found) == 1 else None


def sheet_clue(name: str) -> Clue:
    """What a sheet's name says: only the last resort, and only whole names or the code that ФИС ОКО puts first."""
    low = plain(name)
    subject, grade = sheet_code(low)
    named = clue_of([name])
    return replace(named, subject=named.subject or subject, grade=named.grade or grade, procedure=named.procedure)


def facts_of(clue: Clue) -> Facts:
    """Clues as the facts of one table: grade only of ВПР and КР, level only of ЕГЭ математика."""
    year = clue.school_year or (f"{clue.year - 1}/{clue.year}" if clue.year else None)
    return Facts(
        procedure=clue.procedure,
        school_year=year,
        date=clue.date,
        subject=clue.subject,
        grade=clue.grade if clue.procedure in ("ВПР", "КР", None) else None,
        level=clue.level if clue.procedure == "ЕГЭ" and clue.subject == "Математика" else None,
    )
