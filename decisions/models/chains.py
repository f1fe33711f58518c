"""What ties documents together: a clause that carries out a higher task, a clause that changes an earlier one, and duties
that come again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from config import clock
from decisions.duties import words_of
from decisions.enums import AmendmentKind, LinkState
from decisions.models.clauses import Clause
from decisions.models.tasks import Assignment
from schools.models import User


class Pursuance(models.Model):
    """«Во исполнение»: a clause of ours carries out a task that a higher body gave to our office."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="pursues")
    task = models.ForeignKey(Assignment, models.CASCADE, related_name="carried_out_by")
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "исполнение поручения вышестоящего органа"
        verbose_name_plural = "исполнение поручений вышестоящего органа"
        constraints = [models.UniqueConstraint(fields=["clause", "task"], name="pursuance_once")]

    def __str__(self) -> str:
        return f"{self.clause} — во исполнение: {self.task}"


class Amendment(models.Model):
    """A clause that cancels, replaces, extends or takes off control a clause of an earlier document.

    Only a confirmed one is executed, by the registration of its document; `undo` keeps what each task was before
    (`task`, `state`, `due`, `effective_due`, `version`: the version the execution left), so that an annulled registration
    can take it back.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="amends")
    target = models.ForeignKey(Clause, models.CASCADE, related_name="amended_by")
    kind = models.CharField("что делает", max_length=10, choices=AmendmentKind)
    new_due = models.DateField("новый срок", null=True, blank=True)
    state = models.CharField("решение", max_length=10, choices=LinkState, default=LinkState.CONFIRMED)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    executed_at = models.DateTimeField("исполнено", null=True, blank=True)
    undo = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = "изменение прежнего пункта"
        verbose_name_plural = "изменения прежних пунктов"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "target"], name="amendment_once"),
            models.CheckConstraint(condition=~Q(clause=F("target")), name="amendment_of_another_clause"),
            models.CheckConstraint(
                condition=~Q(kind=AmendmentKind.EXTENDS, state=LinkState.CONFIRMED) | Q(new_due__isnull=False),
                name="extension_has_day",
                violation_error_message="Укажите новый срок.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.get_kind_display()} {self.target}"


class Duty(models.Model):
    """A clause whose report comes again: by its own rule, or standing («постоянно») by the office's rhythm.

    Closing one occurrence does not close the duty; it ends by a decision of the office, with a reason. `rrule` (RFC 5545)
    is empty for a standing duty: the office's setting of the moment holds.
    """

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="duty", primary_key=True)
    standing = models.BooleanField("постоянно", default=False)
    rrule = models.CharField("повторение", max_length=200, blank=True)
    started = models.DateField("с какого дня")
    ended_on = models.DateField("прекращено", null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reason = models.CharField("почему прекращено", max_length=500, blank=True)

    class Meta:
        verbose_name = "повторяющееся поручение"
        verbose_name_plural = "повторяющиеся поручения"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""),
                name="duty_ended_with_reason",
                violation_error_message="Напишите, почему обязанность прекращается.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.clause)

    @property
    def words(self) -> str:
        return "постоянно" if self.standing else words_of(self.rrule)


class EventDay(models.Model):
    """The day of the event a term hangs on («в течение 5 дней после ЕГЭ»), entered by the office, and the due day it gave."""

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="event_day", primary_key=True)
    happened = models.DateField("когда событие")
    due = models.DateField("срок")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "день события"
        verbose_name_plural = "дни событий"

    def __str__(self) -> str:
        return f"{self.clause}: {self.happened:%d.%m.%Y}"
