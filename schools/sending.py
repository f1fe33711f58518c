"""Handing letters over: one sender at a time, one letter in doubt at most after a kill.

A letter is marked «передаётся» and committed before the mail server hears of it. What a killed sender leaves in that state
becomes «неизвестно, отправлено ли»: nothing sends it a second time but a person.
"""

from __future__ import annotations

import datetime as dt
import secrets
import smtplib
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from config import clock
from schools.emails import mail_works
from schools.enums import MessageState
from schools.models import Message, OfficeSettings, SenderLease

LEASE = dt.timedelta(minutes=3)
PERMANENT = (500, 599)
TRIES = 5
BATCH = 20

# What fills a gathered letter at the moment it goes: kind → (letter → subject and text, or None when nothing is left to say).
composers: dict[str, Callable[[Message], tuple[str, str] | None]] = {}


def send_waiting() -> int:
    """Sends what is due, at most a minute's share; returns how many went."""
    holder = secrets.token_hex(8)
    if not _take(holder):
        return 0
    try:
        _doubt_the_left_behind()
        if not mail_works():
            _show_waiting()
            return 0
        return sum(_send(pk) for pk in _due())
    finally:
        SenderLease.objects.filter(name="messages", holder=holder).update(holder="", until=None, last_run=clock.now())


def _take(holder: str) -> bool:
    """The lease, if nobody holds it or its time is over: one conditional update decides."""
    SenderLease.objects.get_or_create(name="messages")
    now = clock.now()
    free = Q(until__isnull=True) | Q(until__lt=now)
    return bool(SenderLease.objects.filter(free, name="messages").update(holder=holder, until=now + LEASE))


def _doubt_the_left_behind() -> None:
    """Holding the lease, nobody else is sending: what stands as being handed over was cut off."""
    Message.objects.filter(state=MessageState.HANDING_OVER).update(
        state=MessageState.UNKNOWN,
        answer="Программу остановили во время отправки. Спросите получателя или отправьте ещё раз.",
    )


def _show_waiting() -> None:
    for message in Message.objects.filter(state=MessageState.WAITING, due_at__lte=clock.now())[:200]:
        _compose(message)
        Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(
            state=MessageState.SHOWN, subject=message.subject, text=message.text
        )


def _due() -> list[int]:
    limit = OfficeSettings.objects.order_by("messages_per_minute").values_list("messages_per_minute", flat=True).first()
    rows = Message.objects.filter(state=MessageState.WAITING, due_at__lte=clock.now()).order_by("due_at", "pk")
    return list(rows.values_list("pk", flat=True)[: min(limit or BATCH, 200)])


def _send(pk: int) -> int:
    with transaction.atomic():
        message = Message.objects.select_for_update().select_related("user").get(pk=pk)
        if message.state != MessageState.WAITING:
            return 0
        if not message.to or not _compose(message):
            message.delete()
            return 0
        message.state, message.message_id = MessageState.HANDING_OVER, f"<{secrets.token_hex(12)}@resheniya>"
        message.save()
    try:
        letter = EmailMessage(message.subject, message.text, settings.DEFAULT_FROM_EMAIL, [message.to])
        letter.extra_headers["Message-ID"] = message.message_id
        letter.send()
    except Exception as why:  # whatever the server says, the other letters go on
        _failed(message, why)
        return 0
    Message.objects.filter(pk=pk).update(state=MessageState.SENT, handed_at=clock.now(), answer="")
    return 1


def _compose(message: Message) -> bool:
    """Fills a gathered letter; False when there is nothing left to say."""
    if message.text or message.kind not in composers:
        return bool(message.text)
    made = composers[message.kind](message)
    if made is None:
        return False
    message.subject, message.text = made
    return True


def _failed(message: Message, why: Exception) -> None:
    """A refused address is final and stops letters to it; anything else is tried again later, five times."""
    code = _code_of(why)
    answer = f"{code or ''} {why}".strip()[:500]
    if code is not None and PERMANENT[0] <= code <= PERMANENT[1] and isinstance(why, smtplib.SMTPRecipientsRefused):
        Message.objects.filter(pk=message.pk).update(state=MessageState.FAILED, answer=answer)
        type(message.user).objects.filter(pk=message.user_id).update(email_refused=True)
        return
    tries = message.answer.count("↻") + 1
    if tries >= TRIES:
        Message.objects.filter(pk=message.pk).update(state=MessageState.FAILED, answer=answer)
        return
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.WAITING,
        due_at=clock.now() + dt.timedelta(minutes=2**tries),
        answer="↻" * tries + " " + answer,
    )


def _code_of(why: Exception) -> int | None:
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in why.recipients.values()), None)
    return why.smtp_code if isinstance(why, smtplib.SMTPResponseException) else None
