"""Opening an office: the organisation, its settings and its first administrator, whom a link lets in.

The only way in for a fresh installation; everything below it is then done on the pages.
"""

from __future__ import annotations

from django.db import transaction

from schools.actions.invitations import invite
from schools.actions.people import open_account
from schools.audit import record
from schools.enums import OrganizationKind, Role
from schools.errors import Refused
from schools.models import Membership, OfficeSettings, Organization, Person, User


@transaction.atomic
def open_office(
    *, name: str, administrator: str, full_name: str = "", above: str = "", email: str = "", login: str = ""
) -> tuple[Organization, User, str]:
    """An authority with an administrator; `above` names its ministry, which is added when it is not there yet.

    Returns the office, the account and the path of the invitation that sets its password.
    """
    office = _office(name.strip(), full_name.strip(), _ministry(above.strip()))
    last_name, *rest = administrator.split()
    person = Person.objects.create(
        last_name=last_name, first_name=rest[0] if rest else "", patronymic=" ".join(rest[1:]), email=email
    )
    user = open_account(by=None, person=person, login=login)
    Membership.objects.create(user=user, role=Role.ADMIN, organization=office)
    user.forget_memberships()
    record(by=None, action="office.opened", row=office, authority=office, summary=office.name, after={"admin": user.pk})
    return office, user, invite(by=user, user=user)


def _ministry(name: str) -> Organization | None:
    if not name:
        return None
    found = Organization.objects.filter(kind=OrganizationKind.MINISTRY, name=name).first()
    return found or Organization.objects.create(kind=OrganizationKind.MINISTRY, name=name)


def _office(name: str, full_name: str, above: Organization | None) -> Organization:
    offices = Organization.objects.filter(kind=OrganizationKind.AUTHORITY, name=name)
    if offices.filter(memberships__role=Role.ADMIN).exists():
        raise Refused(
            f"«{name}» уже есть, и администратор у неё назначен: остальных добавит он на странице «Сотрудники»."
        )
    office = offices.first()
    if office is None:
        office = Organization.objects.create(
            kind=OrganizationKind.AUTHORITY, name=name, full_name=full_name or name, parent=above
        )
    OfficeSettings.objects.get_or_create(authority=office)
    return office
