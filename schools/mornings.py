"""The morning of each zone: who must be told something today gets one daily message in the queue and one item of the bell.

Nothing is composed here: the message is filled at the moment it goes. The scan may run as often as it likes and may be cut
off anywhere: messages are unique by person and day, the `Morning` row that ends the work is written last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from config import clock, slots
from schools.enums import MessageKind, MessageState
from schools.heartbeat import beat
from schools.models import Membership, Message, Morning, Notification, ReminderPlan, User
from schools.zones import office_of, with_zone

CHUNK = 1000
LOOK_BACK = dt.timedelta(days=60)  # a longer sleep is not told day by day
BELL = "morning"


def plan_due_mornings() -> int:
    """Plans every morning that has come and is not planned yet; returns how many people will be told."""
    told = sum(plan_morning(morning) for morning in list(_due_mornings()))
    beat("mornings", note=f"поставлено в очередь: {told}" if told else "")
    return told


def plan_morning(morning: slots.Morning) -> int:
    """Plans one morning and writes that it is planned; returns how many people will be told."""
    number = _plan(morning, plan_of(morning.authority))
    Morning.objects.get_or_create(
        authority_id=morning.authority, zone=morning.zone, day=morning.day, defaults={"people": number}
    )
    return number


def plan_of(authority: int) -> ReminderPlan:
    """The plan of an authority, or the defaults."""
    return ReminderPlan.objects.filter(pk=authority).first() or ReminderPlan(authority_id=authority)


def _due_mornings() -> Iterator[slots.Morning]:
    """Office × zone where it is past the hour of the plan and today was not planned; four queries for the country."""
    now = clock.now()
    today = clock.today()
    places = (
        with_zone(User.objects.filter(is_active=True), today)
        .filter(Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=today), memberships__isnull=False)
        .annotate(office=office_of("memberships__organization__"))
        .filter(office__isnull=False)
        .values_list("office", "zone_name")
        .order_by()
        .distinct()
    )
    plans = ReminderPlan.objects.in_bulk()
    last = {
        (authority, zone): day
        for authority, zone, day in Morning.objects.values_list("authority_id", "zone").annotate(day=Max("day"))
    }
    for authority, zone in places:
        plan = plans.get(authority) or ReminderPlan(authority_id=authority)
        local = now.astimezone(ZoneInfo(zone))
        day = local.date()
        told = last.get((authority, zone))
        if local.time() < plan.digest_time or (told is not None and told >= day):
            continue
        since = max(told or day - dt.timedelta(days=1), day - LOOK_BACK)
        yield slots.Morning(authority, zone, day, since)


def _plan(morning: slots.Morning, plan: ReminderPlan) -> int:
    """Messages and items of the bell for everybody whom some source names, a thousand at a time."""
    named: set[int] = set()
    for source in slots.digest_sources:
        if source.people is not None:
            named.update(source.people(morning))
    named.update(_left_waiting(morning))
    moment = clock.now()
    heads = _heads(morning, plan)
    late = dt.datetime.combine(morning.day, plan.briefing_time, ZoneInfo(morning.zone))
    number = 0
    for ids in _chunks(sorted(named)):
        people = list(
            with_zone(User.objects.filter(pk__in=ids, is_active=True), morning.day)
            .filter(zone_name=morning.zone)
            .only("pk", "email", "email_refused")
            .order_by("pk")
        )
        _ring([user.pk for user in people], morning)
        Message.objects.filter(
            user__in=people, kind=MessageKind.DIGEST, state=MessageState.WAITING, day__lt=morning.day
        ).delete()
        made = [
            Message(
                user=user,
                authority_id=morning.authority,
                kind=MessageKind.DIGEST,
                urgency=2,
                day=morning.day,
                to=user.email,
                due_at=max(moment, late) if user.pk in heads else moment,
            )
            for user in people
            if user.email and not user.email_refused
        ]
        Message.objects.bulk_create(made, ignore_conflicts=True)
        number += len(people)
    return number


def _left_waiting(morning: slots.Morning) -> Iterable[int]:
    """People whose message of an earlier day never went: today's takes its place."""
    rows = Message.objects.filter(
        authority_id=morning.authority, kind=MessageKind.DIGEST, state=MessageState.WAITING, day__lt=morning.day
    )
    return rows.values_list("user_id", flat=True)


def _heads(morning: slots.Morning, plan: ReminderPlan) -> set[int]:
    """Whose message waits for the hour of the briefing today."""
    if not plan.briefing or morning.day.weekday() != plan.briefing_day:
        return set()
    rows = Membership.objects.held_on(morning.day).filter(organization_id=morning.authority, role="head")
    return set(rows.values_list("user_id", flat=True))


def _ring(ids: Sequence[int], morning: slots.Morning) -> None:
    """One item of the bell a source and person: it says how many, the list is one click away."""
    rows = []
    for number, source in enumerate(slots.digest_sources):
        if source.bell is None:
            continue
        for pk, (text, url) in source.bell(ids, morning).items():
            rows.append(
                Notification(
                    user_id=pk,
                    kind=BELL,
                    object_type=f"{BELL}.{number}",
                    object_id=pk,
                    day=morning.day,
                    text=text[:300],
                    url=url,
                )
            )
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while part := list(islice(rest, CHUNK)):
        yield part
