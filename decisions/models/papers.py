"""What comes back to a printed paper: scans with signatures, and who has read which version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from decisions.models.documents import Document, open_to_offices
from schools.models import IssuedPaper, Organization, StoredFile, User


class ScanQuerySet(models.QuerySet["Scan"]):
    def visible_to(self, user: User) -> ScanQuerySet:
        """Those of documents that the person sees; a scan that belongs to none yet is for who will find its document."""
        return self.filter(
            Q(authority_id__in=user.reach("document.edit").authorities) | open_to_offices(user, "document__")
        )

    def waiting(self) -> ScanQuerySet:
        return self.filter(confirmed_at__isnull=True)


class Scan(models.Model):
    """An uploaded scan. Until a person has seen its first page and confirmed, `document` is only what its code says."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, null=True, blank=True, related_name="scans")
    paper = models.ForeignKey(IssuedPaper, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    preview = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField("страниц")
    foreign_code = models.BooleanField("код есть, но не наш", default=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("загружен", default=clock.now)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("подтверждён", null=True, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "скан"
        verbose_name_plural = "сканы"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(document__isnull=False),
                name="confirmed_scan_has_document",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name


class Acknowledgement(models.Model):
    """«Ознакомлен(а)»: who read which version, for which organisation (none for a person named in the document)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="acknowledgements")
    paper = models.ForeignKey(IssuedPaper, models.PROTECT, verbose_name="редакция", related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, verbose_name="кто", related_name="+")
    at = models.DateTimeField("когда", default=clock.now)

    class Meta:
        verbose_name = "ознакомление"
        verbose_name_plural = "ознакомление"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "organization"],
                condition=Q(organization__isnull=False),
                name="organization_reads_version_once",
            ),
            models.UniqueConstraint(
                fields=["paper", "user"],
                condition=Q(organization__isnull=True),
                name="person_reads_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.paper}"
