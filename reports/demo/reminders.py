"""Reminders of the demo district: a plan, a local day off, an asked reminder, this morning's bell, a refused address."""

from __future__ import annotations

import datetime as dt

from config import clock
from config.slots import Morning
from decisions.actions.nudges import nudge
from decisions.models import Assignment
from reports.demo.district import District
from schools.actions.calendar import set_calendar_day
from schools.actions.settings import save_plan
from schools.models import Membership, Position, ReminderPlan
from schools.mornings import plan_morning


def build(made: District) -> None:
    """Uses the tasks of the demo documents; days are relative to the day of loading."""
    methodist = made.users["metodist"]
    today = clock.today(made.authority.zone)
    save_plan(by=methodist, row=ReminderPlan(authority=made.authority))
    day = dt.date(today.year, 9, 12) if today < dt.date(today.year, 9, 12) else dt.date(today.year + 1, 9, 12)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    set_calendar_day(by=methodist, authority=made.authority, day=day, working=False, name="День округа")
    late = list(
        Assignment.objects.filter(authority=made.authority)
        .overdue_on(today)
        .select_related("authority")
        .order_by("organization__sort_key")[:2]
    )
    if late:
        nudge(by=methodist, assignments=late)
    zone = made.authority.zone or "Europe/Moscow"
    plan_morning(Morning(made.authority.pk, zone, today, today - dt.timedelta(days=7)))
    _refused(made)


def _refused(made: District) -> None:
    """One director whose address does not exist: the methodist sees it on the list of people."""
    director = (
        Membership.objects.filter(organization__authority=made.authority, role="director").order_by("-pk").first()
    )
    if director is None or not Position.objects.filter(person__user=director.user).exists():
        return
    user = director.user
    user.email, user.email_refused = "direktor@pochta.example", True
    user.save(update_fields=["email", "email_refused"])
