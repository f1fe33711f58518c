"""«Напомнить» by hand: it waits for the person's next daily message and is told once."""

from __future__ import annotations

from django.db import models

from config import clock
from decisions.models.tasks import Assignment
from schools.models import User


class Nudge(models.Model):
    """Somebody of the office asked to remind a school of one task; once a day for one task."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="nudges")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="кто просит", related_name="+")
    day = models.DateField("день")
    created_at = models.DateTimeField("когда", default=clock.now, db_index=True)

    class Meta:
        verbose_name = "напоминание вручную"
        verbose_name_plural = "напоминания вручную"
        constraints = [models.UniqueConstraint(fields=["assignment", "day"], name="nudge_once_a_day")]

    def __str__(self) -> str:
        return f"{self.assignment_id}, {self.day:%d.%m.%Y}"
