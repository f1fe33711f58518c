"""Annexes of clauses: forms and lists the addressees need, put beside the clause while the document is a draft."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from decisions.actions.drafts import lock_draft
from decisions.models import Clause, ClauseFile
from schools.audit import record
from schools.models import StoredFile, User


@transaction.atomic
def add_annex(*, by: User, clauses: Sequence[Clause], file: StoredFile) -> None:
    """The same file beside every chosen clause. Raises `Refused` when the document is no longer a draft."""
    for document in sorted({clause.document_id for clause in clauses}):
        lock_draft(document)
    ClauseFile.objects.bulk_create(ClauseFile(clause=clause, file=file) for clause in clauses)
    _note(by, clauses[0], f"Приложен файл «{file.name}»")


@transaction.atomic
def remove_annex(*, by: User, annex: ClauseFile) -> None:
    lock_draft(annex.clause.document_id)
    annex.delete()
    _note(by, annex.clause, f"Убран файл «{annex.file.name}»")


def _note(by: User, clause: Clause, summary: str) -> None:
    record(by=by, action="clause.annex", row=clause, authority=clause.document.authority_id, summary=summary)
