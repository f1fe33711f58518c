"""On whom a document lays the control: «контроль за исполнением … возложить на …», «… оставляю за собой». Pure."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"^\W*(?:общий\s+|непосредственный\s+)?контроль\b", re.IGNORECASE)
_LAID = re.compile(r"\b(?:возложить|возлагаю|возлагается|оставляю|оставить|поручить|поручаю)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:оставляю|оставить)\s+за\s+собой\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?P<last>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+(?P<first>[А-ЯЁ])\.\s*(?P<middle>[А-ЯЁ])?\.?"
    r"|(?P<first2>[А-ЯЁ])\.\s*(?:(?P<middle2>[А-ЯЁ])\.)?\s*(?P<last2>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)"
    r"|(?P<last3>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+(?P<first3>[А-ЯЁ][а-яё]+)\s+(?P<middle3>[А-ЯЁ][а-яё]+)"
)


def lays_control(text: str) -> bool:
    """Whether a clause says who controls the execution of the document (or of the clauses beside it)."""
    return bool(_CONTROL.match(text) and _LAID.search(text))


def keeps_to_oneself(text: str) -> bool:
    """«… оставляю за собой»: the control is of whoever signs."""
    return bool(_SELF.search(text))


def same_person(printed: str, *, last: str, first: str, patronymic: str = "") -> bool:
    """Whether the printed name, in any case of the declension, is this person's: «Орлову Н.П.» is Орлова Наталья Петровна.

    The first letters must agree, and so must the surname up to its ending (at most three last letters may differ).
    """
    found = _NAME.search(printed)
    if found is None or not last or not first:
        return False
    parts = found.groupdict()
    surname = parts["last"] or parts["last2"] or parts["last3"] or ""
    given = parts["first"] or parts["first2"] or parts["first3"] or ""
    middle = parts["middle"] or parts["middle2"] or parts["middle3"] or ""
    if given[:1] != first[:1] or (middle and patronymic and middle[:1] != patronymic[:1]):
        return False
    shown, kept = (name.casefold().replace("ё", "е").split("-") for name in (surname, last))
    # «Петрову-Водкину»: each half of a double surname has an ending of its own
    return len(shown) == len(kept) and all(map(_same_but_ending, shown, kept))


def _same_but_ending(printed: str, kept: str) -> bool:
    stem = kept.rstrip("аеиоуыэюяйь") or kept
    common = 0
    for a, b in zip(printed, kept, strict=False):
        if a != b:
            break
        common += 1
    return common >= len(stem) and len(printed) - common <= 3
