"""Visits of curators: planned, held, what was found and agreed; a confirmed visit is a document with tasks."""

from __future__ import annotations

import hashlib
import json

from django.db import models
from django.db.models import Q

from config import clock
from decisions.models import Clause, Document
from mentoring.enums import VisitState
from mentoring.models.care import Curatorship
from schools.models import Organization, StoredFile, User


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> VisitQuerySet:
        return self.filter(
            Q(authority_id__in=user.reach("care.view").authorities)
            | Q(school_id__in=user.reach("care.own").organizations)
            | Q(school_id__in=user.reach("care.help").organizations)
        )


class Visit(models.Model):
    """One visit of a curator to a school in care. `confirmed_*` is the director's word on what was agreed; `document` holds the
    agreements as clauses from then on."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organization, models.PROTECT, verbose_name="школа", related_name="visits")
    curatorship = models.ForeignKey(Curatorship, models.PROTECT, null=True, blank=True, related_name="visits")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="куратор", related_name="visits")
    state = models.CharField("состояние", max_length=10, choices=VisitState, default=VisitState.PLANNED)
    planned_on = models.DateField("день визита")
    held_on = models.DateField("проведён", null=True, blank=True)
    aim = models.CharField("цель", max_length=300, blank=True)
    findings = models.TextField("что увидели", blank=True, max_length=8000)
    asked_at = models.DateTimeField("передано директору", null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("подтверждено директором", null=True, blank=True)
    objection = models.TextField("замечание директора", blank=True, max_length=2000)
    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="visit")
    created_at = models.DateTimeField(default=clock.now)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "визит"
        verbose_name_plural = "визиты"
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=VisitState.HELD) | Q(held_on__isnull=False),
                name="held_visit_has_day",
                violation_error_message="Укажите, когда проведён визит.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_by__isnull=False, state=VisitState.HELD),
                name="confirmed_visit_was_held",
            ),
        ]
        indexes = [models.Index(fields=["authority", "-planned_on"]), models.Index(fields=["school", "-planned_on"])]

    def __str__(self) -> str:
        return f"{self.school}, {self.planned_on:%d.%m.%Y}"

    @property
    def day(self):  # type: ignore[no-untyped-def]
        return self.held_on or self.planned_on

    @property
    def seal(self) -> str:
        """What the director has read and confirms: another one when the curator has changed a word of it since."""
        lines = [[one.text, str(one.due)] for one in self.agreements.all()]
        told = json.dumps([str(self.held_on), self.findings, lines], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def waits_for_director(self) -> bool:
        return self.asked_at is not None and self.confirmed_at is None and not self.objection


class Agreement(models.Model):
    """«Договорились»: one line of what the school does and by when; a task once the director has confirmed."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="agreements")
    text = models.CharField("что сделать", max_length=500)
    due = models.DateField("к какому дню")
    position = models.PositiveSmallIntegerField(default=0)
    clause = models.OneToOneField(Clause, models.SET_NULL, null=True, blank=True, related_name="agreement")

    class Meta:
        verbose_name = "договорённость"
        verbose_name_plural = "договорённости"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class VisitFile(models.Model):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "файл визита"
        verbose_name_plural = "файлы визитов"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
