"""What the search line finds in documents: by number and heading, and clauses by their words. Only what the person sees."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from decisions.models import Clause, Document
from schools.models import User
from schools.search import normalized

Found = list[tuple[str, str, str]]


def documents(user: User, words: str) -> Found:
    rows = (
        Document.objects.visible_to(user)
        .tops()
        .filter(Q(number__iexact=words) | Q(meeting__icontains=words) | Q(title__icontains=words))
        .defer("source_text", "reading")[:10]
    )
    return [
        (d.short_title, d.meeting or d.title[:120], reverse("decisions:document_detail", args=[d.pk])) for d in rows
    ]


def clauses(user: User, words: str) -> Found:
    """Clauses whose words hold every word; under restricted circulation a school finds its own only."""
    rows = Clause.objects.visible_to(user).select_related("document")
    for word in normalized(words).split():
        rows = rows.filter(search__contains=word)
    out = []
    for clause in rows.distinct().order_by("-document__date", "position")[:10]:
        top = clause.document.part_of_id or clause.document_id
        number = f"п. {clause.shown_number} · " if clause.shown_number else ""
        office = user.can("document.view", at=clause.document.authority_id)
        restricted = not office and clause.document.circulation == "excerpt"
        title = "Ваш пункт" if restricted else clause.text[:120]
        out.append(
            (
                title,
                f"{number}{clause.document.short_title}",
                reverse("decisions:document_detail", args=[top]) + f"#clause-{clause.pk}",
            )
        )
    return out
