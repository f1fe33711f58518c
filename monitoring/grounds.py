"""Why a school, in words: lines of a page, of a sheet and of a ground are the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from monitoring.low_results import Reason


def comma(value: Decimal | str) -> str:
    """37.93 → «37,93»"""
    return str(value).replace(".", ",")


@dataclass(frozen=True, slots=True)
class Line:
    """One low procedure: «ВПР, математика, 5 класс», 11 of 29, 37,93 %."""

    school_year: str
    title: str
    low: int
    participants: int
    share: str
    procedure: str = ""

    @property
    def low_word(self) -> str:
        return "не преодолели минимум" if self.procedure == "ЕГЭ" else "отметок «2»"

    @property
    def figures(self) -> str:
        return f"{self.low} из {self.participants} ({self.share}\u00a0%)"

    def __str__(self) -> str:
        return f"{self.title} — {self.low_word}: {self.figures}"


def line_of(reason: Reason | Mapping[str, Any]) -> Line:
    """From a verdict or from an entry that keeps it as JSON."""
    if isinstance(reason, Reason):
        values: Mapping[str, Any] = {
            name: getattr(reason, name)
            for name in ("school_year", "procedure", "subject", "grade", "low", "participants", "share")
        }
    else:
        values = reason
    subject, grade = str(values["subject"]), values.get("grade")
    title = f"{values['procedure']}, {subject[:1].lower()}{subject[1:]}" + (f", {grade} класс" if grade else "")
    return Line(
        str(values["school_year"]),
        title,
        int(values["low"]),
        int(values["participants"]),
        comma(str(values["share"])),
        str(values["procedure"]),
    )


def years_of(reasons: Iterable[Reason | Mapping[str, Any]]) -> list[tuple[str, list[Line]]]:
    """Lines by school year, the oldest first."""
    found: dict[str, list[Line]] = {}
    for one in reasons:
        line = line_of(one)
        found.setdefault(line.school_year, []).append(line)
    return sorted(found.items())


def ground_of(reasons: Iterable[Reason | Mapping[str, Any]]) -> str:
    """«2024/2025: ВПР, математика, 5 класс — отметок «2»: 11 из 29 (37,93 %). 2025/2026: …»"""
    return " ".join(f"{year}: {'; '.join(map(str, lines))}." for year, lines in years_of(reasons))
