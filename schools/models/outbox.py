"""What people are told: items of the bell and e-mails, as rows; the sender works from them (architecture, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from config import clock
from schools.enums import MessageKind, MessageState

if TYPE_CHECKING:
    from schools.models.access import User


class Notification(models.Model):
    """An item of the bell, unique by person, kind, object and local day. `text` names no foreign restricted school."""

    user = models.ForeignKey("schools.User", models.CASCADE, related_name="notifications")
    kind = models.CharField("вид", max_length=40)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    day = models.DateField("день")
    text = models.CharField("текст", max_length=300)
    url = models.CharField("ссылка", max_length=200, blank=True)
    created_at = models.DateTimeField("когда", default=clock.now)
    read_at = models.DateTimeField("прочитано", null=True, blank=True)

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "object_type", "object_id", "day"],
                name="notification_once_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user"],
                condition=Q(read_at__isnull=True),
                name="notification_unread",
            )
        ]

    def __str__(self) -> str:
        return self.text


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> MessageQuerySet:
        """Letters of the offices this person looks after, and of people who hold a role in them."""
        reach = user.reach("messages.view")
        places = apps.get_model("schools.Membership").objects.filter(
            Q(organization__authority__in=reach.authorities) | Q(organization__in=reach.ministries)
        )
        return self.filter(Q(authority__in=reach.authorities) | Q(user__in=places.values("user")))


class Message(models.Model):
    """An e-mail. A digest is composed at the moment of sending; the others carry their text from the start."""

    user = models.ForeignKey("schools.User", models.CASCADE, related_name="messages")
    authority = models.ForeignKey(
        "schools.Organization",
        models.SET_NULL,
        verbose_name="орган управления",
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField("вид", max_length=20, choices=MessageKind)
    urgency = models.PositiveSmallIntegerField("очередь", default=1)
    day = models.DateField("день")
    to = models.EmailField("кому", blank=True)
    subject = models.CharField("тема", max_length=200, blank=True)
    text = models.TextField("текст", blank=True)
    state = models.CharField("состояние", max_length=20, choices=MessageState, default=MessageState.WAITING)
    message_id = models.CharField(max_length=120, blank=True)
    due_at = models.DateTimeField("отправить не раньше", default=clock.now)
    created_at = models.DateTimeField("создано", default=clock.now)
    handed_at = models.DateTimeField("передано", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    answer = models.TextField("ответ сервера", blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"],
                condition=Q(kind=MessageKind.DIGEST),
                name="digest_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(kind=MessageKind.NEWS, state=MessageState.WAITING),
                name="one_gathering_news",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "urgency", "due_at"]),
            models.Index(fields=["authority", "handed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.to}"


class SenderLease(models.Model):
    """One sender at a time: the row is taken for a while, so a kill leaves at most one message in doubt."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "очередь отправки"
        verbose_name_plural = "очереди отправки"

    def __str__(self) -> str:
        return self.name
