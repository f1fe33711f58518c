"""Reading in a child process with limits of time and memory: a hostile file harms nobody but itself.

The parent writes one JSON line (name, registry rows) and the bytes of the file; the child answers with one JSON object.
No Django, no database in the child.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import signal
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decisions.reading.containers import MAX_BYTES, Unreadable
from decisions.reading.containers.doc import NOTE as OLD_NOTE
from decisions.reading.containers.doc import to_docx
from decisions.reading.containers.kinds import kind_of
from schools.registry import Registry, RegistryEntry

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class LoadedMeta:
    """What is known of the container: its kind, whether a person should compare the text, whether it is only a scan."""

    kind: str
    preview_needed: bool = False
    scan: bool = False


def read_file(
    data: bytes, name: str, *, registry: Registry | None, seconds: int, megabytes: int
) -> tuple[dict[str, Any], LoadedMeta]:
    """The reading as JSON (`model.to_json`) and what the container was. Raises `Unreadable` with a Russian sentence."""
    old = len(data) <= MAX_BYTES and kind_of(data, name) == "doc"
    if old:  # LibreOffice needs more memory than the child may have; it has its own limit of time
        data, name = to_docx(data), f"{name}.docx"
    entries = [dataclasses.asdict(e) for e in registry.entries] if registry is not None else None
    head = json.dumps({"name": name, "registry": entries}, ensure_ascii=False).encode()

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    child = subprocess.Popen(
        [sys.executable, "-m", "decisions.reading.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=limits,
        env={k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")},
    )
    try:
        out, _ = child.communicate(struct.pack(">I", len(head)) + head + data, timeout=seconds + 10)
    except subprocess.TimeoutExpired:
        _kill(child)
        raise Unreadable(
            f"Файл «{name}» не удалось прочитать за {seconds} секунд. Сохраните его в Word как DOCX без рисунков "
            "или вставьте текст."
        ) from None
    finally:
        if child.poll() is None:
            _kill(child)
    try:
        answer = json.loads(out)
    except ValueError:
        reason = "за отведённое время" if child.returncode == -signal.SIGXCPU else "при отведённой памяти"
        raise Unreadable(
            f"Файл «{name}» не удалось прочитать {reason}: он слишком велик или повреждён. "
            "Сохраните его заново как DOCX или вставьте текст."
        ) from None
    if "error" in answer:
        raise Unreadable(answer["error"])
    meta = LoadedMeta(**answer["loaded"])
    if old:
        answer["reading"]["notes"].insert(0, OLD_NOTE)
        meta = LoadedMeta("doc", preview_needed=True)
    return answer["reading"], meta


def _kill(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()


def main() -> None:
    """The child: reads the request from standard input, answers on standard output."""
    source = sys.stdin.buffer
    size = struct.unpack(">I", source.read(4))[0]
    request = json.loads(source.read(size))
    data = source.read()
    try:
        answer = _answer(data, request)
    except Unreadable as why:
        answer = {"error": str(why)}
    except MemoryError:
        answer = {"error": f"Файл «{request['name']}» слишком велик для чтения. Вставьте текст документа."}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


def _answer(data: bytes, request: dict[str, Any]) -> dict[str, Any]:
    from decisions.reading.containers import load
    from decisions.reading.model import to_json
    from decisions.reading.reader import read_text

    loaded = load(data, request["name"])
    registry = None
    if request["registry"] is not None:
        registry = Registry.of(RegistryEntry(**{**e, "aliases": tuple(e["aliases"])}) for e in request["registry"])
    reading = to_json(read_text(loaded.text, registry=registry, notes=loaded.notes))
    meta = {"kind": loaded.kind, "preview_needed": loaded.preview_needed, "scan": loaded.scan}
    return {"reading": reading, "loaded": meta}


if __name__ == "__main__":
    main()
