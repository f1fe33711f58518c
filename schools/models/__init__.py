from schools.models.access import AccessLog, AuditEvent, Invitation, Membership, User
from schools.models.addresses import CalendarAddress
from schools.models.calendar import CalendarDay, CalendarYear, OfficeSettings, SchoolTerm
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
from schools.models.plans import Heartbeat, Morning, ReminderPlan

__all__ = [
    "AccessLog",
    "AuditEvent",
    "CalendarAddress",
    "CalendarDay",
    "CalendarYear",
    "GroupMember",
    "Heartbeat",
    "Invitation",
    "IssuedPaper",
    "Membership",
    "Message",
    "Morning",
    "Notification",
    "OfficeSettings",
    "Organization",
    "OrganizationAlias",
    "OrganizationCode",
    "PaperSignature",
    "Person",
    "Position",
    "RequestCount",
    "ReminderPlan",
    "School",
    "SchoolGroup",
    "Selection",
    "SenderLease",
    "SchoolTerm",
    "StoredFile",
    "UploadCheck",
    "User",
]
