"""The personal address of a calendar: a secret link that a phone or Outlook reads without logging in."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q

from config import clock


class CalendarAddress(models.Model):
    """Only the hash of the secret is kept; renewing or revoking closes the old address for good."""

    user = models.ForeignKey("schools.User", models.CASCADE, related_name="calendar_addresses")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("создан", default=clock.now)
    revoked_at = models.DateTimeField("отозван", null=True, blank=True)

    class Meta:
        verbose_name = "адрес календаря"
        verbose_name_plural = "адреса календарей"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_calendar_address_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.created_at:%d.%m.%Y}"

    @staticmethod
    def hash_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()
