from schools.models.access import AccessLog, AuditEvent, Invitation, Membership, User
from schools.models.calendar import CalendarDay, OfficeSettings, SchoolTerm
from schools.models.files import StoredFile, UploadCheck
from schools.models.groups import GroupMember, SchoolGroup, Selection
from schools.models.organizations import (
    Organization,
    OrganizationAlias,
    OrganizationCode,
    School,
)
from schools.models.outbox import Message, Notification, SenderLease
from schools.models.papers import IssuedPaper, PaperSignature, RequestCount
from schools.models.people import Person, Position

__all__ = [
    "AccessLog",
    "AuditEvent",
    "CalendarDay",
    "GroupMember",
    "Invitation",
    "IssuedPaper",
    "Membership",
    "Message",
    "Notification",
    "OfficeSettings",
    "Organization",
    "OrganizationAlias",
    "OrganizationCode",
    "PaperSignature",
    "Person",
    "Position",
    "RequestCount",
    "School",
    "SchoolGroup",
    "Selection",
    "SenderLease",
    "SchoolTerm",
    "StoredFile",
    "UploadCheck",
    "User",
]
