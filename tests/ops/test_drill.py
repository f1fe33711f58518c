"""Reminders under blows, the short version of `make drill`: processes of the program, PostgreSQL, Redis, a mail server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import hints
from config.celery import app
from config.environment import _broker
from schools.tasks import send_messages
from tests.ops.drill import Yard, every_round


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    one = Yard(tmp_path, people=60, tasks=3, pause=0.01)
    yield one
    one.close()


def test_nothing_is_said_twice_or_lost_whatever_is_killed(yard: Yard) -> None:
    every_round(yard, 5, 7, timed=False)


@pytest.mark.django_db
def test_a_broker_that_does_not_answer_holds_a_request_once_and_not_again(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no Redis a page waits one second at most, and the pages after it do not wait at all (config/hints.py)."""
    assert hints.SECONDS <= 1.0 and _broker("redis://nowhere", Path("."))[1]["socket_connect_timeout"] <= 1
    monkeypatch.setattr(hints, "_quiet_until", 0.0)
    asked, release = [], threading.Event()

    def silent(*_: object, **__: object) -> None:
        """A broker that takes the connection and says nothing."""
        asked.append(1)
        release.wait(30)

    monkeypatch.setattr(app, "send_task", silent)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            hints.hint(send_messages)
    assert not release.is_set() and len(asked) == 1
    release.set()
