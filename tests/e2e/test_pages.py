"""Every page a person can open: no serious or critical finding of axe, no sideways scroll, no console error, strict CSP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from schools.models import User
from tests.addresses import every_address
from tests.cast import Cast
from tests.e2e.conftest import Visitor
from tests.world import World, kwargs_for, world_of

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def pages_of(world: World, client: Client, part: int) -> Iterator[tuple[str, bytes]]:
    """Addresses that give this person a whole page, with what they give."""
    names = sorted(set(every_address()) - {"health", "schools:session_alive", "schools:component_gallery"})
    for name in names[part::PARTS]:
        url = reverse(name, kwargs=kwargs_for(world, name))
        answer = client.get(url, world.posts.get(name, {}))
        if answer.status_code == 200 and "text/html" in answer["Content-Type"] and b"<!doctype html>" in answer.content:
            yield url, answer.content


def serious(results: Any) -> list[str]:
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:120]}"
        for one in results.response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


ROLES = ("methodist", "director", "admin", "observer")
PARTS = 6
WIDE, NARROW = 1440, 360
# What the width of the screen changes; everything else is looked at once, on the wide one.
OF_WIDTH = {"runOnly": {"type": "rule", "values": ["color-contrast", "scrollable-region-focusable", "target-size"]}}
_SHAPE = re.compile(rb"<(?!script)[a-z][^>]*>")
_VALUES = re.compile(
    rb"""(?<!-)\b(?:href|value|id|for|name|action|aria-describedby|aria-labelledby|nonce)=("[^"]*"|'[^']*')"""
)


def shape(content: bytes) -> bytes:
    """A page's tags with their classes: pages of one shape are one page to this test."""
    return _VALUES.sub(b"", b"".join(_SHAPE.findall(content)))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits(
    cast: Cast, as_user: Callable[[User], Client], visit: Callable[..., Visitor], part: int
) -> None:
    world = world_of(cast)
    wrong: dict[str, list[str]] = {}
    seen: set[bytes] = set()
    looked_at = 0
    for role in ROLES:
        person = getattr(cast, role)
        visitor = None
        for url, content in pages_of(world, as_user(person), part):
            if shape(content) in seen:
                continue
            seen.add(shape(content))
            looked_at += 1
            visitor = visitor or visit(person, width=WIDE)
            page = visitor.open(url)
            found = serious(Axe().run(page))
            found += ["страница шире экрана"] if too_wide(page, WIDE) else []
            page.set_viewport_size({"width": NARROW, "height": 800})
            found += [f"{NARROW}: {one}" for one in serious(Axe().run(page, options=OF_WIDTH))]
            found += [f"{NARROW}: страница шире экрана"] if too_wide(page, NARROW) else []
            page.set_viewport_size({"width": WIDE, "height": 900})
            if found:
                wrong[f"{role} {url}"] = found
    assert not wrong, "\n".join(f"{page}: {one}" for page, found in wrong.items() for one in found)
    assert looked_at > 10


def too_wide(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") > width)


def test_pages_before_logging_in_are_accessible(cast: Cast, visit: Callable[..., Visitor]) -> None:
    visitor = visit(None, width=360)
    for name in ("schools:login", "schools:code_enter", "schools:password_reset", "schools:password_reset_done"):
        assert serious(Axe().run(visitor.open(reverse(name)))) == []


def test_nothing_inline_may_run(cast: Cast, as_user: Callable[[User], Client]) -> None:
    answer = as_user(cast.methodist).get(reverse("reports:home"))
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
