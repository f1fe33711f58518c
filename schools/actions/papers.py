"""Issuing papers: a version is a row with its content inside the caller's transaction; its bytes are made right after, once.

Which app's row it is does not matter here: `makers` name, for each kind of row, what a paper of it says and how it is
rendered (the app that prints registers them when it is ready, as `sending.composers` are). Rendering takes seconds and may
fail, so it never stands between a methodist and a registration: the first who asks for the paper, or the scan of the
background, makes the bytes, and whoever comes second gets the very same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import F, Max

from config import clock
from schools.audit import record
from schools.enums import PaperKind, PaperState
from schools.models import IssuedPaper, Organization, StoredFile, User

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Maker:
    """`content(row)` gives what the paper of a row says, as JSON values; `render(paper)` the bytes of its PDF."""

    content: Callable[[Any], dict[str, Any]]
    render: Callable[[IssuedPaper], bytes]


makers: dict[str, Maker] = {}


class NotRendered(RuntimeError):
    """The bytes could not be made now; `str()` is a Russian sentence."""


@transaction.atomic
def issue(
    *,
    by: User | None,
    row: models.Model,
    authority: Organization,
    kind: str,
    number: str,
    date: dt.date | None,
    state: PaperState,
    reason: str,
    content: dict[str, Any] | None = None,
    to_sign: bool = False,
) -> IssuedPaper:
    """A new version of the paper of `row`; the versions in force before it become «заменён». The caller holds the row's lock.

    `content` is given when the new version only adds a mark to what the last one says.
    """
    before = IssuedPaper.objects.of(row).filter(organization__isnull=True)
    ended = {"ended_at": clock.now()}
    before.filter(state=PaperState.IN_FORCE, to_sign=False).update(state=PaperState.REPLACED, **ended)
    paper = IssuedPaper(
        authority=authority,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        kind=kind if kind in PaperKind.values else PaperKind.OTHER,
        version=(before.aggregate(last=Max("version"))["last"] or 0) + 1,
        to_sign=to_sign,
        number=number,
        date=date,
        state=state,
        reason=reason[:500],
        content=content if content is not None else _content(row),
        issued_by=by,
    )
    paper.save()
    record(
        by=by,
        action="paper.issued",
        row=paper,
        authority=authority,
        summary=str(paper),
        after={"version": paper.version, "code": paper.code, "state": state},
        reason=reason,
    )
    return paper


def _content(row: models.Model) -> dict[str, Any]:
    """What a paper of this row says; empty when that failed: a fault in printing must not stop a registration, and the
    words are locked by now, so they can be taken again when the bytes are made."""
    try:
        with transaction.atomic():
            return makers[row._meta.label_lower].content(row)
    except Exception:
        log.exception("no content for a paper of %s %s", row._meta.label_lower, row.pk)
        return {}


@transaction.atomic
def end(*, row: models.Model, states: list[PaperState], state: PaperState) -> None:
    """Papers of `row` that stand in `states` are no longer what they were: annulled, or taken back before registering."""
    IssuedPaper.objects.of(row).filter(state__in=states).update(state=state, ended_at=clock.now())


@transaction.atomic
def put_in_force(*, row: models.Model, number: str, date: dt.date | None) -> None:
    """The copy that went round to be signed is the registered paper: it answers with the number it was given."""
    IssuedPaper.objects.of(row).filter(state=PaperState.PREPARED).update(
        state=PaperState.IN_FORCE, number=number, date=date
    )


def current(row: models.Model) -> IssuedPaper | None:
    """The newest version that was not taken back: what «печать» gives."""
    papers = IssuedPaper.objects.of(row).filter(organization__isnull=True)
    return papers.exclude(state=PaperState.WITHDRAWN).select_related("file").order_by("-version").first()


def bytes_of(paper: IssuedPaper) -> bytes:
    """The bytes of a version, made now when nobody made them yet. Raises `NotRendered`.

    The row is not locked while it is rendered (on SQLite that would stop every writer): two who come at once both render,
    the second finds the first one's file and gives that.
    """
    if paper.file is None:
        paper = _rendered(paper)
    assert paper.file is not None
    with paper.file.content.open("rb") as stored:
        content: bytes = stored.read()
    if hashlib.sha256(content).hexdigest() != paper.sha256:
        raise NotRendered(
            f"Файл документа ({paper}) изменён после выпуска: контрольная сумма не сходится. "
            "Сообщите администратору: его нужно восстановить из резервной копии."
        )
    return content


def _rendered(paper: IssuedPaper) -> IssuedPaper:
    try:
        maker = makers[paper.object_type]
        if not paper.content:
            paper.content = maker.content(apps.get_model(paper.object_type)._base_manager.get(pk=paper.object_id))
            paper.save(update_fields=["content"])
        content = maker.render(paper)
    except Exception as why:
        log.exception("paper %s is not rendered", paper.pk)
        IssuedPaper.objects.filter(pk=paper.pk).update(tries=F("tries") + 1)
        raise NotRendered("Документ не удалось напечатать. Попробуйте ещё раз или скачайте его в Word.") from why
    with transaction.atomic():
        held = IssuedPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if held.file is None:
            held.file, held.sha256 = _stored(held, content), hashlib.sha256(content).hexdigest()
            held.save(update_fields=["file", "sha256"])
        return held


def _stored(paper: IssuedPaper, content: bytes) -> StoredFile:
    file = StoredFile(
        authority=paper.authority,
        name=f"{paper}.pdf".replace("/", "-")[:255],
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=None,
    )
    file.content.save("paper", ContentFile(content), save=False)
    file.save()
    return file


def render_waiting(limit: int = 20) -> int:
    """The scan: makes the bytes of papers nobody asked for yet; returns how many were made."""
    made = 0
    for paper in IssuedPaper.objects.waiting().select_related("authority").order_by("pk")[:limit]:
        try:
            bytes_of(paper)
        except NotRendered:
            continue
        made += 1
    return made
