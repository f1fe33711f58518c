"""What a person does with letters and the bell: sends a doubtful one again by hand, marks items as read."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from config import clock
from schools.audit import record
from schools.enums import MessageState
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
    message.due_at = clock.now()
    message.save(update_fields=["state", "message_id", "answer", "due_at"])
    record(by=by, action="message.again", row=message, summary=str(message), before={"state": before})


def mark_read(*, rows: QuerySet[Notification]) -> int:
    """Marks items of the bell as read; returns how many were new."""
    return rows.filter(read_at__isnull=True).update(read_at=clock.now())
