"""What a school is told in the morning: what is late, due today, due soon, and what the office asks to hurry with.

Short: a number a heading, the nearest rows, links. The words of a clause are given only where the document goes to
everybody whole; a restricted one is named by its number (architecture, section 3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from config.slots import Morning
from config.ui.words import left, overdue, term
from decisions.enums import Circulation
from decisions.models import Assignment, Nudge
from decisions.models.tasks import OPEN_STATES
from decisions.reminders.days import Plan, terms_told
from schools.enums import MessageKind, OrganizationKind, Role
from schools.models import Membership, Message, ReminderPlan, User
from schools.mornings import plan_of

SHOWN = 8
ROWS = 300
OFFICES = (OrganizationKind.AUTHORITY, OrganizationKind.MINISTRY)
NUDGED = dt.timedelta(days=30)
Lines = list[tuple[str, list[tuple[str, str]]]]


def as_plan(plan: ReminderPlan) -> Plan:
    return Plan(before=plan.before, on_day=plan.on_day, after=plan.after, weeks=plan.weeks)


def reminded() -> QuerySet[Assignment]:
    """Tasks a reminder may be about: open, on control, asked to report, more than recommended."""
    return Assignment.objects.filter(state__in=OPEN_STATES, reports=True, recommended=False)


def people(morning: Morning) -> Iterable[int]:
    """People of schools with a term the plan tells of this morning, or with a task somebody asked to hurry."""
    terms = terms_told(as_plan(plan_of(morning.authority)), morning.days)
    place = Q(organization__authority_id=morning.authority) | Q(
        organization_id=morning.authority
    )  # a ministry has no authority
    members = answering(morning.day).filter(place)
    named = members.filter(organization_id__in=reminded().filter(effective_due__in=terms).values("organization_id"))
    told = Message.objects.filter(
        user=OuterRef("user"),
        kind=MessageKind.DIGEST,
        handed_at__gt=OuterRef("organization__assignments__nudges__created_at"),
    )
    hurried = members.filter(
        organization__assignments__state__in=OPEN_STATES,
        organization__assignments__nudges__day__gte=morning.day - NUDGED,
    ).exclude(Exists(told))
    return named.values_list("user_id", flat=True).union(hurried.values_list("user_id", flat=True))


def answering(day: dt.date) -> QuerySet[Membership]:
    """Memberships whose holders answer for the organisation's tasks: of a school, or of an office that has tasks itself."""
    return Membership.objects.held_on(day).filter(
        Q(role__in=[Role.DIRECTOR, Role.STAFF])
        | Q(role__in=[Role.HEAD, Role.METHODIST], organization__kind__in=OFFICES)
    )


def bell(ids: Sequence[int], morning: Morning) -> dict[int, tuple[str, str]]:
    """User id → «Сроки: просрочено 3, сегодня 1…» in one query for a thousand people."""
    plan = as_plan(plan_of(morning.authority))
    day, task = morning.day, "organization__assignments__"
    live = Q(
        **{
            f"{task}state__in": OPEN_STATES,
            f"{task}reports": True,
            f"{task}recommended": False,
            f"{task}effective_due__gte": day - dt.timedelta(days=plan.last_day),
            f"{task}effective_due__lte": day + dt.timedelta(days=plan.horizon),
        }
    )
    due = f"{task}effective_due"
    rows = (
        answering(day)
        .filter(live, user_id__in=ids)
        .values("user_id")
        .annotate(
            late=Count(f"{task}pk", filter=Q(**{f"{due}__lt": day})),
            now=Count(f"{task}pk", filter=Q(**{due: day})),
            soon=Count(f"{task}pk", filter=Q(**{f"{due}__gt": day})),
        )
        .order_by()
    )
    url = reverse("decisions:task_list")
    out = {}
    for row in rows:
        said = [
            f"{word} {row[key]}"
            for key, word in (("late", "просрочено"), ("now", "сегодня"), ("soon", "скоро"))
            if row[key]
        ]
        if said:
            out[row["user_id"]] = (f"Сроки поручений: {', '.join(said)}", url)
    return out


def lines(user: User, day: dt.date) -> Lines:
    """Open tasks of the person's organisations around `day`, and nothing that was done a second ago."""
    organizations = user.reach("task.answer").organizations
    if not organizations:
        return []
    authority = user.office
    plan = as_plan(plan_of(authority.pk)) if authority else Plan()
    told = Message.objects.filter(user=user, kind=MessageKind.DIGEST, day__lt=day, handed_at__isnull=False)
    asked = Nudge.objects.filter(assignment=OuterRef("pk"), day__gte=day - NUDGED)
    if since := told.aggregate(last=Max("handed_at"))["last"]:
        asked = asked.filter(created_at__gt=since)
    rows = list(
        reminded()
        .filter(organization_id__in=organizations)
        .annotate(asked=Exists(asked))
        .filter(
            Q(asked=True)
            | Q(
                effective_due__gte=day - dt.timedelta(days=plan.last_day),
                effective_due__lte=day + dt.timedelta(days=plan.horizon),
            )
        )
        .select_related("document", "clause", "organization")
        .only(
            *("due", "effective_due", "organization__name", "clause__number", "clause__text"),
            *("document__kind", "document__number", "document__date", "document__circulation"),
        )
        .order_by(F("effective_due").asc(nulls_last=True), "pk")[:ROWS]
    )
    several = len(organizations) > 1
    sections: dict[str, list[Any]] = {}
    for row in rows:
        sections.setdefault(_heading(row, day, plan), []).append(row)
    order = ["Просят поторопиться", "Просрочено", "Срок сегодня", _soon(plan)]
    return [_section(name, sections[name], day, several) for name in order if name in sections]


def _soon(plan: Plan) -> str:
    return "Срок завтра" if plan.horizon == 1 else f"Срок в ближайшие дни (до {plan.horizon})"


def _heading(row: Any, day: dt.date, plan: Plan) -> str:
    if row.asked:
        return "Просят поторопиться"
    if row.effective_due < day:
        return "Просрочено"
    return "Срок сегодня" if row.effective_due == day else _soon(plan)


def _section(name: str, rows: list[Any], day: dt.date, several: bool) -> tuple[str, list[tuple[str, str]]]:
    shown = [(_words(row, day, several), reverse("decisions:task_detail", args=[row.pk])) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        shown.append((f"и ещё {len(rows) - SHOWN}", reverse("decisions:task_list")))
    return f"{name}: {len(rows) if len(rows) < ROWS else f'{ROWS} и больше'}", shown


def _words(row: Any, day: dt.date, several: bool) -> str:
    number = f", п. {row.clause.shown_number}" if row.clause.shown_number else ""
    where = f"{row.organization.name}: " if several else ""
    when = ""
    if row.effective_due:
        far = overdue(row.effective_due, day) if row.effective_due < day else left(row.effective_due, day)
        when = f" — {term(row.due, row.effective_due)}, {far}"
    words = ""
    if row.document.circulation == Circulation.FULL:
        text = " ".join(row.clause.text.split())
        words = f" «{text[:90].rstrip(' ,;.')}{'…' if len(text) > 90 else ''}»"
    return f"{where}{row.document.short_title}{number}{words}{when}"
