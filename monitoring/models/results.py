"""Results as counts of people; rates are computed (`monitoring/indicators.py`). No pupil's data is stored anywhere.

A result is assessment × organisation; each facet (marks, comparison with the journal, primary points, tasks) is a table of its
own with the batch it came from, so that one file can be undone without touching the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q

from config import clock
from monitoring.enums import ResultState, Scope
from monitoring.models.assessments import Assessment
from schools.models import Organization, User


class OfSchoolQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> OfSchoolQuerySet:
        """Offices see their schools; a school (and its curator) sees its own only."""
        reach = user.reach("results.view").authorities
        own = user.reach("results.view_own").organizations
        return self.filter(Q(authority_id__in=reach) | Q(organization_id__in=own))

    def of_year(self, school_year: int) -> OfSchoolQuerySet:
        return self.filter(assessment__school_year=school_year)


class OfSchool(models.Model):
    """One facet of what a school got in an assessment. `authority` repeats the school's office: lists are one index away."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="%(class)s_rows")
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="школа", related_name="%(class)s_rows")
    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    batch = models.ForeignKey(
        "monitoring.ImportBatch", models.PROTECT, null=True, blank=True, related_name="%(class)s_rows"
    )
    source = models.CharField("источник", max_length=20, blank=True)  # the form it was read from; "hand" when entered
    participants = models.PositiveIntegerField("участников", null=True, blank=True)

    objects = OfSchoolQuerySet.as_manager()

    class Meta:
        abstract = True


class Result(OfSchool):
    """Marks of a school. `low` is what a low-result rule counts: people with «2», or below the minimum of ЕГЭ.

    `low` is kept at writing (see `low_of`), so that finding schools again with another threshold reads one column.
    """

    state = models.CharField("состояние", max_length=16, choices=ResultState, default=ResultState.DATA)
    n2 = models.PositiveIntegerField("«2»", null=True, blank=True)
    n3 = models.PositiveIntegerField("«3»", null=True, blank=True)
    n4 = models.PositiveIntegerField("«4»", null=True, blank=True)
    n5 = models.PositiveIntegerField("«5»", null=True, blank=True)
    below_minimum = models.PositiveIntegerField("не преодолели минимум", null=True, blank=True)
    low = models.PositiveIntegerField("с низким результатом", null=True, blank=True)
    mean_score = models.DecimalField("средний балл", max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "результат"
        verbose_name_plural = "результаты"
        ordering = ["assessment", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "organization"],
                name="result_once",
                violation_error_message="Результат этой школы уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(n2__isnull=True, n3__isnull=True, n4__isnull=True, n5__isnull=True)
                | Q(
                    n2__isnull=False,
                    n3__isnull=False,
                    n4__isnull=False,
                    n5__isnull=False,
                    participants=F("n2") + F("n3") + F("n4") + F("n5"),
                ),
                name="marks_sum_to_participants",
                violation_error_message="Отметки в сумме должны дать число участников.",
            ),
            models.CheckConstraint(
                condition=Q(below_minimum__isnull=True)
                | Q(participants__isnull=False, below_minimum__lte=F("participants")),
                name="below_minimum_among_participants",
                violation_error_message="Не преодолевших минимум не может быть больше, чем участников.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(participants__isnull=False, low__lte=F("participants")),
                name="low_among_participants",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "assessment"]),
            models.Index(fields=["authority", "assessment"]),
        ]

    MARKS: ClassVar[tuple[str, ...]] = ("n2", "n3", "n4", "n5")

    def __str__(self) -> str:
        return f"{self.organization}: {self.assessment}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.low = low_of(self.n2, self.below_minimum)
        super().save(*args, **kwargs)
        DataVersion.raise_for({self.authority_id})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        gone = super().delete(*args, **kwargs)
        DataVersion.raise_for({self.authority_id})
        return gone

    @property
    def counts(self) -> dict[int, int] | None:
        """People by mark, or None where marks are not known."""
        if self.n2 is None or self.n3 is None or self.n4 is None or self.n5 is None:
            return None
        return {2: self.n2, 3: self.n3, 4: self.n4, 5: self.n5}


def low_of(n2: int | None, below_minimum: int | None) -> int | None:
    """People a low-result rule counts: those below the minimum of ЕГЭ where it is known, else those with «2»."""
    return below_minimum if below_minimum is not None else n2


class DataVersion(models.Model):
    """How often an office's results were written, and when last: what was computed from them holds while it stands still."""

    authority = models.OneToOneField(Organization, models.CASCADE, primary_key=True, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "версия данных"
        verbose_name_plural = "версии данных"

    def __str__(self) -> str:
        return f"{self.authority}: {self.number}"

    @classmethod
    def raise_for(cls, authorities: Iterable[int]) -> None:
        """One step on for each office, in the order of ids so that two writers never wait for each other in a ring."""
        wanted = sorted(set(authorities))
        cls.objects.bulk_create([cls(authority_id=pk) for pk in wanted], ignore_conflicts=True)
        with transaction.atomic():
            list(cls.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
            cls.objects.filter(pk__in=wanted).update(number=F("number") + 1, changed_at=clock.now())


class JournalComparison(OfSchool):
    """«Сравнение отметок с отметками по журналу»: people; `participants` is the number with both marks."""

    lowered = models.PositiveIntegerField("понизили")
    confirmed = models.PositiveIntegerField("подтвердили")
    raised = models.PositiveIntegerField("повысили")

    class Meta:
        verbose_name = "сравнение с журналом"
        verbose_name_plural = "сравнения с журналом"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "organization"], name="comparison_once"),
            models.CheckConstraint(
                condition=Q(participants=F("lowered") + F("confirmed") + F("raised")),
                name="comparison_sums",
                violation_error_message="Понизившие, подтвердившие и повысившие в сумме должны дать число участников.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.assessment}, сравнение с журналом"


class PointDistribution(OfSchool):
    """People for each primary score: `people[i]` got i points; the list is as long as the maximum plus one."""

    people = models.JSONField("первичные баллы", default=list)

    class Meta:
        verbose_name = "распределение первичных баллов"
        verbose_name_plural = "распределения первичных баллов"
        constraints = [models.UniqueConstraint(fields=["assessment", "organization"], name="points_once")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.assessment}, первичные баллы"


class TaskShares(OfSchool):
    """«Выполнение заданий» (and planned outcomes): per cent of the maximum by task, as printed: `{"1К1": "61.4"}`."""

    tasks = models.JSONField("выполнение заданий", default=dict)

    class Meta:
        verbose_name = "выполнение заданий"
        verbose_name_plural = "выполнение заданий"
        constraints = [models.UniqueConstraint(fields=["assessment", "organization"], name="tasks_once")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.assessment}, задания"


class ReferenceShare(models.Model):
    """Region, country, or a municipality as printed: shown beside, never aggregated.

    `shares` holds per cent as printed: marks `{"2": "5.06", …}`, `comparison`, `points` or `tasks` by facet.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="references")
    scope = models.CharField("по кому", max_length=12, choices=Scope)
    name = models.CharField("название", max_length=255, blank=True)
    code = models.CharField("код", max_length=20, blank=True)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="+")
    facet = models.CharField("что", max_length=12, default="marks")
    participants = models.PositiveIntegerField("участников", null=True, blank=True)
    shares = models.JSONField("доли, %", default=dict)
    mean_score = models.DecimalField("средний балл", max_digits=6, decimal_places=2, null=True, blank=True)
    batch = models.ForeignKey(
        "monitoring.ImportBatch", models.SET_NULL, null=True, blank=True, related_name="references"
    )

    class Meta:
        verbose_name = "показатель региона или страны"
        verbose_name_plural = "показатели региона и страны"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "scope", "name", "facet"], name="reference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.name}: {self.assessment}"

    def share(self, mark: str) -> Decimal | None:
        """Per cent of a mark (or task) as a Decimal, or None where it is not printed."""
        value = self.shares.get(mark)
        return None if value is None else Decimal(str(value))
