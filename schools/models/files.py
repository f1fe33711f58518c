"""Files people gave us: kept under random names, served only through the row they belong to."""

from __future__ import annotations

import secrets

from django.db import models

from config import clock
from schools.models.organizations import Organization


def _random_path(instance: StoredFile, filename: str) -> str:
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


class StoredFile(models.Model):
    """One stored upload. `sha256` is of the bytes as kept; the name is the person's own and only ever shown."""

    authority = models.ForeignKey(Organization, models.PROTECT, verbose_name="орган управления", related_name="+")
    name = models.CharField("имя", max_length=255)
    content_type = models.CharField("тип", max_length=100)
    size = models.PositiveBigIntegerField("размер")
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.FileField("содержимое", upload_to=_random_path, max_length=100)
    uploaded_by = models.ForeignKey("schools.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("когда", default=clock.now)

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"

    def __str__(self) -> str:
        return self.name


class UploadCheck(models.Model):
    """The first of the two steps of an import: the stored file and what checking it found. Applied once, same bytes."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    created_by = models.ForeignKey("schools.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    report = models.JSONField(default=dict)
    errors = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "проверка файла"
        verbose_name_plural = "проверки файлов"

    def __str__(self) -> str:
        return f"{self.file}: ошибок {self.errors}"
