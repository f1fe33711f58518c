"""Imports: several files checked first and then loaded from the same reading; what changed is kept, so a batch can be undone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from monitoring.enums import BatchState, ConflictState, Facet, FileState
from monitoring.models.assessments import Assessment
from schools.models import Organization, StoredFile, User


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: User) -> ImportBatchQuerySet:
        reach = user.reach("results.import")
        return self.filter(Q(authority_id__in=reach.authorities) | Q(authority_id__in=reach.ministries))


class ImportBatch(models.Model):
    """Files loaded together: reading → checked → importing → imported; `leased_until` guards the one job that works on it.

    `report` holds what checking found: counts (new, changed, same, unknown), changes before → after, problems; the same stored
    reading is imported. `authority` is the office that loads (a ministry may load for all its municipalities).
    """

    authority = models.ForeignKey(Organization, models.PROTECT, verbose_name="орган управления", related_name="+")
    state = models.CharField("состояние", max_length=12, choices=BatchState, default=BatchState.READING)
    created_by = models.ForeignKey(User, models.PROTECT, verbose_name="загрузил", related_name="+")
    created_at = models.DateTimeField("когда", default=clock.now)
    imported_at = models.DateTimeField("загружено", null=True, blank=True)
    undone_at = models.DateTimeField("отменено", null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done = models.PositiveIntegerField("сделано", default=0)
    total = models.PositiveIntegerField("всего", default=0)
    errors = models.PositiveIntegerField("ошибок", default=0)
    warnings = models.PositiveIntegerField("предупреждений", default=0)
    warnings_accepted = models.BooleanField("предупреждения приняты", default=False)
    report = models.JSONField(default=dict, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    lease_holder = models.CharField(max_length=40, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка результатов"
        verbose_name_plural = "загрузки результатов"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["authority", "-created_at"]), models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"Загрузка {self.created_at:%d.%m.%Y %H:%M}"


class ImportFile(models.Model):
    """One file of a batch. `reading` is what was read (aggregates only); a file with pupils' names is not kept, only its hash."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    name = models.CharField("имя файла", max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("размер", default=0)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    personal = models.BooleanField("содержал фамилии", default=False)
    state = models.CharField("состояние", max_length=10, choices=FileState, default=FileState.WAITING)
    reading = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(
        default=dict, blank=True
    )  # what a person said of this file: see `monitoring.planning.Answers`
    headings_key = models.CharField(max_length=64, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "файл загрузки"
        verbose_name_plural = "файлы загрузки"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(personal=False) | Q(stored__isnull=True),
                name="file_with_names_is_not_kept",
                violation_error_message="Файл с фамилиями не хранится.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportChange(models.Model):
    """What a batch replaced: the row as it was before, so that undoing puts it back. New rows are found by their batch."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="changes")
    facet = models.CharField("что", max_length=12, choices=Facet)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = "изменение загрузкой"
        verbose_name_plural = "изменения загрузкой"

    def __str__(self) -> str:
        return f"{self.organization}: {self.assessment}"


class ImportConflict(models.Model):
    """A second source with other figures for a result that is already there: a person decides, never the last one."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="conflicts")
    facet = models.CharField("что", max_length=12, choices=Facet)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    where = models.CharField("где", max_length=300, blank=True)
    state = models.CharField("решение", max_length=10, choices=ConflictState, default=ConflictState.OPEN)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "расхождение источников"
        verbose_name_plural = "расхождения источников"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "facet", "assessment", "organization"], name="conflict_once_in_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.assessment}"


class ColumnMapping(models.Model):
    """How an office told us to read a table of its own: remembered for the next file with the same headings."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    headings_key = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "значение столбцов"
        verbose_name_plural = "значения столбцов"
        constraints = [models.UniqueConstraint(fields=["authority", "headings_key"], name="mapping_once")]

    def __str__(self) -> str:
        return self.headings_key
