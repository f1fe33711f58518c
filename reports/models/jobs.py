"""Background jobs that make papers: rows with a lease, progress and a result, found by the scan of the heavy queue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from reports.enums import JobKind, JobState
from schools.models import Organization, StoredFile, User


class PaperJobQuerySet(models.QuerySet["PaperJob"]):
    def visible_to(self, user: User) -> PaperJobQuerySet:
        """What a person asked for is that person's, while the right to see what is in it lasts: a paper may hold what another
        may not see, and a curator whose term is over, or a methodist who has moved to a school, is another."""
        notes = user.reach("cycle.view").authorities
        documents = user.reach("document.view").authorities
        schools = Q(authority__in=user.reach("results.view").authorities)
        schools |= Q(params__organization__in=list(user.reach("results.view_own").organizations))
        return self.filter(owner=user).filter(
            Q(kind__in=[JobKind.NOTE_PDF, JobKind.NOTE_DOCX], authority__in=notes)
            | Q(kind__in=[JobKind.EXCERPTS, JobKind.EXECUTION], authority__in=documents)
            | Q(schools, kind=JobKind.PASSPORT)
        )


class PaperJob(models.Model):
    """One paper or one ZIP of papers. `params` are ids; `failures` are sentences, one for what could not be made."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField("что", max_length=12, choices=JobKind)
    title = models.CharField("название", max_length=300)
    params = models.JSONField(default=dict)
    state = models.CharField("состояние", max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField("сделано", default=0)
    total = models.PositiveIntegerField("всего", default=1)
    failures = models.JSONField("не сделано", default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    result = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PaperJobQuerySet.as_manager()

    class Meta:
        verbose_name = "подготовка документа"
        verbose_name_plural = "подготовка документов"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.PARTLY, JobState.FAILED)
