"""The trail of a document in words for the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from decisions.models import Document
from schools.models import AuditEvent

LABELS = {
    "document.taken_in": "внесён",
    "document.started": "начат",
    "document.draft": "возвращён в черновик",
    "document.signing": "передан на подписание",
    "document.signed": "отмечен подписанным",
    "document.registered": "зарегистрирован",
    "document.sent": "разослан",
    "document.archived": "помещён в архив",
    "document.annulled": "регистрация аннулирована",
    "document.scan": "приложен скан",
    "document.in_pursuance": "составлен во исполнение поручения вышестоящего органа",
    "reading.mended": "исправлено, как прочитан пункт",
}


@dataclass(frozen=True)
class Line:
    at: Any
    by: Any
    label: str
    reason: str


def history_of(document: Document) -> list[Line]:
    """The last thirty events of a document, newest first."""
    rows = (
        AuditEvent.objects.filter(object_type="decisions.document", object_id=document.pk)
        .select_related("by__person")
        .order_by("-pk")[:30]
    )
    return [Line(row.at, row.by or "программа", LABELS.get(row.action, row.summary), row.reason) for row in rows]
