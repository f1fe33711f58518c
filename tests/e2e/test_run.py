"""`make run` on SQLite with no other server: the demo, the main journey by browser, Ctrl-C, a second start that keeps all."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.docx_builder import docx_of
from tests.e2e.test_journey import register, settle_questions, take_in_file
from tests.ops.processes import ROOT, answers, environment, free_port

pytestmark = pytest.mark.e2e

TEXT = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ № 17
совещания руководителей общеобразовательных организаций
от 10.03.2026

РЕШИЛИ:
1. Руководителям СОШ № 1, № 3:
1.1. Провести родительские собрания до 1 апреля 2099 года.

Председатель                                  Т.И. Воронцова
"""


class Running:
    """The whole program started by one command; `url`, the demo's passwords."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.url = data, f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT,
            env=environment(data, PORT=str(port)),
            start_new_session=True,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> None:
        assert answers(f"{self.url}/health/", seconds=120)[0] == 200
        accounts = self.data / "accounts.txt"
        while not accounts.exists():
            time.sleep(0.2)

    def password(self, login: str) -> str:
        rows = (line.split() for line in (self.data / "accounts.txt").read_text(encoding="utf-8").splitlines()[1:])
        return next(row[1] for row in rows if row[0] == login)

    def stop(self) -> str:
        os.kill(self.process.pid, signal.SIGINT)
        out, _ = self.process.communicate(timeout=60)
        return out


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    one = Running(tmp_path / "data", free_port())
    one.wait()
    yield one
    if one.process.poll() is None:
        one.stop()


def login(browser: Browser, running: Running, name: str) -> Page:
    page = browser.new_context(locale="ru-RU").new_page()
    page.goto(f"{running.url}/login/")
    page.get_by_label("Имя для входа").fill(name)
    page.get_by_label("Пароль").fill(running.password(name))
    page.get_by_role("button", name="Войти").click()
    page.locator("main#content .head").wait_for()
    return page


def test_the_main_journey_on_sqlite_by_one_command(browser: Browser, running: Running) -> None:
    page = login(browser, running, "metodist")
    page.goto(f"{running.url}/documents/new/")
    take_in_file(page, "Протокол.docx", docx_of(TEXT))
    settle_questions(page)
    register(page)
    document = re.search(r"/documents/(\d+)/", page.url)
    assert document is not None
    at = f"{running.url}/documents/{document[1]}"
    director = login(browser, running, "direktor1")
    director.goto(f"{running.url}/search/?q=родительские собрания до 1 апреля")
    expect(director.get_by_text("Провести родительские").first).to_be_visible()
    director.get_by_role("link", name="Протокол № 17", exact=False).first.click()
    director.goto(f"{at}/answer/")
    director.get_by_role("checkbox").first.check()
    director.get_by_label("Что сделано").fill("Собрания проведены.")
    director.get_by_role("button", name="Отправить на проверку").click()
    expect(director.get_by_text("Ответ отправлен")).to_be_visible()
    page.goto(f"{running.url}/answers/?document={document[1]}")
    page.get_by_role("button", name="Принять").first.click()
    expect(page.get_by_text("Принято: 1")).to_be_visible()
    printed = page.request.get(f"{at}/pdf/")
    assert printed.ok and printed.body().startswith(b"%PDF")

    said = running.stop()
    assert "Программа остановлена" in said and running.process.returncode == 0
    before = (running.data / "accounts.txt").read_text(encoding="utf-8")
    again = Running(running.data, free_port())
    again.wait()
    try:
        assert (running.data / "accounts.txt").read_text(encoding="utf-8") == before
        kept = login(browser, again, "metodist")
        kept.goto(f"{again.url}/documents/{document[1]}/")
        expect(kept.get_by_role("heading", name="Протокол № 17", exact=False)).to_be_visible()
    finally:
        again.stop()
