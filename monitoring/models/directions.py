"""Directions of a year, their indicators and values. What follows from the values is the chain, kept in `reports`."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from config import clock
from monitoring.enums import Better, Computed, ValueSource
from schools.models import Organization, User

CODES = ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4"]


class DirectionQuerySet(models.QuerySet["Direction"]):
    def visible_to(self, user: User) -> DirectionQuerySet:
        return self.filter(authority_id__in=user.reach("cycle.view").authorities)


class Direction(models.Model):
    """One direction of one office in one school year. `code` is the stable key, `name` is how it is called that year."""

    authority = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="орган управления", related_name="directions"
    )
    school_year = models.PositiveSmallIntegerField("учебный год")
    code = models.CharField("код", max_length=3, choices=[(code, code) for code in CODES])
    name = models.CharField("название", max_length=300)

    objects = DirectionQuerySet.as_manager()

    class Meta:
        verbose_name = "направление"
        verbose_name_plural = "направления"
        ordering = ["-school_year", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "school_year", "code"],
                name="direction_once",
                violation_error_message="Такое направление этого года уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(code__in=CODES) & Q(school_year__gte=2000) & Q(school_year__lte=2100),
                name="direction_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def year_name(self) -> str:
        """«2025/2026»"""
        return f"{self.school_year - 1}/{self.school_year}"


class Indicator(models.Model):
    """What is measured, how, and what is aimed at. `computed` names what the program works out itself."""

    direction = models.ForeignKey(Direction, models.CASCADE, verbose_name="направление", related_name="indicators")
    code = models.CharField("код", max_length=12)
    name = models.CharField("показатель", max_length=300)
    formula = models.CharField("формула", max_length=500, blank=True)
    unit = models.CharField("единица", max_length=30, blank=True, default="%")
    target = models.DecimalField("целевое значение", max_digits=12, decimal_places=2, null=True, blank=True)
    better = models.CharField("что лучше", max_length=6, choices=Better, default=Better.UP)
    computed = models.CharField("откуда значения", max_length=12, choices=Computed, blank=True, default=Computed.HAND)
    source = models.CharField("источник", max_length=300, blank=True)

    class Meta:
        verbose_name = "показатель"
        verbose_name_plural = "показатели"
        ordering = ["direction", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["direction", "code"],
                name="indicator_once",
                violation_error_message="Показатель с таким кодом уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def reached(self, value: Decimal | None) -> bool | None:
        """Whether the target is reached; None without a value or a target."""
        if value is None or self.target is None:
            return None
        return value >= self.target if self.better == Better.UP else value <= self.target


class IndicatorValue(models.Model):
    """The value for a school, or (organisation = the office) for the whole municipality; with whence and of what day it is."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    value = models.DecimalField("значение", max_digits=12, decimal_places=2)
    people = models.PositiveIntegerField("участников", null=True, blank=True)
    source = models.CharField("как получено", max_length=10, choices=ValueSource)
    day = models.DateField("по данным на")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "значение показателя"
        verbose_name_plural = "значения показателей"
        ordering = ["indicator", "organization__sort_key"]
        constraints = [models.UniqueConstraint(fields=["indicator", "organization"], name="indicator_value_once")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.organization} — {self.value}"


class ValueUploadQuerySet(models.QuerySet["ValueUpload"]):
    def visible_to(self, user: User) -> ValueUploadQuerySet:
        return self.filter(direction__authority_id__in=user.reach("cycle.edit").authorities)


class ValueUpload(models.Model):
    """A file of values that was read and waits to be written. `rows`: organization, indicator (ids), name, value, was;
    `problems`: sentences with the cell they are about."""

    direction = models.ForeignKey(Direction, models.CASCADE, related_name="uploads")
    name = models.CharField("файл", max_length=255)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = ValueUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка значений"
        verbose_name_plural = "загрузки значений"

    def __str__(self) -> str:
        return self.name
