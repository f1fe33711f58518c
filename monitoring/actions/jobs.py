"""Checking and loading a batch: a small one at once, a large one in the background, where the page need not wait for it.

What is asked for stands in the batch itself («check» or «load» in `lease_holder`), so a lost hint or a stopped worker loses nothing:
the scan finds the batch again. A worker holds it by a lease; a batch that failed three times says so and waits for a person.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum

from config import clock
from config.hints import hint
from monitoring.actions import imports, uploads
from monitoring.enums import BatchState, FileState
from monitoring.models import ImportBatch
from schools.errors import Refused
from schools.models import User

log = logging.getLogger(__name__)
AT_ONCE = (
    1_000_000  # bytes of files that are checked or loaded within a request: some twenty thousand rows, a few seconds
)
LEASE = dt.timedelta(minutes=15)
TRIES = 3
CHECK, LOAD = "check", "load"


def ask_check(*, by: User, batch: ImportBatch) -> bool:
    """Compares the batch with what is stored, now or in the background; True when it is done already."""
    if _small(batch):
        imports.check(batch=batch)
        return True
    _ask(batch, CHECK, by=by)
    return False


def ask_load(*, by: User, batch: ImportBatch, accept_warnings: bool) -> bool:
    """Loads the batch, now or in the background; True when it is done already. Raises Refused for what can be known now."""
    if _small(batch):
        imports.load(by=by, batch=batch, accept_warnings=accept_warnings)
        return True
    imports.must_be_loadable(batch, accept_warnings=accept_warnings)
    _ask(batch, LOAD, by=by, accept=accept_warnings)
    return False


def _small(batch: ImportBatch) -> bool:
    size = batch.files.exclude(state=FileState.REMOVED).aggregate(size=Sum("size"))["size"]
    return (size or 0) <= AT_ONCE


@transaction.atomic
def _ask(batch: ImportBatch, verb: str, **asked: Any) -> None:
    from monitoring.tasks import heavy_run_batches

    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.lease_holder:
        return  # asked already: a second press changes nothing
    if row.state not in uploads.OPEN:
        raise Refused(f"Эта загрузка уже «{row.get_state_display()}». Начните новую.")
    by = asked.pop("by")
    row.report = {**row.report, "job": {"by": by.pk, "tries": 0, "at": clock.now().isoformat(), **asked}}
    row.report.pop("trouble", None)
    row.state = BatchState.IMPORTING if verb == LOAD else BatchState.READING
    row.lease_holder, row.leased_until = verb, None
    row.save(update_fields=["report", "state", "lease_holder", "leased_until"])
    hint(heavy_run_batches)


def run_waiting(limit: int = 5) -> int:
    """The scan: one batch after another; returns how many were worked on."""
    ran = 0
    while ran < limit and (batch := _taken()) is not None:
        _run(batch)
        ran += 1
    return ran


def _taken() -> ImportBatch | None:
    """A batch that nobody works on, held from now on: one conditional update decides who has it."""
    now = clock.now()
    free = Q(lease_holder__in=[CHECK, LOAD]) & (Q(leased_until=None) | Q(leased_until__lt=now))
    for pk in ImportBatch.objects.filter(free).order_by("pk").values_list("pk", flat=True)[:10]:
        if ImportBatch.objects.filter(free, pk=pk).update(leased_until=now + LEASE):
            batch = ImportBatch.objects.get(pk=pk)
            batch.report["job"]["tries"] += 1
            batch.save(update_fields=["report"])
            return batch
    return None


def _run(batch: ImportBatch) -> None:
    verb, job = batch.lease_holder, batch.report["job"]
    try:
        if job["tries"] > TRIES:
            raise Refused("Работа трижды прервалась, ничего не записано. Разделите файлы на несколько загрузок.")
        if verb == CHECK:
            imports.check(batch=batch)
        else:
            by = User.objects.get(pk=job["by"])
            imports.load(by=by, batch=batch, accept_warnings=bool(job.get("accept")))
    except Refused as why:
        _give_back(batch, str(why))
    except Exception:
        log.exception("batch %s", batch.pk)
        if job["tries"] >= TRIES:
            words = "Не получилось, ничего не записано. Попробуйте ещё раз; если повторится, сообщите администратору."
            _give_back(batch, words)
        else:
            ImportBatch.objects.filter(pk=batch.pk).update(leased_until=None)
    else:
        ImportBatch.objects.filter(pk=batch.pk).update(lease_holder="", leased_until=None)


@transaction.atomic
def _give_back(batch: ImportBatch, trouble: str) -> None:
    """Back to the person, with what happened; a batch that was never checked stays unchecked."""
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    row.report = {**row.report, "trouble": trouble}
    if row.state in (BatchState.READING, BatchState.IMPORTING):
        row.state = BatchState.CHECKED if row.lease_holder == LOAD else BatchState.READING
    row.lease_holder, row.leased_until = "", None
    row.save(update_fields=["report", "state", "lease_holder", "leased_until"])
