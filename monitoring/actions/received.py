"""A received list from a file in two steps: read and checked first, loaded from the same reading. One file of a region serves all
municipalities: each office gets its schools as a list of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db import transaction

from monitoring.actions.lists import start_received
from monitoring.actions.reading import entries_for
from monitoring.enums import UploadState
from monitoring.models import ListUpload, LowResultsEntry, LowResultsList
from monitoring.reading.child import read_list_file
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User


def check_list(*, by: User, office: Organization, name: str, content: bytes, about: dict[str, Any]) -> ListUpload:
    """Reads the file (in a child process); `about`: school_year, level, letter, letter_date (ISO). Nothing is loaded yet."""
    reading = read_list_file(
        content, name, registry=entries_for(office), year=about["school_year"], **settings.READING_LIMITS
    )
    with transaction.atomic():
        row = ListUpload.objects.create(
            office=office,
            created_by=by,
            name=name[:255],
            sha256=hashlib.sha256(content).hexdigest(),
            about=about,
            rows=reading["rows"],
            problems=reading["problems"],
        )
        record(by=by, action="list.file_checked", row=row, authority=office, summary=f"{name}: {len(row.rows)} строк")
    return row


@transaction.atomic
def answer(*, by: User, upload: ListUpload, printed: str, organization: Organization | None) -> None:
    """«Это наша школа …», or «не наша» (None) for a printed name."""
    row = _open(upload)
    if not any(one["printed"] == printed for one in row.rows):
        raise Refused("Такой строки в файле нет.")
    row.answers[printed] = organization.pk if organization else None
    row.save(update_fields=["answers"])


@transaction.atomic
def leave_out_rest(*, by: User, upload: ListUpload) -> int:
    """All names still unknown are of other municipalities; how many."""
    row = _open(upload)
    names = {one["printed"] for one in unknown(row)}
    row.answers |= dict.fromkeys(names)
    row.save(update_fields=["answers"])
    return len(names)


def unknown(upload: ListUpload) -> list[dict[str, Any]]:
    """Rows whose school is neither known nor answered."""
    return [one for one in upload.rows if one["key"] is None and one["printed"] not in upload.answers]


def known(upload: ListUpload) -> dict[int, dict[str, Any]]:
    """Organisation id → its row, the first one of each."""
    found: dict[int, dict[str, Any]] = {}
    for one in upload.rows:
        pk = one["key"] if one["key"] is not None else upload.answers.get(one["printed"])
        if pk is not None:
            found.setdefault(pk, one)
    return found


@transaction.atomic
def load_list(*, by: User, upload: ListUpload) -> list[LowResultsList]:
    """Draft lists, one for each office that has a school in the file and that the person may edit."""
    row = _open(upload)
    if any(one["severity"] == "error" for one in row.problems):
        raise Refused("Файл прочитан с ошибками: исправьте его и загрузите ещё раз.")
    if left := unknown(row):
        raise Refused(f"Сначала скажите, какие это школы: {len(left)} строк не найдено в реестре.")
    rows = known(row)
    if not rows:
        raise Refused("В файле нет ни одной школы, которую можно загрузить.")
    reach = by.reach("lists.edit").authorities
    homes: dict[int, list[int]] = defaultdict(list)
    for pk, authority in Organization.objects.filter(pk__in=rows).values_list("pk", "authority_id"):
        if authority in reach:
            homes[authority].append(pk)
    offices = Organization.objects.in_bulk(homes)
    day = row.about.get("letter_date")
    made = []
    for home, schools in sorted(homes.items()):
        listing = start_received(
            by=by,
            authority=offices[home],
            school_year=row.about["school_year"],
            level=row.about["level"],
            letter=row.about["letter"],
            letter_date=dt.date.fromisoformat(day) if day else None,
        )
        LowResultsEntry.objects.bulk_create(
            LowResultsEntry(
                listing=listing,
                organization_id=pk,
                **{
                    name: rows[pk][name]
                    for name in ("cluster_code", "cluster_name", "project_500", "trajectory", "trajectory_text", "note")
                },
            )
            for pk in schools
        )
        made.append(listing)
    if not made:
        raise Refused("Ни одна школа файла не относится к вашему органу управления.")
    row.state = UploadState.LOADED
    row.save(update_fields=["state"])
    record(by=by, action="list.file_loaded", row=row, authority=row.office_id, summary=f"{row.name}: {len(rows)} школ")
    return made


def _open(upload: ListUpload) -> ListUpload:
    row = ListUpload.objects.select_for_update().get(pk=upload.pk)
    if row.state != UploadState.CHECKED:
        raise Refused(f"Этот файл уже {row.get_state_display()}.")
    return row
