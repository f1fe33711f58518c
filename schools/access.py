"""Who may do what: roles and their permissions as one readable table. Pure.

A permission is always asked for an organisation (the authority that owns the row, or the school itself); which rows a
person sees at all is `visible_to` of each queryset, built on `scope_of`. `admin` manages people and settings and sees no
low-result list (architecture, section 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# What each role may do in the organisation of its membership (and, for an authority, in all that stands below it).
PERMISSIONS: dict[str, frozenset[str]] = {
    "admin": frozenset(
        {
            "people.manage",
            "settings.manage",
            "reminders.manage",
            "registry.view",
            "registry.manage",
            "messages.view",
        }
    ),
    "head": frozenset(
        {
            "office.view",
            "registry.view",
            "document.view",
            "document.edit",
            "document.sign",
            "document.register",
            "document.annul",
            "task.view",
            "task.check",
            "task.withdraw",
            "task.move",
            "task.remind",
            "task.answer",
            "office.answer",
            "document.view_own",
            "document.acknowledge",
            "reminders.manage",
            "people.view",
            "results.view",
            "results.import",
            "lists.view",
            "lists.edit",
            "lists.approve",
            "cycle.view",
            "cycle.edit",
            "cycle.approve",
            "care.view",
            "care.edit",
        }
    ),
    "methodist": frozenset(
        {
            "office.view",
            "registry.view",
            "registry.manage",
            "people.view",
            "people.invite",
            "document.view",
            "document.edit",
            "document.sign",
            "document.register",
            "document.annul",
            "task.view",
            "task.check",
            "task.remind",
            "task.answer",
            "office.answer",
            "document.view_own",
            "results.view",
            "results.import",
            "lists.view",
            "lists.edit",
            "cycle.view",
            "cycle.edit",
            "care.view",
            "care.edit",
        }
    ),
    "director": frozenset(
        {
            "school.view",
            "school.tasks",
            "task.view",
            "task.answer",
            "document.view_own",
            "document.acknowledge",
            "results.view_own",
            "results.confirm_own",
            "lists.view_own",
            "cycle.view_own",
            "care.own",
        }
    ),
    "staff": frozenset(
        {"school.view", "school.tasks", "task.view", "task.answer", "document.view_own", "results.view_own"}
    ),
    "curator": frozenset({"school.view", "task.view_care", "results.view_own", "care.help"}),
    "mentor": frozenset({"school.view"}),
    "observer": frozenset(
        {
            "office.view",
            "registry.view",
            "document.view",
            "task.view",
            "results.view",
            "lists.view",
            "cycle.view",
            "care.view",
        }
    ),
}

# Roles whose membership in an authority (or ministry) opens everything below it; the others see their organisation only.
OFFICE_ROLES = frozenset({"admin", "head", "methodist", "observer"})

# Held at somebody else's organisation, beside one's own work: they choose the start page of nobody who has a place of work.
GUEST_ROLES = frozenset({"curator", "mentor"})

# Whoever holds these, holds them for the own organisation and never for what stands below it: an authority answers the
# ministry for itself, not for its schools.
OWN_PLACE = frozenset({"task.answer", "office.answer", "document.view_own", "document.acknowledge"})

# Papers and tasks of a ministry are its own: its methodist and head neither see nor change those of municipalities (an
# observer sees them, and changes nothing).
HOME_ROLES = frozenset({"head", "methodist"})


def at_home_only(role: str, permission: str) -> bool:
    """Whether the permission, held at a ministry, stays there instead of reaching the municipalities below."""
    return role in HOME_ROLES and permission.startswith(("document.", "task."))


def handles_papers(permission: str) -> bool:
    """Whether a ministry counts as an office of its own under this permission: it issues documents and gives tasks."""
    return permission.startswith(("document.", "task.")) and permission not in OWN_PLACE


# What an office may give, by a setting of its own, to everyone who has another permission there: dates and control are
# the head's, and the methodist's where the office says so.
DELEGATED: dict[str, tuple[str, str]] = {
    "task.move": ("methodist_moves", "task.check"),
    "task.withdraw": ("methodist_moves", "task.check"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One membership as plain values: `organization` and the ids of the nodes above it (`above`, nearest first)."""

    role: str
    organization: int
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Node:
    """Where a row stands: an organisation and everything above it, nearest first."""

    organization: int
    above: tuple[int, ...] = ()


def may(members: Iterable[Member], permission: str, node: Node, day: date) -> bool:
    """Whether any membership in force on `day` grants `permission` for a row that stands at `node`.

    An office role reaches down from its organisation; any other role reaches its own organisation only.
    """
    reach = {node.organization, *node.above}
    for member in members:
        if not member.holds_on(day) or permission not in PERMISSIONS.get(member.role, frozenset()):
            continue
        if member.organization == node.organization:
            return True
        if permission in OWN_PLACE:
            continue
        if member.role in OFFICE_ROLES and member.organization in reach:
            return True
    return False


def may_anywhere(members: Iterable[Member], permission: str, day: date) -> bool:
    """Whether any membership in force grants `permission` somewhere: what the menu asks."""
    return any(m.holds_on(day) and permission in PERMISSIONS.get(m.role, frozenset()) for m in members)


def reach_of(members: Iterable[Member], permission: str, day: date) -> tuple[frozenset[int], frozenset[int]]:
    """Organisations in which `permission` holds: (with everything below them, only themselves)."""
    office: set[int] = set()
    own: set[int] = set()
    for member in members:
        if member.holds_on(day) and permission in PERMISSIONS.get(member.role, frozenset()):
            wide = member.role in OFFICE_ROLES and permission not in OWN_PLACE
            (office if wide else own).add(member.organization)
    return frozenset(office), frozenset(own)
