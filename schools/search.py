"""The normalised words that search and sorting use: SQLite's `icontains` knows only ASCII, so both databases use these."""

from __future__ import annotations

import re

_QUOTES = re.compile(r"[«»\"“”„'’`]")
_SPACES = re.compile(r"\s+")
_NUMBERS = re.compile(r"\d+")


def normalized(text: str) -> str:
    """Lower case, ё→е, no quotes, «№5» and «№ 5» alike, single spaces: what `search` columns hold and queries ask."""
    text = _QUOTES.sub("", text.casefold().replace("ё", "е").replace("№", " № "))
    return _SPACES.sub(" ", text).strip()


def sort_key(text: str) -> str:
    """Russian order with numbers by value: «СОШ № 2» stands before «СОШ № 12»."""
    return _NUMBERS.sub(lambda m: m.group().zfill(6), normalized(text))
