"""What the office's list of tasks can be narrowed by; every figure of the board is one of these addresses.

Choices are read once (three queries) and checked against what was read, so that a chosen value asks nothing more.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from config import clock
from config.numbers import is_number
from decisions.enums import DocumentState
from decisions.models import Assignment, Document
from decisions.search import in_clause_words
from decisions.standing import LABELS, Day, condition
from schools.models import Organization, SchoolGroup, User

MOST_DOCUMENTS = 400
# Documents that stand in no journal are told by their kind.
JOURNALS = (
    ("kind-protocol", "протоколы без журнала"),
    ("kind-order", "приказы без журнала"),
    ("kind-visit", "договорённости визитов"),
    ("kind-roadmap", "дорожные карты"),
)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TaskFilter(forms.Form):
    """`found()` gives the tasks; a wrong value narrows nothing and is told beside its field."""

    q = forms.CharField(label="Слова", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "любое"), *LABELS.items()])
    authority = forms.ChoiceField(label="Орган управления", required=False)
    school = forms.ChoiceField(label="Школа", required=False)
    group = forms.ChoiceField(label="Группа школ", required=False)
    document = forms.ChoiceField(label="Документ", required=False)
    journal = forms.ChoiceField(label="Журнал", required=False)
    due_from = forms.DateField(label="Срок с", required=False, widget=DAY)
    due_to = forms.DateField(label="Срок по", required=False, widget=DAY)

    def __init__(self, data: Any, *, user: User, day: Day, authority: int | None = None) -> None:
        super().__init__(data)
        self.user, self.day = user, day
        reach = user.reach("document.view").authorities
        offices = Organization.objects.filter(pk__in=reach).order_by("sort_key", "pk")
        names = dict(offices.values_list("pk", "name")) if len(reach) > 1 else {}
        chosen = self.data.get("authority") or ""
        self.offices = {int(chosen)} if is_number(chosen) and int(chosen) in reach else set(reach)
        self._choose("authority", "все", list(names.items()))
        one = len(self.offices) == 1
        schools = self._organizations() if one else []
        self._choose("school", "все" if one else "сначала выберите орган управления", schools)
        self._choose("group", "все", self._groups() if one else [])
        documents = self._documents()
        self._choose("document", "все", [(row.pk, row.short_title) for row in documents])
        bodies = {row.body.pk: row.body.name for row in documents if row.body is not None}
        self._choose("journal", "все", [*sorted(bodies.items(), key=lambda pair: pair[1]), *JOURNALS])
        if not names:
            del self.fields["authority"]

    def _choose(self, name: str, empty: str, rows: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *((str(key), words) for key, words in rows)]

    def _organizations(self) -> list[tuple[int, str]]:
        rows = Organization.objects.of_authority(min(self.offices)).exclude(pk__in=self.offices)
        return list(rows.order_by("sort_key", "pk").values_list("pk", "name"))

    def _groups(self) -> list[tuple[int, str]]:
        return list(SchoolGroup.objects.filter(authority__in=self.offices).values_list("pk", "name"))

    def _documents(self) -> list[Document]:
        rows = Document.objects.filter(authority__in=self.offices, state=DocumentState.SENT).tops()
        shown = rows.select_related("body").only("kind", "number", "date", "body__name")
        return list(shown.order_by("-date", "-pk")[:MOST_DOCUMENTS])

    def value(self, name: str) -> Any:
        return getattr(self, "cleaned_data", {}).get(name) or None

    def found(self) -> QuerySet[Assignment]:
        """Tasks the office gave, as narrowed, the nearest term first."""
        self.is_valid()
        rows = Assignment.objects.visible_to(self.user).filter(authority__in=self.offices)
        if state := self.value("state"):
            rows = rows.filter(condition(state, self.day)).distinct()
        else:
            rows = rows.exclude(state="cancelled")
        if school := self.value("school"):
            rows = rows.filter(organization_id=school)
        if group := self.value("group"):
            members = SchoolGroup.objects.get(pk=group).organizations_on(clock.today())
            rows = rows.filter(organization__in=members.values("pk"))
        if document := self.value("document"):
            rows = rows.filter(document_id=document)
        if journal := self.value("journal"):
            rows = rows.filter(in_journal(journal))
        if start := self.value("due_from"):
            rows = rows.filter(effective_due__gte=start)
        if end := self.value("due_to"):
            rows = rows.filter(effective_due__lte=end)
        if words := self.value("q"):
            rows = rows.filter(in_clause_words(words))
        return rows

    def told(self) -> list[str]:
        """What narrows the list, in words, for the heading of a file."""
        out = []
        for name, field in self.fields.items():
            value = self.value(name)
            if not value:
                continue
            shown = (
                f"{value:%d.%m.%Y}"
                if isinstance(value, dt.date)
                else dict(getattr(field, "choices", ())).get(str(value), value)
            )
            out.append(f"{field.label}: {shown}")
        return out


def in_journal(key: str) -> Q:
    """Tasks of documents of one journal (a collegial body), or of a kind that stands in none."""
    if key.startswith("kind-"):
        return Q(document__body__isnull=True, document__kind=key.removeprefix("kind-"))
    return Q(document__body_id=key)
