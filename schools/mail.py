"""Handing one letter to the mail server, so that it is always known how far it went.

Django's backend says only «failed». Here a failure before the text was handed over can be tried again, a failure after
it cannot: whether the letter went is then unknown. One connection serves many letters.
"""

from __future__ import annotations

import contextlib
import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.message import sanitize_address

ANSWER = 500


class Fate(Enum):
    SENT = "sent"
    REFUSED_ADDRESS = "refused_address"  # for good: such a mailbox does not exist
    REFUSED = "refused"  # for good, but it is not the address that is wrong
    LATER = "later"  # this letter now, others may go
    SERVER = "server"  # the server itself is in trouble: nothing goes now
    UNKNOWN = "unknown"  # the text was handed over, the answer never came


@dataclass(frozen=True)
class Outcome:
    fate: Fate
    answer: str = ""


class Door:
    """The way to the mail server; opened with the first letter, closed by `close`."""

    def __init__(self, *, seconds: int | None = None) -> None:
        self._backend: Any = get_connection(fail_silently=False)
        if seconds is not None:
            self._backend.timeout = seconds
        self._smtp = hasattr(self._backend, "connection") and hasattr(self._backend, "host")

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._backend.close()

    def hand(self, letter: EmailMultiAlternatives) -> Outcome:
        """Hands the letter over once; never raises for what a server may do."""
        if not self._smtp:
            letter.connection = self._backend
            letter.send()
            return Outcome(Fate.SENT)
        try:
            server = self._server()
            sender = sanitize_address(letter.from_email, "utf-8")
            code, said = server.mail(_address(sender))
            if code != 250:
                self._drop()
                return Outcome(Fate.SERVER, _words(code, said))
        except (OSError, smtplib.SMTPException) as why:
            self._drop()
            return Outcome(Fate.SERVER, _why(why))
        try:
            code, said = server.rcpt(letter.to[0])
            if code not in (250, 251):
                server.rset()
                return Outcome(_fate_of_recipient(code, said), _words(code, said))
            code, said = server.docmd("DATA")
            if code != 354:
                self._drop()
                return Outcome(Fate.LATER if code < 500 else Fate.REFUSED, _words(code, said))
        except (OSError, smtplib.SMTPException) as why:
            self._drop()
            return Outcome(Fate.LATER, _why(why))
        return self._text(server, letter)

    def _text(self, server: Any, letter: EmailMultiAlternatives) -> Outcome:
        """From here on the server may have the letter: no answer means that nobody knows."""
        try:
            text = smtplib._fix_eols(letter.message().as_bytes().decode("ascii", "surrogateescape"))  # type: ignore[attr-defined]
            body = smtplib._quote_periods(text.encode("ascii", "surrogateescape"))  # type: ignore[attr-defined]
            if not body.endswith(b"\r\n"):
                body += b"\r\n"
            server.send(body + b".\r\n")
            code, said = server.getreply()
        except (OSError, smtplib.SMTPException) as why:
            self._drop()
            return Outcome(Fate.UNKNOWN, _why(why))
        if code == 250:
            return Outcome(Fate.SENT, _words(code, said))
        self._drop()
        return Outcome(Fate.LATER if code < 500 else Fate.REFUSED, _words(code, said))

    def _server(self) -> Any:
        if self._backend.connection is not None:
            try:
                code, _ = self._backend.connection.noop()
            except (OSError, smtplib.SMTPException):
                code = 0
            if code == 250:
                return self._backend.connection
            self._drop()
        self._backend.open()
        self._backend.connection.ehlo_or_helo_if_needed()
        return self._backend.connection

    def _drop(self) -> None:
        connection, self._backend.connection = self._backend.connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.close()


def _address(full: str) -> str:
    from email.utils import parseaddr

    return parseaddr(full)[1] or full


def _fate_of_recipient(code: int, said: bytes) -> Fate:
    """5.7.x is the server's policy (spam, relay), not a wrong address; 5.2.2 is a full mailbox, which may be emptied."""
    if code < 500:
        return Fate.LATER
    words = said.decode("utf-8", "replace")
    return Fate.REFUSED if words.startswith(("5.7.", "5.2.2")) else Fate.REFUSED_ADDRESS


def _words(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}".strip()[:ANSWER]


def _why(why: Exception) -> str:
    if isinstance(why, smtplib.SMTPResponseException):
        said = why.smtp_error
        return _words(why.smtp_code, said if isinstance(said, bytes) else str(said).encode())
    return f"{type(why).__name__}: {why}"[:ANSWER]
