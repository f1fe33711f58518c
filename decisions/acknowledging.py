"""Who is to read a sent document and who has: heads of the organisations that got tasks, and people it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from decisions.enums import PartyRole
from decisions.models import Acknowledgement, Addressee, Assignment, Document
from schools.actions import papers
from schools.models import IssuedPaper, Organization, User

NAMED = (PartyRole.RESPONSIBLE, PartyRole.CO_EXECUTOR, PartyRole.CONTROLLER)


@dataclass
class Reader:
    """A line of the acknowledgement sheet: an organisation (its head reads for it) or a person named in the document."""

    organization: Organization | None
    person: User | None
    current: IssuedPaper | None
    mark: Acknowledgement | None = None

    @property
    def done(self) -> bool:
        """Has read the version in force now."""
        return self.mark is not None and self.mark.paper_id == (self.current.pk if self.current else None)

    @property
    def earlier(self) -> bool:
        """Has read, but an earlier version."""
        return self.mark is not None and not self.done

    @property
    def head(self) -> str:
        """The name of who is to sign."""
        if self.person is not None:
            return self.person.person.full_name if self.person.person else str(self.person)
        assert self.organization is not None
        heads = sorted(
            (p for p in self.organization.positions.all() if p.is_head or p.acting), key=lambda p: (not p.acting, p.pk)
        )
        return heads[0].person.full_name if heads else ""


def readers_of(document: Document) -> list[Reader]:
    """In the order of the registry, people after organisations; five queries whatever the length."""
    tasks = Assignment.objects.filter(document=document).exclude(state="cancelled")
    organizations = Organization.objects.filter(pk__in=tasks.values("organization")).prefetch_related(
        "positions__person"
    )
    inside = Q(clause__document=document) | Q(clause__document__part_of=document)
    named = Addressee.objects.filter(inside, role__in=NAMED, person__isnull=False)
    people = User.objects.filter(person__in=named.values("person"), is_active=True).select_related("person")
    marks: dict[tuple[int | None, int | None], Acknowledgement] = {}
    for mark in document.acknowledgements.select_related("user__person", "paper").order_by("paper__version"):
        key = (mark.organization_id, None) if mark.organization_id else (None, mark.user_id)
        marks[key] = mark
    current = papers.current(document)
    lines = [Reader(one, None, current, marks.get((one.pk, None))) for one in organizations]
    lines += [Reader(None, one, current, marks.get((None, one.pk))) for one in people.order_by("person__last_name")]
    return lines


def own_of(readers: Sequence[Reader], user: User) -> list[Reader]:
    """The lines this person reads for: organisations the person heads, and the own name."""
    heads = user.reach("document.acknowledge").organizations
    return [
        one
        for one in readers
        if (one.organization and one.organization.pk in heads) or (one.person and one.person.pk == user.pk)
    ]
