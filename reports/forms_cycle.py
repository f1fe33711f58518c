"""Forms of directions: a name, an indicator, an element of the chain, values typed in a table, a file of values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from decisions.enums import DocumentState
from decisions.models import Clause, Document
from monitoring.actions.directions import number_of
from monitoring.enums import Audience
from monitoring.models import Direction, Indicator
from reports import chain
from reports.enums import ElementKind
from reports.models import ChainElement
from schools.models import Organization, User

MAX_FILE = 5 * 1024 * 1024


class NameForm(forms.Form):
    name = forms.CharField(label="Название направления", max_length=300)


class DocumentField(forms.ModelChoiceField):
    """A document told from others of its day: drafts of one day have no number."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.long_title[:120]} ({obj.get_state_display()})"


class FollowsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        words = " ".join(obj.text.split())
        head = f"{obj.indicator.code} " if obj.indicator else ""
        return f"{obj.get_kind_display().capitalize()}: {head}{words[:140]}"


def earlier(direction: Direction, kind: str, but: int | None = None) -> Any:
    """What an element of this kind may follow from: earlier kinds of the direction; for a goal, effects of earlier years."""
    rows = ChainElement.objects.select_related("indicator").exclude(pk=but)
    if kind == ElementKind.GOAL:
        return rows.filter(
            direction__authority=direction.authority_id,
            direction__code=direction.code,
            direction__school_year__lt=direction.school_year,
            kind=ElementKind.EFFECT,
        )
    kinds = [one for one in chain.KINDS if chain.may_follow(kind, one) and one != kind]
    return rows.filter(direction=direction, kind__in=kinds)


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    follows = FollowsField(
        label="Из какой цели следует",
        queryset=ChainElement.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Indicator
        localized_fields = ["target"]  # «75,5», as everybody here writes it
        error_messages = {"target": {"invalid": "Это не число. Напишите, например, 75,5."}}
        fields = ["name", "computed", "formula", "unit", "target", "better", "source"]
        help_texts = {
            "computed": "Рассчитанное программой обновляется кнопкой «Пересчитать» на странице направления.",
            "formula": "Например: количество школ с куратором / количество школ · 100.",
            "source": "Откуда данные: ФИС ОКО, РИС ГИА, анкета, отчёт школы.",
        }

    def __init__(self, *args: Any, direction: Direction, element: ChainElement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = earlier(direction, ElementKind.INDICATOR, element.pk if element else None)
        self.fields["follows"].queryset = rows  # type: ignore[attr-defined]

    def fields_of(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ElementForm(forms.ModelForm):  # type: ignore[type-arg]
    """An element; fields a kind does not have are left out."""

    clause_number = forms.CharField(
        label="Пункт документа", required=False, max_length=40, help_text="Номер, как он напечатан: 2.1"
    )
    follows = FollowsField(
        label="Из чего следует",
        queryset=ChainElement.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ChainElement
        field_classes = {"document": DocumentField}
        fields = ["text", "audience", "organization", "responsible", "due", "document", "evidence"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "due": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {"evidence": "Если документ не в программе: реквизиты или адрес страницы."}

    PARTS = {
        ElementKind.RECOMMENDATION: ("audience", "organization"),
        ElementKind.MEASURE: ("responsible", "due", "document", "clause_number", "evidence"),
        ElementKind.DECISION: ("responsible", "due", "document", "clause_number", "evidence"),
        ElementKind.MONITORING: ("document", "evidence"),
        ElementKind.ANALYSIS: ("document", "evidence"),
        ElementKind.METHOD: ("evidence",),
        ElementKind.EFFECT: ("document", "evidence"),
    }

    def __init__(self, *args: Any, direction: Direction, kind: str, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        keep = {"text", "follows", "version", *self.PARTS.get(ElementKind(kind), ())}
        for name in list(self.fields):
            if name not in keep:
                del self.fields[name]
        self.fields["follows"].queryset = earlier(direction, kind, self.instance.pk)  # type: ignore[attr-defined]
        if kind == ElementKind.GOAL:
            self.fields["follows"].label = "Из какого эффекта прошлых лет следует"
        self.fields["text"].label = ElementKind(kind).label.capitalize()
        if "audience" in self.fields:
            self.fields["audience"].required = True
        if "organization" in self.fields:
            rows = Organization.objects.below(direction.authority).schools().order_by("sort_key", "pk")
            self.fields["organization"].queryset = rows  # type: ignore[attr-defined]
            self.fields["organization"].empty_label = "не выбрана"  # type: ignore[attr-defined]
            self.fields["organization"].help_text = "Только когда рекомендация одной школе."
        if "document" in self.fields:
            rows = Document.objects.visible_to(user).tops().filter(authority=direction.authority_id)
            rows = rows.exclude(state=DocumentState.ANNULLED).defer("source_text", "reading").order_by("-date", "-pk")
            self.fields["document"].queryset = rows  # type: ignore[attr-defined]
            self.fields["document"].empty_label = "не выбран"  # type: ignore[attr-defined]
        if self.instance.pk and self.instance.clause_id and "clause_number" in self.fields:
            self.fields["clause_number"].initial = self.instance.clause.number

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "audience" in self.fields:
            if data.get("audience") == Audience.SCHOOL and not data.get("organization"):
                self.add_error("organization", "Укажите школу, которой адресована рекомендация.")
            if data.get("audience") not in (None, Audience.SCHOOL):
                data["organization"] = None
        number = (data.get("clause_number") or "").strip().rstrip(".")
        data["clause"] = None
        if number and not data.get("document"):
            self.add_error("document", "Укажите документ, в котором этот пункт.")
        elif number:
            found = list(Clause.objects.filter(document=data["document"], number=number)[:2])
            if len(found) != 1:
                words = "нет" if not found else "несколько пунктов с таким номером, укажите документ без пункта:"
                self.add_error(
                    "clause_number",
                    f"В документе {words} пункта {number}." if not found else f"В документе {words} {number}.",
                )
            else:
                data["clause"] = found[0]
        return data

    def fields_of(self) -> dict[str, Any]:
        names = [name for name in self.Meta.fields if name in self.fields]
        out = {name: self.cleaned_data.get(name) for name in names}
        if "clause_number" in self.fields:
            out["clause"] = self.cleaned_data.get("clause")
        return out


class ValuesForm(forms.Form):
    """One field a place: «v12» is the value of organisation 12."""

    def __init__(self, *args: Any, places: list[Organization], values: dict[int, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in places:
            whole = place == places[0]
            self.fields[f"v{place.pk}"] = forms.CharField(
                label="Муниципалитет в целом" if whole else place.name, required=False, max_length=30
            )
            if place.pk in values:
                self.initial[f"v{place.pk}"] = shown(values[place.pk])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.fields:
            try:
                data[name] = number_of(data.get(name))
            except ValueError:
                self.add_error(name, f"«{str(data.get(name))[:20]}» — не число. Напишите, например, 41,5.")
        return data

    def values(self) -> dict[int, tuple[Decimal | None, int | None]]:
        return {int(name[1:]): (value, None) for name, value in self.cleaned_data.items()}


class ValueFileForm(forms.Form):
    file = forms.FileField(label="Таблица со значениями")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(f"Файл «{file.name}» больше 5 МБ. Возьмите бланк и заполните его.")
        return file


def shown(value: Decimal) -> str:
    """41.50 → «41,5»"""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
