"""Groups of schools that a document can address, and selections handed from one page to another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from config import clock
from schools.models.organizations import Organization, OrganizationQuerySet

if TYPE_CHECKING:
    from schools.models.access import User


class SchoolGroupQuerySet(models.QuerySet["SchoolGroup"]):
    def visible_to(self, user: User) -> SchoolGroupQuerySet:
        return self.filter(authority_id__in=user.reach("document.view").authorities)


class SchoolGroup(models.Model):
    """A named class of schools: by dated members, or by a rule over what the registry knows.

    `rule` is empty (members only) or holds any of: `kinds` (organisation kinds), `types` (СОШ, ООШ…), `grade_9`,
    `grade_11`, `rural` (true/false). A confidential group (a low-result list) makes its document restricted.
    """

    authority = models.ForeignKey(
        Organization,
        models.CASCADE,
        verbose_name="орган управления",
        related_name="groups",
    )
    name = models.CharField("название", max_length=200)
    rule = models.JSONField("правило", default=dict, blank=True)
    confidential = models.BooleanField("служебная: перечень не показывается школам", default=False)
    wordings = models.TextField(
        "как пишут в документах",
        blank=True,
        help_text="По одной на строке: «руководители общеобразовательных организаций»",
    )

    objects = SchoolGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "группа школ"
        verbose_name_plural = "группы школ"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"],
                name="group_name_once",
                violation_error_message="Группа с таким названием уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def organizations_on(self, day: dt.date) -> OrganizationQuerySet:
        """Who belongs to the group on a day: open organisations only."""
        rows = Organization.objects.of_authority(self.authority_id).exclude(pk=self.authority_id).open_on(day)
        if not self.rule:
            member = GroupMember.objects.filter(
                Q(valid_from__isnull=True) | Q(valid_from__lte=day),
                Q(valid_to__isnull=True) | Q(valid_to__gte=day),
                group=self,
            )
            return rows.filter(pk__in=member.values("organization_id"))
        if kinds := self.rule.get("kinds"):
            rows = rows.filter(kind__in=kinds)
        if types := self.rule.get("types"):
            rows = rows.filter(type_name__in=types)
        for key, column in (
            ("grade_9", "has_grade_9"),
            ("grade_11", "has_grade_11"),
            ("rural", "rural"),
        ):
            if key in self.rule:
                rows = rows.filter(**{f"school__{column}": self.rule[key]})
        return rows


class GroupMember(models.Model):
    group = models.ForeignKey(SchoolGroup, models.CASCADE, verbose_name="группа", related_name="members")
    organization = models.ForeignKey(Organization, models.CASCADE, verbose_name="организация", related_name="+")
    valid_from = models.DateField("с", null=True, blank=True)
    valid_to = models.DateField("по", null=True, blank=True)

    class Meta:
        verbose_name = "участник группы"
        verbose_name_plural = "участники группы"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organization"],
                condition=Q(valid_to__isnull=True),
                name="group_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} — {self.group}"


class SelectionQuerySet(models.QuerySet["Selection"]):
    def visible_to(self, user: User) -> SelectionQuerySet:
        """The person who chose, while it has not expired and the office is still open to them."""
        offices = user.reach("document.edit").authorities
        return self.filter(owner=user, authority_id__in=offices, expires_at__gt=clock.now())


class Selection(models.Model):
    """Schools chosen on one page for another: «make these the addressees of a new clause». The link carries its id only."""

    owner = models.ForeignKey("schools.User", models.CASCADE, related_name="+")
    authority = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    rows = models.JSONField(default=list)  # [{"organization": id, "ground": "…"}]
    data_date = models.DateField("по данным на", null=True, blank=True)
    title = models.CharField("откуда", max_length=200, blank=True)
    text = models.TextField("предлагаемый текст пункта", blank=True)
    confidential = models.BooleanField("для служебного пользования", default=False)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = "выбор школ"
        verbose_name_plural = "выборы школ"

    def __str__(self) -> str:
        return f"{len(self.rows)} школ, {self.created_at:%d.%m.%Y}"
