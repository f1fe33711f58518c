"""Work on a hostile file in a child process with limits of time and memory: it harms nobody but itself.

The parent writes one JSON object (length first) and the bytes of the file; the child answers with one JSON object. No
Django, no database, no secrets of the environment in the child. The module that is run calls `serve` in its `main`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


class ChildFailed(Exception):
    """The child gave no answer: it ran out of `time` or of `memory` (which is also what a crash is taken for)."""

    def __init__(self, reason: Literal["time", "memory"]) -> None:
        super().__init__(reason)
        self.reason = reason


def run(module: str, head: dict[str, Any], data: bytes, *, seconds: int, megabytes: int) -> dict[str, Any]:
    """The answer of `python -m module`. Raises ChildFailed."""
    request = json.dumps(head, ensure_ascii=False).encode()

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    child = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=limits,
        env={k: v for k, v in os.environ.items() if k in _ENVIRONMENT},
    )
    try:
        out, _ = child.communicate(struct.pack(">I", len(request)) + request + data, timeout=seconds + 10)
    except subprocess.TimeoutExpired:
        raise ChildFailed("time") from None
    finally:
        if child.poll() is None:
            _kill(child)
    try:
        answer = json.loads(out)
    except ValueError:
        raise ChildFailed("time" if child.returncode == -signal.SIGXCPU else "memory") from None
    return dict(answer)


def _kill(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()


def serve(answer: Callable[[bytes, dict[str, Any]], dict[str, Any]]) -> None:
    """The child's side: one request from standard input, one answer to standard output."""
    source = sys.stdin.buffer
    size = struct.unpack(">I", source.read(4))[0]
    head = json.loads(source.read(size))
    said = answer(source.read(), head)
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False).encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is left to be tidied: taking a large reading apart costs as much as a part of reading it
