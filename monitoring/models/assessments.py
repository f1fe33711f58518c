"""Assessments: what was held, in which school year, subject and grade; and how many pupils there were to take part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from monitoring.enums import Held, Level, Procedure, Wave
from schools.models import Organization, User


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> AssessmentQuerySet:
        """Federal and regional procedures are common knowledge of those who see results; a control work is its office's."""
        if not (user.may("results.view") or user.may("results.view_own")):
            return self.none()
        own = user.reach("results.view_own")
        reach = user.reach("results.view").authorities | own.parents
        return self.filter(Q(authority__isnull=True) | Q(authority_id__in=reach))


class Assessment(models.Model):
    """One assessment: procedure × school year × subject × grade × level × wave (and title, date, office of a control work).

    `school_year` is the year it ends in: 2026 is «2025/2026». `grade` is 0 where the procedure has none (ОГЭ, ЕГЭ).
    """

    procedure = models.CharField("процедура", max_length=8, choices=Procedure)
    school_year = models.PositiveSmallIntegerField("учебный год")
    subject = models.CharField("предмет", max_length=80)
    grade = models.PositiveSmallIntegerField("класс", default=0)
    level = models.CharField("уровень", max_length=8, choices=Level, blank=True, default="")
    wave = models.CharField("срок проведения", max_length=8, choices=Wave, blank=True, default="")
    title = models.CharField("название работы", max_length=200, blank=True, default="")
    date = models.DateField("дата", null=True, blank=True)
    max_points = models.PositiveSmallIntegerField("наибольший первичный балл", null=True, blank=True)
    mark_bounds = models.JSONField("баллы для отметок", default=dict, blank=True)  # {"3": 8, "4": 12, "5": 16}
    authority = models.ForeignKey(
        Organization, models.CASCADE, verbose_name="проводит", null=True, blank=True, related_name="+"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "оценочная процедура"
        verbose_name_plural = "оценочные процедуры"
        ordering = ["-school_year", "procedure", "grade", "subject", "level", "wave", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "school_year", "subject", "grade", "level", "wave", "title"],
                condition=Q(authority__isnull=True),
                name="assessment_once",
                violation_error_message="Такая процедура уже есть.",
            ),
            models.UniqueConstraint(
                fields=["authority", "procedure", "school_year", "subject", "grade", "level", "wave", "title"],
                condition=Q(authority__isnull=False),
                name="assessment_of_office_once",
                violation_error_message="Такая работа уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(school_year__gte=2000) & Q(school_year__lte=2100),
                name="assessment_year_sane",
                violation_error_message="Учебный год — от 1999/2000 до 2099/2100.",
            ),
            models.CheckConstraint(
                condition=Q(grade__lte=11),
                name="assessment_grade_sane",
                violation_error_message="Класс — число от 1 до 11.",
            ),
            models.CheckConstraint(
                condition=~Q(procedure=Procedure.WORK) | Q(authority__isnull=False),
                name="control_work_has_office",
                violation_error_message="Для контрольной работы укажите, кто её проводит.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_name}, {self.year_name}"

    @property
    def year_name(self) -> str:
        """«2025/2026»"""
        return f"{self.school_year - 1}/{self.school_year}"

    @property
    def subject_name(self) -> str:
        """«Математика (профиль)»"""
        return f"{self.subject} ({self.level})" if self.level else self.subject

    @property
    def short_name(self) -> str:
        """«ВПР, Математика, 5 класс»"""
        parts = [self.title or str(self.procedure), self.subject_name]
        if self.grade:
            parts.append(f"{self.grade} класс")
        if self.wave:
            parts.append(self.get_wave_display())
        return ", ".join(parts)


class Holding(models.Model):
    """That an assessment was not held in an office or a school: differs from having no data."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="holdings")
    organization = models.ForeignKey(Organization, models.CASCADE, verbose_name="где", related_name="+")
    held = models.CharField("проводилась", max_length=10, choices=Held, default=Held.NOT_HELD)
    objective = models.BooleanField("с контролем объективности", default=False)
    reason = models.CharField("почему", max_length=300, blank=True)

    class Meta:
        verbose_name = "проведение процедуры"
        verbose_name_plural = "проведение процедур"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "organization"],
                name="holding_once",
                violation_error_message="Об этом уже сказано.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.organization}, {self.get_held_display()}"


class GradeSize(models.Model):
    """Pupils of a grade of a school in a school year: what participants are checked against."""

    organization = models.ForeignKey(Organization, models.CASCADE, verbose_name="школа", related_name="grade_sizes")
    school_year = models.PositiveSmallIntegerField("учебный год")
    grade = models.PositiveSmallIntegerField("класс")
    pupils = models.PositiveIntegerField("обучающихся")

    class Meta:
        verbose_name = "обучающихся в классе"
        verbose_name_plural = "обучающихся по классам"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year", "grade"],
                name="grade_size_once",
                violation_error_message="Число обучающихся этого класса уже указано.",
            ),
            models.CheckConstraint(condition=Q(grade__gte=1) & Q(grade__lte=11), name="grade_size_grade_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.grade} класс: {self.pupils}"
