"""Import of results: 100,000 rows by ВПР reports against the fastest reader and bare COPY, and against stock django-import-export.

    python -m bench.results_import [ROWS]

Ours does what the browser does: files taken in, read in a child process, checked, loaded, doubts looked for. The bare run reads the
same files by calamine and copies the figures into a table like ours, knowing beforehand which school each row is.
"""

from __future__ import annotations

import io
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

ROWS = int(os.environ.get("BENCH_ROWS") or 100_000)
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 5)
FILES = 5  # of 7 columns: 140,000 cells a sheet at 20,000 schools
REFERENCES = {
    "assessment_id": "monitoring_assessment",
    "organization_id": "schools_organization",
    "authority_id": "schools_organization",
}
STOCK_ROWS = min(10_000, ROWS)


def district(schools: int) -> Any:
    """An office with this many schools; returns the cast."""
    from schools.models import Organization, OrganizationCode, School
    from schools.search import normalized, sort_key
    from tests import cast as casting

    cast = casting.build()
    rows = [
        Organization(
            kind="school",
            parent=cast.authority,
            authority=cast.authority,
            name=f"СОШ № {number}",
            type_name="СОШ",
            number=str(number),
            search=normalized(f"СОШ № {number}"),
            sort_key=sort_key(f"СОШ № {number}"),
        )
        for number in range(1000, 1000 + schools)
    ]
    Organization.objects.bulk_create(rows, batch_size=2_000)
    School.objects.bulk_create([School(organization=row) for row in rows], batch_size=2_000)
    OrganizationCode.objects.bulk_create(
        [OrganizationCode(organization=row, system="fisoko", code=f"edu{row.number}") for row in rows], batch_size=2_000
    )
    return cast


def report(schools: int, grade: int, year: int, shift: int = 0) -> bytes:
    """«Статистика по отметкам» of all schools; `shift` changes every figure."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("МА Статистика по отметкам")
    for line in (
        ["Статистика по отметкам"],
        [],
        [f"ВПР {year} Математика {grade} класс"],
        ["Предмет:", "Математика"],
        ["Максимальный первичный балл:", 20],
        ["Дата:", f"21.04.{year}"],
        [],
        ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5],
    ):
        page.append(line)
    draw = random.Random(grade * 100 + shift)
    for number in range(1000, 1000 + schools):
        people = [draw.randrange(30), draw.randrange(5, 60), draw.randrange(40), draw.randrange(20)]
        whole = sum(people)
        shares = [round(100 * one / whole, 2) for one in people]
        page.append([f"МБОУ «СОШ № {number}»(edu{number})", None, whole, *shares])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ours(cast: Any, files: list[bytes]) -> float:
    from monitoring.actions import imports, uploads

    begun = time.perf_counter()
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    uploads.add_files(
        by=cast.methodist, batch=batch, files=[(f"{number}.xlsx", content) for number, content in enumerate(files)]
    )
    batch = imports.check(batch=batch)
    assert batch.errors == 0, batch.report["problems"][:3]
    imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    return time.perf_counter() - begun


def bare(files: list[bytes]) -> float:
    """Calamine and COPY into a table of the same columns, indexes, checks and references, nothing looked at."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    from monitoring.models import Assessment
    from schools.models import Organization

    exams = list(Assessment.objects.order_by("pk").values_list("pk", flat=True)[:FILES])
    schools = list(
        Organization.objects.filter(school__isnull=False, number__gte="1")
        .order_by("-pk")
        .values_list("pk", "authority_id")
    )

    columns = "assessment_id, organization_id, authority_id, source, participants, state, n2, n3, n4, n5, low"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute("CREATE TABLE bare (LIKE monitoring_result INCLUDING ALL)")
        for column, table in REFERENCES.items():
            cursor.execute(
                f"ALTER TABLE bare ADD FOREIGN KEY ({column}) REFERENCES {table} DEFERRABLE INITIALLY DEFERRED"
            )
    with transaction.atomic(), connection.cursor() as cursor:
        begun = time.perf_counter()
        for number, content in enumerate(files):
            lines = io.StringIO()
            rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
            for (school, office), row in zip(schools, rows[8:], strict=False):
                n = [round(row[2] * share / 100) for share in row[3:7]]
                lines.write(
                    f"{exams[number]}\t{school}\t{office}\tbare\t{int(row[2])}\tdata\t{n[0]}\t{n[1]}\t{n[2]}\t{n[3]}\t{n[0]}\n"
                )
            lines.seek(0)
            cursor.copy_expert(f"COPY bare ({columns}) FROM STDIN", lines)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return time.perf_counter() - begun


def stock(rows: int) -> float:
    """Seconds a row of a stock ModelResource on the same figures."""
    import tablib
    from import_export.resources import modelresource_factory

    from monitoring.models import Assessment, Result
    from schools.models import Organization

    one = Assessment.objects.create(procedure="ВПР", school_year=2010, subject="Математика", grade=8)
    names = (
        "assessment",
        "organization",
        "authority",
        "source",
        "participants",
        "state",
        "n2",
        "n3",
        "n4",
        "n5",
        "low",
    )
    keys = ("assessment", "organization")
    made = modelresource_factory(Result, meta_options={"fields": names, "import_id_fields": keys})()
    schools = Organization.objects.filter(school__isnull=False).values_list("pk", "authority_id")[:rows]
    data = tablib.Dataset(headers=names)
    for pk, office in schools:
        data.append((one.pk, pk, office, "stock", 20, "data", 2, 8, 6, 4, 2))
    begun = time.perf_counter()
    found = made.import_data(data, dry_run=False, raise_errors=True)
    spent = time.perf_counter() - begun
    assert found.totals["new"] == len(data), found.totals
    return spent / len(data)


def results_import() -> bool:
    """Says the three figures of the import; True when all are within their limits."""
    schools = ROWS // FILES
    cast = district(schools)
    # every run brings new rows, of years far enough apart to be no doubt about each other; then one where every row changes
    runs = [[report(schools, 4 + n, year) for n in range(FILES)] for year in range(2026, 2026 - 2 * ROUNDS, -2)]
    changed = [report(schools, 4 + n, 2026, 1) for n in range(FILES)]
    idle = resident()
    forget_peak()
    times, plain = [], []
    above = 0.0
    for files in runs:
        times.append(ours(cast, files))
        above = above or (peak() - idle) / 1024
        plain.append(bare(files))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ratio = min(times) / min(plain)
    print(
        f"{'✓' if ratio <= 2.5 else '✗'} загрузка {ROWS} строк к calamine и COPY: {ratio:.2f}× (не больше 2.5×) — "
        f"{min(times):.1f} и {min(plain):.1f} с; если меняются все строки — {ours(cast, changed):.1f} с",
        flush=True,
    )
    per_row = min(times) / ROWS
    quicker = stock(STOCK_ROWS) / per_row
    print(
        f"{'✓' if quicker >= 10 else '✗'} цена строки к django-import-export: в {quicker:.1f} раза меньше (не меньше 10)",
        flush=True,
    )
    print(
        f"{'✓' if above <= 150 else '✗'} память сверх простоя: {above:.0f} МБ (не больше 150 МБ); читающий процесс {child:.0f} МБ",
        flush=True,
    )
    return ratio <= 2.5 and quicker >= 10 and above <= 150


def resident() -> int:
    return _status("VmRSS")


def peak() -> int:
    return _status("VmHWM")


def forget_peak() -> None:
    """Lets the kernel count the peak anew."""
    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")


def _status(name: str) -> int:
    """Kilobytes, as Linux says it."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))


def alone(job: Callable[[], bool]) -> int:
    """Runs one bench by itself on a private PostgreSQL."""
    import tests.servers  # noqa: F401 (starts it and names it in the environment)

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    return 0 if job() else 1


if __name__ == "__main__":
    sys.exit(alone(results_import))
