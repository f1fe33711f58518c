"""Risks of a school in a year, and the roadmap against the chosen ones; an approved roadmap is a document with tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from decisions.models import Clause, Document
from mentoring.enums import RoadmapState, Significance
from schools.models import Organization, User


class RiskKindQuerySet(models.QuerySet["RiskKind"]):
    def visible_to(self, user: User) -> RiskKindQuerySet:
        return self.filter(authority_id__in=user.reach("care.view").authorities)


class RiskKind(models.Model):
    """A line of the catalogue of risks of one year: names and their number change from year to year (domain notes, 1.5)."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="risk_kinds")
    school_year = models.PositiveSmallIntegerField("учебный год")
    name = models.CharField("риск", max_length=300)
    position = models.PositiveSmallIntegerField("порядок", default=0)
    hidden = models.BooleanField("больше не предлагать", default=False)

    objects = RiskKindQuerySet.as_manager()

    class Meta:
        verbose_name = "вид риска"
        verbose_name_plural = "виды рисков"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "school_year", "name"],
                name="risk_kind_once",
                violation_error_message="Такой риск в справочнике этого года уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RiskProfileQuerySet(models.QuerySet["RiskProfile"]):
    def visible_to(self, user: User) -> RiskProfileQuerySet:
        return self.filter(
            Q(authority_id__in=user.reach("care.view").authorities)
            | Q(school_id__in=user.reach("care.own").organizations)
            | Q(school_id__in=user.reach("care.help").organizations)
        )


class RiskProfile(models.Model):
    """The risk profile of a school in a school year with its roadmap. `version` guards against two people at once."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organization, models.PROTECT, verbose_name="школа", related_name="risk_profiles")
    school_year = models.PositiveSmallIntegerField("учебный год")
    state = models.CharField("дорожная карта", max_length=10, choices=RoadmapState, default=RoadmapState.DRAFT)
    goal = models.TextField("цель", blank=True)
    remark = models.TextField("замечания", blank=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="risk_profile")
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField("согласована куратором", null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("утверждена", null=True, blank=True)

    objects = RiskProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "рисковый профиль"
        verbose_name_plural = "рисковые профили"
        ordering = ["school__sort_key", "-school_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"],
                name="risk_profile_once",
                violation_error_message="Рисковый профиль школы за этот год уже есть.",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoadmapState.APPROVED) | Q(document__isnull=False, approved_at__isnull=False),
                name="approved_roadmap_is_document",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoadmapState.REMARKED) | ~Q(remark=""), name="remarked_roadmap_has_remark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.school_year - 1}/{self.school_year}"

    @property
    def year_name(self) -> str:
        return f"{self.school_year - 1}/{self.school_year}"

    @property
    def open_to_school(self) -> bool:
        """Whether the school may still write it."""
        return self.state in (RoadmapState.DRAFT, RoadmapState.REMARKED)


class Risk(models.Model):
    """A risk of a profile. Only chosen ones (one to five) have steps in the roadmap."""

    profile = models.ForeignKey(RiskProfile, models.CASCADE, related_name="risks")
    kind = models.ForeignKey(RiskKind, models.PROTECT, verbose_name="риск", related_name="risks")
    significance = models.CharField("значимость", max_length=8, choices=Significance)
    chosen = models.BooleanField("выбран для работы", default=False)
    note = models.CharField("в чём проявляется", max_length=1000, blank=True)

    class Meta:
        verbose_name = "риск школы"
        verbose_name_plural = "риски школы"
        ordering = ["kind__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["profile", "kind"], name="risk_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_significance_display()}"


class RoadmapStep(models.Model):
    """A step of the roadmap: what, by which sign it is seen to be done, by when. Becomes a clause when approved."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="steps")
    text = models.CharField("мера", max_length=1000)
    sign = models.CharField("показатель", max_length=300, blank=True)
    due = models.DateField("срок")
    position = models.PositiveSmallIntegerField(default=0)
    clause = models.OneToOneField(Clause, models.SET_NULL, null=True, blank=True, related_name="roadmap_step")

    class Meta:
        verbose_name = "шаг дорожной карты"
        verbose_name_plural = "шаги дорожной карты"
        ordering = ["due", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class RoadmapEvent(models.Model):
    """Who sent, agreed, remarked or approved a roadmap, and with which words."""

    profile = models.ForeignKey(RiskProfile, models.CASCADE, related_name="events")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField("стало", max_length=10, choices=RoadmapState)
    words = models.TextField("слова", blank=True)

    class Meta:
        verbose_name = "ход согласования"
        verbose_name_plural = "ход согласования"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_state_display()
