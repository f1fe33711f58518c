"""Papers made in the background: a row with a lease, taken by one worker, with progress and a result that waits for its owner.

A worker that dies leaves its lease to run out; the scan takes the row again. After `TRIES` it says what happened and stops.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
import zipfile
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q

from config import clock
from config.hints import hint
from reports.enums import JobKind, JobState
from reports.models import PaperJob
from schools.audit import record
from schools.models import Organization, StoredFile, User

log = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=5)
TRIES = 3
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def start_job(*, by: User, authority: Organization, kind: JobKind, title: str, params: dict[str, int]) -> PaperJob:
    """Asks for a paper; the same one still in the queue is not asked for twice. Rights were asked by the caller."""
    from reports.tasks import heavy_run_jobs

    waiting = PaperJob.objects.filter(
        owner=by, kind=kind, params=params, state__in=[JobState.WAITING, JobState.RUNNING]
    ).first()
    if waiting is not None:
        return waiting
    job = PaperJob.objects.create(authority=authority, owner=by, kind=kind, title=title[:300], params=params)
    record(by=by, action="paper.asked", row=job, authority=authority, summary=title)
    hint(heavy_run_jobs)
    return job


def run_waiting(limit: int = 5) -> int:
    """The scan: one job after another; returns how many were run."""
    ran = 0
    while ran < limit and (job := _taken()) is not None:
        run(job)
        ran += 1
    return ran


def _taken() -> PaperJob | None:
    now = clock.now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    for pk in PaperJob.objects.filter(free).order_by("pk").values_list("pk", flat=True)[:10]:
        got = PaperJob.objects.filter(free, pk=pk).update(
            state=JobState.RUNNING, lease_until=now + LEASE, tries=F("tries") + 1
        )
        if got:
            return PaperJob.objects.select_related("authority", "owner__person").get(pk=pk)
    return None


def run(job: PaperJob) -> None:
    """Makes the paper of a taken job and keeps it; whatever happens the row says what."""
    try:
        if job.tries > TRIES:
            raise RuntimeError("given up")
        name, content, media = _makers()[job.kind](job)
    except Exception:
        log.exception("job %s", job.pk)
        final = job.tries >= TRIES
        PaperJob.objects.filter(pk=job.pk).update(
            state=JobState.FAILED if final else JobState.WAITING,
            failures=["Документ не удалось подготовить. Попробуйте ещё раз; если повторится, сообщите администратору."]
            if final
            else [],
            finished_at=clock.now() if final else None,
            lease_until=None,
        )
        return
    with transaction.atomic():
        file = StoredFile(
            authority=job.authority,
            name=name.replace("/", "-")[:255],
            content_type=media,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=None,
        )
        file.content.save("paper", ContentFile(content), save=False)
        file.save()
        failures = PaperJob.objects.values_list("failures", flat=True).get(pk=job.pk)
        PaperJob.objects.filter(pk=job.pk).update(
            state=JobState.PARTLY if failures else JobState.DONE,
            result=file,
            done=F("total"),
            finished_at=clock.now(),
            lease_until=None,
        )


def progress(job: PaperJob, *, done: int, total: int, failure: str = "") -> None:
    """How far it is; renews the lease. A failure is a sentence that names what was not made."""
    if failure:
        job.failures = [*job.failures, failure]
    PaperJob.objects.filter(pk=job.pk).update(
        done=done, total=max(total, 1), failures=job.failures, lease_until=clock.now() + LEASE
    )


def _makers() -> dict[str, Callable[[PaperJob], tuple[str, bytes, str]]]:
    from reports.notes import papers

    return {
        JobKind.NOTE_PDF: papers.note_pdf,
        JobKind.NOTE_DOCX: papers.note_docx,
        JobKind.PASSPORT: papers.passport,
        JobKind.EXECUTION: papers.execution,
        JobKind.EXCERPTS: lambda job: zipped(job, papers.excerpts(job)),
    }


def zipped(job: PaperJob, works: list[tuple[str, Callable[[], bytes]]]) -> tuple[str, bytes, str]:
    """A ZIP of papers made one by one: what fails is named in the job and in the ZIP, the rest is delivered."""
    out = io.BytesIO()
    taken: set[str] = set()
    job.failures = []
    made: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, make) in enumerate(works, start=1):
            failure = ""
            try:
                content = make()
            except Exception:
                log.exception("job %s: %s", job.pk, name)
                failure = f"{name}: выписку не удалось подготовить."
            else:
                made.append(name)
                archive.writestr(_free(f"{name}.pdf", taken), content)
            progress(job, done=place, total=len(works), failure=failure)
        if job.failures:
            archive.writestr(_free("Не подготовлено.txt", taken), "\r\n".join(job.failures).encode("utf-8-sig"))
    if works and not made:
        raise RuntimeError("nothing was made")
    return f"{job.title}.zip", out.getvalue(), "application/zip"


def _free(name: str, taken: set[str]) -> str:
    plain = "".join(" " if sign in '/\\:*?"<>|' or ord(sign) < 32 else sign for sign in name)[-150:].strip()
    stem, dot, tail = plain.rpartition(".")
    found, number = plain, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){dot}{tail}"
    taken.add(found.casefold())
    return found
