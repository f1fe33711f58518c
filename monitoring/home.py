"""What the start page and the daily message say of results: questions to figures that wait for an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from config.slots import Morning
from config.ui.words import counted
from monitoring.models import DataCheck
from schools.models import Membership, User

SHOWN = 5
Lines = list[tuple[str, list[tuple[str, str]]]]


def waiting(user: User) -> Any:
    """Open questions that the person may answer."""
    rows = DataCheck.objects.visible_to(user).open().select_related("organization")
    offices, own = user.reach("results.import").authorities, user.reach("results.confirm_own").organizations
    return rows.filter(authority_id__in=offices) | rows.filter(organization_id__in=own)


def block(user: User) -> dict[str, Any] | None:
    """Questions to figures for the start page; nothing when there are none."""
    rows = list(waiting(user).order_by("organization__sort_key", "pk")[: SHOWN + 1])
    if not rows:
        return None
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "office": bool(user.reach("results.import").authorities)}


def lines(user: User, day: dt.date) -> Lines:
    """One line with a number and a link: figures of a school are not for a letter."""
    number = waiting(user).count()
    if not number:
        return []
    words = f"{counted(number, 'вопрос', 'вопроса', 'вопросов')} к данным результатов ждут ответа"
    return [("Проверки данных", [(words, reverse("monitoring:check_list"))])]


def people(morning: Morning) -> Iterable[int]:
    """Directors of schools whose figures were doubted since the last message: asked once, then only reminded beside other news."""
    fresh = DataCheck.objects.open().filter(authority_id=morning.authority, found_at__date__in=morning.days)
    members = Membership.objects.held_on(morning.day).filter(role="director", user__is_active=True)
    return set(members.filter(organization_id__in=fresh.values("organization_id")).values_list("user_id", flat=True))


def bell(ids: Sequence[int], morning: Morning) -> dict[int, tuple[str, str]]:
    told = set(people(morning)) if ids else set()
    return {pk: ("Есть вопросы к результатам школы", reverse("monitoring:check_list")) for pk in set(ids) & told}
