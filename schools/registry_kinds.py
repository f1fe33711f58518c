"""What the column «вид» of a registry file says: the kind of organisation, and the type as the office writes it.

Pure. Kinds are the values of `schools.enums.OrganizationKind`. Words that say nothing known are not taken for something
near: the file is refused with the list of what can be written, and the nearest one is named.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from schools.registry import is_school_kind

# What the registry calls organisations that are not schools; a school's own type (СОШ, гимназия, …) stands in type_name.
KIND_NAMES = {
    "ministry": "министерство",
    "authority": "орган управления образованием",
    "centre": "методический центр",
    "kindergarten": "детский сад",
    "extra": "организация дополнительного образования",
    "institute": "институт развития образования",
    "other": "организация",
}
# What the page offers to write; other words for the same are understood too.
OFFERED = (
    "СОШ",
    "ООШ",
    "НОШ",
    "гимназия",
    "лицей",
    "школа-интернат",
    "кадетская школа",
    "центр образования",
    "вечерняя школа",
    "филиал",
    *(name for kind, name in KIND_NAMES.items() if kind not in ("ministry", "authority")),
)

_ALIKE = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
_SPACED = re.compile(r"(?<![а-яё])((?:[а-яё][. ]+){2,}[а-яё]\.?)(?![а-яё])", re.IGNORECASE)
_ANY_SCHOOL = ("оо", "оу", "ош", "образовательная организация", "образовательное учреждение")
_SAYS_NOTHING = ("другая организация", "организация", "учреждение", "иное", "прочее", "другое")
_OTHERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "kindergarten",
        re.compile(r"детск\w+ сад|дошкольн|(?<![а-яё])(?:м[бак]?доу|доу|доо|дс)(?![а-яё])", re.IGNORECASE),
    ),
    (
        "extra",
        re.compile(
            r"дополнительн|спортивн|музыкальн|искусств|художественн|юношеск|творчеств|дворец|станци\w+ юных|внешкольн|"
            r"(?<![а-яё])(?:доп|удо|одо|до|ддт|ддют|цдт|дют?сш|сш|сшор|дши|дмш|дхш|сют|сюн)(?![а-яё])",
            re.IGNORECASE,
        ),
    ),
    ("institute", re.compile(r"институт|(?<![а-яё])(?:иро|ипк|рипк|киро|соиро|цопп|црпо)(?![а-яё])", re.IGNORECASE)),
    (
        "centre",
        re.compile(
            r"методич|методист|методцентр|(?<![а-яё])(?:имц|нмц|умц|рмк|гмц|ммц|ммс|имк)(?![а-яё])", re.IGNORECASE
        ),
    ),
    (
        "other",
        re.compile(
            r"центр|управлени|отдел|комитет|департамент|администраци|министерств|орган|колледж|техникум|(?<![а-яё])(?:пту|спо|ц?пмпк|ц?ппмсп?|ппмс-?центр)(?![а-яё])|университет|"
            r"академи|училищ|библиотек|музе[йя]|комисси|организаци|учрежден|предприяти|агентств|фонд|"
            r"служб|бухгалтери|клуб|лагер|казначейств",
            re.IGNORECASE,
        ),
    ),
)


def kind_of(words: str, *, under_school: bool) -> tuple[str, str] | None:
    """(kind, type in the office's own words) of a cell «вид»; None where it cannot be understood.

    Empty words mean a school of no stated type; below a school stands its branch. Latin letters that look like Russian
    ones and abbreviations with dots («С.О.Ш.») are read as meant.
    """
    said = cleaned(words)
    plain = said.casefold()
    named = {name: kind for kind, name in KIND_NAMES.items() if kind not in ("authority", "ministry")}
    if plain in named:
        return named[plain], ""
    if plain in _SAYS_NOTHING:
        return "other", ""
    if plain in _ANY_SCHOOL:
        return ("branch" if under_school else "school"), ""
    if not said or is_school_kind(said, "") or "филиал" in plain:
        return ("branch" if under_school else "school"), said
    if plain == "центр":
        return "centre", said
    found = next((kind for kind, pattern in _OTHERS if pattern.search(plain)), None)
    return (found, said) if found else None


def refusal(words: str) -> str:
    """Why a cell «вид» is not taken, and what to write instead."""
    near = process.extractOne(cleaned(words).casefold(), [name.casefold() for name in OFFERED], scorer=fuzz.ratio)
    guess = f" Может быть, «{OFFERED[near[2]]}»?" if near and near[1] >= 70 else ""
    return f"такого вида нет.{guess} Напишите одно из: {', '.join(OFFERED)}"


def cleaned(words: str) -> str:
    """The words of a cell with look-alike Latin letters as Russian ones and abbreviations without dots."""
    said = " ".join(words.split())
    if re.search(r"[a-z]", said, re.IGNORECASE) and not re.search(r"[a-z]", said.translate(_ALIKE), re.IGNORECASE):
        said = said.translate(_ALIKE)
    return _SPACED.sub(lambda found: re.sub(r"[. ]", "", found[1]), said).strip(" .,;")


def exams_of(type_name: str) -> tuple[bool, bool]:
    """Whether a school of this type has the ninth and the eleventh class, until somebody says otherwise."""
    plain = type_name.casefold()
    if re.search(r"(?<![а-яё])сооо?ш(?![а-яё])|(?<![а-яё])сош(?![а-яё])|средн", plain):
        return True, True
    primary = bool(re.search(r"(?<![а-яё])н(?:ош|ш)|начальн", plain))
    basic = bool(re.search(r"(?<![а-яё])оош(?![а-яё])|основн", plain))
    return basic or not primary, not (primary or basic)
