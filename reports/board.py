"""«Исполнение»: how everything an office gave stands today, by day, by school, by document, by journal.

Every figure is counted by a condition of `decisions.standing`, and its address asks the list for the same condition.
Schools stand by name: this is a place to help, not a rating.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from decisions.filters_tasks import JOURNALS
from decisions.models import Assignment, Document
from decisions.standing import LABELS, SOON_DAYS, Day, condition, counts
from schools.models import Organization

KEYS = ("overdue", "soon", "check", "asked", "unseen")


@dataclass(frozen=True)
class Figure:
    """A number and the list it opens (no address for zero)."""

    number: int
    url: str = ""


@dataclass(frozen=True)
class Line:
    name: str
    figures: list[Figure]
    url: str = ""


@dataclass(frozen=True)
class Strip:
    """One day of the strip: how many terms fall on it, and whether it is a day off."""

    day: dt.date
    off: bool
    figure: Figure


@dataclass
class Board:
    totals: dict[str, Figure] = field(default_factory=dict)
    strip: list[Strip] = field(default_factory=list)
    schools: list[Line] = field(default_factory=list)
    documents: list[Line] = field(default_factory=list)
    journals: list[Line] = field(default_factory=list)

    @property
    def heads(self) -> list[str]:
        return [LABELS[key] for key in KEYS]

    @property
    def most(self) -> int:
        return max((one.figure.number for one in self.strip), default=0)


def board_of(offices: Collection[Organization], day: Day) -> Board:
    """The board of one office, or of several whose papers a region looks through: then a line is an office, not a school."""
    ids = [one.pk for one in offices]
    single = len(ids) == 1
    scope = {"authority": ids[0]} if single else {}
    rows = Assignment.objects.filter(authority__in=ids)
    found = Board()
    found.strip = _strip(rows, day, scope)
    who = "organization" if single else "authority"
    lines: dict[int, tuple[str, list[int]]] = {}
    by_document: dict[int, list[int]] = {}
    totals = [0] * len(KEYS)
    cells = rows.order_by(f"{who}__sort_key", who).values_list(who, f"{who}__name", "document")
    for pk, name, document, *numbers in cells.annotate(**counts(KEYS, day)):
        if any(numbers):
            _plus(lines.setdefault(pk, (name, [0] * len(KEYS)))[1], numbers)
            _plus(by_document.setdefault(document, [0] * len(KEYS)), numbers)
            _plus(totals, numbers)
    found.totals = {key: _figure(n, scope | {"state": key}) for key, n in zip(KEYS, totals, strict=True)}
    for pk, (name, numbers) in lines.items():
        _add(found.schools, name, numbers, scope | {"school": pk} if single else {"authority": pk})
    papers = Document.objects.filter(pk__in=by_document).select_related("body", "authority")
    journals: dict[str, tuple[str, list[int]]] = {}
    for paper in papers.defer("source_text", "reading").order_by("-date", "-pk"):
        numbers = by_document[paper.pk]
        name = paper.short_title if single else f"{paper.short_title}, {paper.authority}"
        url = reverse("decisions:matrix_detail", args=[paper.pk])
        _add(found.documents, name, numbers, {"document": paper.pk}, url)
        key, words = _journal(paper)
        _plus(journals.setdefault(key, (words, [0] * len(KEYS)))[1], numbers)
    for key, (name, numbers) in sorted(journals.items(), key=lambda pair: (pair[0].startswith("kind"), pair[1][0])):
        _add(found.journals, name, numbers, scope | {"journal": key})
    return found


def _plus(kept: list[int], more: list[int]) -> None:
    kept[:] = [a + b for a, b in zip(kept, more, strict=True)]


def _figure(number: int, narrow: dict[str, Any]) -> Figure:
    return Figure(number, f"{reverse('decisions:control_list')}?{urlencode(narrow)}" if number else "")


def _add(lines: list[Line], name: str, numbers: list[int], narrow: dict[str, Any], url: str = "") -> None:
    if any(numbers):
        figures = [_figure(number, narrow | {"state": key}) for key, number in zip(KEYS, numbers, strict=True)]
        lines.append(Line(name, figures, url))


def _strip(rows: Any, day: Day, scope: dict[str, Any]) -> list[Strip]:
    terms: dict[dt.date, int] = {}
    for due in rows.filter(condition("soon", day)).values_list("effective_due", flat=True):
        terms[due] = terms.get(due, 0) + 1
    out = []
    for distance in range(SOON_DAYS):
        one = day.today + dt.timedelta(days=distance)
        narrow = scope | {"state": "soon", "due_from": one.isoformat(), "due_to": one.isoformat()}
        out.append(Strip(one, not day.calendar.is_working(one), _figure(terms.get(one, 0), narrow)))
    return out


def _journal(paper: Document) -> tuple[str, str]:
    if paper.body_id and paper.body:
        return str(paper.body_id), paper.body.name
    key = f"kind-{paper.kind}"
    words = dict(JOURNALS)[key]
    return key, words[0].upper() + words[1:]
