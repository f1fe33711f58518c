"""Terms that move: requests to prolong, the history of every date, and what a director explains beside an overdue task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from config import clock
from decisions.enums import DateChangeKind, RequestState
from schools.models import User

if TYPE_CHECKING:
    from decisions.models.tasks import Assignment


class ExtensionRequestQuerySet(models.QuerySet["ExtensionRequest"]):
    def visible_to(self, user: User) -> ExtensionRequestQuerySet:
        """The office's own, and those of the schools the person answers for: a co-executor or a curator sees none."""
        office, school = user.reach("document.view"), user.reach("task.answer")
        return self.filter(
            Q(assignment__authority_id__in=office.authorities) | Q(assignment__organization_id__in=school.organizations)
        )

    def waiting(self) -> ExtensionRequestQuerySet:
        return self.filter(state=RequestState.WAITING)


class ExtensionRequest(models.Model):
    """A school asks for a later term of one task; several asked at once share `batch`. `due_before` is the effective day.

    `late` marks a request that came after the office's cut-off. `consent` names the paper by which a higher body agreed
    to go beyond its own term.
    """

    assignment: models.ForeignKey[Assignment] = models.ForeignKey(
        "decisions.Assignment", models.CASCADE, related_name="extension_requests"
    )
    batch = models.CharField(max_length=32, db_index=True)
    asked_by = models.ForeignKey(User, models.PROTECT, verbose_name="кто просит", related_name="+")
    asked_at = models.DateTimeField("когда", default=clock.now)
    reason = models.TextField("причина")
    due_before = models.DateField("прежний срок", null=True, blank=True)
    wanted = models.DateField("просят до")
    late = models.BooleanField("подана поздно", default=False)
    state = models.CharField("решение", max_length=10, choices=RequestState, default=RequestState.WAITING)
    granted = models.DateField("продлено до", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField("пояснение", blank=True)
    consent = models.CharField("согласие вышестоящего органа", max_length=300, blank=True)

    objects = ExtensionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "просьба о продлении"
        verbose_name_plural = "просьбы о продлении"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state=RequestState.WAITING),
                name="one_waiting_extension",
                violation_error_message="О продлении этого срока уже попросили: дождитесь решения.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.AGREED, RequestState.OTHER_DAY]) | Q(granted__isnull=False),
                name="agreed_extension_has_day",
            ),
            models.CheckConstraint(
                condition=Q(due_before__isnull=True) | Q(wanted__gt=F("due_before")),
                name="extension_is_later",
                violation_error_message="Новый срок должен быть позже прежнего.",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(answer=""),
                name="refused_extension_has_reason",
                violation_error_message="Напишите, почему в продлении отказано.",
            ),
        ]
        indexes = [models.Index(fields=["state", "assignment"])]

    def __str__(self) -> str:
        return f"до {self.wanted:%d.%m.%Y}, {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.state == RequestState.WAITING

    @property
    def is_agreed(self) -> bool:
        return self.state in (RequestState.AGREED, RequestState.OTHER_DAY)


class DateChange(models.Model):
    """One change of a task's term: effective days before and after, who, when, why. Never changed."""

    assignment: models.ForeignKey[Assignment] = models.ForeignKey(
        "decisions.Assignment", models.CASCADE, related_name="date_changes"
    )
    at = models.DateTimeField("когда", default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="кто", null=True, blank=True, related_name="+")
    kind = models.CharField("что", max_length=10, choices=DateChangeKind)
    before = models.DateField("было", null=True, blank=True)
    after = models.DateField("стало", null=True, blank=True)
    reason = models.TextField("почему", blank=True)
    request = models.ForeignKey(ExtensionRequest, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "изменение срока"
        verbose_name_plural = "история сроков"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.after:%d.%m.%Y}" if self.after else self.get_kind_display()


class Explanation(models.Model):
    """«Объяснение» of a director beside an overdue task; the office sees it, the last one is the current one."""

    assignment: models.ForeignKey[Assignment] = models.ForeignKey(
        "decisions.Assignment", models.CASCADE, related_name="explanations"
    )
    text = models.TextField("объяснение")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "объяснение"
        verbose_name_plural = "объяснения"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:60]
