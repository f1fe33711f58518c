"""Needs of schools by subject, and mentors of teachers: the municipal paper recommends, the school's order appoints."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from config import clock
from decisions.models import Document
from mentoring.enums import EndedBy, MentorState
from schools.models import Organization, Person, User


class NeedQuerySet(models.QuerySet["NeedOfSchool"]):
    def visible_to(self, user: User) -> NeedQuerySet:
        return self.filter(
            Q(authority_id__in=user.reach("care.view").authorities)
            | Q(school_id__in=user.reach("care.own").organizations)
        )


class NeedOfSchool(models.Model):
    """What a school itself says it needs: help to teachers of a subject in a school year (named by the year it ends in)."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organization, models.CASCADE, verbose_name="школа", related_name="needs")
    school_year = models.PositiveSmallIntegerField("учебный год")
    subject = models.CharField("предмет", max_length=80)
    teachers = models.PositiveSmallIntegerField("скольким педагогам", default=1)
    text = models.CharField("в чём нужна помощь", max_length=1000, blank=True)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=clock.now)
    closed_on = models.DateField("снята", null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "потребность школы"
        verbose_name_plural = "потребности школ"
        ordering = ["school__sort_key", "subject", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "subject"],
                condition=Q(closed_on__isnull=True),
                name="need_once",
                violation_error_message="Такая потребность этой школы уже заявлена.",
            ),
            models.CheckConstraint(
                condition=Q(teachers__gte=1) & Q(teachers__lte=20),
                name="need_of_some_teachers",
                violation_error_message="Укажите от 1 до 20 педагогов.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.subject}"


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    def visible_to(self, user: User) -> MentorshipQuerySet:
        own = user.reach("care.own").organizations
        return self.filter(
            Q(authority_id__in=user.reach("care.view").authorities) | Q(school_id__in=own) | Q(donor_id__in=own)
        )

    def open(self) -> MentorshipQuerySet:
        return self.exclude(state__in=[MentorState.ENDED, MentorState.DECLINED])

    def running(self, day: dt.date) -> MentorshipQuerySet:
        """Open and not past its term."""
        return self.open().filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Mentorship(models.Model):
    """A teacher helps a teacher by subject (ТК РФ ст. 351.8): written consent, the employer's order, content, term, pay, and
    an early end by either side. Directors name the teachers; nothing here assesses anybody."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    need = models.ForeignKey(NeedOfSchool, models.SET_NULL, null=True, blank=True, related_name="mentorships")
    subject = models.CharField("предмет", max_length=80)
    school_year = models.PositiveSmallIntegerField("учебный год")
    donor = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="школа наставника", related_name="mentors_given"
    )
    school = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="школа педагога", related_name="mentors_taken"
    )
    reason = models.CharField("почему предложено", max_length=1000, blank=True)
    mentor = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    mentor_name = models.CharField("наставник", max_length=200, blank=True)
    teacher = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    teacher_name = models.CharField("педагог", max_length=200, blank=True)
    state = models.CharField("состояние", max_length=10, choices=MentorState, default=MentorState.PROPOSED)
    content = models.CharField("содержание работы", max_length=1000, blank=True)
    valid_from = models.DateField("с", null=True, blank=True)
    valid_to = models.DateField("по", null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="рекомендовано", null=True, blank=True, related_name="mentorships"
    )
    basis = models.CharField("основание", max_length=300, blank=True)
    consent_on = models.DateField("письменное согласие наставника", null=True, blank=True)
    order_number = models.CharField("приказ школы, номер", max_length=60, blank=True)
    order_on = models.DateField("приказ школы, дата", null=True, blank=True)
    pay = models.CharField("оплата", max_length=300, blank=True)
    ended_on = models.DateField("завершено", null=True, blank=True)
    ended_by = models.CharField("кем завершено", max_length=10, choices=EndedBy, blank=True, default="")
    end_reason = models.CharField("почему завершено", max_length=500, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = MentorshipQuerySet.as_manager()

    class Meta:
        verbose_name = "наставничество"
        verbose_name_plural = "наставничество"
        ordering = ["school__sort_key", "subject", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mentor__isnull=True) | Q(teacher__isnull=True) | ~Q(mentor=F("teacher")),
                name="mentor_is_another_person",
                violation_error_message="Наставник и педагог — разные люди.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="mentorship_ends_after_start",
                violation_error_message="Окончание не может быть раньше начала.",
            ),
            models.CheckConstraint(
                condition=~Q(state=MentorState.ACTIVE)
                | Q(consent_on__isnull=False, order_on__isnull=False, valid_from__isnull=False)
                & ~Q(order_number="")
                & ~Q(mentor_name="")
                & ~Q(teacher_name="")
                & ~Q(pay=""),
                name="mentorship_by_law",
                violation_error_message=(
                    "Наставничество действует, когда названы оба педагога, есть письменное согласие наставника, приказ "
                    "школы и сказано об оплате (ТК РФ, ст. 351.8)."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=MentorState.ENDED) | Q(ended_on__isnull=False) & ~Q(ended_by=""),
                name="ended_mentorship_says_how",
                violation_error_message="Укажите день и кто завершил наставничество.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(valid_from__isnull=True) | Q(ended_on__gte=F("valid_from")),
                name="mentorship_ended_after_start",
                violation_error_message="Завершение не может быть раньше начала.",
            ),
        ]
        indexes = [models.Index(fields=["authority", "state"])]

    def __str__(self) -> str:
        return f"{self.subject}: {self.mentor_name or self.donor} → {self.teacher_name or self.school}"
