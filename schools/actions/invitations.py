"""Ways in for people without a password: a link by e-mail, printed one-time codes, a link to set a new password.

Only hashes are kept. A new way in closes the older ones of the same person; each works once and for a limited time.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from config import clock
from schools import emails
from schools.actions import people
from schools.audit import record
from schools.enums import OrganizationKind, Role
from schools.errors import Refused
from schools.models import Invitation, Membership, Organization, Person, Position, User

LINK_DAYS = 14
CODE_DAYS = 60
RESET_PAUSE = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class PrintedCode:
    """One slip of the sheet: the code is shown here only and kept nowhere."""

    organization: Organization
    user: User
    code: str
    expires_on: dt.date


def normal_code(text: str) -> str:
    """The digits of a typed code: people add spaces and dashes as printed."""
    return "".join(ch for ch in text if ch.isdigit())


def printed(code: str) -> str:
    """«4821 9035 7716 2050»"""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


@transaction.atomic
def invite(*, by: User, user: User) -> str:
    """Sends a link to set a password; returns its path, for the administrator to pass on by hand where there is no mail."""
    if not user.is_active:
        raise Refused("Учётная запись закрыта. Сначала откройте её.")
    token = secrets.token_urlsafe(32)
    _issue(by=by, user=user, secret=token, days=LINK_DAYS, is_code=False)
    path = reverse("schools:invitation_accept", args=[token])
    if user.email:
        emails.invitation(user=user, path=path, days=LINK_DAYS)
    record(by=by, action="invitation.sent", row=user, authority=_authority_of(user), summary=str(user))
    return path


@transaction.atomic
def enter_person(
    *,
    by: User,
    organization: Organization,
    title: str,
    is_head: bool,
    role: str,
    **names: str,
) -> tuple[Person, str]:
    """A new person with a post; with a role also an account and an invitation, whose path is returned (else "")."""
    row = people.save_person(by=by, row=Person(**names), organization=organization)
    post = Position(
        person=row, organization=organization, title=title, is_head=is_head, valid_from=clock.today(by.zone)
    )
    people.save_position(by=by, row=post)
    if not role:
        return row, ""
    user = people.open_account(by=by, person=row)
    people.give_role(by=by, user=user, role=role, organization=organization)
    return row, invite(by=by, user=user)


@transaction.atomic
def issue_codes(*, by: User, authority: Organization, members: Iterable[Membership] | None = None) -> list[PrintedCode]:
    """One-time codes for the directors of an authority who have never come in (or for the given memberships)."""
    if members is None:
        members = waiting_directors(authority)
    made = []
    for member in members:
        code = "".join(secrets.choice("0123456789") for _ in range(16))
        row = _issue(by=by, user=member.user, secret=code, days=CODE_DAYS, is_code=True)
        made.append(PrintedCode(member.organization, member.user, printed(code), row.expires_at.date()))
    if made:
        record(
            by=by,
            action="invitation.codes",
            row=authority,
            authority=authority,
            summary=f"Напечатано кодов: {len(made)}",
            after={"users": [one.user.pk for one in made]},
        )
    return made


def waiting_directors(authority: Organization) -> list[Membership]:
    """Directors in force today, of the authority's organisations, who have not set a password yet."""
    rows = (
        Membership.objects.held_on(clock.today())
        .filter(role=Role.DIRECTOR, organization__authority=authority, user__is_active=True)
        .exclude(organization__kind=OrganizationKind.AUTHORITY)
        .filter(Q(user__password="") | Q(user__password__startswith="!"))
        .select_related("user__person", "organization")
        .order_by("organization__sort_key", "pk")
    )
    return list(rows)


def handed_out(members: Iterable[Membership]) -> dict[int, Invitation]:
    """Of each user who still holds a slip or a link that works, the newest: another code would make it useless."""
    rows = Invitation.objects.filter(
        user__in=[member.user_id for member in members], used_at__isnull=True, expires_at__gt=clock.now()
    )
    return {row.user_id: row for row in rows.order_by("pk")}


def _issue(*, by: User, user: User, secret: str, days: int, is_code: bool) -> Invitation:
    user.invitations.filter(used_at__isnull=True).delete()
    return Invitation.objects.create(
        user=user,
        token_hash=Invitation.hash_of(secret),
        is_code=is_code,
        created_by=by,
        expires_at=clock.now() + dt.timedelta(days=days),
    )


def invitation_of(secret: str) -> Invitation | None:
    """The invitation that a link or a code opens; None when it is used, old or unknown."""
    return (
        Invitation.objects.filter(
            token_hash=Invitation.hash_of(secret),
            used_at__isnull=True,
            expires_at__gt=clock.now(),
            user__is_active=True,
        )
        .select_related("user__person")
        .first()
    )


@transaction.atomic
def accept(*, invitation: Invitation, password: str) -> User:
    """Sets the password; the invitation works once, however many windows are open."""
    taken = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=clock.now())
    if not taken:
        raise Refused("Приглашение уже использовано.")
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=user, action="invitation.accepted", row=user, authority=_authority_of(user), summary=str(user))
    return user


@transaction.atomic
def ask_reset(*, name: str) -> None:
    """Queues a letter with a link to set a new password, when exactly one live account answers to the name or e-mail."""
    name = name.strip().casefold()
    found = list(User.objects.filter(Q(username=name) | Q(email__iexact=name), is_active=True)[:3])
    exact = [user for user in found if user.username == name] or found
    if len(exact) != 1 or not exact[0].email:
        return
    user = exact[0]
    if emails.reset_queued_since(user=user, moment=clock.now() - RESET_PAUSE):
        return
    emails.reset(user=user, path=reset_path(user))
    record(by=None, action="password.reset_asked", row=user, authority=_authority_of(user), summary=str(user))


def reset_path(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("schools:password_reset_confirm", args=[uid, default_token_generator.make_token(user)])


def _authority_of(user: User) -> int | None:
    for member in user.current_memberships:
        return member.organization.authority_id or member.organization_id
    return None
