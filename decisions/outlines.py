"""The outline of a document as one person may see it: under restricted circulation a school sees only its own clauses."""

from __future__ import annotations

from decisions import outline
from decisions.actions.intake import load_items
from decisions.enums import Circulation
from decisions.models import Clause, Document
from schools.models import User


def shown_items(document: Document, user: User) -> list[outline.Item]:
    """Items of the clauses the person sees, in order."""
    items = load_items(document)
    if user.can("document.view", at=document.authority):
        return items
    top = document.part_of or document
    if top.circulation == Circulation.FULL:
        return items
    seen = set(Clause.objects.visible_to(user).filter(document=document).values_list("pk", flat=True))
    return [item for item in items if item.clause.pk in seen]
