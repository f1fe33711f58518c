"""Numbers of documents: per authority, kind, journal and year a locked counter (architecture, section 4)."""

from __future__ import annotations

from config import clock
from decisions.enums import Entry
from decisions.errors import Refused
from decisions.models import Document, NumberSeries, UsedNumber
from decisions.models.documents import whole_papers


def take_number(document: Document, *, typed: str = "") -> str:
    """Gives the document its number inside the caller's transaction and marks it used.

    An automatic number runs without gaps or doubles and skips typed ones and those of annulled registrations; a typed one
    must be free (that of an annulled registration is) and does not move the counter. The year is the document's. Raises
    `Refused` when the typed number is taken.
    """
    series = _locked_series(document)
    if typed:
        holder = holder_of(document, typed)
        if holder is not None:
            way = (
                "Проверьте номер; если тот документ внесён по ошибке, аннулируйте его регистрацию."
                if document.entry == Entry.PAPER
                else "Укажите другой или оставьте поле пустым — программа возьмёт следующий свободный."
            )
            raise Refused(f"Номер {typed} за {series.year} год уже занят: {holder.short_title}. {way}")
        UsedNumber.objects.create(series=series, number=typed, document=document, typed=True)
        return typed
    taken = set(UsedNumber.objects.filter(series=series).values_list("number", flat=True))
    candidate = series.last + 1
    while series.pattern.replace("{n}", str(candidate)) in taken:
        candidate += 1
    series.last = candidate
    series.save(update_fields=["last"])
    number = series.pattern.replace("{n}", str(candidate))
    UsedNumber.objects.create(series=series, number=number, document=document)
    return number


def holder_of(document: Document, number: str) -> Document | None:
    """The registered document that holds the number in this one's series; None when it is free."""
    if document.date is None:
        return None
    used = UsedNumber.objects.filter(series__in=_series_of(document), number=number, freed_at__isnull=True)
    row = used.exclude(document=document).select_related("document").defer(*whole_papers("document")).first()
    return row.document if row else None


def free_number(document: Document) -> None:
    """An annulled registration gives its number back; when it was so, the row tells."""
    UsedNumber.objects.filter(document=document, freed_at__isnull=True).update(freed_at=clock.now())


def successor_of(document: Document) -> Document | None:
    """The document registered under the number that this annulled one gave back."""
    used = UsedNumber.objects.filter(document=document, freed_at__isnull=False).first()
    if used is None:
        return None
    later = UsedNumber.objects.filter(series=used.series_id, number=used.number, freed_at__isnull=True)
    row = later.select_related("document").defer(*whole_papers("document")).first()
    return row.document if row else None


def next_number(document: Document) -> str:
    """The number the document would get now; nothing is taken."""
    series = _series_of(document).first()
    if series is None:
        return _inherited_pattern(document).replace("{n}", "1")
    taken = set(series.used.values_list("number", flat=True))
    candidate = series.last + 1
    while series.pattern.replace("{n}", str(candidate)) in taken:
        candidate += 1
    return series.pattern.replace("{n}", str(candidate))


def _series_of(document: Document):  # type: ignore[no-untyped-def]
    if document.date is None:
        raise Refused("Укажите дату документа: номер выдаётся в пределах её года.")
    return NumberSeries.objects.filter(
        authority=document.authority, kind=document.kind, body=document.body, year=document.date.year
    )


def _locked_series(document: Document) -> NumberSeries:
    rows = _series_of(document)
    if not rows.exists():
        assert document.date is not None
        NumberSeries.objects.get_or_create(
            authority=document.authority,
            kind=document.kind,
            body=document.body,
            year=document.date.year,
            defaults={"pattern": _inherited_pattern(document)},
        )
    series: NumberSeries = rows.select_for_update(of=("self",)).get()
    return series


def _inherited_pattern(document: Document) -> str:
    """A new year keeps the pattern of the last one."""
    last = (
        NumberSeries.objects.filter(authority=document.authority, kind=document.kind, body=document.body)
        .order_by("-year")
        .first()
    )
    return last.pattern if last else "{n}"
