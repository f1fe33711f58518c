"""Pages of results: the heat map of 1,000 schools against 30, a school's page among a million results against ten thousand.

python -m bench.results_pages
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

MANY = int(os.environ.get("BENCH_RESULTS") or 1_000_000)
FEW = MANY // 100
SCHOOLS = 1_000
EXAMS = 20


def _fill(authority: int, assessments: list[int], first: int, schools: int) -> None:
    """Results of schools `first`… (by primary key order) of an office in all assessments."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO monitoring_result (assessment_id, organization_id, authority_id, source, participants, state,
              n2, n3, n4, n5, low)
            SELECT a, o.id, o.authority_id, 'bench', 40, 'data', o.id %% 13, 20 - o.id %% 13, 12, 8, o.id %% 13
            FROM unnest(%s) AS a, (SELECT id, authority_id FROM schools_organization WHERE authority_id = %s AND kind = 'school'
              ORDER BY id OFFSET %s LIMIT %s) AS o
            ON CONFLICT DO NOTHING
            """,
            [assessments, authority, first, schools],
        )
        cursor.execute("ANALYZE monitoring_result")


def _exams(year: int, number: int) -> list[int]:
    from monitoring.models import Assessment

    rows = [
        Assessment(procedure="ВПР", school_year=year, subject=f"Предмет {n // 5}", grade=4 + n % 5)
        for n in range(number)
    ]
    return [row.pk for row in Assessment.objects.bulk_create(rows)]


def _best(look: Callable[[], Any], rounds: int = 5) -> float:
    look()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        look()
        times.append(time.perf_counter() - begun)
    return min(times)


def results_pages() -> bool:
    """Says both ratios; True when they are within their limits."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.results_import import district
    from schools.models import Organization

    cast = district(SCHOOLS)
    exams = _exams(2026, EXAMS)
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.methodist, backend="schools.login.NameOrEmail")
    _fill(cast.authority.pk, exams, 0, SCHOOLS + 10)

    def get(path: str) -> int:
        response = client.get(path)
        assert response.status_code == 200, response.status_code
        return len(response.content)

    # 30 schools and 1,000 schools of two kinds, so that both maps come by the same filter from the same rows
    Organization.objects.filter(authority=cast.authority, kind="school").update(type_name="СОШ")
    few = Organization.objects.filter(authority=cast.authority, kind="school").order_by("-pk")[:30]
    Organization.objects.filter(pk__in=[row.pk for row in few]).update(type_name="лицей")
    other = cast.other_authority
    Organization.objects.filter(pk__in=[row.pk for row in few]).update(authority=other, parent=other)
    from monitoring.models import Result

    Result.objects.filter(organization__in=[row.pk for row in few]).update(authority=other)
    stranger = Client(headers={"host": "localhost"})
    stranger.force_login(cast.stranger, backend="schools.login.NameOrEmail")

    def map_of(who: Client) -> int:
        response = who.get("/results/")
        assert response.status_code == 200
        return len(response.content)

    counts = []
    for who in (stranger, client):
        map_of(who)
        with CaptureQueriesContext(connection) as seen:
            size = map_of(who)
        counts.append(len(seen))
    small, big = _best(lambda: map_of(stranger)), _best(lambda: map_of(client))
    shown = Organization.objects.filter(authority=cast.authority, kind="school").count()
    ratio = (big / (shown * EXAMS)) / (small / (31 * EXAMS))
    good = ratio <= 1.2 and counts[0] == counts[1]
    print(
        f"{'✓' if good else '✗'} карта, цена клетки: {shown} школ к 31: {ratio:.2f}× (не больше 1.2×) — {small * 1000:.0f} и "
        f"{big * 1000:.0f} мс, страница {size / 1024:.0f} КБ, запросов {counts[0]} и {counts[1]}",
        flush=True,
    )

    path = f"/results/schools/{cast.school.pk}/"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM monitoring_result WHERE authority_id = %s", [other.pk])
    first = _best(lambda: get(path))
    # the rest of the country: schools of another office, the same assessments
    per_exam = (MANY - FEW) // EXAMS
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO schools_organization (kind, parent_id, authority_id, name, full_name, type_name, settlement, number,
              named_after, territory, territory_code, time_zone, phone, email, address, search, sort_key)
            SELECT 'school', %s, %s, 'ОО ' || n, '', '', '', '', '', '', '', '', '', '', '', '', '' FROM generate_series(1, %s) AS n
            """,
            [other.pk, other.pk, per_exam],
        )
    _fill(other.pk, exams, 0, per_exam)
    from monitoring.models import Result as Rows

    total = Rows.objects.count()
    second = _best(lambda: get(path))
    ratio2 = second / first
    print(
        f"{'✓' if ratio2 <= 1.3 else '✗'} страница школы: {total} результатов к {SCHOOLS * EXAMS}: {ratio2:.2f}× (не больше 1.3×) — "
        f"{first * 1000:.0f} и {second * 1000:.0f} мс",
        flush=True,
    )
    return good and ratio2 <= 1.3


if __name__ == "__main__":
    from bench.results_import import alone

    sys.exit(alone(results_pages))
