"""People recovered from printed percentages, or the honest answer that they cannot be (README, section 4 «counts»)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

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
    places = max(decimals, *(_places(p) for p in shares))
    if participants > 10 ** (places + 2):
        return "undetermined", ()
    counts = tuple(int((p * participants / 100).to_integral_value(ROUND_HALF_UP)) for p in shares)
    unit = Decimal(1).scaleb(-places) * Decimal("1.001")
    back = all(abs(Decimal(100 * c) / participants - p) <= unit for c, p in zip(counts, shares, strict=True))
    return ("exact", counts) if back and sum(counts) == participants else ("mismatch", ())


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
