"""The cast: an invented district with its people, and a stranger from another one. Tests speak of them by role."""

from __future__ import annotations

from dataclasses import dataclass

from schools.enums import OrganizationKind, Role
from schools.models import (
    Membership,
    OfficeSettings,
    Organization,
    OrganizationAlias,
    Person,
    Position,
    School,
    SchoolGroup,
    User,
)

PASSWORD = "pass-word-for-tests"


@dataclass
class Cast:
    region: Organization
    authority: Organization
    school: Organization
    neighbour: Organization
    third: Organization
    centre: Organization
    methodist: User
    head: User
    director: User
    neighbour_director: User
    curator: User
    observer: User
    admin: User
    stranger: User
    other_authority: Organization
    other_school: Organization
    everyone: SchoolGroup
    low: SchoolGroup

    @property
    def people(self) -> dict[str, User]:
        names = ("methodist", "head", "director", "neighbour_director", "curator", "observer", "admin", "stranger")
        return {name: getattr(self, name) for name in names}


def organization(authority: Organization, name: str, **fields: object) -> Organization:
    """An organisation of the authority; a school unless said otherwise."""
    kind = fields.pop("kind", OrganizationKind.SCHOOL)
    grade_11 = fields.pop("grade_11", True)
    row = Organization.objects.create(kind=kind, parent=authority, authority=authority, name=name, **fields)
    if kind == OrganizationKind.SCHOOL:
        School.objects.create(organization=row, has_grade_11=grade_11)
    return row


def user(login: str, role: Role, organization: Organization, name: str, title: str, *, head: bool = False) -> User:
    """An account with one membership and one post; `name` is «Фамилия Имя Отчество»."""
    last, first, patronymic = name.split()
    person = Person.objects.create(last_name=last, first_name=first, patronymic=patronymic, phone="(00000) 2-11-22")
    Position.objects.create(person=person, organization=organization, title=title, is_head=head)
    account = User(username=login, person=person, email=f"{login}@example.org")
    account.set_password(PASSWORD)
    account.save()
    Membership.objects.create(user=account, role=role, organization=organization)
    return account


def build() -> Cast:
    region = Organization.objects.create(
        kind=OrganizationKind.MINISTRY, name="Министерство образования Приозёрной области"
    )
    authority = Organization.objects.create(
        kind=OrganizationKind.AUTHORITY,
        parent=region,
        name="Управление образования Заречного округа",
        full_name="Управление образования администрации Заречного муниципального округа",
        territory="Заречный муниципальный округ",
    )
    OfficeSettings.objects.create(authority=authority, place="г. Заречный")
    school = organization(authority, "СОШ № 1", type_name="СОШ", number="1", settlement="г. Заречный")
    neighbour = organization(authority, "СОШ № 2", type_name="СОШ", number="2", settlement="г. Заречный")
    third = organization(authority, "ООШ с. Ключи", type_name="ООШ", settlement="с. Ключи", grade_11=False)
    centre = organization(authority, "Методический центр", kind=OrganizationKind.CENTRE, type_name="методический центр")
    OrganizationAlias.objects.create(organization=school, authority=authority, text="МБОУ СОШ № 1")
    other_authority = Organization.objects.create(
        kind=OrganizationKind.AUTHORITY,
        parent=Organization.objects.create(
            kind=OrganizationKind.MINISTRY, name="Министерство образования Луговой области"
        ),
        name="Отдел образования Дальнего района",
    )
    other_school = organization(other_authority, "СОШ № 1", type_name="СОШ", number="1")
    everyone = SchoolGroup.objects.create(
        authority=authority,
        name="Все общеобразовательные организации",
        rule={"kinds": ["school"]},
        wordings="руководители общеобразовательных организаций\nдиректора школ",
    )
    low = SchoolGroup.objects.create(
        authority=authority, name="Школы с низкими результатами", confidential=True, wordings="руководители ШНОР"
    )
    return Cast(
        region=region,
        authority=authority,
        school=school,
        neighbour=neighbour,
        third=third,
        centre=centre,
        methodist=user("metodist", Role.METHODIST, authority, "Орлова Наталья Петровна", "методист"),
        head=user("nachalnik", Role.HEAD, authority, "Воронцова Татьяна Игоревна", "начальник", head=True),
        director=user("direktor", Role.DIRECTOR, school, "Белова Ирина Сергеевна", "директор", head=True),
        neighbour_director=user("sosed", Role.DIRECTOR, neighbour, "Громов Андрей Викторович", "директор", head=True),
        curator=user("kurator", Role.CURATOR, school, "Лебедева Марина Юрьевна", "куратор"),
        observer=user("region", Role.OBSERVER, region, "Минаева Алла Борисовна", "консультант"),
        admin=user("admin", Role.ADMIN, authority, "Жуков Илья Романович", "администратор"),
        stranger=user("chuzhoy", Role.METHODIST, other_authority, "Рыбин Олег Ильич", "методист"),
        other_authority=other_authority,
        other_school=other_school,
        everyone=everyone,
        low=low,
    )
