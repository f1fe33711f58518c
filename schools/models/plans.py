"""When people are told: the plan of reminders of one authority, the mornings already planned, what ran and when."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from config import clock
from schools.models.organizations import Organization

WEEKDAY_CHOICES = [
    (0, "понедельник"),
    (1, "вторник"),
    (2, "среда"),
    (3, "четверг"),
    (4, "пятница"),
    (5, "суббота"),
    (6, "воскресенье"),
]


def numbers_of(text: str) -> tuple[int, ...]:
    """«7, 3, 1» → (7, 3, 1), the largest first, each once; anything else raises ValueError."""
    found = set()
    for part in text.replace(";", ",").replace(" ", ",").split(","):
        if part and not (part.isascii() and part.isdigit()):
            raise ValueError(part)
        if part:
            found.add(int(part))
    return tuple(sorted(found, reverse=True))


def validate_days(text: str) -> None:
    """A list of 1…60 days, at most ten of them."""
    try:
        found = numbers_of(text)
    except ValueError as why:
        raise ValidationError(f"«{why}» — не число дней. Пишите числа через запятую, например: 7, 3, 1.") from None
    if len(found) > 10 or any(not 1 <= number <= 60 for number in found):
        raise ValidationError("Укажите не больше десяти чисел от 1 до 60, например: 7, 3, 1.")


class ReminderPlan(models.Model):
    """What one authority says about reminders; an authority without a row lives by the defaults."""

    authority = models.OneToOneField(
        Organization, models.CASCADE, verbose_name="орган управления", related_name="reminder_plan", primary_key=True
    )
    days_before = models.CharField(
        "за сколько дней до срока", max_length=60, default="7, 3, 1", blank=True, validators=[validate_days]
    )
    on_day = models.BooleanField("в день срока", default=True)
    days_after = models.CharField(
        "через сколько дней после срока", max_length=60, default="1", blank=True, validators=[validate_days]
    )
    weeks = models.PositiveSmallIntegerField("сколько недель напоминать раз в неделю", default=8)
    digest_time = models.TimeField("время утреннего письма", default=dt.time(7, 0))
    checker_days = models.PositiveSmallIntegerField("сообщить проверяющему, дней просрочки", default=3)
    deputy_days = models.PositiveSmallIntegerField("сообщить заместителю, дней просрочки", default=7)
    head_days = models.PositiveSmallIntegerField("сообщить начальнику, дней просрочки", default=14)
    briefing = models.BooleanField("присылать начальнику «К планёрке»", default=True)
    briefing_day = models.PositiveSmallIntegerField("день планёрки", choices=WEEKDAY_CHOICES, default=0)
    briefing_time = models.TimeField("время письма «К планёрке»", default=dt.time(7, 30))
    summary = models.BooleanField("присылать методистам сводку за неделю", default=True)
    summary_day = models.PositiveSmallIntegerField("день сводки", choices=WEEKDAY_CHOICES, default=0)
    secretary_days = models.PositiveSmallIntegerField(
        "напомнить секретарю о незарегистрированном протоколе, дней после заседания", default=3
    )

    class Meta:
        verbose_name = "план напоминаний"
        verbose_name_plural = "планы напоминаний"
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks__lte=52),
                name="reminder_weeks_within_year",
                violation_error_message="Напоминать можно не дольше 52 недель.",
            ),
        ]

    def __str__(self) -> str:
        return f"План напоминаний: {self.authority}"

    @property
    def before(self) -> tuple[int, ...]:
        return numbers_of(self.days_before)

    @property
    def after(self) -> tuple[int, ...]:
        return numbers_of(self.days_after)


class Morning(models.Model):
    """The morning of one day was planned for the people of one authority in one zone: their digests stand in the queue."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    zone = models.CharField("часовой пояс", max_length=40)
    day = models.DateField("день")
    planned_at = models.DateTimeField("когда", default=clock.now)
    people = models.PositiveIntegerField("сколько человек", default=0)

    class Meta:
        verbose_name = "утренний обход"
        verbose_name_plural = "утренние обходы"
        constraints = [models.UniqueConstraint(fields=["authority", "zone", "day"], name="morning_once")]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}, {self.zone}"


class Heartbeat(models.Model):
    """When each part of the scheduler last ran and what it said: the first thing to look at when letters do not come."""

    name = models.CharField("что", max_length=40, primary_key=True)
    last_run = models.DateTimeField("последний запуск")
    note = models.CharField("что сделано", max_length=300, blank=True)
    trouble = models.CharField("что мешает", max_length=500, blank=True)

    class Meta:
        verbose_name = "ход расписания"
        verbose_name_plural = "ход расписания"

    def __str__(self) -> str:
        return self.name
