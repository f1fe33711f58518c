"""A printed name of a school taken apart: kind, numbers, settlement, proper name, in whose honour. Pure.

Legal forms (МОУ, МБОУ, «муниципальное бюджетное общеобразовательное учреждение») never distinguish schools and are
dropped; numbers are exact; everything else is compared by lemmas, so that grammatical cases do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from config.morphology import dictionary

LEGAL_SHORT = (
    r"(?:м(?:уницип\.?\s*)?[бкано]?[бка]?д?о[уш]|[гф][бка]?(?:п|д)?о[уо]|гоу|чоу|аноо|ноу|мбоу|мкоу|маоу|мдоу|мбдоу|мкдоу|мадоу|"
    r"моу|мобу|моау|моку|мбноу|маноу|мкноу|мбсоу|мбвсоу|мксоу|мскоу|мбскоу|мкскоу|гобоу|гооу|обоу|огаоу|кгаоу|маос?у|мку|мбу|мау|му|гку|гбу|гау|гаоу|гбоу|гкоу|фгкоу|огбоу|огкоу|кгбоу|кгоу|мкуо|мказоу|мбуу|мбоудо|мбудо|мау\s?до|мбу\s?до|мбоу\s?до|мкудо|"
    r"[го]?г?[бак]уз|мб?у[кс]|м[ак]у[кс]|г[бак]ук|г[бак]усо?|о?г[бао]?а?поу)"
)
LEGAL_WORDS = (
    r"(?:муниципальн\w+|государственн\w+|областн\w+|краев\w+|республиканск\w+)(?:\s+(?:бюджетн\w+|казенн\w+|автономн\w+))?"
    r"\s+(?:(?:дошкольн\w+|обще)?\s?образовательн\w+\s+)?(?:учрежден\w+|организаци\w+)(?:\s+дополнительного\s+образования)?"
)
LEGAL = re.compile(rf"(?<![а-яa-z]){LEGAL_SHORT}(?![а-яa-z])\.?|{LEGAL_WORDS}")

# Kinds of schools, each by its short form and its words in any case. Order matters: longer names first.
KINDS: tuple[tuple[str, str], ...] = (
    ("нош", r"(?:начальн\w+\s+(?:обще)?(?:образовательн\w+\s+)?школ\w*|(?<![а-я])н[ои]?ш)\s?[-–—]\s?детск\w+\s+сад\w*"),
    (
        "дс",
        r"детск\w+\s+сад\w*|д/с|(?<![а-я])доу(?![а-я])|дошкольн\w+\s+(?:образовательн\w+\s+)?(?:учрежден\w+|организаци\w+)",
    ),
    (
        "интернат",
        r"(?:общеобразовательн\w+\s+)?школ\w+\s?-\s?интернат\w*|(?<![а-я])интернат\w*|(?<![а-я-])ш-?и(?![а-я-])",
    ),
    (
        "всош",
        r"(?:вечерн\w+\s+(?:\(сменн\w+\)\s+)?|открыт\w+\s+\(сменн\w+\)\s+)(?:обще)?(?:образовательн\w+\s+)?школ\w+|осош|всош",
    ),
    (
        "сош",
        r"средн(?:яя|ей|юю|ие|их|им|ими)\s+(?:обще)?образовательн\w+(?:\s+[а-я]+(?:ая|ой|ую|ой))?\s+школ\w*|(?<![а-я])сош(?![а-я])|(?<![а-я])соош(?![а-я])|средн(?:яя|ей|юю|ие|их|им)\s+школ\w*|(?<![а-я])сш(?![а-я])",
    ),
    (
        "оош",
        r"основн\w+\s+(?:обще)?образовательн\w+\s+школ\w*|(?<![а-я])оош(?![а-я])|основн\w+\s+школ\w*|(?<![а-я])ош(?![а-я])",
    ),
    (
        "нош",
        r"начальн\w+\s+(?:обще)?образовательн\w+\s+школ\w*|начальн\w+\s+школ\w*|(?<![а-я])нош(?![а-я])|(?<![а-я])нш(?:дс|-?\s?дс)?(?![а-я])",
    ),
    ("прогимназия", r"прогимнази\w*"),
    ("гимназия", r"(?<![а-я])гимнази\w*"),
    ("лицей", r"(?<![а-я])лице(?:й|я|ю|ем|е|и|ев|ям|ями|ях)(?![а-я])"),
    ("кадетская", r"кадетск\w+\s+(?:школ\w+|корпус\w*)"),
    ("центр образования", r"центр\w*\s+образования|(?<![а-я])цо(?![а-я])"),
    ("комплекс", r"(?:обще)?образовательн\w+\s+(?:комплекс\w*|центр\w*)"),
    (
        "школа",
        r"(?<![а-я-])школ(?:а|ы|е|у|ой|ам|ах|ами)(?![а-я])|(?<![а-я-])школ(?=\s*№)|(?<![а-я])о[оу](?=\s*№)|"
        r"(?:обще)?образовательн\w+\s+(?:учрежден\w+|организаци\w+)(?=\s*№)",
    ),
)
KIND = re.compile("|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(KINDS)))
SCHOOL_KINDS = frozenset(name for name, _ in KINDS) - {"дс"}

MARKS = r"р\.?\s?п|пгт|п\.?\s?г\.?\s?т|рп|ж\.?/?\s?д\.?\s?(?:ст|рзд)|рзд|пст|п/ст|п\.?\s?ст|ст-ц[аеыу]|кп|дп|нп|выс|мест|пос|дер|гор|ст|мкр|мкрн|сл|хут|с|п|д|г|х|а|у"
PLACE_WORDS = (
    r"сел[оаеу]м?|деревн[яеюи]|пос[её]л(?:ок|ка|ке|ку|ком)|город(?:а|е|у|ом)?|хутор(?:а|е|у)?|станиц[аеуы]|аул(?:а|е)?|улус(?:а|е)?|"
    r"рабоч\w+\s+пос[её]л(?:ок|ка|ке|ку)|стани?ц[ыиа]я?|разъезд(?:а|е)?|слобод[аеуы]|наслег(?:а|е)?"
)
PLACE = re.compile(
    rf"(?<![а-яА-Яa-z])(?:(?:{MARKS})\s?\.|(?:{MARKS})(?=\s)|{PLACE_WORDS})\s*(?P<name>[а-яё]+(?:\s?-\s?[а-яё0-9]+)*(?:\s+(?!имени|им)[а-яё]{{3,}}(?:-[а-яё]+)*)?)",
    re.IGNORECASE,
)
PROFILE = re.compile(r"(?<![а-я])с\s+углубленн\w+\s+изучени\w+(?=\s|$)")
NAMED = re.compile(r"(?<![а-я])(?:им\.?|имени)\s*(?P<name>[^«»\",;()]+)")
NUMBER = re.compile(r"№+\s*(\d+(?:\s?[/-]\s?\d+)?(?:-?[а-я](?![а-я.]))?)")
BARE_NUMBER = re.compile(r"(?<![\d.,/-])(\d{1,4})(?![\d.,/-]*\d)")
WORD = re.compile(r"[а-яa-z]+(?:-[а-яa-z]+)*|\d+")

EMPTY = frozenset(
    "район округ область край республика муниципальный городской г с п д город село поселок деревня и в на по с "
    "учреждение организация образовательный общеобразовательный углубленный изучение отдельный предмет".split()
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name's parts, normalised. `place`, `proper`, `named` are sets of lemmas; `place_text` keeps letters for misprints."""

    kind: str = ""
    numbers: tuple[str, ...] = ()
    place: frozenset[str] = frozenset()
    place_text: str = ""
    proper: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form a word may have, and its stem without the case ending: names are often unknown words."""
    found = {p.normal_form.replace("ё", "е") for p in dictionary().parse(word)[:4]}
    return frozenset(found | {stem(word)})


ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ами|ями|ой|ей|ом|ем|ым|им|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ых|их|ам|ям|ах|ях|а|я|у|ю|е|ы|и|о|й|ь)$"
)


def stem(word: str) -> str:
    cut = ENDING.sub("", word)
    return cut if len(cut) >= 3 else word


def same_word(first: str, second: str) -> bool:
    """Whether two words may be cases of one word."""
    return first == second or bool(lemmas(first) & lemmas(second))


def plain(text: str) -> str:
    """Lower case, ё→е, one kind of quotes, dashes, spaces; Latin look-alikes inside Russian words put right."""
    low = text.lower().replace("ё", "е").replace("\u00a0", " ")
    low = re.sub(r"[«»“”„]", '"', low)
    low = re.sub(r"\s*[‐‑‒–—−-]\s*", "-", low)
    if re.search(r"[а-я]", low):
        low = low.translate(str.maketrans("abcehkmoptxy", "авсенкмортху"))
    low = re.sub(r"№\s*№", "№", low)
    return re.sub(r"\s+", " ", low).strip(" .,;:")


@lru_cache(maxsize=20_000)
def parts_of(printed: str) -> NameParts:
    """The parts of a printed or a registry name."""
    text = plain(printed)
    named_lemmas: frozenset[str] = frozenset()
    named = NAMED.search(text)
    if named:
        named_lemmas = frozenset(w for w in WORD.findall(named["name"]) if len(w) > 2)
        text = text[: named.start()] + " " + text[named.end() :]
    text = LEGAL.sub(" ", text)
    kind = ""
    found = KIND.search(text)
    inner = ""
    if found:
        index = next(i for i in range(len(KINDS)) if found[f"k{i}"])
        kind = KINDS[index][0]
        extra = re.search(r"образовательн\w+\s+([а-я]+(?:ая|ой|ую))\s+школ", found.group())
        inner = extra[1] if extra else ""
        text = text[: found.start()] + " " + text[found.end() :]
    text = PROFILE.sub(" ", text)  # «с углублённым …»: a preposition, not a village
    numbers = [re.sub(r"\s", "", n) for n in NUMBER.findall(text)]
    text = NUMBER.sub(" ", text)
    place_text = ""
    place = PLACE.search(text)
    if place:
        place_text = _place_words(place["name"])
        text = text[: place.start()] + " " + text[place.start("name") + len(place["name"]) :]
    if not numbers:
        numbers = BARE_NUMBER.findall(text)[:1]
        text = BARE_NUMBER.sub(" ", text, count=1)
    words = [w for w in WORD.findall(text + " " + inner) if len(w) > 1]
    proper = frozenset(w for w in words if not lemmas(w) & EMPTY)
    return NameParts(
        kind=kind,
        numbers=tuple(numbers),
        place=frozenset(WORD.findall(place_text)),
        place_text=place_text,
        proper=proper,
        named=named_lemmas,
    )


def _place_words(name: str) -> str:
    """The place's own words: what depends on it («… района») is not part of it."""
    words = name.split()
    if len(words) == 2 and lemmas(words[1]) & {"район", "округ", "область", "муниципальный", "городской", "дошкольный"}:
        words = words[:1]
    return " ".join(words)
