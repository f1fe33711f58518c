"""Interviews with heads of schools: questionnaires with versions, prepared answers, notes, conclusions, recommendations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from decisions.models import Clause, Document
from mentoring.enums import InterviewState
from schools.models import Organization, User


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def visible_to(self, user: User) -> QuestionnaireQuerySet:
        return self.filter(authority_id__in=user.reach("care.view").authorities)


class Questionnaire(models.Model):
    """A list of questions the office composes; its words live in versions, and interviews keep the version they began with."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="questionnaires")
    title = models.CharField("название", max_length=200)
    archived = models.BooleanField("в архиве", default=False)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "вопросы для собеседования"
        verbose_name_plural = "вопросы для собеседования"
        ordering = ["archived", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "title"],
                name="questionnaire_title_once",
                violation_error_message="Список вопросов с таким названием уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """A version: `questions` is a list of {"key", "text"}; a key stays with its question through versions, so that last
    time's answer stands beside. A version that an interview uses is never changed."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("версия", default=1)
    questions = models.JSONField("вопросы", default=list)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "версия вопросов"
        verbose_name_plural = "версии вопросов"
        ordering = ["questionnaire", "-number"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once")]

    def __str__(self) -> str:
        return f"{self.questionnaire}, версия {self.number}"


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, user: User) -> InterviewQuerySet:
        return self.filter(
            Q(authority_id__in=user.reach("care.view").authorities)
            | Q(school_id__in=user.reach("care.own").organizations)
        )


class Interview(models.Model):
    """A talk with the head of one school. Several of a day may share one protocol (`document`)."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organization, models.PROTECT, verbose_name="школа", related_name="interviews")
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, verbose_name="вопросы", related_name="interviews")
    day = models.DateField("день собеседования")
    state = models.CharField("состояние", max_length=10, choices=InterviewState, default=InterviewState.PLANNED)
    conclusions = models.TextField("выводы", blank=True, max_length=8000)
    saved = models.PositiveIntegerField(default=1)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="interviews")
    ready_at = models.DateTimeField("ответы готовы", null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = "собеседование"
        verbose_name_plural = "собеседования"
        ordering = ["-day", "school__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "day"],
                name="interview_once_a_day",
                violation_error_message="Собеседование с этой школой на этот день уже назначено.",
            ),
            models.CheckConstraint(
                condition=~Q(state=InterviewState.READY) | Q(ready_at__isnull=False), name="ready_interview_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.day:%d.%m.%Y}"


class InterviewAnswer(models.Model):
    """One question of an interview: what the school wrote before the talk, what was noted during it (the office's own)."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=12)
    text = models.TextField("ответ", blank=True, max_length=8000)
    note = models.TextField("заметка", blank=True, max_length=8000)

    class Meta:
        verbose_name = "ответ на вопрос"
        verbose_name_plural = "ответы на вопросы"
        constraints = [models.UniqueConstraint(fields=["interview", "key"], name="interview_answer_once")]

    def __str__(self) -> str:
        return self.text[:60]


class InterviewAdvice(models.Model):
    """A recommendation given in the talk; a clause of the protocol when that is drafted."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="advice")
    text = models.CharField("рекомендация", max_length=1000)
    due = models.DateField("срок", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    clause = models.ForeignKey(Clause, models.SET_NULL, null=True, blank=True, related_name="interview_advice")

    class Meta:
        verbose_name = "рекомендация собеседования"
        verbose_name_plural = "рекомендации собеседования"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
