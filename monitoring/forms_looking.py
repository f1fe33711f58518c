"""Forms of looking at results: answers to checks, sizes of grades, markers of bias, a result by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from monitoring.enums import Level, Procedure, Wave
from monitoring.forms import MAX_FILE
from monitoring.indicators import MARKERS
from monitoring.models import MonitoringSettings
from monitoring.planning import school_year_of


class CheckAnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="Что с данными",
        choices=[("confirmed", "данные верны"), ("corrected", "была ошибка, данные исправлены")],
        initial="confirmed",
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="Пояснение", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Почему так вышло."
    )


class GradeSizesForm(forms.Form):
    """One field a grade; an empty one means that the number is not known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for grade in range(1, 12):
            self.fields[f"grade_{grade}"] = forms.IntegerField(
                label=f"{grade} класс",
                required=False,
                min_value=0,
                max_value=2000,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def pupils(self) -> dict[int, int | None]:
        return {grade: self.cleaned_data[f"grade_{grade}"] for grade in range(1, 12)}


class MarkersForm(forms.Form):
    """Small groups, jumps, and each marker: on, threshold, source."""

    small_group = forms.IntegerField(
        label="Малая группа: меньше стольких участников не показывать за пределами управления",
        min_value=1,
        max_value=50,
    )
    jump_points = forms.IntegerField(label="Резкое изменение, процентных пунктов", min_value=1, max_value=100)

    def __init__(self, *args: Any, row: MonitoringSettings, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"small_group": row.small_group, "jump_points": row.jump_points}
        for one in MARKERS:
            said = row.bias.get(one.code) or {}
            initial[f"{one.code}_on"] = said.get("on", True)
            initial[f"{one.code}_threshold"] = said.get("threshold", one.threshold)
            initial[f"{one.code}_source"] = said.get("source", one.source)
        super().__init__(*args, initial=initial, **kwargs)
        for one in MARKERS:
            self.fields[f"{one.code}_on"] = forms.BooleanField(label="показывать", required=False)
            self.fields[f"{one.code}_threshold"] = forms.DecimalField(
                label="Порог", min_value=1, max_value=100, decimal_places=2
            )
            self.fields[f"{one.code}_source"] = forms.CharField(label="Источник", max_length=300)

    @property
    def markers(self) -> Iterator[dict[str, Any]]:
        for one in MARKERS:
            unit = "раз" if one.code == "peak_at_boundary" else "п.п." if one.code == "growth_of_low" else "%"
            yield {
                "title": one.title,
                "words": one.words,
                "unit": unit,
                "on": self[f"{one.code}_on"],
                "threshold": self[f"{one.code}_threshold"],
                "source": self[f"{one.code}_source"],
            }

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "small_group": said["small_group"],
            "jump_points": said["jump_points"],
            "bias": {
                one.code: {
                    "on": said[f"{one.code}_on"],
                    "threshold": str(said[f"{one.code}_threshold"]),
                    "source": said[f"{one.code}_source"],
                }
                for one in MARKERS
            },
        }


class ResultForm(forms.Form):
    """Marks of a school by hand; for ЕГЭ those below the minimum and the mean score. `seen` guards against overwriting."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    n2 = forms.IntegerField(label="«2»", required=False, min_value=0, max_value=5000)
    n3 = forms.IntegerField(label="«3»", required=False, min_value=0, max_value=5000)
    n4 = forms.IntegerField(label="«4»", required=False, min_value=0, max_value=5000)
    n5 = forms.IntegerField(label="«5»", required=False, min_value=0, max_value=5000)
    participants = forms.IntegerField(
        label="Участников (если отметок нет)", required=False, min_value=0, max_value=20000
    )
    below_minimum = forms.IntegerField(label="Не преодолели минимум", required=False, min_value=0, max_value=20000)
    mean_score = forms.DecimalField(
        label="Средний балл", required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True
    )
    reason = forms.CharField(
        label="Основание", max_length=300, help_text="Откуда данные: письмо, протокол, исправление."
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        marks = [said.get(name) for name in ("n2", "n3", "n4", "n5")]
        given = [one for one in marks if one is not None]
        if given and len(given) < 4:
            raise forms.ValidationError(
                "Укажите все четыре числа: «2», «3», «4» и «5». Если никто не получил отметку, пишите 0."
            )
        if given:
            total = sum(given)
            if said.get("participants") not in (None, total):
                raise forms.ValidationError(
                    f"Отметки в сумме дают {total}, а участников указано {said['participants']}."
                )
            said["participants"] = total
        if said.get("participants") is None and not self.errors:
            raise forms.ValidationError("Укажите отметки или число участников.")
        if said.get("below_minimum") is not None and said["below_minimum"] > (said.get("participants") or 0):
            raise forms.ValidationError("Не преодолевших минимум больше, чем участников.")
        return said

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {
            "state": "data" if said["participants"] else "no_participants",
            **{name: said[name] for name in ("participants", "n2", "n3", "n4", "n5", "below_minimum", "mean_score")},
        }


class HoldingForm(forms.Form):
    held = forms.ChoiceField(
        label="Проводилась ли", choices=[("no", "не проводилась"), ("yes", "проводилась")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Почему", max_length=300, required=False)


class NotHeldForm(forms.Form):
    """The reason; taking «не проводилась» back needs none."""

    reason = forms.CharField(
        label="Почему не проводилась", max_length=300, help_text="Например: карантин, нет такого класса."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("verb") == "held":
            self.fields["reason"].required = False


class AssessmentForm(forms.Form):
    """An assessment that no file brought."""

    procedure = forms.ChoiceField(label="Процедура", choices=Procedure.choices)
    school_year = forms.CharField(label="Учебный год", max_length=9, help_text="Например: 2025/2026.")
    subject = forms.CharField(label="Предмет", max_length=80)
    grade = forms.IntegerField(label="Класс (ВПР и контрольные)", min_value=1, max_value=11, required=False)
    level = forms.ChoiceField(label="Уровень", choices=Level.choices, required=False)
    wave = forms.ChoiceField(label="Срок проведения", choices=Wave.choices, required=False)
    title = forms.CharField(label="Название контрольной работы", max_length=200, required=False)
    date = forms.DateField(
        label="Дата", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def clean_school_year(self) -> int:
        said = self.cleaned_data["school_year"].strip().replace("-", "/").replace("–", "/")
        year = school_year_of(said)
        if year is None:
            raise forms.ValidationError(f"Учебный год «{said}» не распознан — ожидается вид 2025/2026.")
        return year

    def clean_subject(self) -> str:
        value = " ".join(self.cleaned_data["subject"].split())
        return value[:1].upper() + value[1:]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        graded = said.get("procedure") in (Procedure.VPR, Procedure.WORK)
        if graded and not said.get("grade") and "grade" not in self.errors:
            self.add_error("grade", "Укажите класс.")
        if said.get("procedure") == Procedure.WORK and not said.get("title"):
            self.add_error("title", "Укажите название: по нему работы одного класса различаются.")
        return said

    def facts(self) -> dict[str, Any]:
        """Columns of the assessment; what its procedure has not is left out."""
        said = dict(self.cleaned_data)
        graded = said["procedure"] in (Procedure.VPR, Procedure.WORK)
        said["grade"] = said["grade"] if graded else 0
        said["title"] = said["title"].strip() if said["procedure"] == Procedure.WORK else ""
        return said


class SizesFileForm(forms.Form):
    """A table: schools in lines, grades 1…11 in columns."""

    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)
    file = forms.FileField(label="Таблица", help_text="XLSX, XLS, ODS или CSV: школы в строках, классы в столбцах.")

    def __init__(self, *args: Any, newest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [newest - n for n in range(4)]
        self.fields["school_year"].choices = [(year, f"{year - 1}/{year}") for year in years]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(f"Файл «{file.name}» больше 10 МБ.")
        return file


COLUMN_CHOICES = (
    ("", "не нужен"),
    ("school", "название школы"),
    ("code", "код школы"),
    ("login", "логин школы"),
    ("participants", "участников"),
    ("mark_2", "«2»"),
    ("mark_3", "«3»"),
    ("mark_4", "«4»"),
    ("mark_5", "«5»"),
    ("mean", "средний балл"),
    ("below", "не преодолели минимум"),
    ("subject", "предмет"),
    ("class", "класс"),
)


class ColumnsForm(forms.Form):
    """Which column is which in one table of a file; facts that the table does not say are asked at the check."""

    unit = forms.ChoiceField(label="Отметки — это", choices=[("people", "число учеников"), ("percent", "проценты")])

    def __init__(self, *args: Any, table: dict[str, Any], sheet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.sheet = table, sheet
        self.fields["unit"].initial = table["unit"]
        for column in table["columns"]:
            self.fields[f"column_{column['place']}"] = forms.ChoiceField(
                label=f"{column['letter']}: {column['heading'] or 'без названия'}",
                choices=COLUMN_CHOICES,
                required=False,
                initial=column["guess"] or "",
            )

    @property
    def columns(self) -> list[Any]:
        return [self[f"column_{column['place']}"] for column in self.table["columns"]]

    def mapping(self) -> dict[str, Any]:
        """The answer as `monitoring.reading.mapping.mapping_of` takes it. A meaning given twice keeps both, to be refused."""
        chosen: dict[str, int] = {}
        for column in self.table["columns"]:
            meaning = self.cleaned_data[f"column_{column['place']}"]
            if meaning and meaning in chosen:
                title = dict(COLUMN_CHOICES)[meaning]
                raise forms.ValidationError(f"«{title}» выбрано у двух столбцов: у каждого назначения один столбец.")
            if meaning:
                chosen[meaning] = column["place"]
        return {
            "columns": chosen,
            "unit": self.cleaned_data["unit"],
            "sheet": self.sheet,
            "first_line": self.table["first_line"],
            "headings_key": self.table["headings_key"],
        }


class TemplateForm(forms.Form):
    """What our own table is about."""

    procedure = forms.ChoiceField(
        label="Процедура", choices=[("КР", "контрольная работа"), ("ВПР", "ВПР"), ("ОГЭ", "ОГЭ")]
    )
    school_year = forms.RegexField(
        label="Учебный год",
        regex=r"^20\d\d/20\d\d$",
        max_length=9,
        error_messages={"invalid": "Учебный год пишут так: 2025/2026."},
    )
    subject = forms.CharField(label="Предмет", max_length=80)
    grade = forms.IntegerField(label="Класс", min_value=1, max_value=11, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("procedure") in ("КР", "ВПР") and not said.get("grade") and not self.errors.get("grade"):
            self.add_error("grade", "Укажите класс.")
        return said
