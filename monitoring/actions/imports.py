"""Loading results: files are read when they come, checked together, and loaded from the same reading; a batch can be undone.

A file with pupils' names is aggregated while it is being received: neither it nor a name of it is written anywhere, only its hash.
Nothing is half loaded: one transaction does all or nothing, and looks again whether what was checked is still true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from config import clock
from monitoring import planning
from monitoring.actions import checks
from monitoring.actions import stored as shelf
from monitoring.actions.uploads import OPEN, must_be_open
from monitoring.changes import Change, Plan, compare
from monitoring.enums import BatchState, ConflictState, FileState
from monitoring.models import DataLock, ImportBatch, ImportChange, ImportConflict
from monitoring.planning import Answers, Item, Key, Problem, Taken
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User

SHOWN = 400  # changes and problems kept for the page; the counts are always full


@transaction.atomic
def check(*, batch: ImportBatch) -> ImportBatch:
    """Compares all files of the batch with what is stored; writes only the report of the batch and its conflicts."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in OPEN:
        raise Refused(f"Эта загрузка уже «{batch.get_state_display()}». Начните новую.")
    taken, plan = plan_of(batch)
    problems = [problem for one in taken for problem in one.problems]
    names = dict(batch.files.values_list("pk", "name"))
    batch.errors = sum(one.severity == "error" for one in problems)
    batch.warnings = sum(one.severity == "warning" for one in problems) + len(plan.changed)
    batch.warnings_accepted = False
    batch.state = BatchState.CHECKED
    batch.report = {
        "expected": batch.report.get("expected", []),
        "new": len(plan.new),
        "changed": len(plan.changed),
        "same": plan.same,
        "conflicts": len(plan.conflicts),
        "references": sum(len(one.references) for one in taken),
        "rows": sum(one.rows for one in taken),
        "unknown": _unknown(problems, names),
        "codes": dict(Counter(one.code for one in problems)),
        "changes": [_shown(one) for one in plan.changed[:SHOWN]],
        "problems": [
            {
                "file": names.get(one.file, ""),
                "file_pk": one.file,
                "where": one.where,
                "code": one.code,
                "severity": one.severity,
                "text": one.text,
                "name": one.name,
                "row": one.row,
            }
            for one in [one for one in problems if not one.name][:SHOWN]
        ],
    }
    batch.save()
    _keep_conflicts(batch, plan.conflicts, names)
    return batch


def _unknown(problems: Iterable[Problem], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Printed schools that the registry does not know, each once, with how many rows wait for the answer."""
    found: dict[str, dict[str, Any]] = {}
    for one in problems:
        if one.name:
            kept = found.setdefault(one.name, {"name": one.name, "rows": 0, "text": one.text, "files": []})
            kept["rows"] += 1
            if names.get(one.file) not in kept["files"]:
                kept["files"].append(names.get(one.file))
    return sorted(found.values(), key=lambda one: one["name"])[:SHOWN]


def _shown(change: Change) -> dict[str, Any]:
    return {
        "organization": change.item.organization,
        "facet": change.item.facet,
        "key": [*_key_parts(change.item.key)],
        "before": change.before,
        "after": change.values,
        "where": change.item.where,
    }


def _key_parts(key: Key) -> list[Any]:
    return [key.procedure, key.school_year, key.subject, key.grade, key.level, key.wave, key.title]


def _keep_conflicts(batch: ImportBatch, conflicts: Sequence[Change], names: dict[int, str]) -> None:
    """Conflicts as rows that a person decides. A decision already made stands while the figures are the same."""
    if not conflicts:
        batch.conflicts.all().delete()
        return
    assessments = shelf.make_assessments(
        {one.item.key: one.item.date for one in conflicts}, authority=batch.authority_id
    )
    decided = {
        (row.facet, row.assessment_id, row.organization_id): row
        for row in batch.conflicts.exclude(state=ConflictState.OPEN)
    }
    rows = []
    for one in conflicts:
        assessment = assessments[one.item.key]
        earlier = decided.get((one.item.facet, assessment.pk, one.item.organization))
        still = earlier is not None and earlier.before == one.before and earlier.after == one.item.values
        rows.append(
            ImportConflict(
                batch=batch,
                facet=one.item.facet,
                assessment=assessment,
                organization_id=one.item.organization,
                before=one.before,
                after=one.item.values,
                where=f"{names.get(one.item.file, '')}, {one.item.where}".strip(", ")[:300],
                state=earlier.state if earlier and still else ConflictState.OPEN,
                decided_by=earlier.decided_by if earlier and still else None,
                decided_at=earlier.decided_at if earlier and still else None,
            )
        )
    batch.conflicts.all().delete()
    ImportConflict.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def plan_of(batch: ImportBatch) -> tuple[list[Taken], Plan]:
    """What the files of a batch say and what that would change, facet by facet."""
    places = _places(batch.authority)
    taken = []
    files = batch.files.filter(state__in=[FileState.READ, FileState.FAILED, FileState.MAPPING])
    for file in files.iterator(chunk_size=1):  # a reading at a time: those of large files are the most that is held
        taken.append(
            planning.take(file.reading, file=file.pk, answers=Answers.of(file.answers), organization_of=places)
        )
    items = [item for one in taken for item in one.items]
    by_facet: dict[str, list[Item]] = {}
    for item in items:
        by_facet.setdefault(item.facet, []).append(item)
    whole = Plan()
    for facet, some in by_facet.items():
        assessments = shelf.find_assessments({item.key for item in some}, authority=batch.authority_id)
        kept = shelf.stored_for(facet, assessments, sorted({item.organization for item in some}))
        part = compare(some, kept)
        whole.new += part.new
        whole.changed += part.changed
        whole.conflicts += part.conflicts
        whole.same += part.same
    return taken, whole


def _places(authority: Organization) -> Callable[[Mapping[str, Any]], int | None]:
    """Rows carry the primary key that the registry gave them; it counts only for organisations of this office."""
    offices = authorities_of(authority)
    return lambda row: row.get("key") if row.get("key") in offices else None


def authorities_of(authority: Organization) -> dict[int, int]:
    """Organisations of an office, or of all offices below a ministry → their office."""
    rows = Organization.objects.below(authority).values_list("pk", "authority_id")
    return {pk: office or authority.pk for pk, office in rows}


@transaction.atomic
def decide_conflict(*, by: User, conflict: ImportConflict, take_new: bool) -> None:
    """Which of two sources is right for one school: what is stored, or what the file says."""
    batch = ImportBatch.objects.select_for_update().get(pk=conflict.batch_id)
    must_be_open(batch)
    conflict.state = ConflictState.REPLACED if take_new else ConflictState.KEPT
    conflict.decided_by, conflict.decided_at = by, clock.now()
    conflict.save(update_fields=["state", "decided_by", "decided_at"])
    record(
        by=by,
        action="results.conflict_decided",
        row=conflict,
        authority=batch.authority_id,
        before=conflict.before,
        after=conflict.after,
        summary=f"{conflict.organization}: {conflict.get_state_display()}",
    )


def must_be_loadable(batch: ImportBatch, *, accept_warnings: bool) -> None:
    """What the last check found, asked before the long work. Raises Refused."""
    if batch.state not in (BatchState.CHECKED, BatchState.IMPORTING):
        raise Refused(f"Загрузка сейчас «{batch.get_state_display()}»: сначала проверьте файлы.")
    if batch.errors:
        raise Refused("Пока в файлах есть ошибки, ничего не загружается: исправьте их или уберите файл.")
    if batch.warnings and not accept_warnings:
        raise Refused("Прочитайте предупреждения и отметьте, что принимаете их.")
    if batch.conflicts.filter(state=ConflictState.OPEN).exists():
        raise Refused("Решите, какой из источников верен: есть расхождения без решения.")


@transaction.atomic
def load(*, by: User, batch: ImportBatch, accept_warnings: bool = False) -> ImportBatch:
    """Loads what was checked. Refuses while an error or an undecided conflict stands, or warnings are not accepted.

    The plan is made again under a lock of the office: if somebody loaded something else meanwhile, nothing is written and the
    batch is to be looked at again.
    """
    Organization.objects.select_for_update().get(pk=batch.authority_id)
    batch = ImportBatch.objects.select_for_update().select_related("authority").get(pk=batch.pk)
    if batch.state == BatchState.IMPORTED:
        raise Refused("Эта загрузка уже выполнена.")
    must_be_loadable(batch, accept_warnings=accept_warnings)
    taken, plan = plan_of(batch)
    problems = [problem for one in taken for problem in one.problems]
    if any(one.severity == "error" for one in problems):
        raise Refused("Пока в файлах есть ошибки, ничего не загружается: исправьте их или уберите файл.")
    now = (len(plan.new), len(plan.changed), len(plan.conflicts))
    if now != tuple(batch.report.get(name) for name in ("new", "changed", "conflicts")):
        raise Refused("Пока файлы проверялись, данные изменились. Проверьте загрузку ещё раз: ничего не записано.")
    warned = any(one.severity == "warning" for one in problems) or plan.changed
    if warned and not accept_warnings:
        raise Refused("Прочитайте предупреждения и отметьте, что принимаете их.")
    decided = {
        (row.facet, row.assessment_id, row.organization_id): row
        for row in batch.conflicts.select_related("decided_by").all()
    }
    if any(row.state == ConflictState.OPEN for row in decided.values()):
        raise Refused("Решите, какой из источников верен: есть расхождения без решения.")
    _write(batch, taken, plan, decided)
    batch.state, batch.imported_at, batch.warnings_accepted = BatchState.IMPORTED, clock.now(), accept_warnings
    batch.save()
    record(
        by=by,
        action="results.loaded",
        row=batch,
        authority=batch.authority_id,
        summary=f"новых {len(plan.new)}, изменено {len(plan.changed)}, без изменений {plan.same}",
    )
    years = {item.key.school_year for item in (*plan.new, *(one.item for one in plan.changed + plan.conflicts))}
    del taken, plan, problems, decided  # looking for doubts holds as much again
    _look_for_doubts(batch, years)
    return batch


def _look_for_doubts(batch: ImportBatch, years: set[int]) -> None:
    """Data checks of the years that changed, in each office whose results the batch holds."""
    if years:
        touched = shelf.offices_of(batch) or {batch.authority_id}
        for office in Organization.objects.filter(pk__in=touched):
            checks.run(authority=office, years=years)


def _write(
    batch: ImportBatch, taken: Iterable[Taken], plan: Plan, decided: dict[tuple[str, int, int], ImportConflict]
) -> None:
    everything = [*plan.new, *(one.item for one in [*plan.changed, *plan.conflicts])]
    references = [reference for one in taken for reference in one.references]
    dates: dict[Key, str | None] = {}
    for one in [*everything, *references]:
        dates[one.key] = dates.get(one.key) or one.date
    assessments = shelf.make_assessments(dates, authority=batch.authority_id)
    offices = authorities_of(batch.authority)
    replaced = list(plan.changed)
    for one in plan.conflicts:
        row = decided.get((one.item.facet, assessments[one.item.key].pk, one.item.organization))
        if row is not None and row.state == ConflictState.REPLACED:
            replaced.append(one)
    _remember(batch, replaced, assessments)
    # by facet and place, so that a replaced conflict stands last
    by_facet: dict[str, dict[tuple[int, int], shelf.Written]] = {}
    for item, values in (
        *((item, item.values) for item in plan.new),
        *((change.item, change.values) for change in replaced),
    ):
        row = (assessments[item.key].pk, item.organization, offices[item.organization], item.source, values)
        by_facet.setdefault(item.facet, {})[row[:2]] = row
    for facet, rows in by_facet.items():
        shelf.write(facet, list(rows.values()), batch=batch.pk)
    shelf.write_references(references, assessments, batch)


def _remember(batch: ImportBatch, changes: Sequence[Change], assessments: dict[Key, Any]) -> None:
    """The rows as they were, with the batch and source they came from, so that undoing puts them back."""
    rows: dict[
        tuple[str, Key, int], ImportChange
    ] = {}  # the first of a pair saw the database, a conflict in the batch did not
    for facet in {one.item.facet for one in changes}:
        some = [one for one in changes if one.item.facet == facet]
        came = shelf.origins(facet, [(assessments[c.item.key].pk, c.item.organization) for c in some])
        for one in some:
            origin = came.get((assessments[one.item.key].pk, one.item.organization))
            if origin is None:  # two files of this very batch disagreed: there was nothing before
                continue
            rows.setdefault(
                one.item.at,
                ImportChange(
                    batch=batch,
                    facet=facet,
                    assessment=assessments[one.item.key],
                    organization_id=one.item.organization,
                    before={**one.before, "batch": origin[0], "source": origin[1]},
                    after=one.values,
                ),
            )
    ImportChange.objects.bulk_create(rows.values(), batch_size=1000)


@transaction.atomic
def undo(*, by: User, batch: ImportBatch) -> None:
    """Takes a loaded batch back: its new rows go, what it replaced returns.

    Refused when a list or note was approved on the data of its years, or when a later batch has replaced its rows.
    """
    Organization.objects.select_for_update().get(pk=batch.authority_id)
    batch = ImportBatch.objects.select_for_update().select_related("authority").get(pk=batch.pk)
    if batch.state != BatchState.IMPORTED:
        raise Refused("Отменить можно только выполненную загрузку.")
    years = shelf.years_of(batch)
    offices = set(authorities_of(batch.authority).values())
    lock = DataLock.objects.filter(
        authority__in=offices, school_year__in=years, created_at__gte=batch.imported_at
    ).first()
    if lock is not None:
        raise Refused(f"На этих данных уже утверждено: {lock.reason}. Загрузку отменить нельзя.")
    later = (
        ImportChange.objects.filter(before__batch=batch.pk, batch__state=BatchState.IMPORTED)
        .select_related("batch")
        .first()
    )
    if later is not None:
        raise Refused(f"Эти результаты потом изменила другая загрузка ({later.batch}). Сначала отмените её.")
    touched = shelf.offices_of(batch)
    shelf.take_back(batch, authorities_of(batch.authority))
    batch.state, batch.undone_at, batch.undone_by = BatchState.UNDONE, clock.now(), by
    batch.save(update_fields=["state", "undone_at", "undone_by"])
    record(by=by, action="results.undone", row=batch, authority=batch.authority_id)
    for office in Organization.objects.filter(pk__in=touched):
        checks.run(authority=office, years=years)


@transaction.atomic
def drop(*, by: User, batch: ImportBatch) -> None:
    """Gives up a batch that was not loaded."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    must_be_open(batch)
    batch.state = BatchState.DROPPED
    batch.report = {**batch.report, "expected": []}  # a name of a file that never came may be a pupil's
    batch.save(update_fields=["state", "report"])
    record(by=by, action="results.dropped", row=batch, authority=batch.authority_id)


__all__ = [
    "Problem",
    "check",
    "decide_conflict",
    "drop",
    "load",
    "must_be_loadable",
    "plan_of",
    "undo",
]
