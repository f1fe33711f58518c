"""`config/setup.sh` on a machine where nothing may be installed: the one exact command, and exit 1."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def setup(folder: Path, *, python: bool = True) -> subprocess.CompletedProcess[str]:
    """Runs as a user without sudo on a Debian that has none of the packages; PATH is one folder."""
    folder.mkdir()
    scripts = {"dpkg-query": "exit 1", "id": "echo 1000"}
    if python:
        scripts["python3"] = f'exec "{sys.executable}" "$@"'
    for name, body in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    return subprocess.run(
        [shutil.which("sh") or "/bin/sh", "config/setup.sh", "run"],
        cwd=ROOT,
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=20,
    )


def test_without_rights_the_one_command_is_printed(tmp_path: Path) -> None:
    done = setup(tmp_path / "bin")
    commands = [line for line in done.stderr.splitlines() if "apt-get" in line]
    assert done.returncode == 1
    assert len(commands) == 1
    assert commands[0].startswith("  sudo apt-get install -y") and "libpango-1.0-0" in commands[0]


def test_without_python_the_command_is_printed_too(tmp_path: Path) -> None:
    done = setup(tmp_path / "bin", python=False)
    assert done.returncode == 1
    assert "  sudo apt-get install -y --no-install-recommends python3 python3-venv" in done.stderr
