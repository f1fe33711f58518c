from decisions.models.chains import Amendment, Duty, EventDay, Pursuance
from decisions.models.clauses import (
    Addressee,
    Clause,
    ClauseFile,
    ClauseGround,
    Question,
)
from decisions.models.collecting import CollectionForm, FormAnswer, FormRevision, FormVersion, How
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
from decisions.models.extensions import DateChange, Explanation, ExtensionRequest
from decisions.models.nudges import Nudge
from decisions.models.papers import Acknowledgement, Scan
from decisions.models.participants import ClauseDue, CoExecutor, CoExecutorFile
from decisions.models.subtasks import SubTask
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
    "ClauseDue",
    "ClauseFile",
    "ClauseGround",
    "CoExecutor",
    "CoExecutorFile",
    "CollectionForm",
    "CollegialBody",
    "DateChange",
    "Document",
    "Duty",
    "EditOperation",
    "EventDay",
    "ExecutionReport",
    "Explanation",
    "ExtensionRequest",
    "Nudge",
    "FormAnswer",
    "FormRevision",
    "FormVersion",
    "How",
    "NumberSeries",
    "Participation",
    "Pursuance",
    "Question",
    "ReportFile",
    "ReportItem",
    "Scan",
    "Speech",
    "SubTask",
    "UsedNumber",
]
