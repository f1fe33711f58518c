"""Names of school subjects in any grammatical case, and their codes in names of sheets."""

from __future__ import annotations

import re

# The nominative as it is stored; what it looks like inside a title.
_SUBJECTS: tuple[tuple[str, str], ...] = (
    ("Русский язык", r"русск\w+\s+язык\w*|(?<![а-я])рус\.?\s*яз\w*"),
    ("Родной язык", r"родн\w+\s+(?:\w+\s+)?язык\w*"),
    ("Литературное чтение", r"литературн\w+\s+чтени\w+"),
    ("Литература", r"литератур(?:а|ы|е|у|ой)(?![а-я])"),
    ("Математика", r"математик\w*|(?<![а-я])матем\."),
    ("Алгебра", r"алгебр\w+"),
    ("Геометрия", r"геометри\w+"),
    ("Физика", r"физик(?:а|и|е|у|ой)(?![а-я])"),
    ("Химия", r"хими(?:я|и|ю|ей)(?![а-я])"),
    ("Биология", r"биологи\w+"),
    ("География", r"географи\w+"),
    ("История", r"истори(?:я|и|ю|ей)(?![а-я])"),
    ("Обществознание", r"обществознани\w+|общество\.?(?![а-я])"),
    ("Информатика", r"информатик\w+(?:\s+и\s+икт)?"),
    ("Английский язык", r"английск\w+(?:\s+язык\w*)?"),
    ("Немецкий язык", r"немецк\w+(?:\s+язык\w*)?"),
    ("Французский язык", r"французск\w+(?:\s+язык\w*)?"),
    ("Испанский язык", r"испанск\w+(?:\s+язык\w*)?"),
    ("Китайский язык", r"китайск\w+(?:\s+язык\w*)?"),
    ("Иностранный язык", r"иностранн\w+\s+язык\w*"),
    ("Окружающий мир", r"окружающ\w+\s+мир\w*"),
)
NAMES = tuple(name for name, _ in _SUBJECTS)
_FOUND = re.compile("|".join(f"(?P<s{i}>(?<![а-я]){pattern})" for i, (_, pattern) in enumerate(_SUBJECTS)))
_CODES = {
    "ру": "Русский язык",
    "рус": "Русский язык",
    "ря": "Русский язык",
    "ма": "Математика",
    "мат": "Математика",
    "фи": "Физика",
    "хи": "Химия",
    "би": "Биология",
    "ге": "География",
    "гг": "География",
    "ис": "История",
    "об": "Обществознание",
    "ом": "Окружающий мир",
    "ли": "Литература",
    "ин": "Информатика",
    "ая": "Английский язык",
}
_CODE = re.compile(r"(ру|рус|ря|ма|мат|фи|хи|би|ге|гг|ис|об|ом|ли|ин|ая)\.?\s*-?\s*(\d{1,2})?(?:\s.*)?")


_SHORT = {
    **_CODES,
    **dict.fromkeys(("матем",), "Математика"), **dict.fromkeys(("рус яз", "р/я", "рус язык", "русский", "р яз"), "Русский язык"),
    **dict.fromkeys(("физ", "физ-ка"), "Физика"), **dict.fromkeys(("хим",), "Химия"), **dict.fromkeys(("биол", "био"), "Биология"),
    **dict.fromkeys(("геогр", "геог", "гео"), "География"), **dict.fromkeys(("ист", "истор"), "История"),
    **dict.fromkeys(("общ-е", "общ-ие", "общ-во", "обществозн", "общество"), "Обществознание"),
    **dict.fromkeys(("инф", "информ", "икт", "инф и икт"), "Информатика"), **dict.fromkeys(("лит", "лит-ра", "литер"), "Литература"),
    **dict.fromkeys(("англ", "англ яз", "ан яз", "английский"), "Английский язык"), **dict.fromkeys(("нем", "нем яз", "немецкий"), "Немецкий язык"),
    **dict.fromkeys(("фр", "франц", "фр яз", "французский"), "Французский язык"), **dict.fromkeys(("окр мир", "окруж мир"), "Окружающий мир"),
    **dict.fromkeys(("алг",), "Алгебра"), **dict.fromkeys(("геом",), "Геометрия"),
}  # fmt: skip


def short_subject(low: str) -> str | None:
    """«хим.», «общ-во», «РЯ» as a whole heading or a whole cell; inside a sentence such letters mean nothing."""
    return _SHORT.get(" ".join(low.replace(".", " ").split()))


def subjects_in(low: str) -> list[str]:
    """Distinct subjects named in words already in lower case with ё→е, in order."""
    names = (_SUBJECTS[int((found.lastgroup or "s0")[1:])][0] for found in _FOUND.finditer(low))
    return list(dict.fromkeys(names))


def sheet_code(low: str) -> tuple[str | None, int | None]:
    """«ру 5 …» → («Русский язык», 5): the code that ФИС ОКО puts at the beginning of a sheet's name."""
    found = _CODE.fullmatch(low.strip())
    return (_CODES[found[1]], int(found[2]) if found[2] else None) if found else (None, None)
