"""Letters on a real SMTP server: sent once, a refused address stops nobody, a kill leaves one in doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client
from django.urls import reverse

from config import clock
from schools.enums import MessageKind, MessageState
from schools.models import Message, SenderLease, User
from schools.sending import send_waiting
from tests.cast import Cast
from tests.ops.processes import free_port


class Box:
    """A mail server that keeps what it gets and refuses addresses of «nowhere»."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.endswith("@nowhere.example"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    kept = Box()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield kept
    controller.stop()


def letter(user: User, to: str = "director@example.org", **fields: object) -> Message:
    values = {"kind": MessageKind.TEST, "subject": "Проба", "text": "Текст письма"} | fields
    return Message.objects.create(user=user, day=dt.date(2026, 3, 10), to=to, **values)


def test_a_letter_goes_once(cast: Cast, box: Box) -> None:
    row = letter(cast.director)
    assert send_waiting() == 1 and send_waiting() == 0
    row.refresh_from_db()
    assert row.state == MessageState.SENT and len(box.letters) == 1


def test_a_refused_address_stops_only_its_own_letters(cast: Cast, box: Box) -> None:
    User.objects.filter(pk=cast.director.pk).update(email="x@nowhere.example")
    bad, good = letter(cast.director, "x@nowhere.example"), letter(cast.methodist)
    assert send_waiting() == 1
    bad.refresh_from_db(), good.refresh_from_db(), cast.director.refresh_from_db()
    assert (bad.state, good.state) == (MessageState.FAILED, MessageState.SENT)
    assert cast.director.email_refused


def test_a_server_that_does_not_answer_is_tried_again_later(cast: Cast, box: Box, settings: Any) -> None:
    row = letter(cast.director)
    settings.EMAIL_PORT = 1
    assert send_waiting() == 0
    row.refresh_from_db()
    assert row.state == MessageState.WAITING and row.due_at > clock.now()


def test_what_a_killed_sender_was_handing_over_is_doubtful_and_not_sent_again(cast: Cast, box: Box) -> None:
    row = letter(cast.director, state=MessageState.HANDING_OVER)
    assert send_waiting() == 0
    row.refresh_from_db()
    assert row.state == MessageState.UNKNOWN and box.letters == []


def test_two_senders_do_not_work_at_once_and_a_dead_ones_lease_runs_out(cast: Cast, box: Box) -> None:
    letter(cast.director)
    SenderLease.objects.create(name="messages", holder="другой", until=clock.now() + dt.timedelta(minutes=2))
    assert send_waiting() == 0
    SenderLease.objects.update(until=clock.now() - dt.timedelta(seconds=1))
    assert send_waiting() == 1


def test_without_a_mail_server_letters_are_shown_to_the_administrator(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    row = letter(cast.director)
    assert send_waiting() == 0
    row.refresh_from_db()
    assert row.state == MessageState.SHOWN and row.text


def test_a_probe_shows_what_the_server_answered(
    cast: Cast, box: Box, settings: Any, as_user: Callable[[User], Client]
) -> None:
    """In words of the server, whether it took the letter, refused the address, or was not there at all."""
    client = as_user(cast.admin)
    url = reverse("schools:message_probe")

    def said() -> str:
        return client.post(url, follow=True).content.decode()

    User.objects.filter(pk=cast.admin.pk).update(email="admin@example.org")
    assert "250" in said() and len(box.letters) == 1
    User.objects.filter(pk=cast.admin.pk).update(email="x@nowhere.example")
    assert "550" in said() and "no such user" in said() and len(box.letters) == 1
    settings.EMAIL_PORT = 1
    assert "Connection refused" in said()
    assert not Message.objects.filter(state=MessageState.HANDING_OVER).exists()
