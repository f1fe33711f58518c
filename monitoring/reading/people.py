"""People recovered from printed percentages, or the honest answer that they cannot be (README, section 4 «counts»)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from .cells import places

# Two decimals of a per cent tell people apart below this number of participants.
LIMIT = 10_000
Outcome = Literal["exact", "undetermined", "mismatch"]


def recovered(shares: Sequence[Decimal], participants: int, decimals: int) -> tuple[Outcome, tuple[int, ...]]:
    """Counts of people for percentages printed with `decimals` places.

    `exact`: round(p·N/100) half up sums to N and gives the printed percentages back, within one unit of the last place.
    `undetermined`: so many participants that the percentages do not determine people. `mismatch`: the figures contradict
    each other. A typed-over N may still sum up by accident; giving the percentages back is what finds it. `decimals` is
    that of the whole table: a row of round percentages («25; 25; 25; 25») is no less exact than its neighbours.
    """
    if participants <= 0 or any(p < 0 or p > 100 for p in shares):
        return "mismatch", ()
    if participants >= LIMIT:
        return "undetermined", ()
    scale = 10 ** max(decimals, *map(places, shares))
    if participants > scale * 100:
        return "undetermined", ()
    # whole numbers throughout: a share is `printed / scale` per cent
    printed = [int(p * scale) for p in shares]
    counts = tuple((2 * p * participants + 100 * scale) // (200 * scale) for p in printed)
    back = all(
        1000 * abs(100 * scale * c - p * participants) <= 1001 * participants
        for c, p in zip(counts, printed, strict=True)
    )
    return ("exact", counts) if back and sum(counts) == participants else ("mismatch", ())
