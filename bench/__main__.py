"""`make bench`: ratios of one run, each the minimum of five interleaved runs. PostgreSQL is a private one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

ROUNDS = 5


def interleaved(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The shortest of five runs of each, taken in turn so that the machine's noise falls on both."""
    times: tuple[list[float], list[float]] = ([], [])
    first(), second()
    for _ in range(ROUNDS):
        for job, kept in ((first, times[0]), (second, times[1])):
            start = time.perf_counter()
            job()
            kept.append(time.perf_counter() - start)
    return min(times[0]), min(times[1])


def say(what: str, ratio: float, limit: float, detail: str) -> bool:
    good = ratio <= limit
    print(f"{'✓' if good else '✗'} {what}: {ratio:.2f}× (не больше {limit}×) — {detail}", flush=True)
    return good


def reading() -> bool:
    """Cost of one clause in a document of 50 and of 500 clauses."""
    from decisions.reading.reader import read_text
    from schools.registry import Registry, RegistryEntry

    registry = Registry.of(
        RegistryEntry(canonical=f"СОШ № {n}", authority="Управление образования", kind="СОШ", number=str(n))
        for n in range(1, 41)
    )

    def text(clauses: int) -> str:
        head = "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\n\nПРОТОКОЛ № 1\nсовещания директоров\nот 10.03.2026\n\nРЕШИЛИ:\n"
        lines = [
            f"{n}. Руководителям СОШ № {n % 40 + 1}, № {(n + 7) % 40 + 1} провести мониторинг № {n} и представить отчёт "
            f"до {n % 28 + 1} мая 2026 года."
            for n in range(1, clauses + 1)
        ]
        return head + "\n".join(lines) + "\n\nПредседатель   И.И. Иванов\n"

    # Nobody numbers to five hundred: a long protocol is ten questions of fifty clauses.
    short = text(50)
    body = text(50).split("РЕШИЛИ:\n", 1)[1].rsplit("\n\nПредседатель", 1)[0]
    long = short.split("РЕШИЛИ:\n", 1)[0] + "".join(
        f"\nВопрос {q}. О мониторинге.\nРЕШИЛИ:\n{body}\n" for q in range(1, 11)
    )
    found = len(read_text(long, registry=registry).document.decisions)
    assert found == 500, found
    a, b = interleaved(lambda: read_text(short, registry=registry), lambda: read_text(long, registry=registry))
    return say(
        "чтение, цена пункта: 500 к 50",
        (b / 500) / (a / 50),
        1.2,
        f"{a / 50 * 1000:.2f} и {b / 500 * 1000:.2f} мс на пункт",
    )


def printing() -> bool:
    """A protocol of three pages: our way to the bytes against bare WeasyPrint on the same HTML and styles."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from config import pdf

    lines = "".join(
        f'<p class="line l0"><span class="n">{n}.</span> Руководителям общеобразовательных организаций рассмотреть итоги '
        f"проверочных работ на педагогических советах и представить отчёт до {n % 28 + 1:02d}.05.2026.</p>"
        for n in range(1, 61)
    )
    html = f'<!doctype html><html lang="ru"><head><title>Протокол</title></head><body class="protocol"><h1 class="title">ПРОТОКОЛ</h1>{lines}</body></html>'
    fonts = FontConfiguration()
    sheet = pdf.static_path("pdf/paper.css").read_text(encoding="utf-8")
    faces = "".join(
        f"@font-face{{font-family:Tinos;src:url('{pdf.static_path(f'fonts/Tinos-{name}.ttf').as_uri()}');font-weight:{weight};font-style:{style}}}"
        for name, weight, style in (
            ("Regular", 400, "normal"),
            ("Italic", 400, "italic"),
            ("Bold", 700, "normal"),
            ("BoldItalic", 700, "italic"),
        )
    )

    def bare() -> bytes:
        styles = [CSS(string=faces, font_config=fonts), CSS(string=sheet, font_config=fonts)]
        made: bytes = HTML(string=html).write_pdf(
            stylesheets=styles, font_config=fonts, pdf_variant="pdf/a-3a", pdf_tags=True
        )
        return made

    a, b = interleaved(bare, lambda: pdf.render_pdf(html))
    return say("PDF протокола к голому WeasyPrint", b / a, 1.2, f"{a * 1000:.0f} и {b * 1000:.0f} мс")


def listing() -> bool:
    """«Мои поручения» of one school with 50 and with 500 000 assignments in the database."""
    from django.db import connection
    from django.test import Client

    from tests import cast as casting
    from tests.decisions.test_life import sent

    cast = casting.build()
    document = sent(cast)
    clause = document.clauses.first()
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.director, backend="schools.login.NameOrEmail")

    from decisions.models import Assignment

    # A row the program made is the pattern: every column it has is copied, whatever columns there are by now.
    pattern = Assignment.objects.filter(document=document).order_by("pk")[0]
    own = {"organization_id": "%s", "occurrence": "n", "due": "date '2026-05-01' + n %% 200"}
    own |= {"clause_id": "%s", "effective_due": own["due"]}
    columns = [field.column for field in Assignment._meta.concrete_fields if field.column != "id"]
    values = ", ".join(own.get(column, column) for column in columns)

    def fill(first: int, rows: int, organization: int) -> None:
        given = [
            {"organization_id": organization, "clause_id": clause.pk}.get(name)
            for name in columns
            if own.get(name) == "%s"
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO decisions_assignment ({', '.join(columns)}) SELECT {values} "
                "FROM decisions_assignment, generate_series(%s, %s) AS n WHERE id = %s",
                [*given, first, first + rows - 1, pattern.pk],
            )
            cursor.execute("ANALYZE decisions_assignment")

    def look() -> None:
        for _ in range(5):
            assert client.get("/tasks/").status_code == 200

    def best() -> float:
        look()
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            look()
            times.append(time.perf_counter() - start)
        return min(times)

    fill(1000, 46, cast.school.pk)
    small = best()
    for part in range(5):
        fill(1_000_000 + part * 100_000, 100_000, cast.third.pk)
    big = best()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM decisions_assignment")
        total = cursor.fetchone()[0]
    return say(
        "список директора: 500 000 поручений к 50",
        big / small,
        1.3,
        f"{small * 200:.0f} и {big * 200:.0f} мс, всего строк {total}",
    )


def main() -> int:
    import tests.servers  # noqa: F401 (starts a private PostgreSQL and names it in the environment)

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from bench.reminders import reminders
    from bench.results import low_results
    from bench.results_import import results_import
    from bench.results_pages import results_pages

    jobs = {
        job.__name__: job for job in (reading, printing, listing, reminders, low_results, results_import, results_pages)
    }
    wanted = os.environ.get("ONLY")  # the name of one measurement, for a quick look
    results = []
    for name, job in jobs.items():
        if not wanted or name == wanted:
            call_command("flush", interactive=False, verbosity=0)  # each finds the database empty, as if it ran alone
            results.append(job())
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
