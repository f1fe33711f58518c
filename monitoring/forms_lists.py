"""Forms of low-result lists: rules and what-if, a received list and its file, a school of a list, reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms

from monitoring.default_rules import DEFAULT, rule_key, rule_of
from monitoring.enums import ListLevel
from monitoring.low_results import NotHeld
from monitoring.low_results import RuleSet as Rules
from monitoring.models import Assessment
from monitoring.planning import school_year_of
from monitoring.reading.context import Minimum
from schools.models import Organization

MAX_FILE = 10 * 1024 * 1024
_HELD = re.compile(
    r"^(\d{4}/\d{4})\s+(ВПР|ОГЭ|ЕГЭ|КР)(?:[,;\s]+(.*?))?(?:[,;\s]+(\d{1,2})\s*(?:класс|кл\.?))?$", re.IGNORECASE
)


class RuleFields(forms.Form):
    """Every number of the rules. `rules` are those the form starts from; `authority` gives kinds of schools and procedures."""

    threshold = forms.DecimalField(
        label="Порог, %",
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text="доля участников с низким результатом",
    )
    inclusive = forms.BooleanField(label="Ровно порог — уже низкий результат", required=False)
    least = forms.IntegerField(label="Низких процедур в каждом году, не меньше", min_value=1, max_value=40)
    years = forms.IntegerField(label="Сколько учебных лет подряд", min_value=1, max_value=5)
    participants = forms.IntegerField(
        label="Участников, не меньше", min_value=1, max_value=10_000, help_text="иначе процедура не учитывается"
    )
    procedures = forms.MultipleChoiceField(label="Процедуры", widget=forms.CheckboxSelectMultiple)
    exclude_kinds = forms.MultipleChoiceField(
        label="Не рассматривать школы вида", required=False, widget=forms.CheckboxSelectMultiple
    )
    look_back = forms.BooleanField(
        label="Если процедура не проводилась, брать предыдущий год",
        required=False,
    )
    not_held = forms.CharField(
        label="Какие процедуры не проводились",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="по одной на строке: «2019/2020 ОГЭ» или «2021/2022 ВПР Математика 5 класс»",
    )
    ege_russian = forms.IntegerField(label="Минимум ЕГЭ: русский язык, баллов", min_value=0, max_value=100)
    ege_profile = forms.IntegerField(label="Минимум ЕГЭ: профильная математика, баллов", min_value=0, max_value=100)
    ege_base = forms.IntegerField(
        label="Минимум ЕГЭ: базовая математика, отметка",
        min_value=2,
        max_value=5,
        help_text="минимумы действуют при чтении протоколов с баллами",
    )

    every_procedure = False  # to choose from: of the rules and the default only, or all that were ever held

    def __init__(self, data: Any = None, *, rules: Rules, authority: Organization, **kwargs: Any) -> None:
        self.rules = rules
        kwargs["initial"] = {**initial_of(rules), **kwargs.get("initial", {})}
        super().__init__(data, **kwargs)
        procedures: Any = self.fields["procedures"]
        procedures.choices = procedure_choices(rules, every=self.every_procedure)
        kinds: Any = self.fields["exclude_kinds"]
        names = Organization.objects.filter(authority=authority).schools().exclude(type_name="")
        known = sorted({*names.values_list("type_name", flat=True).distinct(), *rules.exclude_kinds})
        kinds.choices = [(name, name) for name in known]
        if not known:
            del self.fields["exclude_kinds"]

    def clean_not_held(self) -> tuple[NotHeld, ...]:
        out = []
        for line in self.cleaned_data["not_held"].splitlines():
            words = " ".join(line.replace("–", "/").split())
            if not words:
                continue
            found = _HELD.match(words)
            if not found or school_year_of(found[1]) is None:
                raise forms.ValidationError(f"«{words[:80]}» не разобрано — ожидается «2019/2020 ОГЭ Математика».")
            subject = (found[3] or "").strip(" ,;") or None
            if subject:
                subject = subject[:1].upper() + subject[1:]
            out.append(NotHeld(found[1], found[2].upper(), subject, int(found[4]) if found[4] else None))
        return tuple(out)

    def as_rules(self) -> Rules:
        """The rules of what was filled in, with the last school year of those the form started from."""
        data = self.cleaned_data
        last = int(self.rules.school_years[-1][:4])
        return replace(
            self.rules,
            school_years=tuple(f"{y}/{y + 1}" for y in range(last - data["years"] + 1, last + 1)),
            threshold_percent=data["threshold"].normalize(),
            threshold_inclusive=data["inclusive"],
            min_procedures_per_year=data["least"],
            min_participants=data["participants"],
            procedures=tuple(_known(self.rules, key) for key in data["procedures"]),
            exclude_kinds=tuple(data.get("exclude_kinds") or ()),
            look_back=data["look_back"],
            not_held=data["not_held"],
            ege_minimum=(
                Minimum("Русский язык", None, Decimal(data["ege_russian"])),
                Minimum("Математика", "профиль", Decimal(data["ege_profile"])),
                Minimum("Математика", "база", None, data["ege_base"]),
            ),
        )


def _known(rules: Rules, key: str) -> Any:
    return next((rule for rule in rules.procedures if rule_key(rule) == key), None) or rule_of(key)


def initial_of(rules: Rules) -> dict[str, Any]:
    minimum = {(one.subject, one.level): one for one in rules.ege_minimum}
    russian, profile = minimum.get(("Русский язык", None)), minimum.get(("Математика", "профиль"))
    base = minimum.get(("Математика", "база"))
    return {
        "threshold": rules.threshold_percent,
        "inclusive": rules.threshold_inclusive,
        "least": rules.min_procedures_per_year,
        "years": len(rules.school_years),
        "participants": rules.min_participants,
        "procedures": [rule_key(rule) for rule in rules.procedures],
        "exclude_kinds": list(rules.exclude_kinds),
        "look_back": rules.look_back,
        "not_held": "\n".join(
            " ".join(
                str(v)
                for v in (n.school_year, n.procedure, n.subject or "", f"{n.grade} класс" if n.grade else "")
                if v
            )
            for n in rules.not_held
        ),
        "ege_russian": int(russian.score) if russian and russian.score is not None else 24,
        "ege_profile": int(profile.score) if profile and profile.score is not None else 27,
        "ege_base": base.mark if base and base.mark is not None else 3,
    }


def procedure_choices(rules: Rules, *, every: bool) -> list[tuple[str, str]]:
    """The procedures of the rules and of the default; with `every` all that have ever been held."""
    known = {rule_key(rule): rule.title for rule in (*rules.procedures, *DEFAULT.procedures)}
    if not every:
        return list(known.items())
    held = Assessment.objects.filter(authority=None).order_by("procedure", "grade", "subject")
    for procedure, subject, grade in held.values_list("procedure", "subject", "grade").distinct():
        rule = rule_of(f"{procedure}|{subject}|{grade or ''}")
        known.setdefault(rule_key(rule), rule.title)
    return list(known.items())


class RulesForm(RuleFields):
    """Rules to keep: with a name, the paper they rest on and its date."""

    name = forms.CharField(label="Название", max_length=120)
    source = forms.CharField(label="На чём основаны", max_length=300, help_text="письмо, приказ, решение управления")
    source_date = forms.DateField(
        label="Дата этого документа", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    every_procedure = True
    field_order = ["name", "source", "source_date"]  # noqa: RUF012


class ReceivedForm(forms.Form):
    """A list from above: what it is; with a file, the file is checked next, without one schools are put in by hand."""

    level = forms.ChoiceField(label="Чей перечень", choices=ListLevel.choices, initial=ListLevel.REGIONAL)
    school_year = forms.CharField(label="Учебный год", max_length=9, help_text="например, 2025/2026")
    letter = forms.CharField(label="Письмо или приказ", max_length=300, help_text="кто, номер, о чём")
    letter_date = forms.DateField(
        label="Дата письма", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    file = forms.FileField(
        label="Файл перечня",
        required=False,
        help_text="XLSX, XLS, ODS или CSV до 10 МБ; без файла школы вносятся на следующей странице",
    )

    def clean_school_year(self) -> int:
        value = self.cleaned_data["school_year"].strip().replace("-", "/").replace("–", "/")
        year = school_year_of(value)
        if year is None or not 2001 <= year <= 2100:
            raise forms.ValidationError(f"Учебный год «{value}» не распознан — ожидается вид 2025/2026.")
        return year

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_FILE:
            raise forms.ValidationError(f"Файл «{file.name}» больше 10 МБ. Разделите его на части.")
        return file


class EntryForm(forms.Form):
    """One school of a draft list."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label="Школа")
    cluster_code = forms.CharField(label="Кластер, номер", max_length=10, required=False)
    cluster_name = forms.CharField(label="Кластер, название", max_length=120, required=False)
    project_500 = forms.CharField(label="Участие в «500+»", max_length=200, required=False)
    trajectory_text = forms.CharField(
        label="Динамика", max_length=200, required=False, help_text="как в перечне: «В списках 2019 и 2021 гг»"
    )
    note = forms.CharField(label="Примечание", max_length=500, required=False)

    def __init__(self, data: Any = None, *, authority: Organization, received: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.filter(authority=authority).schools().order_by("sort_key", "pk")
        if not received:
            for name in ("cluster_code", "cluster_name", "project_500", "trajectory_text"):
                del self.fields[name]
            self.fields["note"].required = True
            self.fields["note"].label = "Почему вносится"


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Причина", max_length=500)
