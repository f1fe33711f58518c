"""Lines that open an order: where decisions begin in a paper that has no mark of them, and whether one begins below. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading import marks
from decisions.reading.grammar import WORD, is_adjective, is_infinitive, is_noun
from decisions.reading.tables import cells_of, row_layout
from decisions.reading.text import Line


def _commands(word: str) -> bool:
    return is_infinitive(word) or is_noun(word, "datv") or is_adjective(word, "datv")


def _names_class(words: Sequence[str]) -> bool:
    """«Муниципальным общеобразовательным организациям, …»: adjectives in the dative lead to a noun in it."""
    noun = next((w for w in words[:6] if not is_adjective(w, "datv")), "")
    return noun != words[0] and bool(noun) and is_noun(noun, "datv")


def first_order(lines: Sequence[Line]) -> int | None:
    """No mark of decisions anywhere: the list that begins with an order («1. Провести …», «1. Руководителям …»)."""
    for index, line in enumerate(lines):
        marked = marks.MARKED.match(line.text)
        if marked and index > 2 and (marked["n"] or marked["n2"]) == "1":
            return index
        found = marks.PLAIN.match(line.text)
        if not found or found["n"] != "1":
            continue
        words = WORD.findall(line.text[found.end() :])
        if (
            words
            and (is_infinitive(words[0]) or is_noun(words[0], "datv") or _names_class(words))
            and not re.match(r"об?\s", line.text[found.end() :], re.I)
        ):
            return index
    for index, line in enumerate(lines):  # «1.1. Руководителям …» under the title of a question
        dotted = marks.DOTTED.match(line.text)
        words = WORD.findall(line.text[dotted.end() :]) if dotted and dotted["n"] == "1.1" else []
        if words and index > 2 and (_commands(words[0]) or _names_class(words)):
            return index
    for index, line in enumerate(lines):  # a plan: the table itself is the list of decisions
        if line.is_row and (layout := row_layout([c.text for c in cells_of(line.body)])) is not None:
            if "action" in layout and {"term", "who"} & set(layout):
                return index
    for index, (line, following) in enumerate(zip(lines, lines[1:], strict=False)):  # a list of bullets that orders
        bullets = [marks.BULLET.match(one.text) for one in (line, following)]
        first = [WORD.search(one.text) for one in (line, following)]
        if index > 2 and all(bullets) and all(w and _commands(w.group()) for w in first):
            return index
    for index, line in enumerate(lines):
        words = WORD.findall(line.text)
        if index > 2 and len(words) > 4 and is_infinitive(words[0]):
            return index
    if any(marks.AGENDA.match(line.text.strip()) for line in lines):
        return None
    return _only_list(lines)


def _only_list(lines: Sequence[Line]) -> int | None:
    """Notes of a hurried hand: the one numbered list of the paper, whatever stands in it."""
    opened = [i for i, line in enumerate(lines) if (m := marks.PLAIN.match(line.text)) and m["n"] == "1"]
    if len(opened) != 1 or not 1 < opened[0] < 12:
        return None
    following = [m["n"] for line in lines[opened[0] + 1 :] if (m := marks.PLAIN.match(line.text))]
    return opened[0] if following[:2] == ["2", "3"] else None


def orders_below(lines: Sequence[Line], index: int) -> bool:
    """Whether the next line begins with an infinitive, numbered or not."""
    if index + 1 >= len(lines):
        return False
    text = re.sub(r"^(?:[-–—•*]|\d{1,2}(?:\.\d{1,2})*[.)]|[а-я]\))\s*", "", lines[index + 1].text)
    order = WORD.match(text)
    if order is None:
        return False
    if is_infinitive(order.group()):
        return True
    dotted = marks.DOTTED.match(lines[index + 1].text)  # «2.1. Руководителям …», «2.2. СОШ № 3 …»
    return dotted is not None and not re.match(r"20\d\d|\d{2}\.", lines[index + 1].text[dotted.end() :])
