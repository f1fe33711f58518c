"""Clauses: a tree that keeps the printed numbers, with deadlines, parties and the questions of the program.

Inherited values are stored once, on the ancestor: `decisions/outline.py` works out what holds for each clause.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from config import clock
from decisions.enums import (
    AnswerKind,
    Circulation,
    Control,
    DeadlineKind,
    Nature,
    PartyRole,
    PartyType,
    QuestionField,
    QuestionState,
)
from decisions.models.documents import AgendaItem, Document, open_to_offices
from schools.models import Organization, Person, SchoolGroup, StoredFile, User
from schools.search import normalized
from schools.word_forms import lemma_words


class ClauseQuerySet(models.QuerySet["Clause"]):
    def visible_to(self, user: User) -> ClauseQuerySet:
        """Offices see the documents open to them; a school sees a full document whole, a restricted one by its own tasks and their headings."""
        own = user.reach("document.view_own").organizations
        rows = open_to_offices(user, "document__")
        if own:
            mine = Clause.objects.filter(
                Q(assignments__organization_id__in=own) | Q(assignments__co_executors__organization_id__in=own)
            )
            documents = Document.objects.given_to(own).values("pk")
            rows |= Q(document__in=documents, document__circulation=Circulation.FULL)
            # own clauses and the headings above them; a printed outline is never deeper than five levels
            shown = Q(pk__in=mine.values("pk"))
            for above in (
                "parent",
                "parent__parent",
                "parent__parent__parent",
                "parent__parent__parent__parent",
            ):
                shown |= Q(pk__in=mine.filter(**{f"{above}__isnull": False}).values(above))
            rows |= Q(document__in=documents) & shown
        tasks, care = user.reach("task.view").organizations, user.reach("task.view_care").organizations
        if tasks:
            rows |= Q(pk__in=Clause.objects.filter(assignments__organization_id__in=tasks).values("pk"))
        if care:  # a curator sees tasks of the school that are about quality, not its papers
            helped = Clause.objects.filter(assignments__organization_id__in=care, assignments__about_quality=True)
            rows |= Q(pk__in=helped.values("pk"))
        return self.filter(rows)


class Clause(models.Model):
    """One decision. `position` orders the whole document, `parent` makes the tree, `number` is as printed.

    Printed numbers are not unique; `path` is, inside its document. Deadline columns are this clause's own (inherited ones
    stand on the ancestor); `version` guards against two people editing one clause.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField("порядок", default=0)
    path = models.CharField("путь", max_length=120)
    number = models.CharField("номер", max_length=40, default="-")
    text = models.TextField("текст")
    nature = models.CharField("что это", max_length=12, choices=Nature, default=Nature.ORDERS)
    agenda_item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="clauses")
    span = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    control = models.CharField("контроль", max_length=10, choices=Control, default=Control.CONTROL)
    answer_kind = models.CharField(
        "что считать ответом",
        max_length=10,
        choices=AnswerKind,
        default=AnswerKind.TEXT,
    )
    about_quality = models.BooleanField("показывать кураторам", null=True, blank=True)  # None: by the words
    control_date = models.DateField("контрольная дата", null=True, blank=True)
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

    deadline_kind = models.CharField("срок", max_length=12, choices=DeadlineKind, default=DeadlineKind.NONE)
    deadline_start = models.DateField("с", null=True, blank=True)
    deadline_due = models.DateField("до", null=True, blank=True)
    deadline_text = models.CharField("срок словами", max_length=300, blank=True)
    deadline_rule = models.CharField(max_length=200, blank=True)
    deadline_rrule = models.CharField("повторение", max_length=200, blank=True)
    deadline_days = models.PositiveIntegerField(null=True, blank=True)
    deadline_months = models.PositiveIntegerField(null=True, blank=True)
    deadline_unit = models.CharField(max_length=10, blank=True)
    deadline_span = models.JSONField(default=list, blank=True)
    search = models.TextField(editable=False, default="")
    lemmas = models.TextField(editable=False, default="")  # dictionary forms, for the search

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = "пункт"
        verbose_name_plural = "пункты"
        ordering = ["document", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "path"], name="clause_path_once"),
            models.CheckConstraint(
                condition=Q(deadline_start__isnull=True)
                | Q(deadline_due__isnull=True)
                | Q(deadline_due__gte=F("deadline_start")),
                name="deadline_ends_after_start",
                violation_error_message="Срок не может закончиться раньше, чем начался.",
            ),
        ]
        indexes = [models.Index(fields=["document", "position"])]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The columns of search follow the text."""
        only = kwargs.get("update_fields")
        if only is None or "text" in only:
            self.search, self.lemmas = normalized(self.text), lemma_words(self.text)
            kwargs |= {"update_fields": {*only, "search", "lemmas"}} if only is not None else {}
        super().save(*args, **kwargs)

    @property
    def is_heading(self) -> bool:
        return self.nature == Nature.HEADING

    @property
    def level(self) -> int:
        """Depth in the tree: 0 at the top. Walks parents already loaded by `outline.load`."""
        depth, node = 0, self.parent
        while node is not None:
            depth, node = depth + 1, node.parent
        return depth

    @property
    def has_form(self) -> bool:
        """Whether a form to fill hangs on the clause and is in force."""
        form = getattr(self, "collection_form", None)
        return form is not None and form.current_id is not None

    @property
    def shown_number(self) -> str:
        return "" if self.number == "-" else self.number

    @property
    def called(self) -> str:
        """How a sentence names the clause: by its number, by its first words where none is printed."""
        words = self.text.split()
        return self.shown_number or f"«{' '.join(words[:4]).rstrip(' ,.;:')}{'…' if len(words) > 4 else ''}»"


class Addressee(models.Model):
    """A party of a clause, as printed and as understood: an organisation, a person, a group or a post."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="parties")
    role = models.CharField("роль", max_length=12, choices=PartyRole, default=PartyRole.RESPONSIBLE)
    type = models.CharField("кто это", max_length=10, choices=PartyType)
    text = models.CharField("как напечатано", max_length=1000)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        verbose_name="организация",
        null=True,
        blank=True,
        related_name="+",
    )
    group = models.ForeignKey(
        SchoolGroup,
        models.PROTECT,
        verbose_name="группа",
        null=True,
        blank=True,
        related_name="+",
    )
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        verbose_name="сотрудник",
        null=True,
        blank=True,
        related_name="+",
    )
    span = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "исполнитель"
        verbose_name_plural = "исполнители"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Question(models.Model):
    """What the program doubts: answered or left as is by a person before registering.

    `clauses` has one row for an ordinary question and many for a question about a block; `data` holds what the answer
    buttons need (`candidate` organisation ids, suggested dates as ISO strings, the printed words).
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="questions")
    field = models.CharField("о чём", max_length=12, choices=QuestionField)
    text = models.CharField("вопрос", max_length=500)
    clauses = models.ManyToManyField(Clause, related_name="questions", blank=True)
    position = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict, blank=True)
    state = models.CharField("состояние", max_length=10, choices=QuestionState, default=QuestionState.OPEN)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "вопрос программы"
        verbose_name_plural = "вопросы программы"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class ClauseFile(models.Model):
    """An annex of a clause: a form or a list that the addressees need."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "приложение к пункту"
        verbose_name_plural = "приложения к пунктам"

    def __str__(self) -> str:
        return self.file.name


class ClauseGroundQuerySet(models.QuerySet["ClauseGround"]):
    def visible_to(self, user: User) -> ClauseGroundQuerySet:
        """The office, and of a school its head only: a curator or a colleague sees the task, not the figures behind it."""
        own = user.reach("document.view_own").organizations
        return self.filter(
            open_to_offices(user, "clause__document__")
            | Q(clause__document__in=Document.objects.visible_to(user).values("pk"), organization_id__in=own)
        )


class ClauseGround(models.Model):
    """Why this school: figures kept at the moment of selection, shown to that school and the office only."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="grounds")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    text = models.TextField("основание")
    data_date = models.DateField("по данным на", null=True, blank=True)

    objects = ClauseGroundQuerySet.as_manager()

    class Meta:
        verbose_name = "основание"
        verbose_name_plural = "основания"
        constraints = [models.UniqueConstraint(fields=["clause", "organization"], name="ground_once")]

    def __str__(self) -> str:
        return self.text[:60]
