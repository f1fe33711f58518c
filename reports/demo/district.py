"""An invented district: its schools, people and groups. Nothing here exists outside the demo."""

from __future__ import annotations

import secrets
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
from schools.models.groups import GroupMember

AUTHORITY = "Управление образования администрации Заречного муниципального округа"
CENTRE = "МКУ «Методический центр»"

# name, type, settlement, number, grade 11, rural
SCHOOLS = [
    ("СОШ № 1", "СОШ", "г. Заречный", "1", True, False),
    ("СОШ № 2", "СОШ", "г. Заречный", "2", True, False),
    ("СОШ № 3", "СОШ", "г. Заречный", "3", True, False),
    ("СОШ № 5", "СОШ", "г. Заречный", "5", True, False),
    ("Гимназия № 4", "гимназия", "г. Заречный", "4", True, False),
    ("Лицей «Перспектива»", "лицей", "г. Заречный", "", True, False),
    ("СОШ с. Малая Берёзовка", "СОШ", "с. Малая Берёзовка", "", True, True),
    ("СОШ с. Репьёвка", "СОШ", "с. Репьёвка", "", True, True),
    ("СОШ р.п. Сосновка", "СОШ", "р.п. Сосновка", "", True, False),
    ("ООШ п. Луговой", "ООШ", "п. Луговой", "", False, True),
    ("ООШ с. Ключи", "ООШ", "с. Ключи", "", False, True),
    ("НОШ д. Озерки", "НОШ", "д. Озерки", "", False, True),
]

HEADS = [
    ("Белова", "Ирина", "Сергеевна"),
    ("Громов", "Андрей", "Викторович"),
    ("Ильина", "Ольга", "Павловна"),
    ("Карпов", "Денис", "Олегович"),
    ("Лебедева", "Марина", "Юрьевна"),
    ("Никитин", "Павел", "Андреевич"),
    ("Осипова", "Вера", "Ивановна"),
    ("Панкратова", "Лариса", "Николаевна"),
    ("Рябов", "Сергей", "Петрович"),
    ("Сафонова", "Елена", "Викторовна"),
    ("Тихонова", "Нина", "Фёдоровна"),
    ("Юдина", "Светлана", "Олеговна"),
]

LOW_RESULTS = ("СОШ № 3", "СОШ с. Малая Берёзовка", "ООШ п. Луговой")


@dataclass(frozen=True)
class Account:
    login: str
    password: str
    who: str


@dataclass
class District:
    authority: Organization
    schools: dict[str, Organization]
    centre: Organization
    accounts: list[Account]
    users: dict[str, User]


def build() -> District:
    """Writes the district and gives its accounts with fresh random passwords."""
    region = Organization.objects.create(
        kind=OrganizationKind.MINISTRY, name="Министерство образования Приозёрной области"
    )
    authority = Organization.objects.create(
        kind=OrganizationKind.AUTHORITY,
        parent=region,
        name="Управление образования Заречного округа",
        full_name=AUTHORITY,
        territory="Заречный муниципальный округ",
        phone="(00000) 4-21-84",
        address="г. Заречный, ул. Садовая, д. 8",
    )
    OfficeSettings.objects.update_or_create(authority=authority, defaults={"place": "г. Заречный"})
    made = District(authority, {}, _centre(authority), [], {})
    for (name, type_name, settlement, number, grade_11, rural), person in zip(SCHOOLS, HEADS, strict=True):
        school = Organization.objects.create(
            kind=OrganizationKind.SCHOOL,
            parent=authority,
            authority=authority,
            name=name,
            full_name=f"Муниципальное бюджетное общеобразовательное учреждение «{name}»",
            type_name=type_name,
            settlement=settlement,
            number=number,
            phone="(00000) 2-10-" + f"{10 + len(made.schools)}",
        )
        School.objects.create(organization=school, has_grade_9=type_name != "НОШ", has_grade_11=grade_11, rural=rural)
        OrganizationAlias.objects.create(organization=school, authority=authority, text=f"МБОУ {name}")
        made.schools[name] = school
        _person(made, person, school, "директор", head=True)
    _groups(made)
    _office(made, region)
    return made


def _centre(authority: Organization) -> Organization:
    return Organization.objects.create(
        kind=OrganizationKind.CENTRE,
        parent=authority,
        authority=authority,
        name="Методический центр",
        full_name="Муниципальное казённое учреждение «Методический центр Заречного округа»",
        type_name="методический центр",
    )


def _groups(made: District) -> None:
    authority = made.authority
    SchoolGroup.objects.create(
        authority=authority,
        name="Все общеобразовательные организации",
        rule={"kinds": ["school", "branch"]},
        wordings="руководители общеобразовательных организаций\nдиректора школ\nруководители школ",
    )
    SchoolGroup.objects.create(
        authority=authority,
        name="Школы с 11 классом",
        rule={"kinds": ["school"], "grade_11": True},
        wordings="руководители средних общеобразовательных школ",
    )
    low = SchoolGroup.objects.create(
        authority=authority,
        name="Школы с низкими образовательными результатами",
        confidential=True,
        wordings="школы с низкими образовательными результатами\nруководители ШНОР",
    )
    for name in LOW_RESULTS:
        GroupMember.objects.create(group=low, organization=made.schools[name])


def _office(made: District, region: Organization) -> None:
    new_user(made, ("Орлова", "Наталья", "Петровна"), "metodist", Role.METHODIST, made.authority, "методист")
    new_user(made, ("Воронцова", "Татьяна", "Игоревна"), "nachalnik", Role.HEAD, made.authority, "начальник", head=True)
    new_user(made, ("Жуков", "Илья", "Романович"), "admin", Role.ADMIN, made.authority, "администратор")
    new_user(made, ("Минаева", "Алла", "Борисовна"), "region", Role.OBSERVER, region, "консультант министерства")
    new_user(made, ("Фомина", "Жанна", "Львовна"), "centr", Role.DIRECTOR, made.centre, "директор центра", head=True)
    for login, name in (("direktor1", "СОШ № 1"), ("direktor3", "СОШ № 3"), ("direktor-berezovka", SCHOOLS[6][0])):
        school = made.schools[name]
        position = school.positions.get(is_head=True)
        _account(made, position.person, login, Role.DIRECTOR, school, f"директор, {name}")
    curator = made.schools["Гимназия № 4"].positions.get(is_head=True).person
    user = _account(made, curator, "kurator", Role.CURATOR, made.schools["СОШ № 3"], "куратор СОШ № 3")
    Membership.objects.create(user=user, role=Role.DIRECTOR, organization=made.schools["Гимназия № 4"])


def new_user(
    made: District,
    name: tuple[str, str, str],
    login: str,
    role: Role,
    organization: Organization,
    title: str,
    *,
    head: bool = False,
) -> User:
    person = _person(made, name, organization, title, head=head)
    return _account(made, person, login, role, organization, title)


def _person(
    made: District, name: tuple[str, str, str], organization: Organization, title: str, *, head: bool = False
) -> Person:
    last, first, patronymic = name
    person = Person.objects.create(
        last_name=last, first_name=first, patronymic=patronymic, phone=f"(00000) 2-{len(made.users) + 30}-11"
    )
    Position.objects.create(person=person, organization=organization, title=title, is_head=head)
    return person


def _account(made: District, person: Person, login: str, role: Role, organization: Organization, who: str) -> User:
    password = "-".join(secrets.choice(SYLLABLES) + secrets.choice(SYLLABLES) for _ in range(3))
    user = User(username=login, person=person)
    user.set_password(password)
    user.save()
    Membership.objects.create(user=user, role=role, organization=organization)
    made.users[login] = user
    made.accounts.append(Account(login, password, who))
    return user


# Passwords that can be typed from paper without confusion: 3 × 2 syllables of 40, about 32 bits, behind a log-in limit.
SYLLABLES = [c + v for c in "bdfgkmnprt" for v in "aeiu"]
