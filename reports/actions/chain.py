"""The chain of a direction: its elements, what they follow from, recommendations sent to schools and read by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from config import clock
from decisions.models.documents import whole_papers
from monitoring.actions import directions as measured
from monitoring.enums import Computed, ValueSource
from monitoring.models import Direction, Indicator
from reports import chain
from reports.computed import values_of
from reports.enums import ElementKind
from reports.models import Acknowledgement, ChainElement
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User

FIELDS = ("text", "audience", "organization", "responsible", "due", "document", "clause", "evidence")


def elements_of(directions: Iterable[Direction]) -> dict[int, list[ChainElement]]:
    """The elements of each direction in the order of the chain, with what they follow from: two queries for all."""
    rows = (
        ChainElement.objects.filter(direction__in=[one.pk for one in directions])
        .select_related("indicator", "organization", "document", "clause__document", "direction")
        .prefetch_related("follows")
        .defer(*whole_papers("document", "clause__document"))
    )
    found: dict[int, list[ChainElement]] = {one.pk: [] for one in directions}
    for row in sorted(
        rows, key=lambda one: (chain.ORDER[one.kind], one.indicator.code if one.indicator else "", one.pk)
    ):
        found[row.direction_id].append(row)
    return found


def gaps_of(elements: Sequence[ChainElement], measured_indicators: frozenset[int]) -> list[chain.Gap]:
    """The gaps of one direction, of rows already loaded by `elements_of`."""
    return chain.gaps(
        [
            chain.Element(
                pk=one.pk,
                kind=one.kind,
                label=one.label,
                follows=tuple(before.pk for before in one.follows.all()),
                measured=one.indicator_id is None or one.indicator_id in measured_indicators,
                proved=one.proved,
            )
            for one in elements
        ]
    )


def measured_of(directions: Iterable[Direction]) -> frozenset[int]:
    """Indicators that have at least one value."""
    rows = Indicator.objects.filter(direction__in=[one.pk for one in directions], values__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


@transaction.atomic
def save_element(
    *,
    by: User,
    direction: Direction,
    kind: str,
    fields: Mapping[str, Any],
    follows: Sequence[ChainElement],
    element: ChainElement | None = None,
    version: int = 0,
) -> ChainElement:
    """A new element, or changes of one seen in `version`. Raises `Refused` when it cannot follow from what is said."""
    if element is not None:
        held = ChainElement.objects.select_for_update(of=("self",)).get(pk=element.pk)
        if held.version != version:
            raise Refused(
                "Это звено уже изменил другой сотрудник. Ваш текст остался на странице: сравните и сохраните ещё раз."
            )
        element = held
        element.version += 1
    row = element or ChainElement(direction=direction, kind=kind, created_by=by)
    for before in follows:
        _may_follow(row, before)
    for name in FIELDS:
        if name in fields:
            setattr(row, name, fields[name])
    row.save()
    row.follows.set(follows)
    record(
        by=by,
        action="chain.saved",
        row=row,
        authority=direction.authority_id,
        summary=f"{row.get_kind_display()}: {row.text[:200]}",
        after={"follows": [before.pk for before in follows]},
    )
    return row


def _may_follow(row: ChainElement, before: ChainElement) -> None:
    same = before.direction_id == row.direction_id
    earlier = (
        before.direction.authority_id == row.direction.authority_id
        and before.direction.code == row.direction.code
        and before.direction.school_year < row.direction.school_year
        and row.kind == ElementKind.GOAL
        and before.kind == ElementKind.EFFECT
    )
    if before.pk == row.pk or not (earlier or same and chain.may_follow(row.kind, before.kind)):
        raise Refused(
            f"{row.get_kind_display().capitalize()} не может следовать из того, что «{before.get_kind_display()}»."
        )


@transaction.atomic
def save_indicator(
    *,
    by: User,
    direction: Direction,
    fields: Mapping[str, Any],
    follows: Sequence[ChainElement],
    element: ChainElement | None = None,
    version: int = 0,
) -> ChainElement:
    """An indicator and its place in the chain; one that is computed gets its values at once."""
    indicator = measured.save_indicator(
        by=by, direction=direction, indicator=element.indicator if element else None, fields=fields
    )
    if element is None:
        element = ChainElement(
            direction=direction, kind=ElementKind.INDICATOR, text=indicator.name, indicator=indicator, created_by=by
        )
        for before in follows:
            _may_follow(element, before)
        element.save()
        element.follows.set(follows)
    else:
        element = save_element(
            by=by,
            direction=direction,
            kind=ElementKind.INDICATOR,
            fields={"text": indicator.name},
            follows=follows,
            element=element,
            version=version,
        )
    if indicator.computed:
        compute(by=by, direction=direction, only=indicator)
    return element


@transaction.atomic
def compute(*, by: User | None, direction: Direction, only: Indicator | None = None) -> int:
    """Values the program works out itself, written anew; returns how many changed."""
    today = clock.today(direction.authority.zone)
    changed = 0
    rows = direction.indicators.exclude(computed=Computed.HAND).select_related("direction")
    for indicator in rows.filter(pk=only.pk) if only else rows:
        values = dict(values_of(direction, indicator.computed, today))
        gone = indicator.values.filter(source=ValueSource.COMPUTED).exclude(organization__in=list(values))
        values |= dict.fromkeys(gone.values_list("organization_id", flat=True), (None, None))
        changed += measured.set_values(
            by=by, indicator=indicator, values=values, source=ValueSource.COMPUTED, day=today
        )
    return changed


@transaction.atomic
def delete_element(*, by: User, element: ChainElement) -> None:
    """Takes an element out; what followed from it stays and shows as a gap. What schools have been sent is not deleted."""
    if element.published_at is not None:
        raise Refused("Рекомендация уже направлена школам: удалить её нельзя. Внесите новую, которая её уточняет.")
    record(
        by=by,
        action="chain.deleted",
        row=element,
        authority=element.direction.authority_id,
        summary=f"{element.get_kind_display()}: {element.text[:200]}",
    )
    if element.indicator is not None:
        element.indicator.delete()  # and the element with it
    else:
        element.delete()


@transaction.atomic
def publish(*, by: User, elements: Sequence[ChainElement]) -> int:
    """Sends recommendations to those they are for; returns how many were not sent before."""
    sent = 0
    for one in ChainElement.objects.select_for_update(of=("self",)).filter(
        pk__in=[element.pk for element in elements], kind=ElementKind.RECOMMENDATION, published_at__isnull=True
    ):
        one.published_at = clock.now()
        one.save(update_fields=["published_at"])
        record(
            by=by, action="recommendation.sent", row=one, authority=one.direction.authority_id, summary=one.text[:200]
        )
        sent += 1
    return sent


@transaction.atomic
def acknowledge(*, by: User, element: ChainElement, organizations: Iterable[Organization]) -> None:
    """The heads of these schools have read it (and, when it is for teachers, brought it to them). Twice is once."""
    for organization in organizations:
        _, made = Acknowledgement.objects.get_or_create(
            element=element, organization=organization, defaults={"user": by}
        )
        if made:
            record(
                by=by,
                action="recommendation.read",
                row=element,
                authority=element.direction.authority_id,
                summary=str(organization),
            )
