"""Protocols and orders: their life, people, agenda, numbers, and the log of edits that makes undo possible."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from config import clock
from decisions.enums import (
    IN_THE_OPEN,
    Circulation,
    DocumentKind,
    DocumentState,
    Entry,
    ParticipantRole,
    PartKind,
    SpeechKind,
)
from schools.models import Organization, Person, StoredFile, User
from schools.search import normalized
from schools.word_forms import lemma_words

if TYPE_CHECKING:
    from decisions.models.clauses import Clause


class CollegialBody(models.Model):
    """A council, commission or journal that numbers its documents by itself."""

    authority = models.ForeignKey(
        Organization,
        models.CASCADE,
        verbose_name="орган управления",
        related_name="bodies",
    )
    name = models.CharField("название", max_length=200)
    name_genitive = models.CharField("в родительном падеже", max_length=200, blank=True)

    class Meta:
        verbose_name = "коллегиальный орган или журнал"
        verbose_name_plural = "коллегиальные органы и журналы"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="body_name_once")]

    def __str__(self) -> str:
        return self.name


def open_to_offices(user: User, to: str = "") -> Q:
    """Documents that a person sees for an office; `to` is the way to them («document__»).

    Who may edit sees all; who only watches (an observer) those that were registered: a draft decides nothing yet.
    """
    edited, watched = user.reach("document.edit").authorities, user.reach("document.view").authorities
    return Q(**{f"{to}authority_id__in": edited}) | Q(
        **{f"{to}authority_id__in": watched, f"{to}state__in": IN_THE_OPEN}
    )


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> DocumentQuerySet:
        """Offices: `open_to_offices`. A school sees sent documents that gave it a task or name it.

        What a school sees *inside* a document is `Clause.visible_to` and `Document.circulation`.
        """
        own = user.reach("document.view_own").organizations
        rows = open_to_offices(user)
        if own:
            rows |= Q(
                state=DocumentState.SENT,
                pk__in=Document.objects.given_to(own).values("pk"),
            )
        return self.filter(rows)

    def given_to(self, organizations: Collection[int]) -> DocumentQuerySet:
        """Sent documents that gave one of the organisations a task, as the responsible one or as a co-executor."""
        return self.filter(state=DocumentState.SENT).filter(
            Q(assignments__organization_id__in=organizations)
            | Q(assignments__co_executors__organization_id__in=organizations)
        )

    def tops(self) -> DocumentQuerySet:
        return self.filter(part_of__isnull=True)


def whole_papers(*paths: str) -> list[str]:
    """The two heavy columns of documents joined at `paths`, to be deferred wherever many rows of one document are read."""
    return [f"{path}__{column}" for path in paths for column in ("source_text", "reading")]


class Document(models.Model):
    """A protocol, order or annex. From registration on number and text are locked; the paper's words never change here.

    `source_text` is what the spans of clauses index; `reading` keeps what was read, as it was read.
    """

    authority = models.ForeignKey(
        Organization,
        models.PROTECT,
        verbose_name="орган управления",
        related_name="documents",
    )
    part_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    part_kind = models.CharField("часть файла", max_length=10, choices=PartKind, default=PartKind.OURS)
    part_order = models.PositiveSmallIntegerField(default=0)
    in_pursuance_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name="во исполнение",
        null=True,
        blank=True,
        related_name="carried_out_by",
    )
    kind = models.CharField("вид", max_length=20, choices=DocumentKind, default=DocumentKind.PROTOCOL)
    entry = models.CharField("как появился", max_length=10, choices=Entry, default=Entry.PAPER)
    state = models.CharField("состояние", max_length=20, choices=DocumentState, default=DocumentState.DRAFT)
    circulation = models.CharField("рассылка", max_length=10, choices=Circulation, default=Circulation.FULL)

    issuer = models.CharField("кто издал", max_length=500, blank=True)
    body = models.ForeignKey(
        CollegialBody,
        models.PROTECT,
        verbose_name="журнал",
        null=True,
        blank=True,
        related_name="documents",
    )
    meeting = models.CharField("что проводилось", max_length=500, blank=True)
    title = models.TextField("заголовок", blank=True)
    preamble = models.TextField("преамбула", blank=True)
    number = models.CharField("номер", max_length=40, blank=True)
    date = models.DateField("дата", null=True, blank=True)
    place = models.CharField("место", max_length=120, blank=True)
    attendees_count = models.PositiveIntegerField("присутствовало", null=True, blank=True)
    attachments = models.JSONField("приложения", default=list, blank=True)

    source_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    source_name = models.CharField("из файла", max_length=255, blank=True)
    source_text = models.TextField("исходный текст", blank=True)
    reading = models.JSONField(default=dict, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    span = models.JSONField(default=list, blank=True)

    structure_version = models.PositiveIntegerField(default=1)
    header_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, verbose_name="внёс", related_name="+")
    created_at = models.DateTimeField("создан", default=clock.now)
    saved_at = models.DateTimeField("сохранён", default=clock.now)
    sent_to_sign_at = models.DateTimeField("передан на подпись", null=True, blank=True)
    signed_on = models.DateField("подписан", null=True, blank=True)
    signed_by = models.CharField("кто подписал", max_length=200, blank=True)
    signed_scan = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        verbose_name="скан",
        null=True,
        blank=True,
        related_name="+",
    )
    registered_at = models.DateTimeField("зарегистрирован", null=True, blank=True)
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("разослан", null=True, blank=True)
    annulled_reason = models.TextField("почему аннулирован", blank=True)
    search = models.TextField(editable=False, default="")
    lemmas = models.TextField(editable=False, default="")  # dictionary forms, for the search

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "signing", "signed"])
                | Q(date__isnull=False)
                | Q(part_of__isnull=False),
                name="registered_document_has_date",
                violation_error_message="У зарегистрированного документа должна быть дата.",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "state", "-date"]),
            models.Index(fields=["authority", "-date"]),
        ]

    def __str__(self) -> str:
        return self.short_title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The columns of search follow number and headings."""
        only = kwargs.get("update_fields")
        if only is None or {"number", "meeting", "title"} & set(only):
            words = f"{self.number} {self.meeting} {self.title}"
            self.search, self.lemmas = normalized(words), lemma_words(words)
            kwargs |= {"update_fields": {*only, "search", "lemmas"}} if only is not None else {}
        super().save(*args, **kwargs)

    @property
    def is_locked(self) -> bool:
        """The paper's words are locked as soon as it goes to be signed."""
        return self.state != DocumentState.DRAFT

    @property
    def is_live(self) -> bool:
        return self.state == DocumentState.SENT

    @property
    def short_title(self) -> str:
        """«Протокол № 6 от 16.07.2021»"""
        number = f" № {self.number}" if self.number else ""
        date = f" от {self.date:%d.%m.%Y}" if self.date else ""
        return f"{self.get_kind_display().capitalize()}{number}{date}"

    @property
    def long_title(self) -> str:
        """The heading of a page: what was held or what the order is about, or the short title."""
        about = self.meeting if self.kind == DocumentKind.PROTOCOL else self.title
        return f"{self.short_title}: {about}" if about else self.short_title

    def ordered_clauses(self) -> models.QuerySet[Clause]:
        return self.clauses.order_by("position", "pk")


class Participation(models.Model):
    """A person named in the heading, as printed, linked to the registry where known."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="participants")
    role = models.CharField("роль", max_length=20, choices=ParticipantRole, default=ParticipantRole.PRESENT)
    name = models.CharField("фамилия и инициалы", max_length=200)
    post = models.CharField("должность", max_length=300, blank=True)
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "участник"
        verbose_name_plural = "участники"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    document = models.ForeignKey(Document, models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField("номер")
    text = models.TextField("вопрос")
    speaker = models.CharField("докладчик", max_length=300, blank=True)

    class Meta:
        verbose_name = "вопрос повестки"
        verbose_name_plural = "повестка дня"
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Speech(models.Model):
    """СЛУШАЛИ / ВЫСТУПИЛИ under an agenda item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="speeches")
    kind = models.CharField("вид", max_length=10, choices=SpeechKind)
    speaker = models.CharField("кто", max_length=300, blank=True)
    text = models.TextField("о чём", blank=True)

    class Meta:
        verbose_name = "выступление"
        verbose_name_plural = "выступления"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.speaker}"


class EditOperation(models.Model):
    """One reversible edit of a draft: what it set and what stood there before, so that undo survives a reload."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="operations")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    label = models.CharField("что сделано", max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "правка"
        verbose_name_plural = "правки"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.label


class NumberSeries(models.Model):
    """The locked counter of one authority, kind, journal and year; `pattern` as «{n}» or «{n}-р»."""

    authority = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=20, choices=DocumentKind)
    body = models.ForeignKey(CollegialBody, models.CASCADE, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField("год")
    last = models.PositiveIntegerField("последний номер", default=0)
    pattern = models.CharField("вид номера", max_length=40, default="{n}")

    class Meta:
        verbose_name = "нумерация"
        verbose_name_plural = "нумерация"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "body", "year"],
                condition=Q(body__isnull=False),
                name="one_series_of_body",
            ),
            models.UniqueConstraint(
                fields=["authority", "kind", "year"],
                condition=Q(body__isnull=True),
                name="one_series_of_kind",
            ),
            models.CheckConstraint(
                condition=Q(pattern__contains="{n}"),
                name="pattern_has_number",
                violation_error_message="В образце номера должно быть {n}.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.year}"


class UsedNumber(models.Model):
    """A number taken in a series by the program or typed. Annulling the registration frees it (`freed_at`) for the same paper
    entered again; the row stays as history, and the counter never hands the number out by itself."""

    series = models.ForeignKey(NumberSeries, models.CASCADE, related_name="used")
    number = models.CharField(max_length=40)
    document = models.OneToOneField(Document, models.PROTECT, related_name="used_number")
    typed = models.BooleanField(default=False)
    freed_at = models.DateTimeField("освобождён", null=True, blank=True)

    class Meta:
        verbose_name = "занятый номер"
        verbose_name_plural = "занятые номера"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                condition=Q(freed_at__isnull=True),
                name="number_used_once",
                violation_error_message="Этот номер уже занят.",
            ),
        ]

    def __str__(self) -> str:
        return self.number
