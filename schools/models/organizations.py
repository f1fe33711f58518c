"""The tree of organisations: region → municipality → schools, branches and centres; anyone can be addressed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from schools.enums import AliasSource, CodeSystem, OrganizationKind, Role
from schools.search import normalized, sort_key

if TYPE_CHECKING:
    from schools.models.access import User


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: User) -> OrganizationQuerySet:
        """Offices see everything below them; a school sees itself, its branches and the authority it belongs to."""
        reach = user.reach("registry.view")
        own = user.reach("school.view")
        return self.filter(
            Q(authority_id__in=reach.authorities)
            | Q(pk__in=reach.ministries)
            | Q(pk__in=own.organizations)
            | Q(pk__in=own.parents)
        )

    def schools(self) -> OrganizationQuerySet:
        return self.filter(kind__in=[OrganizationKind.SCHOOL, OrganizationKind.BRANCH])

    def without_director(self, day: dt.date) -> OrganizationQuerySet:
        """Open schools that have nobody in the program who answers for them on the day."""
        directors = apps.get_model("schools.Membership").objects.held_on(day).filter(role=Role.DIRECTOR)
        return self.open_on(day).filter(kind=OrganizationKind.SCHOOL).exclude(pk__in=directors.values("organization"))

    def open_on(self, day: dt.date) -> OrganizationQuerySet:
        return self.filter(
            Q(opened__isnull=True) | Q(opened__lte=day),
            Q(closed__isnull=True) | Q(closed__gt=day),
        )

    def of_authority(self, authority: Organization | int) -> OrganizationQuerySet:
        """Whom an office can address: its own tree; of a ministry, the authorities and institutes right below it."""
        return self.filter(Q(authority=authority) | Q(parent=authority))

    def below(self, office: Organization) -> OrganizationQuerySet:
        """Everyone of an office; of a ministry, everyone of the offices below it."""
        if office.kind != OrganizationKind.MINISTRY:
            return self.filter(authority=office)
        return self.filter(Q(authority__parent=office) | Q(authority__parent__parent=office))

    def found_by(self, words: str) -> OrganizationQuerySet:
        """Rows whose normalised names, aliases and codes hold every word."""
        found = self
        for word in normalized(words).split():
            found = found.filter(search__contains=word)
        return found


class Organization(models.Model):
    """One node of the tree. `authority` is the nearest municipality node (of itself: itself); a ministry has none."""

    kind = models.CharField("вид", max_length=20, choices=OrganizationKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="подчинена",
        null=True,
        blank=True,
        related_name="children",
    )
    authority = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="орган управления",
        null=True,
        blank=True,
        related_name="subordinates",
    )
    name = models.CharField("краткое название", max_length=255)
    full_name = models.CharField("полное название", max_length=500, blank=True)
    type_name = models.CharField(
        "тип",
        max_length=80,
        blank=True,
        help_text="СОШ, ООШ, гимназия, методический центр…",
    )
    settlement = models.CharField("населённый пункт", max_length=120, blank=True)
    number = models.CharField("номер", max_length=20, blank=True)
    named_after = models.CharField("имени", max_length=200, blank=True)
    territory = models.CharField("территория", max_length=255, blank=True)
    territory_code = models.CharField("код территории", max_length=20, blank=True, help_text="reg00_m000")
    opened = models.DateField("открыта", null=True, blank=True)
    closed = models.DateField("закрыта", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="правопреемник",
        null=True,
        blank=True,
        related_name="predecessors",
    )
    time_zone = models.CharField("часовой пояс", max_length=40, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    address = models.CharField("адрес", max_length=255, blank=True)
    search = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=400, editable=False, default="")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"],
                condition=Q(closed__isnull=True),
                name="organization_name_once",
                violation_error_message="Организация с таким названием уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(opened__isnull=True) | Q(closed__gt=F("opened")),
                name="organization_closed_after_opened",
                violation_error_message="Дата закрытия должна быть позже даты открытия.",
            ),
            models.CheckConstraint(
                condition=Q(kind=OrganizationKind.MINISTRY)
                | Q(parent__isnull=False)
                | Q(kind=OrganizationKind.AUTHORITY),
                name="organization_has_parent",
                violation_error_message="Укажите, кому подчинена организация.",
            ),
        ]
        indexes = [models.Index(fields=["authority", "sort_key"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search = normalized(f"{self.name} {self.full_name} {self.settlement} {self.named_after}")
        self.sort_key = sort_key(self.name)[:400]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        if self.kind == OrganizationKind.AUTHORITY and self.authority_id != self.pk:
            self.authority_id = self.pk
            type(self).objects.filter(pk=self.pk).update(authority_id=self.pk)

    @property
    def is_school(self) -> bool:
        return self.kind in (OrganizationKind.SCHOOL, OrganizationKind.BRANCH)

    @property
    def zone(self) -> str:
        """The IANA zone of the place: its own, its authority's, or empty for the office's default."""
        return self.time_zone or (self.authority.time_zone if self.authority and self.authority_id != self.pk else "")


class School(models.Model):
    """What is true of schools only: which exams it holds, how it works."""

    organization = models.OneToOneField(
        Organization,
        models.CASCADE,
        verbose_name="организация",
        primary_key=True,
        related_name="school",
    )
    has_grade_9 = models.BooleanField("есть 9 класс (ОГЭ)", default=True)
    has_grade_11 = models.BooleanField("есть 11 класс (ЕГЭ)", default=True)
    six_day_week = models.BooleanField("шестидневная неделя", default=False)
    rural = models.BooleanField("сельская", default=False)
    pupils = models.PositiveIntegerField("обучающихся", null=True, blank=True)

    class Meta:
        verbose_name = "сведения о школе"
        verbose_name_plural = "сведения о школах"

    def __str__(self) -> str:
        return str(self.organization)


class OrganizationCode(models.Model):
    """A code under which an outside system knows the organisation."""

    organization = models.ForeignKey(Organization, models.CASCADE, verbose_name="организация", related_name="codes")
    system = models.CharField("система", max_length=20, choices=CodeSystem)
    code = models.CharField("код", max_length=60)

    class Meta:
        verbose_name = "код"
        verbose_name_plural = "коды"
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code"],
                condition=~Q(system="other"),
                name="organization_code_once",
                violation_error_message="Этот код уже указан у другой организации.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()}: {self.code}"


class OrganizationAliasQuerySet(models.QuerySet["OrganizationAlias"]):
    def in_force(self) -> OrganizationAliasQuerySet:
        return self.filter(revoked_at__isnull=True)


class OrganizationAlias(models.Model):
    """A printed form that means this organisation in the documents of one authority; a learned one is signed, revocable."""

    organization = models.ForeignKey(Organization, models.CASCADE, verbose_name="организация", related_name="aliases")
    authority = models.ForeignKey(Organization, models.CASCADE, verbose_name="орган управления", related_name="+")
    text = models.CharField("как пишут", max_length=500)
    normalized = models.CharField(max_length=500, editable=False)
    source = models.CharField("откуда", max_length=20, choices=AliasSource, default=AliasSource.REGISTRY)
    confirmed_by = models.ForeignKey(
        "schools.User",
        models.PROTECT,
        verbose_name="подтвердил",
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True)
    revoked_at = models.DateTimeField("отозвано", null=True, blank=True)
    revoked_by = models.ForeignKey("schools.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = OrganizationAliasQuerySet.as_manager()

    class Meta:
        verbose_name = "другое название"
        verbose_name_plural = "другие названия"
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "normalized"],
                condition=Q(revoked_at__isnull=True),
                name="alias_once_per_organization",
                violation_error_message="Такое название у этой организации уже есть.",
            ),
        ]
        indexes = [models.Index(fields=["authority", "normalized"])]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        self.normalized = normalized(self.text)[:500]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
