"""What people type about the life of a task: a new date with its reason, a decision, a part for somebody."""

from __future__ import annotations

from typing import Any

from django import forms

from decisions.forms import DayField
from schools.models import Organization, Person

REASON = {"rows": 3, "maxlength": 2000}


class AskForm(forms.Form):
    """A school asks for a later term of the ticked tasks."""

    wanted = DayField(label="До какого числа продлить")
    reason = forms.CharField(
        label="Почему нужно продлить", max_length=2000, widget=forms.Textarea(attrs=REASON), strip=True
    )


class MoveForm(forms.Form):
    """The office moves dates by its own decision."""

    day = DayField(label="Новый срок")
    reason = forms.CharField(label="Почему переносится", max_length=2000, widget=forms.Textarea(attrs=REASON))
    consent = forms.CharField(
        label="Согласие вышестоящего органа",
        max_length=300,
        required=False,
        help_text="Только если срок назначен им: номер и дата документа.",
    )


class DecisionForm(forms.Form):
    VERBS = (("agree", "согласовать"), ("other", "согласовать другую дату"), ("refuse", "отказать"))
    verb = forms.ChoiceField(
        label="Решение", choices=VERBS, error_messages={"invalid_choice": "Выберите решение из списка."}
    )
    day = DayField(label="Другая дата", required=False)
    answer = forms.CharField(label="Пояснение школе", max_length=2000, required=False)
    consent = forms.CharField(label="Согласие вышестоящего органа", max_length=300, required=False)


class SubTaskForm(forms.Form):
    """A part of a task for somebody of the school."""

    text = forms.CharField(label="Что сделать", max_length=500)
    staff = forms.ModelChoiceField(
        label="Сотрудник", queryset=Person.objects.none(), required=False, empty_label="не из списка"
    )
    who = forms.CharField(label="или фамилия", max_length=200, required=False)
    due = DayField(label="К какому дню", required=False)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="sub_%s", **kwargs)
        field: Any = self.fields["staff"]
        field.queryset = Person.objects.filter(positions__organization=organization).distinct()
        field.label_from_instance = lambda person: person.surname_first


def first_sentence(form: forms.Form) -> str:
    """The first error with the name of its field."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        return f"{label}: {errors[0]}" if label else str(errors[0])
    return "Проверьте введённое."
