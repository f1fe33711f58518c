"""Names of appointed people in the accusative, and printed accusatives back in the nominative. Pure.

The dictionary of pymorphy3 knows common names, the grammar of endings the others, the rules of petrovich vowels that come and
go. What the grammar leaves open is marked (`sure` is false) and a person looks. Nothing here is fact: the text stays editable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from petrovich.enums import Case, Gender
from petrovich.main import Petrovich

from config.morphology import dictionary


@dataclass(frozen=True, slots=True)
class Form:
    """A word or name in the wanted case; `sure` is false where the sources differ or know nothing."""

    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class FullName:
    """Фамилия, имя, отчество in the nominative."""

    last: str
    first: str
    patronymic: str
    sure: bool


@lru_cache(maxsize=1)
def _rules() -> Any:
    return Petrovich()


_MAN = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ый")
_WOMAN = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "ая")


def gender_of(first: str, patronymic: str, last: str = "") -> str:
    """«male», «female» or empty: by the patronymic, else by the dictionary's word on the first name, else by the surname."""
    low = patronymic.casefold()
    if low.endswith(("вна", "чна", "кызы", "вну", "чну")):
        return "female"
    if low.endswith(("ич", "оглы", "ича")):
        return "male"
    genders = {p.tag.gender for p in dictionary().parse(first.casefold()) if "Name" in p.tag}
    if len(genders) == 1:
        told = {"masc": "male", "femn": "female"}.get(str(genders.pop()), "")
        if told:
            return told
    ending = last.casefold()
    return "female" if ending.endswith(_WOMAN) else "male" if ending.endswith(_MAN) else ""


def is_patronymic(word: str) -> bool:
    return word.casefold().endswith(("вна", "чна", "ич", "кызы", "оглы"))


def accusative(last: str, first: str, patronymic: str = "") -> Form:
    """«Орлова Наталья Петровна» → «Орлову Наталью Петровну»."""
    gender = gender_of(first, patronymic, last)
    if not gender:
        return Form(" ".join(x for x in (last, first, patronymic) if x), False)
    parts = [_accusative_part(last, "last", gender), _accusative_part(first, "first", gender)]
    if patronymic:
        parts.append(_accusative_part(patronymic, "middle", gender))
    return Form(" ".join(p.text for p in parts), all(p.sure for p in parts))


def _accusative_part(word: str, what: str, gender: str) -> Form:
    if what == "middle" and word.casefold().endswith(("кызы", "оглы")):
        return Form(word, True)
    pieces = word.split("-")
    first_unmoved = what == "last" and len(pieces) > 1 and pieces[0].casefold() in _PARTICLES
    forms = [
        Form(piece, True) if index == 0 and first_unmoved else _piece(piece, what, gender)
        for index, piece in enumerate(pieces)
    ]
    # The first part of a double surname may be no surname of its own («Салах-Эддин»): only a familiar one is certain.
    known = (
        len(pieces) == 1
        or first_unmoved
        or what != "last"
        or pieces[0].casefold().endswith((*_MAN, *_WOMAN, "ой", "о"))
    )
    return Form("-".join(form.text for form in forms), known and all(form.sure for form in forms))


_PARTICLES = frozenset("тер аль эль ибн бен бин сан сен сент дер ван фон де ди ла ле мак нор дос".split())


def _piece(word: str, what: str, gender: str) -> Form:
    by_grammar, certain = _by_grammar(word, what, gender)
    in_dictionary = _by_dictionary(word, what, gender)
    plain = by_grammar.casefold().replace("ё", "е")
    if in_dictionary and (what != "last" or plain not in in_dictionary):
        found = in_dictionary.get(plain) or next(iter(in_dictionary.values()))
        found = found if "ё" in word.casefold() else found.replace("ё", "е")  # «Пётр» → «Петра», «Артем» → «Артема»
        return Form(_like(word, found), what != "last")
    if in_dictionary:
        return Form(by_grammar, True)
    sex = Gender.MALE if gender == "male" else Gender.FEMALE
    call = {"last": _rules().lastname, "first": _rules().firstname, "middle": _rules().middlename}[what]
    by_rules = call(word, Case.ACCUSATIVE, sex).rstrip(".")
    if certain:
        return Form(by_grammar, True)
    # Vowels that come and go («Кравец» → «Кравца») are in the rules, not in the grammar of endings.
    fleeting = what == "last" and gender == "male" and word.casefold().endswith(_FLEETING)
    return Form(by_rules if fleeting else by_grammar, False)


def _by_dictionary(word: str, what: str, gender: str) -> dict[str, str]:
    """Accusatives that the dictionary itself knows: the form without ё → the form."""
    grammeme = {"last": "Surn", "first": "Name", "middle": "Patr"}[what]
    wanted = {"masc", "ms-f"} if gender == "male" else {"femn", "ms-f"}
    forms: dict[str, str] = {}
    for parse in dictionary().parse(word.casefold()):
        if (
            parse.is_known
            and grammeme in parse.tag
            and "nomn" in parse.tag
            and "sing" in parse.tag
            and str(parse.tag.gender) in wanted
        ):
            other = parse.inflect({"accs", "sing"})
            if other:
                forms[other.word.replace("ё", "е")] = other.word
    return forms


_FLEETING = ("ец", "ок", "ек", "ёк", "яц", "ел", "ёл", "ей", "ень", "лев")
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"


def _by_grammar(word: str, what: str, gender: str) -> tuple[str, bool]:
    """The form by the endings of the grammar (Правила русской орфографии, «склонение фамилий») and whether it is certain."""
    low, male = word.casefold(), gender == "male"
    if len(low) < 2 or not low.isalpha():
        return word, False
    if what == "last":
        if low.endswith(("ых", "их")) and not (male and low.endswith(("лих", "рих"))):
            return word, True
        if not male and low.endswith("ая"):
            return word[:-2] + "ую", True
        if not male and low.endswith("яя"):
            return word[:-2] + "юю", True
        if male and low.endswith(("ский", "цкий", "ской", "цкой", "ый", "гий", "кий", "хий")):
            return word[:-2] + "ого", True
        if male and low.endswith(("жий", "чий", "ший", "щий", "ний")):
            return word[:-2] + "его", _is_adjective(low)
        if male and low.endswith("ой"):
            if sum(letter in "аеёиоуыэюя" for letter in low) == 1:
                return word[:-1] + "я", True  # «Цой», «Рой»
            return word[:-2] + "ого", _is_adjective(low)
    if low[-1] in "оеёиыуюэ":
        return word, True
    if low[-1] == "а":
        if low[-2] in "аеёиоуыэюя":
            return word, True  # «Гамсахурдиа», «Делакруа»
        return word[:-1] + "у", what != "last" or low.endswith(_WOMAN)  # «Дюма» and «Дега» stay: a person looks
    if low[-1] == "я":
        return word[:-1] + "ю", what != "last"
    if not male:
        return word, True  # a woman's name on a consonant, «ь» or «й» is never declined
    if low[-1] == "ь":
        return word[:-1] + "я", not low.endswith(_FLEETING)
    if low[-1] == "й":
        return word[:-1] + "я", not low.endswith(_FLEETING)
    return word + "а", low[-1] in _CONSONANTS and not low.endswith(_FLEETING)


def _is_adjective(low: str) -> bool:
    return any(p.is_known and p.tag.POS == "ADJF" and "nomn" in p.tag for p in dictionary().parse(low))


_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*"
_NAME = re.compile(rf"({_WORD})\s+({_WORD})\s+({_WORD}(?:[\s-](?:кызы|оглы))?)", re.UNICODE)
_PATRONYMIC = re.compile(r"(?:вну|чну|ича|кызы|оглы)$")


def from_accusative(printed: str) -> FullName | None:
    """«Расческину Ольгу Дмитриевну» → Расческина Ольга Дмитриевна; None where there is no full name in the words."""
    found = _NAME.search(printed)
    if found is None:
        return None
    last, first, patronymic = found.groups()
    if _PATRONYMIC.search(first) and not _PATRONYMIC.search(patronymic):
        last, first, patronymic = patronymic, last, first  # «Ольгу Дмитриевну Расческину»
    gender = gender_of(first, patronymic)
    if not gender:
        return FullName(last, first, patronymic, False)
    one, two, three = _back(last, "last", gender), _back(first, "first", gender), _back(patronymic, "middle", gender)
    return FullName(one.text, two.text, three.text, one.sure and two.sure and three.sure)


def _back(word: str, what: str, gender: str) -> Form:
    """The nominative whose accusative is this word; `sure` is false where several fit or none does."""
    if what == "middle" and word.casefold().endswith(("кызы", "оглы")):
        return Form(word, True)
    pieces = word.split("-")
    forms = [
        Form(piece, True)
        if what == "last" and index == 0 and len(pieces) > 1 and piece.casefold() in _PARTICLES
        else _back_piece(piece, what, gender)
        for index, piece in enumerate(pieces)
    ]
    return Form("-".join(form.text for form in forms), all(form.sure for form in forms))


def _back_piece(word: str, what: str, gender: str) -> Form:
    if what == "first":
        names = _lemmas(word, gender)
        if names:
            return Form(_like(word, names[0]), len(names) == 1)
    candidates = [*_origins(word, gender), word]
    out = [c for c in dict.fromkeys(candidates) if _piece(c, what, gender).text.casefold() == word.casefold()]
    if len(out) > 1:  # «Громова»: Громов or the indeclinable one; a declined reading is likelier
        out = [c for c in out if c != word] or out
    if len(out) > 1:  # «Белого»: Белый is a word, Белой is not
        out = [c for c in out if _is_word(c)] or out
    if not out:
        return Form(candidates[0] if what == "last" else word, False)
    # «Волчка», «Кравца»: a vowel may have gone, no rule brings it back for certain
    doubtful = what == "last" and gender == "male" and word.endswith(("ца", "чка", "шка", "ька"))
    return Form(out[0], len(out) == 1 and not doubtful)


def _lemmas(word: str, gender: str) -> list[str]:
    """First names of the dictionary whose accusative is this word."""
    wanted = {"masc", "ms-f"} if gender == "male" else {"femn", "ms-f"}
    found: dict[str, None] = {}
    for parse in dictionary().parse(word.casefold()):
        if parse.is_known and {"Name", "accs", "sing"} in parse.tag and str(parse.tag.gender) in wanted:
            form = parse.inflect({"nomn", "sing"})
            if form:
                found[form.word] = None
    return list(found)


def _is_word(word: str) -> bool:
    return any(
        p.is_known and "nomn" in p.tag and ("Surn" in p.tag or p.tag.POS == "ADJF")
        for p in dictionary().parse(word.casefold())
    )


def _origins(word: str, gender: str) -> list[str]:
    """Nominatives this accusative may come from by its ending, likeliest first."""
    low = word.casefold()
    if gender == "female":
        for ending, nominative in (("ую", "ая"), ("юю", "яя"), ("ю", "я"), ("у", "а")):
            if low.endswith(ending):
                return [word[: -len(ending)] + nominative]
        return []
    if low.endswith("ого"):
        stem = word[:-3]
        return [stem + "ий", stem + "ой"] if stem[-1:] in "гкх" else [stem + "ый", stem + "ой"]
    if low.endswith("его"):
        return [word[:-3] + "ий"]
    if low.endswith("ца") and len(low) > 3 and low[-3] in "бвгджзйклмнпрстфхчшщь":
        stem = word[:-3] if low[-3] in "ьй" else word[:-2]  # «Стрельца», «Коломийца», «Кравца»
        return [stem + "ец", word[:-1]]
    if low.endswith("я"):
        return [word[:-1] + ("й" if low[-2:-1] in "аеёиоуыэюя" else "ь")]
    if low.endswith("а"):
        return [word[:-1]]
    if low.endswith(("у", "ю")):
        return [word[:-1] + ("а" if low[-1] == "у" else "я")]
    return []


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
