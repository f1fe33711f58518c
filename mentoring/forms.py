"""What people type here: appointments, consents, ends, visits, needs, orders of schools, interviews."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from decisions.forms import DayField
from mentoring.enums import EndedBy
from mentoring.models import Questionnaire
from monitoring.reading.subjects import NAMES
from schools.models import Organization, Person


def people_of_office(authority: Organization) -> Any:
    """Whoever may be asked to help: people of the authority, its centre and its schools."""
    return (
        Person.objects.filter(positions__organization__authority=authority, positions__valid_to__isnull=True)
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )


class CareForm(forms.Form):
    """A curator of a school by hand."""

    school = forms.ModelChoiceField(label="Школа", queryset=Organization.objects.none(), empty_label="выберите школу")
    who = forms.ModelChoiceField(
        label="Куратор",
        queryset=Person.objects.none(),
        empty_label="выберите сотрудника",
        help_text="Из сотрудников управления, методического центра и других школ.",
    )
    valid_from = DayField(label="С какого дня")
    valid_to = DayField(label="По какой день", required=False)
    basis = forms.CharField(label="Основание", max_length=300, help_text="Например: приказ № 41 от 02.03.2026, п. 2.")
    consent_on = DayField(label="Согласие куратора получено", required=False)

    def __init__(self, *args: Any, authority: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school: Any = self.fields["school"]
        school.queryset = Organization.objects.schools().filter(authority=authority, closed__isnull=True)
        who: Any = self.fields["who"]
        who.queryset = people_of_office(authority)
        who.label_from_instance = lambda one: one.full_name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Окончание не может быть раньше начала.")
        return data


class TermForm(forms.Form):
    """From which day offers of an order begin and end."""

    valid_from = DayField(label="С какого дня")
    valid_to = DayField(label="По какой день", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Окончание не может быть раньше начала.")
        return data


class ConsentForm(forms.Form):
    consent_on = DayField(label="Согласие куратора получено", required=False)
    employer_order = forms.CharField(label="Приказ работодателя, номер", max_length=60, required=False)
    employer_order_on = DayField(label="Дата приказа", required=False)


class EndForm(forms.Form):
    day = DayField(label="Последний день")
    reason = forms.CharField(label="Почему", max_length=500)


class VisitForm(forms.Form):
    day = DayField(label="Когда")
    aim = forms.CharField(label="Цель", max_length=300, required=False)


class NeedForm(forms.Form):
    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)
    subject = forms.ChoiceField(label="Предмет", choices=[(name, name) for name in NAMES])
    teachers = forms.IntegerField(label="Скольким педагогам", min_value=1, max_value=20, initial=1)
    text = forms.CharField(
        label="В чём нужна помощь", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, years: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school_year"]
        field.choices = years


class BeginForm(forms.Form):
    """What the mentor's school records (ТК РФ, ст. 351.8)."""

    consent_on = DayField(label="Письменное согласие наставника, дата")
    order_number = forms.CharField(label="Приказ школы, номер", max_length=60)
    order_on = DayField(label="Приказ школы, дата")
    pay = forms.CharField(
        label="Оплата",
        max_length=300,
        help_text="Как в дополнительном соглашении: размер и условия, без сумм тоже можно.",
    )
    content = forms.CharField(
        label="Содержание работы", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    valid_from = DayField(label="С")
    valid_to = DayField(label="По", required=False)


class EndMentorForm(forms.Form):
    day = DayField(label="Последний день")
    ended_by = forms.ChoiceField(label="Как завершено", choices=EndedBy.choices)
    reason = forms.CharField(label="Пояснение", max_length=500, required=False)


class QuestionnaireForm(forms.Form):
    title = forms.CharField(label="Название", max_length=200)
    questions = forms.CharField(
        label="Вопросы",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Каждый вопрос с новой строки. Номера программа поставит сама.",
    )


class InviteForm(forms.Form):
    questionnaire = forms.ModelChoiceField(
        label="Вопросы", queryset=Questionnaire.objects.none(), empty_label="выберите список вопросов"
    )
    day = DayField(label="День собеседования")
    schools = forms.ModelMultipleChoiceField(
        label="Школы", queryset=Organization.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, authority: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists: Any = self.fields["questionnaire"]
        lists.queryset = Questionnaire.objects.filter(authority=authority, archived=False)
        schools: Any = self.fields["schools"]
        schools.queryset = Organization.objects.schools().filter(authority=authority, closed__isnull=True)


class Line:
    """One typed line of «что — к какому дню», kept as typed when something is wrong with it."""

    def __init__(self, text: str, due: str, error: str = "", sign: str = "") -> None:
        self.text, self.due, self.error, self.sign = text, due, error, sign
        self.day: dt.date | None = None


def lines_of(data: Any, prefix: str, *, need_day: bool, most: int = 60) -> list[Line]:
    """Filled lines `<prefix>-text`, `<prefix>-due`, `<prefix>-sign` of a form; errors stand at their line."""
    out = []
    texts, dues = data.getlist(f"{prefix}-text"), data.getlist(f"{prefix}-due")
    signs = data.getlist(f"{prefix}-sign")
    for index, text in enumerate(texts[:most]):
        due = dues[index].strip() if index < len(dues) else ""
        line = Line(text.strip()[:1000], due, sign=signs[index].strip()[:300] if index < len(signs) else "")
        if not line.text and not due:
            continue
        if not line.text:
            line.error = "Напишите, что сделать."
        elif due:
            try:
                line.day = DayField().clean(due)
            except forms.ValidationError:
                line.error = "Это не дата. Напишите, например, 01.09.2026."
        elif need_day:
            line.error = "Укажите, к какому дню."
        out.append(line)
    return out
