"""What a person does with letters and the bell: sends a doubtful one again by hand, marks items as read."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from config import clock
from schools.audit import record
from schools.enums import MessageKind, MessageState
from schools.errors import Refused
from schools.models import Message, Notification, User

AGAIN = (MessageState.UNKNOWN, MessageState.FAILED)


@transaction.atomic
def send_again(*, by: User, message: Message) -> None:
    """Puts a letter that failed, or may not have gone, back into the queue; nothing else sends one twice."""
    if message.state not in AGAIN:
        raise Refused("Повторить можно только письмо, которое не отправлено.")
    before = message.state
    message.state, message.message_id, message.answer = MessageState.WAITING, "", ""
    message.due_at, message.handed_at, message.tries = clock.now(), None, 0
    if message.kind == MessageKind.DIGEST:
        # Composed anew: only what is still open, and not beside today's own message.
        today = clock.today(message.user.zone)
        rows = message.user.messages.filter(kind=MessageKind.DIGEST, day=today).exclude(pk=message.pk)
        if rows.exists():
            raise Refused("Сегодняшнее сообщение этому человеку уже есть в списке: в нём всё, что сейчас открыто.")
        message.day, message.text, message.subject = today, "", ""
    elif message.kind == MessageKind.NEWS:
        waits = message.user.messages.filter(kind=MessageKind.NEWS, state=MessageState.WAITING)
        if waits.exclude(pk=message.pk).exists():
            raise Refused("Этому человеку уже готовится новое сообщение: отправлять старое не нужно.")
    message.save()
    record(by=by, action="message.again", row=message, summary=str(message), before={"state": before})


def mark_read(*, rows: QuerySet[Notification]) -> int:
    """Marks items of the bell as read; returns how many were new."""
    return rows.filter(read_at__isnull=True).update(read_at=clock.now())
