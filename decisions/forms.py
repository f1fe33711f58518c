"""What the office types about a document: the file or text, the heading, terms, parties, signing, registering."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from config import clock
from decisions.enums import MADE_ELSEWHERE, AnswerKind, Circulation, Control, DocumentKind, Entry, Nature
from decisions.models import CollegialBody, Document
from schools.models import Organization, User


class DayField(forms.DateField):
    """A day by the browser's calendar; also understands 01.09.2026."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"])
        kwargs.setdefault("error_messages", {"invalid": "Это не дата. Напишите, например, 01.09.2026."})
        super().__init__(**kwargs)


class IntakeForm(forms.Form):
    """One field for a file, one for pasted text; exactly one of them is used."""

    file = forms.FileField(label="Файл", required=False)
    text = forms.CharField(
        label="или вставьте текст", required=False, max_length=600_000, strip=False, widget=forms.Textarea
    )
    entry = forms.ChoiceField(label="Документ", choices=Entry.choices, initial=Entry.PAPER, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not (data.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError("Выберите файл или вставьте текст документа.")
        return data


class StartForm(forms.Form):
    """A document we write ourselves: from nothing or from a template of a usual meeting."""

    kind = forms.ChoiceField(
        label="Вид", choices=[c for c in DocumentKind.choices if c[0] not in MADE_ELSEWHERE], initial="protocol"
    )
    meeting = forms.CharField(label="Что проводится или о чём приказ", max_length=500, required=False)
    template = forms.CharField(required=False, max_length=40)


class HeaderForm(forms.ModelForm):
    date = DayField(label="Дата", required=False)

    class Meta:
        model = Document
        fields = [
            "kind",
            "number",
            "date",
            "place",
            "issuer",
            "body",
            "meeting",
            "title",
            "preamble",
            "attendees_count",
            "circulation",
        ]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "preamble": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = CollegialBody.objects.filter(authority=self.instance.authority_id)
        body: Any = self.fields["body"]
        body.queryset, body.empty_label = bodies, "общая нумерация"
        if not bodies.exists():
            del self.fields["body"]
        if self.instance.part_of_id is None:
            kind: Any = self.fields["kind"]
            kind.choices = [c for c in DocumentKind.choices if c[0] not in MADE_ELSEWHERE]
        circulation: Any = self.fields["circulation"]
        circulation.choices = Circulation.choices


class TermForm(forms.Form):
    """A term: a day, words («до 1 сентября», «ежемесячно до 10 числа»), constantly, or none."""

    WAYS = (("day", "к дате"), ("words", "словами"), ("ongoing", "постоянно"), ("none", "без срока"))
    way = forms.ChoiceField(choices=WAYS, initial="day", widget=forms.RadioSelect, label="Срок")
    due = DayField(label="Дата", required=False)
    words = forms.CharField(label="Словами", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == "day" and not data.get("due") and "due" not in self.errors:
            self.add_error("due", "Укажите дату или выберите «словами», «постоянно», «без срока».")
        if data.get("way") == "words" and not (data.get("words") or "").strip():
            self.add_error(
                "words", "Напишите срок, например: до 1 сентября, в течение 5 рабочих дней, III квартал 2026 года."
            )
        return data


# Whether curators of schools see the tasks of a clause: by its words until a person says.
FOR_CURATORS = (("words", "по словам пункта"), ("yes", "видят"), ("no", "не видят"))
SAID = {"words": None, "yes": True, "no": False}


class HandlingForm(forms.Form):
    control = forms.ChoiceField(label="Контроль", choices=Control.choices)
    answer_kind = forms.ChoiceField(label="Что считать ответом", choices=AnswerKind.choices)
    nature = forms.ChoiceField(label="Что это", choices=Nature.choices)
    control_date = DayField(label="Своя контрольная дата", required=False)
    about_quality = forms.ChoiceField(label="Кураторы школ", choices=FOR_CURATORS, required=False)
    checker = forms.ModelChoiceField(label="Кто проверяет", queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, authority: Organization, several: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checker: Any = self.fields["checker"]
        checker.queryset = office_people(authority)
        checker.empty_label = "кто регистрирует"
        if several:
            for name in ("control", "answer_kind", "nature", "about_quality"):
                field: Any = self.fields[name]
                field.required = False
                field.choices = [("", "не менять"), *field.choices]


def office_people(authority: Organization) -> Any:
    """Those who may check answers of an authority: its methodists and head."""
    return (
        User.objects.filter(
            memberships__organization=authority, memberships__role__in=["methodist", "head"], is_active=True
        )
        .distinct()
        .select_related("person")
        .order_by("person__last_name", "pk")
    )


class RegisterPaperForm(forms.Form):
    number = forms.CharField(label="Номер документа", max_length=40, required=False)
    date = DayField(label="Дата документа")
    past = forms.ChoiceField(
        label="Сроки части поручений уже прошли",
        choices=(("control", "поставить на контроль"), ("archive", "в архив: найти можно, поручений не будет")),
        required=False,
        widget=forms.RadioSelect,
    )
    scan = forms.FileField(label="Скан подписанного документа", required=False)

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if day > clock.today():
            raise forms.ValidationError("Дата подписанного документа не может быть позже сегодняшней.")
        if day.year < 1990:
            raise forms.ValidationError("Проверьте год.")
        return day


class SignedForm(forms.Form):
    signed_on = DayField(label="Когда подписан")
    signed_by = forms.CharField(label="Кто подписал", max_length=200)
    scan = forms.FileField(label="Скан подписанного документа", required=False)


class ScanForm(forms.Form):
    """A scan or a photograph of a signed paper; `document` when it was opened from a document's page."""

    file = forms.FileField(
        label="Скан или снимок",
        error_messages={"required": "Выберите файл: PDF или снимок.", "empty": "Файл пуст. Отсканируйте ещё раз."},
    )
    document = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class RegisterForm(forms.Form):
    number = forms.CharField(label="Номер", max_length=40, required=False, help_text="Пусто — следующий по порядку.")


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Почему", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class MendTermForm(TermForm):
    reason = forms.CharField(label="Почему исправлено", max_length=500)
