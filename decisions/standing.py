"""How tasks stand: one condition for each word that a figure, a filter and a list share, so that a figure always opens the
list it counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q

from config import clock
from decisions.calendar import OfficeCalendar
from decisions.deadlines import WorkingCalendar, add_working_days
from decisions.discipline import Period, Work
from decisions.enums import DateChangeKind, TaskState
from decisions.models import Assignment, DateChange
from decisions.models.tasks import OPEN_STATES
from schools.models import Organization

SOON_DAYS = 14
UNSEEN_DAYS = 3  # working days a school has to open what it was given

LABELS = {
    "open": "к исполнению",
    "overdue": "просрочено",
    "soon": "срок в ближайшие две недели",
    "check": "на проверке",
    "asked": "просят продлить",
    "unseen": "не открыто три рабочих дня",
    "returned": "возвращено",
    "explained": "просрочено, есть объяснение",
    "done": "исполнено",
    "done_late": "исполнено с нарушением срока",
    "not_done": "не исполнено",
    "withdrawn": "снято с контроля",
    "cancelled": "отменено",
    "recommended": "рекомендовано",
    "standing": "постоянно",
}


@dataclass(frozen=True)
class Day:
    """The day things are judged by, and the moment before which a task not opened yet has waited too long."""

    today: dt.date
    unseen_before: dt.datetime
    calendar: WorkingCalendar


def day_of(office: Organization | None, zone: str = "") -> Day:
    """Today in the zone, and the beginning of the day by which three working days of the office have passed."""
    today = clock.today(zone or (office.zone if office else ""))
    calendar: WorkingCalendar = OfficeCalendar(office) if office else WorkingCalendar()
    given = today - dt.timedelta(days=UNSEEN_DAYS + 1)
    while add_working_days(given, UNSEEN_DAYS, calendar) >= today:
        given -= dt.timedelta(days=1)
    after = dt.datetime.combine(given + dt.timedelta(days=1), dt.time(), ZoneInfo(zone or settings.TIME_ZONE))
    return Day(today, after, calendar)


def condition(key: str, day: Day) -> Q:
    """Which tasks the word `key` of `LABELS` means on that day."""
    controlled = Q(reports=True, recommended=False)
    waiting = Q(state__in=OPEN_STATES)
    late = waiting & controlled & Q(effective_due__lt=day.today)
    executed = Q(state=TaskState.DONE) | Q(state=TaskState.WITHDRAWN, answered_on__isnull=False, not_done=False)
    known = {
        "open": waiting,
        "overdue": late,
        "soon": waiting
        & controlled
        & Q(effective_due__range=(day.today, day.today + dt.timedelta(days=SOON_DAYS - 1))),
        "check": Q(state=TaskState.ON_CHECK),
        "asked": Q(extension_requests__state="waiting"),
        "unseen": Q(state=TaskState.ASSIGNED, first_seen_at__isnull=True, created_at__lt=day.unseen_before),
        "returned": Q(state=TaskState.RETURNED),
        "explained": late & Q(explanations__isnull=False),
        "done": executed,
        "done_late": executed & Q(recommended=False, answered_on__gt=F("effective_due")),
        "not_done": Q(state=TaskState.WITHDRAWN, not_done=True),
        "withdrawn": Q(state=TaskState.WITHDRAWN),
        "cancelled": Q(state=TaskState.CANCELLED),
        "recommended": Q(recommended=True),
        "standing": Q(ongoing=True),
    }
    return known[key]


def counts(keys: Collection[str], day: Day) -> dict[str, Count]:
    """Aggregates for `annotate` or `aggregate`: how many tasks each word means."""
    return {key: Count("pk", filter=condition(key, day), distinct=True) for key in keys}


def works_for(authorities: Collection[int], period: Period) -> Iterator[Work]:
    """Tasks of the authorities that may have a part in the period's discipline, as plain values. One query."""
    touching = (
        Q(effective_due__lte=period.end)
        | Q(date_changes__before__range=(period.start, period.end))
        | Q(effective_due__isnull=True, recommended=True)
        | Q(ongoing=True)
    )
    first = dict(_first_dues(authorities))
    rows = (
        Assignment.objects.filter(touching, authority_id__in=authorities, reports=True)
        .exclude(state=TaskState.CANCELLED)
        .order_by()
        .distinct()
        .values_list(
            "pk",
            "organization_id",
            "document_id",
            "state",
            "created_at",
            "document__date",
            "effective_due",
            "answered_on",
            "recommended",
            "ongoing",
            "not_done",
            "not_ours_reason",
        )
    )
    for (
        pk,
        organization,
        document,
        state,
        created,
        date,
        due,
        answered,
        recommended,
        standing,
        not_done,
        not_ours,
    ) in rows:
        yield Work(
            organization=organization,
            document=document,
            state=state,
            given=date or created.date(),
            due=due,
            first_due=first.get(pk),
            answered_on=answered,
            recommended=recommended,
            standing=standing,
            not_done=not_done,
            disputed=state == TaskState.ON_CHECK and bool(not_ours),
        )


def _first_dues(authorities: Collection[int]) -> Iterator[tuple[int, dt.date]]:
    """The day before the first prolongation of each prolonged task."""
    rows = (
        DateChange.objects.filter(
            assignment__authority_id__in=authorities, before__isnull=False, kind=DateChangeKind.EXTENDED
        )
        .order_by("-at", "-pk")
        .values_list("assignment_id", "before")
    )
    yield from rows.iterator()


def words_of(task: Assignment, today: dt.date) -> str:
    """The state in words, for a table: computed words go before stored ones."""
    if task.is_overdue(today):
        return "просрочено" + (", возвращено" if task.state == TaskState.RETURNED else "")
    if task.state == TaskState.WITHDRAWN and task.not_done:
        return "не исполнено"
    if task.done_late and task.state != TaskState.ON_CHECK:
        return "исполнено с нарушением срока"
    if task.state == TaskState.WITHDRAWN and not task.answered_on:
        return "снято без исполнения"
    return str(task.get_state_display())
