"""Tasks: one clause × one organisation × one occurrence, their history, and the answers of schools."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from config import clock
from decisions import task_states
from decisions.enums import ReportState, TaskState, Verdict
from decisions.models.clauses import Clause
from decisions.models.documents import Document
from decisions.models.participants import CoExecutor
from schools.models import Organization, StoredFile, User

OPEN_STATES = (
    TaskState.ASSIGNED,
    TaskState.ACKNOWLEDGED,
    TaskState.IN_WORK,
    TaskState.RETURNED,
)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> AssignmentQuerySet:
        """Tasks an office gave, those of the person's own organisations, and those given to an authority it looks into.

        A curator helps with the quality of education: of a school in care only such tasks are seen.
        """
        reach = user.reach("task.view")
        rows = (
            Q(authority_id__in=reach.authorities)
            | Q(organization_id__in=reach.organizations)
            | Q(organization_id__in=reach.authorities)
        )
        if care := user.reach("task.view_care").organizations:
            rows |= Q(organization_id__in=care, about_quality=True)
        own = user.reach("task.answer").organizations
        if own:  # a co-executor sees the task too, the answer is the responsible one's
            rows |= Q(pk__in=CoExecutor.objects.filter(organization_id__in=own).values("assignment"))
        return self.filter(rows)

    def open(self) -> AssignmentQuerySet:
        """Waiting for the school: not yet answered or returned."""
        return self.filter(state__in=OPEN_STATES)

    def unfinished(self) -> AssignmentQuerySet:
        return self.filter(state__in=[*OPEN_STATES, TaskState.ON_CHECK])

    def overdue_on(self, day: dt.date) -> AssignmentQuerySet:
        """Computed, never stored: an open task, on control, not merely recommended, whose effective day has passed."""
        return self.open().filter(effective_due__lt=day, recommended=False, reports=True)


class Assignment(models.Model):
    """A task of a school (not of a person). Dates: `due` as written, `effective_due` moved off days off.

    Overdue is computed. `answered_on` is the day of the accepted or waiting answer: it decides «в срок», not the check.
    `about_quality` lets the school's curator see it. `reports` is false for «в работу без отчёта»: shown, never overdue. `version` guards against two people at once.
    """

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="assignments")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="assignments")
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        verbose_name="исполнитель",
        related_name="assignments",
    )
    occurrence = models.PositiveIntegerField("повторение", default=1)
    state = models.CharField("состояние", max_length=15, choices=TaskState, default=TaskState.ASSIGNED)
    reports = models.BooleanField("с отчётом", default=True)
    recommended = models.BooleanField("рекомендовано", default=False)
    ongoing = models.BooleanField("постоянно", default=False)
    about_quality = models.BooleanField("о качестве образования", default=False)
    due = models.DateField("срок", null=True, blank=True)
    effective_due = models.DateField("действующий срок", null=True, blank=True)
    checker = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name="проверяет",
        null=True,
        blank=True,
        related_name="+",
    )
    controller = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name="контролирует",
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField("назначено", default=clock.now)
    first_seen_at = models.DateTimeField("просмотрено", null=True, blank=True)
    answered_on = models.DateField("ответ получен", null=True, blank=True)
    closed_on = models.DateField("закрыто", null=True, blank=True)
    last_remark = models.TextField("замечание", blank=True)
    not_ours_reason = models.TextField("почему не относится к школе", blank=True)
    not_done = models.BooleanField("закрыто как не исполненное", default=False)
    version = models.PositiveIntegerField(default=1)

    words: str  # the clause's text as one person may read it; set by `excerpts.with_words`

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "поручение"
        verbose_name_plural = "поручения"
        ordering = ["effective_due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "organization", "occurrence"], name="assignment_once"),
            models.CheckConstraint(
                condition=~Q(state=TaskState.DONE) | Q(answered_on__isnull=False),
                name="done_task_has_answer_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TaskState.WITHDRAWN, TaskState.CANCELLED]) | Q(closed_on__isnull=False),
                name="closed_task_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "state", "effective_due"]),
            models.Index(fields=["authority", "state", "effective_due"]),
            models.Index(fields=["document", "organization"]),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.clause}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def is_overdue(self, today: dt.date) -> bool:
        return bool(
            self.is_open
            and self.reports
            and not self.recommended
            and self.effective_due is not None
            and self.effective_due < today
        )

    def outcome(self, today: dt.date) -> task_states.Outcome:
        """How it stands or ended: see `task_states.outcome`."""
        return task_states.outcome(
            self.state,
            today=today,
            due=self.effective_due,
            answered_on=self.answered_on,
            controlled=self.reports and not self.recommended,
            not_done=self.not_done,
        )

    @property
    def done_late(self) -> bool:
        """«Исполнено с нарушением срока»: the day of the answer is after the effective day."""
        return bool(
            self.state in (TaskState.DONE, TaskState.WITHDRAWN, TaskState.ON_CHECK)
            and not self.recommended
            and self.answered_on
            and self.effective_due
            and self.answered_on > self.effective_due
        )


class AssignmentEvent(models.Model):
    """History of a task: who, when, what, in words. Never changed."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="events")
    at = models.DateTimeField("когда", default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("что", max_length=60)
    state = models.CharField("стало", max_length=15, choices=TaskState, blank=True)
    comment = models.TextField("пояснение", blank=True)
    acting = models.CharField("исполнял обязанности", max_length=300, blank=True)
    report = models.ForeignKey(
        "decisions.ExecutionReport",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "событие поручения"
        verbose_name_plural = "история поручений"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y} {self.kind}"


class ExecutionReportQuerySet(models.QuerySet["ExecutionReport"]):
    def visible_to(self, user: User) -> ExecutionReportQuerySet:
        """The office and a curator see what was sent (a curator, of answers to tasks about quality); a school all its own."""
        reach, care = user.reach("task.view"), user.reach("task.view_care").organizations
        rows = Q(document__authority_id__in=reach.authorities, state=ReportState.SENT)
        rows |= Q(organization_id__in=reach.organizations) | Q(organization_id__in=reach.authorities)
        if care:
            helped = ReportItem.objects.filter(assignment__about_quality=True)
            rows |= Q(organization_id__in=care, state=ReportState.SENT, pk__in=helped.values("report"))
        return self.filter(rows)


class ExecutionReport(models.Model):
    """One answer of a school to one or many clauses of a document, with shared files."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="reports")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="reports")
    state = models.CharField("состояние", max_length=10, choices=ReportState, default=ReportState.DRAFT)
    text = models.TextField("что сделано", blank=True)
    link = models.URLField("страница сайта", blank=True, max_length=500)
    on_paper = models.BooleanField("принято на бумаге", default=False)
    created_by = models.ForeignKey(User, models.PROTECT, verbose_name="подготовил", related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("отправлен", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ExecutionReportQuerySet.as_manager()

    class Meta:
        verbose_name = "отчёт об исполнении"
        verbose_name_plural = "отчёты об исполнении"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(sent_at__isnull=False),
                name="sent_report_has_moment",
            ),
            models.UniqueConstraint(
                fields=["document", "organization"],
                condition=Q(state=ReportState.DRAFT),
                name="one_draft_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: ответ по «{self.document}»"


class ReportItem(models.Model):
    """The answer to one task inside a report, with the checker's verdict."""

    report = models.ForeignKey(ExecutionReport, models.CASCADE, related_name="items")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="answers")
    text = models.TextField("дополнение к пункту", blank=True)
    verdict = models.CharField("решение", max_length=10, choices=Verdict, default=Verdict.WAITING)
    remark = models.TextField("замечание", blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "ответ по пункту"
        verbose_name_plural = "ответы по пунктам"
        constraints = [
            models.UniqueConstraint(fields=["report", "assignment"], name="answer_once_in_report"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.RETURNED) | ~Q(remark=""),
                name="returned_with_reason",
                violation_error_message="Напишите, что исправить.",
            ),
        ]
        indexes = [models.Index(fields=["verdict", "assignment"])]

    def __str__(self) -> str:
        return f"{self.assignment}"


class ReportFile(models.Model):
    report = models.ForeignKey(ExecutionReport, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "файл ответа"
        verbose_name_plural = "файлы ответов"

    def __str__(self) -> str:
        return self.file.name
