from monitoring.models.assessments import Assessment, GradeSize, Holding
from monitoring.models.checks import DataCheck, DataLock, MonitoringSettings
from monitoring.models.imports import ColumnMapping, ImportBatch, ImportChange, ImportConflict, ImportFile
from monitoring.models.lists import LowResultsEntry, LowResultsEpisode, LowResultsList, RuleSet
from monitoring.models.results import JournalComparison, PointDistribution, ReferenceShare, Result, TaskShares

__all__ = [
    "Assessment",
    "ColumnMapping",
    "DataCheck",
    "DataLock",
    "GradeSize",
    "Holding",
    "ImportBatch",
    "ImportChange",
    "ImportConflict",
    "ImportFile",
    "JournalComparison",
    "LowResultsEntry",
    "LowResultsEpisode",
    "LowResultsList",
    "MonitoringSettings",
    "PointDistribution",
    "ReferenceShare",
    "Result",
    "RuleSet",
    "TaskShares",
]
