"""Rows for drills and benches: `python -m tests.ops.seed PEOPLE TASKS_EACH [AUTHORITIES]` fills an empty migrated database.

Every authority has its own zone of the eleven, a document, and schools with a director each; terms are around today.
"""

from __future__ import annotations

import datetime as dt
import os
import sys

ZONES = (
    "Europe/Kaliningrad Europe/Moscow Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Irkutsk "
    "Asia/Yakutsk Asia/Vladivostok Asia/Magadan Asia/Kamchatka"
).split()


def seed(people: int, tasks_each: int, authorities: int = 1) -> None:
    """`people` directors of as many schools, each with `tasks_each` tasks due from yesterday on, day by day."""
    from config import clock
    from decisions.models import Assignment, Clause, Document
    from schools.models import Membership, OfficeSettings, Organization, ReminderPlan, User

    region = Organization.objects.create(kind="ministry", name="Министерство")
    writer = User.objects.create(username="writer")
    for number in range(authorities):
        authority = Organization.objects.create(
            kind="authority", parent=region, name=f"Управление {number}", time_zone=ZONES[(number + 1) % len(ZONES)]
        )
        OfficeSettings.objects.create(authority=authority, messages_per_minute=32_000)
        ReminderPlan.objects.create(authority=authority, digest_time=dt.time(0, 0), deputy_days=0, head_days=0)
        today = clock.today(authority.time_zone)
        document = Document.objects.create(
            authority=authority, number="1", date=today, state="sent", created_by=writer, sent_at=clock.now()
        )
        clauses = Clause.objects.bulk_create(
            Clause(document=document, number=str(n + 1), path=str(n + 1), position=n, text=f"Представить отчёт {n + 1}")
            for n in range(tasks_each)
        )
        share = people // authorities + (number < people % authorities)
        for first in range(0, share, 2000):
            names = range(first, min(first + 2000, share))
            schools = Organization.objects.bulk_create(
                Organization(
                    kind="school", parent=authority, authority=authority, name=f"Школа {n}", sort_key=f"{n:06}"
                )
                for n in names
            )
            users = User.objects.bulk_create(
                User(username=f"u{number}-{n}", email=f"u{number}-{n}@example.org", password="!") for n in names
            )
            Membership.objects.bulk_create(
                Membership(user=user, role="director", organization=school)
                for user, school in zip(users, schools, strict=True)
            )
            Assignment.objects.bulk_create(
                (
                    Assignment(
                        authority=authority,
                        document=document,
                        clause=clause,
                        organization=school,
                        due=today + dt.timedelta(days=n % 5 - 1),
                        effective_due=today + dt.timedelta(days=n % 5 - 1),
                    )
                    for school in schools
                    for n, clause in enumerate(clauses)
                ),
                batch_size=5000,
            )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    seed(*(int(value) for value in sys.argv[1:]))
