"""An office made from a registry file: the authority, its organisations, a methodist, directors, an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schools.actions import registry_import
from schools.enums import OrganizationKind, Role
from schools.models import OfficeSettings, Organization, User
from tests.cast import user


@dataclass
class Office:
    authority: Organization
    methodist: User
    admin: User

    def organization(self, name: str) -> Organization:
        return Organization.objects.get(authority=self.authority, name=name)

    def director(self, name: str, login: str = "direktor") -> User:
        return user(login, Role.DIRECTOR, self.organization(name), "Титова Елена Алексеевна", "директор", head=True)


def office_from(registry: Path, authority_name: str) -> Office:
    """Loads the registry through the same action as the browser does; `authority_name` is one of the file's authorities."""
    ministry = Organization.objects.create(kind=OrganizationKind.MINISTRY, name="Министерство образования области")
    authority = Organization.objects.create(
        kind=OrganizationKind.AUTHORITY, parent=ministry, name=authority_name, full_name=authority_name
    )
    OfficeSettings.objects.create(authority=authority)
    methodist = user("metodist", Role.METHODIST, authority, "Орлова Наталья Петровна", "методист")
    admin = user("admin", Role.ADMIN, authority, "Жуков Илья Романович", "администратор")
    upload = registry_import.check(
        by=admin, home=authority, name=registry.name, content=registry.read_bytes(), content_type="text/csv"
    )
    if upload.report["choice"]:
        registry_import.check_again(by=admin, upload=upload, chosen=authority_name)
    registry_import.apply(by=admin, upload=upload)
    return Office(authority, methodist, admin)
