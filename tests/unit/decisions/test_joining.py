"""The words of a clause that goes on for many lines: joined as they come, the same as joined at once."""

from __future__ import annotations

from decisions.reading.raw import RawClause
from decisions.reading.text import Healed, joined

LINES = ["Провести образова-", "тельный  вечер", "", " психологической", "службы", "до 1 декабря "]


def healed(text: str, start: int) -> Healed:
    return Healed(text, range(start, start + len(text)))


def pieces() -> list[Healed]:
    return [healed(line, number * 100) for number, line in enumerate(LINES)]


def test_words_joined_line_by_line_are_the_words_joined_at_once() -> None:
    clause = RawClause("1", "number")
    for piece in pieces():
        clause.pieces.append(piece)
        assert clause.body.text == joined(clause.pieces).text
    assert clause.text == "Провести образовательный вечер психологической службы до 1 декабря"
    assert list(clause.body.origin) == list(joined(pieces()).origin)


def test_a_piece_that_was_cut_short_is_seen() -> None:
    clause = RawClause("1", "number", pieces=pieces())
    assert clause.text.endswith("декабря")
    clause.pieces[-1] = healed("до 1 июня", 500)
    assert clause.text.endswith("до 1 июня")
    clause.pieces = clause.pieces[:2]
    assert clause.text == "Провести образовательный вечер"
