"""When a term may be prolonged, and how far. Pure.

A request is motivated and comes before the term, by the office's cut-off (in days); a later one is allowed but marked
(domain.md, section 6.3). A term that a higher body set is not ours to move: beyond it one can only ask upward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

FAR = dt.timedelta(days=3 * 366)  # a new date further off is a slip of the pen, not an extension


@dataclass(frozen=True)
class HigherTerm:
    """A term of a higher body that bounds ours: its day and the document, as it is called."""

    day: dt.date
    document: str


def is_late(asked_on: dt.date, due: dt.date | None, days: int) -> bool:
    """Whether the request came later than `days` days before the term."""
    return due is not None and asked_on > due - dt.timedelta(days=days)


def wrong_day(new: dt.date, *, due: dt.date | None, today: dt.date) -> str:
    """Why the day cannot be the new term of an extension, as a sentence; empty when it can."""
    if due is not None and new <= due:
        return f"Новый срок {new:%d.%m.%Y} не позже прежнего ({due:%d.%m.%Y}): продлить можно только на более поздний день."
    if new < today:
        return f"Новый срок {new:%d.%m.%Y} уже прошёл: укажите день не раньше сегодняшнего."
    if new > today + FAR:
        return f"Новый срок {new:%d.%m.%Y} — больше чем через три года. Проверьте год."
    return ""


def wrong_move(new: dt.date, *, today: dt.date) -> str:
    """Why the day cannot become a term by the giver's own decision: it may be earlier than before, but not past."""
    if new < today:
        return f"Новый срок {new:%d.%m.%Y} уже прошёл: укажите день не раньше сегодняшнего."
    if new > today + FAR:
        return f"Новый срок {new:%d.%m.%Y} — больше чем через три года. Проверьте год."
    return ""


def bound_of(due: dt.date | None, terms: Iterable[HigherTerm]) -> HigherTerm | None:
    """The higher term a task must keep within: the nearest one not earlier than its own term.

    A task whose own term is already later than every higher one is bound by none of them: it carries out something else.
    """
    if due is None:
        return None
    later = [term for term in terms if term.day >= due]
    return min(later, key=lambda term: term.day) if later else None


def upward_words(
    term: HigherTerm, *, clause: str, document: str, wanted: dt.date, reason: str, office: str = ""
) -> str:
    """A draft of the request upward, to be put on the office's blank: what, until when, why."""
    where = f"пункта {clause} документа «{document}»" if clause else f"документа «{document}»"
    return (
        f"В соответствии с документом «{term.document}» срок исполнения установлен до {term.day:%d.%m.%Y}. "
        f"В ходе исполнения {where} возникла необходимость его продления: {reason.strip().rstrip('.')}. "
        f"Просим рассмотреть возможность продления срока исполнения до {wanted:%d.%m.%Y}."
        + (f"\n\n{office}" if office else "")
    )
