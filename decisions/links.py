"""What ties a document to others, as one person may see it: above it, below it, and what it changed or what changed it."""

from __future__ import annotations

from typing import Any

from decisions.models import Assignment, Document
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
        "higher": higher,
        "higher_seen": higher is not None and seen.filter(pk=higher.pk).exists(),
        "lower": list(seen.filter(in_pursuance_of=document)[:20]),
    }
