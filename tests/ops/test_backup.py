"""A copy restores into an empty place, and moves the program from SQLite to PostgreSQL; a damaged one changes nothing."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

from tests.ops.processes import environment, manage, new_database

COUNTS = (
    "from decisions.models import *; from schools.models import *; "
    "print([m.objects.count() for m in (Organization, User, Document, Clause, Assignment, AssignmentEvent, Question)])"
)
SECRET = "k" * 60


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path]:
    """The demo district on SQLite with one stored file, and its copy."""
    data = tmp_path_factory.mktemp("sqlite")
    env = environment(data)
    assert manage(env, "migrate", "-v0").returncode == 0
    assert manage(env, "demo").returncode == 0
    (data / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (data / "files" / "ab" / "abcdef").write_bytes(b"scan")
    copy = data / "copy.tar.gz"
    done = manage(env, "backup", str(copy))
    assert done.returncode == 0, done.stderr
    return env, copy


def test_the_copy_moves_everything_from_sqlite_to_postgresql(demo: tuple[dict[str, str], Path], tmp_path: Path) -> None:
    env, copy = demo
    there = environment(
        tmp_path,
        DATABASE_URL=new_database("moved"),
        SECRET_KEY=SECRET,
        ALLOWED_HOSTS="localhost",
        REDIS_URL=os.environ["REDIS_URL"],
    )
    assert manage(there, "migrate", "-v0").returncode == 0
    done = manage(there, "restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert manage(there, "shell", "-v0", "-c", COUNTS).stdout == manage(env, "shell", "-v0", "-c", COUNTS).stdout
    assert (tmp_path / "files" / "ab" / "abcdef").read_bytes() == b"scan"
    # sequences go on behind the restored rows
    made = manage(
        there,
        "shell",
        "-v0",
        "-c",
        "from schools.models import Person; print(Person.objects.create(last_name='А', first_name='Б').pk)",
    )
    assert made.returncode == 0, made.stderr


def test_a_place_that_is_not_empty_is_refused(demo: tuple[dict[str, str], Path]) -> None:
    env, copy = demo
    done = manage(env, "restore", str(copy))
    assert done.returncode == 1 and "не пуста" in done.stderr


def test_a_damaged_copy_leaves_the_place_empty(demo: tuple[dict[str, str], Path], tmp_path: Path) -> None:
    _, copy = demo
    bad = tmp_path / "bad.tar.gz"
    with tarfile.open(copy) as whole, tarfile.open(bad, "w:gz") as cut:
        for member in whole.getmembers():
            if member.name != "rows/decisions.clause.jsonl":
                cut.addfile(member, whole.extractfile(member))
    env = environment(tmp_path / "data")
    assert manage(env, "migrate", "-v0").returncode == 0
    done = manage(env, "restore", str(bad))
    assert done.returncode == 1 and "повреждена" in done.stderr
    assert manage(env, "shell", "-v0", "-c", COUNTS).stdout.strip() == "[0, 0, 0, 0, 0, 0, 0]"
