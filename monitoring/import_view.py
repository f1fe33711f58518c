"""What the page of a batch shows: problems, changes and conflicts in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from monitoring.models import ImportBatch
from monitoring.models.assessments import Assessment
from monitoring.planning import FACETS, Answers, Key, Values, key_of
from schools.models import Organization

NAMES = {
    "participants": "участников",
    "n2": "«2»",
    "n3": "«3»",
    "n4": "«4»",
    "n5": "«5»",
    "below_minimum": "не преодолели минимум",
    "mean_score": "средний балл",
    "lowered": "понизили",
    "confirmed": "подтвердили",
    "raised": "повысили",
    "people": "первичные баллы",
    "tasks": "задания",
    "state": "состояние",
}
STATES = {"data": "есть результат", "no_participants": "нет участников", None: "—"}


@dataclass(frozen=True)
class Cell:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeLine:
    pk: int | None
    school: str
    assessment: str
    where: str
    cells: list[Cell]
    state: str = ""


@dataclass(frozen=True)
class Asked:
    """A table whose heading does not say all: what is known of it and how it begins."""

    file_pk: int
    file: str
    table: int
    sheet: str
    facts: dict[str, Any]
    schools: list[str]


TOGETHER = 4  # so many alike in one file are one line of the page


def problems_of(batch: ImportBatch) -> list[dict[str, Any]]:
    """Errors first; many alike in a file are one line with `count` and the rows in `where`. What a table is about is asked apart."""
    alike: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
    for one in batch.report.get("problems", ()):
        if one["code"] != "no_facts":
            alike.setdefault((one["file_pk"], one["code"], one["severity"]), []).append(one)
    rows: list[dict[str, Any]] = []
    for some in alike.values():
        placed = [one for one in some if one["where"] and " " in one["where"]]
        if len(placed) < TOGETHER:
            rows += some
            continue
        rows += [one for one in some if one not in placed]
        first = placed[0]
        rows.append({**first, "count": len(placed), "where": _places([one["where"] for one in placed])})
    return sorted(rows, key=lambda one: one["severity"] != "error")


def _places(said: list[str]) -> str:
    """«Лист1: row 4», «Лист1: row 7» → «Лист1, строки 4, 7»; of more than eight rows the rest is a number."""
    sheets: dict[str, list[str]] = {}
    for one in said:
        sheet, _, line = one.rpartition("row ")
        sheets.setdefault(sheet.rstrip(": "), []).append(line)
    parts = []
    for sheet, lines in list(sheets.items())[:3]:
        rest = f" и ещё {len(lines) - 8}" if len(lines) > 9 else ""
        shown = lines[:8] if rest else lines
        parts.append(f"{sheet}, строки {', '.join(shown)}{rest}".lstrip(", "))
    return "; ".join(parts) + ("; …" if len(sheets) > 3 else "")


def changes_of(batch: ImportBatch) -> list[ChangeLine]:
    rows = batch.report.get("changes", ())
    names = dict(Organization.objects.filter(pk__in=[one["organization"] for one in rows]).values_list("pk", "name"))
    return [
        ChangeLine(
            None,
            names.get(one["organization"], ""),
            _assessment_name(Key(*one["key"])),
            one["where"].strip(":"),
            _cells(one["before"], one["after"]),
        )
        for one in rows
    ]


def conflicts_of(batch: ImportBatch) -> list[ChangeLine]:
    rows = batch.conflicts.select_related("organization", "assessment").order_by("assessment", "organization__sort_key")
    return [
        ChangeLine(
            row.pk,
            row.organization.name,
            str(row.assessment),
            row.where,
            _cells(row.before, row.after),
            row.state,
        )
        for row in rows[:400]
    ]


def facts_asked(batch: ImportBatch) -> list[Asked]:
    """Tables that do not say which assessment they are."""
    found = []
    asked = {one["file_pk"] for one in batch.report.get("problems", ()) if one["code"] == "no_facts"}
    for file in batch.files.filter(pk__in=asked).exclude(state="removed"):
        answers = Answers.of(file.answers)
        for index, table in enumerate(file.reading.get("tables", ())):
            if table.get("form") not in FACETS or not table.get("rows") or table.get("needs_mapping"):
                continue
            facts = {**table, **answers.facts.get(str(index), {})}
            if isinstance(key_of(facts), str):
                names = [row.get("name", "") for row in table.get("rows", ()) if row.get("group") == "school"]
                found.append(Asked(file.pk, file.name, index, table.get("sheet") or "", facts, names[:3]))
    return found


def _assessment_name(key: Key) -> str:
    row = Assessment(
        procedure=key.procedure,
        school_year=key.school_year,
        subject=key.subject,
        grade=key.grade,
        level=key.level,
        wave=key.wave,
        title=key.title,
    )
    return str(row)


def _cells(before: Values, after: Values) -> list[Cell]:
    return [
        Cell(NAMES.get(name, name), _words(name, before.get(name)), _words(name, after.get(name)))
        for name in NAMES
        if before.get(name) != after.get(name) and (name in before or name in after)
    ]


def _words(name: str, value: Any) -> str:
    if value is None:
        return "—"
    if name == "state":
        return STATES.get(value, str(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{task}: {share}" for task, share in value.items())
    return str(value).replace(".", ",") if name == "mean_score" else str(value)
