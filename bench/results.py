"""Results of a country: finding low-result schools against plain SQL by hand, again with another threshold, against DuckDB.

`SIZE=full` is ten million results, the default about a million, `SIZE=small` a twentieth for a quick look.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

YEARS = (2024, 2025, 2026)
SUBJECTS = ("Русский язык", "Математика")
SCHOOLS = {"small": 2_000, "full": 333_000}.get(os.environ.get("SIZE", ""), 40_000)


def _rules() -> Any:
    """Ten procedures in three years."""
    from monitoring.default_rules import DEFAULT
    from monitoring.low_results import Rule

    grades = tuple(Rule("ВПР", subject, grade) for grade in (4, 5, 6, 7) for subject in SUBJECTS)
    return replace(
        DEFAULT,
        school_years=tuple(f"{year - 1}/{year}" for year in YEARS),
        procedures=(*grades, Rule("ОГЭ", "Русский язык"), Rule("ОГЭ", "Математика")),
    )


def _country() -> list[int]:
    """Schools of many offices, and one result of each in each procedure and year; assessment ids."""
    from django.db import connection

    from monitoring.models import Assessment

    assessments = []
    for year in YEARS:
        for rule in _rules().procedures:
            row, _ = Assessment.objects.get_or_create(
                procedure=rule.procedure, school_year=year, subject=rule.subject, grade=rule.grade or 0
            )
            assessments.append(row.pk)
    with connection.cursor() as cursor:
        columns = (
            "kind, parent_id, authority_id, name, full_name, type_name, settlement, number, named_after, territory, "
            "territory_code, time_zone, phone, email, address, search, sort_key"
        )
        empty = ", ".join(["''"] * 13)
        cursor.execute(
            f"INSERT INTO schools_organization ({columns}) VALUES ('authority', NULL, NULL, 'Страна', {empty}) RETURNING id"
        )
        office = cursor.fetchone()[0]
        cursor.execute(
            f"INSERT INTO schools_organization ({columns}) SELECT 'school', %s, %s, 'Школа ' || n, {empty} "
            "FROM generate_series(1, %s) AS n",
            [office, office, SCHOOLS],
        )
        cursor.execute("SELECT setseed(0.42)")
        cursor.execute(
            """
            INSERT INTO monitoring_result (assessment_id, organization_id, authority_id, source, state, participants, n2, n3,
                n4, n5, low)
            SELECT a, o, %s, 'fisoko_marks', 'data', p, k, p - k, 0, 0, k FROM (
                SELECT a, o, p, floor(p * power(random(), 2.2) * 0.8)::int AS k FROM (
                    SELECT a, s.id AS o, 4 + floor(random() * 90)::int AS p
                    FROM schools_organization s, unnest(%s) AS a WHERE s.authority_id = %s AND s.kind = 'school') AS x) AS y
            """,
            [office, assessments, office],
        )
        cursor.execute("ANALYZE monitoring_result")
    return assessments


def _by_hand(assessments: list[int], threshold: int) -> set[int]:
    """What a careful person would write for this rule set: one statement, the ids of the schools."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT organization_id FROM (
                SELECT r.organization_id, a.school_year, count(*) AS n
                FROM monitoring_result r JOIN monitoring_assessment a ON a.id = r.assessment_id
                WHERE r.assessment_id = ANY(%s) AND r.participants >= 5 AND 100 * r.low >= %s * r.participants
                GROUP BY 1, 2 HAVING count(*) >= 2) AS years
            GROUP BY 1 HAVING count(*) = %s
            """,
            [assessments, threshold, len(YEARS)],
        )
        return {row[0] for row in cursor.fetchall()}


def _best(job: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def _duckdb(assessments: list[int]) -> tuple[float, set[int]] | None:
    """The same question asked of DuckDB over the same rows in its own memory."""
    try:
        import duckdb
    except ImportError:
        return None
    import numpy as np

    from monitoring import sums

    organizations, of, participants, low = sums._rows(assessments, None)
    place = {pk: n // 10 for n, pk in enumerate(assessments)}
    years = np.array([place[int(pk)] for pk in of], dtype=np.int32)
    rows = {"organization": organizations, "year": years, "participants": participants, "low": low}
    base = duckdb.connect()
    base.register("incoming", rows)
    base.execute("CREATE TABLE result AS SELECT * FROM incoming")
    question = (
        "SELECT organization FROM (SELECT organization, year FROM result WHERE participants >= 5 AND 100 * low >= 30 * participants "
        f"GROUP BY 1, 2 HAVING count(*) >= 2) GROUP BY 1 HAVING count(*) = {len(YEARS)}"
    )
    found: set[int] = set()

    def ask() -> None:
        found.clear()
        found.update(row[0] for row in base.execute(question).fetchall())

    return _best(ask, 5), found


def low_results() -> bool:
    """Identification: first time against SQL by hand, a repeat with another threshold, DuckDB beside."""
    from bench.__main__ import interleaved, say
    from monitoring import sums

    assessments, rules = _country(), _rules()
    found: dict[str, set[int]] = {}

    def first() -> None:
        sums.forget()
        found["ours"] = set(sums.identify(rules, sums.sums_for(rules)).tolist())

    def hand() -> None:
        found["hand"] = _by_hand(assessments, 30)

    by_hand, ours = interleaved(hand, first)
    assert found["ours"] == found["hand"] and found["ours"], "расчёт и SQL вручную нашли разное"
    again = replace(rules, threshold_percent=Decimal(35))

    def repeat() -> None:
        found["again"] = set(sums.identify(again, sums.sums_for(again)).tolist())

    repeated = _best(repeat, 5)
    assert found["again"] == _by_hand(assessments, 35)
    size = f"{SCHOOLS:,} школ × {len(YEARS)} года × 10 процедур, найдено {len(found['ours'])}".replace(",", "\u00a0", 1)
    good = say(
        "перечень по стране к SQL вручную", ours / by_hand, 1.5, f"{by_hand * 1000:.0f} и {ours * 1000:.0f} мс; {size}"
    )
    good &= say("то же с другим порогом к первому разу", repeated / ours, 0.1, f"{repeated * 1000:.1f} мс")
    duck = _duckdb(assessments)
    if duck is not None:
        assert duck[1] == found["ours"]
        print(
            f"  к DuckDB в памяти: первый раз {ours / duck[0]:.1f}×, повтор {repeated / duck[0]:.2f}× ({duck[0] * 1000:.0f} мс)"
        )
    return good
