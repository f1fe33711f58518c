"""When a document's printed paper is issued: to be signed, registered, annulled, and when our reading of it was mended.

What the paper says is taken inside the action's transaction; its bytes are made after it (`schools.actions.papers`). Words
never change between versions: a later version is the first one with a mark below it.
"""

from __future__ import annotations

from typing import Any

from config import clock
from decisions.enums import DocumentState
from decisions.models import Clause, Document
from schools.actions import papers
from schools.enums import PaperKind, PaperState
from schools.models import IssuedPaper, User

ISSUED = (DocumentState.REGISTERED, DocumentState.SENT, DocumentState.ARCHIVED)


def issue_to_sign(document: Document, *, by: User) -> IssuedPaper:
    """The copy that goes round to be signed: no number yet, its code finds the document when the scan comes back."""
    return _issue(document, by=by, state=PaperState.PREPARED, reason="передан на подписание", to_sign=True)


def withdraw(document: Document) -> None:
    """Taken back to be changed: a sheet printed for signing is good for nothing any more."""
    papers.end(row=document, states=[PaperState.PREPARED], state=PaperState.WITHDRAWN)


def issue_registered(document: Document, *, by: User | None, reason: str = "регистрация") -> IssuedPaper:
    papers.put_in_force(row=document, number=document.number, date=document.date)
    return _issue(document, by=by, state=PaperState.IN_FORCE, reason=reason)


def issue_annulled(document: Document, *, by: User, reason: str) -> IssuedPaper:
    last = papers.current(document)
    papers.end(row=document, states=[PaperState.IN_FORCE, PaperState.REPLACED], state=PaperState.ANNULLED)
    mark = f"РЕГИСТРАЦИЯ АННУЛИРОВАНА {clock.today(document.authority.zone):%d.%m.%Y}"
    content = {**last.content, "stamp": mark} if last else None
    return _issue(document, by=by, state=PaperState.ANNULLED, reason=f"аннулирование: {reason}", content=content)


def issue_mended(document: Document, *, by: User, clause: Clause, what: str, reason: str) -> IssuedPaper:
    """The same words with a line below them: which clause is read how since when."""
    last = papers.current(document)
    place = f"п. {clause.shown_number}" if clause.shown_number else "пункт без номера"
    line = f"{clock.today(document.authority.zone):%d.%m.%Y} — {place}: {what}"
    content: dict[str, Any] | None = None
    if last and not last.to_sign:
        content = {**last.content, "remarks": [*last.content.get("remarks", []), line]}
    return _issue(document, by=by, state=PaperState.IN_FORCE, reason=f"{place}: {what}. {reason}", content=content)


def issue_missing() -> int:
    """Documents registered before papers were kept get their first version; returns how many."""
    known = IssuedPaper.objects.filter(object_type=Document._meta.label_lower).values("object_id")
    rows = Document.objects.tops().filter(state__in=ISSUED).exclude(pk__in=known).select_related("authority")[:50]
    for document in rows:
        issue_registered(document, by=None, reason="выпущен до хранения печатных экземпляров")
    return len(rows)


def _issue(
    document: Document,
    *,
    by: User | None,
    state: PaperState,
    reason: str,
    to_sign: bool = False,
    content: dict[str, Any] | None = None,
) -> IssuedPaper:
    return papers.issue(
        by=by,
        row=document,
        authority=document.authority,
        kind=document.kind if document.kind in PaperKind.values else PaperKind.OTHER,
        number=document.number if not to_sign else "",
        date=document.date,
        state=state,
        reason=reason,
        to_sign=to_sign,
        content=content,
    )
