"""Why a school is chosen, in its own figures: «ВПР, Математика, 5 класс: 40,7 % «2» (22 из 54)»."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from monitoring.heat import percent
from monitoring.models import Result


def grounds_of(rows: Iterable[Result], words: str) -> dict[int, str]:
    """By school: what was asked (`words`) and the figures of its assessments, the largest shares first, three at most."""
    found: dict[int, list[tuple[Decimal, str]]] = {}
    for row in rows:
        if row.low is None or not row.participants:
            continue
        share = Decimal(100 * row.low) / row.participants
        said = f"{row.assessment.short_name}: {percent(share)} с низким результатом ({row.low} из {row.participants})"
        found.setdefault(row.organization_id, []).append((share, said))
    return {
        school: "; ".join([*([words] if words else []), *(text for _, text in sorted(some, reverse=True)[:3])])
        for school, some in found.items()
    }
