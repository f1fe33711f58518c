"""Reminders under blows, the short version of `make drill`: processes of the program, PostgreSQL, Redis, a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops.drill import Yard, every_round


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    one = Yard(tmp_path, people=60, tasks=3, pause=0.01)
    yield one
    one.close()


def test_nothing_is_said_twice_or_lost_whatever_is_killed(yard: Yard) -> None:
    every_round(yard, 5, 7)
