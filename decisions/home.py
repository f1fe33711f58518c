"""What the start page says: for a school what to do now, for the office what waits and what is late."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from config import clock
from decisions.enums import DocumentState, TaskState
from decisions.excerpts import with_words
from decisions.models import Assignment, Document
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.views.tasks import STANDING_SHOWN, bunches, elsewhere, own_tasks
from schools.models import User

LATE_SHOWN = 12


def director_badge(user: User) -> int:
    """How many tasks of the person's organisations are overdue."""
    return own_tasks(user).overdue_on(clock.today(user.zone)).count()  # type: ignore[attr-defined, no-any-return]


def checker_badge(user: User) -> int:
    """How many tasks wait to be checked."""
    return Assignment.objects.filter(
        authority_id__in=user.reach("task.check").authorities, state=TaskState.ON_CHECK
    ).count()


def director(user: User) -> dict[str, Any] | None:
    """The nearest tasks of a school, in the groups of its list."""
    today = clock.today(user.active.organization.zone if user.active else "")
    rows = (
        own_tasks(user)
        .filter(state__in=OPEN_STATES, recommended=False)
        .filter(Q(ongoing=False) | Q(effective_due__lte=today + STANDING_SHOWN))
        .select_related("clause__collection_form", "document", "organization", "checker__person")
        .defer(*whole_papers("document"))
        .order_by("effective_due", "clause__position")[:12]
    )
    groups = bunches(with_words(rows, office=user.reach("document.view").authorities), today)
    return {
        "bunches": groups,
        "today": today,
        "nothing": not groups,
        "several_schools": elsewhere(user, (r.organization_id for g in groups for r in g.rows)),
    }


def office(user: User) -> dict[str, Any] | None:
    """What waits for the office: answers to check, overdue schools, drafts not finished."""
    reach = user.reach("document.view").authorities
    if not reach:
        return None
    today = clock.today(user.zone)
    tasks = Assignment.objects.filter(authority_id__in=reach)
    late_now = Q(state__in=OPEN_STATES, effective_due__lt=today, reports=True, recommended=False)
    totals = tasks.aggregate(
        waiting=Count("pk", filter=Q(state=TaskState.ON_CHECK)),
        late=Count("pk", filter=late_now),
        running=Count("pk", filter=Q(state__in=OPEN_STATES)),
    )
    late = (
        tasks.filter(late_now)
        .values("organization_id", "organization__name", "organization__sort_key")
        .annotate(n=Count("pk"))
        .order_by("organization__sort_key", "organization_id")[:LATE_SHOWN]
    )
    drafts = (
        Document.objects.visible_to(user)
        .filter(authority_id__in=user.reach("document.edit").authorities)
        .tops()
        .exclude(state__in=[DocumentState.SENT, DocumentState.ARCHIVED, DocumentState.ANNULLED])
        .defer("source_text", "reading")
        .order_by("-saved_at")[:6]
    )
    live = (
        Document.objects.visible_to(user)
        .filter(authority_id__in=reach, state=DocumentState.SENT)
        .tops()
        .annotate(
            total=Count("assignments", filter=~Q(assignments__state="cancelled")),
            done=Count("assignments", filter=Q(assignments__state="done")),
        )
        .filter(total__gt=0)
        .defer("source_text", "reading")
        .order_by("-date")[:6]
    )
    return {
        "totals": totals,
        "late": list(late),
        "late_more": len(late) == LATE_SHOWN,
        "drafts": list(drafts),
        "live": list(live),
        "today": today,
        "checks": user.may("task.check"),
        "edits": user.may("document.edit"),
    }
