"""One combined answer to standing duties of several documents: the same words and files go to each document's answer."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from decisions.actions.answers import attach, draft_answer, save_draft, send_answer
from decisions.errors import Refused
from decisions.models import Assignment, Document
from schools.models import Organization, StoredFile, User


@transaction.atomic
def answer_standing(
    *, by: User, organization: Organization, text: str, tasks: Sequence[Assignment], files: Sequence[StoredFile] = ()
) -> int:
    """Sends one answer a document, all or none; a document whose answer was already begun is named and nothing is sent."""
    if not tasks:
        raise Refused("Отметьте хотя бы один пункт, на который отвечаете.")
    if not text.strip() and not files:
        raise Refused("Напишите, что сделано за год, или приложите файл.")
    by_document: dict[int, list[Assignment]] = {}
    documents: dict[int, Document] = {}
    for task in tasks:
        if task.organization_id != organization.pk:
            raise Refused("Пункт относится к другой организации.")
        by_document.setdefault(task.document_id, []).append(task)
        documents[task.document_id] = task.document
    for pk, rows in by_document.items():
        report = draft_answer(by=by, document=documents[pk], organization=organization)
        if report.text.strip() or report.files.exists():
            raise Refused(
                f"По документу «{documents[pk].short_title}» ответ уже начат отдельно: закончите его или снимите отметку."
            )
        for file in files:
            attach(by=by, report=report, file=file)
        save_draft(by=by, report=report, text=text, link="", assignments=rows)
        send_answer(by=by, report=report, assignments=rows)
    return len(by_document)
