"""People, the posts they hold, their accounts and dated roles."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from config import clock
from schools.audit import record
from schools.enums import Role
from schools.errors import Refused
from schools.models import Membership, Organization, Person, Position, User

# Roles a methodist may give; the others (of the office itself) are given by the administrator only.
SCHOOL_ROLES = frozenset({Role.DIRECTOR, Role.STAFF, Role.CURATOR, Role.MENTOR})

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch - y - e yu ya".split(),
        strict=True,
    )
)


def grantable_roles(user: User, organization: Organization) -> list[str]:
    """Roles this user may give in this organisation, in the order of `Role`."""
    if user.can("people.manage", at=organization):
        return list(Role.values)
    if user.can("people.invite", at=organization):
        office = organization.kind in ("authority", "ministry")
        return [role for role in Role.values if role in SCHOOL_ROLES and not office]
    return []


def may_manage_account(by: User, user: User) -> bool:
    """Whether every role of the account lies where `by` may give that role: nobody opens an account above one's own."""
    held = user.memberships.held_on(clock.today()).select_related("organization")
    return all(member.role in grantable_roles(by, member.organization) for member in held)


@transaction.atomic
def save_person(*, by: User, row: Person, organization: Organization | None = None) -> Person:
    """Writes a new or changed person; `organization` says in whose journal the change stands."""
    names = ("last_name", "first_name", "patronymic", "phone", "email")
    kept = Person.objects.filter(pk=row.pk).first() if row.pk else None
    before = {name: getattr(kept, name) for name in names} if kept else None
    row.save()
    after = {name: getattr(row, name) for name in names}
    user = User.objects.filter(person=row).first()
    if user is not None and user.email != row.email:
        user.email, user.email_refused = row.email, False
        user.save(update_fields=["email", "email_refused"])
    if before != after:
        record(
            by=by,
            action="person.changed" if before else "person.added",
            row=row,
            authority=organization.authority_id if organization else None,
            summary=row.surname_first,
            before=before,
            after=after,
        )
    return row


@transaction.atomic
def save_position(*, by: User, row: Position) -> Position:
    """A post from a day to a day; the order is required for an acting head."""
    new = row.pk is None
    row.save()
    record(
        by=by,
        action="position.added" if new else "position.changed",
        row=row,
        authority=row.organization.authority_id,
        summary=f"{row}, {row.organization}",
        after={"title": row.title, "acting": row.acting, "basis": row.basis, "from": str(row.valid_from or "")},
    )
    return row


@transaction.atomic
def end_position(*, by: User, position: Position, day: dt.date) -> None:
    """The last day on the post; it stays in history."""
    if position.valid_from and day < position.valid_from:
        raise Refused("Окончание не может быть раньше начала.")
    before = position.valid_to
    position.valid_to = day
    position.save(update_fields=["valid_to"])
    record(
        by=by,
        action="position.ended",
        row=position,
        authority=position.organization.authority_id,
        summary=f"{position}, {position.organization}",
        before={"to": str(before or "")},
        after={"to": str(day)},
    )


@transaction.atomic
def open_account(*, by: User | None, person: Person, login: str = "") -> User:
    """An account without a password: an invitation or a code lets its owner set one."""
    if User.objects.filter(person=person).exists():
        raise Refused("У этого сотрудника уже есть учётная запись.")
    user = User(username=login.strip() or free_login(person), person=person, email=person.email)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as why:
        raise Refused(f"Имя для входа «{user.username}» занято. Укажите другое.") from why
    record(by=by, action="account.opened", row=user, summary=str(user), after={"login": user.username})
    return user


def free_login(person: Person) -> str:
    """«belova», «belova2» …: the surname in Latin letters with a number when it is taken."""
    letters = "".join(_LATIN.get(ch, ch) for ch in person.last_name.casefold())
    base = re.sub(r"[^a-z0-9]", "", letters)[:30] or "user"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    number = 1
    name = base
    while name in taken:
        number += 1
        name = f"{base}{number}"
    return name


@transaction.atomic
def give_role(
    *,
    by: User,
    user: User,
    role: str,
    organization: Organization,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    basis: str = "",
) -> Membership:
    """A role from a day to a day with the paper it rests on."""
    if role not in grantable_roles(by, organization):
        raise Refused("Эту роль в этой организации даёт администратор.")
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused("Окончание не может быть раньше начала.")
    clash = user.memberships.filter(role=role, organization=organization).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from or clock.today())
    )
    if valid_to:
        clash = clash.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=valid_to))
    if clash.exists():
        raise Refused("Такая роль у этого человека уже есть.")
    member = Membership.objects.create(
        user=user, role=role, organization=organization, valid_from=valid_from, valid_to=valid_to, basis=basis
    )
    user.forget_memberships()
    record(
        by=by,
        action="role.given",
        row=member,
        authority=organization.authority_id,
        summary=f"{user}: {member}",
        after={"role": role, "organization": organization.pk, "basis": basis},
    )
    return member


@transaction.atomic
def give_first_role(*, by: User, person: Person, **role: Any) -> Membership:
    """A role for a person, whose account is opened when there is none yet."""
    user = User.objects.filter(person=person).first() or open_account(by=by, person=person)
    return give_role(by=by, user=user, **role)


@transaction.atomic
def end_role(*, by: User, membership: Membership, day: dt.date) -> None:
    """The last day of a role; what was done in it stays."""
    if membership.role not in grantable_roles(by, membership.organization):
        raise Refused("Эту роль снимает администратор.")
    if membership.user_id == by.pk and membership.role == Role.ADMIN:
        raise Refused("Нельзя снять роль администратора с себя: это делает другой администратор.")
    if membership.valid_from and day < membership.valid_from:
        raise Refused("Окончание не может быть раньше начала.")
    before = membership.valid_to
    membership.valid_to = day
    membership.save(update_fields=["valid_to"])
    record(
        by=by,
        action="role.ended",
        row=membership,
        authority=membership.organization.authority_id,
        summary=f"{membership.user}: {membership}",
        before={"to": str(before or "")},
        after={"to": str(day)},
    )


@transaction.atomic
def set_account_open(*, by: User, user: User, is_open: bool) -> None:
    """Closes an account at once (nobody can come in by it) or opens it again."""
    if user.pk == by.pk:
        raise Refused("Свою учётную запись закрыть нельзя.")
    if not may_manage_account(by, user):
        raise Refused("У этого человека есть роли, которыми распоряжается другой администратор.")
    if user.is_active == is_open:
        return
    user.is_active = is_open
    user.save(update_fields=["is_active"])
    record(by=by, action="account.opened_again" if is_open else "account.closed", row=user, summary=str(user))


def choose_membership(*, by: User, membership: Membership) -> None:
    """The role to work in: the visitor's own mark, nothing else changes."""
    by.active_membership = membership
    by.save(update_fields=["active_membership"])


@transaction.atomic
def change_own_data(*, by: User, phone: str, email: str, time_zone: str, password: str | None) -> None:
    """What a person keeps about oneself; a new password when given."""
    changed: dict[str, Any] = {}
    if by.email != email:
        changed["email"], by.email, by.email_refused = email, email, False
    if by.time_zone != time_zone:
        changed["time_zone"] = by.time_zone = time_zone
    if password:
        by.set_password(password)
        changed["password"] = "changed"
    by.save()
    if by.person is not None and (by.person.phone != phone or by.person.email != email):
        changed["phone"] = by.person.phone = phone
        by.person.email = email
        by.person.save()
    if changed:
        record(by=by, action="profile.changed", row=by, summary=str(by), after=changed)
