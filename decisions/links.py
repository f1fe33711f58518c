"""What ties a document to others, as one person may see it: above it, below it, and what it changed or what changed it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from decisions.enums import LinkState
from decisions.models import Amendment, Assignment, Document
from decisions.models.documents import whole_papers
from schools.enums import OrganizationKind
from schools.models import User


def gives_to_offices(document: Document) -> bool:
    """Whether the document has tasks of authorities below the giver: then there is a chain to roll up."""
    return (
        Assignment.objects.filter(document=document, organization__kind=OrganizationKind.AUTHORITY)
        .exclude(organization=document.authority_id)
        .exists()
    )


def links_of(document: Document, user: User) -> dict[str, Any]:
    """The higher document (named to everybody, opened by those who see it) and the lower ones the person sees."""
    seen = Document.objects.visible_to(user).defer("source_text", "reading")
    higher = (
        Document.objects.filter(pk=document.in_pursuance_of_id)
        .select_related("authority")
        .defer("source_text", "reading")
        .first()
        if document.in_pursuance_of_id
        else None
    )
    return {
        "amended": _amended(document, seen),
        "higher": higher,
        "higher_seen": higher is not None and seen.filter(pk=higher.pk).exists(),
        "lower": list(seen.filter(in_pursuance_of=document)[:20]),
    }


def _amended(document: Document, seen: Any) -> list[tuple[Amendment, bool, bool]]:
    """Executed changes as (row, whether this document made it, whether the person may open the other document)."""
    mine = Q(clause__document=document) | Q(clause__document__part_of=document)
    other = Q(target__document=document) | Q(target__document__part_of=document)
    rows = list(
        Amendment.objects.filter(mine | other, state=LinkState.CONFIRMED, executed_at__isnull=False)
        .select_related("clause__document__part_of", "target__document__part_of")
        .defer(
            *whole_papers(
                "clause__document", "clause__document__part_of", "target__document", "target__document__part_of"
            )
        )
    )
    if not rows:
        return []
    tops = {d.part_of_id or d.pk for row in rows for d in (row.clause.document, row.target.document)}
    known = set(seen.filter(pk__in=tops).values_list("pk", flat=True))
    out = []
    for row in rows:
        made = (row.clause.document.part_of_id or row.clause.document_id) == document.pk
        far = row.target.document if made else row.clause.document
        out.append((row, made, (far.part_of_id or far.pk) in known))
    return out


def clause_notes(links: dict[str, Any]) -> dict[int, list[str]]:
    """Clause id → what to say beside it: «отменён п. 5 — Протокол № 9 от …». A document the person may not open is not named."""
    passive = {"cancels": "отменён", "replaces": "заменён", "extends": "продлён", "withdraws": "снят с контроля"}
    out: dict[int, list[str]] = {}
    for row, made, open_to in links["amended"]:
        until = f" до {row.new_due:%d.%m.%Y}" if row.new_due else ""
        if made:
            where = f" ({row.target.document.short_title})" if open_to else " прежнего документа"
            out.setdefault(row.clause_id, []).append(
                f"{row.get_kind_display()}{until} п. {row.target.shown_number or 'без номера'}{where}"
            )
        else:
            where = (
                f": {row.clause.document.short_title}, п. {row.clause.shown_number or 'без номера'}"
                if open_to
                else " другим документом"
            )
            out.setdefault(row.target_id, []).append(f"{passive[row.kind]}{until}{where}")
    return out
