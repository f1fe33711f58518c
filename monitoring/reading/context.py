"""What every form needs while it is read: the registry, the minimum of ЕГЭ, and a place for what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .containers.grid import Sheet
from .model import Severity
from .schools import Schools


@dataclass
class Note:
    """A problem before it is known whether its place needs the sheet's name."""

    code: str
    severity: Severity
    message: str
    sheet: str
    line: int | None
    column: str = ""
    value: str = ""


@dataclass
class Context:
    schools: Schools
    minimum: Sequence[Minimum]
    sheet: Sheet
    notes: list[Note] = field(default_factory=list)
    persons: bool = False
    district: str | None = None
    since: int = 0

    def begin(self) -> None:
        """A new table: notes from here on are its own."""
        self.since = len(self.notes)

    def forget(self, line: int) -> None:
        """A line that is left out takes its own problems with it."""
        own = ("bad_number", "sum_mismatch", "no_participants", "rounded_shares")
        kept = [note for note in self.notes[self.since :] if not (note.line == line and note.code in own)]
        self.notes[self.since :] = kept

    def told(self, line: int) -> bool:
        return any(note.line == line for note in self.notes[self.since :])

    def note(
        self, code: str, severity: Severity, message: str, line: int | None, column: str = "", value: str = ""
    ) -> None:
        self.notes.append(Note(code, severity, message, self.sheet.name, line, column, value))

    def minimum_for(self, subject: str | None, level: str | None) -> Minimum | None:
        return next((m for m in self.minimum if m.subject == subject and m.level == level), None)


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least result of ЕГЭ that counts: a test score, or a mark for базовая математика."""

    subject: str
    level: str | None = None
    score: Decimal | None = None
    mark: int | None = None


# The default of the samples' rules; `rules.json` replaces it.
DEFAULT_MINIMUM = (
    Minimum("Русский язык", None, Decimal(24)),
    Minimum("Математика", "профиль", Decimal(27)),
    Minimum("Математика", "база", None, 3),
)
