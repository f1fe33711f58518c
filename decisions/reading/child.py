"""Reading in a child process with limits of time and memory (`config.child`): a hostile file harms nobody but itself."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from config import child
from decisions.reading.containers import MAX_BYTES, Unreadable
from decisions.reading.containers.doc import NOTE as OLD_NOTE
from decisions.reading.containers.doc import to_docx
from decisions.reading.containers.kinds import kind_of
from schools.registry import Registry, RegistryEntry


@dataclass(frozen=True)
class LoadedMeta:
    """What is known of the container: its kind, whether a person should compare the text, whether it is only a scan."""

    kind: str
    preview_needed: bool = False
    scan: bool = False


PASTED = "вставленный текст.txt"  # the name of what was not a file


def read_file(
    data: bytes, name: str, *, registry: Registry | None, seconds: int, megabytes: int
) -> tuple[dict[str, Any], LoadedMeta]:
    """The reading as JSON (`model.to_json`) and what the container was. Raises `Unreadable` with a Russian sentence."""
    old = len(data) <= MAX_BYTES and kind_of(data, name) == "doc"
    if old:  # LibreOffice needs more memory than the child may have; it has its own limit of time
        data, name = to_docx(data), f"{name}.docx"
    entries = [dataclasses.asdict(e) for e in registry.entries] if registry is not None else None
    head = {"name": name, "registry": entries}
    try:
        answer = child.run("decisions.reading.child", head, data, seconds=seconds, megabytes=megabytes)
    except child.ChildFailed as why:
        reason = f"за {seconds} секунд" if why.reason == "time" else "при отведённой памяти"
        if name == PASTED:
            raise Unreadable(
                f"Вставленный текст не удалось прочитать {reason}: он слишком велик. Вставьте его частями, по одному "
                "документу."
            ) from None
        raise Unreadable(
            f"Файл «{name}» не удалось прочитать {reason}: он слишком велик или повреждён. "
            "Сохраните его в Word заново как DOCX без рисунков или вставьте текст."
        ) from None
    if "error" in answer:
        raise Unreadable(answer["error"])
    meta = LoadedMeta(**answer["loaded"])
    if old:
        answer["reading"]["notes"].insert(0, OLD_NOTE)
        meta = LoadedMeta("doc", preview_needed=True)
    return answer["reading"], meta


def main() -> None:
    child.serve(_safe)


def _safe(data: bytes, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return _answer(data, request)
    except Unreadable as why:
        return {"error": str(why)}
    except MemoryError:
        return {"error": f"Файл «{request['name']}» слишком велик для чтения. Вставьте текст документа."}


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
