"""Readings written by hand, as `read_results` prints them."""

from __future__ import annotations

from typing import Any

from monitoring.models import ImportBatch, ImportFile
from schools.models import Organization


def row(
    school: Organization | None, counts: tuple[int, int, int, int] | None, *, line: int = 9, **more: Any
) -> dict[str, Any]:
    """A school's row: counts of «2», «3», «4», «5»."""
    return {
        "group": "school",
        "school": school.name if school else None,
        "key": school.pk if school else None,
        "name": more.pop("name", school.name if school else "МБОУ СОШ № 77"),
        "line": line,
        "participants": more.pop("participants", sum(counts) if counts else None),
        "counts": dict(zip("2345", counts, strict=True)) if counts else None,
        "below_minimum": None,
        "mean_score": None,
        "comparison": None,
        **more,
    }


def table(*rows: dict[str, Any], form: str = "fisoko_marks", **facts: Any) -> dict[str, Any]:
    return {
        "form": form,
        "procedure": "ВПР",
        "school_year": "2025/2026",
        "date": "2026-04-21",
        "subject": "Математика",
        "grade": 5,
        "level": None,
        "sheet": "Лист1",
        **facts,
        "rows": list(rows),
    }


def reading(*tables: dict[str, Any], problems: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"file": "файл.xlsx", "tables": list(tables), "problems": list(problems)}


def problem(code: str, line: int | None = None, severity: str = "error", sheet: str = "Лист1") -> dict[str, Any]:
    return {"code": code, "where": f"row {line}" if line else None, "severity": severity, "line": line, "sheet": sheet}


def put(batch: ImportBatch, said: dict[str, Any], name: str = "файл.xlsx") -> ImportFile:
    """A file whose reading is known, in a batch."""
    count = batch.files.count()
    return ImportFile.objects.create(
        batch=batch, name=name, sha256=f"{count:064d}", state="read", reading=said, position=count
    )
