from decisions.models.clauses import (
    Addressee,
    Clause,
    ClauseFile,
    ClauseGround,
    Question,
)
from decisions.models.documents import (
    AgendaItem,
    CollegialBody,
    Document,
    EditOperation,
    NumberSeries,
    Participation,
    Speech,
    UsedNumber,
)
from decisions.models.tasks import (
    Assignment,
    AssignmentEvent,
    ExecutionReport,
    ReportFile,
    ReportItem,
)

__all__ = [
    "Addressee",
    "AgendaItem",
    "Assignment",
    "AssignmentEvent",
    "Clause",
    "ClauseFile",
    "ClauseGround",
    "CollegialBody",
    "Document",
    "EditOperation",
    "ExecutionReport",
    "NumberSeries",
    "Participation",
    "Question",
    "ReportFile",
    "ReportItem",
    "Speech",
    "UsedNumber",
]
