"""Forms of results: files to load, what a heading did not say."""

from __future__ import annotations

from typing import Any

from django import forms

from monitoring.enums import Level, Procedure
from monitoring.planning import school_year_of

MAX_FILE = 10 * 1024 * 1024


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; each is checked for size and emptiness by name."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        rows = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not rows:
            raise forms.ValidationError("Выберите файлы с результатами.")
        for one in rows:
            if not one.size:
                raise forms.ValidationError(f"Файл «{one.name}» пуст. Проверьте его и выберите ещё раз.")
            if one.size > MAX_FILE:
                raise forms.ValidationError(f"Файл «{one.name}» больше 10 МБ. Разделите его на части.")
        return list(rows)


class ResultFilesForm(forms.Form):
    files = ManyFilesField(label="Файлы с результатами")


class FactsForm(forms.Form):
    """What a table is about, where its heading does not say it."""

    table = forms.IntegerField(min_value=0, max_value=500, widget=forms.HiddenInput)
    procedure = forms.ChoiceField(label="Процедура", choices=[("", "—"), *Procedure.choices], required=False)
    school_year = forms.CharField(label="Учебный год", required=False, max_length=9)
    subject = forms.CharField(label="Предмет", required=False, max_length=80)
    grade = forms.IntegerField(label="Класс", required=False, min_value=1, max_value=11)
    level = forms.ChoiceField(label="Уровень", choices=Level.choices, required=False)

    def clean_school_year(self) -> str:
        value: str = self.cleaned_data["school_year"].strip().replace("-", "/").replace("–", "/")
        if value and school_year_of(value) is None:
            raise forms.ValidationError(f"Учебный год «{value}» не распознан — ожидается вид 2025/2026.")
        return value

    def clean_subject(self) -> str:
        value: str = " ".join(self.cleaned_data["subject"].split())
        return value[:1].upper() + value[1:]

    def facts(self) -> dict[str, Any]:
        """Only what was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if name != "table" and value not in ("", None)}
