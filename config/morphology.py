"""One morphological dictionary for the whole process: it takes tens of megabytes and half a second to load."""

from __future__ import annotations

import logging
from functools import lru_cache

import pymorphy3

logging.getLogger("pymorphy3").setLevel(logging.WARNING)


@lru_cache(maxsize=1)
def dictionary() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")
