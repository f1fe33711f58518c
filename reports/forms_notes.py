"""Forms of notes."""

from __future__ import annotations

from typing import Any

from django import forms

from monitoring.models import Direction
from schools.models import Organization


class NoteForm(forms.Form):
    title = forms.CharField(label="О чём справка", max_length=300)
    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int, choices=())
    direction = forms.ModelChoiceField(
        label="Направление", queryset=Direction.objects.none(), required=False, empty_label="не относится к одному"
    )

    def __init__(self, *args: Any, office: Organization, newest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_year"].choices = [(one, f"{one - 1}/{one}") for one in range(newest, newest - 6, -1)]  # type: ignore[attr-defined]
        self.fields["direction"].queryset = Direction.objects.filter(authority=office).order_by("-school_year", "code")  # type: ignore[attr-defined]
        self.fields["direction"].label_from_instance = lambda row: f"{row.year_name}: {row}"  # type: ignore[attr-defined]


class ApproveForm(forms.Form):
    number = forms.CharField(label="Номер справки", max_length=40, required=False)
