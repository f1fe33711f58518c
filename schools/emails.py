"""Letters, one function each: they only queue a `Message`; the scan in `tasks.py` hands it over.

Without a mail server the letter is shown to the administrator (`MessageState.SHOWN`), who passes the link on by hand.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import urlize
from django.utils.safestring import mark_safe

from config import clock
from config.hints import hint
from schools.enums import MessageKind, MessageState
from schools.models import Message, User

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


def mail_works() -> bool:
    """Whether a mail server is set up at all."""
    return settings.EMAIL_BACKEND != NO_MAIL


def html_of(subject: str, text: str) -> str:
    """The same words as HTML: paragraphs and links, nothing loaded from anywhere."""
    paragraphs = [
        mark_safe("<br>".join(urlize(line, autoescape=True) for line in part.split("\n")))  # noqa: S308 (urlize escapes)
        for part in text.strip().split("\n\n")
    ]
    return render_to_string("emails/plain.html", {"subject": subject, "paragraphs": paragraphs})


def invitation(*, user: User, path: str, days: int) -> Message:
    """A link to set the first password."""
    context = {
        "user": user,
        "link": settings.SITE_URL.rstrip("/") + path,
        "days": days,
        "roles": [f"{m.get_role_display()}, {m.organization}" for m in user.current_memberships],
    }
    text = render_to_string("emails/invitation.txt", context)
    return _queue(user, MessageKind.INVITATION, "Приглашение в программу «Решения и школы»", text)


def reset(*, user: User, path: str) -> Message:
    """A link to set a new password."""
    context = {"user": user, "link": settings.SITE_URL.rstrip("/") + path}
    text = render_to_string("emails/reset.txt", context)
    return _queue(user, MessageKind.RESET, "Новый пароль: программа «Решения и школы»", text)


def reset_queued_since(*, user: User, moment: dt.datetime) -> bool:
    return user.messages.filter(kind=MessageKind.RESET, created_at__gte=moment).exists()


def _queue(user: User, kind: MessageKind, subject: str, text: str) -> Message:
    from schools.tasks import send_messages

    # What an older letter of the same kind says no longer works.
    user.messages.filter(kind=kind, state__in=[MessageState.WAITING, MessageState.SHOWN]).delete()
    authority = user.office
    hint(send_messages)
    return Message.objects.create(
        user=user,
        authority_id=authority.pk if authority else None,
        kind=kind,
        urgency=0,
        day=clock.today(user.zone),
        to=user.email,
        subject=subject,
        text=text,
        state=MessageState.WAITING if mail_works() else MessageState.SHOWN,
    )
