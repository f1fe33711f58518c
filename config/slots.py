"""What lower layers show on pages that upper layers compose, without an import upward.

Each app names its items in `AppConfig.ready()`; the base template and `reports` read them. An item names a URL and the
permission it needs; nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Callable
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
class SearchSource:
    """A kind of thing the search line finds: `find(user, words)` gives at most ten `(title, note, url)`."""

    label: str
    order: int
    find: Callable[[Any, str], list[tuple[str, str, str]]]


@dataclass(frozen=True)
class DigestSource:
    """Lines for a person's daily message: `lines(user, day)` gives `(heading, [(text, url), …])` pairs, open items only."""

    order: int
    lines: Callable[..., list[tuple[str, list[tuple[str, str]]]]]


@dataclass(frozen=True)
class HomeBlock:
    """A block of the start page: `context(user)` gives what `template` shows, or None when there is nothing to say."""

    template: str
    order: int
    permission: str
    context: Callable[[Any], dict[str, Any] | None]


menu: list[MenuItem] = []
fragments: list[Fragment] = []
search_sources: list[SearchSource] = []
digest_sources: list[DigestSource] = []
home_blocks: list[HomeBlock] = []


def register(
    *items: MenuItem | Fragment | SearchSource | DigestSource | HomeBlock,
) -> None:
    """Adds items to their lists, once each, in the order they name."""
    homes: dict[type, list[Any]] = {
        MenuItem: menu,
        Fragment: fragments,
        SearchSource: search_sources,
        DigestSource: digest_sources,
        HomeBlock: home_blocks,
    }
    for item in items:
        home = homes[type(item)]
        if item not in home:
            home.append(item)
            home.sort(key=lambda one: one.order)
