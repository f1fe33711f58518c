"""Collecting by form: the office's form on a clause, its versions, and what each addressee fills in.

Which cells a form asks is `FormVersion.layout` (`collecting.model.to_json`); an answer is a flat mapping «place → words».
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from decisions.collecting.model import Layout, from_json
from decisions.models.clauses import Clause
from decisions.models.documents import open_to_offices
from decisions.models.tasks import Assignment
from schools.models import Organization, StoredFile, User


class CollectionFormQuerySet(models.QuerySet["CollectionForm"]):
    def visible_to(self, user: User) -> CollectionFormQuerySet:
        """The office that collects sees the form with everybody's answers; a school comes to it by its own task only."""
        return self.filter(open_to_offices(user, "clause__document__"))


class CollectionForm(models.Model):
    """A form on a clause: each addressee of the clause fills it, filling it is the answer to the task.

    `current` is the version in force, empty until the office has confirmed what is asked. `follows` is the form of an earlier
    period, whose answers are shown beside.
    """

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    clause = models.OneToOneField(Clause, models.CASCADE, related_name="collection_form")
    title = models.CharField("название формы", max_length=200)
    note = models.TextField("как заполнять", blank=True, max_length=2000)
    current = models.ForeignKey(
        "decisions.FormVersion", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="действует"
    )
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by", verbose_name="повторяет форму"
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = CollectionFormQuerySet.as_manager()

    class Meta:
        verbose_name = "форма сбора"
        verbose_name_plural = "формы сбора"

    def __str__(self) -> str:
        return self.title


class FormVersion(models.Model):
    """What a form asks, from its confirming on unchangeable; at most one version is being prepared.

    `template` is the office's own workbook or, for a composed form, the one made when it was confirmed.
    """

    form = models.ForeignKey(CollectionForm, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("версия")
    composed = models.BooleanField("составлена в программе", default=False)
    layout_data = models.JSONField("что спрашивается", default=dict)
    notes = models.JSONField("что заметила программа", default=list)
    changes = models.JSONField("что изменено", default=list)
    template = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    edits = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField("действует с", null=True, blank=True)

    class Meta:
        verbose_name = "версия формы"
        verbose_name_plural = "версии форм"
        ordering = ["form", "number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["form"],
                condition=Q(published_at__isnull=True),
                name="one_form_version_prepared",
                violation_error_message="Новая версия этой формы уже готовится.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(template__isnull=False), name="form_in_force_has_workbook"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}, версия {self.number}"

    @property
    def layout(self) -> Layout:
        return from_json(self.layout_data)


class FormAnswerQuerySet(models.QuerySet["FormAnswer"]):
    def visible_to(self, user: User) -> FormAnswerQuerySet:
        return self.filter(assignment__in=Assignment.objects.visible_to(user))


class FormAnswer(models.Model):
    """What one addressee has in the form: `values` as they stand, `sent_values` as they were last sent.

    Keys are those of `form_version` (`sent_version` for what was sent). `number` counts savings: it guards against two people
    at once. `kept` are words that found no place in a changed form: «heading», «words».
    """

    form = models.ForeignKey(CollectionForm, models.PROTECT, related_name="answers")
    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="form_answer")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    values = models.JSONField("заполнено", default=dict)
    number = models.PositiveIntegerField(default=0)
    kept = models.JSONField("не вошло в новую версию", default=list)
    sent_values = models.JSONField("отправлено", null=True, blank=True)
    sent_version = models.ForeignKey(FormVersion, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = FormAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "ответ по форме"
        verbose_name_plural = "ответы по формам"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_values__isnull=True) | Q(sent_version__isnull=False, sent_at__isnull=False),
                name="sent_form_has_version_and_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment.organization}: {self.form}"


class How(models.TextChoices):
    """How a saving came about."""

    BROWSER = "browser", "заполнено на странице"
    FILE = "file", "взято из файла"
    BEFORE = "before", "перенесено с прошлого раза"
    BELOW = "below", "собрано из ответов школ"
    VERSION = "version", "перенесено в новую версию формы"
    BACK = "back", "возвращено прежнее"


class FormRevision(models.Model):
    """One saving of an answer, never changed: nothing a person typed or sent by file is lost. `file` is the original."""

    answer = models.ForeignKey(FormAnswer, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField("номер")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    how = models.CharField("как", max_length=10, choices=How)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("когда", default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "сохранение ответа"
        verbose_name_plural = "сохранения ответов"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="form_revision_once")]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {self.at:%d.%m.%Y %H:%M}"
