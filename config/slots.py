"""What lower layers show on pages that upper layers compose, without an import upward.

Each app names its items in `AppConfig.ready()`; the base template and `reports` read them. An item names a URL and the
permission it needs; nothing here touches the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MenuItem:
    """A line of the rail. `permission` is asked for the active membership; `badge(user)` gives a number or 0."""

    label: str
    url_name: str
    icon: str
    order: int
    permission: str
    prefixes: tuple[str, ...] = ()
    badge: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Fragment:
    """A part of somebody else's page, served by its own app at `url_name` (one argument: the row's id)."""

    page: str
    title: str
    url_name: str
    order: int
    permission: str


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, a note, where it is, and the sentence that holds the words as pieces (words, found?)."""

    title: str
    note: str
    url: str
    sentence: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class SearchSource:
    """A kind of thing the search line finds: `find(user, request)` gives at most ten hits, or `(title, note, url)`."""

    label: str
    order: int
    find: Callable[[Any, str], Sequence[Hit | tuple[str, str, str]]]


@dataclass(frozen=True)
class DigestSource:
    """Lines for a person's daily message: `lines(user, day)` gives `(heading, [(text, url), …])` pairs, open items only.

    `people(morning)` names (ids of) those who must be told this morning; a source without it only adds its lines to a
    message that goes anyway. `bell(ids, morning)` gives id → (text, url): the one item of the bell for that morning.
    """

    order: int
    lines: Callable[..., list[tuple[str, list[tuple[str, str]]]]]
    people: Callable[[Morning], Iterable[int]] | None = None
    bell: Callable[[Sequence[int], Morning], dict[int, tuple[str, str]]] | None = None


@dataclass(frozen=True)
class Morning:
    """One morning: the authority's id, the IANA zone, its day there, and the last day already told (before `day`)."""

    authority: int
    zone: str
    day: dt.date
    since: dt.date

    @property
    def days(self) -> list[dt.date]:
        """The days to tell of: today, and those the program slept through."""
        return [self.since + dt.timedelta(days=n) for n in range(1, (self.day - self.since).days + 1)]


@dataclass(frozen=True)
class WaitingSource:
    """What waits for the office's decision: `rows(user)` gives how many and the first `(title, note, url)` of them."""

    label: str
    order: int
    rows: Callable[[Any], tuple[int, list[tuple[str, str, str]]]]


@dataclass(frozen=True)
class TaskNotes:
    """Why a task is late, in words: `notes(tasks)` gives task id → sentences (an explanation, an asked extension)."""

    order: int
    notes: Callable[[Sequence[Any]], dict[int, list[str]]]


@dataclass(frozen=True)
class PageNote:
    """Sentences above somebody else's page: `notes(user, row)` gives `(text, url)` pairs, nothing when there is nothing."""

    page: str
    order: int
    notes: Callable[[Any, Any], list[tuple[str, str]]]


@dataclass(frozen=True)
class CalendarEvent:
    """An all-day entry of a personal calendar. `uid` never changes; `title` is neutral: no school is named in it."""

    uid: str
    day: dt.date
    title: str
    path: str
    stamp: dt.datetime
    sequence: int = 0


@dataclass(frozen=True)
class CalendarSource:
    """Entries for the personal calendar address: `events(user, first, last)` between two days."""

    order: int
    events: Callable[[Any, dt.date, dt.date], list[CalendarEvent]]


@dataclass(frozen=True)
class HomeBlock:
    """A block of the start page: `context(user)` gives what `template` shows, or None when there is nothing to say."""

    template: str
    order: int
    permission: str
    context: Callable[[Any], dict[str, Any] | None]


# A long rail is read by its captions: the first order of each part, and what it is called.
SECTIONS = ((0, ""), (20, "Исполнение"), (34, "Результаты и помощь"), (40, "Школы и люди"), (70, "Служебное"))


def section_of(order: int) -> str:
    """The part of the rail an item stands in, by its order."""
    return [name for first, name in SECTIONS if first <= order][-1]


menu: list[MenuItem] = []
fragments: list[Fragment] = []
search_sources: list[SearchSource] = []
digest_sources: list[DigestSource] = []
home_blocks: list[HomeBlock] = []
waiting_sources: list[WaitingSource] = []
task_notes: list[TaskNotes] = []
page_notes: list[PageNote] = []
calendar_sources: list[CalendarSource] = []


def register(
    *items: MenuItem
    | Fragment
    | SearchSource
    | DigestSource
    | HomeBlock
    | WaitingSource
    | TaskNotes
    | CalendarSource
    | PageNote,
) -> None:
    """Adds items to their lists, once each, in the order they name."""
    homes: dict[type, list[Any]] = {
        MenuItem: menu,
        Fragment: fragments,
        SearchSource: search_sources,
        DigestSource: digest_sources,
        HomeBlock: home_blocks,
        WaitingSource: waiting_sources,
        TaskNotes: task_notes,
        PageNote: page_notes,
        CalendarSource: calendar_sources,
    }
    for item in items:
        home = homes[type(item)]
        if item not in home:
            home.append(item)
            home.sort(key=lambda one: one.order)
