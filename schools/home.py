"""The administrator's start page: what of letters, accounts and the calendar waits for a hand, each line leading to its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from config import clock
from config.ui.words import counted
from schools.actions.invitations import waiting_directors
from schools.emails import mail_works
from schools.enums import MessageState, Role
from schools.heartbeat import pulse
from schools.models import CalendarYear, Membership, Message, Organization, User
from schools.production import transfers_known

AUTUMN = 10  # from October on the next year's transfers are looked for: they are published by then


@dataclass(frozen=True)
class Line:
    text: str
    note: str
    url: str


def administrator(user: User) -> dict[str, Any] | None:
    """`lines` that wait, and how the scheduler runs (`pulse`)."""
    authority = user.office
    if authority is None:
        return None
    lines = [*_first_steps(authority), *_letters(user), *_people(authority), *_calendar(authority, user)]
    return {"lines": lines, "pulse": pulse()}


def _first_steps(authority: Organization) -> list[Line]:
    """What a fresh office begins with: its registry, and somebody who takes papers in."""
    lines = []
    if not Organization.objects.filter(authority=authority).exclude(pk=authority.pk).exists():
        note = "Загрузите реестр школ таблицей или добавьте их по одной."
        lines.append(Line("Школ в реестре пока нет", note, reverse("schools:registry_import_create")))
    if not Membership.objects.held_on(clock.today()).filter(organization=authority, role=Role.METHODIST).exists():
        note = "Протоколы и приказы вводит методист: добавьте сотрудника с этой ролью и пригласите."
        lines.append(Line("Методиста пока нет", note, reverse("schools:person_create")))
    return lines


def _letters(user: User) -> list[Line]:
    address = reverse("schools:message_list")
    lines = []
    if not mail_works():
        lines.append(
            Line(
                "Почта не настроена", "Приглашения и письма показаны на странице «Письма»: передайте их сами.", address
            )
        )
    found = Message.objects.visible_to(user).aggregate(
        failed=Count("pk", filter=Q(state=MessageState.FAILED)),
        unknown=Count("pk", filter=Q(state=MessageState.UNKNOWN)),
    )
    if found["failed"]:
        words = counted(found["failed"], "письмо не отправлено", "письма не отправлены", "писем не отправлено")
        lines.append(Line(words, "Причина — у каждого письма; отправить можно ещё раз.", f"{address}?state=failed"))
    if found["unknown"]:
        words = counted(found["unknown"], "письмо", "письма", "писем")
        lines.append(
            Line(f"{words}: неизвестно, отправлено ли", "Решите, отправлять ли ещё раз.", f"{address}?state=unknown")
        )
    return lines


def _people(authority: Organization) -> list[Line]:
    lines = []
    if waiting := len(waiting_directors(authority)):
        words = counted(waiting, "директор ещё не вошёл", "директора ещё не вошли", "директоров ещё не вошли")
        lines.append(
            Line(f"{words} в программу", "Напечатайте одноразовые коды на всех сразу.", reverse("schools:code_list"))
        )
    if alone := Organization.objects.filter(authority=authority).without_director(clock.today()).count():
        words = counted(alone, "школа", "школы", "школ")
        lines.append(
            Line(
                f"{words} без директора в программе",
                "Поручения школе некому исполнить: добавьте директора и пригласите.",
                f"{reverse('schools:organization_list')}?state=alone",
            )
        )
    staff = Membership.objects.held_on(clock.today()).filter(organization__authority=authority)
    if refused := User.objects.filter(pk__in=staff.values("user"), email_refused=True, is_active=True).count():
        words = counted(refused, "сотрудника", "сотрудников", "сотрудников")
        lines.append(
            Line(
                f"У {words} почта не принимает письма",
                "Уточните адрес и впишите его на странице сотрудника.",
                f"{reverse('schools:person_list')}?account=refused",
            )
        )
    return lines


def _calendar(authority: Organization, user: User) -> list[Line]:
    today = clock.today(user.zone)
    years = [today.year, *([today.year + 1] if today.month >= AUTUMN else [])]
    confirmed = set(CalendarYear.objects.filter(authority=authority, year__in=years).values_list("year", flat=True))
    return [
        Line(
            f"Переносы выходных {year} года не внесены",
            "Сроки считаются без них: внесите переносы или подтвердите, что их нет.",
            f"{reverse('schools:calendar_day_list')}?year={year}",
        )
        for year in years
        if year not in confirmed and not transfers_known(year)
    ]
