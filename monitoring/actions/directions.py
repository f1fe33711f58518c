"""Directions of a year, their indicators and values: written one by one, all at once, or from a file in two steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.db import transaction

from config import clock
from monitoring.actions.reading import entries_for
from monitoring.directions import EIGHT, next_code
from monitoring.enums import ValueSource
from monitoring.models import Direction, Indicator, IndicatorValue, ValueUpload
from monitoring.reading.cells_child import read_cells
from monitoring.reading.schools import Schools
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User

MAX_VALUE = Decimal("9999999999")


@transaction.atomic
def open_year(*, by: User, authority: Organization, school_year: int) -> list[Direction]:
    """The eight directions of a year; names are those of the year before where it has them."""
    Organization.objects.select_for_update().get(pk=authority.pk)
    names = {
        **EIGHT,
        **dict(Direction.objects.filter(authority=authority, school_year=school_year - 1).values_list("code", "name")),
    }
    known = set(Direction.objects.filter(authority=authority, school_year=school_year).values_list("code", flat=True))
    made = Direction.objects.bulk_create(
        Direction(authority=authority, school_year=school_year, code=code, name=name)
        for code, name in names.items()
        if code not in known
    )
    if made:
        record(
            by=by,
            action="directions.opened",
            row=authority,
            authority=authority,
            summary=f"{school_year - 1}/{school_year}",
        )
    return list(Direction.objects.filter(authority=authority, school_year=school_year))


@transaction.atomic
def rename(*, by: User, direction: Direction, name: str) -> None:
    before = direction.name
    direction.name = name
    direction.save(update_fields=["name"])
    record(
        by=by,
        action="direction.renamed",
        row=direction,
        authority=direction.authority_id,
        before={"name": before},
        after={"name": name},
    )


@transaction.atomic
def save_indicator(
    *, by: User, direction: Direction, indicator: Indicator | None, fields: Mapping[str, Any]
) -> Indicator:
    """A new indicator with the next code, or changes of one. A change of how it is computed drops computed values."""
    Direction.objects.select_for_update().get(pk=direction.pk)
    row = indicator or Indicator(
        direction=direction, code=next_code(direction.code, list(direction.indicators.values_list("code", flat=True)))
    )
    recomputed = indicator is not None and indicator.computed != fields.get("computed", indicator.computed)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if recomputed:
        row.values.filter(source=ValueSource.COMPUTED).delete()
    record(
        by=by,
        action="indicator.saved",
        row=row,
        authority=direction.authority_id,
        summary=str(row),
        after={name: str(value) for name, value in fields.items()},
    )
    return row


@transaction.atomic
def set_values(
    *,
    by: User | None,
    indicator: Indicator,
    values: Mapping[int, tuple[Decimal | None, int | None]],
    source: ValueSource,
    day: dt.date,
) -> int:
    """Values by organisation: (value, people), None takes a value away. Returns how many changed; the trail says which."""
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    known = {row.organization_id: row for row in indicator.values.all()}
    changed: dict[str, list[str | None]] = {}
    for organization, (value, people) in values.items():
        row = known.get(organization)
        if value is None:
            if row is not None:
                row.delete()
                changed[str(organization)] = [str(row.value), None]
            continue
        if row is not None and row.value == value and row.people == people and row.source == source:
            continue
        IndicatorValue.objects.update_or_create(
            indicator=indicator,
            organization_id=organization,
            defaults={
                "value": value,
                "people": people,
                "source": source,
                "day": day,
                "written_by": by,
                "written_at": clock.now(),
            },
        )
        changed[str(organization)] = [str(row.value) if row else None, str(value)]
    if changed:
        record(
            by=by,
            action="indicator.values",
            row=indicator,
            authority=indicator.direction.authority_id,
            summary=f"{indicator.code}: {len(changed)}",
            after=changed,
        )
    return len(changed)


def places_of(authority: Organization, day: dt.date) -> list[Organization]:
    """Where a value may belong: the municipality as a whole, then its schools by name."""
    schools = Organization.objects.below(authority).schools().open_on(day).order_by("sort_key", "pk")
    return [authority, *schools]


def number_of(words: object) -> Decimal | None:
    """«41,5», «41.5 %», 41.5 → Decimal with two digits; empty → None; anything else raises ValueError."""
    if words is None or isinstance(words, bool) or words == "":
        if isinstance(words, bool):
            raise ValueError(str(words))
        return None
    plain = str(words).replace("\u00a0", "").replace(" ", "").replace(",", ".").rstrip("%").replace("−", "-")
    if not plain or plain in ("-", "—", "–"):
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise ValueError(str(words)) from None
    if not value.is_finite() or abs(value) > MAX_VALUE:
        raise ValueError(str(words))
    return value.quantize(Decimal("0.01"))


@transaction.atomic
def read_values(*, by: User, direction: Direction, name: str, content: bytes, day: dt.date) -> ValueUpload:
    """The first step: a table with organisations down and codes of indicators across, checked and kept. Raises `Refused`."""
    lines, trouble = read_cells(content, name, **settings.READING_LIMITS)
    if trouble:
        raise Refused(trouble)
    indicators = {row.code: row for row in direction.indicators.all()}
    schools = Schools(entries_for(direction.authority))
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    codes: dict[int, Indicator] = {}
    at, found = "", False
    for sheet, number, line in lines:
        if sheet != at:
            at, codes = sheet, {}
        if not codes:
            codes = {column: indicators[code] for column, value in line.items() if (code := _code(value)) in indicators}
            found = found or bool(codes)
            continue
        printed = (line.get(min(codes) - 1) or line.get(0) or "").strip()
        if not printed:
            continue
        place = _place(printed, direction.authority, schools)
        if place is None:
            problems.append(f"{sheet}, строка {number}: «{printed[:80]}» не найдена в реестре, строка пропущена.")
            continue
        for column, indicator in codes.items():
            words = line.get(column)
            try:
                value = number_of(words)
            except ValueError:
                problems.append(
                    f"{sheet}, строка {number}, показатель {indicator.code}: «{str(words)[:40]}» — не число."
                )
                continue
            if value is not None:
                rows.append(
                    {
                        "organization": place,
                        "indicator": indicator.pk,
                        "code": indicator.code,
                        "value": str(value),
                        "name": printed[:200],
                    }
                )
    if not found:
        raise Refused(
            "В таблице нет кодов показателей этого направления. Возьмите бланк на этой странице: в его заголовке стоят коды."
        )
    once: dict[tuple[int, int], dict[str, Any]] = {}
    for row in rows:
        key = (row["organization"], row["indicator"])
        if key in once and once[key]["value"] != row["value"]:
            problems.append(f"«{row['name']}», показатель {row['code']}: в файле два значения, взято последнее.")
        once[key] = row
    before = {
        (value.organization_id, value.indicator_id): str(value.value)
        for value in IndicatorValue.objects.filter(indicator__direction=direction)
    }
    for key, row in once.items():
        row["was"] = before.get(key)
    return ValueUpload.objects.create(
        direction=direction, name=name[:255], rows=list(once.values()), problems=problems[:200], created_by=by
    )


@transaction.atomic
def apply_values(*, by: User, upload: ValueUpload, day: dt.date) -> int:
    """The second step: writes what was shown; refused the second time."""
    held = ValueUpload.objects.select_for_update().get(pk=upload.pk)
    if held.applied_at is not None:
        raise Refused("Этот файл уже загружен.")
    changed = 0
    for indicator in Indicator.objects.filter(direction_id=held.direction_id).select_related("direction"):
        values = {
            int(row["organization"]): (Decimal(row["value"]), None)
            for row in held.rows
            if row["indicator"] == indicator.pk
        }
        if values:
            changed += set_values(by=by, indicator=indicator, values=values, source=ValueSource.FILE, day=day)
    held.applied_at = clock.now()
    held.save(update_fields=["applied_at"])
    return changed


def _code(value: object) -> str:
    return str(value or "").strip().split(" ")[0].rstrip(".,")


def _place(printed: str, authority: Organization, schools: Schools) -> int | None:
    names = {
        authority.name.casefold(),
        (authority.territory or authority.name).casefold(),
        "муниципалитет",
        "всего",
        "итого",
    }
    if printed.casefold() in names:
        return authority.pk
    entry = schools.find(printed).entry
    return int(entry.key) if entry is not None else None


def blank_rows(direction: Direction, day: dt.date) -> Iterable[list[object]]:
    """Rows of the blank to fill: each organisation with what is known."""
    values = {
        (row.organization_id, row.indicator_id): row.value
        for row in IndicatorValue.objects.filter(indicator__direction=direction)
    }
    indicators = list(direction.indicators.all())
    for place in places_of(direction.authority, day):
        name = "Муниципалитет" if place.pk == direction.authority_id else place.name
        yield [name, *(values.get((place.pk, indicator.pk)) for indicator in indicators)]
