"""A named school or body in a text: where it stands and what it means. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from schools.names import Match


@dataclass(frozen=True, slots=True)
class Named:
    """One named school or body: its place in the text, what it means, and whether the registry has it."""

    start: int
    end: int
    text: str
    match: Match
    is_school: bool = True

    @property
    def canonical(self) -> str | None:
        return self.match.entry.canonical if self.match.entry else None
