"""Every list page asks the database the same number of questions for one row and for thirty: a literal number, at most 15."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.actions import answers, registration
from decisions.models import Assignment, Document
from schools.enums import MessageKind, OrganizationKind, Role
from schools.models import CalendarDay, Message, Notification, SchoolGroup, User
from tests.addresses import every_address
from tests.areas import AREAS, merged
from tests.cast import Cast, organization, user
from tests.decisions.test_life import DAY, sent, settled, taken

# Who looks at which page, and how many queries it takes (sessions and the frame of the page included).
PAGES = {
    ("methodist", "reports:home"): 14,
    ("director", "reports:home"): 14,
    ("methodist", "decisions:document_list"): 8,
    ("director", "decisions:document_list"): 8,
    ("director", "decisions:task_list"): 11,
    ("methodist", "decisions:answer_list"): 13,
    ("methodist", "schools:organization_list"): 9,
    ("methodist", "schools:organization_tree"): 7,
    ("admin", "schools:person_list"): 9,
    ("methodist", "schools:group_list"): 8,
    ("admin", "schools:message_list"): 9,
    ("director", "schools:notification_list"): 8,
    ("admin", "schools:calendar_day_list"): 7,
    ("admin", "schools:code_list"): 7,
    ("methodist", "decisions:matrix_detail"): 13,
    ("methodist", "decisions:task_chat"): 9,
    ("methodist", "decisions:document_changes"): 9,
    ("director", "decisions:answer_create"): 12,
} | merged("LISTS")


def grow(cast: Cast, rows: int) -> Document:
    """`rows` of everything a list may show; returns the first document."""
    first = sent(cast)
    for number in range(5, 4 + rows):
        document = settled(cast, taken(cast))
        registration.register_paper(by=cast.methodist, document=document, number=str(number), date=DAY)
    for document in Document.objects.filter(state="sent"):
        task = Assignment.objects.get(document=document, organization=cast.school, clause__number="2.1")
        report = answers.draft_answer(by=cast.director, document=document, organization=cast.school)
        answers.save_draft(by=cast.director, report=report, text="Сделано.", link="", assignments=[task])
        answers.send_answer(by=cast.director, report=report, assignments=[task])
    for index in range(rows):
        school = organization(
            cast.authority, f"СОШ № {100 + index}", kind=OrganizationKind.SCHOOL, number=str(100 + index)
        )
        newcomer = user(f"new{index}", Role.DIRECTOR, school, "Новиков Олег Ильич", "директор", head=True)
        User.objects.filter(pk=newcomer.pk).update(password="!")
        SchoolGroup.objects.create(authority=cast.authority, name=f"Группа {index}", rule={"kinds": ["school"]})
        CalendarDay.objects.create(
            authority=cast.authority, day=dt.date(2026, 1, 1) + dt.timedelta(days=index), working=False
        )
        Message.objects.create(
            user=cast.director, kind=MessageKind.TEST, day=DAY, to="a@example.org", subject="Проба", text="Проба"
        )
        Notification.objects.create(
            user=cast.director, kind="test", object_type="x", object_id=index, day=DAY, text=f"Новость {index}"
        )
    for area in AREAS:
        if hasattr(area, "grow"):
            area.grow(cast, first, rows)
    return first


def count(client: Client, url: str) -> int:
    cache.delete("schools.silent_since")  # remembered for a while: never to run out between the two requests
    client.get(url)  # what is asked once for a process
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_asks_as_much_for_one_row_as_for_thirty(
    cast: Cast, as_user: Callable[[User], Client], rows: int
) -> None:
    document = grow(cast, rows)
    found = {}
    for role, name in PAGES:
        needs = every_address()[name]
        url = reverse(name, args=[document.pk] if needs else [])
        found[(role, name)] = count(as_user(getattr(cast, role)), url)
    assert {at: number for at, number in found.items() if PAGES[at] != number} == {}
    assert max(found.values()) <= 15
