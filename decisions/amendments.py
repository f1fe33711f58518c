"""Sentences that change an earlier document: «признать утратившим силу п. 3 протокола № 6 от …», «продлить срок исполнения
п. 2.1 … до …», «изложить п. 4 в следующей редакции». Pure: words in, suggestions out; a person always confirms them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from decisions.deadlines.words import MONTH, month_of, view

Kind = Literal["cancels", "replaces", "extends", "withdraws"]


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence says: the act, the clauses by their printed numbers (none: the whole document), the document by kind,
    number and date as printed, and for an extension the new day where it is a plain date."""

    kind: Kind
    numbers: tuple[str, ...] = ()
    document_kind: Literal["protocol", "order"] | None = None
    document_number: str = ""
    document_date: dt.date | None = None
    new_due: dt.date | None = None


_ACTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "extends",
        re.compile(
            r"(?<![а-я])(?:продлить|перенести|продлен[аоы]?|считать\s+продлен|установить\s+нов)[а-я]*[^.;]{0,60}?(?<![а-я])срок"
            r"|(?<![а-я])срок[а-я]*\s+(?:исполнения|выполнения|предоставления|представления)[^;]{0,200}?"
            r"(?:продлить|перенести|продлева[а-я]+|изменить)"
            r"|(?<![а-я])(?:изменить|установить)\s+срок[а-я]*\s+(?:исполнения|выполнения)"
        ),
    ),
    (
        "replaces",
        re.compile(
            r"(?<![а-я])изложи(?:ть|в)(?![а-я])|в\s+(?:следующей|новой|иной)\s+редакции|(?<![а-я])замени(?:ть|в)\s+(?:пп?\.|пункт|подпункт)"
            r"|(?<![а-я])внести\s+(?:следующие\s+)?изменени[ея]\s+в\s+(?:пп?\.|пункт|подпункт)"
        ),
    ),
    (
        "withdraws",
        re.compile(r"(?<![а-я])(?:снять|снимается|снимаются|снят[ыо]?)\s+с\s+контроля"),
    ),
    (
        "cancels",
        re.compile(
            r"утративш[а-я]+\s+силу|(?<![а-я])(?:отменить|отменяется|отменяются|исключить|считать\s+недействующ[а-я]+)(?![а-я])"
        ),
    ),
)
_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,4}(?!\d)"
_ITEM = rf"{_NUMBER}(?:\s*\(?[а-я]\)(?![а-я]))?"
_CLAUSES = re.compile(
    rf"(?<![а-я])(?:п\s?п?\s?\.|пункт[а-я]*|подпункт[а-я]*|п\.\s?п\.)\s*№?\s*(?P<list>{_ITEM}(?:\s*(?:,|;|и|-)\s*(?:пп?\.\s*|пункт[а-я]*\s+|подпункт[а-я]*\s+)?{_ITEM})*)"
)
_RANGE = re.compile(rf"({_NUMBER})\s*-\s*({_NUMBER})")
_DOCUMENT = re.compile(
    r"(?<![а-я])(?P<kind>протокол|приказ|распоряжени)[а-я]*(?P<between>[^.;№\d]{0,160}?)"
    r"(?:№\s*(?P<n1>[\w/-]{1,20})\s*от\s*(?P<d1>{date})|от\s*(?P<d2>{date})(?:\s*(?:года|г\.?)(?![а-я]))?\s*(?:№\s*(?P<n2>[\w/-]{1,20}))?|№\s*(?P<n3>[\w/-]{1,20}))".replace(
        "{date}", rf"\d{{1,2}}\s?\.\s?\d{{1,2}}\s?\.\s?\d{{2,4}}|[\"«]?\d{{1,2}}[\"»]?\s+{MONTH}\s+\d{{4}}"
    )
)
_DAY = re.compile(rf"\d{{1,2}}\s?\.\s?\d{{1,2}}\s?\.\s?\d{{2,4}}|[\"«]?\d{{1,2}}[\"»]?\s+{MONTH}\s+\d{{4}}")
_NEW_DAY = re.compile(rf"(?<![а-я])(?:до|на|по)\s+(?P<day>{_DAY.pattern})")


def said_in(text: str) -> Said | None:
    """What the sentence says, or None when it changes nothing earlier: no act, or neither a clause nor a document named.

    A new wording often quotes numbers and dates of its own: only the words before it are looked at.
    """
    seen = view(text)
    act = _act(seen)
    if act is None:
        return None
    kind, start, end = act
    head = _without_wording(seen)
    document = _DOCUMENT.search(head)
    numbers = _numbers(head)
    if document is None and not numbers:
        return None
    if document is None and kind in ("cancels", "replaces") and "настоящего" in head:
        return None  # it speaks of itself
    named = _named(document) if document else (None, "", None)
    return Said(
        kind,
        numbers,
        *named,
        _new_day(head, document.end() if document else end) if kind == "extends" else None,
    )


Named = tuple[Literal["protocol", "order"] | None, str, dt.date | None]


def document_in(text: str) -> Named | None:
    """The document a sentence names, as (kind, number, date): what the sub-clauses of a heading speak of."""
    found = _DOCUMENT.search(view(text))
    return _named(found) if found else None


def _named(found: re.Match[str]) -> Named:
    number = found["n1"] or found["n2"] or found["n3"] or ""
    kind: Literal["protocol", "order"] = "protocol" if found["kind"] == "протокол" else "order"
    return kind, number.strip("-/"), _day(found["d1"] or found["d2"] or "")


def _act(seen: str) -> tuple[Kind, int, int] | None:
    for kind, pattern in _ACTS:
        found = pattern.search(seen)
        if found:
            return kind, found.start(), found.end()
    return None


def _without_wording(seen: str) -> str:
    found = re.search(r"редакции\s*:?|(?<=[а-я])\s*:\s*[\"«]", seen)
    return seen[: found.end()] if found else seen


def _numbers(head: str) -> tuple[str, ...]:
    out: list[str] = []
    for found in _CLAUSES.finditer(head):
        listed = found["list"]
        for one in _RANGE.finditer(listed):
            out += _range(one[1], one[2])
        listed = _RANGE.sub(" ", listed)
        out += [re.sub(r"\s", "", n).strip(".") for n in re.findall(_ITEM, listed)]
    return tuple(dict.fromkeys(n.replace("(", "").replace(")", "") for n in out))


def _range(first: str, last: str) -> list[str]:
    """«2.1-2.4» → 2.1, 2.2, 2.3, 2.4; ends of different heads stay as they are printed."""
    head, _, low = first.rpartition(".")
    head_2, _, high = last.rpartition(".")
    if head_2 and head_2 != head or not 0 < int(high) - int(low) < 60:
        return [first, last]
    return [f"{head}.{n}" if head else str(n) for n in range(int(low), int(high) + 1)]


def _day(words: str) -> dt.date | None:
    plain = re.fullmatch(r"(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(\d{2,4})", words.strip())
    if plain:
        year = int(plain[3])
        parts = (year if year > 99 else 2000 + year, int(plain[2]), int(plain[1]))
    else:
        spelled = re.fullmatch(r"[\"«]?(\d{1,2})[\"»]?\s+([а-я.]+)\s+(\d{4})", words.strip())
        if not spelled:
            return None
        parts = (int(spelled[3]), month_of(spelled[2]), int(spelled[1]))
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def _new_day(head: str, after: int) -> dt.date | None:
    """The last «до …» of the sentence that is not the document's own date; behind the document when there is one."""
    days = list(_NEW_DAY.finditer(head))
    behind = [m for m in days if m.start() >= after]
    chosen = (behind or days)[-1:] if days else []
    return _day(chosen[0]["day"]) if chosen else None
