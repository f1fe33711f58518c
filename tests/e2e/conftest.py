"""A real browser (Debian's Chromium) against a live server on PostgreSQL; any console error fails the test."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from schools.models import User
from tests.cast import PASSWORD


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("Нет Chromium: выполните make setup или укажите CHROMIUM=путь.")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox"]}


class Visitor:
    """A person at a browser of a given width."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.faults: list[str] = []
        page.on("pageerror", lambda why: self.faults.append(str(why)))
        page.on("console", lambda said: self.faults.append(said.text) if self._wrong(said) else None)

    @staticmethod
    def _wrong(said: ConsoleMessage) -> bool:
        """A refusal the page explains (409, 422) is not a fault of the page."""
        return said.type == "error" and not re.search(r"status of (?:409|422)", said.text)

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def login(self, user: User) -> None:
        self.open("/login/")
        self.page.get_by_label("Имя для входа").fill(user.username)
        self.page.get_by_label("Пароль").fill(PASSWORD)
        self.page.get_by_role("button", name="Войти").click()
        self.page.locator("main#content .head").wait_for()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Visitor]]:
    """`visit(user, width=1440)` opens a browser of its own, logged in as the person."""
    made: list[Visitor] = []

    def start(user: User | None = None, width: int = 1440) -> Visitor:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="ru-RU")
        context.set_default_timeout(15_000)
        visitor = Visitor(context.new_page(), live_server.url)
        made.append(visitor)
        if user is not None:
            visitor.login(user)
        return visitor

    yield start
    for visitor in made:
        visitor.page.context.close()
    assert [fault for visitor in made for fault in visitor.faults] == []
