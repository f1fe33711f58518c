"""Numbers of documents: per authority, kind, journal and year a locked counter (architecture, section 4)."""

from __future__ import annotations

from decisions.errors import Refused
from decisions.models import Document, NumberSeries, UsedNumber


def take_number(document: Document, *, typed: str = "") -> str:
    """Gives the document its number inside the caller's transaction and marks it used.

    An automatic number runs without gaps or doubles and skips typed ones; a typed one must be free and does not move the
    counter. The year is the document's. Raises `Refused` when the typed number is taken.
    """
    series = _locked_series(document)
    if typed:
        if UsedNumber.objects.filter(series=series, number=typed).exists():
            raise Refused(
                f"Номер {typed} за {series.year} год уже занят. Укажите другой или оставьте поле пустым — "
                "программа возьмёт следующий свободный."
            )
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
