"""What items would change in the store: new, changed, same, in conflict. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from monitoring.planning import HUNDREDTH, Item, Key, Values


@dataclass(frozen=True, slots=True)
class Stored:
    """What stands in the database for an item."""

    values: Values
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    item: Item
    before: Values
    values: Values  # what would stand afterwards: facts that only one source has are kept from both


@dataclass
class Plan:
    new: list[Item] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    conflicts: list[Change] = field(default_factory=list)


def compare(items: Iterable[Item], stored: Mapping[tuple[str, Key, int], Stored]) -> Plan:
    """What the items would change.

    The same figures again are «same». Facts that only one source has are joined. Other figures from the same kind of form are
    a correction («changed», shown before → after); from another kind of source, or twice inside the batch, a conflict.
    """
    plan = Plan()
    seen: dict[tuple[str, Key, int], Item] = {}
    for item in items:
        earlier = seen.get(item.at)
        if earlier is not None:
            if differing(earlier.values, item.values):
                plan.conflicts.append(Change(item, earlier.values, item.values))
            else:
                seen[item.at] = _joined(earlier, item)
                plan.same += 1
            continue
        seen[item.at] = item
    for item in seen.values():
        kept = stored.get(item.at)
        if kept is None:
            plan.new.append(item)
            continue
        values = {**item.values, **{k: v for k, v in kept.values.items() if item.values.get(k) is None}}
        other = differing(kept.values, item.values)
        if not other and not differing(kept.values, values, exactly=True):
            plan.same += 1
        elif not other:
            plan.changed.append(Change(item, kept.values, values))
        elif kept.source == item.source:
            plan.changed.append(Change(item, kept.values, item.values))
        else:
            plan.conflicts.append(Change(item, kept.values, item.values))
    return plan


def differing(first: Values, second: Values, *, exactly: bool = False) -> list[str]:
    """Names of the figures that both have and that disagree (`exactly`: also those that only one has)."""
    found = []
    for name in {*first, *second}:
        a, b = first.get(name), second.get(name)
        if a == b:
            continue
        if a is None or b is None:
            if exactly:
                found.append(name)
            continue
        if name == "mean_score" and abs(Decimal(str(a)) - Decimal(str(b))) <= HUNDREDTH:
            continue
        found.append(name)
    return sorted(found)


def _joined(first: Item, second: Item) -> Item:
    values = {**second.values, **{k: v for k, v in first.values.items() if v is not None}}
    return Item(first.facet, first.key, first.organization, values, first.source, first.file, first.where, first.date)
