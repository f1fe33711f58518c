"""The chain of a direction: elements that follow from one another, and who has read its recommendations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from config import clock
from decisions.models import Clause, Document
from monitoring.enums import Audience
from monitoring.models import Direction, Indicator
from reports.enums import ElementKind
from schools.models import Organization, User


class ChainElementQuerySet(models.QuerySet["ChainElement"]):
    def visible_to(self, user: User) -> ChainElementQuerySet:
        return self.filter(direction__authority_id__in=user.reach("cycle.view").authorities)

    def recommended_to(self, user: User) -> ChainElementQuerySet:
        """Published recommendations that a school of the person has to read: its own, and those to heads and teachers."""
        reach = user.reach("cycle.view_own")
        return self.filter(kind=ElementKind.RECOMMENDATION, published_at__isnull=False).filter(
            Q(audience=Audience.SCHOOL, organization_id__in=reach.organizations)
            | Q(
                audience__in=[Audience.TEACHERS, Audience.HEADS],
                direction__authority_id__in=reach.parents,
            )
        )


class ChainElement(models.Model):
    """One link of the chain. `follows` says what it follows from; a decision is proved by a document of ours, a clause or a link."""

    direction = models.ForeignKey(Direction, models.CASCADE, verbose_name="направление", related_name="elements")
    kind = models.CharField("вид", max_length=16, choices=ElementKind)
    text = models.TextField("содержание")
    indicator = models.OneToOneField(
        Indicator, models.CASCADE, verbose_name="показатель", null=True, blank=True, related_name="element"
    )
    audience = models.PositiveSmallIntegerField("кому", choices=Audience, null=True, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="школа", null=True, blank=True, related_name="+"
    )
    responsible = models.CharField("ответственный", max_length=300, blank=True)
    due = models.DateField("срок", null=True, blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, verbose_name="документ", null=True, blank=True, related_name="+"
    )
    clause = models.ForeignKey(Clause, models.SET_NULL, verbose_name="пункт", null=True, blank=True, related_name="+")
    evidence = models.CharField("реквизиты или адрес страницы", max_length=500, blank=True)
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followed_by", blank=True)
    published_at = models.DateTimeField("направлена школам", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = ChainElementQuerySet.as_manager()

    class Meta:
        verbose_name = "звено цикла"
        verbose_name_plural = "звенья цикла"
        ordering = ["direction", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ElementKind.RECOMMENDATION) | Q(audience__isnull=False),
                name="recommendation_has_audience",
                violation_error_message="Укажите, кому рекомендация.",
            ),
            models.CheckConstraint(
                condition=Q(audience__isnull=True) | ~Q(audience=Audience.SCHOOL) | Q(organization__isnull=False),
                name="recommendation_to_school_names_it",
                violation_error_message="Укажите школу, которой адресована рекомендация.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ElementKind.INDICATOR, indicator__isnull=False)
                | ~Q(kind=ElementKind.INDICATOR) & Q(indicator__isnull=True),
                name="indicator_element_has_indicator",
            ),
        ]
        indexes = [models.Index(fields=["direction", "kind"])]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def label(self) -> str:
        """How a sentence about a gap names it: «показатель 1.1.2», «рекомендация «…»»."""
        if self.indicator is not None:
            return f"показатель {self.indicator.code}"
        words = " ".join(self.text.split())
        short = words if len(words) <= 60 else words[:59].rstrip(" ,.;:") + "…"
        return f"{self.get_kind_display()} «{short}»"

    @property
    def proved(self) -> bool:
        return bool(self.document_id or self.clause_id or self.evidence)


class Acknowledgement(models.Model):
    """That an organisation has read a recommendation; for teachers their head says that it was brought to them."""

    element = models.ForeignKey(ChainElement, models.CASCADE, related_name="acknowledgements")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "ознакомление с рекомендацией"
        verbose_name_plural = "ознакомления с рекомендациями"
        constraints = [models.UniqueConstraint(fields=["element", "organization"], name="recommendation_read_once")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.element}"
