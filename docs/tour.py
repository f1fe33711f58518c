"""Takes the pictures of README's tour from a running demo district: `python -m docs.tour http://127.0.0.1:8000 data/accounts.txt`.

Walks the circle by browser: results, forecast, «в решение», review, tasks, matrix, a curator's visit, a note, a paper signed by its
scan. A fresh demo district is wanted: the walk leaves a protocol and a scan in it. Names of pictures may follow, to take only these.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent / "img"
SIZE = {"width": 1440, "height": 900}
COLOURS = 64  # flat pages: a palette keeps a picture to some tens of kilobytes


class Tour:
    """One site, its accounts, one browser; every person has a window of their own."""

    def __init__(self, browser: Browser, site: str, accounts: Path) -> None:
        lines = accounts.read_text(encoding="utf-8").splitlines()[1:]
        self.passwords = {line.split()[0]: line.split()[1] for line in lines if line.strip()}
        self.browser, self.site, self.pages = browser, site.rstrip("/"), dict[str, Page]()

    def at(self, who: str, path: str) -> Page:
        if who not in self.pages:
            page = self.browser.new_context(viewport=SIZE, locale="ru-RU").new_page()  # type: ignore[arg-type]
            page.goto(self.site + "/login/")
            page.get_by_label("Имя для входа").fill(who)
            page.get_by_label("Пароль").fill(self.passwords[who])
            page.get_by_role("button", name="Войти").click()
            page.locator("main#content .head").wait_for()
            self.pages[who] = page
        page = self.pages[who]
        page.goto(self.site + path)
        page.wait_for_load_state("networkidle")
        return page


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


def show(page: Page, selector: str) -> None:
    """The element at the top of the window."""
    page.locator(selector).first.evaluate("one => { one.scrollIntoView(); window.scrollBy(0, -16) }")


def results(tour: Tour) -> None:
    keep(tour.at("metodist", "/results/?year=2026"), "results")


def forecast(tour: Tour) -> None:
    keep(tour.at("metodist", "/lists/forecast/"), "forecast")


def decision(tour: Tour) -> None:
    """Two schools of a table of the note become addressees of a clause, each with its own figures."""
    page = tour.at("metodist", "/notes/")
    page.locator("main .rows a").first.click()
    page.get_by_text("Таблица:").first.click()
    boxes = page.locator("details[open] input[name=organization]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.locator("details[open]").get_by_role("button", name="в решение").click()
    keep(page, "decision")


def review(tour: Tour) -> None:
    """A draft that was read from a file: the document on the left, its clauses on the right, a question to answer."""
    page = tour.at("metodist", "/documents/?state=draft")
    page.locator("main a.doc-row").last.click()
    page.get_by_role("heading", name="Прочитано").wait_for()
    keep(page, "review")


def signed(tour: Tour) -> None:
    """«Проект решения» of the note in the editor; then it is signed on paper and its scan finds it."""
    page = tour.at("metodist", "/notes/")
    page.locator("main .rows a").first.click()
    page.get_by_role("button", name="Проект решения").click()
    page.get_by_role("heading", name="Прочитано").wait_for()
    keep(page, "draft")
    page.get_by_role("link", name="На подпис").click()
    page.get_by_role("button", name="Передать на подписание").click()
    page.get_by_role("heading", name="Документ на подписании").wait_for()
    printed = page.request.get(page.url.rstrip("/") + "/pdf/").body()
    page.goto(tour.site + "/scans/new/")
    page.get_by_label("Скан или снимок").set_input_files(
        {"name": "Подписано.pdf", "mimeType": "application/pdf", "buffer": printed}
    )
    page.get_by_role("button", name="Загрузить").click()
    page.get_by_text("Найден по QR-коду").wait_for(timeout=60_000)
    keep(page, "scan")
    page.get_by_label("Кто подписал").fill("Т.И. Воронцова")
    page.get_by_role("button", name="Да, документ подписан").click()
    show(page, "section:has(h2:text('Подписанный экземпляр'))")
    keep(page, "signed")


def tasks(tour: Tour) -> None:
    keep(tour.at("direktor3", "/tasks/"), "tasks")


def matrix(tour: Tour) -> None:
    page = tour.at("metodist", "/documents/")
    page.locator("a", has_text="Протокол № 4").first.click()
    keep(tour.at("metodist", page.url.removeprefix(tour.site).rstrip("/") + "/matrix/"), "matrix")


def visit(tour: Tour) -> None:
    """What a curator has seen and agreed upon with the school, not yet handed to the director."""
    page = tour.at("kurator", "/visits/")
    page.locator("main table tbody a").first.click()
    page.get_by_label("Что увидели").fill("Посетили два урока математики. Устный счёт есть в начале каждого урока.")
    for place, text in enumerate(("Показать журнал консультаций", "Провести срез по устному счёту")):
        page.get_by_label("Что сделать").nth(place).fill(text)
        page.get_by_label("К какому дню").nth(place).fill(f"{dt.date.today() + dt.timedelta(days=7 * place + 7)}")
    keep(page, "visit")


def note(tour: Tour) -> None:
    page = tour.at("metodist", "/notes/")
    page.locator("main .rows a").first.click()
    page.wait_for_load_state("networkidle")
    show(page, "#results")
    keep(page, "note")


STEPS: dict[str, Callable[[Tour], None]] = {
    "results": results,
    "forecast": forecast,
    "decision": decision,
    "tasks": tasks,
    "matrix": matrix,
    "visit": visit,
    "note": note,
    "review": review,
    "signed": signed,
}


def main(site: str, accounts: str, *wanted: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--lang=ru-RU"], env={"LANGUAGE": "ru"}
        )
        tour = Tour(browser, site, Path(accounts))
        for name, step in STEPS.items():
            if not wanted or name in wanted:
                step(tour)
                print(name)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
