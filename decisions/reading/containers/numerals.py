"""How the number of a list item is printed: the formats of Word and of ODF."""

from __future__ import annotations

# ECMA-376 part 1, 17.18.59: Russian letters without ё, й, ъ, ь.
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(value: int) -> str:
    """Lower-case Roman numeral; plain digits beyond 3999."""
    if not 0 < value < 4000:
        return str(value)
    out = ""
    for weight, letters in _ROMAN:
        while value >= weight:
            out += letters
            value -= weight
    return out


def letters(value: int, alphabet: str) -> str:
    """а … я, аа, бб …: Word repeats the letter when the alphabet is over."""
    if value < 1:
        return str(value)
    repeat, index = divmod(value - 1, len(alphabet))
    return alphabet[index] * min(repeat + 1, 20)


def printed(value: int, number_format: str) -> str:
    """A counter in one of the values of ST_NumberFormat; an unknown format prints as decimal."""
    match number_format:
        case "none":
            return ""
        case "lowerRoman":
            return roman(value)
        case "upperRoman":
            return roman(value).upper()
        case "lowerLetter":
            return letters(value, LATIN)
        case "upperLetter":
            return letters(value, LATIN).upper()
        case "russianLower":
            return letters(value, RUSSIAN)
        case "russianUpper":
            return letters(value, RUSSIAN).upper()
        case "decimalZero":
            return f"{value:02d}"
        case "ordinal":
            return f"{value}-й"
        case "decimalEnclosedParen":
            return f"({value})"
        case "numberInDash":
            return f"- {value} -"
        case _:
            return str(value)
