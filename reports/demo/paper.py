"""Demo of the signed paper: some directors have marked the working protocol as read, others will be reminded."""

from __future__ import annotations

from decisions.actions.acknowledging import acknowledge
from decisions.models import Assignment, Document
from reports.demo.district import District

READ = 3


def build(made: District) -> None:
    document = Document.objects.filter(authority=made.authority, state="sent").order_by("pk").first()
    if document is None:
        return
    addressed = set(Assignment.objects.filter(document=document).values_list("organization_id", flat=True))
    directors = [
        user
        for user in made.users.values()
        if user.memberships.filter(role="director", organization__in=addressed).exists()
    ]
    for user in directors[:READ]:
        acknowledge(by=user, document=document)
