from decisions.models.chains import Amendment, Duty, EventDay, Pursuance
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
from decisions.models.papers import Acknowledgement, Scan
from decisions.models.tasks import (
    Assignment,
    AssignmentEvent,
    ExecutionReport,
    ReportFile,
    ReportItem,
)

__all__ = [
    "Acknowledgement",
    "Addressee",
    "Amendment",
    "AgendaItem",
    "Assignment",
    "AssignmentEvent",
    "Clause",
    "ClauseFile",
    "ClauseGround",
    "CollegialBody",
    "Document",
    "Duty",
    "EditOperation",
    "EventDay",
    "ExecutionReport",
    "NumberSeries",
    "Participation",
    "Pursuance",
    "Question",
    "ReportFile",
    "ReportItem",
    "Scan",
    "Speech",
    "UsedNumber",
]
