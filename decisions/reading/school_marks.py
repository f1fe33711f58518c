"""What names of schools look like: legal forms, kinds, numbers, settlements, lists of them. Patterns only; pure."""

from __future__ import annotations

import re

from schools.name_parts import KIND, KINDS, LEGAL_SHORT, LEGAL_WORDS, MARKS, PLACE_WORDS

_I = re.IGNORECASE
NEAR = 240  # how far before a name its adjectives and «филиал» are looked for
OPENS = '[«"“„]'
CLOSES = '[»"”]'
# Besides the known legal forms any capitals built like one: МБНОУ, ОГКОУ, ГАНОУ.
LEGAL = re.compile(
    rf"(?<![А-Яа-яA-Za-z])(?:{LEGAL_SHORT}(?![А-Яа-яa-z])|{LEGAL_WORDS}|"
    r"(?-i:[МГОРКФЧАНСТ]{1,3}[БАК]?[НСВК]{0,2}Д?О[БАК]?У)(?![А-Яа-яa-z]))\.?",
    _I,
)
KIND_WORD = re.compile(KIND.pattern, _I)
LEGAL_BEFORE = re.compile(rf"(?:{LEGAL.pattern})(?:\s+(?:ДО|ДПО|ДОД))?\s*{OPENS}{{0,2}}$", _I)
NUMBER = re.compile(r"№+\s*\d+(?:\s?/\s?\d+)?(?:-?[а-я](?![а-яА-Я.]))?")
RANGE = re.compile(
    r"(?:№+\s*)?(\d{1,3})\s*[-–—]\s*(?:№\s*)?(\d{1,3})(?!\d|\s*(?:г\.|лет|класс|балл|%|\.|час|январ|феврал|март|апрел|ма[йея](?![а-яё])|июн|июл|август|сентябр|октябр|ноябр|декабр))"
)
BARE = re.compile(
    r"\d{1,3}(?!\s*(?:[.%]\d|,\d+\s*%|класс|ступен|смен|лет|балл|челов|чел|-х|-м|-й|%|\d|обуч|час|января|февраля|марта|апреля|мая(?![а-яё])|июня|июля|августа|сентября|октября|ноября|декабря))(?!\.\d)"
)
_CAP = r"[А-ЯЁ][а-яё]+(?:[-–]\s?(?:[А-ЯЁ]?[а-яё]+|\d+))*"
PLACE = re.compile(
    rf"(?:(?:{MARKS})\s?\.|(?:{MARKS})(?=\s+[А-ЯЁ])|(?:{PLACE_WORDS}))\s*{_CAP}(?:\s+[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*(?!\w*\s+(?:район|округ)))?(?![а-яё]|\.\s*[а-яё])",
)
BRACKETED_PLACE = re.compile(rf"\(\s*(?:{PLACE.pattern})\s*\)")
CAP_PLACE = re.compile(rf"{_CAP}(?:\s+[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)?(?![а-яё]|\.\s*[а-яё])")
NAMED_AFTER = re.compile(
    r"(?:им\.|имени)\s*(?:(?:[Дд]важды\s+)?(?:Геро[яе][а-яё]*|[Кк]авалера)\s+(?:(?:Советского|Российской|Социалистического|России|Союза|Федерации|Труда|[Оо]рдена|[а-яё]+|Славы)\s+){1,4})?(?:(?:[А-ЯЁ]\.\s?){1,2}\s?[А-ЯЁ][а-яё-]+|(?:[А-ЯЁ][а-яё]+\s+){0,3}?(?:[А-ЯЁ]\.\s?){0,2}\s?[А-ЯЁ][а-яё-]+(?:\s+[А-ЯЁ][а-яё]+){0,2}|[А-ЯЁ][а-яё-]+)"
)
QUOTED = re.compile(rf"{OPENS}[^«»\"“”„]{{2,110}}{CLOSES}")
# what is studied: words up to a preposition or an order
PROFILE = re.compile(
    r"с\s+углубл[её]нным\s+изучением(?:\s+(?!(?:в|во|до|к|ко|с|со|на|по|за|не|от|для)\s|[а-яё]+(?:ть|ти|чь)(?:ся)?(?![а-яё]))[а-яё]+){1,5}",
    _I,
)
BODY_OF = re.compile(
    r"(?:городского|муниципального)\s+(?:округа|района)\s+[А-ЯЁа-яё-]+|[А-ЯЁ][а-яё]+(?:ого)\s+(?:городского\s+округа|муниципального\s+(?:района|округа)|района|округа)"
)
# «Берёзовская СОШ», «Берёзовской и Каменской СОШ»: schools called by an adjective that stands before the kind.
ADJECTIVE = r"[А-ЯЁ][а-яё]+(?:\s?-\s?[А-ЯЁ]?[а-яё]+)*(?:ская|ской|скую|ский|ского|скому|ском|ским|цкая|цкой|цкую|цкий|цкого|цкому|ная|ной|ную)"
BEFORE_KIND = re.compile(
    rf"(?:{ADJECTIVE}(?:\s*,\s*|\s+и\s+|\s+))*{ADJECTIVE}(?:\s+[а-яё]+(?:ая|ой|ую|ый|ого|ому|ым|ом))?\s+[«\"]?$"
)
MORE_LEGAL = re.compile(r"(?:ДО|ДПО|ДОД)\s*(?=[«\"“„])")
BRANCH = re.compile(r"(?<![А-Яа-яё])филиал[а-яё]*\s+[«\"]?$", re.IGNORECASE)
BRANCH_PLACE = re.compile(
    r"\s+(?:в|во)\s+(?=(?:с|п|д|г|х|ст|пос|дер)\.|сел|дерев|пос[её]л|станиц|хутор)", re.IGNORECASE
)
SPACE = re.compile(r"\s*")
GLUE = re.compile(r"\s*(?:,\s*(?:и\s+)?|;\s*|\s+и\s+|\s+а\s+также\s+)")
KIND_INDEX = {f"k{i}": name for i, (name, _) in enumerate(KINDS)}
PLURAL_KIND = re.compile(
    r"(?:интернат(?:ы|ов|ам|ами|ах)|школ(?:ам|ах|ами|ы)?|гимнази(?:ям|ях|ями|и|й)|лице(?:ям|ях|ями|и|ев))$", _I
)

# «вечерней школы» is one school though «школы» may be many.
SINGULAR_KIND = re.compile(r"(?:ей|ой|юю|ую|яя|ая)\s+(?:[а-яё()]+(?:ей|ой|юю|ую|яя|ая)\)?\s+)*школ[аыеу]$", _I)
