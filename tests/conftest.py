"""What every test may ask for: the cast, a logged-in browser of Django's client, the folders of the real documents."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from schools.models import User
from tests import cast as casting

ROOT = Path(__file__).resolve().parent.parent
GOLD = Path(os.environ.get("GOLD_DIR") or ROOT.parent / "shared" / "gold")
SAMPLES = Path(os.environ.get("SAMPLES_DIR") or ROOT.parent / "shared" / "samples")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The server of the tests goes away with its databases: dropping them one by one waits for whoever still looks at them."""
    return True


@pytest.fixture
def cast(db: None) -> casting.Cast:
    return casting.build()


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A client logged in as somebody: `as_user(cast.director).get(...)`."""

    def login(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="schools.login.NameOrEmail")
        return client

    return login


@pytest.fixture(scope="session")
def gold() -> Path:
    """The five real documents; without them the tests that read them are skipped and say so."""
    if not (GOLD / "README.md").exists():
        pytest.skip(f"Настоящих документов нет ({GOLD.name}): укажите GOLD_DIR.")
    return GOLD
