"""Several documents in one file: where each begins and what it is (gold README, section 8). Pure.

A document lasts until another title («ПРОТОКОЛ», «ПРИКАЗ») with its own heading, or until an annex begins: by «Приложение
№ …» or by a heading behind the signature.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from decisions.reading import marks
from decisions.reading.structure import read_structure
from decisions.reading.text import Line

Kind = Literal["protocol", "order", "annex"]


@dataclass(frozen=True)
class Part:
    kind: Kind
    lines: tuple[Line, ...]


def kind_of_title(text: str) -> Kind | None:
    """The kind a title line names: «ПРОТОКОЛ № 6», «П Р И К А З»; a mention in a sentence is no title."""
    if re.fullmatch(r"\W*В\s?Ы\s?П\s?И\s?С\s?К\s?А\W*", text):
        return "protocol"  # «ВЫПИСКА», below it «из протокола …»
    found = marks.TITLE.match(text.strip(" *"))
    if not found or len(text) > 240:
        return None
    if re.match(r"(?:приказыва|постановля|распоряжа)", marks.squeezed(text.strip(" *")).lower()):
        return None  # «ПРИКАЗЫВАЮ:» is a mark of decisions
    word = text.strip()[:1]
    if not (word.isupper()):
        return None
    rest = found["rest"].strip()
    if rest[:1].islower() and not re.match(
        r"(?:заседани|совещани|проведени|собрани|кругло|расширенн|педагог|рабоч|коллеги|совета|от\s|и\s|об?\s|главы|администрации|по\s|управлени|отдел|начальник|№|муниципальн|собеседован|методическ|общественн)",
        rest,
    ):
        return None
    if re.match(r"[:;,]", rest) or re.search(r"\(прилагается\)|прилагается|ознакомлен", rest):
        return None
    return "protocol" if found["protocol"] or found["decision"] else "order"


def split_parts(lines: Sequence[Line]) -> list[Part]:
    """The documents of a file in order; the first is the file's own."""
    if not lines:
        return [Part("protocol", ())]
    first = _first_kind(lines)
    cuts: list[tuple[int, Kind]] = [(0, first)]
    titles = [(i, k) for i, line in enumerate(lines) if (k := kind_of_title(line.text)) and not line.is_row]
    title_at = dict(titles)
    decisions = _Decisions(lines)
    seen_first = False
    index = 0
    while index < len(lines):
        title = title_at.get(index)
        if title and not seen_first:
            seen_first = True
        elif title and _is_new_document(lines, index, cuts[-1], title, decisions):
            cuts.append((_heading_start(lines, index, cuts[-1][0]), title))
        elif (
            marks.ANNEX.match(lines[index].text.strip())
            and index > 3
            and len(lines[index].text) < 160
            and not lines[index].is_row
        ):
            following = " ".join(line.text for line in lines[index : index + 6])
            if not re.match(r"^приложени[ея]\s*[:–—-]\s", lines[index].text, re.I) and decisions.between(
                cuts[-1][0], index, cuts[-1][1]
            ):
                if _titled_soon(lines, index):
                    pass  # «Приложение к приказу … ПРОТОКОЛ»: the title below makes the document
                elif following:
                    cuts.append((index, "annex"))
        index += 1
    parts = []
    for (start, kind), (end, _) in zip(cuts, [*cuts[1:], (len(lines), first)], strict=True):
        parts += _tail_annex(Part(kind, tuple(lines[start:end])))
    return parts


def _titled_soon(lines: Sequence[Line], index: int) -> bool:
    return any(kind_of_title(line.text) for line in lines[index + 1 : index + 7])


def _first_kind(lines: Sequence[Line]) -> Kind:
    for line in lines[:60]:
        kind = kind_of_title(line.text)
        if kind:
            return kind
    text = " ".join(line.text for line in lines[:80])
    return (
        "order"
        if re.search(r"п\s?р\s?и\s?к\s?а\s?з\s?ы\s?в\s?а\s?ю|распоряжаюсь|постановляю", text, re.I)
        else "protocol"
    )


class _Decisions:
    """Which lines hold marks of decisions, found once: «is anything decided between here and there» is asked for every title."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.marked: list[int] = []
        self.first_points: list[int] = []
        for index, line in enumerate(lines):
            found = marks.DECIDED.search(line.text)
            if found and (found["end"] == ":" or not line.text[: found.start()].strip(" *0123456789.)")):
                self.marked.append(index)  # «Об исполнении решения» in a heading decides nothing
            if re.match(r"^\s*1[.)]\s", line.text):
                self.first_points.append(index)

    def between(self, start: int, end: int, kind: str) -> bool:
        if kind == "annex" or bisect_left(self.marked, start) < bisect_left(self.marked, end):
            return True
        # an order whose preamble ends with a colon goes over to its points without «приказываю»
        return kind == "order" and bisect_left(self.first_points, start) < bisect_left(self.first_points, end)


def _is_new_document(
    lines: Sequence[Line], index: int, last: tuple[int, Kind], kind: Kind, decisions: _Decisions
) -> bool:
    """A title is a new document only behind decisions; «РЕШЕНИЕ» in the body of a protocol is a mark."""
    start, before = last
    text = lines[index].text.strip()
    if re.match(r"^р\s?е\s?ш\s?е\s?н\s?и\s?е", text, re.I) and not _numbered_below(lines, index):
        return False
    if (
        kind == "order"
        and re.match(r"^(?:постановление|распоряжение|приказ)\s+(?:от|№|главы|министерств)", text, re.I)
        and len(text) > 90
    ):
        return False
    if before == "annex":
        return True
    return decisions.between(start, index, "order" if before == "order" else "protocol")


def _numbered_below(lines: Sequence[Line], index: int) -> bool:
    """«РЕШЕНИЕ», below it a short line with a date and a number: a paper of its own, not a mark."""
    for line in lines[index + 1 : index + 6]:
        text = line.text.strip()
        if marks.PLAIN.match(text) and not re.match(r"^\d{1,2}\.\d{2}\.", text):
            return False
        if len(text) < 110 and re.search(r"№\s*\d", text) and re.search(r"\d{1,2}\.\d{2}\.\d{4}|20\d\d", text):
            return True
    return False


def _heading_start(lines: Sequence[Line], index: int, start: int) -> int:
    """The issuer's lines above a title belong to the new document: back to the signature of the one before."""
    at = index
    for candidate in range(index - 1, max(start, index - 9), -1):
        text = lines[candidate].text.strip()
        if marks.ANNEX.match(text):
            return candidate
        if (
            marks.SIGN_NAME.search(text)
            or marks.AFTER.match(text)
            or marks.ONLY_NAME.match(text)
            or re.search(r"[.;:)]$", text)
            or len(text) > 160
            or re.search(r"экз|копи", text)
            or lines[candidate].is_row
        ):
            break
        at = candidate
    return at


def _tail_annex(part: Part) -> list[Part]:
    """What stands behind the signature under a heading of its own is an annex."""
    if part.kind == "annex":
        return [part]
    structure = read_structure(part.lines)
    tail = structure.signature
    for position, line in enumerate(tail):
        text = line.text.strip()
        if position == 0 or marks.AFTER.match(text) or marks.ONLY_NAME.match(text) or marks.SIGN_POST.match(text):
            continue
        if marks.SIGN_NAME.search(text) and len(text) < 110 or len(text) < 4 or re.fullmatch(r"[А-ЯЁ][а-яё]+", text):
            continue
        rest = tail[position:]
        if _annex_like(rest):
            cut = next(i for i, other in enumerate(part.lines) if other is line)
            return [Part(part.kind, part.lines[:cut]), Part("annex", part.lines[cut:])]
        if not re.match(r"^\(?(?:\d|тел|исп|копи|в\s|\()", text, re.I) and len(text) > 40:
            break
    return [part]


def _annex_like(rest: Sequence[Line]) -> bool:
    """A heading and at least two lines of content below it."""
    if len(rest) < 3:
        return False
    first = rest[0].text.strip()
    if re.match(r"^(?:\(|\d+[.)]?\s*(?:экз|в\s+дело)|в\s+дело|копи)", first, re.I) or len(first) > 300:
        return False
    words = sum(len(line.text.split()) for line in rest)
    return words > 25 and first[:1].isupper() and not first.endswith((".", ";", ","))
