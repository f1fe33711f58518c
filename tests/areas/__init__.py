"""What each part of the program adds to the tests that walk all addresses: one module an area.

An area has `TABLE` (address → letters of who gets in), may have `PUBLIC` (open to anybody), `LISTS` ((role, address) → number of
queries of a list page; its one argument, if any, is the document), `build(world)`, which makes its rows and tells `world.ids` and
`world.posts` where they are, and `grow(cast, document, rows)`, which makes that many rows of everything its lists show.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

AREAS: list[ModuleType] = [
    importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__) if one.name[0] != "_"
]


def merged(name: str) -> dict:  # type: ignore[type-arg]
    """The dictionaries of this name of all areas as one; an address may stand in one area only."""
    found: dict = {}  # type: ignore[type-arg]
    for area in AREAS:
        more = getattr(area, name, {})
        twice = set(found) & set(more)
        assert not twice, f"{area.__name__}: уже есть в другой части: {twice}"
        found |= more
    return found
