"""Where a document repeats itself: clauses that say the same of the same, numbers twice, a number left out.

What the reader warned of is looked for again in the clauses as they stand now, so that each remark leads to its place and is
gone when the place was mended. Pure on its inputs, like `decisions.outline`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.models import Clause
from decisions.outline import Item
from decisions.similarity import nearest, words_of

SAME = 94.0  # of 100: nearly word for word


def same_words(items: Sequence[Item]) -> list[Clause]:
    """Clauses of the same responsible parties that say nearly the same, in document order."""
    found: dict[int, Clause] = {}
    groups: dict[frozenset[object], list[Item]] = {}
    for item in items:
        if item.makes_tasks:
            who = frozenset(
                (p.organization_id, p.group_id, p.text if not p.organization_id else "") for p in item.responsible
            )
            groups.setdefault(who, []).append(item)
    for alike in groups.values():
        words = [words_of(item.clause.text) for item in alike]
        for at, item in enumerate(alike[:-1]):
            for index, _ in nearest(words[at], words[at + 1 :], threshold=SAME):
                other = alike[at + 1 + index]
                found |= {item.clause.pk: item.clause, other.clause.pk: other.clause}
    return [item.clause for item in items if item.clause.pk in found]


def same_numbers(items: Sequence[Item]) -> list[Clause]:
    """Clauses whose printed number another clause of the document has too."""
    numbers = [item.clause.shown_number for item in items]
    return [
        item.clause
        for item, number in zip(items, numbers, strict=True)
        if re.match(r"\d", number) and numbers.count(number) > 1
    ]


def after_gaps(items: Sequence[Item]) -> list[Clause]:
    """Clauses before which a number is left out: «3» after «1»."""
    out, last = [], {}
    for item in items:
        clause = item.clause
        if not re.fullmatch(r"\d+(?:\.\d+)*", clause.shown_number):
            continue
        *head, own = (int(part) for part in clause.shown_number.split("."))
        key = (clause.parent_id, clause.agenda_item_id, *head)
        if key in last and own > last[key] + 1:
            out.append(clause)
        last[key] = own
    return out
