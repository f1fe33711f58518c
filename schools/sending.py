"""Handing letters over: one sender at a time, one letter in doubt at most after a kill.

A letter is marked «передаётся» and committed before the mail server hears of it. What a killed sender leaves in that state
becomes «неизвестно, отправлено ли»: nothing sends it a second time but a person. The lease is renewed with every letter,
so a sender that was slow finds out before it hands the next one over.
"""

from __future__ import annotations

import datetime as dt
import secrets
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.template.loader import render_to_string

from config import clock
from schools.emails import html_of, mail_works
from schools.enums import MessageKind, MessageState
from schools.heartbeat import beat
from schools.mail import Door, Fate, Outcome
from schools.models import Message, OfficeSettings, SenderLease, User

TRIES = 8
RATE = 20  # letters a minute of an authority that has not said otherwise
BATCH = 500
SPAN = 55.0  # seconds one run works: the next one of the schedule goes on
MINUTE = dt.timedelta(minutes=1)
KEPT = (MessageKind.INVITATION, MessageKind.RESET, MessageKind.TEST)


@dataclass(frozen=True)
class Letter:
    """What a gathered letter says at the moment it goes."""

    subject: str
    text: str
    html: str = ""


class Postponed(Exception):
    """A gathered letter that must not go yet; `until` says when to look again."""

    def __init__(self, until: dt.datetime) -> None:
        super().__init__(until)
        self.until = until


class Overtaken(Exception):
    """Another sender holds the lease: this one was too slow and must stop."""


# What fills a gathered letter at the moment it goes: kind → (letter → words, or None when nothing is left to say).
composers: dict[str, Callable[[Message], Letter | None]] = {}


def send_waiting() -> int:
    """Sends what is due, as many as the offices' relays take; returns how many went."""
    holder = secrets.token_hex(8)
    if not _take(holder):
        return 0
    door = Door()
    try:
        doubtful = _doubt_the_left_behind()
        if not mail_works():
            shown = _show_waiting()
            beat("letters", note=f"показано администратору: {shown}")
            return 0
        sent, trouble = _send_due(holder, door)
        beat("letters", note=f"отправлено {sent}" + (f", неизвестно {doubtful}" if doubtful else ""), trouble=trouble)
        return sent
    finally:
        door.close()
        SenderLease.objects.filter(name="messages", holder=holder).update(holder="", until=None)


def _lease() -> dt.timedelta:
    return dt.timedelta(seconds=settings.LEASE_SECONDS)


def _take(holder: str) -> bool:
    """The lease, if nobody holds it or its time is over: one conditional update decides."""
    SenderLease.objects.get_or_create(name="messages")
    now = clock.now()
    free = Q(until__isnull=True) | Q(until__lt=now)
    return bool(SenderLease.objects.filter(free, name="messages").update(holder=holder, until=now + _lease()))


def _doubt_the_left_behind() -> int:
    """Holding the lease, nobody else is sending: what stands as being handed over was cut off."""
    return Message.objects.filter(state=MessageState.HANDING_OVER).update(
        state=MessageState.UNKNOWN,
        answer="Программу остановили во время отправки. Спросите получателя или отправьте ещё раз.",
    )


def _show_waiting() -> int:
    """Without a mail server the words are shown to the administrator instead."""
    shown = 0
    for message in Message.objects.filter(state=MessageState.WAITING, due_at__lte=clock.now()).order_by("pk")[:BATCH]:
        try:
            letter = _compose(message)
        except Postponed as why:
            Message.objects.filter(pk=message.pk).update(due_at=why.until)
            continue
        if letter is None:
            message.delete()
            continue
        shown += Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(
            state=MessageState.SHOWN, subject=letter.subject[:200], text=letter.text
        )
    return shown


def _send_due(holder: str, door: Door) -> tuple[int, str]:
    """Letters in order of urgency, each office within its rate; stops when the server itself is in trouble."""
    sent, end = 0, time.monotonic() + SPAN
    left = _left_of_rates()
    while time.monotonic() < end:
        batch = _batch(left)
        if not batch:
            break
        for pk, authority in batch:
            if time.monotonic() > end:
                break
            if left[authority] <= 0:
                continue
            try:
                outcome = _send(pk, holder, door)
            except Overtaken:
                return sent, ""
            if outcome is None:
                continue
            left[authority] -= 1
            sent += outcome.fate == Fate.SENT
            if outcome.fate == Fate.SERVER:
                return sent, outcome.answer
    return sent, ""


def _left_of_rates() -> Counter[int | None]:
    """Authority → how many letters its relay still takes this minute."""
    rates = dict(OfficeSettings.objects.values_list("authority_id", "messages_per_minute"))
    used = dict(
        Message.objects.filter(handed_at__gt=clock.now() - MINUTE)
        .values_list("authority_id")
        .annotate(n=Count("pk"))
        .order_by()
    )

    class Left(Counter[int | None]):
        def __missing__(self, authority: int | None) -> int:
            self[authority] = rates.get(authority, RATE) - used.get(authority, 0)  # type: ignore[arg-type]
            return self[authority]

    return Left()


def _batch(left: Counter[int | None]) -> list[tuple[int, int | None]]:
    full = [authority for authority, number in left.items() if number <= 0]
    rows = Message.objects.filter(state=MessageState.WAITING, due_at__lte=clock.now())
    if full:
        named = [authority for authority in full if authority is not None]
        rows = rows.exclude(authority_id__in=named)
        if None in full:
            rows = rows.exclude(authority__isnull=True)
    return list(rows.order_by("urgency", "due_at", "pk").values_list("pk", "authority_id")[:BATCH])


def _send(pk: int, holder: str, door: Door) -> Outcome | None:
    """One letter; None when there was nothing to hand over."""
    ready = _mark(pk, holder)
    if ready is None:
        return None
    message, letter = ready
    outcome = door.hand(_envelope(message, letter))
    _record(message, outcome)
    return outcome


def _mark(pk: int, holder: str) -> tuple[Message, Letter] | None:
    """Takes the letter, composes it, and commits that it is being handed over; None: it is not to go now."""
    with transaction.atomic():
        now = clock.now()
        held = SenderLease.objects.filter(name="messages", holder=holder, until__gt=now).update(until=now + _lease())
        if not held:
            raise Overtaken
        message = Message.objects.select_for_update(of=("self",)).select_related("user__person").filter(pk=pk).first()
        if message is None or message.state != MessageState.WAITING:
            return None
        if message.kind not in KEPT:
            message.to = message.user.email  # the address of today, not of the day it was queued
        if not message.to or not message.user.is_active or message.user.email_refused and message.kind not in KEPT:
            message.delete()
            return None
        try:
            letter = _compose(message)
        except Postponed as why:
            message.due_at = why.until
            message.save(update_fields=["due_at"])
            return None
        if letter is None:
            message.delete()
            return None
        message.subject, message.text = letter.subject[:200], letter.text
        message.state, message.handed_at = MessageState.HANDING_OVER, now
        message.message_id = f"<{secrets.token_hex(12)}@{_host()}>"
        message.save(update_fields=["to", "subject", "text", "state", "handed_at", "message_id"])
        return message, letter


def _host() -> str:
    from urllib.parse import urlsplit

    return urlsplit(settings.SITE_URL).hostname or socket.gethostname() or "localhost"


def _compose(message: Message) -> Letter | None:
    """What the letter says; None when there is nothing left to say."""
    if message.text or message.kind not in composers:
        return Letter(message.subject, message.text) if message.text else None
    return composers[message.kind](message)


def _envelope(message: Message, letter: Letter) -> EmailMultiAlternatives:
    envelope = EmailMultiAlternatives(
        " ".join(letter.subject.split()), letter.text, settings.DEFAULT_FROM_EMAIL, [message.to]
    )
    envelope.attach_alternative(letter.html or html_of(letter.subject, letter.text), "text/html")
    envelope.extra_headers["Message-ID"] = message.message_id
    envelope.extra_headers["Auto-Submitted"] = "auto-generated"
    return envelope


def _record(message: Message, outcome: Outcome) -> None:
    """Writes down what the server said. A letter doubted meanwhile by another sender becomes certain again."""
    rows = Message.objects.filter(
        pk=message.pk,
        message_id=message.message_id,
        state__in=[MessageState.HANDING_OVER, MessageState.UNKNOWN],
    )
    answer = outcome.answer
    if outcome.fate == Fate.SENT:
        rows.update(state=MessageState.SENT, answer=answer)
    elif outcome.fate == Fate.UNKNOWN:
        rows.update(
            state=MessageState.UNKNOWN,
            answer=f"Сервер не подтвердил приём ({answer}). Спросите получателя или отправьте ещё раз.",
        )
    elif outcome.fate in (Fate.REFUSED, Fate.REFUSED_ADDRESS):
        rows.update(state=MessageState.FAILED, answer=answer)
        if outcome.fate == Fate.REFUSED_ADDRESS:
            type(message.user).objects.filter(pk=message.user_id, email=message.to).update(email_refused=True)
    else:
        _again_later(rows, message, outcome)


def probe(*, user: User) -> Outcome:
    """A letter to oneself, handed over at once, outside the queue; returns what the server answered."""
    subject = "Проверка почты: программа «Решения и школы»"
    text = render_to_string("emails/probe.txt", {"user": user, "link": settings.SITE_URL})
    message = Message.objects.create(
        user=user,
        authority_id=user.office.pk if user.office else None,
        kind=MessageKind.TEST,
        urgency=0,
        day=clock.today(user.zone),
        to=user.email,
        subject=subject,
        text=text,
        state=MessageState.HANDING_OVER,
        handed_at=clock.now(),
        message_id=f"<{secrets.token_hex(12)}@{_host()}>",
    )
    door = Door(seconds=10)
    try:
        outcome = door.hand(_envelope(message, Letter(subject, text)))
    finally:
        door.close()
    failed = outcome if outcome.fate in (Fate.SENT, Fate.UNKNOWN) else Outcome(Fate.REFUSED, outcome.answer)
    _record(message, failed)
    return outcome


def _again_later(rows, message: Message, outcome: Outcome) -> None:  # type: ignore[no-untyped-def]
    """A letter the server put off: 1, 2, 4 … minutes later, up to four hours apart. A server in trouble costs no try."""
    tries = message.tries + (outcome.fate == Fate.LATER)
    if tries >= TRIES:
        rows.update(state=MessageState.FAILED, tries=tries, answer=outcome.answer)
        return
    minutes = min(2 ** max(tries - 1, 0), 240) if outcome.fate == Fate.LATER else 1
    gathered = {} if message.kind in KEPT else {"text": "", "subject": ""}  # composed anew when it goes
    try:
        with transaction.atomic():
            rows.update(
                state=MessageState.WAITING,
                handed_at=None,
                tries=tries,
                due_at=clock.now() + dt.timedelta(minutes=minutes),
                answer=outcome.answer,
                **gathered,
            )
    except IntegrityError:
        rows.delete()  # a newer gathered letter of this person waits already and will say the same
