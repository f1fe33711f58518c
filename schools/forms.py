"""Shapes of what people type: log-in, organisations, people, roles, groups, settings."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.core.exceptions import ValidationError

from schools.actions.invitations import invitation_of, normal_code
from schools.enums import CodeSystem, OrganizationKind, Role
from schools.models import OfficeSettings, Organization, Person, Position, School, SchoolGroup, User

ZONES = (
    ("Europe/Kaliningrad", "Калининград, МСК−1"),
    ("Europe/Moscow", "Москва, МСК"),
    ("Europe/Samara", "Самара, МСК+1"),
    ("Europe/Saratov", "Саратов, МСК+1"),
    ("Europe/Astrakhan", "Астрахань, МСК+1"),
    ("Asia/Yekaterinburg", "Екатеринбург, МСК+2"),
    ("Asia/Omsk", "Омск, МСК+3"),
    ("Asia/Novosibirsk", "Новосибирск, МСК+4"),
    ("Asia/Krasnoyarsk", "Красноярск, МСК+4"),
    ("Asia/Irkutsk", "Иркутск, МСК+5"),
    ("Asia/Yakutsk", "Якутск, МСК+6"),
    ("Asia/Vladivostok", "Владивосток, МСК+7"),
    ("Asia/Magadan", "Магадан, МСК+8"),
    ("Asia/Kamchatka", "Камчатка, МСК+9"),
)


def zone_choices(empty: str, current: str = "") -> list[tuple[str, str]]:
    """The zones of the country; one set from a file stays among them."""
    zones = [("", empty), *ZONES]
    if current and current in available_timezones() and current not in dict(ZONES):
        zones.append((current, current))
    return zones


class DayField(forms.DateField):
    """A day by the browser's calendar; also understands 01.09.2026."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"])
        kwargs.setdefault("error_messages", {"invalid": "Это не дата. Напишите, например, 01.09.2026."})
        super().__init__(**kwargs)


class LoginForm(AuthenticationForm):
    error_messages = {  # noqa: RUF012
        "invalid_login": "Имя или пароль не подходят. Проверьте раскладку клавиатуры и Caps Lock.",
        "inactive": "Эта учётная запись закрыта. Обратитесь к администратору управления.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Имя для входа или электронная почта"
        self.fields["password"].label = "Пароль"


class ResetForm(forms.Form):
    name = forms.CharField(label="Имя для входа или электронная почта", max_length=254)


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Новый пароль"
        self.fields["new_password1"].help_text = "Не короче 8 знаков, не из одних цифр и не из самых частых."
        self.fields["new_password2"].label = "Пароль ещё раз"
        self.fields["new_password2"].help_text = ""


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Код с листа",
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "placeholder": "0000 0000 0000 0000"}
        ),
        help_text="Шестнадцать цифр, пробелы не важны.",
    )

    def clean_code(self) -> str:
        code = normal_code(self.cleaned_data["code"])
        if len(code) != 16:
            raise ValidationError("В коде шестнадцать цифр. Проверьте, все ли введены.")
        if invitation_of(code) is None:
            raise ValidationError("Такой код не действует: он уже использован, просрочен или введён с ошибкой.")
        return code


class ProfileForm(forms.Form):
    phone = forms.CharField(label="Телефон", max_length=60, required=False)
    email = forms.EmailField(label="Электронная почта", required=False)
    time_zone = forms.ChoiceField(label="Часовой пояс", required=False)
    password = forms.CharField(
        label="Нынешний пароль",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Нужен только для смены пароля.",
    )
    new_password = forms.CharField(
        label="Новый пароль",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Не короче 8 знаков, не из одних цифр.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        phone = user.person.phone if user.person else ""
        kwargs.setdefault("initial", {"phone": phone, "email": user.email, "time_zone": user.time_zone})
        super().__init__(*args, **kwargs)
        zone: Any = self.fields["time_zone"]
        zone.choices = zone_choices("как в организации", user.time_zone)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        new = data.get("new_password")
        if new:
            if not self.user.check_password(data.get("password", "")):
                self.add_error("password", "Нынешний пароль введён неверно.")
            try:
                password_validation.validate_password(new, self.user)
            except ValidationError as why:
                self.add_error("new_password", why)
        return data


class OrganizationForm(forms.ModelForm):
    opened = DayField(label="Открыта", required=False)
    closed = DayField(label="Закрыта", required=False)
    time_zone = forms.ChoiceField(label="Часовой пояс", required=False)

    class Meta:
        model = Organization
        fields = (
            "kind",
            "parent",
            "name",
            "full_name",
            "type_name",
            "settlement",
            "number",
            "named_after",
            "territory",
            "territory_code",
            "phone",
            "email",
            "address",
            "time_zone",
            "opened",
            "closed",
            "successor",
        )
        help_texts = {  # noqa: RUF012
            "name": "Как пишут в списках: «СОШ № 5», «Гимназия № 1 г. Заречный».",
            "full_name": "Как в уставе.",
        }

    def __init__(self, *args: Any, authority: Organization, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authority = authority
        own: Any = Organization.objects.of_authority(authority).order_by("sort_key", "pk")
        if self.instance.pk:
            own = own.exclude(pk=self.instance.pk)
        node = self.instance.pk is not None and self.instance.kind in (
            OrganizationKind.AUTHORITY,
            OrganizationKind.MINISTRY,
        )
        if node:
            for name in ("kind", "parent", "successor", "closed"):
                del self.fields[name]
        else:
            for name in ("territory", "territory_code"):
                del self.fields[name]
            fields: dict[str, Any] = self.fields
            fields["parent"].queryset = own.filter(closed__isnull=True)
            fields["parent"].required = True
            fields["parent"].empty_label = None
            fields["parent"].initial = authority.pk
            fields["successor"].queryset = own
            fields["successor"].empty_label = "нет"
            fields["kind"].choices = [(value, label) for value, label in OrganizationKind.choices if value in kinds]
        zone: Any = self.fields["time_zone"]
        zone.choices = zone_choices("как в управлении", self.instance.time_zone)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        parent = data.get("parent")
        kind = data.get("kind", self.instance.kind)
        if kind == OrganizationKind.BRANCH and parent is not None and not parent.is_school:
            self.add_error("parent", "Филиал подчинён школе: выберите её.")
        seen = set()
        above = parent
        while above is not None and above.pk not in seen:
            if self.instance.pk and above.pk == self.instance.pk:
                self.add_error("parent", "Организация не может подчиняться сама себе.")
                break
            seen.add(above.pk)
            above = above.parent
        if parent is not None:
            self.instance.authority_id = parent.authority_id or self.authority.pk
        if data.get("successor") and not data.get("closed"):
            self.add_error("closed", "Правопреемник бывает у закрытой организации: укажите, когда она закрыта.")
        return data


class SchoolForm(forms.ModelForm):
    class Meta:
        model = School
        fields = ("has_grade_9", "has_grade_11", "six_day_week", "rural", "pupils")


class CodesForm(forms.Form):
    """Codes of outside systems, one field each."""

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = {code.system: code.code for code in organization.codes.all()}
        for value, label in CodeSystem.choices:
            name = label if label.split()[0].isupper() else label[:1].upper() + label[1:]
            self.fields[value] = forms.CharField(label=name, max_length=60, required=False, initial=now.get(value, ""))

    def clean_inn(self) -> str:
        inn: str = self.cleaned_data["inn"].strip()
        if inn and not (inn.isdigit() and len(inn) in (10, 12)):
            raise ValidationError("ИНН состоит из 10 или 12 цифр.")
        return inn


class AliasForm(forms.Form):
    text = forms.CharField(label="Как ещё пишут", max_length=500)


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Таблица",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,text/csv"}),
        error_messages={
            "required": "Выберите файл XLSX или CSV.",
            "empty": "Файл пуст. Выберите таблицу со строками реестра.",
        },
    )


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ("last_name", "first_name", "patronymic", "phone", "email")


class PositionForm(forms.ModelForm):
    valid_from = DayField(label="С", required=False)
    valid_to = DayField(label="По", required=False)

    class Meta:
        model = Position
        fields = ("organization", "title", "is_head", "acting", "basis", "valid_from", "valid_to")
        labels = {"basis": "Приказ", "title": "Должность"}  # noqa: RUF012
        help_texts = {  # noqa: RUF012
            "basis": "Для исполняющего обязанности обязателен: номер и дата приказа.",
        }

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organization"]
        field.queryset, field.empty_label = organizations, "выберите"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("acting") and not (data.get("basis") or "").strip():
            self.add_error("basis", "Для исполняющего обязанности укажите приказ: номер и дату.")
        return data


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Роль", choices=Role)
    organization = forms.ModelChoiceField(
        label="Организация", queryset=Organization.objects.none(), empty_label="выберите"
    )
    valid_from = DayField(label="С", required=False)
    valid_to = DayField(label="По", required=False)
    basis = forms.CharField(label="Основание", max_length=255, required=False)

    def __init__(self, *args: Any, organizations: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organization"].queryset = organizations
        fields["role"].choices = [(value, label) for value, label in Role.choices if value in roles]


class EndForm(forms.Form):
    day = DayField(label="Последний день")


class InviteForm(forms.Form):
    """A person who gets an account at once: who, where, as whom."""

    last_name = forms.CharField(label="Фамилия", max_length=80)
    first_name = forms.CharField(label="Имя", max_length=80)
    patronymic = forms.CharField(label="Отчество", max_length=80, required=False)
    email = forms.EmailField(
        label="Электронная почта",
        required=False,
        help_text="Сюда придёт приглашение. Без почты можно напечатать одноразовый код.",
    )
    phone = forms.CharField(label="Телефон", max_length=60, required=False)
    organization = forms.ModelChoiceField(
        label="Организация", queryset=Organization.objects.none(), empty_label="выберите"
    )
    title = forms.CharField(label="Должность", max_length=200)
    is_head = forms.BooleanField(label="руководитель организации", required=False)
    role = forms.ChoiceField(label="Роль в программе", choices=Role)

    def __init__(self, *args: Any, organizations: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organization"].queryset = organizations
        fields["role"].choices = [("", "без учётной записи")] + [(v, label) for v, label in Role.choices if v in roles]
        fields["role"].required = False
        fields["role"].initial = Role.DIRECTOR


class GroupForm(forms.ModelForm):
    """A group by a rule over the registry, or by members chosen one by one."""

    WAYS = (
        ("members", "по списку: школы выбираются отдельно"),
        ("rule", "по признакам из реестра: список обновляется сам"),
    )
    YES_NO = (("", "не важно"), ("yes", "да"), ("no", "нет"))
    way = forms.ChoiceField(label="Как составлена", choices=WAYS, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="Виды организаций",
        choices=[c for c in OrganizationKind.choices if c[0] not in ("ministry", "authority")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    types = forms.CharField(
        label="Типы",
        max_length=300,
        required=False,
        help_text="Через запятую, как в реестре: СОШ, ООШ, гимназия, лицей. Пусто — любые.",
    )
    grade_9 = forms.ChoiceField(label="Есть 9 класс (ОГЭ)", choices=YES_NO, required=False)
    grade_11 = forms.ChoiceField(label="Есть 11 класс (ЕГЭ)", choices=YES_NO, required=False)
    rural = forms.ChoiceField(label="Сельские", choices=YES_NO, required=False)

    class Meta:
        model = SchoolGroup
        fields = ("name", "wordings", "confidential")
        widgets = {"wordings": forms.Textarea(attrs={"rows": 3})}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = self.instance.rule or {}
        answers = {True: "yes", False: "no"}
        if not self.is_bound:
            self.initial |= {
                "way": "rule" if rule else "members",
                "kinds": rule.get("kinds", []),
                "types": ", ".join(rule.get("types", [])),
                **{key: answers.get(rule.get(key), "") for key in ("grade_9", "grade_11", "rural")},
            }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == "rule" and not self._rule(data):
            self.add_error("kinds", "Выберите хотя бы один признак.")
        name = (data.get("name") or "").strip()
        same = SchoolGroup.objects.filter(authority=self.instance.authority_id, name=name)
        if name and same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "Группа с таким названием уже есть.")
        return data

    @staticmethod
    def _rule(data: dict[str, Any]) -> dict[str, Any]:
        rule: dict[str, Any] = {}
        if data.get("kinds"):
            rule["kinds"] = data["kinds"]
        if types := [one.strip() for one in (data.get("types") or "").split(",") if one.strip()]:
            rule["types"] = types
        for key in ("grade_9", "grade_11", "rural"):
            if data.get(key):
                rule[key] = data[key] == "yes"
        return rule

    @property
    def rule(self) -> dict[str, Any]:
        """The rule as the model keeps it; empty for a group by members."""
        return self._rule(self.cleaned_data) if self.cleaned_data["way"] == "rule" else {}


class SettingsForm(forms.ModelForm):
    class Meta:
        model = OfficeSettings
        fields = (
            "due_shift",
            "acceptance_step",
            "extension_days",
            "methodist_moves",
            "head_title",
            "place",
            "blank_lines",
            "check_code",
            "standing_rhythm",
            "chain_days",
            "messages_per_minute",
        )
        widgets = {"blank_lines": forms.Textarea(attrs={"rows": 4})}  # noqa: RUF012
        help_texts = {  # noqa: RUF012
            "due_shift": "Дата в документе остаётся как написана, меняется только день, по которому считается просрочка.",
            "extension_days": "Просить позже можно, но такая просьба отмечается как поданная поздно.",
            "methodist_moves": "Обычно сроки переносит и с контроля снимает начальник.",
            "standing_rhythm": "Когда школа отвечает по пунктам со сроком «постоянно»: одним общим ответом.",
            "chain_days": "Приказ во исполнение поручения министерства предложит школам срок раньше вашего на столько дней.",
            "messages_per_minute": "Сколько писем в минуту принимает ваш почтовый сервер.",
        }
