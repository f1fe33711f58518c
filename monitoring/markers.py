"""Markers of biased results as an office has set them, and what they say of a school. Pure.

Thresholds come from `MonitoringSettings.bias`: `{code: {"on": bool, "threshold": "20", "source": "…"}}`; what is not there is the
default of `monitoring.indicators`. A marker is a reason to look, never a verdict: the words say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from monitoring.indicators import MARKERS, Counts, Marker, boundary_peaks, comparison_markers, growth_marker


def markers_of(kept: Mapping[str, Any]) -> tuple[Marker, ...]:
    """Markers in force, with the office's thresholds and sources."""
    found = []
    for one in MARKERS:
        said = kept.get(one.code) or {}
        if said.get("on") is False:
            continue
        try:
            threshold = Decimal(str(said.get("threshold", one.threshold)))
        except InvalidOperation:
            threshold = one.threshold
        found.append(replace(one, threshold=threshold, source=said.get("source") or one.source))
    return tuple(found)


def found_for(
    markers: Sequence[Marker],
    *,
    comparison: Mapping[str, int] | None = None,
    before: Counts | None = None,
    now: Counts | None = None,
    points: Sequence[int] | None = None,
    bounds: Mapping[str, int] | None = None,
) -> list[Marker]:
    """Markers that a school's figures in one assessment show."""
    codes = {one.code for one in markers}
    found: list[Marker] = []
    if comparison:
        found += comparison_markers(comparison, markers)
    if before and now and "growth_of_low" in codes:
        grown = growth_marker(before, now, markers)
        found += [grown] if grown else []
    if points and bounds and "peak_at_boundary" in codes:
        by_score = dict(enumerate(points))
        if boundary_peaks(by_score, sorted(bounds.values()), markers):
            found.append(next(one for one in markers if one.code == "peak_at_boundary"))
    return found
