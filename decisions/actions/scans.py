"""Print, sign, scan, upload: a scan finds its document by the code on it, a person confirms, the document keeps the scan."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from config import clock
from decisions.actions.intake import store_source
from decisions.enums import DocumentState, Entry
from decisions.errors import Refused
from decisions.models import Document, Scan
from decisions.scan_reading import Look
from schools.audit import record
from schools.enums import PaperState
from schools.models import IssuedPaper, Organization, StoredFile, User

AGAIN = "Проверьте, тот ли файл вы выбрали."


@transaction.atomic
def keep_scan(
    *, by: User, authority: Organization, name: str, content: bytes, look: Look, wanted: Document | None = None
) -> Scan:
    """Stores a scan and the document its code names. `wanted` is the document on whose page it was uploaded.

    Raises `Refused` when the code says that this is another paper: of another office, of another document, of a copy that
    was taken back, or of several documents at once.
    """
    paper = _paper_of(look, authority)
    found = Document.objects.filter(pk=paper.object_id).first() if paper else None
    if found and wanted and found.pk != wanted.pk:
        here, there = told_apart([found, wanted])
        raise Refused(f"На скане код документа {here}, а вы загружаете скан к документу {there}. {AGAIN}")
    document = found or wanted
    if document:
        _refuse_wrong_state(document)
    scan = Scan(
        authority=authority,
        document=document,
        paper=paper,
        file=store_source(by=by, authority=authority, name=name, content=content, content_type=look.media),
        preview=store_source(
            by=by, authority=authority, name="первая страница.jpg", content=look.preview, content_type="image/jpeg"
        ),
        pages=look.pages,
        foreign_code=bool(look.codes) and paper is None,
        created_by=by,
    )
    scan.save()
    return scan


def _paper_of(look: Look, authority: Organization) -> IssuedPaper | None:
    papers = list(IssuedPaper.objects.filter(code__in=look.codes))
    if any(paper.authority_id != authority.pk for paper in papers):
        raise Refused(f"На скане код документа другого органа управления. {AGAIN}")
    if any(paper.object_type != Document._meta.label_lower for paper in papers):
        raise Refused(f"Это не протокол и не приказ: на скане код документа «{papers[0]}». {AGAIN}")
    if len({paper.object_id for paper in papers}) > 1:
        rows = Document.objects.filter(pk__in={paper.object_id for paper in papers}).order_by("pk")
        names = " и ".join(told_apart(list(rows.defer("source_text", "reading"))))
        raise Refused(f"В файле несколько документов: {names}. Разделите скан и загрузите каждый отдельно.")
    if papers and all(paper.state == PaperState.WITHDRAWN for paper in papers):
        raise Refused(
            "Этот лист напечатан до того, как документ вернули в черновик: слова могли измениться. "
            "Распечатайте документ заново и подпишите новый экземпляр."
        )
    return max(papers, key=lambda paper: paper.version, default=None)


def told_apart(documents: list[Document]) -> list[str]:
    """Names a person can tell apart: papers of one day that wait for their signature have no number yet."""
    names = [one.short_title for one in documents]
    if len(set(names)) < len(names):
        names = [one.long_title for one in documents]
    if len(set(names)) < len(names):
        zone = ZoneInfo(documents[0].authority.zone or settings.TIME_ZONE)
        names = [f"{one.long_title}, создан {one.created_at.astimezone(zone):%d.%m.%Y в %H:%M}" for one in documents]
    if len(set(names)) < len(names):
        names = [f"{name}, запись {one.pk}" for name, one in zip(names, documents, strict=True)]
    return [f"«{name}»" for name in names]


def _refuse_wrong_state(document: Document) -> None:
    if document.part_of_id:
        raise Refused("Это часть другого документа: скан загружается к нему.")
    if document.state == DocumentState.ANNULLED:
        raise Refused(f"Регистрация документа «{document.short_title}» аннулирована: скан к нему не нужен.")
    if document.state == DocumentState.DRAFT and document.entry == Entry.PREPARED:
        raise Refused(f"«{document.short_title}» ещё черновик: сначала передайте его на подписание.")


@transaction.atomic
def confirm_scan(
    *, by: User, scan: Scan, document: Document, signed_on: dt.date | None = None, signed_by: str = ""
) -> Document:
    """A person has looked at the first page: a document that waits for its signature becomes «подписан» (`signed_on`,
    `signed_by`), any other gets its scan."""
    from decisions.actions import registration

    held = Scan.objects.select_for_update(of=("self",)).select_related("file").get(pk=scan.pk)
    if held.confirmed_at:
        raise Refused("Этот скан уже приложен к документу.")
    if document.authority_id != held.authority_id or (held.paper and held.paper.object_id != document.pk):
        raise Refused(f"Этот скан — другого документа. {AGAIN}")
    row = Document.objects.select_for_update(of=("self",)).select_related("authority").get(pk=document.pk)
    _refuse_wrong_state(row)
    if row.state == DocumentState.SIGNING:
        if signed_on is None:
            raise Refused("Укажите, когда подписан документ.")
        registration.mark_signed(by=by, document=row, signed_on=signed_on, signed_by=signed_by, scan=held.file)
    else:
        before = row.signed_scan.sha256 if row.signed_scan else ""
        row.signed_scan = held.file
        row.save(update_fields=["signed_scan"])
        record(
            by=by,
            action="document.scan",
            row=row,
            authority=row.authority_id,
            summary=row.short_title,
            before={"sha256": before},
            after={"sha256": held.file.sha256, "name": held.file.name},
        )
    settle_scan(by=by, file=held.file, document=row)
    row.refresh_from_db()
    return row


def settle_scan(*, by: User, file: StoredFile, document: Document) -> None:
    """The scan is the document's: it was confirmed, or came with the form of signing or registering itself."""
    Scan.objects.filter(file=file).update(document=document, confirmed_by=by, confirmed_at=clock.now())


@transaction.atomic
def drop_scan(*, by: User, scan: Scan) -> None:
    """A wrong file that nobody confirmed."""
    held = Scan.objects.select_for_update(of=("self",)).select_related("file", "preview").get(pk=scan.pk)
    if held.confirmed_at:
        raise Refused("Скан уже приложен к документу: загрузите другой, он заменит этот.")
    record(by=by, action="scan.dropped", row=held, authority=held.authority_id, summary=str(held.file))
    files = [held.file, held.preview]
    held.delete()
    for file in files:
        file.delete()
        transaction.on_commit(lambda content=file.content: content.delete(save=False))
