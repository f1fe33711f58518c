"""What kind a cell wants, by the office's own checks, the cell's format and the words of its heading. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from decisions.collecting.book import Book, SheetCells, Validation, area_of
from decisions.collecting.values import limit, plain_number

_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?:^|— )\W*(?:ф\.?\s?и\.?\s?о|фамили|имя\b|наименован|названи|причин|примечан|комментар|адрес|ссылк|предмет|телефон|"
     r"должност|ответственн|тема\b|описан)", "text"),
    (r"\bда\s*/\s*нет|наличие|име(?:ется|ются)\b|проводил(?:ось|ась)\b", "yesno"),
    (r"\bдата\b|\bдень\b.*\bпроведения|\bсрок\b", "date"),
    (r"%|процент|\bдоля\b|успеваемост|качеств[оа] знаний", "percent"),
    (r"\bруб|\bтыс\.|\bсумма\b|\bсредств[ао]?\b|\bстоимост|\bрасход", "money"),
    (r"средн\w+ (?:балл|оценк|отметк)|\bбалл|\bсоу\b|средн(?:ее|яя|ий)|\bплощад", "number"),
    (r"колич|кол-во|\bчисл[оа]\b|численност|\bвсего\b|\bиз них\b|в том числе|\bчел\b|\bлет\b|возраст|\bединиц|\bшт\b|"
     r"«[2-5]»|\b(?:писал|получил|участвовал|обучающ|учащ|учени|педагог|учител|детей|класс-комплект)\w*", "whole"),
    (r"ф\.?\s?и\.?\s?о|фамили|наименован|названи|причин|примечан|комментар|адрес|ссылк|предмет|\bтема\b|мероприят|телефон|"
     r"почт|должност|ответственн|описан|сведения", "text"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(words, re.IGNORECASE), kind) for words, kind in _WORDS)
_NO_TOTAL = re.compile(
    r"средн|балл|доля|процент|%|\bгод\b|\bкласс\b|номер|\bкод\b|соу|\bстаж|возраст|\bлет\b", re.IGNORECASE
)
_OPTIONAL = re.compile(r"примечан|комментар|при наличии|если есть|дополнительн", re.IGNORECASE)
_PART = re.compile(r"(?:^|— )(?:из них|в том числе|в т\.\s?ч\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guess:
    kind: str
    sure: bool
    required: bool = True
    low: str = ""
    high: str = ""
    choices: tuple[str, ...] = ()
    adds: bool = False


def is_part(label: str) -> bool:
    """«из них», «в том числе»: not more than what stands before it."""
    return bool(_PART.search(label))


def guess(book: Book, sheet: SheetCells, row: int, column: int, label: str) -> Guess:
    """The kind of the cell under this heading; `sure` only when the file itself or plain words say it."""
    kind, sure, low, high = "text", False, "", ""
    choices: tuple[str, ...] = ()
    rule = rule_at(sheet, row, column)
    style = sheet.cell(row, column).style
    by_words = next((k for pattern, k in _PATTERNS if pattern.search(label)), "")
    if rule is not None and rule.kind == "list" and (found := items(book, sheet, rule)):
        plain = {one.casefold() for one in found}
        kind, sure, choices = ("yesno", True, ()) if plain == {"да", "нет"} else ("choice", True, found)
    elif rule is not None and rule.kind in ("whole", "decimal"):
        kind = "whole" if rule.kind == "whole" else by_words if by_words in ("percent", "money") else "number"
        sure = True
        low, high = limits(rule)
    elif rule is not None and rule.kind == "date":
        kind, sure = "date", True
    elif style.is_percent:
        kind, sure = "percent", True
    elif style.is_date:
        kind, sure = "date", True
    elif by_words and not (by_words in ("text", "yesno") and summed(sheet, row, column)):
        kind, sure = by_words, True
    elif summed(sheet, row, column):
        kind, sure = "number", True
    elif style.format in ("0", "#,##0"):
        kind, sure = "whole", True
    elif "0" in style.format:
        kind, sure = "number", True
    if kind == "percent" and not (low or high):
        low, high = "0", "100"
    if kind == "whole" and not low and not (rule and rule.kind):
        low = "0"
    return Guess(
        kind=kind,
        sure=sure,
        required=not _OPTIONAL.search(label),
        low=low,
        high=high,
        choices=choices,
        adds=kind in ("whole", "money", "number") and not _NO_TOTAL.search(label),
    )


def summed(sheet: SheetCells, row: int, column: int) -> bool:
    """Does a formula of the sheet add up a range this cell is in: then it holds a number, whatever its heading says."""
    return any(a <= row <= c and b <= column <= d for a, b, c, d in sheet.sums)


def rule_at(sheet: SheetCells, row: int, column: int) -> Validation | None:
    for rule in sheet.validations:
        if any(a <= row <= c and b <= column <= d for a, b, c, d in rule.areas):
            return rule
    return None


def limits(rule: Validation) -> tuple[str, str]:
    """Lowest and highest of a rule whose limits are plain numbers («between» and the like); empty where there is none."""
    first, second = limit(rule.first), limit(rule.second)
    a = plain_number(first) if first is not None else ""
    b = plain_number(second) if second is not None else ""
    match rule.operator:
        case "between":
            return a, b
        case "greaterThanOrEqual":
            return a, ""
        case "lessThanOrEqual":
            return "", a
        case "greaterThan" if rule.kind == "whole" and first is not None:
            return plain_number(first + 1), ""
        case "lessThan" if rule.kind == "whole" and first is not None:
            return "", plain_number(first - 1)
    return "", ""


def items(book: Book, sheet: SheetCells, rule: Validation) -> tuple[str, ...]:
    """The words of a list: written in the rule, or standing in cells of the book (at most 200)."""
    source = rule.first.strip()
    if source.startswith('"') and source.endswith('"'):
        words = [one.strip() for one in source[1:-1].split(",")]
        return tuple(dict.fromkeys(one for one in words if one))[:200]
    name, _, ref = source.rpartition("!")
    place = book.sheet(name.strip("'").replace("''", "'")) if name else sheet
    if place is None:
        return ()
    try:
        top, left, bottom, right = area_of(ref)
    except ValueError:
        return ()
    found = [
        place.cell(row, column).text
        for row in range(top, min(bottom, top + 300) + 1)
        for column in range(left, min(right, left + 10) + 1)
    ]
    return tuple(dict.fromkeys(one for one in found if one))[:200]
