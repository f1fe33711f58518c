"""Checks of data that a person answers, locks by what was approved, and what an office sets for itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from monitoring.enums import CheckKind, CheckState
from monitoring.models.assessments import Assessment
from schools.models import Organization, User


class DataCheckQuerySet(models.QuerySet["DataCheck"]):
    def visible_to(self, user: User) -> DataCheckQuerySet:
        reach = user.reach("results.view").authorities
        own = user.reach("results.confirm_own").organizations
        return self.filter(Q(authority_id__in=reach) | Q(organization_id__in=own))

    def open(self) -> DataCheckQuerySet:
        return self.filter(state=CheckState.OPEN)


class DataCheck(models.Model):
    """A doubt about figures that the school or the methodist confirms or corrects. `key` makes it one however often it is found."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="школа", related_name="data_checks")
    assessment = models.ForeignKey(Assessment, models.CASCADE, null=True, blank=True, related_name="checks")
    kind = models.CharField("что не так", max_length=12, choices=CheckKind)
    key = models.CharField(max_length=120)
    text = models.CharField("словами", max_length=500)
    figures = models.JSONField(default=dict, blank=True)
    state = models.CharField("состояние", max_length=10, choices=CheckState, default=CheckState.OPEN)
    comment = models.TextField("пояснение", blank=True)
    found_at = models.DateTimeField("найдено", default=clock.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = DataCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "проверка данных"
        verbose_name_plural = "проверки данных"
        ordering = ["organization__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="data_check_once")]
        indexes = [models.Index(fields=["authority", "state"])]

    def __str__(self) -> str:
        return self.text


class DataLock(models.Model):
    """What stands on results and keeps their batch from being undone: an approved list, an approved note."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    school_year = models.PositiveSmallIntegerField("учебный год")
    reason = models.CharField("почему", max_length=300)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "закрепление данных"
        verbose_name_plural = "закрепления данных"
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "school_year"], name="data_lock_once"),
        ]

    def __str__(self) -> str:
        return self.reason


class MonitoringSettings(models.Model):
    """What one office sets for results. `bias` holds thresholds of the markers with their sources (`monitoring.indicators`)."""

    authority = models.OneToOneField(
        Organization, models.CASCADE, verbose_name="орган управления", related_name="monitoring", primary_key=True
    )
    small_group = models.PositiveSmallIntegerField("малая группа: меньше стольких участников не показывать", default=5)
    jump_points = models.PositiveSmallIntegerField("резкое изменение: процентных пунктов", default=30)
    bias = models.JSONField("признаки необъективности", default=dict, blank=True)

    class Meta:
        verbose_name = "настройки результатов"
        verbose_name_plural = "настройки результатов"
        constraints = [
            models.CheckConstraint(
                condition=Q(small_group__gte=1) & Q(small_group__lte=50),
                name="small_group_sane",
                violation_error_message="Малая группа — от 1 до 50 участников.",
            ),
            models.CheckConstraint(
                condition=Q(jump_points__gte=1) & Q(jump_points__lte=100),
                name="jump_points_sane",
                violation_error_message="Изменение — от 1 до 100 процентных пунктов.",
            ),
        ]

    def __str__(self) -> str:
        return f"Настройки результатов: {self.authority}"
