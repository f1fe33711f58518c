"""Who takes part in a task beside the responsible organisation, and the own terms of schools inside one clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from config import clock
from decisions.models.clauses import Clause
from schools.models import Organization, StoredFile, User

if TYPE_CHECKING:
    from decisions.models.tasks import Assignment


class CoExecutor(models.Model):
    """A co-executor of a task: it sees the task and adds its part; the answer stays the responsible one's."""

    assignment: models.ForeignKey[Assignment] = models.ForeignKey(
        "decisions.Assignment", models.CASCADE, related_name="co_executors"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="соисполнитель", related_name="co_executions"
    )
    part = models.TextField("что сделано", blank=True)
    part_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    part_at = models.DateTimeField("когда", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "соисполнитель"
        verbose_name_plural = "соисполнители"
        ordering = ["organization__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["assignment", "organization"], name="co_executor_once")]

    def __str__(self) -> str:
        return str(self.organization)


class CoExecutorFile(models.Model):
    part_of = models.ForeignKey(CoExecutor, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "файл соисполнителя"
        verbose_name_plural = "файлы соисполнителей"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class ClauseDue(models.Model):
    """The own term of one organisation inside a clause: stands instead of the clause's, as its addressees were told."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="own_dues")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    due = models.DateField("свой срок")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "свой срок организации"
        verbose_name_plural = "свои сроки организаций"
        constraints = [models.UniqueConstraint(fields=["clause", "organization"], name="own_due_once")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.due:%d.%m.%Y}"
