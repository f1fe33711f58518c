"""A copy of everything: rows of every table and every stored file, in one archive that any database takes back.

Rows are read in one repeatable-read transaction (SQLite: one transaction), so the copy is of one moment; files are only ever
added, so those the rows name are there. The archive is checked on the way back: counts of rows and SHA-256 of files. It is
also the way from SQLite to PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction

FORMAT = 1
SKIPPED = {"contenttypes.contenttype", "auth.permission", "sessions.session", "admin.logentry"}
LEFT_OUT_APPS = {"axes"}


class BadBackup(Exception):
    """The archive cannot be restored; `str()` is a Russian sentence."""


def kept_models() -> list[type[models.Model]]:
    """Every table of ours in an order that respects foreign keys where it can."""
    return [
        model
        for model in serializers.sort_dependencies([(config, None) for config in apps.get_app_configs()])
        if model._meta.label_lower not in SKIPPED
        and model._meta.app_label not in LEFT_OUT_APPS
        and not model._meta.proxy
    ]


def backup(target: Path, files: Path) -> dict[str, Any]:
    """Writes the archive beside its final name and renames it when it is whole; returns the manifest."""
    part = target.with_name(target.name + ".part")
    manifest: dict[str, Any] = {"format": FORMAT, "migrations": _migrations(), "rows": {}, "files": {}}
    with tarfile.open(part, "w:gz") as tar, transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in kept_models():
            with tempfile.TemporaryFile() as rows:
                manifest["rows"][model._meta.label_lower] = _dump(model, rows)
                _add(tar, f"rows/{model._meta.label_lower}.jsonl", rows)
        for path in sorted(p for p in files.rglob("*") if p.is_file()):
            name = path.relative_to(files).as_posix()
            manifest["files"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
            tar.add(path, f"files/{name}", recursive=False)
        with tempfile.TemporaryFile() as page:
            page.write(json.dumps(manifest, ensure_ascii=False).encode())
            _add(tar, "manifest.json", page)
    part.rename(target)
    return manifest


def _dump(model: type[models.Model], out: IO[bytes]) -> int:
    count = 0
    for row in model._base_manager.order_by("pk").iterator(chunk_size=1000):
        out.write(serializers.serialize("jsonl", [row]).strip().encode() + b"\n")
        count += 1
    return count


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size = content.tell()
    info.mode = 0o600
    content.seek(0)
    tar.addfile(info, content)


def _migrations() -> list[str]:
    from django.db.migrations.recorder import MigrationRecorder

    rows = MigrationRecorder(connection).applied_migrations()
    ours = {config.label for config in apps.get_app_configs() if not config.name.startswith("django.")}
    return sorted(f"{app}.{name}" for app, name in rows if app in ours)


def restore(source: Path, files: Path) -> dict[str, Any]:
    """Fills an empty, migrated place; nothing stays when anything is wrong. Raises `BadBackup`."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            manifest = json.loads(_read(tar, "manifest.json"))
            _check_place(manifest, files)
            with transaction.atomic():
                _fill(tar, manifest)
                _files(tar, manifest, files)
    except (tarfile.TarError, OSError, ValueError, KeyError) as why:
        raise BadBackup(f"Копия повреждена или это не копия: {why}. Возьмите другую.") from why
    return dict(manifest)


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(name)
    if member is None:
        raise KeyError(name)
    return member.read()


def _check_place(manifest: dict[str, Any], files: Path) -> None:
    if manifest["format"] != FORMAT:
        raise BadBackup("Копия сделана другой версией программы. Восстановите её той же версией.")
    if manifest["migrations"] != _migrations():
        raise BadBackup("Копия сделана другой версией программы. Поставьте ту же версию, восстановите, потом обновите.")
    taken = next((m for m in kept_models() if m._base_manager.exists()), None)
    if taken is not None:
        raise BadBackup(f"База не пуста ({taken._meta.verbose_name_plural}). Восстанавливать можно только в пустую.")
    if files.exists() and any(files.iterdir()):
        raise BadBackup(f"Папка файлов {files} не пуста. Укажите другую DATA_DIR или уберите файлы.")


def _fill(tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    """Rows as they were, links checked at the end: a school may point at a successor that comes after it."""
    ours = kept_models()
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in ours:
            label = model._meta.label_lower
            count = sum(_save(row) for row in _rows(tar, f"rows/{label}.jsonl"))
            if count != manifest["rows"].get(label, 0):
                raise BadBackup(
                    f"В копии не хватает строк: {label}, есть {count}, было {manifest['rows'].get(label, 0)}."
                )
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), ours):
            cursor.execute(statement)


def _rows(tar: tarfile.TarFile, name: str) -> Iterator[Any]:
    for line in _read(tar, name).splitlines():
        yield from serializers.deserialize("jsonl", line)


def _save(row: Any) -> int:
    # `raw`: the values as they were, without what `save()` of a model would work out anew
    row.save()
    return 1


def _files(tar: tarfile.TarFile, manifest: dict[str, Any], files: Path) -> None:
    for name, digest in manifest["files"].items():
        content = _read(tar, f"files/{name}")
        if hashlib.sha256(content).hexdigest() != digest:
            raise BadBackup(f"Файл {name} в копии повреждён. Возьмите другую копию.")
        path = (files / name).resolve()
        if not path.is_relative_to(files.resolve()):
            raise BadBackup("В копии есть файл с чужим путём. Это не наша копия.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
