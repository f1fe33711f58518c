"""What a person answers while a batch is checked: which school a printed name is, which rows stay out, what a table is about."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from config import clock
from monitoring import planning
from monitoring.actions.imports import authorities_of
from monitoring.actions.uploads import must_be_open
from monitoring.enums import FileState
from monitoring.models import ImportBatch, ImportFile
from monitoring.planning import Answers
from schools.audit import record
from schools.enums import AliasSource
from schools.errors import Refused
from schools.models import Organization, OrganizationAlias, User
from schools.search import normalized


@transaction.atomic
def answer_school(*, by: User, batch: ImportBatch, printed: str, organization: Organization | None) -> None:
    """«Это наша школа …» for a printed name in all files of the batch, and from now on in files of the office; None leaves its
    rows out of this batch."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    must_be_open(batch)
    if organization is not None and organization.pk not in authorities_of(batch.authority):
        raise Refused("Эта школа не относится к вашему органу управления.")
    for file in batch.files.exclude(state=FileState.REMOVED):
        answers = Answers.of(file.answers)
        if organization is None:
            answers.skipped |= planning.rows_of_name(file.reading, printed)
        else:
            answers.schools[printed] = organization.pk
        _answer(file, answers)
    if organization is not None:
        _learn(by, batch, printed, organization)
    record(
        by=by,
        action="results.school_named",
        row=batch,
        authority=batch.authority_id,
        summary=f"{printed} — {organization or 'не загружать'}",
    )


@transaction.atomic
def skip_unknown(*, by: User, batch: ImportBatch) -> None:
    """«Остальные не загружать»: every row of a school that nobody named, so that a file of the whole region asks once."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    must_be_open(batch)
    count = 0
    for file in batch.files.exclude(state=FileState.REMOVED):
        answers = Answers.of(file.answers)
        named = {at for printed in answers.schools for at in planning.rows_of_name(file.reading, printed)}
        left = planning.rows_of_name(file.reading, None) - named - answers.skipped
        count += len(left)
        answers.skipped |= left
        _answer(file, answers)
    words = f"строк чужих и неизвестных школ не загружать: {count}"
    record(by=by, action="results.unknown_skipped", row=batch, authority=batch.authority_id, summary=words)


def _learn(by: User, batch: ImportBatch, printed: str, organization: Organization) -> None:
    known = OrganizationAlias.objects.in_force().filter(organization=organization, normalized=normalized(printed)[:500])
    if known.exists():
        return
    OrganizationAlias.objects.create(
        organization=organization,
        authority_id=organization.authority_id or batch.authority_id,
        text=printed[:500],
        source=AliasSource.LEARNED,
        confirmed_by=by,
        confirmed_at=clock.now(),
    )


@transaction.atomic
def skip_row(*, by: User, file: ImportFile, where: str) -> None:
    """«Эту строку не загружать»: left out on purpose, and said so in the trail."""
    batch = ImportBatch.objects.select_for_update().get(pk=file.batch_id)
    must_be_open(batch)
    answers = Answers.of(file.answers)
    answers.skipped.add(where)
    _answer(file, answers)
    record(by=by, action="results.row_skipped", row=file, authority=batch.authority_id, summary=f"{file.name}: {where}")


@transaction.atomic
def skip_alike(*, by: User, file: ImportFile, code: str) -> int:
    """«Не загружать все такие строки»: every row of the file that has this error; how many there were."""
    batch = ImportBatch.objects.select_for_update().get(pk=file.batch_id)
    must_be_open(batch)
    answers = Answers.of(file.answers)
    rows = planning.rows_with(file.reading, code) - answers.skipped
    answers.skipped |= rows
    _answer(file, answers)
    what = planning.WORDS.get(code, code).partition(" — ")[0]
    words = f"{file.name}: «{what}», строк не загружать: {len(rows)}"
    record(by=by, action="results.row_skipped", row=file, authority=batch.authority_id, summary=words)
    return len(rows)


@transaction.atomic
def name_facts(*, by: User, file: ImportFile, table: int, facts: dict[str, Any]) -> None:
    """What the heading of a table did not say: procedure, school year, subject, grade, level, date."""
    batch = ImportBatch.objects.select_for_update().get(pk=file.batch_id)
    must_be_open(batch)
    answers = Answers.of(file.answers)
    answers.facts[str(table)] = facts
    _answer(file, answers)
    record(by=by, action="results.table_named", row=file, authority=batch.authority_id, after=facts)


def _answer(file: ImportFile, answers: Answers) -> None:
    file.answers = answers.kept()
    file.save(update_fields=["answers"])
