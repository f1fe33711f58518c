"""Every address of the program by name, read from the URLconf itself, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver


def every_address() -> dict[str, list[str]]:
    """Name with its namespace → names of its arguments."""
    return dict(_walk(get_resolver(), ""))


def _walk(patterns: Any, prefix: str) -> Iterator[tuple[str, list[str]]]:
    for one in patterns.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from _walk(one, f"{one.namespace}:" if one.namespace else prefix)
        else:
            yield f"{prefix}{one.name}", list(one.pattern.converters)
