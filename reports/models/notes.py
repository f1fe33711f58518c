"""Analytical notes: figures of a stated moment, sections drafted from them and edited by people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from monitoring.models import Direction
from reports.enums import NoteState, SectionKind
from schools.models import Organization, User


class AnalyticalNoteQuerySet(models.QuerySet["AnalyticalNote"]):
    def visible_to(self, user: User) -> AnalyticalNoteQuerySet:
        """The office's own notes with their drafts; whoever only watches sees what was approved."""
        return self.filter(
            Q(authority_id__in=user.reach("cycle.edit").authorities)
            | Q(authority_id__in=user.reach("cycle.view").authorities, state=NoteState.APPROVED)
        )


class AnalyticalNote(models.Model):
    """A note of a school year. `figures` is the snapshot it speaks of (see `reports.notes.figures`), taken at `figures_at`;
    `figures_before` is the one it replaced, so that what changed can be shown beside edited words."""

    authority = models.ForeignKey(Organization, models.PROTECT, verbose_name="орган управления", related_name="+")
    school_year = models.PositiveSmallIntegerField("учебный год")
    direction = models.ForeignKey(
        Direction, models.SET_NULL, verbose_name="направление", null=True, blank=True, related_name="notes"
    )
    title = models.CharField("о чём", max_length=300)
    number = models.CharField("номер", max_length=40, blank=True)
    state = models.CharField("состояние", max_length=10, choices=NoteState, default=NoteState.DRAFT)
    figures = models.JSONField(default=dict)
    figures_at = models.DateTimeField("данные на", default=clock.now)
    figures_before = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("утверждена", null=True, blank=True)

    objects = AnalyticalNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "аналитическая справка"
        verbose_name_plural = "аналитические справки"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=NoteState.APPROVED) | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="approved_note_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(school_year__gte=2000) & Q(school_year__lte=2100), name="note_year_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def year_name(self) -> str:
        return f"{self.school_year - 1}/{self.school_year}"

    @property
    def is_open(self) -> bool:
        return self.state == NoteState.DRAFT


class NoteSection(models.Model):
    """A section: `drafted` is what the program said of the figures, `text` what is printed. Edited words survive a recalculation."""

    note = models.ForeignKey(AnalyticalNote, models.CASCADE, related_name="sections")
    kind = models.CharField("раздел", max_length=16, choices=SectionKind)
    included = models.BooleanField("печатать", default=True)
    drafted = models.TextField("составлено программой", blank=True)
    text = models.TextField("текст", blank=True)
    edited = models.BooleanField("правлено", default=False)
    stale = models.BooleanField("данные изменились после правки", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "раздел справки"
        verbose_name_plural = "разделы справки"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["note", "kind"], name="note_section_once")]

    def __str__(self) -> str:
        return self.get_kind_display()
