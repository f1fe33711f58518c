"""Results between plain values and rows: reading what stands for some items, writing many at once.

Tens of thousands of rows are written by `bulk_create` with an update of what is there; on PostgreSQL a large file goes by COPY into a
temporary table and one upsert.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from monitoring.changes import Stored
from monitoring.models import (
    Assessment,
    DataVersion,
    ImportBatch,
    JournalComparison,
    PointDistribution,
    ReferenceShare,
    Result,
    TaskShares,
)
from monitoring.models.results import OfSchool, low_of
from monitoring.planning import Key, Reference, Values

MODELS: dict[str, type[OfSchool]] = {
    "marks": Result,
    "comparison": JournalComparison,
    "points": PointDistribution,
    "tasks": TaskShares,
}
# assessment, organisation, authority, source, values
Written = tuple[int, int, int, str, Values]
COLUMNS: dict[str, tuple[str, ...]] = {
    "marks": ("participants", "state", "n2", "n3", "n4", "n5", "below_minimum", "mean_score"),
    "comparison": ("participants", "lowered", "confirmed", "raised"),
    "points": ("participants", "people"),
    "tasks": ("participants", "tasks"),
}
COPY_FROM = 5_000  # rows from which COPY pays on PostgreSQL
CHUNK = 2_000


def key_of_assessment(row: Assessment) -> Key:
    return Key(row.procedure, row.school_year, row.subject, row.grade, row.level, row.wave, row.title)


def find_assessments(keys: Iterable[Key], *, authority: int) -> dict[Key, Assessment]:
    """Assessments that exist for these keys (control works: of this office), by key; a query a school year and procedure."""
    wanted = set(keys)
    found: dict[Key, Assessment] = {}
    for procedure, year in {(key.procedure, key.school_year) for key in wanted}:
        rows = Assessment.objects.filter(procedure=procedure, school_year=year)
        rows = rows.filter(authority=authority) if procedure == "КР" else rows.filter(authority__isnull=True)
        found |= {key: row for row in rows if (key := key_of_assessment(row)) in wanted}
    return found


def make_assessments(keys: dict[Key, str | None], *, authority: int) -> dict[Key, Assessment]:
    """Assessments for all keys, made where they are missing. `keys` holds the printed date of each, ISO or None."""
    Assessment.objects.bulk_create(
        [
            Assessment(
                procedure=key.procedure,
                school_year=key.school_year,
                subject=key.subject,
                grade=key.grade,
                level=key.level,
                wave=key.wave,
                title=key.title,
                date=dt.date.fromisoformat(day) if day else None,
                authority_id=authority if key.procedure == "КР" else None,
            )
            for key, day in keys.items()
        ],
        ignore_conflicts=True,
    )
    found = find_assessments(keys, authority=authority)
    for key, row in found.items():
        if row.date is None and keys[key]:
            row.date = dt.date.fromisoformat(str(keys[key]))
            row.save(update_fields=["date"])
    return found


def stored_for(
    facet: str, assessments: dict[Key, Assessment], organizations: Sequence[int]
) -> dict[tuple[str, Key, int], Stored]:
    """What stands for these assessments and organisations in one facet."""
    keys = {row.pk: key for key, row in assessments.items()}
    columns = COLUMNS[facet]
    rows = (
        MODELS[facet]
        .objects.filter(assessment__in=keys, organization__in=organizations)
        .values_list("assessment_id", "organization_id", "source", *columns)
    )
    return {
        (facet, keys[one[0]], one[1]): Stored(dict(zip(columns, map(plain, one[3:]), strict=True)), one[2])
        for one in rows.iterator(chunk_size=CHUNK)
    }


def plain(value: Any) -> Any:
    """A stored value as the plan compares it: decimals as they are printed."""
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def write(facet: str, rows: Sequence[Written], *, batch: int | None) -> None:
    """Writes rows of (assessment, organisation, authority, source, values); what stands for the pair is replaced."""
    if not rows:
        return
    if facet == "marks":
        DataVersion.raise_for({row[2] for row in rows})
    if connection.vendor == "postgresql" and len(rows) >= COPY_FROM:
        _copy(facet, rows, batch)
        return
    model, columns = MODELS[facet], COLUMNS[facet]
    made = []
    for assessment, organization, authority, source, values in rows:
        row = model(
            assessment_id=assessment,
            organization_id=organization,
            authority_id=authority,
            source=source,
            batch_id=batch,
        )
        for name in columns:
            setattr(row, name, values.get(name))
        if isinstance(row, Result):
            row.low = low_of(row.n2, row.below_minimum)
        made.append(row)
    updated = ["authority", "source", "batch", *columns, *(["low"] if facet == "marks" else [])]
    model.objects.bulk_create(
        made,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["assessment", "organization"],
        update_fields=updated,
    )


def _copy(facet: str, rows: Sequence[Written], batch: int | None) -> None:
    """COPY straight into the table, where nothing stands in the way; else into a temporary one and one upsert. Either way the
    database checks every constraint as for any other row."""
    model, columns = MODELS[facet], list(COLUMNS[facet])
    if facet == "marks":
        columns.append("low")
    names = ["assessment_id", "organization_id", "authority_id", "source", "batch_id", *columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        try:
            with transaction.atomic(), connection.wrap_database_errors:
                _send(cursor, table, quoted, facet, rows, batch)
            return
        except IntegrityError:
            pass  # a pair has its row already
        cursor.execute(f'CREATE TEMPORARY TABLE incoming (LIKE "{table}" INCLUDING DEFAULTS) ON COMMIT DROP')
        cursor.execute("ALTER TABLE incoming DROP COLUMN id")
        _send(cursor, "incoming", quoted, facet, rows, batch)
        kept = ", ".join(f'"{c}" = EXCLUDED."{c}"' for c in names[2:])
        cursor.execute(
            f'INSERT INTO "{table}" ({quoted}) SELECT {quoted} FROM incoming '
            f'ON CONFLICT ("assessment_id", "organization_id") DO UPDATE SET {kept}'
        )
        cursor.execute("DROP TABLE incoming")


def _send(
    cursor: CursorWrapper, table: str, quoted: str, facet: str, rows: Sequence[Written], batch: int | None
) -> None:
    for start in range(0, len(rows), 20_000):
        lines = io.StringIO()
        for assessment, organization, authority, source, values in rows[start : start + 20_000]:
            cells = [assessment, organization, authority, source, batch, *(values.get(c) for c in COLUMNS[facet])]
            if facet == "marks":
                cells.append(low_of(values.get("n2"), values.get("below_minimum")))
            lines.write("\t".join(_cell(one) for one in cells) + "\n")
        lines.seek(0)
        cursor.copy_expert(f'COPY "{table}" ({quoted}) FROM STDIN', lines)


def _cell(value: Any) -> str:
    if value is None:
        return r"\N"
    if type(value) is int:
        return str(value)
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def write_references(references: Sequence[Reference], assessments: dict[Key, Assessment], batch: ImportBatch) -> None:
    """Figures of municipality, region and the whole sample: the newest printed stand."""
    rows = {}
    for one in references:
        row = ReferenceShare(
            assessment=assessments[one.key],
            scope=one.scope,
            name=one.name[:255],
            facet=one.facet,
            participants=one.participants,
            shares=one.shares,
            mean_score=one.mean_score,
            batch=batch,
        )
        rows[(row.assessment_id, row.scope, row.name, row.facet)] = row
    ReferenceShare.objects.bulk_create(
        rows.values(),
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["assessment", "scope", "name", "facet"],
        update_fields=["participants", "shares", "mean_score", "batch"],
    )


def origins(facet: str, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int | None, str]]:
    """(assessment, organisation) → (batch, source) of what stands."""
    rows = (
        MODELS[facet]
        .objects.filter(assessment__in={a for a, _ in pairs}, organization__in={o for _, o in pairs})
        .values_list("assessment_id", "organization_id", "batch_id", "source")
    )
    return {(a, o): (batch, source) for a, o, batch, source in rows}


def years_of(batch: ImportBatch) -> set[int]:
    """School years in which the batch put something."""
    found: set[int] = set()
    for model in MODELS.values():
        found |= set(model.objects.filter(batch=batch).values_list("assessment__school_year", flat=True).distinct())
    return found


def offices_of(batch: ImportBatch) -> set[int]:
    """Offices whose schools the batch put results of."""
    found: set[int] = set()
    for model in MODELS.values():
        found |= set(model.objects.filter(batch=batch).order_by().values_list("authority_id", flat=True).distinct())
    return found


def take_back(batch: ImportBatch, offices: dict[int, int]) -> None:
    """Deletes what the batch brought and puts back what it replaced."""
    changes = list(batch.changes.all())
    for facet, model in MODELS.items():
        by_batch: dict[int | None, list[Written]] = {}
        for one in changes:
            if one.facet == facet:
                office = offices[one.organization_id]
                row = (one.assessment_id, one.organization_id, office, one.before.get("source", ""), one.before)
                by_batch.setdefault(one.before.get("batch"), []).append(row)
        for origin, rows in by_batch.items():
            write(facet, rows, batch=origin)
        if facet == "marks":
            DataVersion.raise_for(model.objects.filter(batch=batch).values_list("authority_id", flat=True).distinct())
        model.objects.filter(batch=batch).delete()  # what was put back belongs to its own batch again
    batch.references.all().delete()
