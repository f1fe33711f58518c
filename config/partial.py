"""Uploads that may break and go on: a file arrives in pieces, each piece says where it begins.

Pieces lie in `DATA_DIR/partial`, one file an upload, named at random; the person's number is part of the name, so nobody
goes on with another's upload. What nobody finished is removed after two days.
"""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

from django.conf import settings

from config.uploads import BadUpload

PIECE_BYTES = 512 * 1024
KEEP_SECONDS = 2 * 24 * 3600
_KEY = re.compile(r"[0-9a-f]{32}")


class Lost(BadUpload):
    """No such upload: it was finished, dropped or is another person's."""


def begin(*, owner: int, size: int) -> str:
    """Starts an upload of `size` bytes; returns its key. Raises `BadUpload` when it is too big."""
    limit = settings.MAX_UPLOAD_BYTES
    if not 0 < size <= limit:
        raise BadUpload(f"Файл больше {limit // 1024 // 1024} МБ или пуст. Сожмите его или разделите на части.")
    _sweep()
    key = secrets.token_hex(16)
    _path(owner, key).touch(mode=0o600)
    return key


def offset_of(*, owner: int, key: str) -> int:
    """How many bytes have arrived. Raises `Lost`."""
    path = _path(owner, key)
    if not path.exists():
        raise Lost("Загрузка прервалась слишком давно. Выберите файл ещё раз.")
    return path.stat().st_size


def add(*, owner: int, key: str, offset: int, piece: bytes) -> int:
    """Adds a piece that begins at `offset`; one that came twice is not added twice. Returns the new offset.

    Raises `Lost`, or `BadUpload` when the upload would outgrow the limit.
    """
    have = offset_of(owner=owner, key=key)
    if offset != have:
        return have  # the sender learns from where to go on
    if have + len(piece) > settings.MAX_UPLOAD_BYTES:
        drop(owner=owner, key=key)
        raise BadUpload("Файл больше дозволенного. Сожмите его или разделите на части.")
    with _path(owner, key).open("ab") as stored:
        stored.write(piece)
    return have + len(piece)


def content_of(*, owner: int, key: str) -> bytes:
    offset_of(owner=owner, key=key)
    return _path(owner, key).read_bytes()


def drop(*, owner: int, key: str) -> None:
    _path(owner, key).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "partial"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(owner: int, key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise Lost("Такой загрузки нет. Выберите файл ещё раз.")
    return _folder() / f"{owner}-{key}"


def _sweep() -> None:
    old = time.time() - KEEP_SECONDS
    for path in _folder().iterdir():
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
