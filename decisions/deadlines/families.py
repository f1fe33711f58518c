"""All families of printed terms, in the order of gold README section 6: earlier families win ties."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from decisions.deadlines import grammar, undated
from decisions.deadlines.grammar import Context, Found

Family = Callable[[Context, int, int, bool], Iterator[Found]]
FAMILIES: tuple[Family, ...] = (
    undated.recurring,
    grammar.parts_of_months,
    grammar.ends,
    grammar.spans,
    grammar.dates,
    grammar.school_years,
    grammar.halves,
    grammar.quarters,
    grammar.months,
    grammar.years,
    grammar.open_spans,
    undated.relative,
    grammar.seasons,
    undated.ongoing,
    undated.events,
)
