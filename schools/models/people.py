"""Persons and the posts they hold, acting heads with the order that names them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from schools.models.organizations import Organization
from schools.search import normalized

if TYPE_CHECKING:
    from schools.models.access import User


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> PersonQuerySet:
        organizations = Organization.objects.visible_to(user)
        return self.filter(Q(positions__organization__in=organizations) | Q(user=user.pk)).distinct()


class Person(models.Model):
    last_name = models.CharField("фамилия", max_length=80)
    first_name = models.CharField("имя", max_length=80)
    patronymic = models.CharField("отчество", max_length=80, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    search = models.CharField(max_length=300, editable=False, default="")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "сотрудник"
        verbose_name_plural = "сотрудники"
        ordering = ["last_name", "first_name", "patronymic", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search = normalized(f"{self.last_name} {self.first_name} {self.patronymic}")[:300]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    @property
    def initials(self) -> str:
        return "".join(f"{part[0]}." for part in (self.first_name, self.patronymic) if part)

    @property
    def surname_first(self) -> str:
        """«Орлова Н.П.»: in lists."""
        return f"{self.last_name} {self.initials}".strip()

    @property
    def initials_first(self) -> str:
        """«Н.П. Орлова»: in a signature block."""
        return f"{self.initials} {self.last_name}".strip()


class PositionQuerySet(models.QuerySet["Position"]):
    def held_on(self, day: dt.date) -> PositionQuerySet:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def heads_first(self) -> PositionQuerySet:
        return self.order_by("-acting", "-is_head", "title", "pk")


class Position(models.Model):
    """A post held from a day to a day; an acting head is named by an order and stands before the head while it lasts."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name="сотрудник", related_name="positions")
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        verbose_name="организация",
        related_name="positions",
    )
    title = models.CharField("должность", max_length=200)
    is_head = models.BooleanField("руководитель", default=False)
    acting = models.BooleanField("исполняет обязанности руководителя", default=False)
    basis = models.CharField("приказ", max_length=200, blank=True)
    valid_from = models.DateField("с", null=True, blank=True)
    valid_to = models.DateField("по", null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "должность"
        verbose_name_plural = "должности"
        ordering = ["organization", "-is_head", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="position_ends_after_start",
                violation_error_message="Окончание не может быть раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(acting=False) | ~Q(basis=""),
                name="acting_has_order",
                violation_error_message="Для исполняющего обязанности укажите приказ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.surname_first}, {self.title}"
