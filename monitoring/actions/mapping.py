"""A person's answer to «which column is which»: remembered for the office, and the file of the batch read again by it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from monitoring.actions.reading import entries_for, read_upload
from monitoring.actions.uploads import OPEN, state_of
from monitoring.enums import FileState
from monitoring.models import ColumnMapping, ImportBatch, ImportFile
from monitoring.reading.child import describe_file
from monitoring.reading.mapping import WrongMapping, mapping_of
from schools.audit import record
from schools.errors import Refused
from schools.models import User


def described(file: ImportFile) -> dict[str, Any]:
    """What the screen shows of a stored file: sheets, headings, sample lines, guesses. A file with names is not kept: nothing."""
    if file.stored is None:
        return {"error": "Файл с фамилиями не сохраняется, поэтому показать его нельзя.", "sheets": []}
    with file.stored.content.open("rb") as kept:
        content = kept.read()
    return describe_file(content, file.name, registry=entries_for(file.batch.authority), **settings.READING_LIMITS)


def answer(*, by: User, file: ImportFile, mapping: dict[str, Any]) -> None:
    """Keeps the answer for the office and reads the file again. Raises Refused with what is wrong with the answer.

    Reading runs outside the transaction, in a child process; the file may have been taken out meanwhile.
    """
    if file.batch.state not in OPEN:
        raise Refused("Эта загрузка уже закончена. Начните новую.")
    key = str(mapping.get("headings_key") or file.headings_key)
    try:
        mapping_of(mapping)
    except WrongMapping as why:
        raise Refused(str(why)) from why
    with transaction.atomic():
        row, _ = ColumnMapping.objects.update_or_create(
            authority=file.batch.authority, headings_key=key, defaults={"mapping": mapping, "created_by": by}
        )
        record(by=by, action="results.columns_named", row=row, authority=file.batch.authority, after=mapping)
    if file.stored is None:
        return  # the person is asked to drop the file again
    with file.stored.content.open("rb") as kept:
        content = kept.read()
    read = read_upload(content=content, name=file.name, authority=file.batch.authority)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=file.batch_id)
        file = ImportFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if batch.state not in OPEN or file.state == FileState.REMOVED:
            raise Refused("Пока вы отвечали, этот файл убрали из загрузки.")
        file.reading, file.headings_key, file.state = read.reading, read.headings_key, state_of(read.reading)
        file.save(update_fields=["reading", "headings_key", "state"])
