"""Low-result lists: rules with versions, lists received from above and our own forecasts (never mixed), episodes of schools.

Confidential: every view and export is logged; a school sees only itself (domain.md, section 7).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from config import clock
from monitoring.enums import ListKind, ListLevel, ListState, Trajectory, UploadState
from schools.models import Organization, SchoolGroup, User


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def visible_to(self, user: User) -> RuleSetQuerySet:
        return self.filter(authority_id__in=user.reach("lists.view").authorities)


class RuleSet(models.Model):
    """A version of the rules: `parameters` are those of `monitoring.low_results`; a version in use is never changed, a new
    one is made."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="rule_sets")
    name = models.CharField("название", max_length=120)
    version = models.PositiveSmallIntegerField("версия", default=1)
    parameters = models.JSONField("правила", default=dict)
    source = models.CharField("источник", max_length=300)
    source_date = models.DateField("дата источника", null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = "набор правил"
        verbose_name_plural = "наборы правил"
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name", "version"],
                name="rule_set_version_once",
                violation_error_message="Такая версия правил уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, версия {self.version}"


class LowResultsListQuerySet(models.QuerySet["LowResultsList"]):
    def visible_to(self, user: User) -> LowResultsListQuerySet:
        """The office's own lists with their drafts; whoever only watches sees what was approved (or withdrawn afterwards)."""
        return self.filter(
            Q(authority_id__in=user.reach("lists.edit").authorities)
            | Q(authority_id__in=user.reach("lists.view").authorities, approved_at__isnull=False)
        )

    def in_force(self) -> LowResultsListQuerySet:
        return self.filter(state=ListState.APPROVED)


class LowResultsList(models.Model):
    """A list of a year. Approving freezes it: entries keep their figures, later data do not move them."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="low_results_lists")
    kind = models.CharField("чей список", max_length=10, choices=ListKind)
    level = models.CharField("уровень", max_length=10, choices=ListLevel, default=ListLevel.MUNICIPAL)
    school_year = models.PositiveSmallIntegerField("учебный год")
    state = models.CharField("состояние", max_length=10, choices=ListState, default=ListState.DRAFT)
    letter = models.CharField("письмо или приказ", max_length=300, blank=True)
    letter_date = models.DateField("дата письма", null=True, blank=True)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, blank=True, related_name="lists")
    data_date = models.DateField("по данным на", null=True, blank=True)
    group = models.ForeignKey(SchoolGroup, models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("утверждён", null=True, blank=True)
    taken_out = models.JSONField("убраны вручную", default=dict, blank=True)  # organisation id → why
    withdrawn_reason = models.CharField("почему отозван", max_length=500, blank=True)

    objects = LowResultsListQuerySet.as_manager()

    class Meta:
        verbose_name = "перечень ШНОР"
        verbose_name_plural = "перечни ШНОР"
        ordering = ["-school_year", "kind", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ListKind.RECEIVED) | ~Q(letter=""),
                name="received_list_has_letter",
                violation_error_message="Для полученного перечня укажите письмо или приказ.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ListKind.FORECAST) | Q(rule_set__isnull=False),
                name="forecast_has_rules",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.APPROVED) | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="approved_list_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="withdrawn_list_has_reason",
                violation_error_message="Укажите, почему перечень отозван.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.year_name}"

    @property
    def year_name(self) -> str:
        """«2025/2026»"""
        return f"{self.school_year - 1}/{self.school_year}"

    @property
    def title(self) -> str:
        """«Региональный перечень», «Прогноз управления»"""
        if self.kind == ListKind.RECEIVED:
            return f"{self.get_level_display().capitalize()} перечень"
        return "Прогноз управления"

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT


class LowResultsEntryQuerySet(models.QuerySet["LowResultsEntry"]):
    def visible_to(self, user: User) -> LowResultsEntryQuerySet:
        """Offices see all of the lists they see; a school sees itself, and only in what was approved."""
        own = user.reach("lists.view_own").organizations
        return self.filter(
            Q(listing__in=LowResultsList.objects.visible_to(user))
            | Q(listing__state=ListState.APPROVED, organization_id__in=own)
        )

    def members(self) -> LowResultsEntryQuerySet:
        """Without the lines that say a school has left («Только в списке 2019 года»)."""
        return self.exclude(trajectory=Trajectory.LEFT)


class LowResultsEntry(models.Model):
    """A school of a list. `reasons` are the low procedures in figures (samples' README, section 7), kept as they were."""

    listing = models.ForeignKey(LowResultsList, models.CASCADE, verbose_name="перечень", related_name="entries")
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="школа", related_name="+")
    reasons = models.JSONField("основания", default=list, blank=True)
    cluster_code = models.CharField("кластер", max_length=10, blank=True)
    cluster_name = models.CharField("название кластера", max_length=120, blank=True)
    project_500 = models.CharField("участие в «500+»", max_length=200, blank=True)
    trajectory = models.CharField("динамика", max_length=10, choices=Trajectory, blank=True, default="")
    trajectory_text = models.CharField("динамика словами", max_length=200, blank=True)
    note = models.CharField("примечание", max_length=500, blank=True)
    added_by_hand = models.BooleanField("внесена вручную", default=False)

    objects = LowResultsEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "школа перечня"
        verbose_name_plural = "школы перечня"
        ordering = ["organization__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "organization"],
                name="school_once_in_list",
                violation_error_message="Эта школа уже в перечне.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.listing}"


class LowResultsEpisode(models.Model):
    """That a school was on lists of one kind from a year to a year: entry, exit and re-entry are episodes, not a flag."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="школа", related_name="low_results_episodes"
    )
    kind = models.CharField("чей список", max_length=10, choices=ListKind)
    level = models.CharField("уровень", max_length=10, choices=ListLevel)
    first_year = models.PositiveSmallIntegerField("вошла")
    last_year = models.PositiveSmallIntegerField("последний год в перечне")
    left_year = models.PositiveSmallIntegerField("вышла", null=True, blank=True)
    lists = models.ManyToManyField(LowResultsList, related_name="episodes", blank=True)

    class Meta:
        verbose_name = "пребывание в перечне"
        verbose_name_plural = "пребывания в перечнях"
        ordering = ["organization", "first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "level"],
                condition=Q(left_year__isnull=True),
                name="one_open_episode",
            ),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="episode_in_order"),
            models.CheckConstraint(
                condition=Q(left_year__isnull=True) | Q(left_year__gt=F("last_year")), name="episode_left_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.first_year}–{self.left_year or '…'}"


class ListUploadQuerySet(models.QuerySet["ListUpload"]):
    def visible_to(self, user: User) -> ListUploadQuerySet:
        """The person who brought the file: it may name schools of many offices."""
        return self.filter(created_by=user)


class ListUpload(models.Model):
    """A file with a received list: what was read of it, checked first, loaded from the same reading afterwards."""

    office = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    name = models.CharField("файл", max_length=255)
    sha256 = models.CharField(max_length=64)
    about = models.JSONField(default=dict)  # school_year, level, letter, letter_date
    rows = models.JSONField(default=list)  # `monitoring.received.Row` as plain values, with "organization"
    answers = models.JSONField(default=dict, blank=True)  # printed name → organisation id, or null: leave it out
    problems = models.JSONField(default=list, blank=True)
    state = models.CharField("состояние", max_length=10, choices=UploadState, default=UploadState.CHECKED)

    objects = ListUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "файл перечня"
        verbose_name_plural = "файлы перечней"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
