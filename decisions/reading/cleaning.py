"""The source text cleaned: markup dropped, OCR letters put right, drawn tables and running heads undone, one language. Pure."""

from __future__ import annotations

import re
from collections import Counter

from config.morphology import dictionary
from decisions.reading import marks
from decisions.reading.aligned import aligned_rows
from decisions.reading.ruled import bars, joined_rows
from decisions.reading.stacked import stacked_rows
from decisions.reading.text import Healed, Line, joined
from decisions.reading.unrolled import unrolled
from decisions.reading.wrapped import wrapped_rows

MARKUP = re.compile(
    r"\*\*|__(?=\S)|(?<=\S)__|^\s{0,3}#{1,6}\s+|\[bookmark:[^\]]*\]|\[_[^\]]*\]|[\u00ad\u200b\u200c\u200d\ufeff]|\\(?=[.\-*#_])",
    re.M,
)
_LATIN = str.maketrans("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук")
_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
_MIXED = re.compile(r"[А-Яа-яЁё][ABCEHKMOPTXYaceopxyk]|[ABCEHKMOPTXYaceopxyk][А-Яа-яЁё]")
_DIGITS = str.maketrans("OОoоЗlI|б", "000031116")
_DATE_LIKE = re.compile(
    r"(?<![\w.])(?=[^\s]{0,14}\d)[\dOОoоЗlI|]{1,2}\s?\.\s?[\dOОoоЗlI|]{1,2}\s?\.\s?[\dOОoоЗlI|]{4}(?!\w)"
)


# Letters read for digits: inside a number («2О19», «1О»), behind № («№ З»), as a clause's own number at a line's start.
_OCR_DIGITS = (
    re.compile(r"(?<![\w.])((?=[ОоOoЗlI|]*\d)[\dОоOoЗlI|]{2,4})(?![\wА-Яа-яЁё])"),
    re.compile(r"№\s?([ЗОOlI|])(?![\wА-Яа-яЁё])"),
    re.compile(
        r"(?<![\w.])(З[ОOоo]|[1lI|][ОOоo]|[ОOоo][1-9])"
        r"(?=\s(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)(?![а-яё]))"
    ),
    # a number of a list behind №: «№№ 2, З и 5», «№ 1–З»; «№ 118-О» is the number of a paper
    re.compile(
        r"№\s?[\dЗОOlI|]{1,3}(?:\s?(?:,|и|[–—])\s?[\dЗОOlI|]{1,3})*\s?(?:,|и|[–—])\s?([ЗОOlI|])"
        r"(?=\s*(?:[,;.)–—]|и\s|$|\s[а-яё]{2}))",
        re.M,
    ),
    re.compile(r"^\s*(З)(?=[.)]\s?[А-ЯЁ][а-яё]{3})", re.M),
    re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){0,2}\.([ЗlI|])(?=[.)]\s)", re.M),
)
# «Гармаеву 3.П.»: a digit read for the letter of an initial.
# «Иванову О.O.», «O. О. Иванов»: one letter of two alphabets beside a Russian name.
_LATIN_INITIAL = (
    re.compile(r"(?<![A-Za-zА-Яа-яЁё])([ABCEHKMOPTXY])(?=\.\s?(?:[А-ЯЁABCEHKMOPTXY]\.\s?)?[А-ЯЁ][а-яё]{2})"),
    re.compile(r"[А-ЯЁ][а-яё]{2,}\s([ABCEHKMOPTXY])(?=\.)"),
    re.compile(r"(?<![A-Za-zА-Яа-яЁё])[А-ЯЁ]\.\s?([ABCEHKMOPTXY])(?=\.)"),
)
_OCR_LETTER = re.compile(r"[А-ЯЁ][а-яё]{2,}\s(3)(?=\.\s?[А-ЯЁ]\.)")


def clean_lines(source: str) -> list[Line]:
    """Printed lines of the source without markup and emptiness."""
    keep = [True] * len(source)
    for found in MARKUP.finditer(source):
        for index in range(found.start(), found.end()):
            keep[index] = source[index] == "\n"
    chars = list(source)
    for found in _WORD.finditer(source):
        if not _MIXED.search(found.group()):
            continue
        for index, char in enumerate(found.group().translate(_LATIN), start=found.start()):
            chars[index] = char
    rows = source.split("\n")
    drawn, rules = bars(rows)
    starts = [0]
    for raw in rows:
        starts.append(starts[-1] + len(raw) + 1)
    for number, places in drawn.items():
        edges = {len(rows[number]) - len(rows[number].lstrip()), len(rows[number].rstrip()) - 1}
        for place in places:
            chars[starts[number] + place] = " " if place in edges else "\t"
    for found in _DATE_LIKE.finditer(source):
        for index, char in enumerate(found.group().translate(_DIGITS), start=found.start()):
            chars[index] = char if chars[index] != "\t" else "\t"
    for pattern in _OCR_DIGITS:
        for found in pattern.finditer("".join(chars)):
            for index in range(*found.span(1)):
                chars[index] = chars[index].translate(_DIGITS)
    for pattern in _LATIN_INITIAL:
        for found in pattern.finditer("".join(chars)):
            chars[found.start(1)] = chars[found.start(1)].translate(_LATIN)
    for found in _OCR_LETTER.finditer("".join(chars)):
        chars[found.start(1)] = "З"
    out: list[Line] = []
    ruled_above: list[bool] = []
    blank = ruled = False
    position = 0
    for number, raw in enumerate(rows):
        indexes = [i for i in range(position, position + len(raw)) if keep[i]]
        position += len(raw) + 1
        if number in rules:
            ruled = True
            continue
        body = Healed("".join(" " if chars[i] == "\u00a0" else chars[i] for i in indexes), indexes)
        beside = out[-1].text.count("\t") if out and not blank else 0
        in_row = "\t" in body.text.strip() or 0 < beside == body.text.count("\t")
        trimmed = body.strip(" \u2003\u2002\u2009\r") if in_row else body.strip()
        if not trimmed.text.strip():
            blank = True
            continue
        if not trimmed.text.strip("\t "):
            continue
        out.append(Line(trimmed, blank, len(body.text) - len(body.text.lstrip())))
        ruled_above.append(ruled)
        blank = ruled = False
    if rules:
        out = joined_rows(out, ruled_above)
    rows_undone = _without_running_heads(aligned_rows(stacked_rows(wrapped_rows(out))))
    return _one_language(_with_their_numbers(unrolled(rows_undone)))


# «1.», «2.1)», «§ 3» alone on a line; «05.03.» is a day, «2» the number of a page.
_NUMBER_ALONE = re.compile(r"(?:§\s?\d{1,2}\.?|[1-9]\d?(?:\.[1-9]\d?){0,3}\s?[.)])")


def _with_their_numbers(lines: list[Line]) -> list[Line]:
    """The number of a clause that an editor put on a line of its own stands before the words below it."""
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        if (
            above is not None
            and _NUMBER_ALONE.fullmatch(above.text)
            and not line.is_row
            and re.match(r"[А-Яа-яЁё«\"]", line.text)
        ):
            out[-1] = Line(joined([above.body, line.body]), above.blank_before, above.indent)
        else:
            out.append(line)
    return out


def _without_running_heads(lines: list[Line]) -> list[Line]:
    """What is printed at the edge of every page: a line that comes again, each time beside the number of a page."""
    pages = {i for i, line in enumerate(lines) if _PAGE.match(line.text)}
    if not pages:
        return lines
    beside: Counter[str] = Counter()
    for at in pages:
        around = {_edge(lines[i].text) for i in (at - 1, at + 1) if 0 <= i < len(lines)}
        beside.update(around - {""})
    again = {text for text, times in beside.items() if times > 1 and len(text) > 3}
    near = {i for at in pages for i in (at - 1, at + 1)}
    gone = {i for i in near if 0 <= i < len(lines) and _edge(lines[i].text) in again}
    if gone:
        first = next((i for i, line in enumerate(lines) if _edge(line.text) in again), None)
        gone -= (
            {first} if first is not None and first < 4 else set()
        )  # the heading itself, printed again on later pages
    return [line for i, line in enumerate(lines) if i not in gone and not (i in pages and len(line.text) > 4)]


_PAGE = re.compile(
    r"^[-–—\s]{0,3}(?:\d{1,3}|(?:стр|с|страница|лист|л)\.?\s*\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?|\d{1,3}\s*(?:из|/)\s*\d{1,3})[-–—\s]{0,3}$",
    re.I,
)


def _edge(text: str) -> str:
    """A line as it comes again on every page; nothing for lines that may be clauses."""
    plain = re.sub(r"[\d\W]+", " ", text.casefold()).strip()
    item = (
        marks.PLAIN.match(text) or marks.DOTTED.match(text) or marks.LETTER.match(text) or marks.TERM_LINE.match(text)
    )
    return "" if item or len(text) > 160 or text.rstrip().endswith((":", ";")) else plain


# Letters of the country's other Cyrillic alphabets: a heading in two languages prints them side by side.
_OTHER_ALPHABET = re.compile(
    r"[ӘәӨөҮүҢңҺһҒғҘҙҪҫҠҡҖҗӐӑӖӗӲӳҤҥӸӹӰӱӦӧІіӞӟӴӵӜӝӚӛҚқҲҳЇїЄєҐґӀЈј]|\d\s+(?:й\.|ел\w*|ҫул\w*)(?!\w)"
)
_COLUMNS = re.compile(r"\s{3,}|\t+|\s+/\s+")
# The heading ends where the paper begins to speak; a column with a name is a signature.
_SPEAKS = re.compile(
    r"^\s*(?:\d{1,2}[.)]\s|повестк|присутств|председател|слушал|во\s+исполнение|в\s+(?:целях|соответствии)|на\s+основании|[^а-яё]{4,}:\s*$)",
    re.I,
)
_INITIALS = re.compile(r"(?<![А-ЯЁа-яё])[А-ЯЁ]\.\s?[А-ЯЁ]\.")
HEADING_LINES = 24


def _one_language(lines: list[Line]) -> list[Line]:
    """A heading printed in two columns, one in the language of a republic: the Russian column is kept."""
    ends = next((i for i, line in enumerate(lines[:HEADING_LINES]) if _SPEAKS.match(line.text)), HEADING_LINES)
    head = lines[:ends]
    if not any(_OTHER_ALPHABET.search(line.text) and _COLUMNS.search(line.text.strip()) for line in head) and not (
        any(_OTHER_ALPHABET.search(line.text) for line in head) and any(len(_columns(line.body)) == 2 for line in head)
    ):
        return lines
    out = []
    for line in head:
        if _INITIALS.search(line.text):
            out.append(line)
            continue
        columns = _columns(line.body)
        russian = [c for c in columns if not _OTHER_ALPHABET.search(c.text)]
        if len(russian) == 2 and all(re.search(r"[А-ЯЁа-яё]{3}", c.text) for c in russian):
            shares = [_known_share(c.text) for c in russian]
            if abs(shares[0] - shares[1]) > 0.2:
                russian = [russian[shares.index(max(shares))]]
            elif len({c.text.casefold() for c in russian}) == 1:
                russian = russian[:1]
        if len(columns) == 1 and not russian:
            continue
        out += (
            [Line(c, line.blank_before and i == 0) for i, c in enumerate(russian)]
            if len(russian) < len(columns)
            else [line]
        )
    return out + lines[ends:]


def _columns(body: Healed) -> list[Healed]:
    edges = [0, *(x for m in _COLUMNS.finditer(body.text) for x in m.span()), len(body.text)]
    pieces = [body.cut(a, b).strip() for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [p for p in pieces if p.text]


def _known_share(text: str) -> float:
    words = re.findall(r"[А-Яа-яЁё]{3,}", text)
    return sum(bool(dictionary().word_is_known(w.lower())) for w in words) / len(words) if words else 1.0
