from reports.models.chain import Acknowledgement, ChainElement
from reports.models.jobs import PaperJob
from reports.models.notes import AnalyticalNote, NoteSection

__all__ = ["Acknowledgement", "AnalyticalNote", "ChainElement", "NoteSection", "PaperJob"]
