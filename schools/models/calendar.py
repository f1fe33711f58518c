"""The production calendar as editable data, and what an office decides for itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from schools.enums import DueShift, StandingRhythm, TermKind
from schools.models.organizations import Organization


class CalendarDay(models.Model):
    """A day that differs from the library's calendar: for everyone, for a region or for one authority."""

    authority = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_days",
    )
    day = models.DateField("день")
    working = models.BooleanField("рабочий")
    name = models.CharField("название", max_length=120, blank=True)

    class Meta:
        verbose_name = "особый день"
        verbose_name_plural = "производственный календарь"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "day"],
                condition=Q(authority__isnull=False),
                name="office_calendar_day_once",
            ),
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(authority__isnull=True),
                name="calendar_day_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y} {'рабочий' if self.working else 'выходной'}"


class SchoolTerm(models.Model):
    """A school term or holidays of one school year in one authority, as it decided them. `year` is the autumn's.

    What is not entered is proposed by `schools.school_year.proposed`: a proposal is shown as such and never taken silently.
    """

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="school_terms")
    year = models.PositiveSmallIntegerField("учебный год")
    kind = models.CharField("что", max_length=10, choices=TermKind)
    start = models.DateField("с")
    end = models.DateField("по")

    class Meta:
        verbose_name = "четверть или каникулы"
        verbose_name_plural = "учебный календарь"
        ordering = ["year", "start"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "year", "kind"], name="school_term_once"),
            models.CheckConstraint(
                condition=Q(end__gte=models.F("start")),
                name="school_term_ends_after_start",
                violation_error_message="Окончание не может быть раньше начала.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}/{self.year + 1}"


class CalendarYear(models.Model):
    """A year whose transfers of days off a person entered and confirmed, because the library does not know them yet."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="calendar_years")
    year = models.PositiveSmallIntegerField("год")
    confirmed_by = models.ForeignKey("schools.User", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField("подтверждено", default=clock.now)

    class Meta:
        verbose_name = "год производственного календаря"
        verbose_name_plural = "годы производственного календаря"
        constraints = [models.UniqueConstraint(fields=["authority", "year"], name="calendar_year_once")]

    def __str__(self) -> str:
        return str(self.year)


class OfficeSettings(models.Model):
    """What one authority sets for itself; the defaults are those of the design notes."""

    authority = models.OneToOneField(
        Organization,
        models.CASCADE,
        verbose_name="орган управления",
        related_name="office",
        primary_key=True,
    )
    due_shift = models.CharField(
        "срок, выпавший на выходной",
        max_length=10,
        choices=DueShift,
        default=DueShift.BACK,
    )
    acceptance_step = models.BooleanField("директор отмечает «принято к исполнению»", default=False)
    head_title = models.CharField("должность руководителя", max_length=200, blank=True)
    place = models.CharField("место составления", max_length=120, blank=True)
    blank_lines = models.TextField(
        "шапка бланка",
        blank=True,
        help_text="Строки над названием документа; пусто — полное название органа.",
    )
    calendar_changed_at = models.DateTimeField("календарь изменён", null=True, blank=True, editable=False)
    messages_per_minute = models.PositiveSmallIntegerField("писем в минуту", default=20)
    check_code = models.BooleanField(
        "QR-код проверки на документах",
        default=True,
        help_text="Внизу первого листа и листа с подписями. По нему видно только номер, дату и действует ли документ.",
    )
    extension_days = models.PositiveSmallIntegerField("за сколько дней до срока просят о продлении", default=5)
    methodist_moves = models.BooleanField("методист переносит сроки и снимает с контроля", default=False)

    standing_rhythm = models.CharField(
        "отчёт по постоянным поручениям",
        max_length=10,
        choices=StandingRhythm,
        default=StandingRhythm.JUNE,
    )
    chain_days = models.PositiveSmallIntegerField("на сколько рабочих дней раньше срок школам", default=5)

    class Meta:
        verbose_name = "настройки органа управления"
        verbose_name_plural = "настройки"
        constraints = [
            models.CheckConstraint(
                condition=Q(messages_per_minute__gte=1),
                name="messages_per_minute_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"Настройки: {self.authority}"
