"""The form of a school year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from schools.enums import TermKind
from schools.forms import DayField
from schools.models import SchoolTerm
from schools.school_year import proposed


class TermsForm(forms.Form):
    """A school year: first and last day of each quarter and of each holidays; a pair left empty is taken away."""

    KINDS = [one for one in TermKind.choices if not one[0].startswith("half")]

    def __init__(self, *args: Any, year: int, kept: dict[str, SchoolTerm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.kept = year, kept
        offered = proposed(year)
        for kind, label in self.KINDS:
            row = kept.get(kind)
            start, end = (row.start, row.end) if row else ((None, None) if kept else offered[kind])
            self.fields[f"{kind}_start"] = DayField(label=f"{label}: с", required=False, initial=start)
            self.fields[f"{kind}_end"] = DayField(label=f"{label}: по", required=False, initial=end)

    def rows(self) -> list[tuple[str, Any, Any, bool]]:
        """Label, both fields, whether the days were entered by the office."""
        return [(label, self[f"{k}_start"], self[f"{k}_end"], k in self.kept) for k, label in self.KINDS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = dt.date(self.year, 8, 1), dt.date(self.year + 1, 9, 30)
        for kind, label in self.KINDS:
            start, end = data.get(f"{kind}_start"), data.get(f"{kind}_end")
            if bool(start) != bool(end) and not {f"{kind}_start", f"{kind}_end"} & set(self.errors):
                self.add_error(f"{kind}_end" if start else f"{kind}_start", "Укажите оба дня или ни одного.")
            elif start and end and end < start:
                self.add_error(f"{kind}_end", f"{label}: окончание раньше начала.")
            elif start and end and not (first <= start and end <= last):
                self.add_error(f"{kind}_start", f"Дни должны быть в учебном году {self.year}/{self.year + 1}.")
        if not self.errors:
            spans = sorted((s[0], s[1], k) for k, s in self.spans.items())
            for (_, end, one), (start, _, another) in zip(spans, spans[1:], strict=False):
                if start <= end:
                    names = dict(self.KINDS)
                    raise forms.ValidationError(f"{names[another]} начинается раньше, чем кончается {names[one]}.")
        return data

    @property
    def spans(self) -> dict[str, tuple[dt.date, dt.date]]:
        data = self.cleaned_data
        return {
            kind: (data[f"{kind}_start"], data[f"{kind}_end"])
            for kind, _ in self.KINDS
            if data.get(f"{kind}_start") and data.get(f"{kind}_end")
        }
