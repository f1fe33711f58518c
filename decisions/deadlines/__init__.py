"""Deadlines: reading the printed words, counting days, moving them off days off. Pure (gold README, section 6)."""

from decisions.deadlines.days import (
    CONVENTION,
    WorkingCalendar,
    add_working_days,
    effective_due,
    occurrences,
    working_days_before,
)
from decisions.deadlines.reading import DeadlineReading, parse_term, read_deadline

__all__ = [
    "CONVENTION",
    "DeadlineReading",
    "WorkingCalendar",
    "add_working_days",
    "effective_due",
    "occurrences",
    "parse_term",
    "read_deadline",
    "working_days_before",
]
