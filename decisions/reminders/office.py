"""What the office is told: delays passed up step by step, the briefing of the head, the week of a methodist, protocols
that nobody has registered. Numbers by document; no school is named in a letter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from config.slots import Morning
from config.ui.words import counted, days
from decisions.enums import DocumentKind, DocumentState, ParticipantRole, TaskState
from decisions.models import Assignment, Document, Participation
from decisions.models.tasks import OPEN_STATES
from decisions.reminders.days import WEEK, terms_late_by
from decisions.reminders.school import Lines, reminded
from schools.enums import Role
from schools.models import Membership, Position, ReminderPlan, User
from schools.mornings import plan_of

SHOWN = 8
UNREGISTERED = (DocumentState.DRAFT, DocumentState.SIGNING, DocumentState.SIGNED)


def leaders(authority: int, day: dt.date) -> tuple[set[int], set[int]]:
    """Ids of the users who head the authority, and of their deputies: role «начальник» without a head's post.

    Where no head's post is entered, everybody with the role is a head.
    """
    everyone = set(
        Membership.objects.held_on(day)
        .filter(organization_id=authority, role=Role.HEAD, user__is_active=True)
        .values_list("user_id", flat=True)
    )
    posts = Position.objects.held_on(day).filter(Q(is_head=True) | Q(acting=True), organization_id=authority)
    heads = everyone & set(posts.filter(person__user__isnull=False).values_list("person__user__pk", flat=True))
    return (heads, everyone - heads) if heads else (everyone, set())


def late(authority: int, day: dt.date) -> QuerySet[Assignment]:
    return reminded().filter(authority_id=authority, effective_due__lt=day)


# -- delays passed up ------------------------------------------------------------------------------------------------


def people_of_delays(morning: Morning) -> Iterable[int]:
    """Checkers, then deputies, then heads: each on the day a delay comes to their step."""
    plan = plan_of(morning.authority)
    rows = reminded().filter(authority_id=morning.authority)
    told = set(
        rows.filter(effective_due__in=terms_late_by(plan.checker_days, morning.days), checker__isnull=False)
        .values_list("checker_id", flat=True)
        .order_by()
        .distinct()
    )
    heads, deputies = leaders(morning.authority, morning.day)
    for number, whom in ((plan.deputy_days, deputies), (plan.head_days, heads)):
        if whom and rows.filter(effective_due__in=terms_late_by(number, morning.days)).exists():
            told |= whom
    return told


def lines_of_delays(user: User, day: dt.date) -> Lines:
    """What has been late long enough to be this person's matter, by document."""
    authority = user.office
    if authority is None or not user.can("task.check", at=authority):
        return []
    plan = plan_of(authority.pk)
    out: Lines = []
    if plan.checker_days:
        mine = late(authority.pk, day).filter(
            checker=user, effective_due__lte=day - dt.timedelta(days=plan.checker_days)
        )
        out += _by_document(f"Вы проверяете, просрочено на {days(plan.checker_days)} и больше", mine)
    step = _step(user, authority.pk, day, plan)
    if step and not _is_briefing(plan, day):
        old = late(authority.pk, day).filter(effective_due__lte=day - dt.timedelta(days=step))
        out += _by_document(f"По управлению просрочено на {days(step)} и больше", old)
    return out


def _step(user: User, authority: int, day: dt.date, plan: ReminderPlan) -> int:
    """After how many days a delay is this leader's matter; 0 for those who lead nothing."""
    if not _leads(user, authority):
        return 0
    heads, _ = leaders(authority, day)
    return plan.head_days if user.pk in heads else plan.deputy_days


def _by_document(heading: str, rows: QuerySet[Assignment]) -> Lines:
    """One line a document with the number of tasks and schools; no names."""
    found = list(
        rows.values("document_id")
        .annotate(tasks=Count("pk"), schools=Count("organization_id", distinct=True))
        .order_by("document_id")
    )
    if not found:
        return []
    documents = Document.objects.defer("source_text", "reading").in_bulk([one["document_id"] for one in found[:SHOWN]])
    shown = [
        (
            f"{documents[one['document_id']].short_title}: {_tasks(one['tasks'])}, "
            f"{counted(one['schools'], 'исполнитель', 'исполнителя', 'исполнителей')}",
            reverse("decisions:matrix_detail", args=[one["document_id"]]),
        )
        for one in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        shown.append(
            (
                f"и ещё по {counted(len(found) - SHOWN, 'документу', 'документам', 'документам')}",
                reverse("decisions:briefing"),
            )
        )
    return [(f"{heading}: {sum(one['tasks'] for one in found)}", shown)]


def _tasks(number: int) -> str:
    return counted(number, "поручение", "поручения", "поручений")


def bell_of_delays(ids: Sequence[int], morning: Morning) -> dict[int, tuple[str, str]]:
    """The item of the bell of those to whose step some delay has come this morning; a few people an authority."""
    told = people_of_delays(morning) if ids else set()
    return {
        pk: ("Просроченные поручения дошли до Вашего контроля: кто и сколько", reverse("decisions:briefing") + "#late")
        for pk in set(ids) & set(told)
    }


# -- the briefing of the head ----------------------------------------------------------------------------------------


def _is_briefing(plan: ReminderPlan, day: dt.date) -> bool:
    return plan.briefing and day.weekday() == plan.briefing_day


def people_of_briefing(morning: Morning) -> Iterable[int]:
    plan = plan_of(morning.authority)
    if not _is_briefing(plan, morning.day):
        return set()
    heads, deputies = leaders(morning.authority, morning.day)
    return heads | deputies


def lines_of_briefing(user: User, day: dt.date) -> Lines:
    """«К планёрке»: three numbers and the page where they are spelled out. Said even when all of them are zero."""
    authority = user.office
    if authority is None:
        return []
    plan = plan_of(authority.pk)
    if not _is_briefing(plan, day) or not _leads(user, authority.pk):
        return []
    url = reverse("decisions:briefing")
    counts = _week(authority.pk, day)
    return [
        (
            "К планёрке",
            [
                (f"Просрочено: {_tasks(counts['late'])}", f"{url}#late"),
                (f"Срок на этой неделе: {_tasks(counts['week'])}", f"{url}#week"),
                (f"Ждут решения: {counts['waiting']}", f"{url}#waiting"),
            ],
        )
    ]


def _leads(user: User, authority: int) -> bool:
    return any(m.role == Role.HEAD and m.organization_id == authority for m in user.current_memberships)


def _week(authority: int, day: dt.date) -> dict[str, int]:
    end = day + dt.timedelta(days=6 - day.weekday())
    open_now = Q(state__in=OPEN_STATES, reports=True, recommended=False)
    return Assignment.objects.filter(authority_id=authority).aggregate(
        late=Count("pk", filter=open_now & Q(effective_due__lt=day)),
        week=Count("pk", filter=open_now & Q(effective_due__range=(day, end))),
        waiting=Count("pk", filter=Q(state=TaskState.ON_CHECK)),
        answered=Count("pk", filter=Q(answered_on__gt=day - dt.timedelta(days=WEEK), answered_on__lte=day)),
    )


# -- the week of a methodist -----------------------------------------------------------------------------------------


def people_of_summary(morning: Morning) -> Iterable[int]:
    plan = plan_of(morning.authority)
    if not plan.summary or morning.day.weekday() != plan.summary_day:
        return set()
    rows = Membership.objects.held_on(morning.day).filter(organization_id=morning.authority, role=Role.METHODIST)
    return set(rows.values_list("user_id", flat=True))


def lines_of_summary(user: User, day: dt.date) -> Lines:
    """The week of the office in numbers; silent when there is nothing at all."""
    authority = user.office
    if authority is None or not any(
        m.role == Role.METHODIST and m.organization_id == authority.pk for m in user.current_memberships
    ):
        return []
    plan = plan_of(authority.pk)
    if not plan.summary or day.weekday() != plan.summary_day:
        return []
    counts = _week(authority.pk, day)
    refused = refused_people(authority.pk, day).count()
    tasks = reverse("decisions:answer_list")
    briefing = reverse("decisions:briefing")
    rows = [
        (f"Ответов за неделю: {counts['answered']}", tasks, counts["answered"]),
        (f"Ждут проверки: {counts['waiting']}", tasks, counts["waiting"]),
        (f"Просрочено: {_tasks(counts['late'])}", f"{briefing}#late", counts["late"]),
        (f"Срок на этой неделе: {_tasks(counts['week'])}", f"{briefing}#week", counts["week"]),
        (f"Почта не принимает письма: {refused}", reverse("schools:person_list") + "?account=refused", refused),
    ]
    shown = [(text, url) for text, url, number in rows if number]
    return [("Сводка за неделю", shown)] if shown else []


def refused_people(authority: int, day: dt.date) -> QuerySet[User]:
    """Live accounts of the authority whose address a mail server refused for good."""
    members = Membership.objects.held_on(day).filter(organization__authority_id=authority)
    return User.objects.filter(is_active=True, email_refused=True, pk__in=members.values("user_id"))


# -- protocols nobody has registered ---------------------------------------------------------------------------------


def unregistered(authority: int, day: dt.date, number: int) -> QuerySet[Document]:
    """Protocols of meetings held at least `number` days before `day` that have no registration."""
    return (
        Document.objects.filter(
            authority_id=authority,
            kind=DocumentKind.PROTOCOL,
            state__in=UNREGISTERED,
            date__lte=day - dt.timedelta(days=number),
            date__gt=day - dt.timedelta(days=365),
        )
        .tops()
        .defer("source_text", "reading")
    )


def people_of_protocols(morning: Morning) -> Iterable[int]:
    """The secretary (or who entered the protocol) on the set day after the meeting and each week from then on."""
    number = plan_of(morning.authority).secretary_days
    if not number:
        return set()
    dates = {day - dt.timedelta(days=number + WEEK * week) for day in morning.days for week in range(52)}
    told: set[int] = set()
    for document in unregistered(morning.authority, morning.day, number).filter(date__in=dates):
        told |= secretaries(document)
    return told


def bell_of_protocols(ids: Sequence[int], morning: Morning) -> dict[int, tuple[str, str]]:
    told = set(people_of_protocols(morning)) if ids else set()
    return {
        pk: ("Протокол после заседания не зарегистрирован", reverse("decisions:document_list"))
        for pk in set(ids) & told
    }


def secretaries(document: Document) -> set[int]:
    """Ids of the users named as secretary of the meeting, or of the one who entered the document."""
    named = Participation.objects.filter(
        document=document, role=ParticipantRole.SECRETARY, person__user__is_active=True
    ).values_list("person__user__pk", flat=True)
    return set(named) or {document.created_by_id}


def lines_of_protocols(user: User, day: dt.date) -> Lines:
    authority = user.office
    if authority is None or not user.can("document.edit", at=authority):
        return []
    number = plan_of(authority.pk).secretary_days
    if not number:
        return []
    mine = Q(participants__role=ParticipantRole.SECRETARY, participants__person__user=user)
    unnamed = Q(created_by=user) & ~Q(
        pk__in=Participation.objects.filter(role=ParticipantRole.SECRETARY, person__user__is_active=True).values(
            "document_id"
        )
    )
    rows = list(unregistered(authority.pk, day, number).filter(mine | unnamed).distinct().order_by("date", "pk")[:20])
    if not rows:
        return []
    shown = []
    for row in rows:
        assert row.date is not None
        what = "не составлен" if not row.clauses.exists() else "не зарегистрирован"
        name = f"№ {row.number} " if row.number else ""
        passed = days((day - row.date).days)
        shown.append(
            (
                f"Протокол {name}от {row.date:%d.%m.%Y} {what}: после заседания прошло {passed}",
                reverse("decisions:document_detail", args=[row.pk]),
            )
        )
    return [(f"Протоколы ждут секретаря: {len(rows)}", shown)]
