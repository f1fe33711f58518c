"""Many at once through the action of one: every row is checked by itself, and what was not done is told with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from config.ui.words import counted
from decisions.errors import Refused

SHOWN = 5  # how many refusals a message spells out


@dataclass
class Outcome:
    """`done`: what the action gave for each row it took; `refused`: (row, why) for the others."""

    done: list[Any] = field(default_factory=list)
    refused: list[tuple[Any, str]] = field(default_factory=list)

    def sentence(self, done: str, *, forms: tuple[str, str, str] = ("поручение", "поручения", "поручений")) -> str:
        """«Срок перенесён: 3 поручения.»"""
        return f"{done}: {counted(len(self.done), *forms)}."

    def refusals(self, name: Callable[[Any], str] = str) -> str:
        """«Не сделано: 2. СОШ № 3, п. 2.1: Поручение уже «исполнено»…»"""
        if not self.refused:
            return ""
        reasons = {why for _, why in self.refused}
        if len(reasons) == 1 and len(self.refused) > 1 and not self.done:
            return f"Не сделано: {len(self.refused)}. {reasons.pop()}"
        lines = [f"{name(row)}: {why}" for row, why in self.refused[:SHOWN]]
        more = len(self.refused) - SHOWN
        return f"Не сделано: {len(self.refused)}. " + " ".join(lines) + (f" И ещё {more}." if more > 0 else "")


def together(rows: Sequence[Any], action: Callable[[Sequence[Any]], Any]) -> Outcome:
    """The action for all rows by a few queries; where one of them is refused, each by itself, so that the others are done."""
    try:
        with transaction.atomic():
            action(rows)
    except Refused:
        return one_by_one(rows, lambda row: action([row]))
    return Outcome(done=list(rows))


def one_by_one(rows: Iterable[Any], action: Callable[[Any], Any]) -> Outcome:
    """Calls the single action for each row in a savepoint of its own; a refusal of one does not undo the others."""
    found = Outcome()
    for row in rows:
        try:
            with transaction.atomic():
                found.done.append(action(row))
        except Refused as why:
            found.refused.append((row, str(why)))
    return found
