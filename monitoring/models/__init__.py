from monitoring.models.assessments import Assessment, GradeSize, Holding
from monitoring.models.checks import DataCheck, DataLock, MonitoringSettings
from monitoring.models.directions import Direction, Indicator, IndicatorValue, ValueUpload
from monitoring.models.imports import ColumnMapping, ImportBatch, ImportChange, ImportConflict, ImportFile
from monitoring.models.lists import ListUpload, LowResultsEntry, LowResultsEpisode, LowResultsList, RuleSet
from monitoring.models.results import (
    DataVersion,
    JournalComparison,
    PointDistribution,
    ReferenceShare,
    Result,
    TaskShares,
)

__all__ = [
    "Assessment",
    "ColumnMapping",
    "DataCheck",
    "DataLock",
    "DataVersion",
    "Direction",
    "GradeSize",
    "Holding",
    "ImportBatch",
    "ImportChange",
    "ImportConflict",
    "ImportFile",
    "Indicator",
    "IndicatorValue",
    "JournalComparison",
    "ListUpload",
    "LowResultsEntry",
    "LowResultsEpisode",
    "LowResultsList",
    "MonitoringSettings",
    "PointDistribution",
    "ReferenceShare",
    "Result",
    "RuleSet",
    "TaskShares",
    "ValueUpload",
]
