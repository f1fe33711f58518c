"""Files put into a batch: read when they come, in a child process; only what was read is kept of a file that names pupils."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from monitoring.actions.reading import Read, read_uploads
from monitoring.enums import BatchState, FileState
from monitoring.models import ImportBatch, ImportFile
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, StoredFile, User

MAX_FILES = 60
ENDINGS = ("xlsx", "xlsm", "xls", "ods", "csv", "txt", "xml", "html")
OPEN = (BatchState.READING, BatchState.CHECKED)


@transaction.atomic
def begin(*, by: User, authority: Organization) -> ImportBatch:
    """An empty batch that files are put into."""
    batch = ImportBatch.objects.create(authority=authority, created_by=by)
    record(by=by, action="results.batch_started", row=batch, authority=authority)
    return batch


@transaction.atomic
def expect(*, batch: ImportBatch, names: Sequence[str]) -> None:
    """The names of the files that are about to be sent: those that never arrive are named to the person."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    must_be_open(batch)
    known = dict.fromkeys([*batch.report.get("expected", ()), *(name[:255] for name in names[:MAX_FILES])])
    batch.report = {**batch.report, "expected": list(known)}
    batch.total = len(known)
    batch.save(update_fields=["report", "total"])


def add_file(*, by: User, batch: ImportBatch, name: str, content: bytes) -> ImportFile:
    """One file; see `add_files`. Raises Refused with what is wrong with it."""
    (row,) = add_files(by=by, batch=batch, files=[(name, content)])
    if isinstance(row, Refused):
        raise row
    return row


def add_files(*, by: User, batch: ImportBatch, files: Sequence[tuple[str, bytes]]) -> list[ImportFile | Refused]:
    """Reads files of (name, bytes) in a child process, outside any transaction, and keeps their readings; the bytes only where no
    pupil is named. For each, in order: its row, or why it was refused.

    The same bytes a second time in one batch are refused, so that a folder dropped twice is one folder.
    """
    must_be_open(batch)
    kept = batch.files.exclude(state=FileState.REMOVED).values_list("sha256", flat=True)
    known, room = set(kept), MAX_FILES - batch.files.count()
    answers: list[ImportFile | Refused | None] = []
    taken: list[tuple[int, str, bytes, str]] = []
    again: list[str] = []
    for place, (name, content) in enumerate(files):
        digest = hashlib.sha256(content).hexdigest()
        refused = None
        if digest in known:
            again.append(name)
            refused = Refused(f"Файл «{name}» уже есть в этой загрузке.")
        elif len(taken) >= room:
            refused = Refused(f"В одной загрузке не больше {MAX_FILES} файлов. Остальные загрузите следующей.")
        else:
            known.add(digest)
            taken.append((place, name, content, digest))
        answers.append(refused)
    if again:
        _came_before(batch, again)
    if taken:
        read = read_uploads([(name, content) for _, name, content, _ in taken], authority=batch.authority)
        for (place, name, content, digest), one in zip(taken, read, strict=True):
            answers[place] = _keep(by, batch, name, content, digest, one)
    return [one for one in answers if one is not None]


@transaction.atomic
def _came_before(batch: ImportBatch, names: Sequence[str]) -> None:
    """Files that are in the batch already, perhaps under a neutral name: they are waited for no longer."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    kept = set(batch.files.values_list("name", flat=True))
    for name in names:
        if name[:255] not in kept:
            _forget(batch, name)


@transaction.atomic
def _keep(by: User, batch: ImportBatch, name: str, content: bytes, digest: str, read: Read) -> ImportFile:
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    must_be_open(batch)
    state = state_of(read.reading)
    sent = name
    if read.personal:
        name = neutral_name(read.reading, digest, name)
        read.reading["file"] = name
        _forget(batch, sent)
    row = ImportFile(
        batch=batch,
        name=name[:255],
        sha256=digest,
        size=len(content),
        personal=read.personal,
        state=state,
        reading=read.reading,
        headings_key=read.headings_key,
        position=batch.files.count(),
    )
    if not read.personal and state != FileState.FAILED:  # what could not be read may name pupils too
        kept = StoredFile(
            authority=batch.authority,
            name=name[:255],
            content_type="application/octet-stream",
            size=len(content),
            sha256=digest,
            uploaded_by=by,
        )
        kept.content.save("table", ContentFile(content), save=True)
        row.stored = kept
    row.save()
    if batch.state != BatchState.READING:
        ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.READING)
    return row


_FORM_NAMES = {
    "fisoko_individual": "Индивидуальные результаты",
    "rcoi_protocol": "Протокол РЦОИ",
    "unreadable": "Файл с фамилиями",
}


def neutral_name(reading: Mapping[str, Any], digest: str, name: str) -> str:
    """What a file that names pupils is called: its own name may be a surname. «Протокол РЦОИ, Химия 02.06.2026 (3f9a12).xls»."""
    tables = reading.get("tables", ())
    form = _FORM_NAMES.get(tables[0].get("form", "") if tables else "unreadable", "Таблица с фамилиями")
    about = list(dict.fromkeys(filter(None, (table.get("subject") for table in tables))))
    days = sorted({table["date"] for table in tables if table.get("date")})
    day = f" {dt.date.fromisoformat(days[0]):%d.%m.%Y}" if len(days) == 1 else ""
    said = ", ".join([form, *about[:3], *(["…"] if len(about) > 3 else [])])
    ending = name.rpartition(".")[2].lower()
    return f"{said}{day} ({digest[:6]})" + (f".{ending}" if ending in ENDINGS else "")


def _forget(batch: ImportBatch, name: str) -> None:
    """The name under which a file with pupils was announced is not kept either."""
    expected = [one for one in batch.report.get("expected", ()) if one != name[:255]]
    if len(expected) != len(batch.report.get("expected", ())):
        batch.report = {**batch.report, "expected": expected}
        ImportBatch.objects.filter(pk=batch.pk).update(report=batch.report)


def state_of(reading: dict[str, Any]) -> str:
    if any(table.get("needs_mapping") for table in reading.get("tables", ())):
        return FileState.MAPPING
    forms = {table.get("form") for table in reading.get("tables", ())}
    return FileState.FAILED if forms <= {"unreadable"} else FileState.READ


def must_be_open(batch: ImportBatch) -> None:
    if batch.state not in OPEN:
        raise Refused(f"Эта загрузка уже «{batch.get_state_display()}». Начните новую.")
    if batch.lease_holder:
        raise Refused("Загрузка сейчас проверяется. Подождите, пока проверка закончится.")


@transaction.atomic
def remove_file(*, by: User, file: ImportFile) -> None:
    """Takes a file out of a batch that is not loaded yet."""
    batch = ImportBatch.objects.select_for_update().get(pk=file.batch_id)
    must_be_open(batch)
    file.state = FileState.REMOVED
    file.save(update_fields=["state"])
    record(by=by, action="results.file_removed", row=file, authority=batch.authority_id, summary=file.name)
