"""Parts of a task inside a school: the director's own business, never seen by the office; the school's answer stays one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from config import clock
from schools.models import Person, User

if TYPE_CHECKING:
    from decisions.models.tasks import Assignment


class SubTaskQuerySet(models.QuerySet["SubTask"]):
    def visible_to(self, user: User) -> SubTaskQuerySet:
        """Only those who answer for the school: neither the office nor a curator has a door here."""
        return self.filter(assignment__organization_id__in=user.reach("task.answer").organizations)


class SubTask(models.Model):
    """What a named member of staff does for the task: a person of the school or a name as typed."""

    assignment: models.ForeignKey[Assignment] = models.ForeignKey(
        "decisions.Assignment", models.CASCADE, related_name="subtasks"
    )
    text = models.CharField("что сделать", max_length=500)
    person = models.ForeignKey(
        Person, models.SET_NULL, verbose_name="сотрудник", null=True, blank=True, related_name="+"
    )
    name = models.CharField("кто", max_length=200, blank=True)
    due = models.DateField("срок", null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    done_on = models.DateField("сделано", null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SubTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "часть поручения"
        verbose_name_plural = "части поручений"
        ordering = ["done_on", "due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""),
                name="subtask_has_somebody",
                violation_error_message="Укажите, кто это сделает.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.text}"

    @property
    def who(self) -> str:
        return self.person.surname_first if self.person else self.name

    def is_late(self, today: dt.date) -> bool:
        return self.done_on is None and self.due is not None and self.due < today
