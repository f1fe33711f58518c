"""Who helps which school: curatorships, what was answered to an order's offers, and the thread of questions."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from config import clock
from decisions.models import Clause, Document
from mentoring.enums import CareState
from schools.models import Membership, Organization, Person, User


class CuratorshipQuerySet(models.QuerySet["Curatorship"]):
    def visible_to(self, user: User) -> CuratorshipQuerySet:
        """Offices see those of their authorities, a director those of the own school, a curator the own ones."""
        rows = Q(authority_id__in=user.reach("care.view").authorities)
        rows |= Q(school_id__in=user.reach("care.own").organizations)
        if user.person_id:
            rows |= Q(person_id=user.person_id, school_id__in=user.reach("care.help").organizations)
        return self.filter(rows)

    def running(self, day: dt.date) -> CuratorshipQuerySet:
        """Not ended by anybody and not past its term; one that begins later is among them."""
        return self.filter(state=CareState.ACTIVE).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def past(self, day: dt.date) -> CuratorshipQuerySet:
        return self.filter(Q(state=CareState.ENDED) | Q(valid_to__lt=day))

    def active_on(self, day: dt.date) -> CuratorshipQuerySet:
        return self.running(day).filter(valid_from__lte=day)


class Curatorship(models.Model):
    """A person of a strong school or of the office helps a school from a day to a day. `post` and `workplace` are as of the
    appointment. The dated membership it gives (`membership`) ends with it; history is never deleted."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="куратор", related_name="curatorships")
    post = models.CharField("должность", max_length=300, blank=True)
    workplace = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="место работы", related_name="curators_given", null=True, blank=True
    )
    school = models.ForeignKey(Organization, models.PROTECT, verbose_name="школа", related_name="curatorships")
    state = models.CharField("состояние", max_length=10, choices=CareState, default=CareState.ACTIVE)
    valid_from = models.DateField("с")
    valid_to = models.DateField("по", null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="документ", null=True, blank=True, related_name="curatorships"
    )
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="curatorships")
    basis = models.CharField("основание", max_length=300, blank=True)
    consent_on = models.DateField("согласие куратора получено", null=True, blank=True)
    employer_order = models.CharField("приказ работодателя, номер", max_length=60, blank=True)
    employer_order_on = models.DateField("приказ работодателя, дата", null=True, blank=True)
    ended_on = models.DateField("завершено", null=True, blank=True)
    end_reason = models.CharField("почему завершено", max_length=500, blank=True)
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="curatorships")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = CuratorshipQuerySet.as_manager()

    class Meta:
        verbose_name = "кураторство"
        verbose_name_plural = "кураторства"
        ordering = ["school__sort_key", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(workplace__isnull=True) | ~Q(workplace=F("school")),
                name="curator_from_another_school",
                violation_error_message="Куратор должен быть из другой организации, не из самой школы.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="curatorship_ends_after_start",
                violation_error_message="Окончание не может быть раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(state=CareState.ACTIVE, ended_on__isnull=True, end_reason="")
                | Q(state=CareState.ENDED, ended_on__isnull=False, ended_on__gte=F("valid_from")) & ~Q(end_reason=""),
                name="ended_curatorship_says_why",
                violation_error_message="У завершённого кураторства должны быть день и причина, день — не раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(basis=""),
                name="curatorship_has_basis",
                violation_error_message="Укажите основание: документ или слова.",
            ),
            models.CheckConstraint(
                condition=Q(employer_order_on__isnull=True) | ~Q(employer_order=""),
                name="employer_order_has_number",
                violation_error_message="Укажите и номер приказа работодателя.",
            ),
            models.UniqueConstraint(
                fields=["person", "school"],
                condition=Q(state=CareState.ACTIVE),
                name="one_open_curatorship",
                violation_error_message="Этот человек уже куратор этой школы.",
            ),
        ]
        indexes = [models.Index(fields=["authority", "state"])]

    def __str__(self) -> str:
        return f"{self.person.surname_first} → {self.school}"

    def runs_on(self, day: dt.date) -> bool:
        """As `CuratorshipQuerySet.running`, of a row already here."""
        return self.state == CareState.ACTIVE and (self.valid_to is None or self.valid_to >= day)

    @property
    def last_day(self) -> dt.date | None:
        return self.ended_on or self.valid_to

    @property
    def end_words(self) -> str:
        return self.end_reason or "окончился срок"

    @property
    def basis_words(self) -> str:
        """«Приказ № 320 от 01.06.2021, п. 2» or the typed words."""
        if self.document is None:
            return self.basis
        number = self.clause.shown_number if self.clause else ""
        if self.clause and not number.strip("–-. "):  # a dash under clause 2: people say «п. 2»
            number = next((part for part in reversed(self.clause.path.split("/")) if part[:1].isdigit()), "")
        return f"{self.document.short_title}, п. {number}" if number else self.document.short_title

    @property
    def lacks(self) -> list[str]:
        """What the law wants and nobody has recorded yet (domain notes, section 7.3)."""
        out = []
        if self.consent_on is None:
            out.append("согласие")
        if not self.employer_order and self.workplace_id and self.workplace_id != self.authority_id:
            out.append("приказ работодателя")
        return out


class OfferAnswer(models.Model):
    """What the methodist said to one pair read from an order: appointed, or not a curatorship."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="care_answers")
    school = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    printed = models.CharField("как напечатано", max_length=300)
    curatorship = models.ForeignKey(Curatorship, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "ответ на предложение куратора"
        verbose_name_plural = "ответы на предложения кураторов"
        constraints = [
            models.UniqueConstraint(fields=["clause", "school", "printed"], name="offer_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.printed} → {self.school}"


class CareMessageQuerySet(models.QuerySet["CareMessage"]):
    def visible_to(self, user: User) -> CareMessageQuerySet:
        """The thread is of the office and the curators of the school; the school itself does not read it."""
        return self.filter(
            Q(authority_id__in=user.reach("care.view").authorities)
            | Q(school_id__in=user.reach("care.help").organizations)
        )


class CareMessage(models.Model):
    """A line of the thread on a school. A curator's question waits (`waiting`) until somebody of the office answers."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organization, models.CASCADE, related_name="care_messages")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField("сообщение", max_length=4000)
    from_curator = models.BooleanField(default=False)
    waiting = models.BooleanField("ждёт ответа", default=False)

    objects = CareMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "сообщение"
        verbose_name_plural = "переписка с куратором"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(waiting=False) | Q(from_curator=True), name="only_questions_wait"),
        ]
        indexes = [models.Index(fields=["authority", "waiting"]), models.Index(fields=["school", "at"])]

    def __str__(self) -> str:
        return self.text[:60]
